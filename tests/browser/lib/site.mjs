// The sites that the browser tests look at, and a small server for them. In: the binary and content/. Out: folders under target/browser.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '../../..');
export const binary = process.env.RAHNUMA || join(repository, process.env.CARGO_TARGET_DIR || 'target', 'release', 'rahnuma');
export const work = join(repository, 'target', 'browser');
export const screenshots = join(repository, 'target', 'screenshots');

/** The repository's own content. A space and Urdu in the path, as on people's desktops. */
export const library = join(work, 'رہنما offline copy');
/** The same with one page more for every template that the content does not use yet. */
export const samples = join(work, 'نمونے samples', 'public');
/** The library as it stands on a host, below a path. */
export const hosted = join(work, 'hosted');
export const hostedAddress = 'https://example.org/guide/';
/** The day that all tests build for. */
export const today = '2026-11-23';

/** Runs the binary; its output is shown only when it fails. */
export function rahnuma(...words) {
  return execFileSync(binary, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Builds all of them afresh, those for a disk with their downloads. */
export function build() {
  rmSync(work, { recursive: true, force: true });
  const root = dirname(samples);
  mkdirSync(root, { recursive: true });
  cpSync(join(repository, 'content'), join(root, 'content'), { recursive: true });
  cpSync(join(repository, 'tests', 'browser', 'gallery'), join(root, 'content'), { recursive: true });
  rahnuma('build', repository, '--out', library, '--with-downloads', '--today', today);
  rahnuma('build', repository, '--out', hosted, '--base-url', hostedAddress, '--today', today);
  rahnuma('build', root, '--with-downloads', '--today', today);
}

/** All files of a folder with this ending, as sorted relative paths with `/`. */
export function files(folder, ending = '') {
  const all = readdirSync(folder, { recursive: true }).filter(name => name.endsWith(ending) && statSync(join(folder, name)).isFile());
  return all.map(name => name.split(sep).join('/')).filter(name => !name.startsWith('.rahnuma/')).sort();
}

/** Pages to read: no downloads, no redirects, which leave at once, and not the empty page that the exit leads to offline. */
export function pages(folder) {
  return files(folder, '.html').filter(path => path !== 'blank.html' && !path.startsWith('downloads/') && !/<meta http-equiv="refresh"/i.test(read(folder, path)));
}

export const read = (folder, path) => readFileSync(join(folder, path), 'utf8');
export const fileAddress = (folder, path) => pathToFileURL(join(folder, path)).href;
export const policy = html => unescape((/Content-Security-Policy" content="([^"]*)"/.exec(html) || [])[1] || '');
const unescape = text => text.replace(/&#x27;|&#39;/g, "'").replace(/&#x2f;/gi, '/').replace(/&amp;/g, '&');

/** Every template once: a name, the site that has it, and its path in a language. */
export const templates = [
  ['home', library, lang => `${lang}/index.html`],
  ['section', library, lang => `${lang}/guidance/index.html`],
  ['guidance', library, lang => `${lang}/guidance/signs-of-forced-labour/index.html`],
  ['parts', samples, lang => `${lang}/samples/parts/index.html`],
  ['page', library, lang => `${lang}/about/index.html`],
  ['sop', library, lang => `${lang}/sop/first-responder/index.html`],
  ['sop-stale', samples, lang => `${lang}/samples/old/index.html`],
  ['sop-replaced', samples, lang => `${lang}/samples/replaced/index.html`],
  ['law', library, lang => `${lang}/law/ptpa-2018/index.html`],
  ['event', library, lang => `${lang}/events/ssdo-workshop-rawalpindi-2022/index.html`],
  ['training', samples, lang => `${lang}/samples/session/index.html`],
  ['statistics', samples, lang => `${lang}/samples/figures/index.html`],
  ['directory', library, lang => `${lang}/helplines/index.html`],
  ['glossary', library, lang => `${lang}/glossary/index.html`],
  ['tag', library, lang => `${lang}/tag/children/index.html`],
  ['az', library, lang => `${lang}/a-z/index.html`],
  ['search', library, lang => `${lang}/search/index.html`],
  ['offline', library, lang => `${lang}/offline/index.html`],
  ['fallback', samples, lang => `${lang}/samples/english-only/index.html`],
  ['missing', samples, lang => `${lang}/samples/quiet/index.html`],
  ['fallback-ur', samples, lang => `${lang}/samples/urdu-only/index.html`],
  ['extremes', samples, lang => `${lang}/samples/extremes/index.html`],
  ['digits', samples, lang => `${lang}/samples/digits/index.html`],
  ['withdrawn', samples, lang => `${lang}/samples/taken-back/index.html`],
  ['pocket', library, lang => `downloads/guide-${lang}.html`],
].map(([name, site, path]) => ({ name, site, path }));

/** Templates that show all languages at once. */
export const common = [
  ['doors', library, () => 'index.html'],
  ['404', library, () => '404.html'],
].map(([name, site, path]) => ({ name, site, path }));

/** The environment of a browser with Naskh and no Nastaliq of its own, as Android has. */
export function phoneFonts() {
  const file = join(work, 'fonts.conf');
  mkdirSync(work, { recursive: true });
  writeFileSync(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include><selectfont><rejectfont><pattern><patelt name="family"><string>Noto Nastaliq Urdu</string></patelt></pattern></rejectfont></selectfont></fontconfig>`);
  return { ...process.env, FONTCONFIG_FILE: file };
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8', '.csv': 'text/csv' };

/**
 * Serves a folder, texts packed as most hosts do unless `plain`; a page's own policy goes out as a header too. `asked` are the paths asked for,
 * `missing` those that are not there or refused. `late`: fonts come so many milliseconds late, or what `slow` says. `hold` may give a promise that a
 * path waits for.
 */
export async function serve(folder, { late = 0, slow = path => path.endsWith('.woff2'), plain = false, refuse = () => false, hold = () => null } = {}) {
  const asked = [], missing = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname).slice(1);
    asked.push(path);
    const place = join(folder, path);
    if (refuse(path) || relative(folder, place).startsWith('..') || !statSync(place, { throwIfNoEntry: false })?.isFile()) {
      missing.push(path);
      return response.writeHead(404).end();
    }
    const bytes = readFileSync(place), headers = { 'content-type': TYPES[extname(place)] || 'application/octet-stream', 'cache-control': 'no-store' };
    if (place.endsWith('.html')) headers['content-security-policy'] = policy(bytes.toString('utf8'));
    const packed = !plain && /^text|json|svg/.test(headers['content-type']) && /\bgzip\b/.test(request.headers['accept-encoding'] || '');
    if (packed) headers['content-encoding'] = 'gzip';
    setTimeout(async () => { await hold(path); response.writeHead(200, headers).end(packed ? gzipSync(bytes) : bytes); }, slow(path) ? late : 0);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}/`;
  return { origin, asked, missing, close: () => { server.closeAllConnections(); server.close(); } };
}
