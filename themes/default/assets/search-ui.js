// The interface of the search: a dialog on every page, and the search page. Both ask `rahnuma.search` and show what it answers; neither knows
// how. Content and words become text nodes, never markup. The dialog writes no history; the page keeps words and filters behind `#`, which no
// browser sends to a host. Texts are the theme's i18n, as `rahnumaTexts.search`.
(function () {
'use strict';
if (window.rahnumaFinder) return;
const doc = document, root = doc.documentElement, lang = root.dataset.lang || root.lang, base = root.dataset.root || '';
const PAUSE = 100, SAY = 300, LONGEST = 200, FEW = 8, PAGE = 10;   // milliseconds, milliseconds, characters, results in the dialog, on the page

/** @returns {string} a text of the interface; with a number the form that the language has for it */
function text(key, n) {
  const found = ((window.rahnumaTexts || {}).search || {})[key] || '';
  return n === undefined ? found : (found[new Intl.PluralRules(lang).select(n)] || found.other || '').replace('{n}', n);
}

function make(name, attributes, ...inside) {
  const node = doc.createElement(name);
  for (const key of Object.keys(attributes || {})) node.setAttribute(key, attributes[key]);
  node.append(...inside);
  return node;
}

function button(name, words, press) {
  const node = make('button', { type: 'button', class: name }, words);
  node.addEventListener('click', press);
  return node;
}

// Android keyboards press Enter to end a composition too; that one is not meant for us.
const meant = event => !event.isComposing && event.keyCode !== 229 && !event.altKey && !event.ctrlKey && !event.metaKey;

function fragment(values) {
  const all = new URLSearchParams();
  for (const key of Object.keys(values)) if (values[key]) all.set(key, values[key]);
  return String(all) && '#' + all;
}

// ---- What a result looks like

/** Text with whole words marked: a mark inside a word would break the joining of Nastaliq. */
function marked(node, words, marks) {
  let end = 0;
  for (const [from, to] of marks || []) {
    node.append(words.slice(end, from), make('mark', null, words.slice(from, to)));
    end = to;
  }
  node.append(words.slice(end));
  return node;
}

const address = result => base + result.url + (result.section ? '#' + encodeURIComponent(result.section.id) : '');

/** Kind and language in the reader's language, the rest in the result's own. `title` is the element that takes the title. */
function fill(node, result, editions, title) {
  const edition = editions.find(e => e.code === result.lang) || {}, kind = make('span', { class: 'hit-kind', lang, dir: root.dir }, text('type.' + result.type) || result.type);
  if (result.lang !== lang) kind.append(' · ', make('bdi', { lang: result.lang }, edition.name || result.lang));
  node.lang = result.lang;
  node.dir = edition.dir || 'auto';
  marked(title, result.title, result.titleMarks);
  if (result.section && result.section.title) title.append(make('span', { class: 'hit-section' }, ' · ', make('bdi', null, result.section.title)));
  node.append(kind, title, marked(make('span', { class: 'hit-text' }), result.excerpt, result.marks));
  return node;
}

/** Ways to go on without the search: the main navigation, which names sections and helplines, and the list from A to Z. */
function help(node, words, ...more) {
  node.textContent = '';
  node.hidden = !words;
  if (node.hidden) return;
  const links = Array.from(doc.querySelectorAll('.nav-wide a'), link => make('a', { href: link.href }, ...Array.from(link.childNodes, child => child.cloneNode(true))));
  const list = doc.querySelector('a.search-open');
  if (list) links.push(make('a', { href: list.href }, text('search.az')));
  node.append(make('p', null, words), ...more, make('ul', null, ...links.map(link => make('li', null, link))));
}

// ---- Asking

const NOTHING = { results: [], also: [], facets: {}, total: 0, editions: [] };

/**
 * A box and what is said and shown for its words.
 * @param {{box: HTMLInputElement, clear: HTMLElement, count: HTMLElement, also: HTMLElement, help: HTMLElement, options: () => object,
 *   show: (answer: object) => void, inside: () => boolean, typed: (finished: boolean) => void, widen?: () => HTMLElement[]}} view
 */
function finder(view) {
  const { box } = view;
  let turn = 0, pause = 0, saying = 0, shown = 0, waiting = null;
  const say = words => { clearTimeout(saying); saying = setTimeout(() => { view.count.textContent = words; }, SAY); };

  function draw(answer, helped) {
    ways(answer);
    help(view.help, helped, ...(answer !== NOTHING && helped && view.widen ? view.widen() : []));
    shown = answer.results.length;
    view.show(answer);
  }

  function tell(answer, said, helped, early) {
    waiting = () => draw(answer, helped);
    self.settle(!early);
    say(said);
  }

  const self = {
    expand: true,
    words: () => box.value.slice(0, LONGEST),
    run() {
      const mine = ++turn, words = self.words(), asked = words.trim() !== '';
      let early = false;
      waiting = null;
      view.clear.hidden = !words;
      box.dir = words ? 'auto' : root.dir;   // an empty box would stand from left to right
      if (!asked) {
        window.rahnuma.search('', { lang, limit: 0 }).catch(() => {});   // loads the engine while somebody thinks of words
        tell(NOTHING, '', text('search.start'));
        return Promise.resolve();
      }
      const slow = setTimeout(() => { if (mine === turn) view.count.textContent = text('search.loading'); }, SAY);
      // First results are shown where there are none yet; how many there are, and of which kinds, only the whole answer knows.
      const partial = answer => { if (mine === turn && !shown) { early = true; draw(Object.assign(answer, { total: 0, facets: null }), ''); } };
      return window.rahnuma.search(words, Object.assign({ lang, expand: self.expand, partial: shown ? null : partial }, view.options())).then(answer => {
        if (mine !== turn) return;
        const found = answer.total > 0;
        tell(answer, text(found ? 'search.count' : 'search.none', found ? answer.total : undefined), found ? '' : text('search.none-help'), early);
      }, () => {
        // A file is missing, or older than the others: said plainly, with the ways that need no index.
        if (mine === turn) tell(NOTHING, text('search.failed'), text('search.failed-help'));
      }).then(() => clearTimeout(slow));
    },
    /** Shows the whole answer after first results, once no reader is in their midst. */
    settle(now) {
      if (!waiting || !now && view.inside()) return;
      const draws = waiting;
      waiting = null;
      draws();
    },
    /** Looks at once for what was typed last. */
    flush() { if (pause) later(); },
    reset(words) { box.value = words; self.expand = true; view.typed(true); box.focus(); return self.run(); }
  };

  function later() {
    clearTimeout(pause);
    pause = 0;
    view.typed(false);
    return self.run();
  }

  /** Related words, each in the language whose script it is in. */
  function ways({ also, editions }) {
    const code = words => (editions.find(e => (e.dir === 'rtl') === /[\u0590-\u08ff]/.test(words)) || {}).code || lang;
    view.also.textContent = '';
    view.also.hidden = !editions.length || self.expand && !also.length;
    if (view.also.hidden) return;
    also.slice(0, 6).forEach((way, i) => view.also.append(i ? ' · ' : text('search.also') + ' ', make('bdi', { lang: code(way.to) }, way.to)));
    view.also.append(' ', button('link', text(self.expand ? 'search.exact' : 'search.expand'), () => { self.expand = !self.expand; view.typed(true); box.focus(); self.run(); }));
  }

  box.addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(later, PAUSE); });
  view.clear.addEventListener('click', () => self.reset(''));
  return self;
}

