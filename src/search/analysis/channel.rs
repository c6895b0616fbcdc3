//! How well a spelling in Latin letters fits an Urdu word. In: two folded forms. Out: a cost, less is better.
//! The table, `channel.txt`, is learned (tests/eval/learn); the browser reads the same one and counts in the same integers.
//! It does not choose the words to compare: those share a key of `skeleton`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A line for each sound of Urdu: the sound, then what people write for it, each with its cost: `خkh0k5`; a cost alone is that of
/// writing nothing. `^` marks a soft letter at the beginning of a word, `$` at its end; `.`, `:` and `;` are the short vowels after a
/// consonant, after a soft letter and at the end, which Urdu does not write. A consonant that is written twice counts once.
pub(super) const CHANNEL: &str = include_str!("channel.txt");

/// What the costs of the table are multiplied by: one digit is enough for each.
pub(super) const UNIT: u32 = 5;

/// What a letter costs that the table does not expect.
pub(super) const STRANGE: u32 = 60;

/// Letters that are spelled in another way at the beginning and at the end of a word.
pub(super) const SOFT: &str = "اویےہعںح";

type Spellings = Vec<(&'static str, u32)>;

static TABLE: LazyLock<HashMap<&str, Spellings>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let (sound, rest) = line.split_at(line.find(|c: char| c.is_ascii_alphanumeric())?);
        let spelling = |text: &'static str| {
            let (at, digit) = text.char_indices().next_back()?;
            Some((text.get(..at)?, digit.to_digit(10)? * UNIT))
        };
        Some((sound, rest.split_inclusive(|c: char| c.is_ascii_digit()).filter_map(spelling).collect()))
    };
    CHANNEL.lines().filter_map(line).collect()
});

/// The cost of writing an Urdu word so.
pub fn channel(roman: &str, urdu: &str) -> u32 {
    let sounds = sounds(urdu);
    let roman = single(roman);
    let length = roman.len();
    let mut row: Vec<u32> = (0..).map(|n| n * STRANGE).take(length + 1).collect();
    let mut next = vec![u32::MAX; length + 1];
    for (place, sound) in sounds.iter().enumerate() {
        let vowels = if place + 1 == sounds.len() {
            ";"
        } else if SOFT.contains(sound.trim_matches(['^', '$'])) {
            ":"
        } else {
            "."
        };
        for sound in [sound.as_str(), vowels] {
            let spellings = TABLE.get(sound).map_or(&[][..], Vec::as_slice);
            next.iter_mut().zip(&row).for_each(|(next, cost)| *next = cost + STRANGE);
            for (at, cost) in row.iter().enumerate() {
                for (letters, price) in spellings {
                    if roman.get(at..).is_some_and(|rest| rest.starts_with(letters)) {
                        let to = &mut next[at + letters.len()];
                        *to = (*to).min(cost + price);
                    }
                }
            }
            std::mem::swap(&mut row, &mut next);
        }
        for at in 0..length {
            row[at + 1] = row[at + 1].min(row[at] + STRANGE);
        }
    }
    row[length]
}

/// A spelling with every consonant once where it stands twice.
fn single(roman: &str) -> String {
    let mut out = String::with_capacity(roman.len());
    let mut twice = false;
    for c in roman.chars() {
        twice = !twice && !"aeiou".contains(c) && out.ends_with(c);
        if !twice {
            out.push(c);
        }
    }
    out
}

/// An Urdu word as the sounds that the table knows: an aspirated letter is one, a soft letter tells where it stands.
fn sounds(urdu: &str) -> Vec<String> {
    let mut sounds = Vec::with_capacity(urdu.len() / 2);
    let mut letters = urdu.chars().peekable();
    while let Some(letter) = letters.next() {
        let mut sound = String::from(letter);
        if letters.next_if_eq(&'ھ').is_some() {
            sound.push('ھ');
        } else if SOFT.contains(letter) {
            if sounds.is_empty() {
                sound.insert(0, '^');
            } else if letters.peek().is_none() {
                sound.push('$');
            }
        }
        sounds.push(sound);
    }
    sounds
}

/// 256 times the logarithm to base 2 of a / b, which is not less than 1.
pub fn logarithm(a: u64, mut b: u64) -> u64 {
    let mut n = 0;
    while a >= 2 * b {
        b *= 2;
        n += 256;
    }
    let mut x = a * 65_536 / b;
    for bit in (0..8).rev().map(|shift| 1 << shift) {
        x = x * x / 65_536;
        if x >= 131_072 {
            x /= 2;
            n += bit;
        }
    }
    n
}

/// What the frequency of a word takes off its cost: about a third of its logarithm, in the unit of the costs.
pub fn prior(count: u32) -> u32 {
    (logarithm(u64::from(count.max(1)), 1) * 5 / 512) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_that_is_meant_costs_least() {
        for (roman, urdu, other) in [
            ("mazdoor", "مزدور", "مضر"),
            ("bhatta", "بھٹہ", "بات"),
            ("adalat", "عدالت", "عادت"),
            ("larki", "لڑکی", "لکڑی"),
            ("zulm", "ظلم", "ضلع"),
            ("police", "پولیس", "پلس"),
            ("achha", "اچھا", "اچکا"),
        ] {
            assert!(channel(roman, urdu) < channel(roman, other), "{roman}: {} {}", channel(roman, urdu), channel(roman, other));
        }
    }

    #[test]
    fn every_pair_has_a_cost() {
        assert_eq!(channel("", ""), 0);
        assert_eq!(channel("xq", ""), 2 * STRANGE);
        assert_eq!(channel("qqq", ""), 2 * STRANGE);
        assert!(channel("", "بب") > STRANGE);
        assert!(channel("fir371", "پٻی") > 0);
    }

    #[test]
    fn a_logarithm_in_integers() {
        for (a, b) in [(1_u64, 1_u64), (2, 1), (3, 2), (10_001, 3), (200_002, 1), (200_001, 200_001)] {
            let exact = (a as f64 / b as f64).log2() * 256.0;
            assert!((logarithm(a, b) as f64 - exact).abs() < 1.5, "{a}/{b}");
        }
    }

    #[test]
    fn a_common_word_is_likelier() {
        assert_eq!([0, 1, 2, 3, 4, 1000].map(prior), [0, 0, 2, 3, 5, 24]);
    }
}
