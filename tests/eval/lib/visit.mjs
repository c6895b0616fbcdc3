// A reader's visit without a browser: the scripts that a built page names, run as the browser runs them, over just as much of a document
// as loading needs. In: a built site and one of its pages. Out: the answers of `rahnuma.search`, and what was loaded for them.
//
// Nothing here knows what an index looks like. Answers to all requests that stand open arrive together; that is one round. So the number
// of rounds is the longest chain of requests in which each one had to wait for the one before.
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';

const WAIT = 30000;   // milliseconds without any request until a query counts as hung

/** Files of a site: each read, compressed and compiled once. */
export class Site {
  constructor(folder, page) {
    this.address = pathToFileURL(join(folder, page)).href;
    this.folder = folder;
    this.files = new Map();
    const html = readFileSync(join(folder, page), 'utf8'), tag = /<html\b([^>]*)>/.exec(html)[1];
    this.attributes = new Map(Array.from(tag.matchAll(/([\w-]+)="([^"]*)"/g), match => [match[1], match[2].replace(/&#x2f;/gi, '/').replace(/&amp;/g, '&')]));
  }

  /** @returns {{path: string, bytes: number, script: vm.Script}|null} */
  file(address) {
    if (!this.files.has(address)) {
      const place = fileURLToPath(address), path = relative(this.folder, place).split(sep).join('/');
      let text = null;
      try { text = readFileSync(place); } catch (error) { if (error.code !== 'ENOENT') throw error; }
      this.files.set(address, text && { path, bytes: gzipSync(text).length, script: new vm.Script(text.toString('utf8'), { filename: path }) });
    }
    return this.files.get(address);
  }

  /** The address that an attribute of the page's <html> gives. */
  named(attribute) {
    const value = this.attributes.get(attribute);
    return value === undefined ? null : new URL(value, this.address).href;
  }
}

/** One page just opened, with nothing loaded. */
export class Visit {
  /** @param {Site} site */
  constructor(site) {
    this.site = site;
    this.loaded = [];   // {path, bytes, round}
    this.rounds = 0;
    this.open = [];
    const dataset = {};
    for (const [name, value] of site.attributes) if (name.startsWith('data-')) dataset[name.slice(5).replace(/-(\w)/g, (_, c) => c.toUpperCase())] = value;
    const root = { dataset, lang: site.attributes.get('lang') || '', dir: site.attributes.get('dir') || '', getAttribute: name => site.attributes.get(name) ?? null };
    const add = (...nodes) => nodes.forEach(node => this.open.push(node));
    const head = { append: add, appendChild: node => { add(node); return node; } };
    const document = {
      currentScript: null, documentElement: root, head, body: head, baseURI: site.address, readyState: 'complete', addEventListener() {},
      createElement: () => new Script(site.address),
      querySelector: selector => (site.attributes.has(/^\[([\w-]+)\]$/.exec(selector)?.[1]) ? root : null),
      getElementById: () => null,
    };
    this.document = document;
    this.context = vm.createContext({ document, URL, setTimeout, clearTimeout, queueMicrotask, TextDecoder, TextEncoder, atob, performance, console });
    this.window = vm.runInContext('this.window = this.self = globalThis', this.context);
    this.window.location = new URL(site.address);
  }

  /** Runs a script of the site in the page. */
  run(node) {
    const file = this.site.file(node.src);
    if (!file) return node.finish('error');
    this.loaded.push({ path: file.path, bytes: file.bytes, round: this.rounds });
    this.document.currentScript = node;
    try { file.script.runInContext(this.context); } finally { this.document.currentScript = null; }
    node.finish('load');
  }

  /** Lets requests arrive, round by round, until a promise of the page is settled. */
  async settled(promise) {
    let done = false, last = Date.now();
    const end = () => { done = true; };
    promise.then(end, end);
    while (!done) {
      await new Promise(setImmediate);
      if (done || !this.open.length) {
        if (Date.now() - last > WAIT) throw new Error(`no answer and no request for ${WAIT} ms`);
        continue;
      }
      this.rounds += 1;
      last = Date.now();
      this.open.splice(0).forEach(node => this.run(node));
    }
    return promise;
  }

  /** @param {string} query @param {object} options */
  async search(query, options) {
    if (!this.window.rahnuma) {
      const script = new Script(this.site.address);
      script.src = this.site.named('data-search-js');
      this.open.push(script);
      await this.settled(new Promise((resolve, reject) => Object.assign(script, { onload: resolve, onerror: () => reject(new Error(`${script.src} is missing`)) })));
    }
    return this.settled(this.window.rahnuma.search(query, options));
  }
}

/** As much of a script element as loading one needs. */
class Script {
  constructor(base) {
    this.base = base;
    this.listeners = { load: [], error: [] };
    this.dataset = {};
  }
  get src() { return this.address; }
  set src(value) { this.address = new URL(value, this.base).href; }
  setAttribute(name, value) { this[name] = value; }
  addEventListener(kind, listener) { this.listeners[kind].push(listener); }
  remove() {}
  finish(kind) {
    this[`on${kind}`]?.({ type: kind, target: this });
    for (const listener of this.listeners[kind]) listener({ type: kind, target: this });
  }
}
