// The browser's analysis is the program's: words, stems, keys and costs of thousands of words. The fixture comes from src/search/analysis/parity.rs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = path => readFileSync(new URL(path, import.meta.url), 'utf8');
const { tables, group, digests, texts } = JSON.parse(read('fixture/analysis.json'));
const analysis = new Function('TABLES', '"use strict";' + read('../../src/search/runtime/words.js') + '\nreturn analysis;')(tables);
const { words, stem, skeleton, skeletons, channel, prior, typo } = analysis;

function digest(lines) {
  let hash = 0x811C9DC5;
  for (const byte of new TextEncoder().encode(lines.map(line => line + '\n').join(''))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

test('every word of a large list is the same in the browser and in the program', () => {
  const list = read('fixture/words.txt').trimEnd().split('\n');
  assert.ok(list.length > 7000);
  let roman = '', urdu = '', last = '';
  const lines = list.map((word, number) => {
    const forms = words(word).map(w => w.form), form = forms[0] || '';
    if (/^[a-z]*$/.test(form)) roman = form; else urdu = form;
    const slip = typo(last, form);
    last = form;
    return [word, forms, stem(form), skeletons(form), channel(roman, urdu), prior(number), slip === Infinity ? '-' : slip].join('|');
  });
  const wrong = digests.map((_, i) => lines.slice(i * group, i * group + group)).filter((some, i) => digest(some) !== digests[i]);
  assert.deepEqual(wrong.flat(), []);
  assert.equal(digests.length, Math.ceil(list.length / group));
});

test('words and their places, in strange texts and in noise', () => {
  assert.ok(texts.length > 700);
  for (const [text, expected] of texts) {
    assert.deepEqual(words(text).map(w => [w.start, w.end, w.form, w.part]), expected, JSON.stringify(text));
    for (const [, , form] of expected) assert.equal(skeleton(form), skeletons(form)[0]);
  }
});

test('noise of code points changes no form', () => {
  const clean = 'جبری مشقت کے شکار مزدوروں کی مدد کیسے کی جائے ۱۹۹۲ علماء آگے';
  const forms = text => words(text).filter(w => !w.part).map(w => w.form);
  const arabic = text => text.replace(/ی/g, 'ي').replace(/ک/g, 'ك').replace(/ہ/g, 'ه');
  for (const noise of [arabic, text => text.normalize('NFD'), text => text.replace(/ء/g, ''), text => text.replace(/(?<=\S)/g, '\u064e'),
    text => text.replace(/(?<=[بپتجچسشکگلمن])(?=[ا-ی])/g, '\u200c'), text => text.replace(/۱۹۹۲/, '1992'), text => '\u2067' + text + '\u2069']) {
    assert.deepEqual(forms(noise(clean)), forms(clean), noise(clean));
  }
});
