//! What a word is, in two runtimes: this folder for the program, `../runtime/words.js` for the browser. In: text, or folded forms. Out:
//! words with their places, classes, stems, keys, costs. It knows no page, no index and no query.
//!
//! **From text to forms.** [`words`] finds the words of a text and folds each (`text::fold`): Arabic and Urdu letters that readers hold
//! to be one become one, vowel signs, accents, joiners and case go, digits become ASCII. Whoever types on another keyboard gets the
//! same forms. A word may be followed by parts of it, to be found but not counted: `ذمہ‌داران` by `ذمہ` and `داران`, `371-A` by `371`.
//!
//! **Forms of one word.** A build knows its vocabulary, so [`Classes`] asks it: rules propose a lemma (`urdu::Lemmas`), and only a
//! lemma that the vocabulary attests is believed. English goes by Porter2. A word of a query that no page has goes by [`stem`],
//! a few rules alone, which both runtimes have.
//!
//! **Two scripts.** [`skeleton`] keeps the consonants that both share, so `mushaqqat` and `مشقت` meet under `mskt`, and the index is
//! cut by these keys. Latin letters may stand for several sounds: [`skeletons`] has all keys to try. [`channel`] says how well a
//! spelling fits each word found there, by a table of sounds learned from pairs (`tests/eval/learn`), and [`prior`] lets common words win.
//!
//! **Slips.** [`typo`] says what it costs to take one word for another.
//!
//! Rules and tables are text files beside the code; [`tables`] hands them, and what folding does, to the browser, so that nothing is
//! written twice. Everything that decides an order is an integer. `parity` and `tests/js/analysis.test.mjs` hold both runtimes equal on
//! thousands of words. `tests/eval/words` and `tests/eval/lemmas` measure: run them before and after a change here.
//!
//! - To add a letter: `text/fold.rs`; the browser's table follows. To add a sound: `sounds.txt`, then learn `channel.txt` anew.
//! - To add an irregular form or a broken plural: `urdu/irregular.txt` for builds, `stems.txt` where a query needs it alone.
//! - After any change: `RAHNUMA_BLESS=1 cargo test`, then `node --test tests/js/analysis.test.mjs`.

mod channel;
mod classes;
mod language;
#[cfg(test)]
mod parity;
mod skeleton;
mod stem;
mod tables;
mod typo;
mod urdu;
mod words;

pub use channel::{channel, logarithm, prior};
pub use classes::Classes;
pub(in crate::search) use language::Analysis;
pub use skeleton::{skeleton, skeletons};
pub use stem::stem;
pub use tables::{Tables, tables};
pub use typo::typo;
pub use words::{Word, Words, words};
