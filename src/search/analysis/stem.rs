//! The stem of a word whose other forms nobody has seen: of a query when no page has it, and of the glossary's names. In: a folded form.
//! Out: a key that its other forms share, often not a word itself. Other scripts, numbers and mixtures stay as they are.
//! A stem has no vocabulary, so it cannot know that `نتائج` is the plural of `نتیجہ` unless a rule says so; what a build knows is in `classes`.
//! The rules are data, `stems.txt`, because the browser runs the same ones.

use super::urdu::{is_urdu, without_first};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The rules, a line for each step: English and Urdu number and case, English verbs, letters that they double, English endings that make
/// nouns and adverbs, the words these were made of, and final vowels, with adjectives in ی and Urdu verbs. A rule is an ending, what stands
/// for it after `=`, and how many letters must be left without it. Of each line the first rule that fits is applied, once.
pub(super) const STEMS: &str = include_str!("stems.txt");

struct Rule {
    from: &'static str,
    to: &'static str,
    least: usize,
}

static STEPS: LazyLock<Vec<Vec<Rule>>> = LazyLock::new(|| {
    let rule = |rule: &'static str| {
        let letters = rule.trim_end_matches(|c: char| c.is_ascii_digit());
        let least = rule.get(letters.len()..).and_then(|digits| digits.parse().ok()).unwrap_or(0);
        let (from, to) = letters.split_once('=').unwrap_or((letters, ""));
        Rule { from, to, least }
    };
    STEMS.lines().map(|line| line.split(' ').map(rule).collect()).collect()
});

/// The stem of a form.
pub fn stem(form: &str) -> Cow<'_, str> {
    let latin = !form.is_empty() && form.bytes().all(|b| b.is_ascii_lowercase());
    if !latin && !is_urdu(form) {
        return Cow::Borrowed(form);
    }
    let mut stem = Cow::Borrowed(without_first(form).unwrap_or(form));
    for rules in STEPS.iter() {
        let cut = |rule: &Rule| {
            let rest = stem.strip_suffix(rule.from)?;
            (rest.chars().count() >= rule.least).then(|| [rest, rule.to].concat())
        };
        if let Some(shorter) = rules.iter().find_map(cut) {
            stem = Cow::Owned(shorter);
        }
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;
    use std::collections::BTreeSet;

    fn stems(words: &str) -> BTreeSet<String> {
        words.split(' ').map(|word| stem(&fold(word)).into_owned()).collect()
    }

    #[test]
    fn forms_of_one_word_share_a_stem() {
        for forms in [
            "labour labours labor labourer",
            "organised organizing organise organisation",
            "police",
            "kiln kilns",
            "precise precisely",
            "inspect inspected inspection inspector inspectors",
            "employer employment employee employing",
            "family families",
            "authority authorities",
            "مزدور مزدوروں مزدوری",
            "تھانہ تھانے تھانوں",
            "بھٹہ بھٹے بھٹوں",
            "بچہ بچے بچوں",
            "بچی بچیاں بچیوں",
            "دفعہ دفعات",
            "متاثرہ متاثرین متاثر",
            "قانون قوانین قانونی",
            "دفتر دفاتر دفتروں",
            "عدالت عدالتیں عدالتوں",
            "صوبہ صوبے صوبائی",
            "گواہ گواہی گواہوں گواہان",
            "افسر افسران افسروں افسرز",
            "ملزم ملزمان",
            "پاکستان پاکستانی پاکستانیوں",
            "خاندان خاندانوں",
            "کارروائی کارروائیاں",
            "سمگلنگ اسمگلنگ",
            "سکول اسکول اسکولوں",
            "روپیہ روپے",
            "جبر جبری",
            "کرنا کرتا کرتے کریں کریگا",
        ] {
            assert_eq!(stems(forms).len(), 1, "{forms}: {:?}", stems(forms));
        }
    }

    #[test]
    fn different_words_stay_apart() {
        assert_eq!(stems("مشقت مشق تجارت تاجر ملزم مجرم بات با میں ہیں").len(), 10);
        assert_eq!(stems("police policy war ward wage need").len(), 6);
    }

    #[test]
    fn what_is_no_word_of_one_script_stays() {
        for word in ["hour", "2018", "371a", "پیfir", "किताब", ""] {
            assert_eq!(stem(word), word);
        }
    }

    #[test]
    fn the_rules_are_written_in_folded_letters_and_none_hides_another() {
        for rules in STEPS.iter() {
            for (place, rule) in rules.iter().enumerate() {
                assert_eq!((fold(rule.from).as_str(), fold(rule.to).as_str()), (rule.from, rule.to));
                assert!(!rules[..place].iter().any(|before| rule.from.ends_with(before.from)), "{}", rule.from);
            }
        }
    }
}
