// The snippets for hosts, as the servers that they are for read them, and what those serve with them below a path in Urdu.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from './lib/browser.mjs';
import { hosted, library, policy, rahnuma, repository, today, work } from './lib/site.mjs';

const out = join(work, 'hosts');
mkdirSync(out, { recursive: true });
const MODULES = '/usr/lib/apache2/modules';

/** A port that nobody uses. */
const freePort = () => new Promise(done => { const probe = createServer().listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => done(port)); }); });
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** A settings file with these lines. */
function settings(name, lines) {
  const file = join(out, `${name}.conf`);
  writeFileSync(file, lines.join('\n') + '\n');
  return file;
}

/** Runs the server's own check of a file with these lines. */
function check(name, lines, program, ...words) {
  const run = spawnSync(program, [...words, settings(name, lines)], { encoding: 'utf8', env });
  assert.equal(run.status, 0, `${run.error || ''}${run.stderr}`);
  return run.stderr;
}

const nginx = (name, port, root, snippet) => [
  process.getuid() === 0 ? 'user root;' : '', `pid "${out}/${name}.pid";`, 'events {}',
  `http { access_log off; server { listen 127.0.0.1:${port}; root "${root}"; include "${snippet}"; } }`,
];
const apache = (name, port, root, snippet) => [
  `ServerRoot "${out}"`, 'ServerName localhost', `PidFile "${out}/${name}.pid"`, `ErrorLog "${out}/${name}.log"`, `Listen 127.0.0.1:${port}`,
  ...['mpm_event', 'authz_core', 'dir', 'headers'].map(module => `LoadModule ${module}_module ${MODULES}/mod_${module}.so`),
  `DocumentRoot "${root}"`, `Include "${snippet}"`,
];
const SERVERS = {
  nginx: { lines: nginx, snippet: 'hosting/nginx.conf', test: ['-t', '-q', '-e', join(out, 'nginx.log'), '-c'], run: ['-g', 'daemon off;', '-e', join(out, 'nginx.log'), '-c'] },
  apache2: { lines: apache, snippet: 'hosting/apache.conf', test: ['-t', '-f'], run: ['-D', 'FOREGROUND', '-f'] },
};

for (const [program, server] of Object.entries(SERVERS)) {
  for (const [name, site] of [['root', library], ['path', hosted]]) {
    test(`${program} takes its snippet for a site at a ${name}`, () => {
      assert.ok(program === 'nginx' || existsSync(MODULES), `no ${MODULES}`);
      const said = check(`${program}-${name}`, server.lines(`${program}-${name}`, 8080, site, join(site, server.snippet)), program, ...server.test);
      assert.doesNotMatch(said, /\[(warn|emerg)\](?!.*"user" directive)/);
    });
  }

  test(`${program} serves a site below a path in Urdu with the policy of its pages`, async t => {
    const root = join(out, `${program} served`), site = join(root, 'رہنما (1)'), port = await freePort();
    rmSync(root, { recursive: true, force: true });
    rahnuma('build', repository, '--out', site, '--base-url', `https://example.org/${encodeURI('رہنما')}%20(1)/`, '--today', today);
    const file = settings(`${program}-served`, server.lines(`${program}-served`, port, root, join(site, server.snippet)));
    const process = spawn(program, [...server.run, file], { env, stdio: 'ignore' });
    t.after(() => process.kill());
    const ask = path => fetch(`http://127.0.0.1:${port}/${encodeURI('رہنما')}%20(1)/${path}`);
    await until('the server', () => ask('').then(() => true, () => false), 5000);
    for (const path of ['', 'en/', 'ur/sop/first-responder/', 'en/nothing-here/']) {
      const answer = await ask(path), html = await answer.text(), own = policy(html);
      assert.equal(answer.status, path.includes('nothing') ? 404 : 200, path);
      assert.match(html, /<title>/);
      const styles = own.match(/'sha256-[^']+'/g), sent = answer.headers.get('content-security-policy') || '';
      assert.ok(styles.length && styles.every(style => sent.includes(style)) && sent.includes("default-src 'none'"), `${path}: ${sent}`);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    }
    const [, asset] = /(assets\/[^"]+\.js)"/.exec(await (await ask('en/')).text());
    assert.match((await ask(asset)).headers.get('cache-control') || '', /immutable/);
  });
}
