// The browser's search under Node, without a DOM, over a library built for it: `node --test tests/js/*.test.mjs`.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { built, repository } from './library.mjs';

const require = createRequire(import.meta.url);
const site = built(), rahnuma = require(join(site, 'search/search.js'));
const search = (query, options) => rahnuma.search(query, { lang: 'en', ...options });
const ids = answer => answer.results.map(hit => hit.lang + ':' + hit.id);
const found = async (query, options) => ids(await search(query, options));

test('an inflected word finds its page, with section, excerpt and whole-word marks', async () => {
  const { results } = await search('family ', { only: 'en' });
  assert.deepEqual(results.map(hit => hit.id).sort(), ['guidance/kilns', 'guidance/signs']);
  assert.equal(results.find(hit => hit.id === 'guidance/kilns').why, 'form');
  const hit = results.find(hit => hit.id === 'guidance/signs');
  assert.deepEqual([hit.url, hit.type, hit.lang, hit.why], ['en/guidance/signs/index.html', 'guidance', 'en', 'exact']);
  assert.deepEqual(hit.section, { id: 'debt', title: 'A debt that never ends' });
  assert.deepEqual(hit.marks.map(([from, to]) => hit.excerpt.slice(from, to)), ['family']);
});

test('a page that is about the words opens at its top', async () => {
  const hit = (await search('bonded labour')).results[0];
  assert.deepEqual([hit.id, hit.section], ['law/bonded-labour', null]);
  assert.deepEqual(hit.titleMarks.map(([from, to]) => hit.title.slice(from, to)), ['Bonded', 'labour']);
});

test('one\'s own language first, then the other', async () => {
  assert.deepEqual(await found('FIR درج'), ['en:law/bonded-labour', 'ur:law/bonded-labour']);
  assert.deepEqual(await found('FIR درج', { lang: 'ur' }), ['ur:law/bonded-labour', 'en:law/bonded-labour']);
  assert.deepEqual(await found('FIR درج', { only: 'ur' }), ['ur:law/bonded-labour']);
});

test('one thing, three ways to write it', async () => {
  const pages = ['en:guidance/signs', 'ur:guidance/signs'];
  for (const query of ['forced labour', 'jabri mushaqqat', 'jabri mashakkat', 'جبری مشقت', 'Jabri  MUSHAKAT', 'jabri مشقت']) {
    const answer = await search(query);
    for (const page of pages) assert.ok(ids(answer).includes(page), query + ' ' + page);
  }
  const answer = await search('jabri mushaqqat', { lang: 'ur' });
  assert.ok(answer.also.some(o => o.from === 'jabri mushaqqat' && o.to === 'جبری مشقت' && o.kind === 'roman'));
  assert.equal(ids(answer)[0], 'ur:guidance/signs');
  for (const query of ['begar', 'peshgi']) assert.ok((await found(query)).includes('en:law/bonded-labour'), query);
});

test('Roman Urdu that no glossary knows', async () => {
  for (const [query, page] of [['mazdooron', 'ur:guidance/signs'], ['police', 'ur:sop/interview'], ['adalat', 'ur:law/bonded-labour'], ['hukm-e-imtinai', 'ur:law/bonded-labour']]) {
    const answer = await search(query + ' ', { only: 'ur' });
    assert.equal(ids(answer)[0], page, query);
    assert.equal(answer.results[0].why, 'roman', query);
  }
});

test('expansions can be switched off', async () => {
  const answer = await search('peshgi', { expand: false });
  assert.deepEqual(ids(answer), ['en:guidance/signs']);
  assert.deepEqual(answer.also, []);
  assert.deepEqual(await found('jabri mushaqqat', { expand: false }), []);
});

test('an English word stands before Urdu ones that sound alike', async () => {
  for (const query of ['jail', 'case', 'main']) assert.equal((await found(query))[0], 'en:guidance/kilns', query);
});

