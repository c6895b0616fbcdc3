// What prints alone: the field card on one sheet in black and white, the forms on sheets of their own; ticks only when asked.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { crowd, launch, tab } from './lib/browser.mjs';
import { fileAddress, files, library, read, work } from './lib/site.mjs';

const out = join(work, 'alone');
mkdirSync(out, { recursive: true });
const procedures = files(library, 'index.html').filter(path => /^(en|ur)\/sop\/[^/]+\//.test(path));
const cards = procedures.filter(path => read(library, path).includes('id="field-card"'));
const withForms = procedures.filter(path => /<h2 id="form/.test(read(library, path)));

/** Opens a page, asks for a kind of print as a reader does, and prints. The dialog itself is the browser's; it is only counted. */
async function printed(browser, path, choice, { ticks = false, width = 1280 } = {}) {
  const { page } = await tab(browser, { width, mobile: width < 700 });
  await page.evaluateOnNewDocument(() => { window.asked = 0; window.print = () => { window.asked += 1; }; });
  await page.goto(fileAddress(library, path));
  await page.evaluate(() => document.fonts.ready.then(() => true));
  await page.evaluate(() => document.querySelector('.step .tasks label').click());
  await page.evaluate((choice, ticks) => {
    document.querySelector('.print-choice summary').click();
    if (ticks) document.querySelector('[data-print-ticks]').click();
    document.querySelector(`.print-choice [data-print=${choice}]`).click();
  }, choice, ticks);
  assert.equal(await page.evaluate(() => window.asked), 1, path);
  await page.emulateMediaType('print');
  const look = await page.evaluate(() => ({
    box: getComputedStyle(document.querySelector('.step .tasks input')).appearance,
    smallest: Math.min(...Array.from(document.querySelectorAll('.card *, .card'), node => (node.getClientRects().length && Array.from(node.childNodes).some(child => child.nodeType === 3 && /[\u0600-\u06ff]/.test(child.data)) ? parseFloat(getComputedStyle(node).fontSize) * 0.75 : 99))),
  }));
  const place = join(out, `${path.replace(/\W+/g, '-')}${choice}.pdf`);
  await page.pdf({ path: place, preferCSSPageSize: true, printBackground: true });
  await page.close();
  const text = execFileSync('pdftotext', ['-layout', place, '-'], { encoding: 'utf8' }).normalize('NFKC');
  return { ...look, place, text, sheets: Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [place], { encoding: 'utf8' }))[1]) };
}

/** Whether any dot of a sheet has a colour. */
function coloured(place) {
  const picture = execFileSync('pdftoppm', ['-r', '40', '-f', '1', '-l', '1', place], { maxBuffer: 1 << 26 });
  const [header] = /^P6\s+\d+\s+\d+\s+\d+\s/.exec(picture.subarray(0, 40).toString('latin1'));
  for (let at = header.length; at + 2 < picture.length; at += 3) {
    if (Math.max(picture[at], picture[at + 1], picture[at + 2]) - Math.min(picture[at], picture[at + 1], picture[at + 2]) > 6) return true;
  }
  return false;
}

test('field cards print alone, on one sheet, in black and white', async t => {
  assert.ok(cards.length >= 6, `${cards.length} cards`);
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const wrong = [];
  await crowd(cards, 2, async path => {
    const { sheets, text, place, smallest, box } = await printed(browser, path, 'card');
    if (sheets !== 1) wrong.push(`${path}: ${sheets} sheets`);
    if (path.startsWith('ur/') && smallest < 11) wrong.push(`${path}: Urdu at ${smallest} pt`);
    if (path.startsWith('en/') && /Law behind this procedure|Change log/.test(text)) wrong.push(`${path}: more than the card`);
    if (text.trim().length < 200) wrong.push(`${path}: ${text.trim().length} characters`);
    if (box !== 'none') wrong.push(`${path}: boxes are ${box}`);
    if (coloured(place)) wrong.push(`${path}: colour`);
  });
  assert.deepEqual(wrong.sort(), []);
});

test('forms print alone and say that they hold case data', async t => {
  assert.ok(withForms.length > 0, 'no procedure has a form');
  const browser = await launch('chromium');
  t.after(() => browser.close());
  for (const path of withForms) {
    const forms = read(library, path).match(/<h2 id="form/g).length, { sheets, text } = await printed(browser, path, 'forms');
    assert.equal(sheets, forms, `${path}: ${sheets} sheets for ${forms} forms`);
    if (path.startsWith('en/')) assert.match(text, /Contains case data: keep in the case file, do not photograph or send/);
  }
});

test('all prints all, on a phone too, and ticks only when asked', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const path = 'en/sop/first-responder/index.html';
  for (const width of [1280, 360]) {
    const { text, box } = await printed(browser, path, 'all', { width });
    assert.ok(text.includes('Law behind this procedure') && text.includes('First contact: the essentials'));
    assert.equal(box, 'none', 'boxes are empty');
    const asked = await printed(browser, path, 'all', { width, ticks: true });
    assert.notEqual(asked.box, 'none', 'boxes as ticked');
  }
});
