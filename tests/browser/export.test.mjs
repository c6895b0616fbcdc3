// The export for other programs: elasticlunr.js loads it and finds the pages that the site's own search finds.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { built } from '../js/library.mjs';

const require = createRequire(import.meta.url), elasticlunr = require('elasticlunr');
const site = built(), rahnuma = require(join(site, 'search/search.js'));
elasticlunr.Pipeline.registerFunction(word => rahnuma.analysis.stem(word), 'stemmer-rahnuma');
elasticlunr.tokenizer = text => rahnuma.analysis.words(String(text)).map(word => word.form);

for (const lang of ['en', 'ur']) test(`elasticlunr.js and the site agree in ${lang}`, async () => {
  const index = elasticlunr.Index.load(JSON.parse(readFileSync(join(site, `search/elasticlunr-${lang}.json`), 'utf8')));
  const places = JSON.parse(readFileSync(join(site, 'pages.json'), 'utf8')).pages.map(page => page.languages[lang]).filter(page => page && !page.fallback && page.url !== `${lang}/index.html`).map(page => page.url).sort();
  for (const query of lang === 'en' ? ['kilns', 'papers', 'debt', 'interpreter', 'hasOwnProperty'] : ['مزدوروں', 'کاغذات', 'قرض', 'مترجم']) {
    const theirs = index.search(query, {}).map(hit => places[hit.ref]).sort();
    const ours = (await rahnuma.search(query + ' ', { lang, only: lang, expand: false, limit: 100 })).results.map(hit => hit.url).sort();
    assert.ok(theirs.length > 0, query);
    assert.deepEqual(theirs, ours, query);
  }
});
