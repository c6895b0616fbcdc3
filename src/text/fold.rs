//! Folding for search. In: text as people type it. Out: one spelling for what readers hold to be the same word, and the words of a text.
//! The letters are those of search.md 2.1; the browser folds queries by the same table. It deliberately does not stem, drop stop words
//! or rank, and it keeps no offsets to the original.

use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

/// Folds text for search: NFKC, letter variants to one, marks, accents and joiners removed, digits to ASCII, case removed. Folding twice
/// changes nothing.
pub fn fold(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    fold_into(s, &mut out);
    out
}

/// As [`fold`], written behind what a caller's buffer holds.
pub fn fold_into(s: &str, out: &mut String) {
    if s.is_ascii() {
        out.extend(s.chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    let mut letters = Letters { out, before: ' ', held: None };
    if s.chars().all(is_composed) {
        s.chars().for_each(|c| letters.fold(c));
        return letters.end();
    }
    // Joiners first, so that what they kept apart composes; `ﷺ` would become a phrase.
    let bare: String = s.chars().filter(|&c| !is_joiner(c) && c != 'ﷺ').collect();
    let mut folded = String::with_capacity(bare.len());
    let mut letters = Letters { out: &mut folded, before: ' ', held: None };
    DecomposingNormalizerBorrowed::new_nfkd().normalize(&bare).chars().for_each(|c| letters.fold(c));
    letters.end();
    out.push_str(&ComposingNormalizerBorrowed::new_nfc().normalize(&folded));
}

/// Urdu and Arabic digits as ASCII digits; everything else as it is. Borrowed when there are none.
pub fn fold_digits(s: &str) -> Cow<'_, str> {
    if s.chars().any(|c| digit(c).is_some()) { Cow::Owned(s.chars().map(|c| digit(c).unwrap_or(c)).collect()) } else { Cow::Borrowed(s) }
}

/// The words of a text: the longest stretches of letters, numbers and marks, as `[\p{L}\p{N}\p{M}]+` finds them.
pub fn tokens(s: &str) -> impl Iterator<Item = &str> {
    s.split(|c| !is_token(c)).filter(|t| !t.is_empty())
}

/// Folded text as it grows. What a letter becomes depends on the letter before it, and for `ے` and `ں` on the one after it.
struct Letters<'a> {
    out: &'a mut String,
    before: char,
    held: Option<char>,
}

impl Letters<'_> {
    /// One row of the table in search.md 2.1 for each arm; the rules that depend on places are in [`Self::push`].
    fn fold(&mut self, c: char) {
        match c {
            'ي' | 'ى' | 'ې' | 'ێ' | 'ئ' => self.push('ی'),
            'ك' | 'ڪ' => self.push('ک'),
            'ه' | 'ۀ' | 'ۂ' | 'ە' | 'ة' | 'ۃ' => self.push('ہ'),
            'أ' | 'إ' | 'ٱ' | 'آ' => self.push('ا'),
            'ؤ' => self.push('و'),
            'ۓ' => ['ی', 'ے'].into_iter().for_each(|c| self.push(c)),
            // The same in two code points.
            '\u{654}' if self.held == Some('ے') => self.put('ی'),
            'ء' | '٬' | 'ـ' => {}
            '٫' => self.push('.'),
            'ς' => self.push('σ'),
            _ if c.is_ascii() => self.push(c.to_ascii_lowercase()),
            _ if is_mark(c) || is_joiner(c) || is_accent(c) => {}
            _ if is_arabic_letter(c) => self.push(c),
            _ => match digit(c) {
                Some(ascii) => self.push(ascii),
                None => c.to_lowercase().filter(|&c| !is_accent(c)).for_each(|c| self.push(c)),
            },
        }
    }

    /// `ے` and `ں` inside a word are a typist's `ی` and `ن`; `ھ` after a letter that takes no aspiration is `ہ`.
    fn push(&mut self, c: char) {
        match self.held.take() {
            Some('ے') if is_arabic_letter(c) => self.put('ی'),
            Some('ں') if is_arabic_letter(c) => self.put('ن'),
            Some(held) => self.put(held),
            None => {}
        }
        match c {
            'ے' | 'ں' => self.held = Some(c),
            'ھ' if !takes_aspiration(self.before) => self.put('ہ'),
            _ => self.put(c),
        }
    }

    fn put(&mut self, c: char) {
        self.out.push(c);
        self.before = c;
    }

    fn end(mut self) {
        self.held.take().into_iter().for_each(|c| self.put(c));
    }
}