test('the keyboard, the phone and the printer write Urdu differently', async () => {
  const clean = await found('ہر مزدور کا شناختی کارڈ', { lang: 'ur' });
  assert.equal(clean[0], 'ur:guidance/signs');
  for (const query of ['هر مزدور كا شناختي كارڈ', 'ہر مَزدُور کا شناختی کارڈ', 'ہر مزدور\u200c کا شناختی کارڈ', 'ﮨﺮ ﻣﺰﺩﻭﺭ ﮐﺎ ﺷﻨﺎﺧﺘﯽ ﮐﺎﺭﮈ']) {
    assert.deepEqual(await found(query, { lang: 'ur' }), clean, query);
  }
  for (const year of ['2024', '۲۰۲۴']) assert.deepEqual(await found(year, { only: 'ur' }), ['ur:law/bonded-labour']);
  for (const query of ['371-A ت پ', '371A', '۳۷۱']) assert.equal((await found(query, { only: 'ur' }))[0], 'ur:law/bonded-labour', query);
});

test('a space too many or too few', async () => {
  assert.equal((await found('شناختیکارڈ', { only: 'ur' }))[0], 'ur:guidance/signs');
  assert.equal((await found('مز دوروں کی اجرت', { only: 'ur' }))[0], 'ur:guidance/signs');
});

test('forms of an Urdu word, and words of table cells', async () => {
  for (const query of ['تھانہ', 'علامت', 'ہسپتالوں']) assert.ok((await found(query, { only: 'ur' })).includes('ur:guidance/terms'), query);
  for (const query of ['لاہور', 'پندرہ', 'کراچی']) assert.deepEqual(await found(query + ' ', { only: 'ur' }), ['ur:guidance/terms'], query);
});

test('a half-typed word finds what it may become, a finished one does not', async () => {
  assert.deepEqual(await found('interpr', { only: 'en' }), ['en:sop/interview']);
  assert.deepEqual(await found('مترج', { lang: 'ur', only: 'ur' }), ['ur:sop/interview']);
});

test('a slip of the finger', async () => {
  const answer = await search('interpretr ', { only: 'en' });
  assert.equal(ids(answer)[0], 'en:sop/interview');
  assert.ok(answer.also.some(o => o.from === 'interpretr' && o.to === 'interpreter' && o.kind === 'typo'));
  assert.equal(answer.results[0].why, 'typo');
  assert.equal((await found('inetrpreter ', { only: 'en' }))[0], 'en:sop/interview');
  assert.deepEqual(await found('1993 '), [], 'another number is another number');
});

test('words in quotes stand side by side', async () => {
  assert.deepEqual(await found('"quiet room"'), ['en:sop/interview']);
  assert.deepEqual(await found('"room quiet"'), []);
  assert.deepEqual(await found('“شناختی کارڈ”', { lang: 'ur' }), ['ur:guidance/signs']);
});

test('facets count what choosing them would show, and filter', async () => {
  const all = await search('advance', { only: 'en' });
  const law = await search('advance', { only: 'en', type: 'page' });
  assert.ok(all.facets.type.page >= 1 && all.facets.type.guidance >= 1);
  assert.deepEqual({ ...law.facets.type }, { ...all.facets.type });
  assert.ok(law.results.every(hit => hit.type === 'page'));
  assert.equal(law.total, all.facets.type.page);
  assert.deepEqual(await found('victim', { audience: 'police', only: 'en' }), ['en:sop/interview']);
  assert.ok((await search('debt')).facets.lang.ur > 0 || (await search('advance')).facets.lang.ur > 0);
});

test('pages of results', async () => {
  const first = await search('training day', { only: 'en' });
  assert.deepEqual([first.total, first.results.length], [12, 10]);
  const rest = await search('training day', { only: 'en', offset: 10 });
  assert.equal(new Set(first.results.concat(rest.results).map(hit => hit.id)).size, 12);
  assert.equal((await search('training day', { limit: 3 })).results.length, 3);
  assert.equal((await search('training day', { only: 'en', limit: 0 })).total, 12);
});

