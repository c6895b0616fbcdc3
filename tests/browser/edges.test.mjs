// Bad input in a real browser on a narrow phone: whatever somebody writes, the page stays whole, says what it is and can be left.
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { KINDS, cutOff, launch, scheme, sticking, tab } from './lib/browser.mjs';
import { PAGES, TAGS, charts, edges, title, write } from './lib/edges.mjs';
import { fileAddress, files, library, pages, rahnuma, read, samples, today } from './lib/site.mjs';

write();
rahnuma('build', dirname(edges), '--today', today);
// The picture is there at the build, which refuses to go without it, and lost on the way to the reader.
files(edges, '.svg').filter(path => /lost/.test(path)).forEach(path => rmSync(join(edges, path)));

const both = path => ['en', 'ur'].map(lang => `${lang}/${path}index.html`);
const PLACES = ['', 'about/', 'long/', 'long/title/', 'long/word/', 'long/digits/', 'long/table/', 'long/image/', 'long/sop/', 'long/english-only/', 'long/urdu-only/',
  'figures/', 'tags/', 'tag/tag-1/', 'tag/one/', 'many/', 'many/page-2/', `many/page-${PAGES / 50}/`, 'many/p500/', 'empty/', 'glossary/', 'search/', 'a-z/', 'offline/', 'safety/'];

/** What every page must be. Runs in the page. */
function whole() {
  const found = [], shown = node => node && node.getClientRects().length > 0 && getComputedStyle(node).visibility === 'visible', root = document.documentElement;
  const heads = document.querySelectorAll('h1');
  if (heads.length !== 1 || !shown(heads[0]) || !heads[0].innerText.trim()) found.push(`${heads.length} h1`);
  if (!document.title.trim()) found.push('no title');
  if (!shown(document.querySelector('.exit'))) found.push('no exit');
  if (getComputedStyle(root).direction !== root.dir) found.push(`dir ${root.dir}`);
  for (const node of document.querySelectorAll('main p, main li, main h2, main td')) {
    // Text in a box without a width stands one letter a line.
    if (shown(node) && node.innerText.trim().length > 8 && node.getBoundingClientRect().width < 24) found.push(`squeezed: ${node.innerText.trim().slice(0, 20)}`);
  }
  return found.slice(0, 4);
}

for (const kind of KINDS) {
  test(`pages of bad input are whole at 360 px in ${kind}`, async t => {
    const browser = await launch(kind);
    t.after(() => browser.close());
    const { page, problems } = await tab(browser, { width: 360, mobile: true });
    const wrong = [];
    for (const path of PLACES.flatMap(both)) {
      await page.goto(fileAddress(edges, path));
      await page.evaluate(() => document.fonts.ready.then(() => true));
      const lost = text => /lost\.[^ ]*svg|ERR_FILE_NOT_FOUND/.test(text) && /\/image\//.test(path);
      const seen = [...await page.evaluate(sticking, 360), ...(await page.evaluate(cutOff)).map(name => `cuts ${name}`), ...await page.evaluate(whole), ...problems.splice(0).filter(text => !lost(text))];
      wrong.push(...seen.map(text => `${path}: ${text}`));
    }
    assert.deepEqual(wrong, []);
  });
}
