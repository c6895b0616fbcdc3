// The engine in the browser and the one in the program give the same pages in the same order, on a thousand queries made of a site's own words
// and of noise, in a site of one file for each language and in one of many.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, built, FILES } from './library.mjs';

const require = createRequire(import.meta.url);
let state = 7;
const next = n => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return (state >>> 8) % n; };
const pick = list => list[next(list.length)];

const text = lang => Object.entries(FILES).filter(([name]) => name.startsWith(lang + '/')).map(([, body]) => body.split('---')[2]).join(' ');
const words = lang => text(lang).match(/[\p{L}\p{N}]+/gu);
const vocabulary = { en: words('en'), ur: words('ur') };
const ROMAN = ['jabri', 'mushaqqat', 'mazdoor', 'mazdooron', 'peshgi', 'thana', 'qanoon', 'adalat', 'shanakhti', 'hukm-e-imtinai', 'bhatta', 'jail', 'case', 'main'];

/** A word as somebody might mistype it. */
function slip(word) {
  const at = next(word.length), letters = word.slice(0, at) + word.slice(at + 1);
  return [letters, word.slice(0, at) + pick(vocabulary.ur)[0] + word.slice(at), word.slice(0, at) + (word[at + 1] || '') + word[at] + word.slice(at + 2)][next(3)];
}

function query() {
  const lang = pick(['en', 'ur']), parts = Array.from({ length: 1 + next(5) }, () => {
    const kind = next(10), word = pick(vocabulary[lang]);
    if (kind === 0) return slip(word);
    if (kind === 1) return pick(ROMAN);
    if (kind === 2) return word + pick(vocabulary[lang]);
    if (kind === 3 && word.length > 3) return word.slice(0, 2) + ' ' + word.slice(2);
    if (kind === 4) return pick(vocabulary[lang === 'en' ? 'ur' : 'en']);
    if (kind === 5) return pick(['371-A', '۲۰۲۴', '"', '😀', 'constructor', '\u200c', 'ﷺ', '__proto__', 'َ', '«']);
    return word;
  });
  const joined = parts.join(' ');
  return pick([joined, joined, joined + ' ', joined + '؟', '"' + joined + '"', joined.slice(0, -1)]).replace(/[\n\r]/g, ' ');
}

/** Pages of the same words in other orders: enough of them that no language is one file. */
function crowd() {
  const files = {};
  for (const lang of ['en', 'ur']) for (let n = 0; n < 420; n++) {
    const made = Array.from({ length: 260 }, () => next(4) ? pick(vocabulary[lang]) : pick(vocabulary[lang]) + String.fromCodePoint((lang === 'en' ? 97 : 0x628) + next(3)));
    files[`${lang}/crowd/leaf-${n}.md`] = `---\ntitle: ${made.slice(0, 3).join(' ')}\nupdated: 2026-01-01\n---\n${made.join(' ')}\n`;
  }
  return files;
}

for (const [name, change, count] of [['one file', {}, 600], ['many files', crowd(), 400]]) test(`twins over ${name}`, async () => {
  const site = built(change), rahnuma = require(join(site, 'search/search.js')), queries = Array.from({ length: count }, query);
  for (const lang of ['en', 'ur']) {
    const some = queries.filter((_, n) => (n % 2 === 0) === (lang === 'en')), theirs = ask(site, some, '--lang', lang);
    for (const [n, asked] of some.entries()) {
      const { results, total, also } = await rahnuma.search(asked, { lang });
      const told = theirs[n], pages = list => list.map(hit => [hit.lang, hit.id, hit.why, hit.section, hit.excerpt, hit.marks, hit.titleMarks]);
      assert.deepEqual([total, pages(results)], [told.total, pages(told.results)], JSON.stringify(asked));
      assert.deepEqual(also, told.also, JSON.stringify(asked));
    }
  }
});
