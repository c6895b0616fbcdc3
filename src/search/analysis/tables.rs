//! The analysis as data, for the browser. In: `text::fold`, and the rules and tables of this folder. Out: what `runtime/words.js` reads.
//! The letters are found by asking `text::fold` what it does with each character in question, so there is one table in the
//! project and not two that agree; that the browser's reading of it agrees is held by a test on words and on noise.

use super::{channel, skeleton, typo, urdu, words};
use crate::text::fold::{fold, is_arabic_letter, is_joiner};
use serde::Serialize;
use std::ops::RangeInclusive;

/// Runs of characters, the first and the last of each.
type Runs = Vec<(u32, u32)>;

/// What the browser's analysis reads.
#[derive(Debug, Serialize)]
pub struct Tables {
    /// Characters that fold to nothing.
    silent: Runs,
    /// Those of them that may stand inside a word without being of it.
    joiners: Runs,
    /// Letters of the Arabic script.
    letters: Runs,
    /// Letters, and in the same place of `to` what stands for them.
    from: String,
    to: String,
    /// Words are cut after so many characters.
    longest: usize,
    /// The rules of `skeleton`, and how many keys they may make of a word.
    sounds: &'static str,
    keys: usize,
    /// The table of `channel`, its soft letters, and the cost of what it does not expect.
    channel: &'static str,
    soft: &'static str,
    strange: u32,
    /// The rules of `urdu`.
    urdu: &'static str,
    /// What `typo` holds to be close: letters that sound or look alike, keys side by side, letters that come and go.
    alike: &'static [&'static str],
    rows: [&'static str; 3],
    vowels: &'static str,
}

/// Where characters are that folding changes, but for those that NFKD changes alike in both runtimes.
const CHANGED: [RangeInclusive<char>; 10] = [
    '\u{00AD}'..='\u{00AD}',
    '\u{02BB}'..='\u{02BC}',
    '\u{0300}'..='\u{03C2}',
    '\u{0600}'..='\u{06FF}',
    '\u{0750}'..='\u{077F}',
    '\u{08A0}'..='\u{08FF}',
    '\u{2000}'..='\u{20FF}',
    '\u{FE00}'..='\u{FE0F}',
    '\u{FEFF}'..='\u{FEFF}',
    '\u{E0100}'..='\u{E01EF}',
];

/// Hamza as a mark: it makes `یے` of a `ے` before it, and is removed after that.
const HAMZA: char = '\u{654}';

/// All tables.
pub fn tables() -> Tables {
    let changed = || CHANGED.into_iter().flatten();
    let silent = |c: &char| fold(&c.to_string()).is_empty() && *c != HAMZA;
    let one = |c: char| {
        let folded = fold(&c.to_string());
        let mut letters = folded.chars();
        letters.next().filter(|to| *to != c && letters.next().is_none() && !c.is_uppercase() && c != 'ھ')
    };
    let (from, to) = changed().filter_map(|c| Some((c, one(c)?))).unzip();
    Tables {
        silent: runs(changed().filter(silent)),
        joiners: runs(changed().filter(|c| is_joiner(*c) || *c == '٬')),
        letters: runs(changed().filter(|c| is_arabic_letter(*c))),
        from,
        to,
        longest: words::LONGEST_WORD,
        sounds: skeleton::SOUNDS,
        keys: skeleton::MOST_KEYS,
        channel: channel::CHANNEL,
        soft: channel::SOFT,
        strange: channel::STRANGE,
        urdu: urdu::RULES,
        alike: typo::ALIKE,
        rows: typo::KEYS,
        vowels: typo::VOWELS,
    }
}

fn runs(characters: impl Iterator<Item = char>) -> Runs {
    let mut runs: Runs = Vec::new();
    for code in characters.map(u32::from) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == code => *last = code,
            _ => runs.push((code, code)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_say_what_folding_does() {
        let tables = tables();
        let of: Vec<(char, char)> = tables.from.chars().zip(tables.to.chars()).collect();
        for pair in [('ي', 'ی'), ('ك', 'ک'), ('ه', 'ہ'), ('ٱ', 'ا'), ('۳', '3'), ('٫', '.'), ('ς', 'σ')] {
            assert!(of.contains(&pair), "{pair:?}");
        }
        let holds = |runs: &Runs, c: char| runs.iter().any(|(a, b)| (*a..=*b).contains(&u32::from(c)));
        for c in "\u{AD}\u{61C}\u{200C}\u{200F}\u{202B}\u{2067}\u{FEFF}٬".chars() {
            assert!(holds(&tables.silent, c) && holds(&tables.joiners, c), "{c:?}");
        }
        for c in "ءـ\u{64E}\u{653}\u{301}\u{FE0F}".chars() {
            assert!(holds(&tables.silent, c) && !holds(&tables.joiners, c), "{c:?}");
        }
        assert!(!holds(&tables.silent, HAMZA) && holds(&tables.letters, 'ں') && !holds(&tables.letters, '۴'));
    }
}
