// Twenty questions that an officer would ask, in English, Urdu and Roman Urdu, put to the search of the real library: `node --test tests/js/*.test.mjs`.
// In: tests/questions/questions.tsv, content/ and the newest binary that stands in the target folder. The scripts are those that a built page names;
// they are asked for as in a browser, by script elements, but nothing is drawn.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { program, repository } from './library.mjs';

const FIRST = 3;   // results that count as found

const site = mkdtempSync(join(tmpdir(), 'rahnuma-questions-'));
after(() => rmSync(site, { recursive: true, force: true }));
execFileSync(program(), ['build', repository, '--out', site, '--today', '2026-11-23'], { stdio: ['ignore', 'ignore', 'inherit'] });

/** A window that knows as much of a page as the search asks for, with the page's search loaded as the page itself loads it. */
function open(path) {
  const html = readFileSync(join(site, path), 'utf8').replace(/&#x2f;/gi, '/');
  const root = /<html\b[^>]*>/.exec(html)[0], here = pathToFileURL(join(site, path)).href;
  const data = tag => Object.fromEntries([...tag.matchAll(/\bdata-([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()), value]));
  const document = {
    baseURI: here,
    currentScript: null,
    documentElement: { dataset: data(root), lang: /\blang="([^"]*)"/.exec(root)[1], getAttribute: name => (new RegExp(`\\b${name}="([^"]*)"`).exec(root) || [])[1] ?? null },
    querySelector: selector => {
      const attribute = /^\[([a-z-]+)\]$/.exec(selector), tag = attribute && new RegExp(`<[a-z]+\\b[^>]*\\b${attribute[1]}[^>]*>`).exec(html);
      return tag ? { dataset: data(tag[0]) } : null;
    },
    createElement: () => ({ dataset: {}, remove() {}, setAttribute(name, value) { this[name] = value; } }),
    head: { appendChild: script => run(script), append: script => run(script) },
    addEventListener() {},
  };
  const window = { document, location: { href: here, protocol: 'file:', hash: '', search: '' }, URL, console, setTimeout, clearTimeout, queueMicrotask, TextDecoder, performance, addEventListener() {} };
  window.window = window.self = window.globalThis = window;
  vm.createContext(window);
  function run(script) {
    const address = new URL(script.src, here).href;
    setTimeout(() => {
      try {
        document.currentScript = { src: address, dataset: script.dataset };
        vm.runInContext(readFileSync(fileURLToPath(address), 'utf8'), window, { filename: address });
        document.currentScript = null;
        script.onload?.();
      } catch (error) {
        console.error(error);
        script.onerror?.(error);
      }
    });
    return script;
  }
  return new Promise((resolve, reject) => run({ src: document.documentElement.dataset.searchJs, dataset: {}, onload: () => resolve(window.rahnuma), onerror: reject }));
}

const windows = { en: await open('en/search/index.html'), ur: await open('ur/search/index.html') };
const rows = readFileSync(join(repository, 'tests/questions/questions.tsv'), 'utf8').trimEnd().split('\n').slice(1).map(line => line.split('\t'));
const known = new Set(JSON.parse(readFileSync(join(site, 'pages.json'), 'utf8')).pages.map(page => page.id));

test('there are twenty questions, each about pages that exist', () => {
  assert.equal(rows.length, 20);
  for (const row of rows) {
    assert.equal(row.length, 4, row.join(' | '));
    for (const id of row[3].split(' ')) assert.ok(known.has(id), `${row[0]}: no page ${id}`);
  }
});

for (const [column, name, lang] of [[0, 'English', 'en'], [1, 'Urdu', 'ur'], [2, 'Roman Urdu', 'ur']]) {
  test(`every question in ${name} finds a right page among the first ${FIRST}`, async () => {
    const missed = [];
    for (const row of rows) {
      const { results } = await windows[lang].search(row[column], { lang, limit: 10 });
      const ids = results.map(hit => hit.id), place = ids.findIndex(id => row[3].split(' ').includes(id));
      if (place < 0 || place >= FIRST) missed.push(`${row[column]}: wanted ${row[3]}, got ${ids.slice(0, 6).join(', ') || 'nothing'}`);
    }
    assert.deepEqual(missed, []);
  });
}
