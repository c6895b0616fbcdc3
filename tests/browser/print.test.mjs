// A printed procedure: what it carries, what it leaves out, and that its PDF can be read.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { KINDS, launch, tab } from './lib/browser.mjs';
import { fileAddress, hosted, hostedAddress, library, pages, work } from './lib/site.mjs';

const out = join(work, 'print');
mkdirSync(out, { recursive: true });
// Firefox writes ligatures into the text.
const flat = text => text.normalize('NFKC').replace(/\s+/g, ' ');
const WORKING_DRAFT = 'Working draft for training. Not an order of any police service or department. Your own orders and the law come first; departing from it does not by itself make an investigation irregular.';
const PREVIEW = 'Draft under review. Not checked by a lawyer or a native legal editor. Do not rely on it in a case.';

for (const kind of KINDS) {
  test(`${kind} prints a procedure`, async t => {
    const browser = await launch(kind);
    t.after(() => browser.close());
    const { page } = await tab(browser, { width: 1280 });
    await page.goto(fileAddress(library, 'en/sop/first-responder/index.html'));
    const place = join(out, `sop-en-${kind}.pdf`);
    await page.pdf({ path: place, format: 'A4', printBackground: true, preferCSSPageSize: true });
    const text = flat(execFileSync('pdftotext', ['-layout', place, '-'], { encoding: 'utf8' }));
    assert.ok(text.includes(WORKING_DRAFT), 'the notice of a working draft');
    assert.ok(text.includes(PREVIEW), 'the banner of the preview');
    assert.ok(text.includes('First contact with a possible victim') && text.includes('SOP-01'), 'title and code');
    for (const [name, words] of [['exit', 'Leave this site'], ['skip link', 'Skip to'], ['menu', 'Menu']]) assert.ok(!text.includes(words), `${name} is printed`);
    const sheets = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [place], { encoding: 'utf8' }))[1]);
    assert.ok(sheets >= 1 && sheets <= 8, `${sheets} sheets`);
  });
}

// The search page has nothing to print; lists by audience, place and tag are all alike.
test('print leaves out what only a screen can use', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser, { width: 794 });
  await page.emulateMediaType('print');
  const wrong = [];
  for (const path of pages(library).filter(path => /^(en|ur)\//.test(path) && !/\/(audience|jurisdiction|tag|search)\//.test(path))) {
    await page.goto(fileAddress(library, path));
    const seen = await page.evaluate(() => {
      const shown = selector => Array.from(document.querySelectorAll(selector)).some(node => node.getClientRects().length && getComputedStyle(node).visibility === 'visible');
      return { screen: ['header.top', '.exit', '.langs', '.menu', '.skip', '.crumbs', '.toc', 'header nav', 'footer nav', 'button', '[role=search]'].filter(shown), preview: shown('.preview'), draft: shown('.working-draft'), title: shown('h1'), stroke: getComputedStyle(document.querySelector('h1')).webkitTextStrokeWidth, ground: getComputedStyle(document.body).backgroundColor };
    });
    if (seen.screen.length) wrong.push(`${path}: prints ${seen.screen}`);
    if (!seen.preview || !seen.title) wrong.push(`${path}: preview ${seen.preview}, title ${seen.title}`);
    if (/\/sop\/(?!index)/.test(path) && !seen.draft) wrong.push(`${path}: no notice of a working draft`);
    if (seen.stroke !== '0px') wrong.push(`${path}: text stroke ${seen.stroke}`);
    if (!/255, 255, 255|, 0\)/.test(seen.ground)) wrong.push(`${path}: ground ${seen.ground}`);
  }
  assert.deepEqual(wrong, []);
});

test('the code on a printed page leads to that page', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser, { width: 1280 });
  for (const path of ['en/sop/first-responder/', 'ur/sop/first-responder/', 'ur/law/ptpa-2018/', 'en/']) {
    await page.goto(fileAddress(hosted, `${path}index.html`));
    const place = join(out, `code-${path.replaceAll('/', '-')}`);
    await page.pdf({ path: `${place}.pdf`, preferCSSPageSize: true });
    // As coarse as an office printer's cheapest setting.
    execFileSync('pdftoppm', ['-r', '200', '-gray', '-f', '1', '-l', '1', '-singlefile', `${place}.pdf`, place]);
    const read = execFileSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', `${place}.pgm`], { encoding: 'utf8' });
    assert.equal(read.trim(), hostedAddress + path);
  }
});

test('a page that hides its subject prints no code', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser);
  await page.goto(fileAddress(hosted, 'en/helplines/index.html'));
  assert.equal(await page.$('.qr'), null);
});
