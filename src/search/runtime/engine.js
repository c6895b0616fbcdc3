// The engine in the browser, twin of src/search/query: the same integers, the same order. The build puts it into search/search.js behind
// words.js and its tables (TABLES, LEVELS, INLINE, CALL, TERMS, SHELVES); README.md beside this folder explains the whole.
// It knows no page element. Everything else of the index comes as classic scripts that call one global function, over HTTP and from a
// folder alike; in Node files are read beside this one. No number here is a fraction: what decides an order is counted in integers.

/**
 * @typedef {{id: string, code: string, name: string, dir: string, pages: number, generation: string, one: boolean, keys: string[],
 *   head: Map, kinds: [[string, string[], string[]], number][], opened: Map}} Shelf  one language; kinds: each with the page after its last
 * @typedef {{forms: string[], pages: number[], all: number, lists: number[][], file: number, at: number[], sizes: number[]}} Class
 *   forms of one word: pages that have each, pages that have any, their lists where short, else where the lists stand
 * @typedef {{to: string, class: Class, place: number}} Form  a form of the index and where its class has it; place -1: any form of the class
 * @typedef {Form & {kind: string, worth: number}} Other  a form that may be meant
 * @typedef {{form: string, from: string, others: Other[]}} Slot  a word of the query
 * @typedef {{slots: Slot[], ways: {kind: string, to: string, slots: Slot[]}[]}} Part  a word, or several that the glossary knows as one thing
 */

const LONGEST_QUERY = 200;  // characters; what is longer is cut
const EXCERPT = 190, LEAD = 50;  // characters of an excerpt, and of it before the first word found
const FULL = 256;  // worth of the word itself
const WORTH = { form: FULL, glossary: 180, roman: 205, split: 230, start: 90, aside: 60 };
const SATURATION = 77;  // k1 of BM25, in the unit of LEVELS
const MOST_ENDINGS = 40, MOST_SPELLINGS = 5, MOST_SLIPS = 3, MOST_SHARDS = 8, MOST_PHRASES = 100, MANY_WORDS = 4;
const LEAST_FILES = 5;  // that a query may take, shards and lists; two for each word and one for guesses where that is more

const world = typeof window === 'undefined' ? globalThis : window;
const doc = world.document;
const here = doc ? doc.currentScript.src : typeof __filename === 'undefined' ? '' : __filename;

// ---- Files

