// Pictures to look at, in target/screenshots/: every template in both languages on a phone and on a wide screen, some in the dark and on paper.
// With a word, only templates whose name has it: node tests/browser/screenshots.mjs sop
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { crowd, launch, scheme, search, tab, until } from './lib/browser.mjs';
import { common, fileAddress, library, screenshots, templates } from './lib/site.mjs';

const wanted = process.argv[2] || '';
if (!wanted) rmSync(screenshots, { recursive: true, force: true });
mkdirSync(screenshots, { recursive: true });

const pages = [
  ...templates.flatMap(({ name, site, path }) => ['en', 'ur'].map(lang => ({ name: `${name}-${lang}`, address: fileAddress(site, path(lang)) }))),
  ...common.map(({ name, site, path }) => ({ name, address: fileAddress(site, path()) })),
  ...templates.filter(({ name }) => name === 'search').flatMap(({ site, path }) => [['en', 'labour'], ['ur', 'پیشگی']].map(([lang, words]) => ({ name: `results-${lang}`, address: `${fileAddress(site, path(lang))}#q=${encodeURIComponent(words)}` }))),
  ...[['en', 'forced labour'], ['ur', 'جبری مشقت']].flatMap(([lang, words]) => [['empty', 'xqzvbnw'], ['found', words], ['roman', 'jabri mushaqqat'], ['open', '']].map(([what, words]) => ({ name: `dialog-${what}-${lang}`, address: fileAddress(library, `${lang}/safety/index.html`), words }))),
];
const shots = [];
for (const page of pages.filter(({ name }) => name.includes(wanted))) {
  shots.push({ ...page, width: 360, view: '360' }, { ...page, width: 1280, view: '1280' });
  if (/^(home|sop|law|dialog-found|results|parts|doors)/.test(page.name)) shots.push({ ...page, width: 360, view: '360-dark', dark: true }, { ...page, width: 1280, view: '1280-dark', dark: true });
  if (/^(home|sop|law|event|pocket|parts)-/.test(page.name)) shots.push({ ...page, width: 794, view: 'print', print: true });
}

/** A page from its top in pictures of at most PART pixels, since a browser takes none of any height; what comes after MOST looks the same. */
async function whole(page, name, width) {
  const PART = 8000, MOST = 4;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let part = 0; part < Math.min(MOST, Math.ceil(height / PART)); part++) {
    const clip = { x: 0, y: part * PART, width, height: Math.min(PART, height - part * PART) };
    await page.screenshot({ path: join(screenshots, `${name}${part ? `-${part + 1}` : ''}.png`), clip, captureBeyondViewport: true });
  }
}

// One browser for each worker: a tab that is not in front is never drawn.
const browsers = await Promise.all([launch('chromium'), launch('chromium')]);
try {
  await crowd(shots, browsers.length, async ({ name, address, words, width, view, dark, print }, worker) => {
    const { page } = await tab(browsers[worker], { width, mobile: width < 700, height: width < 700 ? 740 : 900 });
    await scheme(page, dark ? 'dark' : 'light');
    await page.goto(address);
    if (name.startsWith('results')) await until('results', () => page.$('#search-results .hit a'));
    if (words !== undefined) await search(page, words);
    await page.evaluate(() => document.fonts.ready.then(() => true));
    if (print) await page.pdf({ path: join(screenshots, `${name}-${view}.pdf`), preferCSSPageSize: true, printBackground: true });
    else if (words !== undefined) await page.screenshot({ path: join(screenshots, `${name}-${view}.png`) });
    else await whole(page, `${name}-${view}`, width);
    await page.close();
  });
} finally {
  await Promise.all(browsers.map(browser => browser.close()));
}
console.log(`${shots.length} pictures in target/screenshots`);
