// A test collection in BEIR's layout: corpus.jsonl {_id, title, text}, queries.jsonl {_id, text}, qrels.tsv (query, document, score; a header
// line is optional). In: a folder. Out: documents one by one, queries, judgements. It knows nothing of any collection in particular.
import { copyFileSync, createReadStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Lines of a file, however large it is. */
async function* lines(file) {
  let first = true;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    const text = first ? line.replace(/^\uFEFF/, '') : line;
    first = false;
    if (text.trim()) yield text;
  }
}

function parsed(line, file) {
  try {
    const row = JSON.parse(line), id = row._id ?? row.id;
    if (id === undefined) throw new Error('no _id');
    return { id: String(id), title: String(row.title ?? ''), text: String(row.text ?? '') };
  } catch (error) {
    throw new Error(`${file}: ${error.message} in ${line.slice(0, 80)}`);
  }
}

/** @returns {AsyncGenerator<{id: string, title: string, text: string}>} */
export async function* documents(folder) {
  const file = join(folder, 'corpus.jsonl');
  for await (const line of lines(file)) yield parsed(line, file);
}

/** @returns {Promise<{id: string, text: string}[]>} */
export async function queries(folder) {
  const file = join(folder, 'queries.jsonl'), all = [];
  for await (const line of lines(file)) all.push(parsed(line, file));
  return all;
}

/** Query id -> document id -> gain. Rows without a gain above zero say that a document is not relevant. */
export function judgements(folder) {
  const all = new Map();
  readFileSync(join(folder, 'qrels.tsv'), 'utf8').replace(/^\uFEFF/, '').split(/\r?\n/).forEach((line, number) => {
    if (!line.trim()) return;
    // TREC's own layout has a column more: query, iteration, document, gain.
    const cells = line.split(/\t/).length > 1 ? line.split('\t') : line.trim().split(/\s+/);
    const [query, document, gain] = cells.length > 3 ? [cells[0], cells[2], cells[3]] : [cells[0], cells[1], cells[2] ?? '1'];
    if (Number.isNaN(Number(gain))) {
      if (number === 0) return;
      throw new Error(`qrels.tsv:${number + 1}: ${JSON.stringify(gain)} is no score`);
    }
    if (Number(gain) <= 0) return;
    if (!all.has(query)) all.set(query, new Map());
    all.get(query).set(document, Number(gain));
  });
  return all;
}

/** Writes a collection with other queries over the documents of `folder`. */
export function withQueries(folder, out, list) {
  mkdirSync(out, { recursive: true });
  for (const name of ['corpus.jsonl', 'qrels.tsv']) copyFileSync(join(folder, name), join(out, name));
  writeFileSync(join(out, 'queries.jsonl'), list.map(({ id, text }) => JSON.stringify({ _id: id, text }) + '\n').join(''));
}