// ---- The dialog: a combobox over a list of links

function dialog(opener) {
  const box = make('input', {
    id: 'finder-box', type: 'search', role: 'combobox', dir: 'auto', inputmode: 'search', enterkeyhint: 'search', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false',
    maxlength: LONGEST, placeholder: text('search.label'), 'aria-label': text('search.label'), 'aria-autocomplete': 'list', 'aria-expanded': 'false',
    'aria-controls': 'finder-list', 'aria-describedby': 'finder-note'
  });
  const list = make('div', { id: 'finder-list', role: 'listbox', 'aria-label': text('search.results') });
  const count = make('p', { class: 'finder-count', role: 'status', 'aria-live': 'polite' }), also = make('p', { class: 'finder-also', hidden: '' });
  const clear = button('finder-button', text('search.clear'), () => {}), all = make('a', { class: 'finder-all', hidden: '' }), aid = make('div', { class: 'finder-help', hidden: '' });
  const body = make('div', { class: 'finder-body' }, count, also, list, aid);
  const icon = (opener.querySelector('.i') || make('span')).cloneNode(true);
  let options = [], active = -1, back = null;

  function choose(place) {
    if (options[active]) options[active].setAttribute('aria-selected', 'false');
    active = options[place] ? place : -1;
    box.setAttribute('aria-activedescendant', active < 0 ? '' : options[active].id);
    if (active < 0) return search.settle();
    options[active].setAttribute('aria-selected', 'true');
    options[active].scrollIntoView({ block: 'nearest' });
  }

  const search = finder({
    box, clear, count, also, help: aid,
    options: () => ({ limit: FEW }),
    inside: () => active >= 0,
    typed() {},
    show(answer) {
      const link = result => make('a', { role: 'option', tabindex: '-1', 'aria-selected': 'false', class: 'hit', href: address(result) });
      const found = answer.results.map(result => fill(link(result), result, answer.editions, make('span', { class: 'hit-title' })));
      const own = found.filter(node => node.lang === lang), rest = found.filter(node => node.lang !== lang), other = text('search.other-language');
      options = own.concat(rest);
      options.forEach((node, i) => { node.id = 'finder-' + i; });
      list.textContent = '';
      list.append(...own);
      if (rest.length) list.append(make('div', { role: 'group', 'aria-label': other }, make('div', { class: 'finder-other', 'aria-hidden': 'true' }, other), ...rest));
      box.setAttribute('aria-expanded', String(found.length > 0));
      list.hidden = !found.length;
      all.hidden = !answer.total;
      all.href = whole();
      all.textContent = text('search.all', answer.total);
      choose(-1);
      body.scrollTop = 0;
    }
  });
  const whole = () => opener.dataset.search + fragment({ q: search.words().trim(), expand: search.expand ? '' : '0' });

  box.addEventListener('keydown', event => {
    if (!meant(event)) return;
    const last = options.length - 1, key = event.key;
    if (key === 'ArrowDown') choose(active < last ? active + 1 : 0);
    else if (key === 'ArrowUp') choose(active < 0 ? last : active - 1);
    else if (key === 'Home' && active >= 0) choose(0);
    else if (key === 'End' && active >= 0) choose(last);
    else if (key === 'Enter') {
      search.flush();
      if (active >= 0) options[active].click();
      else if (search.words().trim()) location.assign(whole());
    } else if (key === 'Escape') node.close();   // the browser itself would empty the box first
    else return;
    event.preventDefault();
  });
  const node = make('dialog', { class: 'finder', 'aria-label': text('search.title') },
    make('div', { class: 'finder-head' }, make('div', { class: 'finder-field' }, icon, box), clear, button('finder-button finder-close', text('search.close'), () => node.close())),
    body);
  body.append(make('p', { class: 'finder-foot' }, all, make('span', { id: 'finder-note' }, text('search.private-dialog'))));
  // The way out of the site stays where it is: the page below cannot be reached while the dialog is open.
  const exit = doc.querySelector('a.exit');
  if (exit) {
    const copy = exit.cloneNode(true);
    copy.addEventListener('click', event => { event.preventDefault(); node.close(); exit.click(); });
    node.append(copy);
  }
  node.addEventListener('click', event => { if (event.target === node) node.close(); });
  node.addEventListener('close', () => { if (back && back.focus) back.focus(); });
  clear.hidden = true;
  doc.body.append(node);
  return from => {
    if (node.open) return;
    back = from;
    node.showModal();
    box.focus();
    box.select();
    search.run();
  };
}

