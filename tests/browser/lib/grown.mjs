// A site of several thousand Urdu pages in the default theme, so many that its index is in parts, made of the words of this repository's own
// content. In: how many pages. Out: a built folder, removed at the end, and words that are in it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pick, random } from '../../eval/lib/random.mjs';
import { files, rahnuma, read, repository, today } from './site.mjs';

const SITE = 'title: {ur: کتب خانہ}\ndefault_language: ur\nstage: preview\nlanguages:\n  - {code: ur, name: اردو, dir: rtl, locale: ur-PK}\n';

/** @returns {{site: string, words: string[], next: () => number}} */
export function grown(pages) {
  const next = random('grown'), root = mkdtempSync(join(tmpdir(), 'rahnuma-grown-')), content = join(root, 'content'), site = join(root, 'public');
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  const texts = files(join(repository, 'content/ur'), '.md').map(name => read(join(repository, 'content/ur'), name).split(/^---$/m).slice(2).join(' '));
  const written = Array.from(new Set(texts.join(' ').match(/[\u0620-\u06d3]{3,}/gu)));
  // New words with their beginnings and ends as in the language, so that the vocabulary grows too.
  const words = written.concat(Array.from({ length: 4 * written.length }, () => pick(written, next).slice(0, 3) + pick(written, next).slice(-3)));
  mkdirSync(join(content, 'ur'), { recursive: true });
  writeFileSync(join(content, 'site.yaml'), SITE);
  writeFileSync(join(content, 'ur/index.md'), '---\ntitle: آغاز\n---\n');
  for (let page = 0; page < pages; page++) {
    const folder = join(content, 'ur', `part-${Math.floor(page / 100)}`);
    if (page % 100 === 0) mkdirSync(folder);
    // As in a language, few words are common and many are rare.
    const text = Array.from({ length: 150 }, () => words[Math.floor(words.length * next() ** 3)]);
    writeFileSync(join(folder, `doc-${page}.md`), `---\ntitle: ${text.slice(0, 3).join(' ')}\nupdated: 2026-01-01\n---\n${text.join(' ')}\n`);
  }
  rahnuma('build', root, '--out', site, '--today', today);
  return { site, words, next };
}
