//! The analysis as data, for the browser. In: `text::fold`, and the rules and tables of this folder. Out: what `runtime/words.js` reads.
//! The letters are found by asking `text::fold` what it does with each character in question, so there is one table in the
//! project and not two that agree; that the browser's reading of it agrees is held by a test on words and on noise.

use super::{channel, skeleton, stem, typo, words};
use crate::text::fold::{decomposes, fold, is_arabic_letter, is_joiner};
use serde::Serialize;
use std::ops::RangeInclusive;

/// What the browser's analysis reads.
#[derive(Debug, Serialize)]
pub struct Tables {
    /// Characters that fold to nothing, as what stands between the brackets of a regular expression.
    silent: String,
    /// More of them, which may stand inside a word without being of it.
    joiners: String,
    /// Letters of the Arabic script.
    letters: String,
    /// Groups of letters, apart by spaces: the first of each stands for the others.
    same: String,
    /// Words are cut after so many characters.
    longest: usize,
    /// The rules of `skeleton`, and how many keys they may make of a word.
    sounds: &'static str,
    keys: usize,
    /// The table of `channel`, the unit of its costs, its soft letters, and the cost of what it does not expect.
    channel: &'static str,
    unit: u32,
    soft: &'static str,
    strange: u32,
    /// The rules of `stem`.
    stems: &'static str,
    /// What `typo` holds to be close: letters that sound or look alike, keys side by side, letters that come and go.
    alike: &'static [&'static str],
    rows: &'static str,
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
    let joiner = |c: char| is_joiner(c) || c == '٬';
    let silent = |c: &char| fold(&c.to_string()).is_empty() && *c != HAMZA && !joiner(*c);
    Tables {
        silent: class(changed().filter(silent)),
        joiners: class(changed().filter(|c| joiner(*c))),
        letters: class(changed().filter(|c| is_arabic_letter(*c))),
        same: same(changed()),
        longest: words::LONGEST_WORD,
        sounds: skeleton::SOUNDS.trim_end(),
        keys: skeleton::MOST_KEYS,
        channel: channel::CHANNEL.trim_end(),
        unit: channel::UNIT,
        soft: channel::SOFT,
        strange: channel::STRANGE,
        stems: stem::STEMS.trim_end(),
        alike: typo::ALIKE,
        rows: typo::KEYS,
        vowels: typo::VOWELS,
    }
}

/// Letters that fold to another one, with it. Those that NFKD takes apart never meet this table.
fn same(letters: impl Iterator<Item = char>) -> String {
    let mut groups: Vec<String> = Vec::new();
    for c in letters.filter(|c| !c.is_uppercase() && *c != 'ھ' && !decomposes(*c)) {
        let to = fold(&c.to_string());
        if to.chars().count() != 1 || to.starts_with(c) {
            continue;
        }
        match groups.iter_mut().find(|group| group.starts_with(&to)) {
            Some(group) => group.push(c),
            None => groups.push(format!("{to}{c}")),
        }
    }
    groups.join(" ")
}

/// Characters as what stands between the brackets of a regular expression.
fn class(characters: impl Iterator<Item = char>) -> String {
    let mut runs: Vec<(char, char)> = Vec::new();
    for c in characters {
        match runs.last_mut() {
            Some((_, last)) if u32::from(*last) + 1 == u32::from(c) => *last = c,
            _ => runs.push((c, c)),
        }
    }
    runs.iter().map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_say_what_folding_does() {
        let tables = tables();
        for pair in [('ي', 'ی'), ('ك', 'ک'), ('ه', 'ہ'), ('ٱ', 'ا'), ('۳', '3'), ('٫', '.'), ('ς', 'σ')] {
            assert!(tables.same.split(' ').any(|group| group.starts_with(pair.1) && group.contains(pair.0)), "{pair:?}");
        }
        let holds = |class: &str, c: char| {
            let mut letters = class.chars().peekable();
            std::iter::from_fn(|| {
                let first = letters.next()?;
                Some((first, letters.next_if_eq(&'-').and_then(|_| letters.next()).unwrap_or(first)))
            })
            .any(|(first, last)| (first..=last).contains(&c))
        };
        for c in "\u{AD}\u{61C}\u{200C}\u{200F}\u{202B}\u{2067}\u{FEFF}٬".chars() {
            assert!(holds(&tables.joiners, c), "{c:?}");
        }
        for c in "ءـ\u{64E}\u{653}\u{301}\u{FE0F}".chars() {
            assert!(holds(&tables.silent, c) && !holds(&tables.joiners, c), "{c:?}");
        }
        assert!(!holds(&tables.silent, HAMZA) && holds(&tables.letters, 'ں') && !holds(&tables.letters, '۴'));
    }
}
