// `rahnuma serve` with a browser at it: a saved edit reloads the open page, an error is shown in it, strangers are refused.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { KINDS, launch, tab, until } from './lib/browser.mjs';
import { binary, repository, work } from './lib/site.mjs';

const root = join(work, 'serve');
rmSync(root, { recursive: true, force: true });
mkdirSync(root, { recursive: true });
cpSync(join(repository, 'content'), join(root, 'content'), { recursive: true });

const server = spawn(binary, ['serve', root, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
let printed = '';
for (const stream of [server.stdout, server.stderr]) stream.on('data', data => { printed += data; });
const ended = new Promise(resolve => server.on('exit', (code, signal) => resolve(signal || code)));
after(() => server.kill('SIGKILL'));
const origin = await until('the address', async () => /http:\/\/127\.0\.0\.1:\d+\//.exec(printed)?.[0], 20000);

const ask = (path, { method = 'GET', host } = {}) => new Promise((resolve, reject) => {
  const { hostname, port } = new URL(origin);
  request({ hostname, port, path, method, headers: host ? { host } : {} }, response => { response.resume(); resolve(response.statusCode); }).on('error', reject).end();
});

test('only this machine is answered, and only reading', async () => {
  assert.equal(await ask('/en/index.html'), 200);
  assert.equal(await ask('/en/index.html', { host: 'localhost:1' }), 200);
  for (const host of ['evil.example', '127.0.0.1.evil.example', '192.168.1.5']) assert.ok([400, 403, 421].includes(await ask('/en/index.html', { host })), host);
  assert.equal(await ask('/en/index.html', { method: 'POST' }), 405);
  assert.equal(await ask('/en/index.html', { method: 'HEAD' }), 200);
  assert.notEqual(await ask('/../Cargo.toml'), 200);
  assert.notEqual(await ask('/%2e%2e/content/site.yaml'), 200);
  assert.equal(await ask('/no/such/page.html'), 404);
});

for (const kind of KINDS) {
  test(`an open page follows the editor in ${kind}`, async t => {
    const browser = await launch(kind);
    t.after(() => browser.close());
    const { page, problems } = await tab(browser, { origin });
    const source = join(root, 'content/en/about.md'), before = readFileSync(source, 'utf8');
    const text = () => page.evaluate(() => document.body.innerText);
    await page.goto(`${origin}en/about/index.html`);

    appendFileSync(source, `\n\nA new sentence seen by ${kind}.\n`);
    await until('the new sentence', async () => (await text()).includes(`A new sentence seen by ${kind}.`));

    writeFileSync(source, before.replace('type: page', 'type: pgae'));
    // The edit before has left a warning about the translation in the panel.
    const panel = await until('the error in the panel', () => page.evaluate(() => {
      const text = document.getElementById('rahnuma-problems')?.innerText;
      return text?.includes('pgae') && text;
    }));
    assert.match(panel, /error[^]*content\/en\/about\.md:\d+:\d+[^]*pgae/);

    writeFileSync(source, before);
    await until('the panel to go', () => page.evaluate(() => !!document.querySelector('main h1') && !document.getElementById('rahnuma-problems')));
    assert.ok(!(await text()).includes('A new sentence'));
    // A reload may cut off what the old page was still asking for.
    assert.deepEqual(problems.filter(text => !/^failed: .*_rahnuma/.test(text)), []);
  });
}

test('search knows a word as soon as its page shows it, and what is gone no more', async () => {
  const get = async path => (await fetch(origin + path)).text();
  const found = async word => {
    const script = await get('search/search.js'), module = {}, files = { promises: { readFile: name => get(`search/${name}`) } };
    new Function('module', 'require', '__filename', script)(module, () => files, 'search.js');
    return (await module.exports.search(word, { lang: 'en', expand: false })).results.map(hit => hit.url);
  };
  const source = join(root, 'content/en/about.md'), before = readFileSync(source, 'utf8');
  const shows = async word => (await get('en/about/index.html')).includes(word);
  assert.deepEqual(await found('zeqvub'), []);
  appendFileSync(source, '\n\nA zeqvub.\n');
  await until('the page', () => shows('zeqvub'));
  assert.deepEqual(await found('zeqvub'), ['en/about/index.html']);
  // After a while the index is made anew. What it finds stays.
  const revised = await get('search/search.js');
  await until('another index', async () => (await get('search/search.js')) !== revised, 20000);
  assert.deepEqual(await found('zeqvub'), ['en/about/index.html']);
  writeFileSync(source, before);
  await until('the page as it was', async () => !await shows('zeqvub'));
  assert.deepEqual(await found('zeqvub'), []);
  // A new page is in another index altogether.
  writeFileSync(join(root, 'content/en/zeqvub.md'), '---\ntitle: Zeqvub\nupdated: 2026-01-01\n---\nText.\n');
  await until('the new page', () => ask('/en/zeqvub/index.html').then(status => status === 200));
  assert.deepEqual(await found('zeqvub'), ['en/zeqvub/index.html']);
});

test('Ctrl-C ends it and frees the port', async () => {
  server.kill('SIGINT');
  assert.ok([0, 130].includes(await ended), `ended with ${await ended}`);
  await assert.rejects(ask('/'));
});
