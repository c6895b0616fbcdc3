// The same collection with its queries spoiled in one way, the same way for the same seed.
//
//     tests/eval/noise KIND DIR OUT [--seed N] [--words FILE.tsv]
//
// KIND is one of:
//     typo            one slip (a letter left out, doubled, exchanged, or two swapped) in the rarest long word
//     arabic          the letters of an Arabic keyboard: ي ك ه
//     marks           vowel signs after some letters
//     presentation    letters in their old presentation forms
//     nfd             letters taken apart into letter and mark
//     digits          Urdu digits for Western ones
//     zwnj            a joiner inside some words, and a direction mark before some
//     joined, split   one space left out, one put into a word
//     roman           Urdu in Latin letters; --words names a list (Urdu and Latin columns in any order) of spellings to prefer
//     keywords        the two rarest words alone
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { documents, queries, withQueries } from './lib/collection.mjs';
import { pick, random } from './lib/random.mjs';
import { romanise } from './lib/romanise.mjs';

const WORD = /[\p{L}\p{M}\p{N}\u200C]+/gu;
const words = text => Array.from(text.matchAll(WORD), match => ({ text: match[0], at: match.index }));
const replaced = (text, { at, text: old }, by) => text.slice(0, at) + by + text.slice(at + old.length);
const ARABIC = { ی: 'ي', ک: 'ك', ہ: 'ه' };
const MARKS = ['\u064E', '\u0650', '\u064F', '\u0652'];
const ALPHABETS = { en: 'abcdefghijklmnopqrstuvwxyz', ur: 'ابپتٹجچحخدڈرزسشصطعغفقکگلمنوہی' };

/** Isolated presentation forms (FB50-FDFF, FE70-FEFF) by the letter that NFKC makes of them. */
const FORMS = new Map();
for (let code = 0xfb50; code <= 0xfeff; code++) {
  const form = String.fromCharCode(code), letter = form.normalize('NFKC');
  if (letter !== form && Array.from(letter).length === 1 && !FORMS.has(letter)) FORMS.set(letter, form);
}

function slip(word, next) {
  const letters = Array.from(word), alphabet = Array.from(ALPHABETS[/\p{Script=Arabic}/u.test(word) ? 'ur' : 'en']);
  const at = 1 + Math.floor(next() * (letters.length - 1));   // people seldom miss the first letter
  for (;;) {
    const out = letters.slice(), kind = Math.floor(next() * 4);
    if (kind === 0) out.splice(at, 1);
    else if (kind === 1) out.splice(at, 0, pick(alphabet, next));
    else if (kind === 2) out[at] = pick(alphabet, next);
    else [out[at - 1], out[at]] = [out[at], out[at - 1]];
    if (out.join('') !== word) return out.join('');
  }
}

/** Each takes a query, chance, and how many documents have a word; a query that cannot be spoiled stays as it is. */
const KINDS = {
  typo(text, next, frequency) {
    const long = words(text).filter(w => Array.from(w.text).length > 3 && !/\p{N}/u.test(w.text));
    const rarest = long.sort((a, b) => frequency(a.text) - frequency(b.text) || a.at - b.at)[0];
    return rarest ? replaced(text, rarest, slip(rarest.text, next)) : text;
  },
  arabic: text => text.replace(/[یکہ]/g, c => ARABIC[c]),
  marks: (text, next) => text.replace(/[ب-یکگہ]/g, c => (next() < 0.4 ? c + pick(MARKS, next) : c)),
  presentation: text => Array.from(text, c => FORMS.get(c) || c).join(''),
  nfd: text => text.normalize('NFD'),
  digits: text => text.replace(/[0-9]/g, c => String.fromCharCode(0x6f0 + Number(c))),
  zwnj: (text, next) => text.replace(/[\p{Script=Arabic}]{4,}/gu, word => {
    if (next() < 0.4) return word;
    const at = 1 + Math.floor(next() * (word.length - 1));
    return (next() < 0.3 ? '\u200F' : '') + word.slice(0, at) + '\u200C' + word.slice(at);
  }),
  joined(text, next) {
    const gaps = Array.from(text.matchAll(/(?<=[\p{L}\p{M}]) (?=\p{L})/gu), match => match.index);
    if (!gaps.length) return text;
    const at = pick(gaps, next);
    return text.slice(0, at) + text.slice(at + 1);
  },
  split(text, next) {
    const long = words(text).filter(w => w.text.length > 4);
    if (!long.length) return text;
    const word = pick(long, next), at = word.at + 2 + Math.floor(next() * (word.text.length - 3));
    return `${text.slice(0, at)} ${text.slice(at)}`;
  },
  roman: (text, next, _, known) => romanise(text, next, known),
  keywords(text, _, frequency) {
    const known = words(text).filter(w => Array.from(w.text).length > 2 && frequency(w.text) > 0), seen = new Set();
    const rare = known.sort((a, b) => frequency(a.text) - frequency(b.text) || a.at - b.at).filter(w => !seen.has(w.text) && seen.add(w.text)).slice(0, 2);
    return rare.length ? rare.sort((a, b) => a.at - b.at).map(w => w.text).join(' ') : text;
  },
};

async function frequencies(folder) {
  const count = new Map();
  for await (const { title, text } of documents(folder)) {
    for (const word of new Set(words(`${title} ${text}`.toLowerCase()).map(w => w.text))) count.set(word, (count.get(word) || 0) + 1);
  }
  return word => count.get(word.toLowerCase()) || 0;
}

function spellings(file) {
  const known = new Map();
  for (const line of file ? readFileSync(file, 'utf8').split(/\r?\n/) : []) {
    const cells = line.split('\t').map(cell => cell.trim()), urdu = cells.find(cell => /^[\p{Script=Arabic}\p{M}]+$/u.test(cell));
    const roman = cells.filter(cell => /^[A-Za-z']+$/.test(cell));
    if (urdu && roman.length) known.set(urdu, (known.get(urdu) || []).concat(roman));
  }
  return known;
}

try {
  const { values, positionals: [kind, folder, out] } = parseArgs({ options: { seed: { type: 'string', default: '1' }, words: { type: 'string' } }, allowPositionals: true });
  if (!Object.hasOwn(KINDS, kind ?? '') || !out) throw new Error(`usage: tests/eval/noise ${Object.keys(KINDS).join('|')} DIR OUT [--seed N] [--words FILE.tsv]`);
  const list = await queries(folder), frequency = ['typo', 'keywords'].includes(kind) ? await frequencies(folder) : null, known = spellings(values.words);
  const spoiled = list.map(({ id, text }) => ({ id, text: KINDS[kind](text, random(`${values.seed} ${kind} ${id}`), frequency, known) }));
  withQueries(folder, out, spoiled);
  console.log(`${out}: ${spoiled.filter(({ text }, i) => text !== list[i].text).length} of ${list.length} queries changed`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
