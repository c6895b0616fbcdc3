// The glossary's filter: hides terms whose names and meanings have none of the words. The glossary is whole without it. Classic script.
(function () {
  'use strict';
  var box = document.getElementById('glossary-filter');
  if (!box) return;
  var found = document.querySelector('.glossary-found'), rest = document.querySelectorAll('.letters, .term-index');
  var same = { 'ي': 'ی', 'ى': 'ی', 'ئ': 'ی', 'ے': 'ی', 'ۓ': 'ی', 'ك': 'ک', 'ه': 'ہ', 'ھ': 'ہ', 'ة': 'ہ', 'ۃ': 'ہ', 'ۂ': 'ہ', 'ۀ': 'ہ', 'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ؤ': 'و' };

  // One form for the ways a word is typed: letters of Arabic keyboards, marks, case, digits, hyphens and joiners.
  function fold(text) {
    return text.toLowerCase().normalize('NFC').replace(/[\u0621-\u06d3]/g, function (letter) { return same[letter] || letter; })
      .normalize('NFD').replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f]/g, '')
      .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, function (digit) { return digit.charCodeAt(0) & 15; })
      .replace(/[-\u2010-\u2015/']/g, ' ').replace(/\s+/g, ' ').trim();
  }

  var terms = Array.prototype.map.call(document.querySelectorAll('.term[id]'), function (node) { return { node: node, text: fold(node.textContent) }; });

  function filter() {
    var words = fold(box.value).split(' ').filter(Boolean), count = 0;
    terms.forEach(function (term) {
      var fits = words.every(function (word) { return term.text.indexOf(word) >= 0; });
      term.node.hidden = !fits;
      if (fits) count += 1;
    });
    Array.prototype.forEach.call(document.querySelectorAll('section.letter'), function (section) { section.hidden = !section.querySelector('.term:not([hidden])'); });
    Array.prototype.forEach.call(rest, function (node) { node.hidden = words.length > 0; });
    found.textContent = !words.length ? '' : !count ? box.dataset.none : count === 1 ? box.dataset.one : box.dataset.other.replace(/[0\u06f0]/, count);
  }

  // A link to a term that the filter hides shows it again.
  function shown() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest('[hidden]')) { box.value = ''; filter(); target.scrollIntoView(); }
  }

  box.parentNode.hidden = false;
  box.addEventListener('input', filter);
  window.addEventListener('hashchange', shown);
  if (box.value) filter();   // the browser's memory of an earlier visit
})();
