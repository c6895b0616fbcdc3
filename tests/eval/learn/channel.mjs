// Learns the letter channel from pairs of a spelling in Latin letters and an Urdu word: src/search/analysis/channel.txt.
//
//   node tests/eval/learn/channel.mjs PAIRS.tsv                   learns from all pairs
//   node tests/eval/learn/channel.mjs PAIRS.tsv --hold REST.tsv   learns from four fifths of the words, for tests/eval/words to try on the rest
//
// For each sound of Urdu (see `channel.rs`) it estimates by expectation maximisation what people write for it, and mixes in what
// is known by hand of how people write in messages, which collections of verse do not show. Only the weights leave this script.
import { writeFileSync } from 'node:fs';
import { analysis, spellings } from '../lib/analysis.mjs';

const ROUNDS = 8, LEAST = 0.8;  // rounds of estimation; a count below which a spelling is dropped
const UNIT = 2, DEAREST = 8;  // costs are so many times the negative logarithm, of one digit each; dearer ones are dropped
const MIXED = 0.3, STRANGER = 0.6;  // share of what is known by hand; for sounds that collections spell as hardly anybody does
const LONGEST = 3;  // letters that are written for one sound

// What people write for a sound, the likeliest first: each is half as likely as the one before it, unless a number says how likely.
// `-` is nothing.
const KNOWN = `
ب b | پ p | ت t th | ط t th | ٹ t th | ث s | س s c ce | ص s | ش sh s si ti ch | ج j g z dg ge
چ c ch | خ kh k x h | د d | ڈ d | ذ z d | ض z d | ظ z | ز z s j | ژ zh z j | ر r | ڑ r10 d4 rh1
غ gh g | ف f ph p | ق q k c | ک k c ck ch q | گ g gh | ل l | م m | ن n m | ح h - | ^ح h | ح$ h - ah
بھ bh b | پھ ph f p | تھ th t | ٹھ th t | جھ jh j | چھ ch chh c | دھ dh d | ڈھ dh d | رھ rh r | ڑھ rh r dh d | کھ kh k | گھ gh g
لھ lh l | مھ mh m | نھ nh n | ^ا a aa i u e o | ا a aa o - ah | ا$ a aa ah | ^و w v o u | و o u oo w ou au v oa - | و$ o u oo w v
^ی y i e u | ی i ee e ai y ei ie ay ea a - | ی$ i ee y e ie ei | ے e | ے$ e ay ai ey y ae | ^ہ h | ہ h - eh | ہ$ a ah h e ha -
^ع a i u aa e o | ع a - aa e | ع$ - a h | ں n | ں$ n - | . -20 a10 i4 u3 e2 o1 | : -20 a2 i2 e1 | ; -20 e1 a1 h1`;
const STRANGERS = new Set(['ڑ', 'چھ', 'ڑھ']);

const known = new Map();
for (const line of KNOWN.trim().split(/[|\n]/)) {
  const [sound, ...written] = line.trim().split(/\s+/), shares = new Map();
  let weight = 16;
  for (const text of written) {
    const [, letters, number] = /^([a-z]+|-)(\d*)$/.exec(text);
    shares.set(letters === '-' ? '' : letters, +number || weight);
    weight = Math.max(1, weight / 2);
  }
  const all = Array.from(shares.values()).reduce((a, b) => a + b, 0);
  known.set(sound, new Map(Array.from(shares, ([letters, share]) => [letters, share / all])));
}

const VOWELS = ['.', ':', ';'], SOFT = 'اویےہعںح';
/** The sounds of a word, each with the short vowel behind it. */
function path(urdu, sounds) {
  return sounds(urdu).flatMap((sound, i, all) => [sound, i + 1 === all.length ? ';' : SOFT.includes(sound.replace(/[$^]/, '')) ? ':' : '.']);
}

