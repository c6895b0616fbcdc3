// axe-core on every template: WCAG 2.2 A and AA and its best practices, without a violation. `ALL=1` looks at every combination of width
// and colours; without it each page is seen twice, narrow and light, then wide and dark.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { crowd, launch, scheme, search, tab, until } from './lib/browser.mjs';
import { common, fileAddress, library, templates } from './lib/site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const all = [[360, 'light'], [1280, 'dark'], [360, 'dark'], [1280, 'light']];
const views = process.env.ALL ? all : all.slice(0, 2);

const pages = [
  ...templates.flatMap(({ name, site, path }) => ['en', 'ur'].map(lang => ({ name: `${name}-${lang}`, address: fileAddress(site, path(lang)) }))),
  ...common.map(({ name, site, path }) => ({ name, address: fileAddress(site, path()) })),
  ...templates.filter(({ name }) => name === 'search').flatMap(({ site, path }) => [['en', 'labour'], ['ur', 'پیشگی']].map(([lang, words]) => ({ name: `results-${lang}`, address: `${fileAddress(site, path(lang))}#q=${encodeURIComponent(words)}`, results: true }))),
  ...['en', 'ur'].map(lang => ({ name: `dialog-${lang}`, address: fileAddress(library, `${lang}/safety/index.html`), words: lang === 'en' ? 'labour' : 'پیشگی' })),
  ...['en', 'ur'].map(lang => ({ name: `dialog-empty-${lang}`, address: fileAddress(library, `${lang}/safety/index.html`), words: 'xqzvbnw' })),
];

test('no page breaks a rule of axe-core', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  for (const [width, colours] of views) {
    await t.test(`${width} px, ${colours}`, async () => {
      const wrong = [];
      await crowd(pages, 2, async ({ name, address, results, words }) => {
        const { page } = await tab(browser, { width, mobile: width < 700 });
        await scheme(page, colours);
        await page.goto(address);
        if (results) await until('results', () => page.$('#search-results .hit a'));
        if (words) await search(page, words);
        await page.evaluate(() => document.fonts.ready.then(() => true));
        await page.evaluate(axe);
        const answer = await page.evaluate(tags => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), tags);
        for (const { id, nodes } of answer.violations) wrong.push(`${name}: ${id} (${nodes.length}) ${nodes.slice(0, 2).map(node => `${node.target} ${node.any.concat(node.all, node.none).map(check => check.message)[0] || ''}`).join(' | ')}`);
        await page.close();
      });
      assert.deepEqual(wrong.sort(), []);
    });
  }
});
