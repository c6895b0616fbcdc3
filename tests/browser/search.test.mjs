// Search as a reader uses it, in the dialog of every page and on the search page: three scripts, from a server and from a folder, with the
// keyboard alone, without scripts, and with files missing.
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
  ['en', 'prevention of trafficking in persons act', 'law/ptpa-2018'],
  ['ur', 'جبری مشقت کی علامات', 'guidance/signs-of-forced-labour'],
  ['ur', 'انٹرويو', 'sop/interview'],
  ['ur', 'jabri mushaqqat', 'guidance/signs-of-forced-labour'],
  ['ur', 'helpline', 'helplines'],
];

const place = href => /(en|ur)\/(.*)\/index\.html$/.exec(new URL(href).pathname).slice(1, 3).join(' ');
const PAGE = '#search-results a.hit-title', DIALOG = '.finder [role=option]';
const first = (page, selector) => page.evaluate(selector => {
  const link = document.querySelector(selector), hit = link && link.closest('.hit');
  return link && { href: link.href, lang: hit.lang, dir: hit.dir, marks: Array.from(hit.querySelectorAll('mark'), mark => mark.textContent) };
}, selector);
const answered = (page, selector, count) => until('an answer', () => page.evaluate((selector, count) => document.querySelector(count).textContent.trim() && document.querySelector(selector) !== null, selector, count));
const onPage = page => answered(page, PAGE, '#search-count'), inDialog = page => answered(page, DIALOG, '.finder-count');
const opened = page => until('the dialog', () => page.evaluate(() => document.activeElement && document.activeElement.id === 'finder-box'));
const focus = page => page.evaluate(() => document.activeElement.id || document.activeElement.className);

