// The browser's search under Node, without a DOM: `node --test tests/js/*.test.mjs`. The fixture comes from src/search/fixture.rs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';

const file = path => new URL(path, import.meta.url);
const run = path => vm.runInThisContext(readFileSync(file(path), 'utf8'), { filename: path });
const assets = '../../themes/default/assets/';

run(assets + 'search.js');
await assert.rejects(rahnuma.search('labour'), /no search index is loaded/);
run('fixture/index-en.js');
run(assets + 'vendor/elasticlunr.js');
run('fixture/index-ur.js');

const search = (query, options) => rahnuma.search(query, { lang: 'en', ...options });
const ids = answer => answer.results.map(hit => hit.lang + ':' + hit.id);
const found = async (query, options) => ids(await search(query, options));

await search('');
const analysis = rahnumaSearch.analysis();

test('folding, words and stems are those of the build', () => {
  const rows = JSON.parse(readFileSync(file('fixture/analysis.json'), 'utf8'));
  assert.ok(rows.length > 700);
  for (const [text, folded, forms, stems] of rows) {
    assert.equal(analysis.fold(text), folded, JSON.stringify(text));
    assert.deepEqual(analysis.forms(text), forms, JSON.stringify(text));
    assert.deepEqual(forms.map(analysis.stem), stems, JSON.stringify(text));
  }
});

test('words of a text stand at their places, joiners inside and direction marks outside', () => {
  const text = '\u2067تارکینِ وطن\u2069، ذمہ\u200cداران (FIR 371-A)';
  const words = analysis.words(text);
  assert.deepEqual(words.map(w => text.slice(w.start, w.end)), ['تارکینِ', 'وطن', 'ذمہ\u200cداران', 'FIR', '371', 'A']);
  assert.deepEqual(words.map(w => w.forms), [['تارکین'], ['وطن'], ['ذمہداران'], ['fir'], ['371'], ['a']]);
});

test('an inflected word finds its page, with section, excerpt and whole-word marks', async () => {
  const { results, total } = await search('family ', { only: 'en' });
  assert.equal(total, 2);
  assert.deepEqual([results[0].id, results[0].why], ['guidance/kilns', 'form']);
  const hit = results[1];
  assert.deepEqual([hit.id, hit.url, hit.type, hit.lang], ['guidance/signs', 'en/guidance/signs/index.html', 'guidance', 'en']);
  assert.deepEqual(hit.section, { id: 'debt', title: 'A debt that never ends' });
  assert.deepEqual(hit.marks.map(([from, to]) => hit.excerpt.slice(from, to)), ['family']);
  assert.equal(hit.why, 'exact');
});

test('a page that is about the words opens at its top', async () => {
  const hit = (await search('bonded labour law')).results[0];
  assert.deepEqual([hit.id, hit.section], ['law/bonded-labour', null]);
  assert.deepEqual(hit.titleMarks.map(([from, to]) => hit.title.slice(from, to)), ['Bonded', 'labour', 'law']);
});

test('one\'s own language first, then the other', async () => {
  assert.deepEqual(await found('FIR درج'), ['en:law/bonded-labour', 'ur:law/bonded-labour']);
  assert.deepEqual(await found('FIR درج', { lang: 'ur' }), ['ur:law/bonded-labour', 'en:law/bonded-labour']);
  assert.deepEqual(await found('FIR درج', { only: 'ur' }), ['ur:law/bonded-labour']);
});

test('one thing, three ways to write it', async () => {
  const pages = ['en:guidance/signs', 'ur:guidance/signs'];
  for (const query of ['forced labour', 'jabri mushaqqat', 'jabri mashakkat', 'جبری مشقت', 'Jabri  MUSHAKAT']) {
    const answer = await search(query);
    for (const page of pages) assert.ok(ids(answer).includes(page), query + ' ' + page);
    assert.equal(ids(answer)[0], pages[0], query);
  }
  const answer = await search('jabri mushaqqat', { lang: 'ur' });
  assert.deepEqual(answer.also, [{ from: 'jabri mushaqqat', to: 'جبری مشقت', kind: 'roman' }, { from: 'jabri mushaqqat', to: 'Forced labour', kind: 'roman' }]);
  assert.equal(answer.results[0].why, 'roman');
});

test('expansions can be switched off', async () => {
  const answer = await search('peshgi', { expand: false });
  assert.deepEqual(ids(answer), ['en:guidance/signs']);
  assert.deepEqual(answer.also, []);
  assert.deepEqual(await found('jabri mushaqqat', { expand: false }), []);
});

test('the words themselves stand before other words for them', async () => {
  const answer = await search('peshgi', { only: 'en' });
  assert.deepEqual(answer.results.map(hit => [hit.id, hit.why]), [['guidance/signs', 'exact'], ['law/bonded-labour', 'roman']]);
});