/** @returns {Map<string, Map<string, number>>} for each sound what is written for it, and how likely */
function learn(pairs, sounds) {
  let model = known;
  for (let round = 0; round < ROUNDS; round++) {
    const likely = (sound, letters) => {
      const share = model.get(sound)?.get(letters);
      if (share) return share;
      if (VOWELS.includes(sound) && letters && !/^[aeiouyh]{1,2}$/.test(letters)) return 0;
      return (round ? 1e-5 : 1e-4) * 0.2 ** letters.length;
    };
    const counts = new Map();
    for (const [roman, urdu] of pairs) count(roman, path(urdu, sounds), likely, counts);
    model = new Map();
    for (const sound of new Set([...counts.keys(), ...known.keys()])) {
      const seen = counts.get(sound) || new Map(), all = Array.from(seen.values()).reduce((a, b) => a + b, 0), shares = new Map();
      const mixed = !known.has(sound) ? 0 : !all ? 1 : STRANGERS.has(sound) ? STRANGER : MIXED;
      for (const [letters, n] of seen) if (n >= LEAST) shares.set(letters, (1 - mixed) * n / all);
      for (const [letters, share] of known.get(sound) || []) shares.set(letters, (shares.get(letters) || 0) + mixed * share);
      model.set(sound, shares);
    }
  }
  return model;
}

/** Adds how often each spelling of each sound is to be expected in one pair: forward, backward. */
function count(roman, sounds, likely, counts) {
  const n = sounds.length, m = roman.length, row = () => new Float64Array(m + 1);
  const ahead = Array.from({ length: n + 1 }, row), behind = Array.from({ length: n + 1 }, row);
  const steps = (i, at, use) => { for (let l = 0; l <= LONGEST && at + l <= m; l++) { const share = likely(sounds[i], roman.slice(at, at + l)); if (share) use(l, share); } };
  ahead[0][0] = behind[n][m] = 1;
  for (let i = 0; i < n; i++) for (let at = 0; at <= m; at++) if (ahead[i][at]) steps(i, at, (l, share) => { ahead[i + 1][at + l] += ahead[i][at] * share; });
  const all = ahead[n][m];
  if (!(all > 0)) return;
  for (let i = n; i--;) for (let at = 0; at <= m; at++) steps(i, at, (l, share) => {
    const rest = share * behind[i + 1][at + l];
    behind[i][at] += rest;
    if (!rest || !ahead[i][at]) return;
    if (!counts.has(sounds[i])) counts.set(sounds[i], new Map());
    const own = counts.get(sounds[i]), letters = roman.slice(at, at + l);
    own.set(letters, (own.get(letters) || 0) + ahead[i][at] * rest / all);
  });
}

/** The table as the program reads it. */
function table(model) {
  const lines = Array.from(model).sort(([a], [b]) => a < b ? -1 : 1).map(([sound, shares]) => {
    const costs = Array.from(shares, ([letters, share]) => [letters, Math.round(-Math.log(share) * UNIT)]).filter(([, cost]) => cost <= DEAREST);
    return [sound, ...costs.sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1)).map(([letters, cost]) => letters + cost)].join('');
  });
  return lines.join('\n') + '\n';
}

const fifth = word => { let sum = 0; for (const c of word) sum = (sum * 31 + c.codePointAt(0)) >>> 0; return (sum >>> 3) % 5; };

const [file, option, rest] = process.argv.slice(2);
if (!file || option && (option !== '--hold' || !rest)) {
  console.error('usage: node tests/eval/learn/channel.mjs PAIRS.tsv [--hold REST.tsv]');
  process.exit(2);
}
const { fold, sounds } = await analysis();
const single = roman => roman.replace(/([^aeiou])\1/g, '$1');  // as the engine reads it
const pairs = Array.from(spellings(file, fold)).flatMap(([roman, words]) => Array.from(words, word => [single(roman), word]));
const learned = rest ? pairs.filter(([, word]) => fifth(word)) : pairs;
const text = table(learn(learned, sounds));
writeFileSync(new URL('../../../src/search/analysis/channel.txt', import.meta.url), text);
if (rest) writeFileSync(rest, pairs.filter(([, word]) => !fifth(word)).map(pair => pair.join('\t') + '\n').join(''));
console.log(`${text.trim().split('\n').length} sounds, ${text.match(/\d+/g).length} spellings, from ${learned.length} pairs`);
