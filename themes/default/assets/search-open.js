// Opens the search, on every page. Everything else is loaded at first use: the engine when `rahnuma.search` is called, the interface too when
// a control is pressed. Without scripts these controls are links to the list from A to Z; they stay links when a file cannot be loaded.
(function () {
'use strict';
const doc = document, data = doc.documentElement.dataset, loading = new Map();

function load(address) {
  if (!loading.has(address)) {
    loading.set(address, new Promise((done, fail) => {
      const style = /\.css$/.test(address), node = doc.createElement(style ? 'link' : 'script');
      node.onload = done;
      node.onerror = () => { loading.delete(address); node.remove(); fail(new Error('not loaded: ' + address)); };
      if (style) node.rel = 'stylesheet';
      node[style ? 'href' : 'src'] = address;
      doc.head.append(node);
    }));
  }
  return loading.get(address);
}

function search(query, options) {
  return load(data.searchJs).then(() => {
    if (window.rahnuma.search === search) throw new Error('no search in ' + data.searchJs);
    return window.rahnuma.search(query, options);
  });
}
window.rahnuma = Object.assign({ search }, window.rahnuma);

const controls = Array.from(doc.querySelectorAll('.search-open')), shown = node => node.getClientRects().length > 0;

function open(control) {
  const box = doc.getElementById('search-box');
  if (box && shown(box)) { box.focus(); box.select(); return; }
  const opener = control || controls.find(shown) || controls[0];
  opener.setAttribute('aria-busy', 'true');
  load(data.searchJs).catch(() => {});   // the interface says what is missing
  Promise.all([load(data.searchTexts), load(data.searchUi), load(data.searchCss).catch(() => {})])
    .then(() => window.rahnumaFinder.open(opener, control ? opener : doc.activeElement), () => location.assign(opener.href))
    .then(() => opener.removeAttribute('aria-busy'));
}

for (const control of controls) {
  control.setAttribute('role', 'button');
  control.setAttribute('aria-haspopup', 'dialog');
  control.addEventListener('click', event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(control);
  });
  control.addEventListener('keydown', event => { if (event.key === ' ') { event.preventDefault(); open(control); } });
}

const typing = node => node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) && !/^(checkbox|radio|button)$/.test(node.type));
doc.addEventListener('keydown', event => {
  // By the key's place too: on an Urdu keyboard the letter there is another one.
  const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && (event.key === 'k' || event.code === 'KeyK');
  const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!command && !slash || event.defaultPrevented || event.isComposing || typing(doc.activeElement) || !controls.length || doc.querySelector('dialog[open]')) return;
  event.preventDefault();
  open(null);
});
})();
