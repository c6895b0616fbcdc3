// The language link leads to the same article, and with scripts to the same section.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KINDS, arrived, launch, tab, until } from './lib/browser.mjs';
import { fileAddress, library, pages, read, samples } from './lib/site.mjs';

const other = path => path.replace(/^(en|ur)/, lang => ({ en: 'ur', ur: 'en' })[lang]);

test('the language link of every page leads to its counterpart', () => {
  const wrong = [];
  for (const path of pages(library).filter(path => /^(en|ur)\//.test(path))) {
    const link = /<nav class="langs"[^]*?<\/nav>/.exec(read(library, path))[0];
    const [, lang] = /\slang="(\w+)"/.exec(link), [, hreflang] = /\shreflang="(\w+)"/.exec(link), [, href] = /\shref="([^"]+)"/.exec(link);
    const target = new URL(href.replace(/&#x2f;/g, '/'), `https://example.org/${path}`).pathname.slice(1);
    if (target !== other(path) || lang !== target.slice(0, 2) || hreflang !== lang) wrong.push(`${path}: ${lang} ${hreflang} ${href}`);
  }
  assert.deepEqual(wrong, []);
});

for (const kind of KINDS) {
  test(`the language link in ${kind}`, async t => {
    const browser = await launch(kind);
    t.after(() => browser.close());
    for (const [from, anchor] of [['en/law/ptpa-2018/index.html', 's-3'], ['ur/law/ptpa-2018/index.html', 's-3'], ['en/guidance/signs-of-forced-labour/index.html', null]]) {
      await t.test(`keeps the section of ${from}`, async () => {
        const { page } = await tab(browser, { width: 1280 });
        await page.goto(fileAddress(library, from));
        const id = anchor || await page.$eval('main h2[id]', node => node.id);
        await page.goto(`${fileAddress(library, from)}#${id}`);
        await page.click('.langs a');
        await arrived(page, `${fileAddress(library, other(from))}#${id}`);
        await until('the section below the header', () => page.evaluate(id => {
          const { top } = document.getElementById(id).getBoundingClientRect();
          return top > document.querySelector('.top').getBoundingClientRect().bottom - 1 && top < 400;
        }, id));
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
