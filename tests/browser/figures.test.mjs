// What lists, charts, diagrams and quizzes are without scripts: lengths that fit their figures, mirrored in Urdu; links that lead somewhere; answers
// that open. And the headers that the host files give, in both browsers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { KINDS, launch, tab } from './lib/browser.mjs';
import { fileAddress, library, pages, samples } from './lib/site.mjs';

/** Figures of a drawing with the box of each bar, in the order of the page. Runs in the page. */
function drawn(chart) {
  const number = text => Number(text.replace(/[^\d.-]/g, ''));
  return Array.from(document.querySelectorAll(`${chart} li`), item => {
    const value = item.querySelector('.bar-value'), bar = item.querySelector('rect');
    if (!value) return { missing: true, text: item.querySelector('.bar-none').innerText };
    const box = bar.getBoundingClientRect(), all = bar.ownerSVGElement.getBoundingClientRect();
    return { value: number(value.innerText), width: box.width, height: box.height, left: box.left - all.left, right: all.right - box.right };
  });
}

test('figures without scripts', async t => {
  const browser = await launch('chromium', { javascript: false });
  t.after(() => browser.close());
  // Puppeteer runs its own questions even where a page's scripts are off.
  for (const lang of ['en', 'ur']) {
    await t.test(`lengths fit, gaps are told, and ${lang} starts at its own side`, async () => {
      const { page } = await tab(browser, { width: 360, mobile: true });
      await page.goto(fileAddress(samples, `${lang}/samples/figures/index.html`));
      const bars = await page.evaluate(drawn, '#chart-2');
      assert.deepEqual(bars.map(bar => bar.value), [30, -12, 0, undefined]);
      assert.ok(bars[3].missing && bars[3].text);
      assert.ok(Math.abs(bars[0].width / bars[1].width - 30 / 12) < 0.05, `${bars[0].width} to ${bars[1].width}`);
      assert.ok(bars[2].width < 1);
      const [toStart, toEnd] = lang === 'ur' ? ['right', 'left'] : ['left', 'right'];
      assert.ok(bars[1][toStart] < 1 && bars[0][toEnd] < 1, JSON.stringify(bars));
      const columns = await page.evaluate(drawn, '#chart-3');
      assert.ok(Math.abs(columns[0].height / columns[1].height - 30 / 12) < 0.1, JSON.stringify(columns));
      assert.equal(await page.evaluate(() => document.querySelectorAll('#chart-5 li').length), 0);
      assert.equal(await page.evaluate(() => document.querySelectorAll('.chart table.data').length), 5);
    });
  }

  await t.test('a decision leads on by links, and a quiz opens its answer', async () => {
    const { page } = await tab(browser, { width: 360, mobile: true });
    await page.goto(fileAddress(samples, 'en/samples/parts/index.html'));
    const dead = await page.evaluate(() => Array.from(document.querySelectorAll('.dg-go a'), a => a.hash).filter(hash => !document.getElementById(hash.slice(1))));
    assert.deepEqual(dead, []);
    assert.ok(await page.$('.dg-go a'));
    await page.goto(fileAddress(samples, 'en/samples/session/index.html'));
    const answer = () => page.evaluate(() => document.querySelector('.answer .right').checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) && document.querySelector('.answer .right').innerText);
    assert.equal(await answer(), false);
    await page.click('.answer summary');
    assert.match(await answer(), /Safety$/);
  });

  await t.test('the directory and a long section are narrowed by links alone', async () => {
    const { page } = await tab(browser, { width: 360, mobile: true });
    for (const [path, item] of [['en/helplines/index.html', '.contact'], ['ur/guidance/index.html', '.entry']]) {
      await page.goto(fileAddress(library, path));
      const all = await page.evaluate(item => document.querySelectorAll(`.contacts > ${item}, .entries > ${item}`).length, item);
      const fold = await page.$('.narrow-fold summary');
      if (fold) await fold.click();
      const count = await page.evaluate(() => { const link = Array.from(document.querySelectorAll('.narrow a')).sort((a, b) => a.querySelector('.count').innerText - b.querySelector('.count').innerText)[0]; link.id = 'least'; return Number(link.querySelector('.count').innerText); });
      await Promise.all([page.waitForNavigation(), page.click('#least')]);
      const left = await page.evaluate(item => document.querySelectorAll(`.contacts > ${item}, .entries > ${item}`).length, item);
      assert.equal(left, count);
      assert.ok(left > 0 && left < all, `${left} of ${all}`);
      assert.ok(await page.$('.narrow [aria-current=page]'));
    }
  });
});

test('the filter of the glossary folds what is typed', async t => {
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const { page } = await tab(browser, { width: 360, mobile: true });
  await page.goto(fileAddress(library, 'ur/glossary/index.html'));
  const left = async words => {
    await page.evaluate(words => { const box = document.getElementById('glossary-filter'); box.value = words; box.dispatchEvent(new Event('input')); }, words);
    return page.evaluate(() => Array.from(document.querySelectorAll('.term:not([hidden])'), term => term.id));
  };
  const all = (await left('')).length, one = await left('پیشگی');
  assert.ok(one.length > 0 && one.length < all, `${one.length} of ${all}`);
  assert.deepEqual(await left('پيشگى'), one);      // the letters of an Arabic keyboard
  assert.ok((await left('peshgi')).length > 0);
  assert.deepEqual(await left('xyzzy'), []);
  assert.equal(await page.evaluate(() => document.querySelector('.glossary-found').innerText.length > 0), true);
});

/** The rules of a `_headers` file as [pattern, [name, value]]. */
function rules(folder) {
  const list = [];
  for (const line of readFileSync(join(folder, '_headers'), 'utf8').split('\n').filter(line => line && !line.startsWith('#'))) {
    if (!line.startsWith(' ')) list.push([line, []]);
    else list[list.length - 1][1].push(/^ +([^:]+): (.*)$/.exec(line).slice(1));
  }
  return list;
}

test('the headers of the host file let every page be itself', async t => {
  const all = rules(library), types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json' };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname), place = join(library, path);
    if (!statSync(place, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
    for (const [pattern, headers] of all.filter(([pattern]) => (pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern))) headers.forEach(([name, value]) => response.appendHeader(name, value));
    response.setHeader('content-type', types[extname(place)] || 'application/octet-stream');
    // The page's own policy goes, so that the header alone is tried.
    response.end(extname(place) === '.html' ? readFileSync(place, 'utf8').replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '') : readFileSync(place));
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => { server.closeAllConnections(); server.close(); });
  const origin = `http://127.0.0.1:${server.address().port}/`;
  const some = pages(library).filter((path, n) => n % 5 === 0 || /^(index|404)/.test(path));
  assert.ok(all.every(([, headers]) => headers.every(([, value]) => !value.includes('unsafe') && value.length < 2000)));
  for (const kind of KINDS) {
    await t.test(kind, async () => {
      const browser = await launch(kind), wrong = [];
      const { page, problems } = await tab(browser, { origin });
      for (const path of some) {
        const answer = await page.goto(origin + path);
        const policy = answer.headers()['content-security-policy'] || '';
        if (!/default-src 'none';.*frame-ancestors 'none'/.test(policy)) wrong.push(`${path}: ${policy}`);
        const seen = await page.evaluate(() => ({ refused: window.refused, styled: getComputedStyle(document.body).margin === '0px' }));
        if (!seen.styled || seen.refused.length || problems.length) wrong.push(`${path}: ${JSON.stringify(seen)} ${problems.splice(0)}`);
      }
      await browser.close();
      assert.deepEqual(wrong, []);
    });
  }
});
