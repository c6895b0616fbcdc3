//! The stem of a word whose other forms nobody has seen. In: a folded form. Out: a key that its other forms share, often not a word itself.
//! English by Porter2 after British spelling is brought to the American, Urdu by the rules of `urdu`; other scripts, numbers and
//! mixtures stay as they are.

use super::urdu;
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// The stem of a form.
pub fn stem(form: &str) -> Cow<'_, str> {
    if !form.is_empty() && form.bytes().all(|b| b.is_ascii_lowercase()) {
        let spelled = american(form);
        let stem = Stemmer::create(Algorithm::English).stem(&spelled).into_owned();
        return Cow::Owned(match stem.strip_suffix("our") {
            Some(rest) if rest.len() > 1 => format!("{rest}or"),
            _ => stem,
        });
    }
    Cow::Owned(urdu::stem(form))
}

/// `organised` as `organized`; `precise` and `concise` stay.
fn american(form: &str) -> Cow<'_, str> {
    let verb = |ending: &str| {
        let rest = form.strip_suffix(ending)?.strip_suffix("is")?;
        (rest.len() > 3 && !rest.ends_with("prec") && !rest.ends_with("conc")).then(|| format!("{rest}iz{ending}"))
    };
    ["e", "ed", "es", "ing", "ation", "ations"].into_iter().find_map(verb).map_or(Cow::Borrowed(form), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_share_a_stem() {
        for forms in ["labour labours labor", "organised organizing organise", "police", "kiln kilns", "precise precisely", "مزدور مزدوروں"]
        {
            let mut stems: Vec<_> = forms.split(' ').map(stem).collect();
            stems.dedup();
            assert_eq!(stems.len(), 1, "{stems:?}");
        }
    }

    #[test]
    fn other_words_stay() {
        for word in ["hour", "2018", "371a", "پیfir", "किताब", ""] {
            assert_eq!(stem(word), word);
        }
    }
}
