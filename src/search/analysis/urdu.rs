//! A light Urdu stemmer: spelling variants, plural and oblique endings, then final vowels and the commonest verb endings.
//! In: one word as `text::fold` leaves it. Out: a key that the forms of the word share; often not a word itself.
//! The rules are data, because the browser runs the same ones (`tables`). It has no vocabulary, so it cannot know that
//! `نتائج` is the plural of `نتیجہ` unless a rule says so, and it leaves everything alone that is not in Arabic letters.

/// A beginning or an ending, what replaces it, and how many letters must be left without it.
pub(super) type Rule = (&'static str, &'static str, usize);

/// One word, two spellings: `سمگلنگ` and `اسمگلنگ`. The first rule that fits is applied.
pub(super) const BEGINNINGS: &[Rule] = &[("اسمگ", "سمگ", 2), ("ہسپتال", "سپتال", 0), ("اسٹ", "سٹ", 2), ("اسک", "سک", 2), ("اسپ", "سپ", 2)];

/// First number and case, then what is left at the end. In each step the longest ending that fits is replaced once.
/// A whole word stands here as an ending that leaves nothing over.
pub(super) const ENDINGS: [&[Rule]; 2] = [NUMBER, FINAL];

/// Plurals and oblique cases, futures written in one word, English plurals, and broken plurals of this library's vocabulary.
const NUMBER: &[Rule] = &[
    ("یوں", "ی", 2),
    ("یاں", "ی", 2),
    ("وں", "", 2),
    ("یں", "", 2),
    ("ینگے", "", 2),
    ("ینگی", "", 2),
    ("ونگا", "", 2),
    ("ونگی", "", 2),
    ("یگا", "", 2),
    ("یگی", "", 2),
    ("ات", "", 3),
    ("ین", "", 4),
    ("داران", "دار", 2),
    ("کاران", "کار", 2),
    ("رز", "ر", 3),
    ("نز", "ن", 3),
    ("ٹس", "ٹ", 3),
    // Persian plurals in ان: the ending alone would break پاکستان and خاندان.
    ("افسران", "افسر", 0),
    ("کارکنان", "کارکن", 0),
    ("گواہان", "گواہ", 0),
    ("مالکان", "مالک", 0),
    ("مجرمان", "مجرم", 0),
    ("ملزمان", "ملزم", 0),
    ("ممبران", "ممبر", 0),
    // Plurals in ات of words in ت.
    ("حالات", "حالت", 0),
    ("خدمات", "خدمت", 0),
    ("روایات", "روایت", 0),
    ("سہولیات", "سہولت", 0),
    ("شکایات", "شکایت", 0),
    ("ضروریات", "ضرورت", 0),
    ("علامات", "علامت", 0),
    ("ہدایات", "ہدایت", 0),
    // Broken plurals.
    ("اراکین", "رکن", 0),
    ("ارکان", "رکن", 0),
    ("اسباب", "سبب", 0),
    ("اشخاص", "شخص", 0),
    ("اضلاع", "ضلع", 0),
    ("اطفال", "طفل", 0),
    ("افراد", "فرد", 0),
    ("اقسام", "قسم", 0),
    ("جرایم", "جرم", 0),
    ("حقوق", "حق", 0),
    ("حکام", "حاکم", 0),
    ("خواتین", "خاتون", 0),
    ("دفاتر", "دفتر", 0),
    ("دلایل", "دلیل", 0),
    ("ذرایع", "ذریعہ", 0),
    ("رقوم", "رقم", 0),
    ("روابط", "رابطہ", 0),
    ("شواہد", "شہادت", 0),
    ("ضوابط", "ضابطہ", 0),
    ("عناصر", "عنصر", 0),
    ("فرایض", "فرض", 0),
    ("قواعد", "قاعدہ", 0),
    ("قوانین", "قانون", 0),
    ("مدارس", "مدرسہ", 0),
    ("مراکز", "مرکز", 0),
    ("مسایل", "مسیلہ", 0),
    ("مقاصد", "مقصد", 0),
    ("ممالک", "ملک", 0),
    ("نتایج", "نتیجہ", 0),
    ("وزرا", "وزیر", 0),
    ("وسایل", "وسیلہ", 0),
];

/// Final vowels, adjectives in ی, verb endings, and the nouns whose last consonant looks like a verb ending.
const FINAL: &[Rule] = &[
    ("ا", "", 2),
    ("ے", "", 2),
    ("ہ", "", 2),
    ("اہ", "اہ", 0),
    ("وہ", "وہ", 0),
    ("ی", "", 3),
    ("ایی", "", 3),
    ("یا", "", 2),
    ("یے", "", 2),
    ("یہ", "", 2),
    ("تا", "", 2),
    ("تے", "", 2),
    ("نا", "", 2),
    ("نے", "", 2),
    ("بہانے", "بہان", 0),
    ("پیمانے", "پیمان", 0),
    ("تھانے", "تھان", 0),
    ("ٹھکانے", "ٹھکان", 0),
    ("جرمانے", "جرمان", 0),
    ("خانے", "خان", 0),
    ("خزانے", "خزان", 0),
    ("دستے", "دست", 0),
    ("راستے", "راست", 0),
    ("رشتے", "رشت", 0),
    ("زمانے", "زمان", 0),
    ("سمجھوتے", "سمجھوت", 0),
    ("گھرانے", "گھران", 0),
    ("معاینے", "معاین", 0),
    ("نشانے", "نشان", 0),
    ("نکتے", "نکت", 0),
    ("ہفتے", "ہفت", 0),
];

/// The key of a folded word.
pub(in crate::search) fn stem(word: &str) -> String {
    if word.is_empty() || !word.chars().all(|c| matches!(c, '\u{600}'..='\u{6FF}')) {
        return word.to_owned();
    }
    let mut key = match BEGINNINGS.iter().find_map(|&rule| begin(word, rule)) {
        Some((replacement, rest)) => format!("{replacement}{rest}"),
        None => word.to_owned(),
    };
    for rules in ENDINGS {
        let longest = rules.iter().filter_map(|&rule| end(&key, rule)).min_by_key(|(rest, _)| rest.len());
        if let Some((rest, replacement)) = longest {
            key = format!("{rest}{replacement}");
        }
    }
    key
}

fn begin(word: &str, (from, to, least): Rule) -> Option<(&'static str, &str)> {
    word.strip_prefix(from).filter(|rest| rest.chars().count() >= least).map(|rest| (to, rest))
}

fn end(word: &str, (from, to, least): Rule) -> Option<(&str, &'static str)> {
    word.strip_suffix(from).filter(|rest| rest.chars().count() >= least).map(|rest| (rest, to))
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
    fn no_ending_stands_twice_in_a_step() {
        for rules in ENDINGS {
            let endings: BTreeSet<&str> = rules.iter().map(|rule| rule.0).collect();
            assert_eq!(endings.len(), rules.len());
        }
    }

    #[test]
    fn the_rules_are_written_in_folded_letters() {
        for &(from, to, _) in BEGINNINGS.iter().chain(ENDINGS.concat().iter()) {
            assert_eq!((fold(from).as_str(), fold(to).as_str()), (from, to));
        }
    }
}
