//! What a word is, in two runtimes: this folder for the program, `../runtime/words.js` for the browser.
mod channel;
mod classes;
mod language;
mod skeleton;
mod stem;
mod tables;
mod typo;
mod urdu;
mod words;

pub use channel::{channel, prior};
pub use classes::classes;
pub(in crate::search) use language::Analysis;
pub(in crate::search) use language::words as old_words;
pub use skeleton::{skeleton, skeletons};
pub use stem::stem;
pub(in crate::search) use tables::{Tables, tables};
pub use typo::typo;
pub use words::{LONGEST_WORD, Word, Words, words};
