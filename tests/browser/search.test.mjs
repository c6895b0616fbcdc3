// The search page as a reader uses it: three scripts, from a server and from a folder, with the keyboard alone, and without scripts.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { KINDS, arrived, back, launch, tab, until } from './lib/browser.mjs';
import { fileAddress, library, serve } from './lib/site.mjs';

const server = await serve(library);
after(() => server.close());
const address = (from, path) => (from === 'http' ? server.origin + path : fileAddress(library, path));

/** Language of the page, what is typed, and the first result: page and its title. */
const EXPECTED = [
  ['en', 'forced labour signs', 'guidance/signs-of-forced-labour'],
  ['en', 'bonded labor', 'law/bonded-labour'],
  ['en', 'peshgi', 'law/bonded-labour'],
  ['en', 'prevention of trafficking in persons act', 'law/ptpa-2018'],
  ['ur', 'جبری مشقت کی علامات', 'guidance/signs-of-forced-labour'],
  ['ur', 'انٹرويو', 'sop/interview'],
  ['ur', 'پیشگی', 'law/bonded-labour'],
  ['ur', 'jabri mushaqqat', 'guidance/signs-of-forced-labour'],
  ['ur', 'helpline', 'helplines'],
];

const first = page => page.evaluate(() => {
  const link = document.querySelector('#search-results .hit a');
  return link && { address: new URL(link.href).pathname.split('/').slice(-4).join('/'), text: link.textContent, lang: link.closest('.hit').lang };
});
const answered = page => until('an answer', () => page.evaluate(() => document.getElementById('search-count').textContent.trim() && document.querySelector('.hit a') !== null));

for (const kind of KINDS) {
  test(`search in ${kind}`, async t => {
    const browser = await launch(kind);
    t.after(() => browser.close());
    for (const from of ['http', 'file']) {
      const origin = from === 'http' ? server.origin : 'file:';
      await t.test(`three scripts over ${from}`, async () => {
        const found = [], wanted = [];
        for (const [lang, words, target] of EXPECTED) {
          const { page, problems } = await tab(browser, { origin });
          await page.goto(address(from, `${lang}/search/index.html`));
          await page.type('#search-box', words);
          await answered(page);
          const hit = await first(page);
          found.push(`${words}: ${hit.address} ${hit.lang}`);
          wanted.push(`${words}: ${[...['', ''], ...`${lang}/${target}/index.html`.split('/')].slice(-4).join('/')} ${lang}`);
          assert.equal(new URL(page.url()).hash, `#${new URLSearchParams({ q: words })}`);
          assert.equal(new URL(page.url()).search, '');
          assert.deepEqual(problems, []);
          await page.close();
        }
        const tail = text => text.replace(/: (.*?)\/?((?:en|ur)\/.*)$/, ': $2');
        assert.deepEqual(found.map(tail), wanted.map(tail));
      });

      await t.test(`with the keyboard alone over ${from}`, async () => {
        const { page, problems } = await tab(browser, { origin });
        await page.goto(address(from, 'en/law/index.html'));
        await page.keyboard.press('/');
        await until('the box', () => page.evaluate(() => document.activeElement.id === 'search-box'));
        await page.keyboard.type('interview');
        await answered(page);
        await page.keyboard.press('ArrowDown');
        const place = await page.evaluate(() => document.activeElement.closest('.hit') === document.querySelector('.hit'));
        assert.ok(place, 'the arrow goes to the first result');
        await page.keyboard.press('Escape');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'search-box');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await arrived(page, /sop\/interview\/index.html$/);
        await back(page);
        await answered(page);
        assert.equal(await page.$eval('#search-box', box => box.value), 'interview');
        assert.deepEqual(problems, []);
        await page.close();
      });

      await t.test(`words move from ? to # over ${from}`, async () => {
        const { page } = await tab(browser, { origin });
        await page.goto(`${address(from, 'en/search/index.html')}?q=peshgi`);
        await answered(page);
        assert.equal(new URL(page.url()).search, '');
        assert.equal(new URL(page.url()).hash, '#q=peshgi');
        assert.equal(await page.$eval('#search-box', box => box.value), 'peshgi');
        assert.match((await first(page)).address, /law\/bonded-labour\/index.html$/);
        await page.close();
      });
    }

    await t.test('nothing found says so and offers the list', async () => {
      const { page } = await tab(browser);
      await page.goto(`${address('file', 'en/search/index.html')}#q=xqzvbn`);
      await until('the empty answer', () => page.$eval('#search-empty', node => !node.hidden));
      await until('the count', () => page.$eval('#search-count', node => node.textContent.trim()));
      assert.equal(await page.$$eval('.hit', list => list.length), 0);
      assert.ok(await page.$('#search-empty a[href*="a-z"]'));
      await page.close();
    });

    await t.test('words are text, never markup', async () => {
      const { page, problems } = await tab(browser);
      await page.goto(`${address('file', 'en/search/index.html')}#q=${encodeURIComponent('<img src=x onerror=alert(1)> labour')}`);
      await answered(page);
      assert.equal(await page.$$eval('main img', list => list.length), 0);
      assert.deepEqual(problems, []);
      await page.close();
    });
  });

  test(`search without scripts in ${kind}`, async t => {
    const browser = await launch(kind, { javascript: false });
    t.after(() => browser.close());
    for (const lang of ['en', 'ur']) {
      const { page } = await tab(browser, { javascript: false, origin: server.origin, width: 1280 });
      await page.goto(`${server.origin}${lang}/index.html`);
      // Without scripts Firefox answers only what needs no waiting, so everything is one plain question.
      const control = await page.evaluate(() => document.querySelector('a.search-open').href);
      assert.equal(control, `${server.origin}${lang}/search/index.html`);
      await page.goto(control);
      const seen = await page.evaluate(() => {
        const list = document.querySelector('#search-fallback a');
        return { box: document.getElementById('search-box').getClientRects().length, list: list.getClientRects().length, href: list.href };
      });
      assert.deepEqual(seen, { box: 0, list: 1, href: `${server.origin}${lang}/a-z/index.html` });
      await page.goto(seen.href);
      const links = await page.evaluate(() => document.querySelectorAll('main a[href$="index.html"]').length);
      assert.ok(links >= 15, `${links} links in the list`);
      await page.close();
    }
  });
}