for (const kind of KINDS) {
  test(`search in ${kind}`, async t => {
    const browser = await launch(kind);
    t.after(() => browser.close());
    for (const from of ['http', 'file']) {
      const origin = from === 'http' ? server.origin : 'file:';
      await t.test(`three scripts over ${from}, on the page and in the dialog`, async () => {
        const found = [], wanted = [];
        for (const [lang, words, target] of EXPECTED) {
          const { page, problems } = await tab(browser, { origin });
          const asked = [];
          page.on('request', request => asked.push(decodeURIComponent(request.url()).replace(/#.*/, '')));
          await page.goto(address(from, `${lang}/search/index.html`));
          await page.type('#search-box', words);
          // The address follows a moment after the last letter.
          await page.waitForFunction(hash => location.hash === hash, {}, `#${new URLSearchParams({ q: words })}`);
          await onPage(page);
          const hit = await first(page, PAGE);
          assert.equal(new URL(page.url()).search, '');
          await page.goto(address(from, `${lang}/safety/index.html`));
          const length = await page.evaluate(() => history.length), before = page.url();
          await page.click('.tools .search-open');
          await opened(page);
          await page.keyboard.type(words);
          await inDialog(page);
          const same = await first(page, DIALOG);
          found.push(`${words}: ${place(hit.href)} ${hit.lang} ${hit.dir}, ${place(same.href)}`);
          wanted.push(`${words}: ${lang} ${target} ${lang} ${lang === 'ur' ? 'rtl' : 'ltr'}, ${lang} ${target}`);
          assert.deepEqual(await page.evaluate(() => [history.length, location.href]), [length, before], 'the dialog writes no history');
          assert.deepEqual(asked.filter(url => words.split(' ').some(word => word.length > 5 && url.includes(word))), [], 'no request carries the words');
          assert.deepEqual(problems, []);
          await page.close();
        }
        assert.deepEqual(found, wanted);
      });

      await t.test(`the dialog with the keyboard alone over ${from}`, async () => {
        const { page, problems } = await tab(browser, { origin });
        await page.goto(address(from, 'en/law/index.html'));
        await page.keyboard.press('/');
        await opened(page);
        assert.equal(await page.$eval('#finder-box', box => box.value), '', 'the key that opens it is no word');
        await page.keyboard.type('interview');
        await inDialog(page);
        const state = () => page.evaluate(() => {
          const box = document.getElementById('finder-box'), all = Array.from(document.querySelectorAll('.finder [role=option]'));
          return { expanded: box.getAttribute('aria-expanded'), at: all.findIndex(node => node.id === box.getAttribute('aria-activedescendant')), selected: all.filter(node => node.getAttribute('aria-selected') === 'true').map(node => all.indexOf(node)), last: all.length - 1 };
        });
        const { last } = await state();
        assert.deepEqual(await state(), { expanded: 'true', at: -1, selected: [], last });
        for (const [key, at] of [['ArrowDown', 0], ['End', last], ['ArrowDown', 0], ['ArrowUp', -1], ['ArrowUp', last], ['Home', 0]]) {
          await page.keyboard.press(key);
          assert.deepEqual(await state(), { expanded: 'true', at, selected: at < 0 ? [] : [at], last }, key);
        }
        await page.keyboard.press('Escape');
        assert.equal(await page.evaluate(() => document.querySelector('.finder').open), false);
        await page.focus('.tools .search-open');
        await page.keyboard.press('Enter');
        await opened(page);
        await page.keyboard.press('Escape');
        assert.match(await focus(page), /search-open/, 'the focus returns to what opened it');
        await page.keyboard.press(' ');
        await opened(page);
        assert.equal(await page.$eval('#finder-box', box => box.value), 'interview');
        await page.keyboard.press('Enter');
        await arrived(page, /search\/index.html#q=interview$/);
        await onPage(page);
        assert.deepEqual(problems, []);
        await page.close();
      });

      await t.test(`the page with the keyboard alone over ${from}`, async () => {
        const { page, problems } = await tab(browser, { origin });
        await page.goto(`${address(from, 'en/search/index.html')}#q=interview`);
        await onPage(page);
        await page.keyboard.press('/');
        await until('the box of the search page', () => page.evaluate(() => document.activeElement.id === 'search-box'));
        await page.keyboard.press('ArrowDown');
        assert.ok(await page.evaluate(() => document.activeElement.closest('.hit') === document.querySelector('.hit')), 'the arrow goes to the first result');
        await page.keyboard.press('Escape');
        assert.equal(await focus(page), 'search-box');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await arrived(page, /sop\/interview\/index.html/);
        await back(page);
        await onPage(page);
        assert.equal(await page.$eval('#search-box', box => box.value), 'interview');
        assert.deepEqual(problems, []);
        await page.close();
      });

      await t.test(`words move from ? to #, filters stand beside them and the back button takes them off over ${from}`, async () => {
        const { page } = await tab(browser, { origin, width: 1280 });
        await page.goto(`${address(from, 'en/search/index.html')}?q=labour`);
        await onPage(page);
        assert.deepEqual([new URL(page.url()).search, new URL(page.url()).hash], ['', '#q=labour']);
        const kinds = () => page.$$eval('#search-results .hit-kind', list => Array.from(new Set(list.map(node => node.textContent))));
        assert.ok((await kinds()).length > 1);
        const count = await page.$eval('[name=search-type][value=law]', input => Number(input.closest('label').querySelector('.n').textContent));
        await page.click('label:has([name=search-type][value=law])');
        await until('laws alone', async () => (await kinds()).join() === 'Law');
        assert.equal(new URL(page.url()).hash, '#q=labour&type=law');
        await until('the count', () => page.$eval('#search-count', (node, count) => node.textContent.startsWith(`${count} result`), count));
        await back(page);
        await until('all kinds again', async () => (await kinds()).length > 1);
        assert.equal(new URL(page.url()).hash, '#q=labour');
        await page.close();
      });
    }

    await t.test('related words are named and can be switched off', async () => {
      const { page } = await tab(browser);
      await page.goto(`${address('file', 'ur/search/index.html')}#q=jabri+mushaqqat`);
      await onPage(page);
      assert.match(await page.$eval('#search-also', node => node.textContent), /جبری/);
      await page.click('#search-also button');
      await until('fewer ways', () => page.evaluate(() => !/جبری/.test(document.getElementById('search-also').textContent)));
      assert.match(page.url(), /expand=0/);
      await page.close();
    });

    await t.test('nothing found says so and offers other ways', async () => {
      const { page } = await tab(browser);
      for (const [lang, said] of [['en', 'Nothing found.'], ['ur', 'کچھ نہیں ملا۔']]) {
        await page.goto(address('file', `${lang}/search/index.html`));
        await page.goto(`${address('file', `${lang}/search/index.html`)}#q=xqzvbnw`);
        await until('the count', () => page.$eval('#search-count', (node, said) => node.textContent === said, said));
        assert.equal(await page.$$eval('.hit', list => list.length), 0);
        const links = await page.$$eval('#search-help a', list => list.map(link => link.getAttribute('href')));
        for (const part of ['a-z/', 'guidance/', 'sop/', 'helplines/']) assert.ok(links.some(link => link.includes(`/${part}`)), `${lang} ${part} in ${links}`);
      }
      await page.close();
    });

    await t.test('words are text, never markup', async () => {
      const { page, problems } = await tab(browser);
      for (const words of ['<img src=x onerror=alert(1)> labour', '__proto__ constructor labour', 'ﷺ 😀 \u202E labour', 'labour '.repeat(400)]) {
        await page.goto('about:blank');
        await page.goto(`${address('file', 'en/search/index.html')}#q=${encodeURIComponent(words)}`);
        await onPage(page);
        assert.equal(await page.$$eval('main img', list => list.length), 0);
        assert.ok((await page.$eval('#search-box', box => box.value)).length <= 200);
      }
      assert.deepEqual(problems, []);
      await page.close();
    });

    await t.test('no key is taken from somebody who types', async () => {
      const { page } = await tab(browser);
      await page.goto(address('file', 'en/index.html'));
      await page.evaluate(() => { const area = document.createElement('textarea'); document.body.prepend(area); area.focus(); });
      await page.keyboard.type('a/b');
      assert.deepEqual(await page.evaluate(() => [document.querySelector('textarea').value, document.querySelector('dialog')]), ['a/b', null]);
      await page.close();
    });

    await t.test('a part that is missing is said in the reader\'s language, with ways on', async () => {
      const broken = await serve(library, { refuse: path => /^search\/.*\.js$/.test(path) });
      try {
        for (const [lang, said] of [['en', 'The search index could not be loaded.'], ['ur', 'تلاش کی فہرست لوڈ نہ ہو سکی۔']]) {
          const { page } = await tab(browser, { origin: broken.origin });
          await page.goto(`${broken.origin}${lang}/safety/index.html`);
          await page.click('.tools .search-open');
          await opened(page);
          await page.keyboard.type('labour');
          await until('the message', () => page.$eval('.finder-count', (node, said) => node.textContent === said, said));
          assert.ok(await page.$('.finder-help a[href*="a-z/"]'));
          await page.close();
        }
      } finally {
        broken.close();
      }
    });

    await t.test('without the interface the control is the link it was', async () => {
      const broken = await serve(library, { refuse: path => /assets\/search-ui/.test(path) });
      try {
        const { page } = await tab(browser, { origin: broken.origin });
        await page.goto(`${broken.origin}en/safety/index.html`);
        await page.click('.tools .search-open');
        await arrived(page, /en\/a-z\/index.html$/);
        await page.close();
      } finally {
        broken.close();
      }
    });

    await t.test('one can leave the site out of the dialog', async () => {
      const { page } = await tab(browser, { origin: server.origin, width: 360 });
      await page.goto(`${server.origin}en/safety/index.html`);
      await page.click('.tools .search-open');
      await opened(page);
      const target = await page.evaluate(() => {
        const link = document.querySelector('.finder .exit'), box = link.getBoundingClientRect();
        return { seen: document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).closest('a') === link, href: link.href === document.querySelector('.top .exit, .bar .exit').href };
      });
      assert.deepEqual(target, { seen: true, href: true });
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
      const controls = await page.evaluate(() => Array.from(document.querySelectorAll('a.search-open'), link => link.href));
      assert.ok(controls.length > 1);
      assert.deepEqual(Array.from(new Set(controls)), [`${server.origin}${lang}/a-z/index.html`]);
      assert.equal(await page.evaluate(() => document.querySelectorAll('form, input').length), 0);
      await page.goto(`${server.origin}${lang}/search/index.html`);
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
