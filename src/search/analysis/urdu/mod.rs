//! Urdu words and their forms. In: folded words. Out: for a vocabulary lemmas (`lemma`). A word by itself goes by `stem`, the parent module's work.

mod lemma;

pub(super) use lemma::{Lemmas, without_first};

/// Whether a form is written in Arabic letters alone.
pub(super) fn is_urdu(form: &str) -> bool {
    !form.is_empty() && form.chars().all(|c| matches!(c, '\u{600}'..='\u{6FF}'))
}
