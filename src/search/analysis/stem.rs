//! The stem of a word whose forms nobody has seen. In: a folded form. Out: a key that its other forms share, often not a word itself.
//! English by Porter2, Urdu by the rules of `urdu`; other scripts, numbers and mixtures stay as they are.

use super::urdu;
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// The stem of a form.
pub fn stem(form: &str) -> Cow<'_, str> {
    if form.bytes().all(|b| b.is_ascii_lowercase()) {
        return Stemmer::create(Algorithm::English).stem(form);
    }
    Cow::Owned(urdu::stem(form))
}
