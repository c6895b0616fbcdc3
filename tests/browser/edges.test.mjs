// Bad input in a real browser on a narrow phone: whatever somebody writes, the page stays whole, says what it is and can be left.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { KINDS, cutOff, launch, sticking, tab } from './lib/browser.mjs';
import { PAGES, TAGS, charts, edges, title, write } from './lib/edges.mjs';
import { fileAddress, files, library, pages, rahnuma, read, templates, today, work } from './lib/site.mjs';

write();
rahnuma('build', dirname(edges), '--today', today);
// The picture is there at the build, which refuses to go without it, and lost on the way to the reader.
files(edges, '.svg').filter(path => /lost/.test(path)).forEach(path => rmSync(join(edges, path)));

const both = path => ['en', 'ur'].map(lang => `${lang}/${path}index.html`);
const PLACES = ['', 'about/', 'long/', 'long/title/', 'long/word/', 'long/digits/', 'long/table/', 'long/image/', 'long/sop/', 'long/english-only/', 'long/urdu-only/',
  'figures/', 'tags/', 'tag/tag-1/', 'tag/one/', 'many/', 'many/page-2/', `many/page-${PAGES / 50}/`, 'many/p500/', 'empty/', 'glossary/', 'search/', 'a-z/', 'offline/', 'safety/'];

/** What every page must be. Runs in the page. */
function whole() {
  const found = [], shown = node => node && node.getClientRects().length > 0 && getComputedStyle(node).visibility === 'visible', root = document.documentElement;
  const heads = document.querySelectorAll('h1');
  if (heads.length !== 1 || !shown(heads[0]) || !heads[0].innerText.trim()) found.push(`${heads.length} h1`);
  if (!document.title.trim()) found.push('no title');
  if (!shown(document.querySelector('.exit'))) found.push('no exit');
  if (getComputedStyle(root).direction !== root.dir) found.push(`dir ${root.dir}`);
  for (const node of document.querySelectorAll('main p, main li, main h2, main td')) {
    // Text in a box without a width stands one letter a line.
    if (shown(node) && node.innerText.trim().length > 8 && node.getBoundingClientRect().width < 24) found.push(`squeezed: ${node.innerText.trim().slice(0, 20)}`);
  }
  return found.slice(0, 4);
}

for (const kind of KINDS) {
  test(`pages of bad input are whole at 360 px in ${kind}`, async t => {
    const browser = await launch(kind);
    t.after(() => browser.close());
    const { page, problems } = await tab(browser, { width: 360, mobile: true });
    const wrong = [];
    for (const path of PLACES.flatMap(both)) {
      await page.goto(fileAddress(edges, path));
      await page.evaluate(() => document.fonts.ready.then(() => true));
      const lost = text => /lost\.[^ ]*svg|ERR_FILE_NOT_FOUND/.test(text) && /\/image\//.test(path);
      const seen = [...await page.evaluate(sticking, 360), ...(await page.evaluate(cutOff)).map(name => `cuts ${name}`), ...await page.evaluate(whole), ...problems.splice(0).filter(text => !lost(text))];
      wrong.push(...seen.map(text => `${path}: ${text}`));
    }
    assert.deepEqual(wrong, []);
  });
}

test('long lists are cut into pages, and every page of them is reached by links', () => {
  for (const lang of ['en', 'ur']) {
    const entries = path => (read(edges, path).match(/class="entry"/g) || []).length;
    let path = `${lang}/many/index.html`, seen = 0, turned = 0;
    for (; path; turned++) {
      assert.ok(entries(path) <= 50, `${path}: ${entries(path)} entries`);
      seen += entries(path);
      const next = /<a[^>]*rel="next"[^>]*>/.exec(read(edges, path));
      path = next && new URL(/href="([^"]+)"/.exec(next[0])[1].replace(/&#x2f;/g, '/'), `https://example.org/${path}`).pathname.slice(1);
    }
    assert.deepEqual([seen, turned], [PAGES, PAGES / 50], lang);
    assert.equal(files(edges, 'index.html').filter(path => path.startsWith(`${lang}/tag/tag-`)).length, TAGS);
    assert.match(read(edges, `${lang}/empty/index.html`), /<p class="empty">[^<]+<\/p>/);
    assert.ok(read(edges, `${lang}/long/title/index.html`).includes(title(lang)));
  }
});

