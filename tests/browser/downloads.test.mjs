// What people carry: the one file for phones, opened from a folder without scripts, and the zip, unpacked.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { KINDS, launch, tab, until } from './lib/browser.mjs';
import { fileAddress, files, library, pages, read, repository, work } from './lib/site.mjs';

const pockets = ['en', 'ur'].map(lang => ({ lang, path: `downloads/guide-${lang}.html` }));
/** The codes of all procedures: none may be left out of the file. */
const procedures = files(join(repository, 'content/en/sop'), '.md').flatMap(name => /^code: "?(SOP-\d+)"?$/m.exec(read(join(repository, 'content/en/sop'), name))?.[1] ?? []).sort();
const unpacked = join(work, 'zip کھولا ہوا');

test('the file for phones is small and asks for nothing', () => {
  assert.ok(procedures.length >= 7, `${procedures.length} procedures`);
  for (const { path } of pockets) {
    const size = statSync(join(library, path)).size, text = read(library, path);
    assert.ok(size <= 500_000, `${path}: ${size} bytes`);
    assert.doesNotMatch(text, /<script\b|\ssrc="(?!data:)|<link\b[^>]*\shref="(?!data:)|url\((?!"?data:|"?#)/);
  }
});

test('the file for phones has what tells the sections and who investigates', () => {
  for (const { lang, path } of pockets) {
    const text = read(library, path);
    for (const page of ['guidance/charge-matrix', 'guidance/who-investigates', 'law/penal-code']) {
      const [, title] = /^title: "?(.*?)"?$/m.exec(read(join(repository, 'content'), `${lang}/${page}.md`));
      assert.ok([...text.matchAll(/<h2 class="h1"[^>]*>(.*?)<\/h2>/g)].some(([, heading]) => heading.replace(/<[^>]+>/g, '') === title), `${path}: ${title}`);
    }
  }
});

test('the offline page gives size and checksum of what it offers', () => {
  for (const lang of ['en', 'ur']) {
    const text = read(library, `${lang}/offline/index.html`).replace(/&#x2f;/g, '/');
    const links = [...text.matchAll(/href="\.\.\/\.\.\/(downloads\/[^"]+)"/g)].map(match => match[1]);
    assert.match(links[0], /guide-(en|ur)\.html$/, 'the phone file comes first');
    assert.ok(links.includes('downloads/guide.zip') && links.indexOf('downloads/guide.zip') > links.findIndex(link => link.endsWith('.html')));
    for (const link of new Set(links)) assert.ok(text.includes(createHash('sha256').update(readFileSync(join(library, link))).digest('hex')), `${link}: its SHA-256`);
  }
});

for (const kind of KINDS) {
  test(`the file for phones in ${kind} without scripts`, async t => {
    const browser = await launch(kind, { javascript: false });
    t.after(() => browser.close());
    for (const { lang, path } of pockets) {
      await t.test(lang, async () => {
        const { page, problems } = await tab(browser, { javascript: false, width: 360, mobile: true });
        await page.goto(fileAddress(library, path));
        const seen = await page.evaluate(() => {
          const inside = Array.from(document.querySelectorAll('a[href^="#"]'));
          return {
            lang: document.documentElement.lang,
            dead: inside.map(link => link.getAttribute('href')).filter(href => !document.getElementById(decodeURIComponent(href.slice(1)))),
            inside: inside.length,
            elsewhere: Array.from(document.querySelectorAll('a[href]'), link => link.getAttribute('href')).filter(href => !/^(#|tel:|https:)/.test(href)),
            calls: document.querySelectorAll('a[href^="tel:"]').length,
            codes: Array.from(document.querySelectorAll('.chapter .code'), node => node.textContent).filter(text => /^SOP-/.test(text)),
            preview: document.querySelector('.preview').getClientRects().length > 0,
            drafts: document.querySelectorAll('.working-draft').length,
          };
        });
        assert.deepEqual([seen.lang, seen.dead, seen.elsewhere, seen.preview], [lang, [], [], true]);
        assert.deepEqual(seen.codes.sort(), procedures);
        assert.equal(seen.drafts, procedures.length);
        assert.ok(seen.inside > 40 && seen.calls >= 3, `${seen.inside} links inside, ${seen.calls} numbers to call`);
        // A page without scripts draws no fonts until they are there: the picture is taken after.
        const family = await page.evaluate(() => getComputedStyle(document.querySelector('h1')).fontFamily);
        if (lang === 'ur') {
          assert.match(family, /^"?Rahnuma Nastaliq/);
          await until('the face inside the file', () => page.evaluate(() => Array.from(document.fonts).some(face => /Nastaliq/.test(face.family) && face.status === 'loaded')));
        }
        assert.deepEqual(problems, []);
        await page.close();
      });
    }
  });
}

test('the zip, unpacked, opens page by page', async t => {
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked, { recursive: true });
  execFileSync('unzip', ['-q', join(library, 'downloads/guide.zip'), '-d', unpacked]);
  const inside = files(unpacked), browser = await launch('chromium');
  t.after(() => browser.close());
  assert.deepEqual(inside.filter(path => path.startsWith('downloads/')), []);
  assert.deepEqual(inside.filter(path => !/^[\x21-\x7e]{1,150}$/.test(path)), []);
  assert.ok(inside.includes('START-HERE.html'));
  assert.deepEqual(pages(unpacked).filter(path => path !== 'START-HERE.html'), pages(library));
  const { page, problems } = await tab(browser);
  await page.goto(fileAddress(unpacked, 'START-HERE.html'));
  const leaves = await page.$$eval('main a', list => list.map(link => link.href));
  assert.deepEqual(leaves, [fileAddress(unpacked, 'en/index.html'), fileAddress(unpacked, 'ur/index.html')]);
  for (const leaf of leaves) {
    await page.goto(leaf);
    const links = await page.$$eval('a[href$=".html"]', list => list.map(link => new URL(link.href)).map(url => url.protocol === 'file:' && url.pathname));
    for (const link of new Set(links)) assert.ok(statSync(decodeURIComponent(link), { throwIfNoEntry: false })?.isFile(), link);
  }
  await page.goto(`${fileAddress(unpacked, 'ur/search/index.html')}#q=${encodeURIComponent('پیشگی')}`);
  await until('a result', () => page.$('#search-results .hit a'));
  assert.deepEqual(problems, []);
});
