// Urdu as people write it in Latin letters on a phone. In: Urdu text, chance. Out: one plausible spelling.
//
// Urdu script leaves short vowels out, so a spelling is a guess: letters by the table below, of several spellings one at random, and a short
// vowel between consonants that stand together. A word list (Urdu word, spelling) may know better; words in it are taken from there.
import { pick } from './random.mjs';

const LETTERS = {
  ا: ['a', 'aa'], آ: ['aa', 'a'], ب: ['b'], پ: ['p'], ت: ['t'], ٹ: ['t'], ث: ['s'], ج: ['j'], چ: ['ch'], ح: ['h'], خ: ['kh'], د: ['d'], ڈ: ['d'],
  ذ: ['z'], ر: ['r'], ڑ: ['r'], ز: ['z'], ژ: ['zh'], س: ['s'], ش: ['sh'], ص: ['s'], ض: ['z'], ط: ['t'], ظ: ['z'], ع: ['a'], غ: ['gh'], ف: ['f'],
  ق: ['q', 'k'], ک: ['k'], گ: ['g'], ل: ['l'], م: ['m'], ن: ['n'], ں: ['n'], ہ: ['h'], ھ: ['h'], ء: [''], ئ: ['i'], ؤ: ['o'], ے: ['e', 'ay'],
};
/** Words so frequent that everybody writes them in one of a few ways. */
const WORDS = {
  کا: ['ka'], کی: ['ki'], کے: ['ke', 'k'], کو: ['ko'], کیا: ['kya', 'kia'], ہے: ['hai', 'he'], ہیں: ['hain', 'hen'], میں: ['mein', 'main', 'me'], سے: ['se', 'say'],
  پر: ['par', 'pe'], نے: ['ne', 'nay'], اور: ['aur', 'or'], یہ: ['yeh', 'ye'], وہ: ['woh', 'wo'], تھا: ['tha'], تھی: ['thi'], تھے: ['thay', 'the'], کون: ['kon', 'kaun'],
  کہاں: ['kahan'], کب: ['kab'], کس: ['kis'], کیوں: ['kyun', 'kyon'], کتنے: ['kitne'], کتنی: ['kitni'], جو: ['jo'], ایک: ['ek', 'aik'], نہیں: ['nahi', 'nahin'], کیسے: ['kaise', 'kese'],
};
const PLAIN = { ي: 'ی', ى: 'ی', ك: 'ک', ه: 'ہ', ة: 'ہ', ۂ: 'ہ', أ: 'ا', إ: 'ا', ۃ: 'ت', ۓ: 'ے' };
const DIGITS = '۰۱۲۳۴۵۶۷۸۹', ARABIC_DIGITS = '٠١٢٣٤٥٦٧٨٩';
const isVowel = text => /[aeiou]$/.test(text);

function word(urdu, next) {
  const letters = Array.from(urdu.normalize('NFC').replace(/[\u064B-\u065F\u0670\u0610-\u061A\u0640\u200B-\u200F]/g, ''), c => PLAIN[c] || c);
  let out = '';
  letters.forEach((letter, i) => {
    const first = i === 0, last = i === letters.length - 1, after = letters[i + 1];
    let text;
    if (letter === 'و') text = first || isVowel(out) || after === 'ا' ? pick(['w', 'v'], next) : pick(['o', 'u', 'oo'], next);
    else if (letter === 'ی') text = first || after === 'ا' || (isVowel(out) && !last) ? 'y' : last ? 'i' : pick(['i', 'ee', 'e'], next);
    else if (letter === 'ا' && first && after === 'ی') text = '';
    else if (letter === 'ہ' && last && out && !isVowel(out)) text = pick(['a', 'ah'], next);
    else if (letter === 'ع' && isVowel(out)) text = '';
    else text = pick(LETTERS[letter] || [letter], next);
    // A short vowel parts two consonants at a word's start, and three anywhere; `shehron`, not `sheharon`: none where a long one follows.
    if (out && text && !isVowel(out) && !/^[aeiouy]/.test(text) && letter !== 'ھ') {
      const opening = !/[aeiou]/.test(out), long = /[اویے]/.test(after || '');
      if (opening || (!long && (!last || next() < 0.6))) out += pick(['a', 'a', 'a', 'i', 'u'], next);
    }
    out += text;
  });
  return out;
}

/** @param {string} text @param {() => number} next @param {Map<string, string[]>} [known] */
export function romanise(text, next, known = new Map()) {
  return text.replace(/[۰-۹]/g, d => DIGITS.indexOf(d)).replace(/[٠-٩]/g, d => ARABIC_DIGITS.indexOf(d)).replace(/؟/g, '?').replace(/[،؛]/g, ',').replace(/۔/g, '.')
    .replace(/[\p{Script=Arabic}\p{M}\u200C]+/gu, urdu => (known.has(urdu) ? pick(known.get(urdu), next) : WORDS[urdu] ? pick(WORDS[urdu], next) : word(urdu, next)));
}