test('charts of odd figures draw what is there, say what is not, and always have their table', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser, { width: 360, mobile: true });
  for (const lang of ['en', 'ur']) {
    await page.goto(fileAddress(edges, `${lang}/figures/index.html`));
    const found = await page.evaluate(() => Object.fromEntries(Array.from(document.querySelectorAll('.chart'), chart => {
      let head = chart;
      while (head && head.localName !== 'h2') head = head.previousElementSibling;
      const bars = Array.from(chart.querySelectorAll('.panel rect'), bar => bar.getBoundingClientRect());
      return [head.id, {
        table: chart.querySelectorAll('table.data tbody tr').length,
        items: chart.querySelectorAll('.panel li').length,
        gaps: Array.from(chart.querySelectorAll('.bar-none')).filter(node => node.innerText.trim()).length,
        sizes: bars.map(box => Math.round(Math.max(box.width, box.height))).length,
        flat: bars.every(box => box.width < 1 || box.height < 1),
        ground: new Set(Array.from(chart.querySelectorAll('.columns .fig'), node => Math.round(node.getBoundingClientRect().bottom))).size,
        outside: Array.from(chart.querySelectorAll('.bar-value, .bar-label')).filter(node => node.scrollWidth > node.clientWidth + 1).length,
      }];
    })));
    const said = Object.fromEntries(charts.map(name => [name, [found[name].table, found[name].items, found[name].gaps, found[name].outside]]));
    assert.deepEqual(said, { one: [1, 0, 0, 0], zeros: [3, 3, 0, 0], negatives: [3, 3, 0, 0], gaps: [3, 3, 2, 0], nothing: [2, 0, 0, 0], mixed: [4, 4, 1, 0], huge: [2, 2, 0, 0], many: [60, 0, 0, 0] }, lang);
    assert.equal(found.mixed.ground, 1, `${lang}: columns stand on one ground`);
    assert.ok(found.zeros.flat && !found.negatives.flat, lang);
  }
});

test('a text in another language keeps its own side and language inside the shell', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser, { width: 360, mobile: true });
  for (const [path, shell, own] of [['ur/long/english-only/', 'ur', 'en'], ['en/long/urdu-only/', 'en', 'ur']]) {
    await page.goto(fileAddress(edges, `${path}index.html`));
    const seen = await page.evaluate(() => {
      const at = selector => { const node = document.querySelector(selector); return [node.closest('[lang]').lang, getComputedStyle(node).direction]; };
      const list = document.querySelector('.prose ul'), item = list.firstElementChild.getBoundingClientRect(), box = list.getBoundingClientRect(), cell = document.querySelector('.prose tbody td');
      return {
        shell: document.documentElement.lang, text: ['h1', '.prose h2', '.prose li', '.prose td'].map(at), label: at('.notice'),
        indent: [item.left - box.left > 8, box.right - item.right > 8], first: cell.getBoundingClientRect().left < cell.nextElementSibling.getBoundingClientRect().left,
      };
    });
    const dir = { en: 'ltr', ur: 'rtl' };
    assert.deepEqual(seen, { shell, text: Array(4).fill([own, dir[own]]), label: [shell, dir[shell]], indent: own === 'en' ? [true, false] : [false, true], first: own === 'en' }, path);
  }
});

test('with storage blocked every template works without a complaint', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page, problems } = await tab(browser, { width: 360, mobile: true }), wrong = [];
  await page.evaluateOnNewDocument(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
    Object.defineProperty(document, 'cookie', { get() { throw new DOMException('denied', 'SecurityError'); }, set() { throw new DOMException('denied', 'SecurityError'); } });
  });
  for (const { name, site, path } of templates) {
    for (const lang of ['en', 'ur']) {
      await page.goto(fileAddress(site, path(lang)));
      if (name === 'search') await page.waitForFunction('window.rahnumaFinder');
      wrong.push(...[...await page.evaluate(whole), ...await page.evaluate(() => window.refused)].filter(text => name !== 'pocket' || text !== 'no exit').map(text => `${name} ${lang}: ${text}`), ...problems.splice(0).map(text => `${name} ${lang}: ${text}`));
    }
  }
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(fileAddress(library, 'ur/law/ptpa-2018/index.html'));
  const toggle = await page.$('.beside-switch input');
  await toggle.evaluate(node => node.click());
  assert.equal(await page.evaluate(() => document.querySelector('.beside').getClientRects().length > 0), true);
  assert.deepEqual([...wrong, ...problems], []);
});

