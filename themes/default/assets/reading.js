// Reading aids: contents that follow the reader, links to copy, dates that pass after the build. No page needs them. Classic script.
(function () {
  'use strict';
  var doc = document;

  /** @param {string} selector @returns {HTMLElement[]} */
  function all(selector) { return Array.prototype.slice.call(doc.querySelectorAll(selector)); }

  // A copy opened long after its build says itself that its review date has passed.
  var now = new Date(), today = [now.getFullYear(), ('0' + (now.getMonth() + 1)).slice(-2), ('0' + now.getDate()).slice(-2)].join('-');
  all('[data-review-by]').forEach(function (node) { if (node.dataset.reviewBy < today) node.classList.add('overdue'); });

  // On wide screens the two folds are columns that stand open.
  var wide = window.matchMedia && matchMedia('(min-width: 68rem)');
  function unfold() {
    all('.rail .fold, .toc .fold').forEach(function (fold) {
      fold.open = wide.matches;
      fold.firstElementChild.tabIndex = wide.matches ? -1 : 0;
    });
  }
  if (wide && wide.addEventListener) { wide.addEventListener('change', unfold); if (wide.matches) unfold(); }

  // Contents that follow the reader: the last heading above the upper third of the window.
  var links = {};
  all('.toc a[href^="#"]').forEach(function (node) { links[decodeURIComponent(node.hash.slice(1))] = node; });
  if (window.IntersectionObserver && Object.keys(links).length) {
    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        all('.toc [aria-current]').forEach(function (node) { node.removeAttribute('aria-current'); });
        var link = links[entry.target.id], list = link.closest('.toc');
        link.setAttribute('aria-current', 'location');
        var gap = link.offsetTop - list.scrollTop;
        if (gap < 0 || gap > list.clientHeight - 40) list.scrollTop = link.offsetTop - list.clientHeight / 2;
      });
    }, { rootMargin: '-15% 0px -70% 0px' });
    Object.keys(links).forEach(function (id) { var heading = doc.getElementById(id); if (heading) seen.observe(heading); });
  }

  // The "#" behind a heading copies the full address of its section, and still leads there.
  var said = doc.getElementById('said'), timer = 0;
  doc.addEventListener('click', function (event) {
    var link = event.target.closest && event.target.closest('a.anchor');
    if (!link || !said || !navigator.clipboard || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    navigator.clipboard.writeText(link.href).then(function () {
      said.textContent = said.dataset.copied;
      clearTimeout(timer);
      timer = setTimeout(function () { said.textContent = ''; }, 4000);
    }, function () { /* the browser does not allow it; the address bar has the link */ });
  });
})();
