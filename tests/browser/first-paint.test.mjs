// A cheap phone on a slow network: how much a page weighs, how soon it shows, and that it does not jump when the Urdu face comes late. The
// browser has Naskh and no Nastaliq of its own, as Android has. How soon a page shows depends on what else the machine does: `ALL=1` asks it.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { KINDS, launch, pause, tab, until } from './lib/browser.mjs';
import { files, library, pages, phoneFonts, rahnuma, read, repository, serve, today, work } from './lib/site.mjs';

const KB = 1024, gzipped = bytes => gzipSync(bytes, { level: 9 }).length;
const kind = path => (/^(?:en|ur)\/index\.html$/.test(path) ? 'home' : (/ class="(?:[^"]* )?t-([\w-]+)/.exec(read(library, path)) || [])[1]);
const LIGHT = { home: 16, guidance: 16, event: 16, section: 16, sop: 16 };

test('no page is heavier than its kind may be, and every page paints after one request', t => {
  const wrong = [], heaviest = {};
  for (const path of pages(library).filter(path => /^(en|ur)\//.test(path))) {
    const html = read(library, path), size = gzipped(html), of = kind(path), bar = (LIGHT[of] || 60) * KB;
    if (!heaviest[of] || heaviest[of][0] < size) heaviest[of] = [size, path];
    if (size > bar) wrong.push(`${path}: ${size} bytes, ${bar} allowed`);
    const head = html.slice(0, html.indexOf('</head>'));
    if (/<link rel="stylesheet"(?! media="print, \(forced-colors: active\)")/.test(head) || /<script(?![^>]*(?:defer|json))/.test(head)) wrong.push(`${path}: waits for more than itself`);
  }
  for (const [of, [size, path]] of Object.entries(heaviest)) t.diagnostic(`${of}: at most ${size} bytes (${path})`);
  assert.deepEqual(wrong, []);
});

test('a section of fifty pages weighs no more than a section may', t => {
  const root = join(work, 'fifty'), content = join(root, 'content');
  rmSync(root, { recursive: true, force: true });
  cpSync(join(repository, 'content'), content, { recursive: true });
  for (const lang of ['en', 'ur']) {
    // Titles and descriptions as people write them, no two alike: the library's own, then its headings with the line below them.
    const texts = files(content, '.md').filter(path => path.startsWith(`${lang}/`)).map(path => readFileSync(join(content, path), 'utf8'));
    const facets = text => text.match(/^(?:audience|jurisdiction|tags): .*$/gm) || [];
    const pages = texts.map(text => [(/^title: "?(.*?)"?$/m.exec(text) || [])[1], (/^description: "?(.*?)"?$/m.exec(text) || [])[1], facets(text)]);
    for (const text of texts) for (const [, title, line] of text.matchAll(/^##+ ([^\n{]+?)(?: \{.*\})?\n\n([^-|:>#[\n][^\n[*]{60,160}?[.۔])(?: |\n)/gm)) pages.push([title, line, facets(text)]);
    const fifty = pages.filter(([title, description], at) => title && description && pages.findIndex(other => other[0] === title) === at).slice(0, 50);
    assert.equal(fifty.length, 50);
    mkdirSync(join(content, lang, 'fifty'));
    writeFileSync(join(content, lang, 'fifty', 'index.md'), '---\ntitle: Fifty\n---\n');
    fifty.forEach(([title, description, facets], at) => writeFileSync(join(content, lang, 'fifty', `page-${at + 1}.md`),
      `---\ntype: guidance\ntitle: ${JSON.stringify(title)}\ndescription: ${JSON.stringify(description)}\nupdated: 2026-11-${10 + at % 13}\n${facets.join('\n')}\n---\n\n–\n`));
  }
  rahnuma('build', root, '--out', join(root, 'public'), '--today', today);
  for (const lang of ['en', 'ur']) {
    const html = read(join(root, 'public'), `${lang}/fifty/index.html`), size = gzipped(html);
    t.diagnostic(`${lang}: ${size} bytes`);
    assert.equal(html.match(/<li class="entry">/g).length, 50);
    assert.ok(size <= 16 * KB, `${lang}: ${size} bytes`);
  }
});

test('a page where nobody searches loads at most 6 KB of scripts', () => {
  const wrong = [];
  for (const path of pages(library).filter(path => /^(en|ur)\//.test(path) && !/\/search\//.test(path))) {
    const scripts = [...read(library, path).matchAll(/<script src="([^"]+)"/g)].map(([, href]) => new URL(href, `file:///${path}`).pathname.slice(1));
    const size = scripts.reduce((sum, script) => sum + gzipped(readFileSync(join(library, script))), 0);
    if (size > 6 * KB) wrong.push(`${path}: ${size} bytes`);
  }
  assert.deepEqual(wrong, []);
});

test('the interface of the search, with its words, is at most 5 KB in each language', () => {
  const asset = name => files(library, '.js').find(path => path.startsWith(`assets/${name}.`));
  for (const lang of ['en', 'ur']) {
    const size = gzipped(Buffer.concat(['search-ui', `texts/search.${lang}`].map(name => readFileSync(join(library, asset(name))))));
    assert.ok(size <= 5 * KB, `${lang}: ${size} bytes`);
  }
});

test('the Urdu face is one file of at most 120 KB', () => {
  const faces = files(library, '.woff2');
  assert.equal(faces.length, 1);
  assert.ok(readFileSync(join(library, faces[0])).length <= 120 * KB);
});

const server = await serve(library, { late: 3000 });
after(() => server.close());
const median = list => list.slice().sort((a, b) => a - b)[list.length >> 1];

for (const kind of KINDS) {
  test(`a page shows its text before anything but itself has come, in ${kind}`, async t => {
    const slow = await serve(library, { late: 4000, slow: path => !path.endsWith('.html') });
    const browser = await launch(kind);
    t.after(async () => { await browser.close(); slow.close(); });
    for (const path of ['ur/sop/evidence/index.html', 'en/guidance/who-investigates/index.html', 'en/index.html']) {
      const { page } = await tab(browser, { width: 360, height: 740, mobile: true });
      const loaded = page.goto(slow.origin + path), start = Date.now();
      await until('the first paint', () => page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length > 0), 3000);
      const seen = await page.evaluate(() => ({ text: [...document.querySelectorAll('h1, .prose > *, .lead')].filter(node => node.getClientRects().length).length, head: document.querySelector('.top').getBoundingClientRect().height }));
      assert.ok(Date.now() - start < 3500 && seen.text > 2 && seen.head < 140, `${path}: ${JSON.stringify(seen)}`);
      await loaded;
      await page.close();
    }
  });
}

/** Opens a page on slow 3G with a processor four times slower; in: a path. Out: first paint in milliseconds and the sum of shifts. */
async function visit(browser, path) {
  const context = await browser.createBrowserContext(), page = await context.newPage(), session = await page.createCDPSession();
  await page.setViewport({ width: 360, height: 740, isMobile: true, hasTouch: true });
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 2000, downloadThroughput: 51200, uploadThroughput: 51200 });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.evaluateOnNewDocument(() => {
    window.shifts = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => { if (!entry.hadRecentInput) window.shifts += entry.value; })).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(server.origin + path, { waitUntil: 'load', timeout: 30000 });
  await page.evaluate(() => document.fonts.ready.then(() => true));
  await pause(300);
  const seen = await page.evaluate(() => ({ paint: performance.getEntriesByName('first-contentful-paint')[0].startTime, shifts: window.shifts, nastaliq: Array.from(document.fonts).some(face => /Nastaliq/.test(face.family) && face.status === 'loaded') }));
  await context.close();
  return seen;
}

test('pages in Urdu show early and stay where they are while the face comes', async t => {
  const browser = await launch('chromium', { env: phoneFonts() });
  t.after(() => browser.close());
  const wrong = [];
  for (const path of ['ur/index.html', 'ur/sop/first-responder/index.html', 'ur/law/ptpa-2018/index.html', 'ur/guidance/signs-of-forced-labour/index.html', 'ur/events/ssdo-workshop-rawalpindi-2022/index.html']) {
    const visits = [];
    for (let run = 0; run < (process.env.ALL ? 5 : 1); run++) visits.push(await visit(browser, path));
    const paint = Math.round(median(visits.map(seen => seen.paint))), shifts = Math.max(...visits.map(seen => seen.shifts));
    t.diagnostic(`${path}: first paint ${paint} ms, shift ${shifts.toFixed(3)}`);
    if (!visits.every(seen => seen.nastaliq)) wrong.push(`${path}: the face did not come`);
    if (process.env.ALL && paint > 2600) wrong.push(`${path}: first paint after ${paint} ms`);
    if (shifts > 0.05) wrong.push(`${path}: shift ${shifts}`);
  }
  assert.deepEqual(wrong, []);
});

test('pages in Urdu stay where they are on a device that has Nastaliq itself', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  for (const path of ['ur/index.html', 'ur/sop/first-responder/index.html']) {
    const { shifts, nastaliq } = await visit(browser, path);
    t.diagnostic(`${path}: shift ${shifts.toFixed(3)}`);
    assert.ok(nastaliq && shifts <= 0.05, `${path}: shift ${shifts}`);
  }
});