const files = new Map(), parts = new Map(), folder = here.replace(/[^/\\]*$/, '');
// What an engine was loaded with that was loaded anew goes on to its files, past every cache.
const again = doc ? here.replace(/^[^?#]*/, '') : '', anew = 'search.js' + (/^http/.test(here) ? '?' : '#') + Math.random();
world[CALL] = (shelf, part, data) => parts.set(shelf + ' ' + part, data);

function load(file) {
  if (!files.has(file)) {
    const address = folder + file + again;
    files.set(file, !doc ? require('fs').promises.readFile(address, 'utf8').then(text => new Function(CALL, text)(world[CALL])) : new Promise((done, fail) => {
      const script = doc.createElement('script');
      script.charset = 'utf-8';
      script.src = address;
      script.onload = () => { script.remove(); done(); };
      script.onerror = () => { script.remove(); files.delete(file); fail(new Error('not loaded: ' + file)); };
      doc.head.append(script);
    }));
  }
  return files.get(file);
}

async function part(shelf, name) {
  const key = shelf.id + ' ' + name;
  if (!parts.has(key)) await load(shelf.id + '-' + (shelf.one ? 'all' : name) + '.js');
  if (!parts.has(key)) throw new Error('not in its file: ' + key);
  return parts.get(key);
}

// ---- Reading

function numbers(text, at) {
  const digit = () => { const code = text.charCodeAt(at++) || 35; return code > 92 ? code - 36 : code - 35; };
  const next = () => { const a = digit(); return a < 60 ? a : a < 90 ? 60 + (a - 60) * 91 + digit() : 2790 + (digit() * 91 + digit()) * 91 + digit(); };
  return next;
}

/** A list of pages with what each says of the word, one after the other. */
function list(next, length) {
  const out = [];
  let page = 0;
  if (length <= INLINE) for (; length > 0; length--) out.push(page += next(), LEVELS[next() & 15]);
  else for (let level = LEVELS.length; level--;) {
    page = 0;
    for (let n = next(); n > 0; n--) { out.push(page += next(), LEVELS[level]); page++; }
  }
  return out;
}

/** @returns {Map<string, Form>} the forms of a shard */
function open([words, text]) {
  const forms = new Map(), next = numbers(text, 0);
  if (words) for (const line of words.split('\n')) {
    const c = { forms: line.split(' '), lists: [], at: [], sizes: [] };
    c.pages = c.forms.map(next);
    c.all = c.forms.length > 1 ? next() : c.pages[0];
    c.pages.forEach((n, i) => { if (n <= INLINE) c.lists[i] = list(next, n); });
    c.pages.forEach((n, i) => { if (n > INLINE) c.sizes[i] = next(); });
    if (c.sizes.length) {
      c.file = next();
      let at = next();
      c.sizes.forEach((size, i) => { c.at[i] = at; at += size; });
    }
    c.forms.forEach((to, place) => forms.set(to, { to, class: c, place }));
  }
  return forms;
}

const shelves = SHELVES.map(s => Object.assign(s, { id: s.code + '-' + s.generation, keys: s.keys.split(' '), head: open(s.head), cache: new Map() }));

/** The number of the shard that a key leads to. */
function shardOf(shelf, key) {
  let n = 0;
  while (shelf.keys[n + 1] <= key) n++;
  return n;
}

const unique = list => Array.from(new Set(list));

/** Opens shards for a query, all at once. A query sees those alone that it asked for, so that none depends on those before it. */
async function fetchShards(shelf, places) {
  if (shelf.pages) await Promise.all(unique(places).map(async n => {
    if (!shelf.cache.has(n)) shelf.cache.set(n, open(await part(shelf, 's' + n)));
    shelf.opened.set(n, shelf.cache.get(n));
  }));
}

const keyOf = form => { const key = skeleton(form); return /^[\x00-\x7f]*$/.test(key) ? key : '~' + Array.from(form).reduce((sum, c) => sum + c.codePointAt(0), 0) % 64; };
const placeOf = (shelf, form) => shardOf(shelf, keyOf(form));
const known = (shelf, form) => shelf.head.get(form) || (shelf.opened.get(placeOf(shelf, form)) || shelf.head).get(form);
/** @returns {Form[]} the forms of some shards */
const formsIn = (shelf, places) => [].concat(...unique(places).map(n => Array.from((shelf.opened.get(n) || new Map()).values())));
const latin = form => /^[a-z]+$/.test(form);
const arabic = form => /^[\u0600-\u06ff]+$/.test(form);

// ---- The glossary: one thing, its names in every language and in Latin letters

let glossary = null;
function openGlossary() {
  glossary = { phrases: new Map(), sounds: new Map(), longest: 1 };
  TERMS.forEach((groups, term) => groups.forEach((names, group) => names.forEach(text => {
    const forms = formsOf(text);
    if (!forms.length) return;
    glossary.longest = Math.max(glossary.longest, forms.length);
    const name = { term, kind: group ? 'glossary' : 'roman' };
    add(glossary.phrases, forms.map(stem).join(' '), name);
    if (!group) add(glossary.sounds, forms.map(skeleton).join(' '), name);
  })));
}
const formsOf = text => words(text).filter(w => !w.part).map(w => w.form);

/** Other names of what some words of the query name. */
function waysOf(some, isKnown) {
  const own = some.map(stem).join(' '), heard = some.map(skeleton).join(' ');
  let names = glossary.phrases.get(own);
  if (!names && heard.length > some.length + 1 && !some.every(isKnown)) names = glossary.sounds.get(heard);
  const ways = [], seen = new Set([own]);
  for (const name of names || []) TERMS[name.term].forEach((group, g) => group.forEach(to => {
    const forms = formsOf(to), key = forms.map(stem).join(' ');
    if (g && forms.length && !seen.has(key)) { seen.add(key); ways.push({ kind: name.kind, to, forms }); }
  }));
  return names && ways;
}

// ---- The words of the query, and what may be meant by them

/** @returns {{tokens: {start: number, end: number, form: string, parts: string[]}[], phrases: number[][], half: boolean}} */
function parse(text) {
  const tokens = [];
  for (const word of words(text)) {
    if (!word.part) tokens.push(Object.assign(word, { parts: [] })); else if (tokens.length) tokens[tokens.length - 1].parts.push(word.form);
  }
  const phrases = [];
  for (const quoted of text.matchAll(/["“”„«]([^"“”„«»]+)["“”»]/g)) {
    const inside = tokens.map((_, i) => i).filter(i => tokens[i].start >= quoted.index && tokens[i].end <= quoted.index + quoted[0].length);
    if (inside.length > 1) phrases.push(inside);
  }
  const last = tokens[tokens.length - 1];
  return { tokens, phrases, half: !!last && last.end === text.length && last.form.length > 1 };
}

const other = (kind, worth, form) => Object.assign({}, form, { kind, worth });

/** Some forms in the order of what they cost, of two as dear the commoner first; each once. @returns {(Form & {cost: number})[]} */
function cheapest(forms, cost) {
  const pages = f => f.class.pages[f.place], found = forms.map(f => Object.assign({ cost: cost(f) }, f)).filter(f => f.cost < Infinity);
  found.sort((a, b) => a.cost - b.cost || pages(b) - pages(a) || (a.to < b.to ? -1 : 1));
  return found.filter((f, i) => !i || f.to !== found[i - 1].to);
}

/** Forms that somebody who types by ear may mean, the likeliest first. */
function spellings(shelf, form) {
  const keys = skeletons(form), away = latin(form) ? arabic : latin;
  const forms = formsIn(shelf, keys.map(key => shardOf(shelf, key))).filter(f => away(f.to) && keys.includes(skeleton(f.to)));
  const best = cheapest(forms, f => (latin(form) ? channel(form, f.to) : channel(f.to, form)) - prior(f.class.pages[f.place]));
  return best.slice(0, MOST_SPELLINGS).map(f => other('roman', Math.floor(WORTH.roman * 32 / (32 + f.cost - best[0].cost)), f));
}

/** Known forms of the word, whose own form no page has. */
function relatives(shelf, form) {
  const key = stem(form), found = formsIn(shelf, [placeOf(shelf, form), placeOf(shelf, key)]).filter(f => f.to[0] === form[0] && stem(f.to) === key);
  return unique(found.map(f => f.class)).map(c => other('form', FULL, { to: c.forms[0], class: c, place: -1 }));
}

/** Forms that are one slip away, two from a long word. */
function slips(shelf, form, places) {
  const near = formsIn(shelf, places).filter(f => f.to.length > 2 && Math.abs(f.to.length - form.length) < 3 && arabic(f.to) === arabic(form));
  const best = cheapest(near, f => typo(form, f.to));
  return best.filter(f => f.cost <= best[0].cost + 2).slice(0, MOST_SLIPS).map(f => other('typo', FULL - f.cost + best[0].cost, f));
}

/** Forms that a half-typed word may become. */
function endings(shelf, form) {
  const first = placeOf(shelf, form), found = formsIn(shelf, [first, first + 1]).filter(f => f.to !== form && f.to.startsWith(form));
  return cheapest(found, () => 0).slice(0, MOST_ENDINGS).map(f => other('start', Math.floor(WORTH.start * form.length / f.to.length), f));
}

/** Keys under which a word stands that was typed with one consonant too many, or two in the wrong order. */
function neighbours(key) {
  const keys = [];
  for (let i = 0; i < Math.min(key.length, 4); i++) {
    keys.push(key.slice(0, i) + key.slice(i + 1));
    if (i + 1 < key.length) keys.push(key.slice(0, i) + key[i + 1] + key[i] + key.slice(i + 2));
  }
  return keys;
}

/** What the words of a query are in one language. @returns {Promise<Part[]>} */
async function resolve(shelf, { tokens, half }, expand) {
  if (!glossary) openGlossary();
  const first = new Set();
  for (const { form, parts } of tokens) for (const f of [form].concat(parts)) if (!shelf.head.has(f)) first.add(placeOf(shelf, f));
  for (let i = 0; expand && i < tokens.length; i++) for (let n = Math.min(glossary.longest, tokens.length - i); n > 0; n--) {
    for (const way of waysOf(tokens.slice(i, i + n).map(t => t.form), () => false) || []) for (const f of way.forms) first.add(placeOf(shelf, f));
  }
  // Where else a word in Latin letters may stand, as far as that leaves room for lists; a word that is not known is looked for everywhere below.
  if (expand && shelf.dir === 'rtl') for (const { form } of tokens) if (latin(form)) for (const key of skeletons(form)) {
    if (first.size < shelf.most - tokens.length) first.add(shardOf(shelf, key));
  }
  await fetchShards(shelf, first);
  // What is not known as it is typed may need more shards: all of them in one step.
  const more = [];
  tokens.forEach(({ form }, i) => {
    if (known(shelf, form)) return;
    more.push(placeOf(shelf, stem(form)));
    if (!expand) return;
    for (const key of skeletons(form)) more.push(shardOf(shelf, key));
    for (const joined of [i && tokens[i - 1].form + form, tokens[i + 1] && form + tokens[i + 1].form]) if (joined) more.push(placeOf(shelf, joined));
    for (const [head, tail] of cuts(form)) if (known(shelf, head)) more.push(placeOf(shelf, tail));
    if (half && i === tokens.length - 1) more.push(Math.min(shelf.keys.length - 1, placeOf(shelf, form) + 1));
  });
  await fetchShards(shelf, more);
  const slots = [], strange = [];
  for (let i = 0; i < tokens.length; i++) {
    const { form, parts } = tokens[i], exact = known(shelf, form), last = half && i === tokens.length - 1;
    const slot = { form, from: i, others: [] };
    slots.push(slot);
    if (exact) slot.others.push(other('exact', FULL, exact));
    else {
      slot.others = relatives(shelf, form);
      for (const piece of parts) if (known(shelf, piece)) slot.others.push(other('form', FULL >> 1, known(shelf, piece)));
    }
    if (!expand) continue;
    if (last && (tokens.length < 3 || !slot.others.length)) slot.others.push(...endings(shelf, form));
    if (latin(form) ? shelf.dir === 'rtl' : shelf.dir !== 'rtl' && arabic(form) && !slot.others.length) {
      const aside = slot.others.length;
      for (const o of spellings(shelf, form)) slot.others.push(aside ? other('roman', o.worth * WORTH.aside >> 8, o) : o);
    }
    if (!slot.others.length && form.length > 2 && !/\d/.test(form)) strange.push(slot);
  }
  const probes = [];
  for (const slot of strange) {
    slot.others = slips(shelf, slot.form, [placeOf(shelf, slot.form)]);
    if (!slot.others.length) { slot.near = unique(neighbours(keyOf(slot.form)).map(key => shardOf(shelf, key))).slice(0, MOST_SHARDS); probes.push(...slot.near); }
  }
  await fetchShards(shelf, probes);
  for (const slot of strange) if (slot.near) slot.others = slips(shelf, slot.form, slot.near);
  return group(shelf, slots, expand);
}

/** Where a word without a space may be two. */
function cuts(form) {
  const found = [];
  if (arabic(form) || latin(form)) for (let i = 2; i < form.length - 1; i++) found.push([form.slice(0, i), form.slice(i)]);
  return found;
}

const simple = (shelf, form, kind, i) => ({ form, from: i, others: known(shelf, form) ? [other(kind, FULL, known(shelf, form))] : relatives(shelf, form) });

/** Slots as parts: what the glossary knows as one thing stands together, and two words with a space too many or too few between them. */
function group(shelf, slots, expand) {
  const found = [];
  for (let i = 0; i < slots.length;) {
    const slot = slots[i];
    let part = null;
    for (let n = expand ? Math.min(glossary.longest, slots.length - i) : 0; n > 0 && !part; n--) {
      const some = slots.slice(i, i + n), ways = waysOf(some.map(s => s.form), form => known(shelf, form));
      if (ways) part = { slots: some, ways: ways.map(w => ({ kind: w.kind, to: w.to, slots: w.forms.map(f => simple(shelf, f, w.kind, i)) })) };
    }
    const next = slots[i + 1], whole = expand && next && known(shelf, slot.form + next.form);
    if (!part && whole && !(known(shelf, slot.form) && known(shelf, next.form))) {
      part = { slots: [slot, next], ways: [{ kind: 'form', to: slot.form + next.form, slots: [simple(shelf, slot.form + next.form, 'form', i)] }] };
    }
    if (!part) part = { slots: [slot], ways: [] };
    if (expand && part.slots.length < 2 && !known(shelf, slot.form)) {
      const least = pair => Math.min(...pair.map(f => known(shelf, f).class.all));
      const pairs = cuts(slot.form).filter(pair => pair.every(f => known(shelf, f))).sort((a, b) => least(b) - least(a));
      if (pairs.length) part.ways.push({ kind: 'split', to: pairs[0].join(' '), slots: pairs[0].map(f => simple(shelf, f, 'form', i)) });
    }
    found.push(part);
    i += part.slots.length;
  }
  return found;
}

// ---- Scores

const rarity = (shelf, pages) => logarithm(2 * shelf.pages + 2, 2 * Math.min(pages, shelf.pages) + 1);
const sated = weight => Math.floor(weight * 4096 / (weight + SATURATION));

const everySlot = parts => [].concat(...parts.map(p => p.slots.concat(...p.ways.map(w => w.slots))));

const guessed = o => /^[rts]/.test(o.kind);  // roman, typo, start; no split is the kind of a form

/** Loads the lists that are not with their words. Guesses but the first of a word are left out where each costs a file of its own. */
async function fetchLists(shelf, parts) {
  const files = new Set([undefined]), classes = new Set(), slots = everySlot(parts);
  for (const slot of slots) slot.others.forEach((o, i) => { if (!i || !guessed(o)) files.add(o.class.file); });
  for (const slot of slots) {
    slot.others = slot.others.filter(o => files.has(o.class.file) || shelf.opened.size + files.size <= shelf.most && files.add(o.class.file));
    for (const o of slot.others) if (o.class.file !== undefined) classes.add(o.class);
  }
  await Promise.all(Array.from(classes, async c => {
    const text = await part(shelf, 'l' + c.file);
    if (!c.full) c.at.forEach((at, i) => { c.lists[i] = list(numbers(text, at), c.pages[i]); });
    c.full = true;
  }));
}

/** Pages and what they score for one form that may be meant: BM25 of the form and of its class. */
function scores(shelf, o, formRarity, classRarity) {
  const all = new Map(), c = o.class;
  c.lists.forEach((list, i) => {
    for (let n = 0; n < list.length; n += 2) {
      let entry = all.get(list[n]);
      if (!entry) all.set(list[n], entry = [0, 0]);
      entry[0] += list[n + 1];
      if (i === o.place) entry[1] = list[n + 1];
    }
  });
  o.own = new Set();
  for (const [page, [any, own]] of all) {
    if (own) o.own.add(page);
    all.set(page, o.worth * (classRarity * sated(any) + (own && formRarity * sated(own))));
  }
  return all;
}

/** Scores of all pages for a slot: the best of what may be meant. Guesses share the rarity of all of them together. */
function slotScores(shelf, slot) {
  const guesses = slot.others.filter(guessed), top = guesses.length && guesses[0].worth;
  const sum = of => guesses.reduce((n, o) => n + Math.floor(of(o) * o.worth / top), 0);
  const guessForm = sum(o => o.class.pages[o.place]), guessClass = sum(o => o.class.all);
  const best = new Map();
  slot.weight = 0;
  for (const o of slot.others) {
    const guess = guesses.includes(o);
    const formRarity = o.place < 0 ? 0 : rarity(shelf, guess ? guessForm : o.class.pages[o.place]), classRarity = rarity(shelf, guess ? guessClass : o.class.all);
    o.weight = classRarity;
    o.scores = scores(shelf, o, formRarity, classRarity);
    slot.weight = Math.max(slot.weight, classRarity);
    for (const [page, score] of o.scores) if (score > (best.get(page) || 0)) best.set(page, score);
  }
  if (!slot.others.length) slot.weight = rarity(shelf, 0);
  return best;
}

/** @returns {{page: number, score: number, share: number}[]} pages, the best first */
function rank(shelf, parts, phrases) {
  const score = new Float64Array(shelf.pages), share = new Float64Array(shelf.pages);
  let all = 0;
  for (const part of parts) {
    const sum = new Map();
    let weight = 0;
    const add = (page, points, w) => { const entry = sum.get(page); if (entry) { entry[0] += points; entry[1] += w; } else sum.set(page, [points, w]); };
    for (const slot of part.slots) {
      slot.best = slotScores(shelf, slot);
      weight += slot.weight;
      for (const [page, points] of slot.best) add(page, points, slot.weight);
    }
    for (const way of part.ways) {
      const maps = way.slots.map(slot => slotScores(shelf, slot)), worth = WORTH[way.kind];
      // Other words for a thing say no more than the thing's own: a long name does not outrank a short one.
      const whole = Math.max(1, way.slots.reduce((n, slot) => n + slot.weight, 0)), least = Math.min(weight, whole);
      way.scores = new Map();
      for (const page of maps[0].keys()) if (maps.every(map => map.has(page))) {
        const points = Math.floor(Math.floor(maps.reduce((n, map) => n + map.get(page), 0) * worth / FULL) * least / whole), entry = sum.get(page);
        way.scores.set(page, points);
        if (!entry || points > entry[0]) sum.set(page, [points, weight]);
      }
    }
    all += weight;
    for (const [page, [points, w]] of sum) { score[page] += points; share[page] += w; }
  }
  // A page with every word counts twice what its words say, one with half of them one and a half times.
  const whole = (score, share) => score + Math.floor(score * Math.floor(FULL * share / Math.max(1, all)) / FULL);
  let hits = [];
  for (let page = 0; page < shelf.pages; page++) if (score[page]) hits.push({ page, score: whole(score[page], share[page]), share: share[page] });
  for (const phrase of phrases) hits = hits.filter(hit => phrase.every(i => exactly(parts, i, hit.page)));
  // Once a page has every word, those with less than half of what the words say are left out.
  if (hits.some(hit => hit.share === all)) hits = hits.filter(hit => 2 * hit.share >= all);
  return hits.sort((a, b) => b.score - a.score || a.page - b.page);
}

const exactly = (parts, from, page) => parts.some(p => p.slots.some(s => s.from === from && s.others.some(o => o.kind === 'exact' && o.own.has(page))));

// ---- The answer

/** The part of a text around the rarest words found in it. @returns {{excerpt: string, marks: number[][]}} */
function excerpt(text, found, weigh) {
  const weights = found.map(weigh), spots = found.map((_, i) => i).filter(i => weights[i]);
  let best = { from: 0, value: -1 };
  for (const spot of spots) {
    let from = spot;
    while (from > 0 && found[spot].start - found[from - 1].start <= LEAD) from--;
    const seen = new Map();
    for (let i = from; i < found.length && found[i].end - found[from].start <= EXCERPT; i++) if (weights[i]) seen.set(found[i].form, weights[i]);
    const value = Array.from(seen.values()).reduce((a, b) => a + b, 0);
    if (value > best.value) best = { from, value };
  }
  let to = best.from;
  while (to + 1 < found.length && found[to + 1].end - found[best.from].start <= EXCERPT) to++;
  const begin = best.from ? found[best.from].start : 0, end = to + 1 < found.length ? found[to].end : text.length;
  const before = begin ? '… ' : '', after = end < text.length ? ' …' : '';
  const inside = spots.filter(i => found[i].start >= begin && found[i].end <= end);
  return { excerpt: before + text.slice(begin, end).trim() + after, marks: spans(inside.map(i => found[i]), begin - before.length) };
}

/** Places of words, none inside another. */
function spans(found, from) {
  const marks = [];
  for (const w of found) if (!marks.length || w.start - from >= marks[marks.length - 1][1]) marks.push([w.start - from, w.end - from]);
  return marks;
}

/** A hit as the caller gets it: the section that says most, an excerpt of it, and why the page was found. */
function result(shelf, hit, parts, marked) {
  const [id, url, title, description, list, twins] = hit.text;
  const weigh = w => marked.get(w.form) || 0;
  const kinds = found => new Set(found.filter(weigh).map(w => w.form));
  const sum = found => Array.from(kinds(found)).reduce((n, form) => n + marked.get(form), 0);
  const titleWords = words(title), about = words(description), sections = list.map(([id, title, text]) => ({ id, title, text, head: words(title), body: words(text) }));
  let place = null, value = 0;
  for (const s of sections) {
    const says = 60 * sum(s.head) + sum(s.body) * (40 + 2 * Math.min(s.body.filter(weigh).length, 6));
    if (says > value) { place = s; value = says; }
  }
  // A page that is about the words as a whole is opened at its top.
  const whole = kinds(titleWords).size, top = whole && whole >= kinds([].concat(...sections.map(s => s.head.concat(s.body)))).size;
  let source = place && place.body.length ? [place.text, place.body] : null;
  if (description && (!source || top && sum(about) >= sum(source[1]))) source = [description, about];
  if (!source) source = list.length ? [list[0][2], sections[0].body] : ['', []];
  const used = kindsOf(parts, hit.page);
  const why = ['glossary', 'roman', 'typo'].find(kind => used.has(kind)) || (used.size === 1 && used.has('exact') ? 'exact' : 'form');
  return Object.assign({
    id, url, twins, title, titleMarks: spans(titleWords.filter(weigh), 0), lang: shelf.code, type: hit.kind[0],
    section: place && !top && place.id ? { id: place.id, title: place.title } : null
  }, excerpt(source[0], source[1], weigh), { why });
}

/** How a page was found: the kind of the best of what may be meant, for each word. */
function kindsOf(parts, page) {
  const used = new Set();
  for (const part of parts) {
    let points = 0, mine = [];
    for (const slot of part.slots) {
      const best = slot.best.get(page);
      if (!best) continue;
      points += best;
      const o = slot.others.find(o => o.scores.get(page) === best);
      mine.push(o.kind === 'exact' && !o.own.has(page) ? 'form' : o.kind);
    }
    for (const way of part.ways) if (way.scores.get(page) > points) { points = way.scores.get(page); mine = [way.kind]; }
    mine.forEach(kind => used.add(kind));
  }
  return used;
}

const listed = value => value && value.length ? [].concat(value) : null;

async function answer(text, query, options, lang) {
  const expand = options.expand !== false, { tokens } = query;
  const filters = { type: listed(options.type), lang: listed(options.only), audience: listed(options.audience), jurisdiction: listed(options.jurisdiction) };
  const names = Object.keys(filters), facets = {};
  for (const name of names) facets[name] = Object.create(null);
  const asked = tokens.length ? shelves.slice().sort((a, b) => (b.code === lang) - (a.code === lang)).slice(0, options.languages) : [];
  const searched = asked.map(shelf => Object.assign(Object.create(shelf), { opened: new Map(), most: shelf.one ? 1 / 0 : Math.max(LEAST_FILES, 2 * tokens.length + 1) }));
  const found = [], resolved = await Promise.all(searched.map(shelf => resolve(shelf, query, expand)));
  await Promise.all(searched.map((shelf, i) => fetchLists(shelf, resolved[i])));
  for (let i = 0; i < searched.length; i++) {
    const shelf = searched[i], parts = resolved[i], hits = rank(shelf, parts, query.phrases);
    const checked = query.phrases.length ? await withPhrases(shelf, hits, query) : hits;
    for (const hit of checked) {
      const kind = hit.kind = shelf.kinds.find(([, end]) => hit.page < end)[0], values = { type: [kind[0]], lang: [shelf.code], audience: kind[1], jurisdiction: kind[2] };
      const passes = name => !filters[name] || filters[name].some(id => values[name].includes(id));
      // A facet counts what choosing one of its values would show: every filter but its own.
      for (const name of names) if (names.every(n => n === name || passes(n))) for (const id of values[name]) facets[name][id] = (facets[name][id] || 0) + 1;
      if (names.every(passes)) found.push([shelf, hit, parts]);
    }
  }
  const offset = Math.max(0, options.offset | 0), limit = options.limit === undefined ? 10 : Math.max(0, options.limit | 0);
  const shown = found.slice(offset, offset + limit);
  await Promise.all(shown.map(async ([shelf, hit]) => { hit.text = await part(shelf, 'p' + hit.page); }));
  const marked = new Map(searched.map((shelf, i) => [shelf, marksOf(resolved[i])]));
  return {
    results: shown.map(([shelf, hit, parts]) => result(shelf, hit, parts, marked.get(shelf))),
    also: alsoOf(searched, resolved, query, text, found), facets, total: found.length, editions: shelves.map(({ code, name, dir }) => ({ code, name, dir }))
  };
}

/** The forms to be marked, with how rare they are. */
function marksOf(parts) {
  const marked = new Map();
  for (const slot of everySlot(parts)) for (const o of slot.others) {
    for (const form of o.kind === 'start' || o.kind === 'roman' ? [o.to] : o.class.forms) marked.set(form, Math.max(marked.get(form) || 0, o.weight || 0));
  }
  return marked;
}

/** Other words that were searched for and found something. */
function alsoOf(searched, resolved, { tokens }, text, found) {
  const also = new Map(), pages = new Map(searched.map(shelf => [shelf, new Set()]));
  for (const [shelf, hit] of found) pages.get(shelf).add(hit.page);
  searched.forEach((shelf, i) => {
    const shows = scores => Array.from(scores.keys()).some(page => pages.get(shelf).has(page));
    for (const part of resolved[i]) {
      const tell = (slots, to, kind) => {
        const from = text.slice(tokens[slots[0].from].start, tokens[slots[slots.length - 1].from].end);
        also.set(from + '\n' + to, { from, to, kind });
      };
      for (const way of part.ways) if (way.kind !== 'form' && way.scores.size && shows(way.scores)) tell(part.slots, way.to, way.kind === 'split' ? 'typo' : way.kind);
      for (const slot of part.slots) {
        const most = Math.max(0, ...slot.others.map(o => o.worth));
        for (const o of slot.others) if (/^[rt]/.test(o.kind) && 2 * o.worth >= most && shows(o.scores)) tell([slot], o.to, o.kind);
      }
    }
  });
  return Array.from(also.values());
}

/** The pages whose text has the phrases word by word, of the best hundred; of all where all is at hand. */
async function withPhrases(shelf, hits, { tokens, phrases }) {
  const asked = phrases.map(phrase => phrase.map(i => tokens[i].form)), some = shelf.one ? hits : hits.slice(0, MOST_PHRASES);
  const has = await Promise.all(some.map(async hit => {
    const [, , title, description, list] = await part(shelf, 'p' + hit.page);
    const texts = [title, description].concat(...list.map(s => [s[1], s[2]])).map(formsOf);
    return asked.every(forms => texts.some(text => text.some((_, at) => forms.every((form, i) => text[at + i] === form))));
  }));
  return some.filter((_, i) => has[i]);
}

/** `options.partial`, where there are many words, gets what the two longest find in the reader's language, before the files of the others are asked for. */
async function search(query, options) {
  const asked = options || {}, lang = asked.lang || (doc && doc.documentElement.lang) || shelves[0] && shelves[0].code;
  const text = Array.from(String(query === undefined || query === null ? '' : query)).slice(0, LONGEST_QUERY).join('');
  const parsed = parse(text), { tokens } = parsed;
  try {
    if (asked.partial && tokens.length >= MANY_WORDS && !parsed.phrases.length && !shelves.every(s => s.one)) {
      const long = tokens.slice().sort((a, b) => b.form.length - a.form.length).slice(0, 2);
      const first = await answer(text, { tokens: tokens.filter(t => long.includes(t)), phrases: [] }, Object.assign({}, asked, { languages: 1 }), lang);
      if (first.total) asked.partial(first);
    }
    return await answer(text, parsed, asked, lang);
  } catch (error) {
    // A page that is older than the site asks for files that are gone: the engine of now, which is loaded once, answers instead.
    if (!doc || again) throw error;
    await load(anew);
    if (world.rahnuma.search === search) throw error;
    return world.rahnuma.search(text, asked);
  }
}

world.rahnuma = Object.assign(world.rahnuma || {}, { search, analysis });
if (typeof module === 'object') module.exports = world.rahnuma;
