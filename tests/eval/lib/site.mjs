// A temporary site of one language out of documents: one page each, a plain theme. In: documents. Out: a built folder, removed afterwards.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const repository = join(here, '../../..');
const LANGUAGES = { en: { name: 'English', dir: 'ltr', locale: 'en-PK' }, ur: { name: 'اردو', dir: 'rtl', locale: 'ur-PK' } };
/** Pages in one folder: every page lists its neighbours. */
const SECTION = 100;

/** The release binary, built where there is none. */
export function binary() {
  const program = process.env.RAHNUMA || join(repository, process.env.CARGO_TARGET_DIR || 'target', 'release', 'rahnuma');
  if (!existsSync(program)) execFileSync('cargo', ['build', '--release', '--locked'], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
  return program;
}

/** Plain text as Markdown that says the same: every sign that could be markup is escaped, every line is a paragraph of its own. */
export function markdown(text) {
  const lines = text.toWellFormed().split(/[\n\r\u2028\u2029]+/).map(line => line.replace(/[\u0000-\u001F\u007F]/g, ' ').trim());
  return lines.filter(Boolean).map(line => line.replace(/[!-/:-@[-`{-~]/g, '\\$&')).join('\n\n');
}

/** Text on one line as a quoted YAML value. */
function quoted(text) {
  const line = text.toWellFormed().replace(/[\s\u0000-\u001F\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]+/g, ' ').trim();
  // A title is required. One that says nothing, or what YAML takes for nothing, gets a sign that is no word.
  return JSON.stringify(/^(|~|null)$/.test(line) ? `${line}…` : line);
}

/** @param {AsyncIterable<{id: string, title: string, text: string}>} documents @param {string} lang */
export async function site(documents, lang) {
  const settings = LANGUAGES[lang];
  if (!settings) throw new Error(`--lang is ${Object.keys(LANGUAGES).join(' or ')}, not ${lang}`);
  const program = binary(), root = mkdtempSync(join(tmpdir(), 'rahnuma-eval-')), remove = () => rmSync(root, { recursive: true, force: true });
  process.once('exit', remove);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  const content = join(root, 'content'), out = join(root, 'public');
  mkdirSync(join(content, lang), { recursive: true });
  for (const theme of ['../../theme', '../theme']) cpSync(join(here, theme), join(root, 'themes/plain'), { recursive: true });
  // The documents are public already and only pass through; a telephone number in one must not stop the build.
  writeFileSync(join(content, 'site.yaml'), [
    `title: {${lang}: Collection}`, `default_language: ${lang}`, 'theme: plain', 'stage: preview', 'personal_data: report',
    `languages:\n  - {code: ${lang}, name: ${settings.name}, dir: ${settings.dir}, locale: ${settings.locale}}`, '',
  ].join('\n'));
  writeFileSync(join(content, lang, 'index.md'), '---\ntitle: "…"\n---\n');
  const ids = [];
  for await (const { id, title, text } of documents) {
    const folder = join(content, lang, `part-${Math.floor(ids.length / SECTION)}`);
    if (ids.length % SECTION === 0) mkdirSync(folder);
    writeFileSync(join(folder, `doc-${ids.length}.md`), `---\ntitle: ${quoted(title)}\nupdated: 2026-01-01\n---\n\n${markdown(text)}\n`);
    ids.push(id);
  }
  const start = process.hrtime.bigint();
  const run = spawnSync(program, ['build', root, '--out', out, '--today', '2026-11-23'], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (run.status !== 0) throw new Error(`the build failed: ${run.error || ''}${run.stdout.slice(0, 2000)}${run.stderr.slice(0, 2000)}`);
  /** The document that a page's id (its path) stands for. */
  const document = id => ids[Number(/(\d+)$/.exec(id)?.[1] ?? NaN)];
  return { out, page: `${lang}/part-0/doc-0/index.html`, document, count: ids.length, seconds, remove };
}
