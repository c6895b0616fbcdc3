// Checklists of a procedure in a browser: what is kept, for what, and how it is cleared; the safety page's list; the private mode.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { KINDS, arrived, back, launch, tab } from './lib/browser.mjs';
import { library, serve } from './lib/site.mjs';

const server = await serve(library);
after(() => server.close());
const sop = lang => `${server.origin}${lang}/sop/first-responder/index.html`;
const other = `${server.origin}en/sop/interview/index.html`;

/** What a reader sees of the checklist. Runs in the page. */
function seen() {
  const bar = document.getElementById('checklist'), shown = node => !!node && node.getClientRects().length > 0;
  return {
    count: bar.querySelector('[data-count]').textContent, progress: bar.querySelector('progress').value,
    saved: shown(bar.querySelector('[data-saved]')), unsaved: shown(bar.querySelector('[data-unsaved]')), earlier: shown(bar.querySelector('[data-earlier]')),
    ticked: Array.from(document.querySelectorAll('.prose .step .tasks input:checked'), box => `${box.closest('.step').id}/${Array.from(box.closest('.step').querySelectorAll('.tasks input')).indexOf(box) + 1}`),
  };
}
const all = page => page.evaluate(() => document.querySelectorAll('.prose .step .tasks input').length);
const tick = (page, step, place) => page.evaluate((step, place) => document.querySelectorAll(`#step-${step} .tasks label`)[place - 1].click(), step, place);
const stored = page => page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith('rahnuma:')));
const clear = async (page, at = sop('en')) => { await page.goto(at); await page.evaluate(() => { localStorage.clear(); sessionStorage.clear(); }); await page.goto(at); };

