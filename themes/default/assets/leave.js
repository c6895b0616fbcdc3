// Leaving in a hurry: the control in the header, Shift three times, and the private mode of this tab. Classic script; keeps nothing on `window`.
// In: links with `data-exit`, `#exit-status`. Without this script the control is an ordinary link.
(function () {
  'use strict';
  var doc = document, exit = doc.querySelector('.exit[data-exit]'), status = doc.getElementById('exit-status');
  var presses = 0, timer = 0, other = false, cover = null;

  /** @param {string} selector @returns {HTMLElement[]} */
  function all(selector) { return Array.prototype.slice.call(doc.querySelectorAll(selector)); }

  /** Whether keys go into a field. @param {Element|null} node */
  function typing(node) { return !!node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) && !/^(checkbox|radio|button)$/.test(node.type)); }

  /** Tells listeners, and shows readers who see, how many presses are left. @param {string} text @param {number} [left] */
  function say(text, left) {
    if (!status) return;
    status.textContent = text || '';
    if (left) status.dataset.left = left; else delete status.dataset.left;
  }

  /** Covers the page in this frame, then replaces it in the history. @param {Event} [event] */
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
    // From a folder there is an empty page of the copy; on a site without a network only the browser's own can come.
    var away = exit.href;
    if (location.protocol === 'file:') away = exit.dataset.blank || away;
    else if (navigator.onLine === false) away = 'about:blank';
    location.replace(away);
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
      say(presses === 1 ? status.dataset.two : status.dataset.one, 3 - presses);
      timer = setTimeout(function () { forget(); say(status.dataset.off); }, 5000);
    });
    // Coming back from the browser's cache: show the page again.
    window.addEventListener('pageshow', function (event) { if (event.persisted && cover) location.reload(); });
  }

  // Private mode, asked for on the safety page: links inside the site replace each other, so that this tab keeps one entry of history.
  var quiet = false;
  try { quiet = sessionStorage.getItem('rahnuma:private') === '1'; } catch (blocked) { /* storage is off: there is no private mode */ }
  if (quiet) {
    doc.addEventListener('click', function (event) {
      var link = event.target.closest && event.target.closest('a[href]');
      if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      if (link.target || link.hasAttribute('download') || link.protocol !== location.protocol || link.host !== location.host) return;
      if (link.hash && link.pathname === location.pathname) { event.preventDefault(); location.replace(link.hash); return; }
      event.preventDefault();
      location.replace(link.href);
    });
  }
})();
