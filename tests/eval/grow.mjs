// A collection of any size out of a small one: paragraphs of about 150 words made by repeating and shuffling its sentences. For measuring
// sizes and times, not quality: a sentence stands in many documents.
//
//     tests/eval/grow DIR OUT --pages N [--words 150] [--queries 200] [--length 2] [--seed 1]
//
// A query is the `--length` rarest words of a document (in the order of its text), that document its only relevant one.
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { documents } from './lib/collection.mjs';
import { pick, random, shuffled } from './lib/random.mjs';

const wordsOf = text => text.match(/[\p{L}\p{M}\p{N}\u200C]+/gu) || [];

async function sentences(folder) {
  const all = new Set(), titles = [];
  for await (const { title, text } of documents(folder)) {
    titles.push(title);
    for (const sentence of text.split(/(?<=[۔؟!?])\s+|(?<=[.])\s+(?=[\p{Lu}])/u)) if (wordsOf(sentence).length > 3) all.add(sentence.trim());
  }
  return { list: Array.from(all), titles };
}

/** Sentences without end, each of them once before any comes again. */
function* endless(list, next) {
  for (;;) yield* shuffled(list, next);
}

async function write(stream, line) {
  if (!stream.write(line)) await once(stream, 'drain');
}

async function grow(folder, out, { pages, words, count, length, seed }) {
  const { list, titles } = await sentences(folder), next = random(`grow ${seed}`), source = endless(list, next);
  mkdirSync(out, { recursive: true });
  const corpus = createWriteStream(join(out, 'corpus.jsonl')), frequency = new Map(), every = Math.max(1, Math.floor(pages / count)), asked = [];
  for (let page = 0; page < pages; page++) {
    const parts = [];
    for (let size = 0; size < words;) {
      const sentence = source.next().value;
      parts.push(sentence);
      size += wordsOf(sentence).length;
    }
    const text = parts.join(' ');
    for (const word of new Set(wordsOf(text))) frequency.set(word, (frequency.get(word) || 0) + 1);
    if (page % every === 0 && asked.length < count) asked.push({ id: `d${page}`, text });
    await write(corpus, JSON.stringify({ _id: `d${page}`, title: pick(titles, next), text }) + '\n');
  }
  corpus.end();
  await once(corpus, 'finish');
  const queries = createWriteStream(join(out, 'queries.jsonl')), qrels = createWriteStream(join(out, 'qrels.tsv'));
  asked.forEach(({ id, text }, n) => {
    const all = Array.from(new Set(wordsOf(text).filter(word => word.length > 2)));
    const rare = new Set(all.slice().sort((a, b) => frequency.get(a) - frequency.get(b) || all.indexOf(a) - all.indexOf(b)).slice(0, length));
    queries.write(JSON.stringify({ _id: `q${n}`, text: all.filter(word => rare.has(word)).join(' ') }) + '\n');
    qrels.write(`q${n}\t${id}\t1\n`);
  });
  for (const stream of [queries, qrels]) { stream.end(); await once(stream, 'finish'); }
  console.log(`${out}: ${pages} documents, ${list.length} different sentences, ${asked.length} queries of ${length} words`);
}

try {
  const text = { type: 'string' };
  const { values, positionals: [folder, out] } = parseArgs({
    options: { pages: text, words: { ...text, default: '150' }, queries: { ...text, default: '200' }, length: { ...text, default: '2' }, seed: { ...text, default: '1' } }, allowPositionals: true,
  });
  if (!out || !values.pages) throw new Error('usage: tests/eval/grow DIR OUT --pages N [--words 150] [--queries 200] [--length 2] [--seed 1]');
  await grow(folder, out, { pages: Number(values.pages), words: Number(values.words), count: Number(values.queries), length: Number(values.length), seed: values.seed });
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