for (const kind of KINDS) {
  test(`checklists in ${kind}`, async t => {
    const browser = await launch(kind);
    t.after(() => browser.close());
    const { page, problems } = await tab(browser, { origin: server.origin, width: 1280 });

    await t.test('ticks stay through a reload and carry to the other language', async () => {
      await clear(page);
      const boxes = await all(page);
      assert.ok(boxes > 20, `${boxes} boxes`);
      assert.deepEqual(await page.evaluate(seen), { count: `0 / ${boxes}`, progress: 0, saved: true, unsaved: false, earlier: false, ticked: [] });
      await tick(page, 1, 2);
      await tick(page, 3, 1);
      await page.reload();
      const wanted = { count: `2 / ${boxes}`, progress: 2, saved: true, unsaved: false, earlier: false, ticked: ['step-1/2', 'step-3/1'] };
      assert.deepEqual(await page.evaluate(seen), wanted);
      await page.goto(sop('ur'));
      assert.deepEqual(await page.evaluate(seen), wanted);
    });

    await t.test('another procedure and another version have their own', async () => {
      await page.goto(other);
      assert.deepEqual((await page.evaluate(seen)).ticked, []);
      await page.goto(sop('en'));
      await page.evaluate(() => { const key = 'rahnuma:ticks:SOP-01', ticks = JSON.parse(localStorage.getItem(key)); localStorage.setItem(key, JSON.stringify({ ...ticks, version: '0.0' })); });
      await page.reload();
      assert.deepEqual((await page.evaluate(seen)).ticked, []);
    });

    await t.test('a new case starts empty', async () => {
      await clear(page);
      await tick(page, 1, 1);
      // The page scrolls smoothly, and a click that sets out before it rests would miss.
      await page.$eval('#checklist [data-new]', node => node.scrollIntoView({ behavior: 'instant', block: 'center' }));
      await page.click('#checklist [data-new]');
      assert.deepEqual((await page.evaluate(seen)).ticked, []);
      assert.deepEqual(await stored(page), []);
    });

    await t.test('ticks of an earlier day wait for an answer', async () => {
      const yesterday = async () => {
        await clear(page);
        await tick(page, 1, 1);
        await page.evaluate(() => { const key = 'rahnuma:ticks:SOP-01', ticks = JSON.parse(localStorage.getItem(key)); localStorage.setItem(key, JSON.stringify({ ...ticks, day: '2020-01-31' })); });
        await page.reload();
        const found = await page.evaluate(seen);
        assert.deepEqual([found.earlier, found.ticked], [true, []]);
        assert.equal(await page.$eval('#checklist [data-day]', node => node.textContent), '2020-01-31');
      };
      await yesterday();
      await tick(page, 2, 1);   // is not taken before the answer, and leads to the question
      assert.deepEqual((await page.evaluate(seen)).ticked, []);
      assert.ok(await page.evaluate(() => document.activeElement.hasAttribute('data-continue')));
      await page.click('#checklist [data-continue]');
      assert.deepEqual((await page.evaluate(seen)).ticked, ['step-1/1']);
      await page.reload();
      const found = await page.evaluate(seen);
      assert.deepEqual([found.earlier, found.ticked], [false, ['step-1/1']]);
      await yesterday();
      await page.click('#checklist [data-discard]');
      assert.deepEqual((await page.evaluate(seen)).ticked, []);
      assert.deepEqual(await stored(page), []);
    });

    await t.test('asked not to save, it keeps nothing', async () => {
      await clear(page);
      await tick(page, 1, 1);
      await page.click('#checklist [data-off]');
      assert.deepEqual(await stored(page), []);
      await tick(page, 1, 2);
      assert.deepEqual(await stored(page), []);
      const found = await page.evaluate(seen);
      assert.deepEqual([found.saved, found.unsaved, found.ticked], [false, true, ['step-1/1', 'step-1/2']]);
      await page.goto(sop('ur'));
      assert.deepEqual((await page.evaluate(seen)).unsaved, true);
    });

    await t.test('the safety page lists what is kept and clears it', async () => {
      await clear(page);
      await tick(page, 1, 1);
      for (const lang of ['en', 'ur']) {
        await page.goto(`${server.origin}${lang}/safety/index.html`);
        assert.match(await page.$eval('#device [data-list]', node => node.innerText), /SOP-01/);
      }
      await page.click('#device [data-clear]');
      assert.deepEqual(await stored(page), []);
      assert.deepEqual(await page.evaluate(() => ['[data-list]', '[data-none]', '[data-clear]'].map(part => document.querySelector(`#device ${part}`).hidden)), [true, false, true]);
      assert.ok(await page.$eval('#device [data-said]', node => node.textContent.trim().length > 3));
      await page.goto(sop('en'));
      assert.deepEqual((await page.evaluate(seen)).ticked, []);
    });

    await t.test('private mode keeps one entry of history for the whole visit', async () => {
      const { page } = await tab(browser, { origin: server.origin, width: 1280 });
      await page.goto(`${server.origin}index.html`);
      await page.goto(`${server.origin}en/safety/index.html`);
      await page.click('#device [data-private]');
      await page.reload();
      const length = await page.evaluate(() => history.length);
      for (const path of ['en/index.html', 'en/guidance/index.html']) {
        await page.evaluate(path => Array.from(document.links).find(link => link.href.endsWith(path)).click(), path);
        await arrived(page, server.origin + path);
      }
      assert.equal(await page.evaluate(() => history.length), length);
      await back(page);
      await arrived(page, `${server.origin}index.html`);
      await page.close();
    });

    assert.deepEqual(problems, []);

    await t.test('with storage blocked the boxes work and say that nothing is kept', async () => {
      const { page, problems } = await tab(browser, { origin: server.origin, width: 360 });
      await page.evaluateOnNewDocument(() => {
        for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
      });
      await page.goto(sop('en'));
      await tick(page, 1, 1);
      const found = await page.evaluate(seen);
      assert.deepEqual([found.saved, found.unsaved, found.ticked, found.progress], [false, true, ['step-1/1'], 1]);
      await page.goto(`${server.origin}en/safety/index.html`);
      assert.equal(await page.$eval('#device [data-none]', node => node.hidden), false);
      assert.deepEqual(problems, []);
      await page.close();
    });
  });
}

test('without scripts the boxes are there and nothing claims to keep them', async t => {
  const browser = await launch('chromium', { javascript: false });
  t.after(() => browser.close());
  const { page } = await tab(browser, { javascript: false, origin: server.origin });
  await page.goto(sop('en'));
  const found = await page.evaluate(() => ({ boxes: document.querySelectorAll('.step .tasks input').length, bar: document.getElementById('checklist').getClientRects().length, print: document.querySelector('.print-choice').getClientRects().length }));
  assert.ok(found.boxes > 20);
  assert.deepEqual([found.bar, found.print], [0, 0]);
  await page.goto(`${server.origin}en/safety/index.html`);
  assert.equal(await page.$eval('#device', node => node.getClientRects().length), 0);
});
