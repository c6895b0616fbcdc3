// What a word is, in the browser: the twin of src/search/analysis, with its tables (TABLES). Same names, same results; tests/js holds them equal.
// In: text, or folded forms. Out: words with their places, stems, keys, costs in integers. It knows no page and no index.

const TOKEN = '[\\p{L}\\p{N}\\p{M}]', APOSTROPHES = "'\u2018\u2019", DASHES = '\u2010\u2011\u2013-', DIGITS = '[0-9\u0660-\u0669\u06f0-\u06f9]+';
const SILENT = new RegExp('[' + TABLES.silent + TABLES.joiners + ']', 'gu'), FINAL = new RegExp('[ےں](?=[' + TABLES.letters + '])', 'gu');
const SAME = new Map();
for (const letters of TABLES.same.split(' ')) for (const c of letters) SAME.set(c, letters[0]);

/** One spelling for what readers hold to be the same word. */
function fold(text) {
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  text = text.replace(/ﷺ/g, '').normalize('NFKD').toLowerCase().replace(SILENT, '');
  text = text.replace(/ے\u0654+/g, some => 'ی'.repeat(some.length - 1) + 'ے').replace(/\u0654/g, '').replace(/[^\x00-\x7f]/g, c => SAME.get(c) || c);
  return text.replace(FINAL, c => c === 'ں' ? 'ن' : 'ی').replace(/(^|[^بپتٹجچدڈرڑکگلمن])(ھ+)/g, (_, before, some) => before + 'ہ'.repeat(some.length)).normalize('NFC');
}

const WORD = new RegExp(DIGITS + '[' + DASHES + '][A-Za-z]{1,2}(?!' + TOKEN + ')|' + TOKEN + '+(?:(?:[' + TABLES.joiners + ']+|[' + APOSTROPHES + '](?=[A-Za-z]))' + TOKEN + '+)*', 'gu');
const SECTION = new RegExp('^(' + DIGITS + ')[' + DASHES + ']?[A-Za-z]{1,2}$');
const APOSTROPHE = new RegExp('[' + APOSTROPHES + ']', 'g'), SEAM = new RegExp('[\u200c' + APOSTROPHES + ']'), OWNED = new RegExp('[' + APOSTROPHES + '][sS]$');
const PIECE = new RegExp(TOKEN + '+', 'gu');

