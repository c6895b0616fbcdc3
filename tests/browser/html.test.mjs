// The Nu HTML checker over everything that is written, downloads included. Warnings are shown; errors fail.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { files, library, samples, work } from './lib/site.mjs';

const jar = join(createRequire(import.meta.url).resolve('vnu-jar/package.json'), '../build/dist/vnu.jar');
const every = [library, samples].flatMap(folder => files(folder, '.html').map(path => join(folder, path)));

test(`the Nu HTML checker finds no error`, t => {
  const run = spawnSync('java', ['-Xss4m', '-jar', jar, '--format', 'json', '--exit-zero-always', '--no-langdetect', ...every], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr?.slice(0, 2000) || String(run.error));
  const { messages } = JSON.parse(run.stderr), kinds = new Map();
  const errors = messages.filter(({ type }) => type !== 'info').map(({ url, lastLine, lastColumn, message }) => `${decodeURIComponent(fileURLToPath(url)).slice(work.length + 1)}:${lastLine}:${lastColumn}: ${message}`);
  for (const { type, message } of messages.filter(({ type }) => type === 'info')) kinds.set(message, (kinds.get(message) || 0) + 1);
  for (const [message, count] of kinds) t.diagnostic(`${count} times: ${message}`);
  assert.deepEqual(errors, []);
});

test('the checker saw every page', () => assert.ok(every.length > 250, `${every.length} files`));
