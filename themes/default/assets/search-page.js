// The search page: box, filters and results around `rahnuma.search`, which it loads as soon as the page is opened.
// The words stand in the address after `#`, which no browser sends to a host; `?q=` is taken over and rewritten at once.
// Content and words become text nodes, never markup. Texts of the interface are `data-t-…` attributes of #search.
(function () {
'use strict';
const doc = document, root = doc.documentElement, page = doc.getElementById('search');
if (!page) return;
const at = id => doc.getElementById(id);
const box = at('search-box'), clear = at('search-clear'), count = at('search-count'), list = at('search-results'), empty = at('search-empty');
const pattern = at('search-hit').content.firstElementChild, fallback = at('search-fallback');
const PAGE = 10, PAUSE = 100, SAY = 300, LONGEST = 200;   // results, milliseconds, milliseconds, characters
const lang = root.dataset.lang || root.lang, base = root.dataset.root || '';

const text = key => page.getAttribute('data-t-' + key) || '';
function make(name, attributes, ...inside) {
  const node = doc.createElement(name);
  for (const key of Object.keys(attributes || {})) node.setAttribute(key, attributes[key]);
  node.append(...inside);
  return node;
}
const others = make('div', { hidden: '' }), more = make('button', { type: 'button', class: 'button', hidden: '' }, text('more'));
const filters = make('div', { hidden: '' }), also = make('p', { class: 'private', hidden: '' });
list.after(others, more);
count.before(filters);
count.after(also);

// ---- State: what the address says after `#`

const OURS = /^#(q|type|lang|expand)=/;

/** @returns {{q: string, type: string[], only: string, expand: boolean}} */
function read() {
  const values = new URLSearchParams(location.hash.slice(1)), asked = new URLSearchParams(location.search).get('q');
  const q = (values.get('q') || asked || '').slice(0, LONGEST);
  return { q, type: values.getAll('type'), only: values.get('lang') || '', expand: values.get('expand') !== '0' };
}

function write(state, how) {
  const values = new URLSearchParams();
  if (state.q) values.set('q', state.q);
  for (const type of state.type) values.append('type', type);
  if (state.only) values.set('lang', state.only);
  if (!state.expand) values.set('expand', '0');
  const words = values.toString();
  history[how](null, '', location.pathname + (words ? '#' + words : ''));
}

// A search that was finished (Enter, leaving the box, a filter) is a step that the back button returns to; half-typed words are not.
let state = read(), finished = state.q !== '', limit = PAGE, turn = 0, pause = 0, saying = 0;

// ---- Showing

/** Text with whole words marked: a mark inside a word would break the joining of Nastaliq. */
function marked(node, words, marks) {
  let end = 0;
  for (const [from, to] of marks) {
    node.append(words.slice(end, from), make('mark', null, words.slice(from, to)));
    end = to;
  }
  node.append(words.slice(end));
}

function show(hit, editions) {
  const node = pattern.cloneNode(true), edition = editions.find(e => e.code === hit.lang) || {}, link = node.querySelector('a');
  node.querySelector('.type').textContent = text('type-' + hit.type) || hit.type;
  if (hit.lang !== lang) node.querySelector('.hit-languages').append(make('bdi', { lang: hit.lang }, edition.name || hit.lang));
  link.href = base + hit.url + (hit.section ? '#' + encodeURIComponent(hit.section.id) : '');
  marked(link, hit.title, hit.titleMarks);
  if (hit.section && hit.section.title) link.append(make('span', { class: 'hit-section' }, ' · ', make('bdi', null, hit.section.title)));
  const excerpt = node.querySelector('.entry-text');
  marked(excerpt, hit.excerpt, hit.marks);
  // The hit stands as its own language does; what the interface says above it stays in the reader's.
  node.lang = hit.lang;
  node.dir = edition.dir || 'auto';
  node.querySelector('.entry-kicker').lang = lang;
  return node;
}

function say(words) {
  clearTimeout(saying);
  saying = setTimeout(() => { count.textContent = words; }, SAY);
}

function counted(n) {
  const form = n === 1 ? 'one' : 'other', plural = window.Intl && Intl.PluralRules ? new Intl.PluralRules(lang).select(n) : form;
  return (text('count-' + plural) || text('count-' + form)).replace('#', String(n));
}

function choice(kind, name, value, chosen, label, n) {
  const input = make('input', { type: kind, name, value });
  input.checked = chosen;
  return make('label', null, input, ' ', make('span', null, label + (n === undefined ? '' : ' (' + n + ')')));
}

/** Languages as radio buttons, types as boxes; those that would show nothing are left out unless they are chosen. */
function offer(answer) {
  const focus = doc.activeElement && filters.contains(doc.activeElement) ? [doc.activeElement.name, doc.activeElement.value] : null;
  const languages = answer.editions.filter(e => answer.facets.lang[e.code] || state.only === e.code);
  const types = Object.keys(answer.facets.type).concat(state.type.filter(type => !answer.facets.type[type])).sort();
  filters.textContent = '';
  const add = (role, key, choices) => {
    const group = make('div', { class: 'chips', role }, ...choices);
    if (text(key)) group.setAttribute('aria-label', text(key));
    filters.append(group);
  };
  if (languages.length > 1 || state.only) {
    const one = e => choice('radio', 'search-lang', e.code, state.only === e.code, text('only-' + e.code) || e.name, answer.facets.lang[e.code] || 0);
    add('radiogroup', 'filter-language', [choice('radio', 'search-lang', '', !state.only, text('both')), ...languages.map(one)]);
  }
  if (types.length > 1 || state.type.length) {
    const one = type => choice('checkbox', 'search-type', type, state.type.includes(type), text('type-' + type) || type, answer.facets.type[type] || 0);
    add('group', 'filter-type', types.map(one));
  }
  filters.hidden = !filters.firstChild;
  if (focus) for (const input of filters.querySelectorAll('input')) if (input.name === focus[0] && input.value === focus[1]) input.focus();
}

function offerExpansions(answer) {
  also.textContent = '';
  const wanted = state.expand ? answer.also.length : 1;
  also.hidden = !wanted || !text('also') || !state.q.trim();
  if (also.hidden) return;
  if (state.expand) answer.also.slice(0, 6).forEach((way, i) => also.append(i ? ' · ' : text('also') + ' ', make('bdi', null, way.to)));
  const turnOff = make('button', { type: 'button', class: 'clear' }, text(state.expand ? 'exact' : 'expand'));
  turnOff.addEventListener('click', () => { state.expand = !state.expand; finished = true; change('pushState'); });
  also.append(' ', turnOff);
}

function render(answer) {
  const own = answer.results.filter(hit => hit.lang === lang), rest = answer.results.filter(hit => hit.lang !== lang), asked = state.q.trim() !== '';
  list.textContent = others.textContent = '';
  list.append(...own.map(hit => show(hit, answer.editions)));
  list.hidden = !own.length;
  others.hidden = !rest.length;
  if (rest.length) {
    const hits = rest.map(hit => show(hit, answer.editions));
    others.append(make('h2', { class: 'rail-title' }, text('other-language')), make('ol', { class: 'hits' }, ...hits));
  }
  more.hidden = answer.results.length >= answer.total;
  empty.hidden = !asked || answer.total > 0;
  offer(answer);
  offerExpansions(answer);
  say(!asked ? '' : answer.total ? counted(answer.total) : text('none'));
}

// ---- Asking

let engine = null;
function ready() {
  if (window.rahnuma && window.rahnuma.search) return Promise.resolve();
  if (!engine) {
    engine = new Promise((resolve, reject) => {
      const script = make('script', { src: root.dataset.searchJs });
      script.onload = resolve;
      script.onerror = () => { engine = null; script.remove(); reject(new Error('search.js')); };
      doc.head.append(script);
    });
  }
  return engine;
}

function run() {
  const mine = ++turn, options = { lang, limit, type: state.type, expand: state.expand };
  clear.hidden = !state.q;
  if (state.only) options.only = state.only;
  const slow = setTimeout(() => { if (state.q) count.textContent = text('loading'); }, SAY);
  return ready().then(() => window.rahnuma.search(state.q, options)).then(answer => {
    fallback.hidden = true;
    if (mine === turn) render(answer);
  }, () => {
    if (mine !== turn) return;
    say(text('failed'));
    fallback.firstElementChild.hidden = true;   // its text is for browsers without scripts; its link to the list is for this case too
    fallback.hidden = false;
  }).then(() => clearTimeout(slow));
}

function change(how) {
  clearTimeout(pause);
  pause = 0;
  limit = PAGE;
  write(state, how);
  return run();
}

function typed() {
  state.q = box.value.slice(0, LONGEST);
  const how = finished ? 'pushState' : 'replaceState';
  finished = false;
  return change(how);
}

// No rendering here: a link that is being pressed would vanish under the finger.
function finish() {
  if (pause) typed();
  finished = state.q !== '';
}

box.addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(typed, PAUSE);
});
box.addEventListener('change', finish);
clear.addEventListener('click', () => {
  state = { q: '', type: [], only: '', expand: true };
  box.value = '';
  finished = false;
  change('pushState');
  box.focus();
});
filters.addEventListener('change', event => {
  if (event.target.name === 'search-lang') state.only = event.target.value;
  else state.type = Array.from(filters.querySelectorAll('[name=search-type]:checked'), input => input.value);
  finished = true;
  change('pushState');
});
more.addEventListener('click', () => {
  const before = page.querySelectorAll('.hit').length;
  limit += PAGE;
  run().then(() => { const next = page.querySelectorAll('.hit a')[before]; if (next) next.focus(); });
});
page.addEventListener('keydown', event => {
  if (event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
  const links = Array.from(page.querySelectorAll('.hit a')), place = links.indexOf(doc.activeElement), inside = place >= 0;
  let next = null;
  if (event.target === box && event.key === 'Enter') return finish();
  if (event.key === 'ArrowDown' && (inside || event.target === box)) next = links[Math.min(place + 1, links.length - 1)];
  else if (event.key === 'ArrowUp' && inside) next = place ? links[place - 1] : box;
  else if (event.key === 'Home' && inside) next = links[0];
  else if (event.key === 'End' && inside) next = links[links.length - 1];
  else if (event.key === 'Escape' && inside) next = box;
  if (next) { event.preventDefault(); next.focus(); }
});
function follow() {
  if (location.hash && !OURS.test(location.hash)) return;   // the way to the main part, say
  state = read();
  box.value = state.q;
  finished = state.q !== '';
  limit = PAGE;
  run();
}
window.addEventListener('hashchange', follow);

page.hidden = false;
fallback.hidden = true;
if (new URLSearchParams(location.search).has('q')) write(state, 'replaceState');
box.value = state.q;
if (!state.q) box.focus({ preventScroll: true });
run();
})();
