// The language link leads to the same article, and with scripts to the same section.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KINDS, launch, tab } from './lib/browser.mjs';
import { fileAddress, library, pages, samples } from './lib/site.mjs';

const other = path => path.replace(/^(en|ur)/, lang => ({ en: 'ur', ur: 'en' })[lang]);

for (const kind of KINDS) {
  test(`the language link in ${kind}`, async t => {
    const browser = await launch(kind);
    t.after(() => browser.close());
    await t.test('leads to the counterpart of every page', async () => {
      const { page } = await tab(browser), wrong = [];
      for (const path of pages(library).filter(path => /^(en|ur)\//.test(path))) {
        await page.goto(fileAddress(library, path));
        const links = await page.$$eval('.langs a', list => list.map(link => ({ href: link.href, lang: link.lang, hreflang: link.hreflang })));
        const code = other(path).slice(0, 2), wanted = [{ href: fileAddress(library, other(path)), lang: code, hreflang: code }];
        if (JSON.stringify(links) !== JSON.stringify(wanted)) wrong.push(`${path}: ${JSON.stringify(links)}`);
      }
      assert.deepEqual(wrong, []);
    });
    for (const [from, anchor] of [['en/law/ptpa-2018/index.html', 's-3'], ['ur/law/ptpa-2018/index.html', 's-3'], ['en/guidance/signs-of-forced-labour/index.html', null]]) {
      await t.test(`keeps the section of ${from}`, async () => {
        const { page } = await tab(browser, { width: 1280 });
        await page.goto(fileAddress(library, from));
        const id = anchor || await page.$eval('main h2[id]', node => node.id);
        await page.goto(`${fileAddress(library, from)}#${id}`);
        await page.click('.langs a');
        await page.waitForFunction(lang => document.documentElement.lang === lang && document.readyState === 'complete', {}, other(from).slice(0, 2));
        assert.equal(decodeURIComponent(page.url()), decodeURIComponent(`${fileAddress(library, other(from))}#${id}`));
        const top = await page.evaluate(id => document.getElementById(id).getBoundingClientRect().top, id);
        assert.ok(top > 40 && top < 500, `the section stands at ${top}, below the header and in view`);
      });
    }
    await t.test('a page without a translation is a real page of the reader\'s language', async () => {
      const { page } = await tab(browser);
      await page.goto(fileAddress(samples, 'ur/samples/english-only/index.html'));
      const seen = await page.evaluate(() => {
        const text = Array.from(document.querySelectorAll('main p')).find(node => node.textContent.includes('The text stands in English'));
        return { shell: document.documentElement.lang, body: text.closest('[lang]').lang, dir: getComputedStyle(text).direction, robots: document.querySelector('meta[name=robots]').content };
      });
      assert.deepEqual(seen, { shell: 'ur', body: 'en', dir: 'ltr', robots: 'noindex' });
      await page.goto(fileAddress(samples, 'ur/samples/quiet/index.html'));
      const quiet = await page.evaluate(() => ({ text: document.body.innerText.includes('The text stands in English'), calls: document.querySelectorAll('main a[href^="tel:"]').length > 0, title: document.title.includes('reader in danger') }));
      assert.deepEqual(quiet, { text: false, calls: true, title: false });
    });
  });
}