/** The words of a text, each whole word followed by its parts. @returns {{start: number, end: number, form: string, part: boolean}[]} */
function words(text) {
  const found = [];
  const add = (word, start, end, part) => {
    for (const piece of fold(word).match(PIECE) || []) if (/[\p{L}\p{N}]/u.test(piece)) {
      found.push({ start, end, form: Array.from(piece).slice(0, TABLES.longest).join(''), part });
    }
  };
  for (const { 0: word, index: start } of text.matchAll(WORD)) {
    const end = start + word.length, section = SECTION.exec(word);
    if (/^[eEiI]$/.test(word) && DASHES.includes(text[start - 1]) && DASHES.includes(text[end])) continue;
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

const add = (map, key, value) => map.set(key, (map.get(key) || []).concat(value));
const SOUNDS = new Map();
for (const rule of TABLES.sounds.match(/\S+/g)) {
  const [, first, letters, last, to] = /^(\^?)([^$]+)(\$?)=(.*)$/.exec(rule);
  add(SOUNDS, letters[0], { letters, first, last, to: to.split(',') });
}

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

const STEPS = TABLES.stems.split('\n').map(line => line.split(' ').map(rule => /^([^=\d]+)=?(\D*)(\d?)$/.exec(rule)));

/** The stem of a form: of each step the first rule that fits. */
function stem(form) {
  if (!/^([a-z]+|[\u0600-\u06ff]+)$/.test(form)) return form;
  form = form.replace(/^ا(?=س[ٹپکم]..)/, '');
  for (const rules of STEPS) {
    const rule = rules.find(([, from, , least]) => form.endsWith(from) && form.length - from.length >= least);
    if (rule) form = form.slice(0, -rule[1].length) + rule[2];
  }
  return form;
}

const CHANNEL = new Map(TABLES.channel.split('\n').map(line => [/^[^a-z\d]+/.exec(line)[0], Array.from(line.matchAll(/([a-z]*)(\d)/g), ([, letters, cost]) => [letters, cost * TABLES.unit])]));

/** An Urdu word as the sounds of the table. */
const sounds = urdu => (urdu.match(/.ھ?/gu) || []).map((sound, i, all) => !TABLES.soft.includes(sound) ? sound : !i ? '^' + sound : i + 1 === all.length ? sound + '$' : sound);

/** The cost of writing an Urdu word so in Latin letters. */
function channel(roman, urdu) {
  const word = sounds(urdu), strange = TABLES.strange;
  roman = roman.replace(/([^aeiou])\1/g, '$1');
  let row = Array.from({ length: roman.length + 1 }, (_, n) => n * strange);
  word.forEach((sound, place) => {
    const vowels = place + 1 === word.length ? ';' : TABLES.soft.includes(sound.replace('^', '')) ? ':' : '.';
    for (const spellings of [CHANNEL.get(sound), CHANNEL.get(vowels)]) {
      const next = row.map(cost => cost + strange);
      for (const [letters, price] of spellings || []) for (let at = 0; at < row.length; at++) {
        const to = at + letters.length;
        if (row[at] + price < next[to] && roman.startsWith(letters, at)) next[to] = row[at] + price;
      }
      row = next;
    }
    for (let at = 1; at < row.length; at++) row[at] = Math.min(row[at], row[at - 1] + strange);
  });
  return row[roman.length];
}

/** 256 times the logarithm to base 2 of a / b, which is not less than 1. */
function logarithm(a, b) {
  let n = 0;
  while (a >= 2 * b) { b *= 2; n += 256; }
  let x = Math.floor(a * 65536 / b);
  for (let bit = 128; bit; bit >>= 1) {
    x = Math.floor(x * x / 65536);
    if (x >= 131072) { x = Math.floor(x / 2); n += bit; }
  }
  return n;
}

/** What the frequency of a word takes off its cost. */
const prior = count => logarithm(count, 1) * 5 >> 9;

const alike = (x, y) => TABLES.alike.some(set => set.includes(x) && set.includes(y));
function beside(x, y) {
  const a = TABLES.rows.indexOf(x), b = TABLES.rows.indexOf(y);
  return a >= 0 && b >= 0 && [1, 11, 12, 13].includes(Math.abs(a - b));
}
const change = (x, y) => x === y ? 0 : alike(x, y) ? 8 : beside(x, y) ? 9 : 10;
const lost = (word, i) => word[i] === word[i - 1] || word[i] === word[i + 1] ? 8 : TABLES.vowels.includes(word[i]) ? 9 : 10;

/** The cost of typing one word for another; Infinity if it is not likely. */
function typo(typed, meant) {
  const a = Array.from(typed), b = Array.from(meant), long = Math.max(a.length, b.length);
  if (typed === meant) return 0;
  if (long < 3 || Math.abs(a.length - b.length) > 2) return Infinity;
  let before = null, row = [0];
  b.forEach((_, j) => row.push(row[j] + lost(b, j)));
  a.forEach((x, i) => {
    const next = [row[0] + lost(a, i)];
    b.forEach((y, j) => {
      next[j + 1] = Math.min(row[j] + change(x, y), row[j + 1] + lost(a, i), next[j] + lost(b, j));
      if (i && j && x === b[j - 1] && a[i - 1] === y) next[j + 1] = Math.min(next[j + 1], before[j - 1] + 7);
    });
    before = row;
    row = next;
  });
  return row[b.length] > (long < 8 ? 10 : 20) ? Infinity : row[b.length];
}

const analysis = { fold, words, stem, skeleton, skeletons, sounds, channel, prior, typo };
