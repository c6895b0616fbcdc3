// Small help for every page: leaving, menu, keys, overdue dates, print. No page needs it. Classic script; keeps nothing to itself on `window`.
(function () {
  'use strict';
  var doc = document, root = doc.documentElement;
  var all = function (selector) { return Array.prototype.slice.call(doc.querySelectorAll(selector)); };
  var typing = function (node) { return !!node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) && !/^(checkbox|radio|button)$/.test(node.type)); };

  // Leaving: an ordinary link, and Shift three times within five seconds.
  var exit = doc.querySelector('.exit[data-exit]'), status = doc.getElementById('exit-status');
  var presses = 0, timer = 0, other = false, cover = null;

  function say(text) { if (status) status.textContent = text || ''; }

  function leave(event) {
    if (event) event.preventDefault();
    if (cover) return;
    cover = doc.createElement('div');
    cover.className = 'gone';
    cover.setAttribute('role', 'alert');
    cover.textContent = '\u00a0';
    Array.prototype.forEach.call(doc.body.children, function (node) { if (!node.hidden) { node.hidden = true; node.setAttribute('data-left', ''); } });
    doc.body.appendChild(cover);
    doc.title = '\u200e';
    all('link[rel~=icon]').forEach(function (node) { node.href = 'data:,'; });
    var away = location.protocol === 'file:' || navigator.onLine === false;
    location.replace(away && exit.dataset.blank || exit.href);
  }

  function forget() { presses = 0; clearTimeout(timer); }

  if (exit) {
    all('[data-exit]').forEach(function (node) {
      node.addEventListener('click', function (event) { if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !event.button) leave(event); });
    });
    doc.addEventListener('keydown', function (event) { if (event.key !== 'Shift') { other = true; forget(); say(''); } });
    doc.addEventListener('keyup', function (event) {
      if (event.key !== 'Shift') { if (!event.shiftKey) other = false; return; }
      if (other) { other = false; return; }
      if (typing(doc.activeElement)) return forget();
      clearTimeout(timer);
      presses += 1;
      if (presses > 2) return leave();
      say(presses === 1 ? status.dataset.two : status.dataset.one);
      timer = setTimeout(function () { forget(); say(status.dataset.off); }, 5000);
    });
    // Coming back from the browser's cache: show the page again.
    window.addEventListener('pageshow', function (event) { if (event.persisted && cover) location.reload(); });
  }

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

  // A copy opened long after its build says itself that its review date has passed.
  var now = new Date(), today = [now.getFullYear(), ('0' + (now.getMonth() + 1)).slice(-2), ('0' + now.getDate()).slice(-2)].join('-');
  all('[data-review-by]').forEach(function (node) { if (node.dataset.reviewBy < today) node.classList.add('overdue'); });

  all('[data-print]').forEach(function (node) {
    node.hidden = false;
    node.addEventListener('click', function () { window.print(); });
  });

  // Contents that follow the reader.
  var links = {};
  all('.toc a[href^="#"]').forEach(function (node) { links[decodeURIComponent(node.hash.slice(1))] = node; });
  if (window.IntersectionObserver && Object.keys(links).length) {
    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        all('.toc [aria-current]').forEach(function (node) { node.removeAttribute('aria-current'); });
        links[entry.target.id].setAttribute('aria-current', 'location');
      });
    }, { rootMargin: '-15% 0px -70% 0px' });
    Object.keys(links).forEach(function (id) { var heading = doc.getElementById(id); if (heading) seen.observe(heading); });
  }

  root.classList.add('js');
})();
