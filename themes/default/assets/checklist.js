// Checklists of a procedure: ticks that stay on this device, for one version of one procedure, whatever its language; progress; choices for
// print. In: the page, `rahnumaKept` and `rahnumaTexts`. Without this script the boxes can be ticked but nothing is kept.
(function () {
  'use strict';
  var doc = document, texts = (window.rahnumaTexts || {}).checklist;
  if (!texts) return;

  /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
  function all(selector, within) { return Array.prototype.slice.call((within || doc).querySelectorAll(selector)); }

  /** Gives a node its content; `data-t` names the text of an element. @param {HTMLElement} node @param {string} markup */
  function fill(node, markup) {
    node.innerHTML = markup;
    all('[data-t]', node).forEach(function (part) { part.textContent = texts[part.dataset.t]; });
  }

  /** Ticks and progress. */
  function ticking() {
    var kept = window.rahnumaKept, bar = doc.getElementById('checklist');
    if (!bar || !kept) return;

    // A box is named by its step and its place in it, the same in every language. `shape` counts the boxes of each step, so that ticks of a
    // text that was changed without a new version are not put on other boxes.
    var boxes = {}, shape = [];
    all('.prose .step').forEach(function (step) {
      var own = all('.tasks input', step);
      own.forEach(function (box, place) { boxes[step.id + '/' + (place + 1)] = box; });
      shape.push(own.length);
    });
    var ids = Object.keys(boxes);
    if (!ids.length) return;
    shape = shape.join('.');

    fill(bar, '<div class="earlier" role="group" aria-labelledby="earlier-text" data-earlier hidden><p id="earlier-text"><span data-t="checklist.earlier"></span>'
      + ' <bdi class="nb" dir="ltr" data-day></bdi></p><p class="actions"><button type="button" class="button" data-t="checklist.continue" data-continue></button>'
      + ' <button type="button" class="button plain" data-t="checklist.discard" data-discard></button></p></div>'
      + '<progress data-bar max="1" value="0" aria-labelledby="checklist-count"></progress>'
      + '<p class="checklist-line"><span id="checklist-count"><b><bdi class="nb" dir="ltr" data-count></bdi></b> <span data-t="checklist.done"></span></span>'
      + ' <span data-t="checklist.saved" data-saved></span><span class="unsaved" data-t="checklist.unsaved" data-unsaved hidden></span></p>'
      + '<p class="checklist-line"><button type="button" class="text-button" data-t="checklist.new" data-new></button>'
      + ' <label><input type="checkbox" data-off> <span data-t="checklist.off"></span></label> <span role="status" data-said></span></p>');
    var code = bar.dataset.code, version = bar.dataset.version, part = function (name) { return bar.querySelector('[data-' + name + ']'); };
    var now = new Date(), today = [now.getFullYear(), ('0' + (now.getMonth() + 1)).slice(-2), ('0' + now.getDate()).slice(-2)].join('-');
    var earlier = null;

    function done() { return ids.filter(function (id) { return boxes[id].checked; }); }

    function show() {
      var count = done().length;
      part('bar').max = ids.length;
      part('bar').value = count;
      part('count').textContent = count + ' / ' + ids.length;
      part('saved').hidden = !kept.saves();
      part('unsaved').hidden = kept.saves();
    }

    function save() { kept.write(code, { version: version, shape: shape, day: today, done: done() }); show(); }

    function put(list) { ids.forEach(function (id) { boxes[id].checked = list.indexOf(id) >= 0; }); }

    /** Ends the question about ticks of an earlier day. @param {boolean} go whether to go on with them */
    function answer(go) {
      put(go ? earlier.done : []);
      earlier = null;
      part('earlier').hidden = true;
      if (go) save(); else { kept.forget(code); show(); }
      boxes[ids[0]].focus({ preventScroll: !go });
    }

    ids.forEach(function (id) {
      boxes[id].addEventListener('change', function () {
        if (!earlier) return save();
        boxes[id].checked = false;
        part('earlier').scrollIntoView({ block: 'center' });
        part('continue').focus();
      });
    });
    part('continue').addEventListener('click', function () { answer(true); });
    part('discard').addEventListener('click', function () { answer(false); });
    part('new').addEventListener('click', function () {
      put([]);
      earlier = null;
      part('earlier').hidden = true;
      kept.forget(code);
      show();
      part('said').textContent = texts['checklist.cleared'];
    });
    part('off').addEventListener('change', function () { kept.setOff(part('off').checked); if (!part('off').checked) save(); else show(); });

    part('off').checked = kept.off();
    var ticks = kept.read(code, version, shape);
    if (ticks && ticks.day === today) put(ticks.done);
    else if (ticks) {
      earlier = ticks;
      part('day').textContent = ticks.day;
      part('earlier').hidden = false;
    }
    bar.setAttribute('aria-label', texts['checklist.label']);
    bar.hidden = false;
    show();
    // The same ticks in another tab.
    window.addEventListener('storage', function (event) {
      if (!event.key || event.key.slice(-code.length) !== code || earlier) return;
      var fresh = kept.read(code, version, shape);
      put(fresh ? fresh.done : []);
      show();
    });
  }

  /** Print: all, the field card alone, or the forms alone; with ticks only when asked. */
  function printing() {
    var body = doc.body, choice = doc.querySelector('.print-choice');
    if (!choice) return;
    fill(choice.querySelector('.print-menu'), (doc.getElementById('field-card') ? ['all', 'card', 'forms'] : ['all', 'forms']).map(function (name) {
      return '<button type="button" data-t="print.' + name + '" data-print="' + name + '"></button>';
    }).join('') + '<label><input type="checkbox" data-print-ticks> <span data-t="print.ticks"></span></label>');
    var withTicks = choice.querySelector('[data-print-ticks]');

    function reset() { delete body.dataset.print; delete body.dataset.ticks; }

    choice.hidden = false;
    Array.prototype.forEach.call(choice.querySelectorAll('[data-print]'), function (button) {
      button.hidden = button.dataset.print === 'forms' && !doc.querySelector('.prose > h2[id^=form] + .card');
      button.addEventListener('click', function () {
        body.dataset.print = button.dataset.print;
        if (withTicks.checked) body.dataset.ticks = '';
        window.print();
      });
    });
    // Phones return from `print` before the sheet is made, so there the next touch ends the choice.
    if (!window.matchMedia || !matchMedia('(pointer: coarse)').matches) window.addEventListener('afterprint', reset);
    doc.addEventListener('pointerdown', reset);
    doc.addEventListener('keydown', reset);
  }

  ticking();
  printing();
})();