test('the keyboard, the phone and the printer write Urdu differently', async () => {
  const clean = await found('ہر مزدور کا شناختی کارڈ', { lang: 'ur' });
  assert.equal(clean[0], 'ur:guidance/signs');
  for (const query of ['هر مزدور كا شناختي كارڈ', 'ہر مَزدُور کا شناختی کارڈ', 'ہر مزدور\u200c کا شناختی کارڈ', 'ﮨﺮ ﻣﺰﺩﻭﺭ ﮐﺎ ﺷﻨﺎﺧﺘﯽ ﮐﺎﺭﮈ']) {
    assert.deepEqual(await found(query, { lang: 'ur' }), clean, query);
  }
  assert.deepEqual(await found('2024', { only: 'ur' }), ['ur:law/bonded-labour']);
  assert.deepEqual(await found('۲۰۲۴', { only: 'ur' }), ['ur:law/bonded-labour']);
  assert.deepEqual(await found('۱۹۹۲'), ['en:law/bonded-labour', 'ur:law/bonded-labour']);
});

test('forms of an Urdu word', async () => {
  for (const query of ['تھانہ', 'علامت', 'اسکول', 'سکولوں', 'اسپتال']) assert.ok((await found(query, { only: 'ur' })).includes('ur:guidance/terms'), query);
  assert.deepEqual(await found('قانون', { only: 'ur' }), ['ur:law/bonded-labour']);
});

test('a half-typed word finds what it may become, a finished one does not', async () => {
  assert.deepEqual(await found('interpr'), ['en:sop/interview']);
  assert.deepEqual(await found('interpr '), []);
  assert.deepEqual(await found('مترج', { lang: 'ur' }), ['ur:sop/interview']);
  assert.deepEqual(await found('پرسکو', { lang: 'ur' }), ['ur:sop/interview']);
});

test('a slip of the finger', async () => {
  const answer = await search('interpretr ');
  assert.deepEqual(ids(answer), ['en:sop/interview']);
  assert.deepEqual(answer.also, [{ from: 'interpretr', to: 'interpreter', kind: 'typo' }]);
  assert.equal(answer.results[0].why, 'typo');
  assert.deepEqual(await found('inetrpreter '), ['en:sop/interview']);
  assert.deepEqual(await found('1993 '), [], 'another number is another number');
});

test('pages with all words stand before pages with some', async () => {
  assert.deepEqual((await found('children of the town', { only: 'en' }))[0], 'en:guidance/kilns');
  assert.deepEqual(await found('quiet kiln', { only: 'en' }), ['en:guidance/kilns', 'en:sop/interview', 'en:guidance/signs']);
});

test('facets count what choosing them would show, and filter', async () => {
  const all = await search('advance');
  assert.deepEqual({ ...all.facets.type }, { guidance: 2, law: 2 });
  assert.deepEqual({ ...all.facets.lang }, { en: 2, ur: 2 });
  const law = await search('advance', { type: 'law' });
  assert.deepEqual(ids(law), ['en:law/bonded-labour', 'ur:law/bonded-labour']);
  assert.deepEqual({ ...law.facets.type }, { guidance: 2, law: 2 });
  assert.deepEqual({ ...law.facets.lang }, { en: 1, ur: 1 });
  assert.equal((await search('advance', { type: [], only: '', audience: null })).total, all.total);
  assert.deepEqual(await found('victim', { audience: 'police', only: 'en' }), ['en:sop/interview']);
  assert.deepEqual({ ...law.facets.audience }, { labour: 2 });
});

test('pages of results', async () => {
  const first = await search('training day');
  assert.deepEqual([first.total, first.results.length], [12, 10]);
  const rest = await search('training day', { offset: 10 });
  assert.deepEqual(rest.results.map(hit => hit.id), ['training/day-11', 'training/day-12']);
  assert.equal((await search('training day', { limit: 3 })).results.length, 3);
  assert.equal((await search('training day', { limit: 0 })).total, 12);
});

test('whatever is typed, an answer', async () => {
  const none = ['', ' ', '۔،؟', '😀', '\u200f\u202e', 'َُِ', 'ﷺ', 'valueOf', 'xyzzy', '(', '\\', '"', '\ud800'];
  for (const query of none) assert.deepEqual(await found(query), [], JSON.stringify(query));
  for (const query of [null, undefined]) assert.deepEqual(await found(query), []);
  assert.deepEqual(await found(7), []);
  assert.deepEqual(await found('__proto__'), ['en:constructor']);
  assert.deepEqual(await found('constructor'), ['en:twin-1', 'en:twin-2']);
  assert.deepEqual(await found('hasOwnProperty'), ['en:twin-1', 'en:twin-2']);
  assert.deepEqual(await found('toString'), ['en:constructor']);
  const hostile = (await search('<img src=x onerror=alert(1)>')).results[0];
  assert.deepEqual([hostile.title, hostile.excerpt], ['<img src=x onerror=alert(1)> __proto__', '</script>']);
  for (const query of ['a'.repeat(2000), 'پ '.repeat(1000), 'peshgi '.repeat(300), '𝒶'.repeat(300)]) await search(query);
  assert.deepEqual(await found('x'.repeat(200) + ' kiln'), [], 'cut after 200 characters');
});

test('two answers to one question are the same', async () => {
  for (const query of ['labour', 'قرض', 'peshgi kiln']) assert.deepEqual(await search(query), await search(query));
});

test('the index alone is one that elasticlunr loads', () => {
  const index = JSON.parse(readFileSync(file('fixture/index-en.js'), 'utf8').trim().replace(/^.*?\]\},(?=\{"fields")/s, '').slice(0, -2));
  const loaded = elasticlunr.Index.load(index);
  assert.deepEqual(loaded.search('kilns', {}).map(hit => hit.ref), ['3', '0']);
});
