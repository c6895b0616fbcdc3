//! Text: escaping, direction, folding, addresses, suggestions, language data and line numbers.
//! In: strings. Out: strings and positions in them. It knows no file, no page and no site, and nothing in it can fail.

pub mod bidi;
pub mod fold;
pub mod html;
pub mod lines;
pub mod locale;
pub mod script;
pub mod slug;
pub mod suggest;
