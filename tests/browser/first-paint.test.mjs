// A cheap phone on a slow network: how much a page weighs, how soon it shows, and that it does not jump when the Urdu face comes late. The
// browser has Naskh and no Nastaliq of its own, as Android has. How soon a page shows depends on what else the machine does: `ALL=1` asks it.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { launch, pause, tab } from './lib/browser.mjs';
import { files, library, pages, read, serve, work } from './lib/site.mjs';

const KB = 1024, gzipped = bytes => gzipSync(bytes, { level: 9 }).length;
const kind = path => (/^(?:en|ur)\/index\.html$/.test(path) ? 'home' : (/ class="(?:[^"]* )?t-([\w-]+)/.exec(read(library, path)) || [])[1]);
const LIGHT = { home: 16, guidance: 16, event: 16, section: 16 };
/** The aim for procedures is 16 KB too. Long texts, most of all in Urdu, go beyond it, so what is held is all but their text. */
const FRAME = { sop: 13.5 };
const withoutText = html => { const from = html.indexOf('<div class="prose"'); return html.slice(0, from) + html.slice(Math.max(from, html.search(/<section class="(?:related|sources)"|<footer class="colophon"/))); };

test('no page is heavier than its kind may be, and every page paints after one request', t => {
  const wrong = [], heaviest = {};
  for (const path of pages(library).filter(path => /^(en|ur)\//.test(path))) {
    const html = read(library, path), size = gzipped(html), of = kind(path), bar = (LIGHT[of] || 60) * KB;
    if (!heaviest[of] || heaviest[of][0] < size) heaviest[of] = [size, path];
    if (size > bar) wrong.push(`${path}: ${size} bytes, ${bar} allowed`);
    if (FRAME[of] && gzipped(withoutText(html)) > FRAME[of] * KB) wrong.push(`${path}: ${gzipped(withoutText(html))} bytes without its text, ${FRAME[of] * KB} allowed`);
    const head = html.slice(0, html.indexOf('</head>'));
    if (/<link rel="stylesheet"(?! media="print, \(forced-colors: active\)")/.test(head) || /<script(?![^>]*(?:defer|json))/.test(head)) wrong.push(`${path}: waits for more than itself`);
  }
  for (const [of, [size, path]] of Object.entries(heaviest)) t.diagnostic(`${of}: at most ${size} bytes (${path})`);
  assert.deepEqual(wrong, []);
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

test('the Urdu face is one file of at most 120 KB', () => {
  const faces = files(library, '.woff2');
  assert.equal(faces.length, 1);
  assert.ok(readFileSync(join(library, faces[0])).length <= 120 * KB);
});

const fonts = join(work, 'fonts.conf');
mkdirSync(work, { recursive: true });
writeFileSync(fonts, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include><selectfont><rejectfont><pattern><patelt name="family"><string>Noto Nastaliq Urdu</string></patelt></pattern></rejectfont></selectfont></fontconfig>`);
const server = await serve(library, { late: 3000 });
after(() => server.close());
const median = list => list.slice().sort((a, b) => a - b)[list.length >> 1];

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
  const browser = await launch('chromium', { env: { ...process.env, FONTCONFIG_FILE: fonts } });
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
