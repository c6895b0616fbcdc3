//! The analysis as data, for the browser. In: `text::fold` and the rules of `urdu`. Out: tables that the script carries.
//! The letters are found by asking `text::fold` what it does with each character in question, so there is one table in the
//! project and not two that agree; that the browser's reading of it agrees is held by a test on words and on noise.
//! What the browser has of its own is NFKC, lower case and `\p{L}\p{N}\p{M}`.

use super::{language as analysis, urdu};
use crate::text::fold::fold;
use serde::Serialize;
use std::ops::RangeInclusive;

/// Everything that the browser's folding, splitting and stemming read.
#[derive(Debug, Serialize)]
pub(in crate::search) struct Tables {
    /// Characters removed before NFKC: direction marks, joiners, the soft hyphen, `ﷺ`, vowel signs.
    bare: String,
    /// Characters removed after NFKC, because they join the letter before them or keep others from joining it: hamza, tatweel.
    removed: String,
    /// A character after NFKC, and what stands for it.
    letters: Vec<(char, String)>,
    /// A character that stands before another Arabic letter, and what stands for it there.
    medial: Vec<(char, String)>,
    /// Which letters these are: first and last code point of each run.
    joining: Vec<(u32, u32)>,
    /// A character, what stands for it, and the letters after which it stays itself.
    after: Vec<(char, String, String)>,
    /// Spelling variants at the beginning of a word in Arabic letters.
    beginnings: &'static [urdu::Rule],
    /// Endings of a word in Arabic letters, in steps.
    endings: [&'static [urdu::Rule]; 2],
    /// Name of the pipeline function for words in a-z.
    latin: &'static str,
    /// Name of the pipeline function for words in Arabic letters.
    urdu: &'static str,
    /// Words are cut after so many characters.
    longest: usize,
}

/// Where Arabic letters are, but for presentation forms: those are NFKC's work.
const LETTERS: [RangeInclusive<char>; 3] = ['\u{0600}'..='\u{06FF}', '\u{0750}'..='\u{077F}', '\u{08A0}'..='\u{08FF}'];

/// Where else characters are that fold to nothing.
const SILENT: [RangeInclusive<char>; 3] = ['\u{00AD}'..='\u{00AD}', '\u{2000}'..='\u{206F}', '\u{FB50}'..='\u{FEFF}'];

/// Reads the tables off `text::fold`.
pub(in crate::search) fn tables() -> Tables {
    let silent = || LETTERS.into_iter().chain(SILENT).flatten().filter(|c| folded(&[*c]).is_empty());
    let after: Vec<_> = letters().filter_map(|c| Some((c, folded(&[c]), keepers(c)?))).collect();
    let medial: Vec<_> = letters().filter_map(|c| Some((c, medial(c)?))).collect();
    let joins = |n: &char| medial.iter().any(|(c, inside)| folded(&[*c, *n]).starts_with(inside));
    let changed = |c: &char| !matches!(folded(&[*c]), f if f.is_empty() || f == c.to_string());
    Tables {
        bare: silent().filter(|c| is_bare(*c)).collect(),
        removed: silent().filter(|c| !is_bare(*c)).collect(),
        letters: letters().filter(changed).filter(|c| after.iter().all(|rule| rule.0 != *c)).map(|c| (c, folded(&[c]))).collect(),
        joining: runs(letters().filter(joins)),
        medial,
        after,
        beginnings: urdu::BEGINNINGS,
        endings: urdu::ENDINGS,
        latin: analysis::LATIN,
        urdu: analysis::URDU,
        longest: analysis::LONGEST_WORD,
    }
}

fn letters() -> impl Iterator<Item = char> {
    LETTERS.into_iter().flatten()
}

fn folded(characters: &[char]) -> String {
    fold(&characters.iter().collect::<String>())
}

/// Whether a character that folds to nothing may be taken out before NFKC: a hamza after it still joins the letter before it.
fn is_bare(c: char) -> bool {
    folded(&['ے', c]) == "ے" && folded(&['ے', c, '\u{654}']) == folded(&['ے', '\u{654}'])
}

/// What stands for a letter between two others, if it stays itself alone. `ا` takes part in no rule.
fn medial(c: char) -> Option<String> {
    let between = folded(&['ا', c, 'ا']);
    let inside = between.strip_prefix('ا')?.strip_suffix('ا')?.to_owned();
    (folded(&[c]) == c.to_string() && inside != c.to_string()).then_some(inside)
}

fn runs(characters: impl Iterator<Item = char>) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for code in characters.map(u32::from) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == code => *last = code,
            _ => runs.push((code, code)),
        }
    }
    runs
}

/// The letters after which a letter stays itself, if it does not stay itself alone. All are asked in one text.
fn keepers(c: char) -> Option<String> {
    if folded(&[c]) == c.to_string() {
        return None;
    }
    let pairs: Vec<char> = letters().flat_map(|k| [k, c, ' ']).collect();
    let kept = |(k, pair): (char, &str)| (pair.ends_with(c) && pair.starts_with(k)).then_some(k);
    let keepers: String = letters().zip(folded(&pairs).split(' ')).filter_map(kept).collect();
    (!keepers.is_empty()).then_some(keepers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_say_what_folding_does() {
        let tables = tables();
        assert_eq!(tables.after, [('ھ', "ہ".to_owned(), "بتجدرلمنٹپچڈڑکگ".to_owned())]);
        assert_eq!(tables.medial, [('ں', "ن".to_owned()), ('ے', "ی".to_owned())]);
        assert_eq!(tables.joining[0], (0x620, 0x620));
        assert!(tables.joining.iter().any(|run| (run.0..=run.1).contains(&u32::from('ی'))));
        for (c, to) in [('ي', "ی"), ('ك', "ک"), ('ه', "ہ"), ('آ', "ا"), ('۳', "3"), ('٫', "."), ('ۓ', "یے")] {
            assert!(tables.letters.contains(&(c, to.to_owned())), "{c}");
        }
        for c in "\u{AD}\u{61C}\u{200C}\u{200F}\u{202B}\u{2067}\u{FEFF}\u{64E}ﷺءـ\u{653}٬".chars() {
            assert!(tables.bare.contains(c), "{c:?}");
        }
    }
}
