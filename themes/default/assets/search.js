// Search in the browser: `rahnuma.search(words)` answers from an elasticlunr index for each language of the site.
// Indexes, pages and tables come as classic scripts (search/index-<lang>.js), which work over HTTP and from a folder alike;
// they are asked for at the first call. Folding and stemming follow tables that the build takes from its own Rust source.
// This file knows no page element: search-page.js shows what it answers. It also runs in Node, where the caller loads the scripts.
(function (global) {
'use strict';
if (global.rahnumaSearch) return;

/**
 * @typedef {{id: string, title: string, text: string}} Section
 * @typedef {{id: string, url: string, title: string, description: string, type: string, lang: string, audience: string[],
 *   jurisdiction: string[], sections: Section[]}} Entry
 * @typedef {{code: string, name: string, dir: string}} Edition
 * @typedef {{start: number, end: number, forms: string[]}} Word
 * @typedef {{kind: string, to: string, forms: string[]}} Way  other words for a part of the query
 * @typedef {{words: string[], ways: Way[]}} Part  a word of the query, or several that the glossary knows as one thing
 * @typedef {{lang?: string, only?: string, offset?: number, limit?: number, type?: string|string[], audience?: string|string[],
 *   jurisdiction?: string|string[], expand?: boolean}} Options
 */

const LONGEST_QUERY = 200;   // characters; what is longer is cut
const EXCERPT = 190, LEAD = 50;   // characters of an excerpt, and of it before the first word found
const MOST_ENDINGS = 40;   // words that a half-typed word may stand for
// elasticlunr divides by the root of a field's length, which already lifts titles: body has to be lifted against them.
const BOOST = { title: 1.5, description: 0.5, headings: 1, body: 4, tags: 1 };
// How much a page found by other words counts against one that has the words themselves.
const WORTH = { roman: 0.8, glossary: 0.7, typo: 0.5 };

const doc = global.document;
const shelves = new Map();   // language code -> Shelf
const loading = new Map();   // address -> Promise
let editions = [];           // languages with an index
let analysis = null;         // made from the tables of the first script that arrives
let glossary = null;

// ---- Analysis: the same words and stems as src/search/analysis.rs

function analyse(tables) {
  const bare = new Set(tables.bare), removed = new Set(tables.removed), letters = new Map(tables.letters), medial = new Map(tables.medial);
  const after = new Map(tables.after.map(rule => [rule[0], { to: rule[1], keepers: new Set(rule[2]) }]));
  const joins = c => tables.joining.some(run => c && c.codePointAt(0) >= run[0] && c.codePointAt(0) <= run[1]);
  const escaped = c => '\\u{' + c.codePointAt(0).toString(16) + '}';
  const silent = Array.from(tables.bare + tables.removed).filter(c => !/[\p{L}\p{N}\p{M}]/u.test(c)).map(escaped).join('');
  const letter = '[\\p{L}\\p{N}\\p{M}]+';
  const written = new RegExp(letter + '(?:[' + silent + ']+' + letter + ')*', 'gu');
  const split = /[\p{L}\p{N}\p{M}]+/gu;

  function fold(text) {
    if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
    const out = [];
    for (const c of Array.from(text).filter(c => !bare.has(c)).join('').normalize('NFKC')) {
      if (bare.has(c) || removed.has(c)) continue;
      out.push(...(letters.has(c) ? letters.get(c) : c.toLowerCase()));
    }
    for (let i = 0; i < out.length; i++) {
      const rule = after.get(out[i]);
      if (medial.has(out[i]) && joins(out[i + 1])) out[i] = medial.get(out[i]);
      else if (rule && !(i && rule.keepers.has(out[i - 1]))) out[i] = rule.to;
    }
    return out.join('').normalize('NFKD').replace(/[\u02bb\u02bc\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, '').replace(/ς/g, 'σ').normalize('NFC');
  }

  const cut = word => word.length > tables.longest ? Array.from(word).slice(0, tables.longest).join('') : word;
  const forms = text => (fold(text).match(split) || []).map(cut);

  /** The words of a text as it is written, with their places. @returns {Word[]} */
  function words(text) {
    const found = [];
    for (const match of text.matchAll(written)) found.push({ start: match.index, end: match.index + match[0].length, forms: forms(match[0]) });
    return found;
  }

  const latin = word => /^[a-z]+$/.test(word) ? global.elasticlunr.stemmer(word) : word;

  const ends = tables.endings.map(rules => rules.slice().sort((a, b) => b[0].length - a[0].length));
  function urdu(word) {
    if (!/^[\u0600-\u06ff]+$/.test(word)) return word;
    const begin = tables.beginnings.find(([from, , least]) => word.startsWith(from) && word.length - from.length >= least);
    if (begin) word = begin[1] + word.slice(begin[0].length);
    for (const rules of ends) {
      const end = rules.find(([from, , least]) => word.endsWith(from) && word.length - from.length >= least);
      if (end) word = word.slice(0, word.length - end[0].length) + end[1];
    }
    return word;
  }

  const known = global.elasticlunr.Pipeline;
  if (!known.getRegisteredFunction(tables.latin)) known.registerFunction(word => latin(word), tables.latin);
  if (!known.getRegisteredFunction(tables.urdu)) known.registerFunction(word => urdu(word), tables.urdu);
  return { fold, forms, words, stem: word => urdu(latin(word)) };
}

/** Consonants of a word in Latin letters, for Urdu that people spell as they hear it: `mushaqqat`, `mashakat` -> `mskt`. */
function sound(word) {
  return word.replace(/ph/g, 'f').replace(/[aeiouyh']/g, '').replace(/[qc]/g, 'k').replace(/w/g, 'v').replace(/z/g, 'j').replace(/(.)\1+/g, '$1');
}

// ---- The engine: what elasticlunr knows of one language. Nothing outside this class calls it.

class Shelf {
  constructor(data, index) {
    /** @type {Entry[]} */
    this.entries = data.entries;
    this.index = global.elasticlunr.Index.load(index);
    this.fields = this.index.getFields();
    this.stems = new Map();
    this.scored = new Map();
    this.texts = new Map();
  }

  stem(form) {
    if (!this.stems.has(form)) this.stems.set(form, this.index.pipeline.run([form])[0] || form);
    return this.stems.get(form);
  }

  /** Pages with a stem, and how much it says of each. @returns {Map<number, number>} */
  pages(stem) {
    let pages = this.scored.get(stem);
    if (pages) return pages;
    pages = new Map();
    for (const field of this.fields) {
      const scores = this.index.fieldSearch([stem], field, { [field]: { bool: 'OR', expand: false, boost: 1 } }) || {};
      for (const ref of Object.keys(scores)) pages.set(+ref, (pages.get(+ref) || 0) + scores[ref] * (BOOST[field] || 1));
    }
    if (this.scored.size > 2000) this.scored.clear();
    this.scored.set(stem, pages);
    return pages;
  }

  rarity(pages) { return Math.log(1 + this.entries.length / (pages.size + 0.5)); }

  /** Stems that begin like a half-typed word. The letters at its end are not final yet: ے may become ی. */
  starting(form) {
    const found = new Set();
    for (const start of new Set([form, form.replace(/ے$/, 'ی').replace(/ں$/, 'ن'), this.stem(form)])) {
      for (const field of this.fields) for (const stem of this.index.index[field].expandToken(start)) found.add(stem);
    }
    return Array.from(found).sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, MOST_ENDINGS);
  }

  /** Stems that one slip away from a word, two from a long one: the closest, of these the commonest. */
  close(form) {
    const word = this.stem(form), most = word.length > 7 ? 2 : 1, found = new Map();
    const walk = (node, stem, row, before) => {
      if (stem && row[word.length] <= most && node.df) found.set(stem, row[word.length]);
      if (Math.min(...row) > most) return;
      for (const c of Object.keys(node)) {
        if (c === 'docs' || c === 'df') continue;
        const next = [row[0] + 1], last = stem[stem.length - 1];
        for (let i = 1; i <= word.length; i++) {
          next[i] = Math.min(next[i - 1] + 1, row[i] + 1, row[i - 1] + (word[i - 1] === c ? 0 : 1));
          if (before && i > 1 && word[i - 1] === last && word[i - 2] === c) next[i] = Math.min(next[i], before[i - 2] + 1);
        }
        walk(node[c], stem + c, next, row);
      }
    };
    for (const field of this.fields) walk(this.index.index[field].root, '', Array.from({ length: word.length + 1 }, (_, i) => i), null);
    const closest = Math.min(...found.values());
    return Array.from(found.keys()).filter(stem => found.get(stem) === closest && stem.length > 2)
      .sort((a, b) => this.pages(b).size - this.pages(a).size || (a < b ? -1 : 1)).slice(0, 3);
  }

  /** A page's texts as words: its title, its description, each section's title and text. */
  text(place) {
    if (!this.texts.has(place)) {
      const entry = this.entries[place];
      this.texts.set(place, {
        title: analysis.words(entry.title), description: analysis.words(entry.description),
        sections: entry.sections.map(s => ({ title: analysis.words(s.title), text: analysis.words(s.text) }))
      });
    }
    return this.texts.get(place);
  }
}

// ---- The glossary: one thing, its names in both languages and in Roman letters

function indexTerms(terms) {
  const phrases = new Map(), sounds = new Map();
  let longest = 1;
  const add = (map, key, name) => { if (!map.has(key)) map.set(key, []); map.get(key).push(name); };
  for (const term of terms) {
    for (const group of Object.keys(term)) for (const text of term[group]) {
      const forms = analysis.forms(text), name = { term, kind: group === 'roman' ? 'roman' : 'glossary', text, forms };
      if (!forms.length) continue;
      longest = Math.max(longest, forms.length);
      add(phrases, forms.map(analysis.stem).join(' '), name);
      if (group === 'roman') add(sounds, forms.map(sound).join(' '), name);
    }
  }
  return { phrases, sounds, longest };
}

/** Other names of what these words name. @returns {Way[]} */
function ways(names, words) {
  const found = new Map(), own = words.map(analysis.stem).join(' ');
  for (const name of names) for (const group of Object.keys(name.term)) for (const text of name.term[group]) {
    const forms = analysis.forms(text), key = forms.map(analysis.stem).join(' ');
    if (forms.length && key !== own && group !== 'roman' && !found.has(key)) found.set(key, { kind: name.kind, to: text, forms });
  }
  return Array.from(found.values());
}

// ---- The query

/** @param {string} query @param {Shelf[]} searched @returns {{parts: Part[], half: boolean}} */
function parse(query, searched, expand) {
  const written = analysis.words(query), words = [].concat(...written.map(w => w.forms));
  const half = words.length > 0 && words[words.length - 1].length > 1 && written[written.length - 1].end === query.length;
  const known = word => searched.some(shelf => shelf.pages(shelf.stem(word)).size);
  const beginning = i => half && i === words.length - 1 && searched.some(shelf => shelf.starting(words[i]).length);
  const parts = [];
  for (let i = 0; i < words.length;) {
    let part = { words: [words[i]], ways: [] };
    for (let n = expand ? Math.min(glossary.longest, words.length - i) : 0; n > 0; n--) {
      const some = words.slice(i, i + n);
      let names = glossary.phrases.get(some.map(analysis.stem).join(' '));
      if (!names && !some.every(known)) {
        const heard = some.map(sound);
        if (heard.join('').length > 2) names = glossary.sounds.get(heard.join(' '));
      }
      if (names) { part = { words: some, ways: ways(names, some) }; break; }
    }
    if (expand && !part.ways.length && !known(words[i]) && !beginning(i) && /^[^\p{N}]{4,}$/u.test(words[i])) {
      for (const shelf of searched) for (const stem of shelf.close(words[i])) part.ways.push({ kind: 'typo', to: spelling(shelf, stem), stem });
    }
    parts.push(part);
    i += part.words.length;
  }
  return { parts, half };
}

/** A stem as some page writes it. */
function spelling(shelf, stem) {
  for (const place of shelf.pages(stem).keys()) {
    const text = shelf.text(place), entry = shelf.entries[place];
    const sources = [[entry.title, text.title], [entry.description, text.description]];
    entry.sections.forEach((s, i) => sources.push([s.title, text.sections[i].title], [s.text, text.sections[i].text]));
    for (const [from, words] of sources) {
      const word = words.find(w => w.forms.some(form => shelf.stem(form) === stem));
      if (word) return from.slice(word.start, word.end);
    }
  }
  return stem;
}

/** Pages of one language that have some of the words, each with score, share of the query that it has, and what was found in it. */
function match(shelf, parts, half) {
  const hits = new Map();
  let all = 0;
  parts.forEach((part, p) => {
    const found = new Map();   // page -> {score, share, stems, way}
    let weight = 0;
    part.words.forEach((word, w) => {
      const stem = shelf.stem(word), pages = new Map(shelf.pages(stem)), stems = new Map([[stem, shelf.pages(stem)]]);
      if (half && p === parts.length - 1 && w === part.words.length - 1) {
        for (const longer of shelf.starting(word)) {
          if (longer === stem) continue;
          stems.set(longer, shelf.pages(longer));
          const share = 0.3 * Math.min(1, word.length / longer.length);
          for (const [place, score] of shelf.pages(longer)) pages.set(place, Math.max(pages.get(place) || 0, score * share));
        }
      }
      const rarity = shelf.rarity(pages);
      weight += rarity;
      for (const [place, score] of pages) {
        const hit = found.get(place) || { score: 0, share: 0, stems: new Map(), way: null };
        hit.score += score;
        hit.share += rarity;
        for (const [s, where] of stems) if (where.has(place)) hit.stems.set(s, rarity);
        found.set(place, hit);
      }
    });
    for (const way of part.ways) {
      const stems = way.stem ? [way.stem] : way.forms.map(form => shelf.stem(form)), pages = stems.map(stem => shelf.pages(stem));
      for (const place of pages[0].keys()) {
        if (!pages.every(some => some.has(place))) continue;
        const score = WORTH[way.kind] * pages.reduce((sum, some) => sum + some.get(place), 0);
        const hit = found.get(place) || { score: 0, share: 0, stems: new Map(), way: null };
        if (hit.share < weight - 1e-9) Object.assign(hit, { score: Math.max(score, hit.score), share: weight, way });
        stems.forEach((stem, i) => hit.stems.set(stem, shelf.rarity(pages[i])));
        found.set(place, hit);
      }
    }
    all += weight;
    for (const [place, hit] of found) {
      const page = hits.get(place) || { place, score: 0, share: 0, stems: new Map(), ways: [] };
      page.score += hit.score;
      page.share += hit.share;
      for (const [stem, rarity] of hit.stems) page.stems.set(stem, rarity);
      if (hit.way) page.ways.push([part, hit.way]);
      hits.set(place, page);
    }
  });
  const list = Array.from(hits.values());
  for (const hit of list) { hit.share /= all || 1; hit.score *= hit.share; }
  // Pages with all words stand before pages with other words for them, and these before pages with some of the words;
  // of the last, those with little are left out once there are better ones.
  const whole = hit => hit.share > 0.999 ? hit.ways.length ? 1 : 2 : 0, enough = list.some(whole) ? 0.5 : 0;
  return list.filter(hit => hit.share >= enough).sort((a, b) => whole(b) - whole(a) || b.score - a.score || a.place - b.place);
}

// ---- The answer

/** The part of a text around the rarest words found in it. @returns {{excerpt: string, marks: number[][]}} */
function excerpt(text, words, weigh) {
  const weights = words.map(weigh), spots = words.map((_, i) => i).filter(i => weights[i]);
  let best = { from: 0, value: -1 };
  for (const spot of spots) {
    let from = spot;
    while (from > 0 && words[spot].start - words[from - 1].start <= LEAD) from--;
    const seen = new Map();
    for (let i = from; i < words.length && words[i].end - words[from].start <= EXCERPT; i++) {
      if (weights[i]) seen.set(words[i].forms.join(' '), weights[i]);
    }
    const value = Array.from(seen.values()).reduce((a, b) => a + b, 0);
    if (value > best.value + 1e-9) best = { from, value };
  }
  let to = best.from;
  while (to + 1 < words.length && words[to + 1].end - words[best.from].start <= EXCERPT) to++;
  const begin = best.from ? words[best.from].start : 0, end = to + 1 < words.length ? words[to].end : text.length;
  const before = begin ? '… ' : '', after = end < text.length ? ' …' : '';
  const inside = spots.filter(i => words[i].start >= begin && words[i].end <= end);
  return {
    excerpt: before + text.slice(begin, end).trim() + after,
    marks: inside.map(i => [words[i].start - begin + before.length, words[i].end - begin + before.length])
  };
}

/** A hit as the caller gets it: the section that says most, an excerpt of it, and why the page was found. */
function result(shelf, hit, parts) {
  const entry = shelf.entries[hit.place], text = shelf.text(hit.place);
  const stem = word => word.forms.map(form => shelf.stem(form)).find(s => hit.stems.has(s));
  const weigh = word => hit.stems.get(stem(word)) || 0;
  const kinds = words => new Set(words.map(stem).filter(Boolean));
  const sum = words => Array.from(kinds(words)).reduce((total, s) => total + hit.stems.get(s), 0);
  let place = -1, value = 0;
  text.sections.forEach((section, i) => {
    const times = section.text.filter(weigh).length;
    const says = 1.5 * sum(section.title) + sum(section.text) * (1 + Math.min(times, 6) / 20);
    if (says > value + 1e-9) { place = i; value = says; }
  });
  // A page that is about the words as a whole is opened at its top.
  const about = kinds(text.title).size >= kinds([].concat(...text.sections.map(s => s.title.concat(s.text)))).size && kinds(text.title).size > 0;
  const section = place >= 0 && !about && entry.sections[place].id ? { id: entry.sections[place].id, title: entry.sections[place].title } : null;
  let source = place >= 0 && text.sections[place].text.length ? [entry.sections[place].text, text.sections[place].text] : null;
  if (entry.description && (!source || about && sum(text.description) >= sum(source[1]))) source = [entry.description, text.description];
  const spans = words => words.filter(weigh).map(w => [w.start, w.end]);
  const asked = [].concat(...parts.map(part => part.words)).filter(form => hit.stems.has(shelf.stem(form)));
  const everything = text.title.concat(text.description, ...text.sections.map(s => s.title.concat(s.text)));
  const forms = new Set([].concat(...everything.map(word => word.forms)));
  const why = hit.ways.length ? hit.ways[0][1].kind : asked.length && asked.every(form => forms.has(form)) ? 'exact' : 'form';
  return Object.assign({
    id: entry.id, url: entry.url, title: entry.title, titleMarks: spans(text.title),
    lang: entry.lang, type: entry.type, section
  }, source ? excerpt(source[0], source[1], weigh) : { excerpt: '', marks: [] }, { why });
}

/** A filter as a list, nothing when it is empty. */
const listed = value => value && value.length ? [].concat(value) : null;

/** @param {string} query @param {Options} options @param {string} lang */
function answer(query, options, lang) {
  const order = editions.map(e => e.code).filter(code => shelves.has(code)).sort((a, b) => Number(b === lang) - Number(a === lang));
  const searched = order.map(code => shelves.get(code));
  const { parts, half } = parse(query, searched, options.expand !== false);
  const filters = {
    type: listed(options.type), lang: listed(options.only), audience: listed(options.audience), jurisdiction: listed(options.jurisdiction)
  };
  const values = (entry, facet) => facet === 'type' ? [entry.type] : facet === 'lang' ? [entry.lang] : entry[facet];
  const passes = (entry, facet) => !filters[facet] || filters[facet].some(id => values(entry, facet).includes(id));
  const names = Object.keys(filters), facets = {}, found = [], also = new Map();
  for (const facet of names) facets[facet] = Object.create(null);
  for (const shelf of searched) for (const hit of parts.length ? match(shelf, parts, half) : []) {
    const entry = shelf.entries[hit.place];
    // A facet counts what choosing one of its values would show: every filter but its own.
    for (const facet of names) if (names.every(other => other === facet || passes(entry, other))) {
      for (const id of values(entry, facet)) facets[facet][id] = (facets[facet][id] || 0) + 1;
    }
    if (!names.every(facet => passes(entry, facet))) continue;
    found.push([shelf, hit]);
    for (const [part, way] of hit.ways) also.set(part.words.join(' ') + '\n' + way.to, { from: part.words.join(' '), to: way.to, kind: way.kind });
  }
  const offset = Math.max(0, options.offset | 0), limit = options.limit === undefined ? 10 : Math.max(0, options.limit | 0);
  return {
    results: found.slice(offset, offset + limit).map(([shelf, hit]) => result(shelf, hit, parts)),
    also: Array.from(also.values()), facets, total: found.length, editions
  };
}

// ---- Loading

const root = () => {
  if (doc && doc.documentElement.dataset.root !== undefined) return doc.documentElement.dataset.root;
  return here ? new URL('../', here).href : '';
};
const here = doc && doc.currentScript && doc.currentScript.src;

function load(address) {
  if (!loading.has(address)) {
    loading.set(address, new Promise((resolve, reject) => {
      const script = doc.createElement('script');
      script.charset = 'utf-8';
      script.onload = resolve;
      script.onerror = () => { loading.delete(address); script.remove(); reject(new Error('not loaded: ' + address)); };
      script.src = address;
      doc.head.appendChild(script);
    }));
  }
  return loading.get(address);
}

const scripts = new Map();   // language code -> [data, index], until elasticlunr is there

function openShelves() {
  if (!global.elasticlunr) return;
  for (const [code, [data, index]] of scripts) {
    if (!analysis) { analysis = analyse(data.tables); glossary = indexTerms(data.terms); editions = data.editions; }
    shelves.set(code, new Shelf(data, index));
    scripts.delete(code);
  }
}

function fetchLanguage(code) {
  if (shelves.has(code) || !doc) return Promise.resolve();
  const element = doc.querySelector('[data-search-engine]');
  const engine = element ? element.dataset.searchEngine : root() + 'assets/vendor/elasticlunr.js';
  return Promise.all([global.elasticlunr ? null : load(engine), load(root() + 'search/index-' + code + '.js')]).then(openShelves);
}

/** @param {string} query @param {Options} [options] */
function search(query, options) {
  const asked = options || {}, lang = asked.lang || (doc && doc.documentElement.lang) || (editions[0] && editions[0].code) || '';
  const words = Array.from(String(query === undefined || query === null ? '' : query)).slice(0, LONGEST_QUERY).join('');
  openShelves();
  return Promise.resolve(doc && lang && fetchLanguage(lang)).then(() => {
    if (!analysis) throw new Error('no search index is loaded');
    const others = editions.map(e => e.code).filter(code => code !== lang && (!asked.only || listed(asked.only).includes(code)));
    return Promise.all(others.map(code => fetchLanguage(code).catch(() => {})));
  }).then(() => answer(words, asked, lang));
}

global.rahnumaSearch = { load(code, data, index) { scripts.set(code, [data, index]); openShelves(); }, analysis: () => analysis };
global.rahnuma = Object.assign(global.rahnuma || {}, { search });
})(typeof window === 'undefined' ? globalThis : window);
