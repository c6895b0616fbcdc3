//! Urdu words and their forms. In: folded words. Out: for a word by itself a key, for a vocabulary lemmas (`lemma`).
//! The light stemmer here has no vocabulary, so it cannot know that `نتائج` is the plural of `نتیجہ` unless a rule says so; it serves
//! for words of a query that no page has. Its rules are data, `rules.txt`, because the browser runs the same ones.

mod lemma;

pub(super) use lemma::Lemmas;

use std::cmp::Reverse;
use std::sync::LazyLock;

/// The rules, three lines: beginnings that are spelled in two ways; number and case, plurals of this library's vocabulary among them;
/// final vowels, adjectives in ی, verb endings, and nouns that only look as if they had one. A rule is a beginning or an ending, what
/// stands for it after `=`, and how many letters must be left without it. Of each line the longest rule that fits is applied once.
pub(super) const RULES: &str = include_str!("rules.txt");

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
    let step = |line: &'static str| {
        let mut rules: Vec<Rule> = line.split(' ').map(rule).collect();
        rules.sort_by_key(|rule| Reverse(rule.from.len()));
        rules
    };
    RULES.lines().map(step).collect()
});

/// Whether a form is written in Arabic letters alone.
pub(super) fn is_urdu(form: &str) -> bool {
    !form.is_empty() && form.chars().all(|c| matches!(c, '\u{600}'..='\u{6FF}'))
}

/// The key of a folded word; of a word in other letters the word.
pub(in crate::search) fn stem(word: &str) -> String {
    let mut key = word.to_owned();
    if is_urdu(word) {
        for (step, rules) in STEPS.iter().enumerate() {
            let cut = |rule: &Rule| if step == 0 { key.strip_prefix(rule.from) } else { key.strip_suffix(rule.from) }.map(str::to_owned);
            let fits = |rule: &Rule| cut(rule).filter(|rest| rest.chars().count() >= rule.least).map(|rest| (rest, rule.to));
            if let Some((rest, to)) = rules.iter().find_map(fits) {
                key = if step == 0 { format!("{to}{rest}") } else { format!("{rest}{to}") };
            }
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;
    use std::collections::BTreeSet;

    fn keys(words: &str) -> BTreeSet<String> {
        words.split(' ').map(|word| stem(&fold(word))).collect()
    }

    #[test]
    fn forms_of_one_word_share_a_key() {
        for forms in [
            "مزدور مزدوروں مزدوری",
            "تھانہ تھانے تھانوں",
            "بھٹہ بھٹے بھٹوں",
            "بچہ بچے بچوں",
            "بچی بچیاں بچیوں",
            "دفعہ دفعات",
            "متاثرہ متاثرین متاثر",
            "قانون قوانین قانونی",
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
            assert_eq!(keys(forms).len(), 1, "{forms}: {:?}", keys(forms));
        }
    }

    #[test]
    fn different_words_stay_apart() {
        assert_eq!(keys("مشقت مشق تجارت تاجر ملزم مجرم بات با میں ہیں").len(), 10);
        assert_eq!(stem("labour"), "labour");
        assert_eq!(stem("2018"), "2018");
        assert_eq!(stem("پیFIR"), "پیFIR");
        assert_eq!(stem(""), "");
    }

    #[test]
    fn the_rules_are_written_in_folded_letters_and_none_stands_twice() {
        for rules in STEPS.iter() {
            let endings: BTreeSet<&str> = rules.iter().map(|rule| rule.from).collect();
            assert_eq!(endings.len(), rules.len());
            for rule in rules {
                assert_eq!((fold(rule.from).as_str(), fold(rule.to).as_str()), (rule.from, rule.to));
            }
        }
    }
}
