//! What a word is, in two runtimes: this folder for the program, `../runtime/words.js` for the browser.
mod channel;
mod classes;
mod language;
mod old_tables;
mod skeleton;
mod stem;
mod tables;
mod typo;
mod urdu;
mod words;

pub use channel::{channel, prior};
pub use classes::Classes;
pub(in crate::search) use language::Analysis;
pub(in crate::search) use language::words as old_words;
pub use skeleton::{skeleton, skeletons};
pub use stem::stem;
pub(in crate::search) use old_tables::{Tables as OldTables, tables as old_tables};
pub use tables::{Tables, tables};
pub use typo::typo;
pub use words::{LONGEST_WORD, Word, Words, words};
