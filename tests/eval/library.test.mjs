// Whether the search of this library still finds what people look for: `node --test tests/eval/library.test.mjs`, over the site in public/ or
// in the folder that SITE names. Queries with the pages that answer them stand in library.tsv.
//
// A bar is the mean reciprocal rank among the results in the reader's language, a little below what is reached. A change that falls below
// makes the search worse for readers; a change that rises well above should raise the bar.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { join } from 'node:path';
import { mean, scores } from './lib/scores.mjs';
import { repository } from './lib/site.mjs';
import { Site, Visit } from './lib/visit.mjs';

const BARS = { words: 0.9, roman: 0.65, typo: 0.9, other: 0.85, keyboard: 0.9 };
const folder = process.env.SITE || join(repository, 'public');
const rows = readFileSync(new URL('library.tsv', import.meta.url), 'utf8').trim().split('\n').slice(1).map(line => line.split('\t'));
const sites = new Map(['en', 'ur'].map(lang => [lang, new Site(folder, `${lang}/search/index.html`)]));
const visits = new Map(Array.from(sites, ([lang, site]) => [lang, new Visit(site)]));

for (const [kind, bar] of Object.entries(BARS)) {
  test(`${kind}: the right page stands first or nearly so`, async () => {
    const asked = rows.filter(row => row[0] === kind), found = [];
    assert.ok(asked.length > 3);
    for (const [, reader, query, pages] of asked) {
      const { results } = await visits.get(reader).search(query, { lang: reader, limit: 20 });
      const ids = results.filter(hit => hit.lang === reader).map(hit => hit.id);
      found.push({ query, first: ids[0], mrr: scores(ids, new Map(pages.split(' ').map(id => [id, 1]))).mrr });
    }
    const reached = mean(found.map(row => row.mrr)), missed = found.filter(row => row.mrr < 1).map(row => `${row.query}: ${row.mrr.toFixed(2)} (first ${row.first})`);
    console.log(`${kind}: ${reached.toFixed(3)} of ${bar}`, missed);
    assert.ok(reached >= bar, `${kind}: ${reached.toFixed(3)}, the bar is ${bar}\n${missed.join('\n')}`);
  });
}
