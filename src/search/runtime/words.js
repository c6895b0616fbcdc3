// What a word is, in the browser: the twin of src/search/analysis, with its tables (TABLES). Same names, same results; tests/js holds them equal.
// In: text, or folded forms. Out: words with their places, stems, keys, costs in integers. It knows no page and no index.

const TOKEN = '[\\p{L}\\p{N}\\p{M}]', APOSTROPHES = "'\u2018\u2019", DASHES = '\\-\u2010\u2011\u2013', DIGITS = '[0-9\u0660-\u0669\u06f0-\u06f9]+';
const SILENT = new RegExp('[' + TABLES.silent + TABLES.joiners + ']', 'gu'), LETTER = '(?=[' + TABLES.letters + '])';
const FINAL = [new RegExp('ے' + LETTER, 'gu'), new RegExp('ں' + LETTER, 'gu')];
const SAME = new Map();
for (const letters of TABLES.same.split(' ')) for (const c of letters) SAME.set(c, letters[0]);

/** One spelling for what readers hold to be the same word. */
function fold(text) {
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  text = text.replace(/ﷺ/g, '').normalize('NFKD').toLowerCase().replace(SILENT, '');
  text = text.replace(/ے(\u0654+)/g, (_, hamza) => 'ی'.repeat(hamza.length) + 'ے').replace(/\u0654/g, '').replace(/[^\x00-\x7f]/g, c => SAME.get(c) || c);
  text = text.replace(FINAL[0], 'ی').replace(FINAL[1], 'ن').replace(/(^|[^بپتٹجچدڈرڑکگلمن])(ھ+)/g, (_, before, h) => before + 'ہ'.repeat(h.length));
  return text.normalize('NFC');
}

const WORD = new RegExp(DIGITS + '[' + DASHES + '][A-Za-z]{1,2}(?!' + TOKEN + ')|' + TOKEN + '+(?:(?:[' + TABLES.joiners + ']+|[' + APOSTROPHES + '](?=[A-Za-z]))' + TOKEN + '+)*', 'gu');
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
function sounds(urdu) {
  const found = [], letters = Array.from(urdu);
  for (let i = 0; i < letters.length; i++) {
    if (letters[i + 1] === 'ھ') found.push(letters[i++] + 'ھ');
    else if (!TABLES.soft.includes(letters[i])) found.push(letters[i]);
    else found.push(!found.length ? '^' + letters[i] : i + 1 === letters.length ? letters[i] + '$' : letters[i]);
  }
  return found;
}

/** The cost of writing an Urdu word so in Latin letters. */
function channel(roman, urdu) {
  const word = sounds(urdu), strange = TABLES.strange;
  roman = roman.replace(/([^aeiou])\1/g, '$1');
  let row = Array.from({ length: roman.length + 1 }, (_, n) => n * strange);
  word.forEach((sound, place) => {
    const vowels = place + 1 === word.length ? ';' : TABLES.soft.includes(sound.replace(/[$^]/, '')) ? ':' : '.';
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

/** What the frequency of a word takes off its cost. */
function prior(count) {
  const doublings = 31 - Math.clz32(count || 1);
  return (doublings * 16 + Math.floor((count || 1) * 16 / 2 ** doublings) - 16) * 5 >> 5;
}

const alike = (x, y) => TABLES.alike.some(set => set.includes(x) && set.includes(y));
function beside(x, y) {
  const place = c => { const row = TABLES.rows.findIndex(keys => keys.includes(c)); return [row, row < 0 ? 0 : TABLES.rows[row].indexOf(c)]; };
  const [a, b] = [place(x), place(y)];
  return a[0] >= 0 && b[0] >= 0 && Math.abs(a[0] - b[0]) < 2 && Math.abs(a[1] - b[1]) < 2;
}
const change = (x, y) => x === y ? 0 : alike(x, y) ? 8 : beside(x, y) ? 9 : 10;
const lost = (word, i) => word[i] === word[i - 1] || word[i] === word[i + 1] ? 8 : TABLES.vowels.includes(word[i]) ? 9 : 10;

/** The cost of typing one word for another; null if it is not likely. */
function typo(typed, meant) {
  const a = Array.from(typed), b = Array.from(meant), long = Math.max(a.length, b.length);
  if (typed === meant) return 0;
  if (long < 3 || Math.abs(a.length - b.length) > 2) return null;
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
  return row[b.length] > (long < 8 ? 10 : 20) ? null : row[b.length];
}

const analysis = { fold, words, stem, skeleton, skeletons, sounds, channel, prior, typo };
