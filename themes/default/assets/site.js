// Small help for every page: menu, keys, search box, the language link. No page needs it. Classic script; keeps nothing on `window`.
(function () {
  'use strict';
  var doc = document, root = doc.documentElement;
  var all = function (selector) { return Array.prototype.slice.call(doc.querySelectorAll(selector)); };
  var typing = function (node) { return !!node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) && !/^(checkbox|radio|button)$/.test(node.type)); };

  // The menu closes on Escape and on a press outside it.
  var menu = doc.querySelector('details.menu');
  if (menu) {
    doc.addEventListener('click', function (event) { if (menu.open && !menu.contains(event.target)) menu.open = false; });
    menu.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && menu.open) { menu.open = false; menu.firstElementChild.focus(); }
    });
  }

  // "/" and Ctrl or Cmd with K lead to the search.
  doc.addEventListener('keydown', function (event) {
    var command = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k';
    var slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(doc.activeElement);
    if (!command && !slash || event.defaultPrevented) return;
    var box = doc.getElementById('search-box') || doc.getElementById('find'), link = doc.querySelector('a.search-open');
    if (box && box.offsetParent) { event.preventDefault(); box.focus(); box.select(); } else if (link) { event.preventDefault(); location.assign(link.href); }
  });

  // The box in the header hands its words to the search page in the fragment, which no host ever sees.
  var find = doc.getElementById('find');
  if (find) {
    var go = function () { location.assign(find.dataset.search + (find.value.trim() ? '#q=' + encodeURIComponent(find.value.trim()) : '')); };
    // Android keyboards press Enter to end a composition too; that one is not meant for us.
    find.addEventListener('keydown', function (event) { if (event.key === 'Enter' && !event.isComposing && event.keyCode !== 229) { event.preventDefault(); go(); } });
    find.parentNode.querySelector('button').addEventListener('click', go);
  }

  // The other language opens at the same section.
  all('[data-same-ids]').forEach(function (node) {
    node.addEventListener('click', function () { if (location.hash) node.hash = location.hash; });
  });

  root.classList.add('js');
})();
