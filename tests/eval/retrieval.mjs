// How well and how cheaply the search finds, on any test collection.
//
//     tests/eval/retrieval DIR --lang en|ur [--query-lang en|ur] [--json]
//
// DIR is in BEIR's layout (lib/collection.mjs). Every document becomes a page of a temporary site of one language, built by the release
// binary (RAHNUMA names another) and removed afterwards; every query is answered by the scripts that the built pages name, run under Node.
// The last line is one JSON object:
//
//     queries                    how many queries have a relevant document
//     mrr10, recall10, ndcg10    of the first ten results, means over the queries; gain of a document is its score
//     median_bytes, p90_bytes    gzip of all that one cold query loads: runtime, interface, index, the texts of five results; of more than
//                                200 queries, of 200 that lie evenly among them; max_bytes: the worst
//     first_bytes                the same until results are first shown: of a query of many words, those of its longest; max_first_bytes: the worst
//     requests, rounds           medians of what a cold query waits for until the ranking is known (texts of results and interface apart);
//                                a round is a step in which everything asked for arrives together; max_requests, max_rounds: the worst
//     build_s                    seconds of the build, pages included
//
// --query-lang is the language of the reader who asks, where it is not that of the documents.
import { parseArgs } from 'node:util';
import { documents, judgements, queries } from './lib/collection.mjs';
import { mean, rounded, scores, share } from './lib/scores.mjs';
import { site } from './lib/site.mjs';
import { Site, Visit } from './lib/visit.mjs';

const SHOWN = 5, DEPTH = 10, COLD = 200;

function command() {
  const options = { lang: { type: 'string' }, 'query-lang': { type: 'string' }, json: { type: 'boolean' } };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length !== 1 || !values.lang) throw new Error('a folder and --lang are needed');
    return { folder: positionals[0], lang: values.lang, reader: values['query-lang'] || values.lang, json: values.json };
  } catch (error) {
    console.error(`${error.message}\nusage: tests/eval/retrieval DIR --lang en|ur [--query-lang en|ur] [--json]`);
    process.exit(2);
  }
}

/** What a query costs on a page where nothing was loaded before. */
async function cost(built, query, lang) {
  const visit = new Visit(built);
  await visit.search(query, { lang, limit: 0 });
  const requests = visit.loaded.length, rounds = visit.rounds;
  await visit.search(query, { lang, limit: SHOWN });
  const ui = built.named('data-search-ui'), extra = ui ? built.file(ui).bytes : 0, bytes = visit => visit.loaded.reduce((sum, file) => sum + file.bytes, extra);
  const reader = new Visit(built), shown = [];
  await reader.search(query, { lang, limit: SHOWN, partial: () => shown.push(bytes(reader)) });
  shown.push(bytes(reader));
  return { requests, rounds, bytes: bytes(visit), first: shown[0] };
}

async function measure({ folder, lang, reader }) {
  const relevant = judgements(folder), asked = (await queries(folder)).filter(({ id }) => relevant.has(id));
  if (!asked.length) throw new Error(`${folder}: no query has a relevant document`);
  const made = await site(documents(folder), lang);
  const built = new Site(made.out, made.page), open = new Visit(built), rows = [], costs = [];
  for (const { id, text } of asked) {
    const { results } = await open.search(text, { lang: reader, limit: DEPTH });
    rows.push(scores(results.map(hit => made.document(hit.id)), relevant.get(id)));
  }
  const cold = Math.min(COLD, asked.length);
  for (let n = 0; n < cold; n++) costs.push(await cost(built, asked[Math.floor(n * asked.length / cold)].text, reader));
  made.remove();
  const all = name => rows.map(row => row[name]), spent = name => costs.map(row => row[name]);
  return {
    documents: made.count, queries: rows.length,
    mrr10: rounded(mean(all('mrr')), 4), recall10: rounded(mean(all('recall')), 4), ndcg10: rounded(mean(all('ndcg')), 4),
    median_bytes: share(spent('bytes'), 0.5), p90_bytes: share(spent('bytes'), 0.9),
    max_bytes: Math.max(...spent('bytes')), first_bytes: share(spent('first'), 0.5), max_first_bytes: Math.max(...spent('first')),
    requests: share(spent('requests'), 0.5), rounds: share(spent('rounds'), 0.5),
    max_requests: Math.max(...spent('requests')), max_rounds: Math.max(...spent('rounds')),
    build_s: rounded(made.seconds, 2),
  };
}

const asked = command();
try {
  const result = await measure(asked);
  if (!asked.json) for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(14)} ${value}`);
  console.log(JSON.stringify(result));
} catch (error) {
  console.error(error.stack);
  process.exitCode = 1;
}
