// Every page of both sites opens in both browsers without a complaint: from a server and from a folder, with scripts and without.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { KINDS, launch, tab } from './lib/browser.mjs';
import { fileAddress, files, library, pages, read, samples, serve } from './lib/site.mjs';

const servers = { [library]: await serve(library), [samples]: await serve(samples) };
after(() => Object.values(servers).forEach(server => server.close()));
const extra = pages(samples).filter(path => /\/samples\//.test(path));
// Lists by audience, place and tag are one template each: all of them in one way of opening, one of each in the others.
const TAXONOMY = /\/(audience|jurisdiction|tag)\/(?!police\/|punjab\/|children\/)/;
const every = [...pages(library).map(path => [library, path]), ...extra.map(path => [samples, path])];
const main = every.filter(([, path]) => !TAXONOMY.test(path));

/** What a page must be, whoever opens it. Runs in the page. */
function look() {
  const found = [], visible = node => !!node && node.getClientRects().length > 0 && getComputedStyle(node).visibility === 'visible';
  const root = document.documentElement, heads = Array.from(document.querySelectorAll('h1'));
  if (!document.title.trim()) found.push('no title');
  if (!root.lang || !/^(ltr|rtl)$/.test(root.dir) || getComputedStyle(root).direction !== root.dir) found.push(`lang ${root.lang}, dir ${root.dir}`);
  if (heads.length !== 1 || !visible(heads[0])) found.push(`${heads.length} h1`);
  const ids = Array.from(document.querySelectorAll('[id]'), node => node.id), twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  if (twice.length) found.push(`ids twice: ${twice}`);
  const text = document.querySelector('main').innerText.trim();
  if (text.length < 40) found.push('main is empty');
  for (const image of document.images) if (image.complete && !image.naturalWidth) found.push(`image ${image.src}`);
  for (const refused of window.refused || []) found.push(`policy: ${refused}`);
  return { found, text: text.length };
}

const lengths = new Map();
for (const kind of KINDS) {
  for (const javascript of [true, false]) {
    const scripts = javascript ? 'with scripts' : 'without scripts';
    const list = kind === 'chromium' && javascript ? every : main;
    test(`${kind} opens pages ${scripts}`, async t => {
      const browser = await launch(kind, { javascript });
      t.after(() => browser.close());
      for (const from of ['http', 'file']) {
        await t.test(`over ${from}`, async () => {
          const wrong = [];
          for (const folder of [library, samples]) {
            const origin = from === 'http' ? servers[folder].origin : 'file:';
            const { page, problems } = await tab(browser, { javascript, origin });
            for (const [, path] of list.filter(([site]) => site === folder)) {
              await page.goto(from === 'http' ? origin + path : fileAddress(folder, path));
              if (javascript && /\/search\/index.html$/.test(path)) await page.waitForFunction('window.rahnumaFinder');
              if (javascript) await page.evaluate(() => document.fonts.ready.then(() => true));
              const seen = await page.evaluate(look);
              wrong.push(...[...seen.found, ...problems.splice(0)].map(text => `${path}: ${text}`));
              if (javascript) lengths.set(path, seen.text);
              else if (!/\/search\//.test(path) && seen.text < (lengths.get(path) || 0) * 0.98) wrong.push(`${path}: ${seen.text} characters, ${lengths.get(path)} with scripts`);
            }
            await page.close();
          }
          assert.deepEqual(wrong, []);
        });
      }
    });
  }
}

test('nothing that pages ask for is missing', () => {
  for (const server of Object.values(servers)) assert.deepEqual(server.missing, []);
});

test('pages write no page, asset or link of another host but those of sources and the exit', () => {
  const wrong = [];
  for (const path of files(library, '.html')) {
    for (const [, name, value] of read(library, path).matchAll(/<(?:script|img|link|iframe|source|video|audio|object|embed)\b[^>]*?\s(src|href|data)="(https?:[^"]*|\/[^"]*)"/g)) wrong.push(`${path}: ${name} ${value}`);
  }
  assert.deepEqual(wrong, []);
});
