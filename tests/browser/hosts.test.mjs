// The snippets for hosts, as the servers that they are for read them. Nothing is served.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hosted, library, work } from './lib/site.mjs';

const out = join(work, 'hosts');
mkdirSync(out, { recursive: true });
const MODULES = '/usr/lib/apache2/modules';

/** Runs the server's own check of a file with these lines. */
function check(name, lines, program, ...words) {
  const file = join(out, `${name}.conf`);
  writeFileSync(file, lines.join('\n') + '\n');
  const run = spawnSync(program, [...words, file], { encoding: 'utf8', env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
  assert.equal(run.status, 0, `${run.error || ''}${run.stderr}`);
  return run.stderr;
}

for (const [name, site] of [['root', library], ['path', hosted]]) {
  test(`nginx takes its snippet for a site at a ${name}`, () => {
    const snippet = join(site, 'hosting/nginx.conf');
    const said = check(`nginx-${name}`, [
      `pid "${out}/nginx.pid";`,
      'events {}',
      `http { access_log off; server { listen 127.0.0.1:8080; root "${site}"; include "${snippet}"; } }`,
    ], 'nginx', '-t', '-q', '-e', join(out, 'nginx.log'), '-c');
    assert.doesNotMatch(said, /\[(warn|emerg)\](?!.*"user" directive)/);
  });

  test(`Apache takes its snippet for a site at a ${name}`, () => {
    assert.ok(existsSync(MODULES), `no ${MODULES}`);
    const modules = ['mpm_event', 'authz_core', 'dir', 'headers'].map(module => `LoadModule ${module}_module ${MODULES}/mod_${module}.so`);
    check(`apache-${name}`, [
      `ServerRoot "${out}"`, 'ServerName localhost', `PidFile "${out}/apache.pid"`, `ErrorLog "${out}/apache.log"`, 'Listen 127.0.0.1:8080',
      ...modules, `DocumentRoot "${site}"`, `Include "${join(site, 'hosting/apache.conf')}"`,
    ], 'apache2', '-t', '-f');
  });
}
