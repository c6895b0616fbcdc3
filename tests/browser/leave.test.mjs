// The exit: an ordinary link without scripts; with them the page leaves the history, by click or by Shift three times.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { KINDS, arrived, back, launch, pause, tab, until } from './lib/browser.mjs';
import { fileAddress, library, serve } from './lib/site.mjs';

const AWAY = 'https://www.bbc.co.uk/weather';
const server = await serve(library);
after(() => server.close());

/** A tab on a page, two steps into its history; the exit's target answers from here. */
async function reading(browser, from) {
  const { page } = await tab(browser, { origin: '', width: 1280 });
  const at = path => (from === 'http' ? server.origin + path : fileAddress(library, path));
  if (from === 'http') {
    await page.setRequestInterception(true);
    page.on('request', request => {
      if (request.url().startsWith(AWAY)) request.respond({ status: 200, contentType: 'text/html', body: '<!doctype html><title>Weather</title><p>Weather' });
      else request.continue();
    });
  }
  await page.goto(at('en/index.html'));
  await page.goto(at('en/safety/index.html'));
  return { page, before: at('en/index.html'), here: at('en/safety/index.html'), away: from === 'http' ? AWAY : at('blank.html') };
}

async function isForgotten({ page, before, away }) {
  await arrived(page, away);
  await back(page);
  await arrived(page, before);   // and not the page that was left
  await page.close();
}

for (const kind of KINDS) {
  test(`leaving in ${kind}`, async t => {
    const browser = await launch(kind);
    t.after(() => browser.close());
    for (const from of ['http', 'file']) {
      await t.test(`a click leaves no trace in the history over ${from}`, async () => {
        const visit = await reading(browser, from);
        await visit.page.click('.exit');
        await isForgotten(visit);
      });
      await t.test(`Shift three times leaves over ${from}`, async () => {
        const visit = await reading(browser, from);
        for (let press = 0; press < 3; press++) await visit.page.keyboard.press('Shift');
        await isForgotten(visit);
      });
    }
    await t.test('says how many presses are left, and forgets them after another key', async () => {
      const { page, here } = await reading(browser, 'file');
      const said = [];
      const status = () => page.$eval('#exit-status', node => node.textContent);
      for (const key of ['Shift', 'Shift', 'a', 'Shift', 'Shift']) { await page.keyboard.press(key); said.push(await status()); }
      const [two, one] = await page.$eval('#exit-status', node => [node.dataset.two, node.dataset.one]);
      assert.deepEqual(said, [two, one, '', two, one]);
      await pause(200);
      assert.equal(page.url(), here);
      await page.close();
    });
    await t.test('Shift while typing stays', async () => {
      const { page } = await tab(browser);
      await page.goto(fileAddress(library, 'en/search/index.html'));
      await until('the box', () => page.evaluate(() => document.activeElement.id === 'search-box'));
      for (let press = 0; press < 4; press++) await page.keyboard.press('Shift');
      await page.keyboard.down('Shift');
      for (const key of ['A', 'B', 'C']) await page.keyboard.press(key);
      await page.keyboard.up('Shift');
      await pause(300);
      assert.match(page.url(), /search\/index\.html/);
      await page.close();
    });
    await t.test('capital letters and Shift with Tab are no presses', async () => {
      const { page, here } = await reading(browser, 'file');
      for (let press = 0; press < 4; press++) {
        await page.keyboard.down('Shift');
        await page.keyboard.press('Tab');
        await page.keyboard.up('Shift');
      }
      await pause(300);
      assert.equal(page.url(), here);
      await page.close();
    });
  });
  test(`the exit is an ordinary link without scripts in ${kind}`, async t => {
    const browser = await launch(kind, { javascript: false });
    t.after(() => browser.close());
    const { page } = await tab(browser, { javascript: false });
    for (const lang of ['en', 'ur']) {
      await page.goto(fileAddress(library, `${lang}/safety/index.html`));
      const seen = await page.evaluate(() => Array.from(document.querySelectorAll('a[data-exit]'), link => ({ href: link.href, rel: link.rel })));
      assert.deepEqual(seen, [{ href: AWAY, rel: 'nofollow noreferrer' }, { href: AWAY, rel: 'nofollow noreferrer' }]);
      assert.ok(await page.evaluate(() => document.querySelector('.exit').getClientRects().length === 1));
    }
  });
}
