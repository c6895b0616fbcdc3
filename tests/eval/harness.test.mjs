// The measuring itself: what it writes is what a document says, and what it counts is what was loaded. Needs the release binary.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { documents, judgements, queries } from './lib/collection.mjs';
import { random } from './lib/random.mjs';
import { romanise } from './lib/romanise.mjs';
import { scores, share } from './lib/scores.mjs';
import { markdown } from './lib/site.mjs';

const here = name => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'rahnuma-harness-'));
after(() => rmSync(folder, { recursive: true }));
const write = (name, text) => writeFileSync(join(folder, name), text);

/** Documents that would be markup, personal data or no YAML, each with words that only it has. */
const DOCUMENTS = [
  ['a', '', 'plain alphaword\n\n    indented *not code* betaword\n# not a heading\n- no list\n1. no list\n| a | b |\n|---|---|\n| c | gammaword |'],
  ['b', '~', '[link](http://x.example) <script>scriptword</script> &amp; [^1] [[wikiword]] :::step\n:::\n```\ndeltaword\n```\n---\ntitle: x\n---\n==='],
  ['c', '__proto__', 'constructor 0300-1234567, CNIC 35202-1234567-1, x.y@example.com, PK36SCBL0000001123456702 epsilonword'],
  ['d', 'A "quoted": title \\ # \u0000\u0085\u2028 zetatitle', 'nul \u0000 lone \uD800 mark \uFEFF \r\n \u000b etaword \\'],
  ['e', 'null', ''],
  ['f', '[^2]: foot', 'a backslash\\\nnext thetaword   \n__x__ ~~y~~ $math$ <!-- iotaword --> {#id}\n\n[^1]: kappaword\n\nTerm\n: lambdaword'],
];
const ASKED = [['alphaword', 'a'], ['betaword', 'a'], ['gammaword', 'a'], ['scriptword', 'b'], ['wikiword', 'b'], ['deltaword', 'b'], ['epsilonword', 'c'], ['zetatitle', 'd'],
  ['etaword', 'd'], ['thetaword', 'f'], ['iotaword', 'f'], ['kappaword', 'f'], ['lambdaword', 'f']];
write('corpus.jsonl', DOCUMENTS.map(([_id, title, text]) => JSON.stringify({ _id, title, text })).join('\n'));
write('queries.jsonl', ASKED.map(([text], n) => JSON.stringify({ _id: `q${n}`, text }) + '\n').join(''));
write('qrels.tsv', 'query-id\tcorpus-id\tscore\n' + ASKED.map(([, document], n) => `q${n}\t${document}\t1\n`).join(''));

test('nothing of a document is lost or taken for markup, and nothing stops the build', () => {
  const result = JSON.parse(execFileSync(here('retrieval'), [folder, '--lang', 'en', '--json'], { encoding: 'utf8' }).trim().split('\n').pop());
  const { documents, queries, mrr10, recall10, ndcg10 } = result;
  assert.deepEqual({ documents, queries, mrr10, recall10, ndcg10 }, { documents: 6, queries: 13, mrr10: 1, recall10: 1, ndcg10: 1 });
  assert.ok(result.requests >= 1 && result.rounds >= 1 && result.rounds <= result.requests && result.median_bytes > 1000);
});

test('a line of text is a paragraph in which every sign is escaped', () => {
  assert.equal(markdown('  # a_b \n\t1. x|y  \r\n\u0001'), '\\# a\\_b\n\n1\\. x\\|y');
});

test('a collection is read with or without headers', async () => {
  const all = [];
  for await (const document of documents(folder)) all.push(document.id);
  assert.deepEqual(all, ['a', 'b', 'c', 'd', 'e', 'f']);
  assert.equal((await queries(folder)).length, 13);
  assert.deepEqual(judgements(folder).get('q2'), new Map([['a', 1]]));
});

test('scores are those of the books', () => {
  const gains = new Map([['x', 1], ['y', 1]]), near = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} ${b}`);
  const { mrr, recall, ndcg } = scores(['n', 'x', 'm'], gains);
  near(mrr, 1 / 2);
  near(recall, 1 / 2);
  near(ndcg, (1 / Math.log2(3)) / (1 + 1 / Math.log2(3)));
  assert.deepEqual(scores([...'abcdefghij', 'x'], gains), { mrr: 0, recall: 0, ndcg: 0 });
  assert.deepEqual([share([3, 1, 2], 0.5), share([3, 1, 2], 0.9), share([], 0.5)], [2, 3, 0]);
});

test('chance falls the same way every time', () => {
  const spelling = seed => romanise('جبری مشقت کے شکار', random(seed));
  assert.equal(spelling('1'), spelling('1'));
  assert.match(spelling('1'), /^[a-z ]+$/);
  assert.notDeepEqual(Array.from('1234', spelling), Array.from('5678', spelling));
});
