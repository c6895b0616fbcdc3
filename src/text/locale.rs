//! Language data. In: a language tag from the site's configuration. Out: dates, numbers, plural categories and alphabetical order as CLDR
//! gives them for that language. It deliberately translates nothing and never fails: a language without data is served as English, with a note.

use std::cmp::Ordering;

use icu_calendar::{Date, Gregorian};
use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_datetime::{FixedCalendarDateTimeFormatter, fieldsets::YMD};
use icu_decimal::{DecimalFormatter, input::Decimal};
use icu_locale_core::extensions::unicode::{Key, Value};
use icu_locale_core::subtags::Language;
use icu_locale_core::{Locale as Tag, langid};
use icu_plurals::{PluralCategory, PluralRules};

/// Which digits dates and numbers are written with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Numerals {
    /// 0-9 in every language.
    #[default]
    Western,
    /// The language's own: ۰-۹ in Urdu.
    Native,
}

/// How one language writes dates and numbers and orders words.
#[derive(Debug)]
pub struct Locale {
    // Made once: making one costs twenty times its use. Cargo.toml says what lets threads share them.
    dates: Option<FixedCalendarDateTimeFormatter<Gregorian, YMD>>,
    numbers: Option<DecimalFormatter>,
    plurals: Option<PluralRules>,
    collator: Option<CollatorBorrowed<'static>>,
}

impl Locale {
    /// Reads a BCP 47 tag such as `ur`, `ur-PK` or `en`. Plain `en` is world English (`en-001`), which writes 23 November 2026.
    /// The note says, in English, why the tag is served as English instead.
    pub fn new(tag: &str, numerals: Numerals) -> (Self, Option<String>) {
        let english = || Tag::from(langid!("en-001"));
        let (mut known, note) = match Tag::try_from_str(tag) {
            Err(_) => (
                english(),
                Some(format!(
                    "`{tag}` is not a language tag (expected one such as `ur` or `en-PK`); dates and numbers are written as in English"
                )),
            ),
            Ok(parsed) if !has_data(&parsed) => {
                (english(), Some(format!("no data for the language `{tag}`; dates and numbers are written as in English")))
            }
            Ok(parsed) if parsed.id == langid!("en") => (english(), None),
            Ok(parsed) => (parsed, None),
        };
        set_digits(&mut known, numerals);
        let locale = Self {
            dates: FixedCalendarDateTimeFormatter::try_new((&known).into(), YMD::long()).ok(),
            numbers: DecimalFormatter::try_new((&known).into(), Default::default()).ok(),
            plurals: PluralRules::try_new_cardinal((&known).into()).ok(),
            collator: Collator::try_new((&known).into(), CollatorOptions::default()).ok(),
        };
        (locale, note)
    }

    /// A Gregorian date in words: `23 November 2026`, `23 نومبر، 2026`. A date that does not exist is written `2026-02-30`.
    pub fn date_long(&self, year: i32, month: u8, day: u8) -> String {
        match (Date::try_new_gregorian(year, month, day), &self.dates) {
            (Ok(date), Some(formatter)) => formatter.format(&date).to_string(),
            _ => format!("{year:04}-{month:02}-{day:02}"),
        }
    }

    /// A whole number with its digits grouped: `1,234,567`. A minus sign may carry an invisible direction mark.
    pub fn number(&self, n: i64) -> String {
        self.numbers.as_ref().map_or_else(|| n.to_string(), |formatter| formatter.format(&Decimal::from(n)).to_string())
    }

    /// The CLDR category of a count: `zero`, `one`, `two`, `few`, `many` or `other`.
    pub fn plural(&self, n: i64) -> &'static str {
        self.plurals.as_ref().map_or("other", |rules| category_name(rules.category_for(n)))
    }

    /// The categories that counts in this language can have, at least `other`.
    pub fn plural_forms(&self) -> Vec<&'static str> {
        self.plurals.as_ref().map_or_else(|| vec!["other"], |rules| rules.categories().map(category_name).collect())
    }

    /// Bytes that order as the words do in this language. Made for sorting in memory: they change with the Unicode version.
    pub fn sort_key(&self, s: &str) -> Vec<u8> {
        let mut key = Vec::new();
        match &self.collator {
            Some(collator) => {
                let Ok(()) = collator.write_sort_key_to(s, &mut key);
            }
            None => key.extend_from_slice(s.as_bytes()),
        }
        key
    }

    /// The alphabetical order of two words in this language.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.as_ref().map_or_else(|| a.cmp(b), |collator| collator.compare(a, b))
    }
}

fn category_name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// A language CLDR does not know gets the root's dates, `2026 M11 23`; every real one differs from the root.
fn has_data(tag: &Tag) -> bool {
    let sample = |tag: &Tag| {
        let date = Date::try_new_gregorian(2026, 11, 23).ok()?;
        Some(FixedCalendarDateTimeFormatter::<Gregorian, YMD>::try_new(tag.into(), YMD::long()).ok()?.format(&date).to_string())
    };
    tag.id.language != Language::UNKNOWN && sample(&Tag::from(tag.id.clone())) != sample(&Tag::UNKNOWN)
}

