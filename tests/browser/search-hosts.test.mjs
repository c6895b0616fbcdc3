// The search where a host or a browser is not kind: below a path with spaces and Urdu, uncompressed, without storage, after a new deployment,
// on a slow line and on a slow processor.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { after, test } from 'node:test';
import { KINDS, launch, tab, until } from './lib/browser.mjs';
import { grown } from './lib/grown.mjs';
import { fileAddress, library, serve } from './lib/site.mjs';

const large = grown(3000), PAGE = '#search-results a.hit-title';
const shown = page => page.$$eval(PAGE, list => list.map(link => link.href));
const said = page => page.$eval('#search-count', node => node.textContent);
const some = count => Array.from({ length: count }, () => large.words[Math.floor(large.words.length * large.next())]);

/** A copy of the library's pages and index, whose index can be deployed anew: other names, other content, the same answers. */
function deployment() {
  const root = mkdtempSync(join(tmpdir(), 'rahnuma-نیا deploy-')), site = join(root, 'site'), folder = join(site, 'search'), script = join(folder, 'search.js');
  cpSync(library, site, { recursive: true, filter: path => !relative(library, path).startsWith('downloads' + sep) });
  const old = new Map(readdirSync(folder).filter(name => name.endsWith('.js')).map(name => [name, readFileSync(join(folder, name), 'utf8')]));
  const generations = Array.from(old.get('search.js').matchAll(/"generation":"(\w+)"/g), match => match[1]), other = text => generations.reduce((text, id) => text.replaceAll(id, 'z' + id.slice(1)), text);
  return {
    site, folder, remove: () => rmSync(root, { recursive: true }),
    /** `stale`: the parts keep their old content under their new names, as behind a careless cache. */
    renew(stale) {
      for (const [name, text] of old) {
        const path = join(folder, name), to = join(folder, other(name));
        writeFileSync(path, stale && path !== script ? text : other(text));
        renameSync(path, to);
      }
    },
  };
}

