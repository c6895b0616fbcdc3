// The analysis that the browser runs, as the build ships it, and the words of a corpus. In: the release binary, folders. Out: functions, counts.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { site } from './site.mjs';

/** `rahnuma.analysis` out of the files of a site with one page. */
export async function analysis() {
  const { out, remove } = await site([{ id: '1', title: 'متن', text: 'متن' }], 'ur');
  try {
    const folder = join(out, 'search'), script = readdirSync(folder).find(name => /^search.*\.js$/.test(name));
    return createRequire(import.meta.url)(join(folder, script)).analysis;
  } finally {
    remove();
  }
}

/** How often each form occurs in a folder: BEIR corpora (`*.jsonl` with title and text) and plain texts (`*.txt`, `*.md`). */
export function corpus(folder, words) {
  const counts = new Map();
  const add = text => { for (const word of words(text)) if (!word.part) counts.set(word.form, (counts.get(word.form) || 0) + 1); };
  const files = statSync(folder).isDirectory() ? readdirSync(folder, { recursive: true }).map(name => join(folder, name)) : [folder];
  const texts = files.filter(name => /\.(jsonl|txt|md)$/.test(name) && !/(^|\/)queries\.jsonl$/.test(name) && existsSync(name)).sort();
  for (const file of texts) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (!file.endsWith('.jsonl')) add(line);
      else if (line.trim()) { const { title, text } = JSON.parse(line); add((title || '') + '\n' + (text || '')); }
    }
  }
  if (!counts.size) throw new Error('no text found in ' + folder + ': it should hold corpus.jsonl, or *.txt');
  return counts;
}

/** Rows of a file with tabs; empty lines and a byte order mark left out. */
export const rows = file => readFileSync(file, 'utf8').replace(/^\ufeff/, '').split(/\r?\n/).filter(line => line.trim()).map(line => line.split('\t').map(cell => cell.trim()));

/** Spellings in Latin letters with the Urdu words they stand for: the column in Arabic script is the Urdu word, a header is left out. */
export function spellings(file, fold) {
  const arabic = text => /[\u0600-\u06ff]/.test(text), latin = text => /[a-z]/i.test(text) && !arabic(text);
  const all = rows(file), count = i => all.filter(row => arabic(row[i] || '')).length;
  const header = all.length > 0 && !all[0].some(arabic) ? all[0].map(cell => cell.toLowerCase()) : null;
  const named = header ? header.findIndex(name => /^(urdu|ur|word|native)/.test(name)) : -1;
  const urdu = named >= 0 && count(named) ? named : Math.max(...all.map(row => row.length)) < 1 ? 0 : all[all.length - 1].map((_, i) => i).sort((a, b) => count(b) - count(a))[0];
  const found = new Map();
  for (const row of all.slice(header ? 1 : 0)) {
    const word = fold(row[urdu] || '').replace(/[^\p{L}\p{N}]/gu, '');
    row.forEach((cell, i) => {
      if (i === urdu || !latin(cell) || !word) return;
      const roman = fold(cell).replace(/[^a-z]/g, '');
      if (!roman) return;
      if (!found.has(roman)) found.set(roman, new Set());
      found.get(roman).add(word);
    });
  }
  return found;
}

/** Words that a spelling may stand for, the likeliest first: the engine's own keys and costs. */
export function reader({ skeleton, skeletons, channel, prior }, counts) {
  const buckets = new Map();
  for (const form of counts.keys()) {
    if (!/^[\u0600-\u06ff]+$/.test(form)) continue;
    const key = skeleton(form);
    if (!buckets.has(key)) buckets.set(key, []);
    buckets.get(key).push(form);
  }
  return roman => {
    const forms = new Set(skeletons(roman).flatMap(key => buckets.get(key) || []));
    return Array.from(forms, form => [channel(roman, form) - prior(counts.get(form)), form])
      .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1)).map(([, form]) => form);
  };
}

/** Share of spellings whose word comes first, and is among the first ten. */
export function recall(found, read) {
  let first = 0, ten = 0;
  for (const [roman, words] of found) {
    const forms = read(roman).slice(0, 10);
    if (words.has(forms[0])) first++;
    if (forms.some(form => words.has(form))) ten++;
  }
  const share = n => +(n / Math.max(1, found.size)).toFixed(4);
  return { r1: share(first), r10: share(ten) };
}