test('whatever is typed, an answer', async () => {
  for (const query of ['', ' ', '۔،؟', '😀', '\u200f\u202e', 'َُِ', 'ﷺ', '(', '\\', '"', '""', '\ud800', null, undefined]) assert.deepEqual(await found(query), [], JSON.stringify(query));
  assert.equal((await found('__proto__'))[0], 'en:constructor');
  assert.deepEqual(await found('constructor '), ['en:twin-1', 'en:twin-2']);
  assert.deepEqual(await found('hasOwnProperty '), ['en:twin-1', 'en:twin-2']);
  assert.equal((await found('toString '))[0], 'en:constructor');
  assert.deepEqual(await found('Silence '), ['en:empty']);
  const hostile = (await search('<img src=x onerror=alert(1)>')).results[0];
  assert.match(hostile.title, /<img src=x onerror=alert\(1\)> __proto__/);
  for (const query of ['a'.repeat(2000), 'پ '.repeat(1000), 'peshgi '.repeat(300), '𝒶'.repeat(300), 'a', 'پ', '\u202eکارڈ\u202c', '7', 'valueOf']) {
    const answer = await search(query);
    assert.ok(answer.total >= answer.results.length);
    for (const hit of answer.results) for (const [from, to] of hit.marks) assert.ok(from >= 0 && from < to && to <= hit.excerpt.length);
  }
  assert.deepEqual(await found('۔'.repeat(200) + ' kiln'), [], 'cut after 200 characters');
});

test('two answers to one question are the same, whatever was asked between', async () => {
  for (const query of ['labour', 'قرض', 'peshgi kiln']) {
    const first = await search(query);
    await search('mazdoor children شناختیکارڈ interpretr');
    assert.deepEqual(await search(query), first);
  }
});

test('a beginning that five hundred words share', async () => {
  const words = Array.from({ length: 500 }, (_, n) => 'zeb' + n.toString(26).replace(/[0-9]/g, d => 'qrstuvwxyz'[d]));
  const large = require(join(built({ 'en/words.md': `---\ntitle: Many\nupdated: 2026-01-01\n---\n${words.join(' ')}\n` }), 'search/search.js'));
  assert.equal((await large.search('zeb', { lang: 'en' })).results[0].id, 'words');
});

test('folders with spaces and Urdu in their names, and a page removed between builds', async () => {
  const gone = require(join(built({ 'en/twin-2.md': null }, 'کتب خانہ 100%'), 'search/search.js'));
  assert.deepEqual((await gone.search('hasOwnProperty ', { lang: 'en' })).results.map(hit => hit.id), ['twin-1']);
});

test('a file that is missing or another\'s is an error, not an answer', async () => {
  const other = built({ 'en/twin-2.md': null }), { renameSync, writeFileSync } = await import('node:fs');
  const name = readdirSync(join(other, 'search')).find(file => /^en-.*-all\.js$/.test(file)), path = join(other, 'search', name);
  const old = readdirSync(join(site, 'search')).find(file => /^en-.*-all\.js$/.test(file));
  writeFileSync(path, readFileSync(join(site, 'search', old)));
  await assert.rejects(require(join(other, 'search/search.js')).search('kiln', { lang: 'en' }), /not in its file/);
  renameSync(path, path + '.away');
  delete require.cache[join(other, 'search/search.js')];
  await assert.rejects(require(join(other, 'search/search.js')).search('kiln', { lang: 'en' }));
});

test('what is always loaded is small', () => {
  const { gzipSync } = require('zlib');
  const script = readFileSync(join(site, 'search/search.js'), 'utf8').replace(/^const (TERMS|SHELVES)=.*$/mg, '');
  const bytes = gzipSync(script, { level: 9 }).length;
  assert.ok(bytes <= 9910, `${bytes} bytes`);
  assert.ok(repository);
});