for (const kind of KINDS) test(`search on unkind hosts in ${kind}`, async t => {
  const browser = await launch(kind);
  t.after(() => browser.close());

  await t.test('below a path with spaces and Urdu, on a host that does not compress', async () => {
    const server = await serve(dirname(library), { plain: true });
    try {
      const { page, problems } = await tab(browser, { origin: server.origin }), packed = [];
      page.on('response', response => { if (response.headers()['content-encoding']) packed.push(response.url()); });
      await page.goto(`${server.origin}${encodeURI(relative(dirname(library), library))}/ur/search/index.html#q=${encodeURIComponent('جبری مشقت')}`);
      await until('results', async () => (await shown(page)).length > 0);
      assert.ok((await shown(page)).every(href => href.includes(encodeURI('رہنما offline copy/ur/'))));
      await page.$eval(PAGE, link => link.click());
      await until('the page', () => page.evaluate(() => !/search/.test(location.pathname) && document.querySelector('h1') !== null));
      assert.deepEqual([packed, problems], [[], []]);
      await page.close();
    } finally {
      server.close();
    }
  });

  await t.test('without storage', async () => {
    const { page, problems } = await tab(browser);
    await page.evaluateOnNewDocument(() => {
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
        Object.defineProperty(window, name, { configurable: true, get() { throw new DOMException('refused', 'SecurityError'); } });
      }
    });
    await page.goto(`${fileAddress(library, 'en/search/index.html')}#q=labour`);
    await until('results', async () => (await shown(page)).length > 0);
    assert.deepEqual(problems, []);
    await page.close();
  });

  await t.test('the translation of a result is named whether or not it was found', async () => {
    const { page } = await tab(browser);
    await page.goto(`${fileAddress(library, 'en/search/index.html')}#${new URLSearchParams({ q: 'جبری مشقت کی علامات', lang: 'ur' })}`);
    await until('results', () => page.$('#search-other-results .hit'));
    const twins = await page.$$eval('#search-other-results .hit', list => list.map(hit => [hit.querySelector('.hit-title').href, hit.querySelector('.hit-twin')?.href]));
    const twin = twins.find(([href]) => href.includes('/ur/guidance/signs-of-forced-labour/'));
    assert.equal(twin[1], twin[0].replace('/ur/', '/en/').replace(/#.*/, ''));
    await page.close();
  });

  for (const from of ['http', 'file']) await t.test(`a page opened before a new deployment over ${from}`, async () => {
    const site = deployment(), server = await serve(site.site), origin = from === 'http' ? server.origin : 'file:';
    const address = path => (from === 'http' ? server.origin + path : fileAddress(site.site, path)), asked = () => server.asked.filter(path => path === 'search/search.js').length;
    try {
      const { page } = await tab(browser, { origin });
      await page.goto(address('en/safety/index.html'));
      await page.evaluate(() => window.rahnuma.search(''));
      site.renew(false);
      const first = await page.evaluate(() => window.rahnuma.search('labour', { lang: 'en', only: 'en' }).then(answer => answer.results[0].lang));
      assert.equal(first, 'en');
      if (from === 'http') assert.equal(asked(), 2, 'the script is loaded anew once');
      await page.close();
    } finally {
      server.close();
      site.remove();
    }
  });

  await t.test('old parts beside a new script are no answer, and said so in the language of the page', async () => {
    const site = deployment(), server = await serve(site.site);
    site.renew(true);
    try {
      for (const [lang, words] of [['en', 'The search index could not be loaded.'], ['ur', 'تلاش کی فہرست لوڈ نہ ہو سکی۔']]) {
        const { page } = await tab(browser, { origin: server.origin }), before = server.asked.length;
        await page.goto(`${server.origin}${lang}/search/index.html#q=labour`);
        await until('the message', async () => await said(page) === words);
        assert.equal(server.asked.slice(before).filter(path => path === 'search/search.js').length, 2, 'no third attempt');
        await page.close();
      }
    } finally {
      server.close();
      site.remove();
    }
  });

  await t.test('first results of many words, and the whole answer without a jump under the reader', async () => {
    let texts = false, open = () => {};
    const gate = new Promise(resolve => { open = resolve; }), query = some(10).join(' ') + ' ';
    // All parts that are asked for after the first texts wait for the gate.
    const server = await serve(large.site, { hold: path => { texts = texts || /-p\d+\.js$/.test(path); return texts && /-[sl]\d+\.js$/.test(path) ? gate : null; } });
    try {
      const { page, problems } = await tab(browser, { origin: server.origin });
      await page.goto(`${server.origin}ur/search/index.html#${new URLSearchParams({ q: query })}`, { waitUntil: 'domcontentloaded' });   // parts that are held keep the page loading
      await page.evaluate(() => {
        window.told = [];
        new MutationObserver(() => window.told.push(document.getElementById('search-count').textContent)).observe(document.getElementById('search-count'), { childList: true });
      });
      await until('first results', async () => (await shown(page)).length > 0);
      const first = await shown(page);
      assert.equal(await page.$eval('#search-more', node => node.hidden), true, 'how many there are is not known yet');
      await page.focus('#search-box');
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.evaluate(() => document.activeElement.href), first[0]);
      open();
      await until('the count', async () => /[0-9۰-۹]/.test(await said(page)));
      assert.deepEqual([await shown(page), await page.evaluate(() => document.activeElement.href)], [first, first[0]], 'the list stays under the reader');
      await page.keyboard.press('ArrowUp');
      const whole = await page.evaluate(query => window.rahnuma.search(query, { lang: 'ur' }).then(answer => answer.results.map(hit => hit.url)), query);
      await until('the whole answer', async () => JSON.stringify((await shown(page)).map(href => href.slice(server.origin.length).replace(/#.*/, ''))) === JSON.stringify(whole));
      assert.equal((await page.evaluate(() => window.told)).filter(words => /[0-9۰-۹]/.test(words)).length, 1, 'said once');
      assert.deepEqual(problems, []);
      await page.close();
    } finally {
      open();
      server.close();
    }
  });

  if (kind === 'chromium') await t.test('a known query on a processor four times slower', async () => {
    const { page } = await tab(browser);
    await page.goto(fileAddress(large.site, 'ur/search/index.html'));
    const queries = Array.from({ length: 100 }, () => some(2).join(' ') + ' ');
    await page.evaluate(async queries => { for (const query of queries) await window.rahnuma.search(query, { lang: 'ur' }); }, queries);
    const session = await page.createCDPSession();
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const times = await page.evaluate(async queries => {
      const times = [];
      for (const query of queries) {
        const start = performance.now();
        await window.rahnuma.search(query, { lang: 'ur' });
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b);
    }, queries);
    const [median, most] = [times[times.length >> 1], times[times.length - 1]];
    t.diagnostic(`warm query, four times slower: median ${median.toFixed(1)} ms, slowest ${most.toFixed(1)} ms`);
    assert.ok(median <= 50, `${median} ms`);
    await page.close();
  });
});
