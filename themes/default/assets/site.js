// Small help for every page: the menu and the language link. No page needs it. Classic script; keeps nothing on `window`.
(function () {
  'use strict';
  var doc = document, root = doc.documentElement;
  var all = function (selector) { return Array.prototype.slice.call(doc.querySelectorAll(selector)); };

  // The menu closes on Escape and on a press outside it.
  var menu = doc.querySelector('details.menu');
  if (menu) {
    doc.addEventListener('click', function (event) { if (menu.open && !menu.contains(event.target)) menu.open = false; });
    menu.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && menu.open) { menu.open = false; menu.firstElementChild.focus(); }
    });
  }

  // The other language opens at the same section.
  all('[data-same-ids]').forEach(function (node) {
    node.addEventListener('click', function () { if (location.hash) node.hash = location.hash; });
  });

  root.classList.add('js');
})();