test('a phone prints the same sheets as a computer', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const out = join(work, 'print');
  mkdirSync(out, { recursive: true });
  for (const path of ['en/sop/first-responder/', 'ur/sop/first-responder/', 'ur/law/ptpa-2018/', 'en/statistics/in-numbers/']) {
    const sheets = [];
    for (const width of [360, 1280]) {
      const { page } = await tab(browser, { width, mobile: width < 700 });
      await page.goto(fileAddress(library, `${path}index.html`));
      await page.evaluate(() => document.fonts.ready.then(() => true));
      const place = join(out, `from-${width}.pdf`);
      await page.pdf({ path: place, preferCSSPageSize: true });
      const info = execFileSync('pdfinfo', [place], { encoding: 'utf8' });
      sheets.push({ count: /Pages:\s+(\d+)/.exec(info)[1], size: /Page size:\s+(.*)/.exec(info)[1], text: execFileSync('pdftotext', ['-layout', place, '-'], { encoding: 'utf8' }) });
      await page.close();
    }
    assert.match(sheets[0].size, /A4/);
    assert.deepEqual(sheets[0], sheets[1], path);
  }
});

// A table is as wide as its longest word: the browser prints such a page smaller.
test('pages of bad input fit their paper', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser, { width: 688 }), wrong = [];
  await page.emulateMediaType('print');
  for (const path of PLACES.flatMap(both).filter(path => !/\/(search|tags|many|word)\//.test(path))) {
    await page.goto(fileAddress(edges, path));
    await page.evaluate(() => document.fonts.ready.then(() => true));
    wrong.push(...[...await page.evaluate(sticking, 688), ...(await page.evaluate(cutOff)).map(name => `cuts ${name}`)].map(text => `${path}: ${text}`));
  }
  assert.deepEqual(wrong, []);
});

test('codes are never broken at their hyphen', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser, { width: 320, mobile: true }), wrong = [];
  let codes = 0;
  for (const path of ['law/penal-code/', 'sop/', 'sop/fir-sections/', 'sop/first-responder/'].flatMap(both)) {
    await page.goto(fileAddress(library, path));
    await page.evaluate(() => document.fonts.ready.then(() => true));
    const seen = await page.evaluate(() => {
      document.querySelectorAll('details').forEach(node => { node.open = true; });
      let count = 0;
      const broken = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node; (node = walker.nextNode());) {
        for (const code of node.data.matchAll(/(?<![\w-])(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*[0-9])[A-Z0-9]+(?:-[A-Z0-9]+)+(?![\w-])/g)) {
          if (code[0].length > 12 || node.parentElement.closest('script, style, code, option, title')) continue;
          count++;
          const range = document.createRange();
          range.setStart(node, code.index);
          range.setEnd(node, code.index + code[0].length);
          if (new Set(Array.from(range.getClientRects(), box => Math.round(box.top))).size > 1) broken.push(code[0]);
        }
      }
      return { broken, count };
    });
    codes += seen.count;
    wrong.push(...seen.broken.map(code => `${path}: ${code}`));
  }
  assert.ok(codes > 100, `${codes} codes`);
  assert.deepEqual(wrong, []);
});

test('beside the numbers stands that a call stays in the log, and the contact for corrections on the page about the library', () => {
  const LOG = { en: 'The call stays in the call log.', ur: 'کال فون کے ریکارڈ میں رہ جاتی ہے۔' };
  for (const lang of ['en', 'ur']) {
    for (const path of pages(library).filter(path => path === `${lang}/index.html` || path.startsWith(`${lang}/community/`))) {
      const text = read(library, path);
      for (const [block] of text.matchAll(/<section class="(?:strip|call)"[^]*?<\/section>|<div class="contact short"[^]*?<\/div>/g)) assert.ok(block.includes(LOG[lang]), `${path}: ${block.slice(0, 80)}`);
      assert.ok(!text.includes('href="tel:') || text.includes(LOG[lang]), path);
    }
    assert.ok(read(library, `${lang}/index.html`).includes('href="tel:'), lang);
    assert.match(read(edges, `${lang}/about/index.html`), /<main[^]*href="mailto:corrections@example\.org"[^]*<\/main>/);
    assert.ok(!/<main[^]*corrections@example\.org[^]*<\/main>/.test(read(edges, `${lang}/safety/index.html`)));
  }
});