/// Whether a letter may be followed by `ھ`.
pub fn takes_aspiration(c: char) -> bool {
    matches!(c, 'ب' | 'پ' | 'ت' | 'ٹ' | 'ج' | 'چ' | 'د' | 'ڈ' | 'ر' | 'ڑ' | 'ک' | 'گ' | 'ل' | 'م' | 'ن')
}

/// Accents, letters that stand for an apostrophe, and what only chooses a picture: `naïve` is `naive`, `maʼlum` is `malum`.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{2BB}' | '\u{2BC}' | '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn digit(c: char) -> Option<char> {
    let first = match c {
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    char::from_digit(u32::from(c) - u32::from(first), 10)
}

/// Vowel signs, Quranic marks and honorific signs.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}' | '\u{08D3}'..='\u{08FF}')
}

/// ASCII and the usual characters of Urdu: nearly every text, and nothing in it for NFKC to do that the table does not.
fn is_composed(c: char) -> bool {
    c.is_ascii()
        || matches!(c, '\u{0600}'..='\u{0652}' | '\u{0656}'..='\u{0674}' | '\u{0679}'..='\u{06FF}' | '\u{2018}'..='\u{201D}')
        || is_joiner(c)
}

/// Characters without a shape of their own: joiners, direction marks, the soft hyphen.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{061C}' | '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Whether NFKD takes a character apart or makes it another one.
pub fn decomposes(c: char) -> bool {
    !DecomposingNormalizerBorrowed::new_nfkd().is_normalized(c.encode_utf8(&mut [0; 4]))
}

/// A letter of the Arabic script, presentation forms apart.
pub fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{064A}' | '\u{066E}'..='\u{066F}' | '\u{0671}'..='\u{06D3}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08C9}')
}

/// Whether a word may hold this character.
pub fn is_token(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    if is_arabic_letter(c) {
        return true;
    }
    GeneralCategoryGroup::Mark.contains(category(c)) || is_letter(c)
}

/// Whether a character is a letter or a number, and not a mark that another one carries.
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_arabic_letter(c) || GeneralCategoryGroup::Letter.union(GeneralCategoryGroup::Number).contains(category(c))
}

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_row_of_the_table() {
        for (input, output) in [
            ("ﻋﺮﺑﯽ", "عربی"),
            ("ا\u{653}", "ا"),
            ("يىېێئی", "یییییی"),
            ("گئے گیے", "گیے گیے"),
            ("كڪک", "ککک"),
            ("هۀۂەةۃہ", "ہہہہہہہ"),
            ("أإٱآ", "اااا"),
            ("مؤثر", "موثر"),
            ("علماء", "علما"),
            ("گۓ", "گیے"),
            ("ی\u{654}", "ی"),
            ("رَحمٰن ــ عَلِیؑ", "رحمن  علی"),
            ("اپ\u{200c}ڈیٹ\u{200f}\u{2067}", "اپڈیٹ"),
            ("مےں اےک دےنا", "میں ایک دینا"),
            ("کے لیے", "کے لیے"),
            ("ںا ماں", "نا ماں"),
            ("ھے کھا ہے تمھارا", "ہے کھا ہے تمھارا"),
            ("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹", "0123456789 0123456789"),
            ("۱٬۲۳۴٫۵", "1234.5"),
            ("نبی ﷺ نے", "نبی  نے"),
            ("FIA Äé Ⅳ maẓdūr ΟΔΟΣ", "fia ae iv mazdur οδοσ"),
        ] {
            assert_eq!(fold(input), output, "{input}");
        }
    }

    #[test]
    fn digits_alone_are_folded() {
        assert_eq!(fold_digits("۱۱۱-٢٤٧-786 کال"), "111-247-786 کال");
        assert!(matches!(fold_digits("سال 2018"), Cow::Borrowed("سال 2018")));
    }

    #[test]
    fn words_are_letters_numbers_and_marks() {
        let words: Vec<&str> = tokens("یہ «PTPA-2018»، s. 3(2)؟ رَحم e\u{301}t\u{fe0f} Ⓐ¼").collect();
        assert_eq!(words, ["یہ", "PTPA", "2018", "s", "3", "2", "رَحم", "e\u{301}t\u{fe0f}", "¼"]);
        assert_eq!(tokens(" ۔ ").count(), 0);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(s in any::<String>()) {
            prop_assert_eq!(fold(&fold(&s)), fold(&s));
        }

        #[test]
        fn folding_urdu_twice_changes_nothing(s in "[\u{600}-\u{6ff}\u{200c}\u{200d} a-zA-Z\u{300}-\u{310}\u{fb50}-\u{fdff}]{0,24}") {
            prop_assert_eq!(fold(&fold(&s)), fold(&s));
        }
    }
}
