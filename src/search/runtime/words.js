// What a word is, in the browser: the twin of src/search/analysis, with its tables (TABLES). Same names, same results; tests/js holds them equal.
// In: text, or folded forms. Out: words with their places, stems, keys, costs in integers. It knows no page and no index.

const runs = list => list.map(([a, b]) => '\\u{' + a.toString(16) + '}-\\u{' + b.toString(16) + '}').join('');
const TOKEN = '[\\p{L}\\p{N}\\p{M}]', APOSTROPHES = "'\u2018\u2019", DASHES = '\\-\u2010\u2011\u2013', DIGITS = '[0-9\u0660-\u0669\u06f0-\u06f9]+';
const SILENT = new RegExp('[' + runs(TABLES.silent) + ']', 'gu'), LETTER = '[' + runs(TABLES.letters) + ']';
const FINAL = [new RegExp('ے(?=' + LETTER + ')', 'gu'), new RegExp('ں(?=' + LETTER + ')', 'gu')];
const SAME = new Map(Array.from(TABLES.from, (c, i) => [c, TABLES.to[i]]));

/** One spelling for what readers hold to be the same word. */
function fold(text) {
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  text = text.replace(/ﷺ/g, '').normalize('NFKD').toLowerCase().replace(SILENT, '');
  text = text.replace(/ے(\u0654+)/g, (_, hamza) => 'ی'.repeat(hamza.length) + 'ے').replace(/\u0654/g, '').replace(/[^\x00-\x7f]/g, c => SAME.get(c) || c);
  text = text.replace(FINAL[0], 'ی').replace(FINAL[1], 'ن').replace(/(^|[^بپتٹجچدڈرڑکگلمن])(ھ+)/g, (_, before, h) => before + 'ہ'.repeat(h.length));
  return text.normalize('NFC');
}

const WORD = new RegExp(DIGITS + '[' + DASHES + '][A-Za-z]{1,2}(?!' + TOKEN + ')|' + TOKEN + '+(?:(?:[' + runs(TABLES.joiners) + ']+|[' + APOSTROPHES + '](?=[A-Za-z]))' + TOKEN + '+)*', 'gu');
const SECTION = new RegExp('^(' + DIGITS + ')[' + DASHES + ']?[A-Za-z]{1,2}$'), DASH = new RegExp('^[' + DASHES + ']$');
const APOSTROPHE = new RegExp('[' + APOSTROPHES + ']', 'g'), SEAM = new RegExp('[\u200c' + APOSTROPHES + ']'), OWNED = new RegExp('[' + APOSTROPHES + '][sS]$');
const PIECE = new RegExp(TOKEN + '+', 'gu');

/** The words of a text, each whole word followed by its parts. @returns {{start: number, end: number, form: string, part: boolean}[]} */
function words(text) {
  const found = [];
  const add = (word, start, end, part) => {
    for (const piece of fold(word).match(PIECE) || []) if (/[\p{L}\p{N}]/u.test(piece)) {
      found.push({ start, end, form: piece.length > TABLES.longest ? Array.from(piece).slice(0, TABLES.longest).join('') : piece, part });
    }
  };
  for (const { 0: word, index: start } of text.matchAll(WORD)) {
    const end = start + word.length, section = SECTION.exec(word);
    if (/^[eEiI]$/.test(word) && DASH.test(text[start - 1]) && DASH.test(text[end])) continue;
    if (section) {
      add(word.replace(/[^\p{L}\p{N}]/gu, ''), start, end, false);
      add(section[1], start, start + section[1].length, true);
      continue;
    }
    const whole = word.replace(OWNED, '');
    add(whole.replace(APOSTROPHE, ''), start, end, false);
    if (!SEAM.test(whole)) continue;
    let from = start;
    for (const part of whole.split(SEAM)) {
      if (Array.from(part).length > 1) add(part, from, from + part.length, true);
      from += part.length + 1;
    }
  }
  return found;
}

const SOUNDS = new Map();
for (const rule of TABLES.sounds.match(/\S+/g)) {
  const [, first, letters, last, to] = /^(\^?)([^$]+)(\$?)=(.*)$/.exec(rule);
  SOUNDS.set(letters[0], (SOUNDS.get(letters[0]) || []).concat({ letters, first, last, to: to.split(',') }));
}
for (const rules of SOUNDS.values()) rules.sort((a, b) => b.letters.length - a.letters.length || b.first.length - a.first.length || b.last.length - a.last.length);

const append = (key, sounds) => { for (const c of sounds) if (!key.endsWith(c)) key += c; return key; };

/** The consonants of a form, which both scripts share: all keys under which it may be kept, its own one first. */
function skeletons(form) {
  let keys = [''];
  for (let at = 0; at < form.length;) {
    const next = String.fromCodePoint(form.codePointAt(at));
    const rule = (SOUNDS.get(next) || []).find(r => form.startsWith(r.letters, at) && !(r.first && at) && !(r.last && at + r.letters.length < form.length));
    at += rule ? rule.letters.length : next.length;
    const grown = new Set();
    for (const sounds of rule ? rule.to : [next]) for (const key of keys) if (grown.size < TABLES.keys) grown.add(append(key, sounds));
    keys = Array.from(grown);
  }
  return keys;
}
const skeleton = form => skeletons(form)[0];