/// Overrides the digits of the tag (`-u-nu-…`). ICU4X has no "native" of its own.
fn set_digits(tag: &mut Tag, numerals: Numerals) {
    let digits = match (numerals, tag.id.language.as_str()) {
        (Numerals::Western, _) => "latn",
        (Numerals::Native, "ur" | "fa" | "ps" | "ks" | "pnb" | "skr" | "uz") => "arabext",
        (Numerals::Native, "ar" | "sd" | "ckb") => "arab",
        (Numerals::Native, "hi" | "mr" | "ne") => "deva",
        (Numerals::Native, "bn" | "as") => "beng",
        (Numerals::Native, _) => return,
    };
    if let (Ok(key), Ok(value)) = (Key::try_from_str("nu"), Value::try_from_str(digits)) {
        tag.extensions.unicode.keywords.set(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(tag: &str, numerals: Numerals) -> Locale {
        let (locale, note) = Locale::new(tag, numerals);
        assert_eq!(note, None, "{tag}");
        locale
    }

    #[test]
    fn locales_are_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Locale>();
    }

    #[test]
    fn dates_follow_the_language() {
        for (tag, numerals, date) in [
            ("en", Numerals::Western, "23 November 2026"),
            ("en-PK", Numerals::Native, "23 November 2026"),
            ("en-US", Numerals::Western, "November 23, 2026"),
            ("ur", Numerals::Western, "23 نومبر، 2026"),
            ("ur-PK", Numerals::Native, "۲۳ نومبر، ۲۰۲۶"),
            ("ur-IN", Numerals::Western, "23 نومبر، 2026"),
            ("ur-u-nu-arabext", Numerals::Western, "23 نومبر، 2026"),
            ("sd", Numerals::Native, "٢٣ نومبر ٢٠٢٦"),
        ] {
            assert_eq!(known(tag, numerals).date_long(2026, 11, 23), date, "{tag}");
        }
        assert_eq!(known("ur", Numerals::Western).date_long(2026, 2, 30), "2026-02-30");
    }

    #[test]
    fn numbers_and_plurals_follow_the_language() {
        assert_eq!(known("en", Numerals::Western).number(1_234_567), "1,234,567");
        assert_eq!(known("ur", Numerals::Western).number(42), "42");
        assert_eq!(known("ur", Numerals::Native).number(1_234_567), "۱٬۲۳۴٬۵۶۷");
        assert_eq!(known("en", Numerals::Western).number(i64::MIN), "-9,223,372,036,854,775,808");
        assert_eq!([0, 1, 2, -1].map(|n| known("ur", Numerals::Western).plural(n)), ["other", "one", "other", "one"]);
        assert_eq!([0, 1, 2, 3, 11].map(|n| known("ar", Numerals::Western).plural(n)), ["zero", "one", "two", "few", "many"]);
        assert_eq!(known("ur", Numerals::Western).plural_forms(), ["one", "other"]);
        assert_eq!(known("ar", Numerals::Western).plural_forms(), ["zero", "one", "two", "few", "many", "other"]);
    }

    #[test]
    fn words_sort_by_the_alphabet() {
        let urdu = known("ur", Numerals::Western);
        let mut words = ["ہوا", "ٹرک", "پانی", "ے", "تار", "بات", "یہ"];
        words.sort_by(|a, b| urdu.compare(a, b));
        assert_eq!(words, ["بات", "پانی", "تار", "ٹرک", "ہوا", "یہ", "ے"]);
        words.reverse();
        words.sort_by_key(|w| urdu.sort_key(w));
        assert_eq!(words, ["بات", "پانی", "تار", "ٹرک", "ہوا", "یہ", "ے"]);
        assert_eq!(known("en", Numerals::Western).compare("b", "C"), Ordering::Less);
    }

    #[test]
    fn unknown_languages_are_served_as_english_with_a_note() {
        let (locale, note) = Locale::new("xx-QQ", Numerals::Western);
        assert_eq!(note.as_deref(), Some("no data for the language `xx-QQ`; dates and numbers are written as in English"));
        assert_eq!(locale.date_long(2026, 11, 23), "23 November 2026");
        let (locale, note) = Locale::new("ur_PK", Numerals::Native);
        assert_eq!(
            note.as_deref(),
            Some("`ur_PK` is not a language tag (expected one such as `ur` or `en-PK`); dates and numbers are written as in English")
        );
        assert_eq!((locale.number(-5), locale.plural(1)), ("-5".to_owned(), "one"));
        assert!(Locale::new("xx-u-nu-arabext", Numerals::Western).1.is_some());
        assert!(Locale::new("", Numerals::Native).1.is_some());
        assert!(Locale::new("und", Numerals::Western).1.is_some());
    }
}
