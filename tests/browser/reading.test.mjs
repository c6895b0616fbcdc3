// Aids for readers: a law in two languages side by side, contents that follow, links to copy, larger and looser text, less motion, forced
// colours, the exit under the thumb.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { KINDS, cutOff, launch, tab, until } from './lib/browser.mjs';
import { common, fileAddress, files, library, read, samples, serve, templates } from './lib/site.mjs';

const server = await serve(library);
after(() => server.close());
const law = lang => `${lang}/law/ptpa-2018/index.html`;
const every = ['en', 'ur'].flatMap(lang => templates.map(({ name, site, path }) => ({ name: `${name} ${lang}`, lang, site, path: path(lang) })));

test('every section of every law says that it is a summary, on screen and in print', () => {
  const laws = files(library, 'index.html').filter(path => /<body class="t-law"/.test(read(library, path))), wrong = [];
  assert.ok(laws.length >= 6, `${laws.length} laws`);
  for (const path of laws) {
    const body = read(library, path).split('<aside class="side"')[1].split('<section class="related"')[0].split('<section class="sources"')[0];
    const headings = body.match(/<h2 id=/g)?.length || 0, said = body.match(/<\/h2>\n<p class="ours">/g)?.length || 0;
    if (headings !== said) wrong.push(`${path}: ${headings} sections, ${said} times said`);
    const sheet = read(library, join(path, '..', read(library, path).match(/<link rel="stylesheet" media="print[^"]*" href="([^"]+)"/)[1]));
    const lang = path.slice(0, 2), words = body.match(/<p class="ours">([^<]+)/)[1].trim();
    if (!sheet.includes(`page:law-${lang}`) || !sheet.includes(`@page law-${lang}{@top-center{content:"${words}`)) wrong.push(`${path}: not on printed sheets`);
  }
  assert.deepEqual(wrong, []);
});

for (const kind of KINDS) {
  for (const javascript of [true, false]) {
    test(`two languages of a law side by side in ${kind} ${javascript ? 'with' : 'without'} scripts`, async t => {
      const browser = await launch(kind, { javascript });
      t.after(() => browser.close());
      const { page, problems } = await tab(browser, { javascript, width: 1280, origin: server.origin });
      for (const lang of ['en', 'ur']) {
        await page.goto(server.origin + law(lang));
        const look = () => page.evaluate(() => {
          const own = document.getElementById('s-3').getBoundingClientRect(), other = document.querySelector('.beside [id$="-s-3"]'), box = other.getBoundingClientRect();
          return { shown: other.getClientRects().length > 0, level: Math.abs(own.top - box.top) < 40, apart: own.right <= box.left || box.right <= own.left, lang: other.closest('[lang]').lang };
        });
        assert.equal((await look()).shown, false);
        await page.focus('#beside');
        await page.keyboard.press(' ');
        assert.deepEqual(await look(), { shown: true, level: true, apart: true, lang: lang === 'en' ? 'ur' : 'en' });
      }
      await page.setViewport({ width: 400, height: 800 });
      assert.equal(await page.$eval('.beside', node => node.getClientRects().length), 0, 'on a phone there is one column');
      assert.deepEqual(problems, []);
    });
  }
}

test('contents follow the reader', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser, { width: 1280, height: 800 });
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  await page.goto(fileAddress(library, law('en')));
  for (const id of ['s-6', 's-11', 's-3']) {
    await page.evaluate(id => scrollTo(0, document.getElementById(id).getBoundingClientRect().top + scrollY - 200), id);
    await until(`${id} in the contents`, () => page.evaluate(id => document.querySelector('.toc [aria-current=location]')?.hash === `#${id}`, id));
    assert.ok(await page.evaluate(() => { const box = document.querySelector('.toc [aria-current]').getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight; }), `${id} is in sight`);
  }
});

