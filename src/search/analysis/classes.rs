//! Which forms of a vocabulary are forms of one word. In: all forms of an index, with how often each occurs. Out: a class for each.
//! Urdu by the vocabulary itself, English by Porter2 after British spelling is brought to the American; a word in another script is alone. It reads no text.

use super::urdu::{Lemmas, is_urdu};
use hashbrown::HashMap;
use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// The classes of a vocabulary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classes(Vec<u32>);

impl Classes {
    /// Takes each folded form of a vocabulary once, with how often it occurs. Equal vocabularies in equal order give equal classes.
    pub fn new<S: AsRef<str> + Sync>(vocabulary: &[(S, u32)]) -> Self {
        let urdu = vocabulary.iter().map(|(form, count)| (form.as_ref(), *count)).filter(|(form, _)| is_urdu(form));
        let lemmas = Lemmas::new(urdu);
        let lemma = |(form, _): &'_ (S, u32)| match form.as_ref() {
            form if is_urdu(form) => lemmas.of(form).into_owned(),
            form => english(form),
        };
        let keys: Vec<String> = vocabulary.par_iter().map(lemma).collect();
        let mut heads: HashMap<Cow<'_, str>, u32> = HashMap::with_capacity(keys.len());
        keys.iter().for_each(|key| {
            let next = heads.len() as u32;
            heads.entry(Cow::Borrowed(key)).or_insert(next);
        });
        Self(keys.iter().map(|key| heads.get(key.as_str()).copied().unwrap_or_default()).collect())
    }

    /// The class of the form at a place of the vocabulary.
    pub fn of(&self, place: usize) -> u32 {
        self.0.get(place).copied().unwrap_or(u32::MAX)
    }
}

/// What the forms of an English word share; anything else is alone.
fn english(form: &str) -> String {
    if !form.bytes().all(|b| b.is_ascii_lowercase()) {
        return form.to_owned();
    }
    let stem = Stemmer::create(Algorithm::English).stem(&american(form)).into_owned();
    match stem.strip_suffix("our") {
        Some(rest) if rest.len() > 1 => format!("{rest}or"),
        _ => stem,
    }
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
    use std::collections::BTreeSet;

    /// How many classes the words of a text are, where a vocabulary has each of them once.
    fn count(text: &str) -> usize {
        let words: BTreeSet<&str> = text.split_whitespace().collect();
        let vocabulary: Vec<(&str, u32)> = words.into_iter().map(|word| (word, 1)).collect();
        let classes = Classes::new(&vocabulary);
        (0..vocabulary.len()).map(|place| classes.of(place)).collect::<BTreeSet<_>>().len()
    }

    #[test]
    fn forms_of_one_word_are_one_class() {
        for forms in [
            "مزدور مزدوروں",
            "تھانہ تھانے تھانوں",
            "بچہ بچے بچوں",
            "بچی بچیاں بچیوں",
            "دفعہ دفعات",
            "قانون قوانین",
            "عدالت عدالتیں عدالتوں",
            "شکایت شکایات شکایتوں",
            "گواہ گواہوں",
            "افسر افسران افسروں افسرز",
            "ملزم ملزمان ملزموں",
            "نمایندہ نمایندے نمایندگان",
            "مقصد مقاصد",
            "نتیجہ نتایج نتیجے",
            "مضمون مضامین",
            "لڑکا لڑکے لڑکوں",
            "بڑا بڑے بڑی",
            "اقلیتوں اقلیتیں",
            "کرنا کرتا کرتے کریں کریگا کیا کیے",
            "جانا جاتی جایے گیا گیی",
            "سکول اسکول اسکولوں",
            "labour labours labourer labor",
            "organise organised organize",
        ] {
            assert_eq!(count(forms), 1, "{forms}");
        }
    }

    #[test]
    fn different_words_are_different_classes() {
        for words in
            ["قوم قومی", "لڑکا لڑکی لڑکے لڑکیاں", "کیوں کی میں ہیں", "پاکستان خاندان دوران", "مشقت مشق تجارت تاجر", "police policy"]
        {
            let apart = count(words);
            let expected = words.split(' ').count() - usize::from(words.contains("لڑکے")) - usize::from(words.contains("لڑکیاں"));
            assert_eq!(apart, expected, "{words}");
        }
    }

    #[test]
    fn a_common_word_is_no_form_of_a_rare_one() {
        let vocabulary = [("پانی", 90), ("پانا", 2), ("پاتا", 3), ("پاتے", 2)];
        let classes = Classes::new(&vocabulary);
        assert!(classes.of(0) != classes.of(1) && classes.of(1) == classes.of(2));
    }
}