// ---- The search page

function page(section) {
  const at = id => doc.getElementById('search-' + id), box = at('box'), filters = at('filters'), more = at('more'), others = at('others'), lists = [at('results'), at('other-results')];
  const FACETS = ['type', 'lang', 'audience', 'jurisdiction'], OURS = /^#(q|type|lang|audience|jurisdiction|expand)=/;
  let chosen = {}, finished = false, limit = PAGE;

  const search = finder({
    box, clear: at('clear'), count: at('count'), also: at('also'), help: at('help'),
    options: () => ({ limit, type: chosen.type, only: chosen.lang, audience: chosen.audience, jurisdiction: chosen.jurisdiction }),
    inside: () => lists.some(list => list.contains(doc.activeElement)),
    // A search that was finished (Enter, leaving the box, a filter) is a step that the back button returns to; half-typed words are not.
    typed(end) {
      const how = end || finished ? 'pushState' : 'replaceState';
      finished = end;
      limit = PAGE;
      write(how);
    },
    widen: () => (FACETS.some(kind => chosen[kind]) ? [make('p', null, button('link', text('search.unfiltered'), () => { chosen = {}; search.reset(box.value); }))] : []),
    show(answer) {
      for (const list of lists) list.textContent = '';
      for (const result of answer.results) {
        const own = result.lang === lang, item = fill(make('li', { class: 'hit' }), result, answer.editions, make('a', { class: 'hit-title', href: address(result) }));
        const twin = result.twins[lang];
        if (twin) item.append(make('a', { class: 'hit-twin', lang, dir: root.dir, hreflang: lang, href: base + twin }, text('search.twin')));
        lists[own ? 0 : 1].append(item);
      }
      others.hidden = !lists[1].firstChild;
      more.hidden = answer.results.length >= answer.total;
      if (answer.facets) offer(answer.facets);
    }
  });

  function read() {
    const values = new URLSearchParams(location.hash.slice(1));
    chosen = {};
    for (const kind of FACETS) chosen[kind] = values.get(kind) || '';
    box.value = (values.get('q') || new URLSearchParams(location.search).get('q') || '').slice(0, LONGEST);
    search.expand = values.get('expand') !== '0';
    finished = box.value !== '';
    limit = PAGE;
  }
  function write(how) {
    history[how](null, '', location.pathname + fragment(Object.assign({ q: search.words() }, chosen, { expand: search.expand ? '' : '0' })));
  }

  /** What each choice would show; what would show nothing is left out unless it is chosen. */
  function offer(facets) {
    let any = false;
    for (const group of filters.querySelectorAll('[data-facet]')) {
      const kind = group.dataset.facet, counts = facets[kind] || {};
      let offered = 0;
      for (const choice of group.querySelectorAll('input, option')) {
        const label = choice.closest('label, option'), n = counts[choice.value] || 0, on = choice.value === (chosen[kind] || '');
        if (choice.tagName === 'INPUT') choice.checked = on; else choice.selected = on;
        if (!choice.value) continue;
        label.hidden = !n && !on;
        if (!label.hidden) offered++;
        if (label === choice) choice.textContent = choice.dataset.name + ' (' + n + ')'; else label.lastElementChild.textContent = n;
      }
      group.hidden = offered < 2 && !chosen[kind];
      any = any || !group.hidden;
    }
    filters.hidden = !any;
  }

  filters.addEventListener('change', event => {
    chosen[event.target.closest('[data-facet]').dataset.facet] = event.target.value;
    search.flush();
    finished = true;
    limit = PAGE;
    write('pushState');
    search.run();
  });
  more.addEventListener('click', () => {
    const before = section.querySelectorAll('.hit').length;
    limit += PAGE;
    search.run().then(() => { const next = section.querySelectorAll('a.hit-title')[before]; if (next) next.focus(); });
  });
  // No rendering here: a link that is being pressed would vanish under the finger.
  box.addEventListener('change', () => { search.flush(); finished = box.value !== ''; });
  section.addEventListener('keydown', event => {
    if (!meant(event)) return;
    const links = Array.from(section.querySelectorAll('a.hit-title')), place = links.indexOf(doc.activeElement), inside = place >= 0, key = event.key;
    let next = null;
    if (event.target === box && key === 'Enter') { search.flush(); finished = box.value !== ''; }
    if (key === 'ArrowDown' && (inside || event.target === box)) next = links[Math.min(place + 1, links.length - 1)];
    else if (key === 'ArrowUp' && inside) next = links[place - 1] || box;
    else if (key === 'Home' && inside) next = links[0];
    else if (key === 'End' && inside) next = links[links.length - 1];
    else if (key === 'Escape' && inside) next = box;
    if (next) { event.preventDefault(); next.focus(); }
  });
  for (const kind of ['focusin', 'click']) doc.addEventListener(kind, () => search.settle());
  window.addEventListener('hashchange', () => {
    if (location.hash && !OURS.test(location.hash)) return;   // the way to the main part, say
    read();
    search.run();
  });

  section.hidden = false;
  at('fallback').hidden = true;
  filters.open = window.matchMedia('(min-width: 60rem)').matches;
  read();
  if (new URLSearchParams(location.search).has('q')) write('replaceState');
  if (!box.value) box.focus({ preventScroll: true });
  search.run();
}

let show = null;
window.rahnumaFinder = {
  /** Opens the dialog. `opener` names the search page (`data-search`) and the list of all pages (`href`); `from` gets the focus back. */
  open(opener, from) { (show = show || dialog(opener))(from); }
};
const section = doc.getElementById('search');
if (section) page(section);
})();
