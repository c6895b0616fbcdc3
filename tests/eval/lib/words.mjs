// tests/eval/words: which Urdu word the engine takes a spelling in Latin letters for.
import { analysis, corpus, reader, recall, spellings } from './analysis.mjs';

const usage = 'usage: tests/eval/words FILE.tsv --corpus DIR [--json]';
const given = process.argv.slice(2), json = given.includes('--json');
const at = given.indexOf('--corpus'), folder = at < 0 ? null : given[at + 1];
const [file, ...more] = given.filter((word, i) => word !== '--json' && !(at >= 0 && (i === at || i === at + 1)));
if (!file || more.length || !folder || file.startsWith('--')) {
  console.error(usage);
  process.exit(2);
}
try {
  const runtime = await analysis(), found = spellings(file, runtime.fold), counts = corpus(folder, runtime.words);
  if (!found.size) throw new Error('no row of ' + file + ' has a word in Arabic script and one in Latin letters');
  for (const words of found.values()) for (const word of words) if (!counts.has(word)) counts.set(word, 1);
  const shares = recall(found, reader(runtime, counts));
  if (!json) console.log(`${found.size} spellings, ${counts.size} words in the vocabulary`);
  console.log(JSON.stringify(shares));
} catch (error) {
  console.error('tests/eval/words: ' + error.message);
  process.exit(1);
}
