// The safety page's list of what this site keeps on the device, with a button that clears it. In: `rahnumaKept`. Without it the text says that
// nothing is kept.
(function () {
  'use strict';
  var doc = document, kept = window.rahnumaKept, box = doc.getElementById('device');
  if (!box || !kept) return;
  var list = box.querySelector('[data-list]'), none = box.querySelector('[data-none]'), clear = box.querySelector('[data-clear]');
  var quiet = box.querySelector('[data-private]'), said = box.querySelector('[data-said]');

  function show() {
    var codes = kept.codes();
    list.textContent = '';
    codes.forEach(function (code) {
      var item = doc.createElement('li'), name = doc.createElement('bdi');
      name.textContent = code;
      name.dir = 'ltr';
      item.append(list.dataset.label + ' ', name);
      list.append(item);
    });
    list.hidden = clear.hidden = !codes.length;
    none.hidden = !!codes.length;
    quiet.checked = kept.isPrivate();
  }

  clear.addEventListener('click', function () { kept.clear(); show(); said.textContent = said.dataset.cleared; none.tabIndex = -1; none.focus(); });
  quiet.addEventListener('change', function () { if (!kept.setPrivate(quiet.checked)) quiet.checked = false; });
  box.hidden = false;
  show();
})();