test('the sign behind a heading copies the address of its section', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser, { width: 1280, origin: server.origin });
  await page.evaluateOnNewDocument(() => { window.copied = []; Object.defineProperty(navigator, 'clipboard', { value: { writeText: text => { window.copied.push(text); return Promise.resolve(); } } }); });
  for (const lang of ['en', 'ur']) {
    await page.goto(server.origin + law(lang));
    await page.evaluate(() => document.querySelector('#s-3 .anchor').click());
    assert.deepEqual(await page.evaluate(() => [window.copied.pop(), location.hash]), [`${server.origin}${law(lang)}#s-3`, '#s-3']);
    await until('a word about it', () => page.$eval('#said', node => node.textContent === node.dataset.copied && node.getClientRects().length > 0));
  }
});

test('text at 200 per cent and with loose spacing stays on the page', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser, { width: 1280 });
  await page.setBypassCSP(true);
  const wrong = [], wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  for (const { name, lang, site, path } of every) {
    await page.goto(fileAddress(site, path));
    await page.addStyleTag({ content: ':root{font-size:200%}' });
    if (await wide() > 1280) wrong.push(`${name}: ${await wide()} px at 200 per cent`);
    if (lang !== 'en') continue;   // letters of Urdu are joined: WCAG 1.4.12 asks for no spacing there
    await page.goto(fileAddress(site, path));
    await page.addStyleTag({ content: '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}' });
    if (await wide() > 1280) wrong.push(`${name}: ${await wide()} px with loose spacing`);
    const cut = await page.evaluate(cutOff);
    if (cut.length) wrong.push(`${name}: cuts ${cut}`);
  }
  assert.deepEqual(wrong, []);
});

test('nothing moves for those who asked for less motion', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser);
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  for (const path of [law('en'), 'ur/index.html', 'en/sop/first-responder/index.html']) {
    await page.goto(fileAddress(library, path));
    const moving = await page.evaluate(() => Array.from(document.querySelectorAll('*')).filter(node => { const style = getComputedStyle(node); return style.scrollBehavior === 'smooth' || style.transitionDuration.split(',').some(time => parseFloat(time) > 0) || style.animationName !== 'none'; }).length);
    assert.equal(moving, 0, path);
  }
});

test('in forced colours controls have edges', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser, { width: 1280 }), session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
  const wrong = [];
  for (const [path, selectors] of [['en/index.html', ['.exit', '.pill', '.doors li', '.stage-no', '.find-go']], ['ur/sop/first-responder/index.html', ['.exit', '.role', '.step-no', '.do', '.dont', '.checklist progress', '.tasks']], [law('en'), ['.summary-mark', '.docbox']]]) {
    await page.goto(fileAddress(library, path));
    for (const selector of selectors) {
      const edge = await page.$eval(selector, node => { const style = getComputedStyle(node); return Math.max(parseFloat(style.borderTopWidth), parseFloat(style.borderBottomWidth), parseFloat(style.borderInlineStartWidth)); });
      if (!(edge >= 1)) wrong.push(`${path}: ${selector} has no edge`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('on a phone the exit is under the thumb at every place of every page', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser, { width: 360, height: 640, mobile: true });
  const wrong = [];
  for (const { name, site, path } of [...every.filter(({ site, path }) => !path.startsWith('downloads/') && (site === library || site === samples)), ...common.map(({ name, site, path }) => ({ name, site, path: path() }))]) {
    await page.goto(fileAddress(site, path));
    for (const part of name === 'doors' || name === '404' ? [0] : [0, 0.5, 1]) {
      await page.evaluate(part => scrollTo({ top: document.documentElement.scrollHeight * part, behavior: 'instant' }), part);
      const seen = await page.evaluate(() => { const node = document.querySelector('.exit[data-exit]'), box = node.getBoundingClientRect(), top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2); return { low: box.top > innerHeight * 0.6 && box.bottom <= innerHeight, big: box.height >= 44 && box.width >= 44, free: node.contains(top) }; });
      if (!(seen.low && seen.big && seen.free)) wrong.push(`${name} at ${part}: ${JSON.stringify(seen)}`);
    }
  }
  assert.deepEqual(wrong, []);
});
