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
pub use classes::Classes;
pub(in crate::search) use language::Analysis;
pub use skeleton::{skeleton, skeletons};
pub use stem::stem;
pub use tables::{Tables, tables};
pub use typo::typo;
pub use words::words;
