// Lighthouse as a phone with its fonts sees the site, five times a page, over HTTP with a full address: accessibility, best practices and SEO
// must be 100; performance is reported, and fails below 90. SEO is judged on the same content as a live site, since a preview asks not to be
// indexed.
//   node tests/browser/lighthouse.mjs [runs]
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { launch } from './lib/browser.mjs';
import { files, phoneFonts, rahnuma, repository, serve, today, work } from './lib/site.mjs';

const runs = Number(process.argv[2] || 5), root = join(work, 'live'), out = join(root, 'public');
const median = list => list.slice().sort((a, b) => a - b)[list.length >> 1];
const paths = ['', 'sop/first-responder/', 'law/ptpa-2018/'].flatMap(path => ['en', 'ur'].map(lang => `${lang}/${path}index.html`));

rmSync(root, { recursive: true, force: true });
mkdirSync(root, { recursive: true });
cpSync(join(repository, 'content'), join(root, 'content'), { recursive: true });
const content = join(root, 'content');
const change = (path, from, to) => writeFileSync(join(content, path), readFileSync(join(content, path), 'utf8').replace(from, to));
change('site.yaml', /^stage: preview$/m, 'stage: live');
for (const path of files(content, '.md').filter(path => /^(en|ur)\//.test(path))) change(path, /^---\n/, '---\napproved_by: Nobody, a copy for a test\napproved_on: 2026-11-20\n');
mkdirSync(out);
const server = await serve(out);
rahnuma('build', root, '--out', out, '--today', today, '--base-url', server.origin);
const browser = await launch('chromium', { env: phoneFonts() });
const wrong = [];
try {
  for (const path of paths) {
    const seen = { performance: [], accessibility: [], 'best-practices': [], seo: [] }, faults = new Set();
    for (let run = 0; run < runs; run++) {
      const { lhr } = await lighthouse(server.origin + path, { port: Number(new URL(browser.wsEndpoint()).port), logLevel: 'error', output: 'json' });
      if (lhr.runtimeError) throw new Error(`${path}: ${lhr.runtimeError.message}`);
      for (const name of Object.keys(seen)) {
        seen[name].push(Math.round(lhr.categories[name].score * 100));
        if (name !== 'performance') lhr.categories[name].auditRefs.filter(({ id, weight }) => weight && lhr.audits[id].score === 0).forEach(({ id }) => faults.add(id));
      }
    }
    const score = Object.fromEntries(Object.entries(seen).map(([name, list]) => [name, median(list)]));
    console.log(`${path}: ${Object.entries(score).map(([name, value]) => `${name} ${value}`).join(', ')}${faults.size ? ` (${[...faults].join(', ')})` : ''}`);
    for (const name of ['accessibility', 'best-practices', 'seo']) if (score[name] < 100) wrong.push(`${path}: ${name} ${score[name]}`);
    if (score.performance < 90) wrong.push(`${path}: performance ${score.performance}`);
  }
} finally {
  await browser.close();
  server.close();
}
if (wrong.length) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
