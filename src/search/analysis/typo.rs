//! How likely it is that somebody who typed one word meant another. In: two folded forms. Out: a cost, or nothing if it is not likely.
//! Letters that sound or look alike, keys side by side, letters in the wrong order and vowels are mistaken for less.
//! It does not search for the words to compare.

/// The cost of a slip between letters that have nothing to do with each other. One slip is possible, two in a long word.
const SLIP: u32 = 10;
/// Of a slip between keys side by side, and of a vowel too many or too few.
const NEAR: u32 = 9;
/// Of a slip between letters that are taken for each other, and of a letter that is doubled, or is not.
const CLOSE: u32 = 8;
/// Of two letters in the wrong order.
const TURNED: u32 = 7;

/// Letters that sound or look alike.
pub(super) const ALIKE: &[&str] =
    &["سصث", "زذضظ", "تطٹ", "ہحھ", "کق", "خک", "اع", "نں", "یے", "رڑ", "دڈ", "غگ", "aeiou", "ckq", "sz", "vw", "iy", "fp", "gj"];

/// The keyboard, row by row, each so wide that keys side by side are as far apart here as [`BESIDE`] says, and no others.
pub(super) const KEYS: &str = "qwertyuiop  asdfghjkl   zxcvbnm";
const BESIDE: [usize; 4] = [1, 11, 12, 13];

/// Letters that come and go.
pub(super) const VOWELS: &str = "aeiouyاویےہع";

/// The cost of typing `a` for `b`; nothing if it is not likely.
pub fn typo(a: &str, b: &str) -> Option<u32> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let long = a.len().max(b.len());
    if a == b {
        return Some(0);
    }
    if long < 3 || a.len().abs_diff(b.len()) > 2 {
        return None;
    }
    let most = if long < 8 { SLIP } else { 2 * SLIP };
    let mut before: Vec<u32> = Vec::new();
    let mut row = vec![0];
    for j in 0..b.len() {
        row.push(row[j] + lost(&b, j));
    }
    for i in 0..a.len() {
        let mut next = vec![row[0] + lost(&a, i)];
        for j in 0..b.len() {
            let mut cost = (row[j] + change(a[i], b[j])).min(row[j + 1] + lost(&a, i)).min(next[j] + lost(&b, j));
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                cost = cost.min(before[j - 1] + TURNED);
            }
            next.push(cost);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|cost| *cost <= most)
}

/// What it costs that a letter of a word has no counterpart.
fn lost(word: &[char], at: usize) -> u32 {
    let c = word[at];
    if (at > 0 && word[at - 1] == c) || word.get(at + 1) == Some(&c) {
        CLOSE
    } else if VOWELS.contains(c) {
        NEAR
    } else {
        SLIP
    }
}

fn change(x: char, y: char) -> u32 {
    if x == y {
        0
    } else if ALIKE.iter().any(|set| set.contains(x) && set.contains(y)) {
        CLOSE
    } else if side_by_side(x, y) {
        NEAR
    } else {
        SLIP
    }
}

fn side_by_side(x: char, y: char) -> bool {
    KEYS.find(x).zip(KEYS.find(y)).is_some_and(|(x, y)| BESIDE.contains(&x.abs_diff(y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_side_by_side() {
        let beside = |key: char| ('a'..='z').filter(|c| side_by_side(key, *c)).collect::<String>();
        assert_eq!(
            ["q", "p", "a", "l", "z", "g"].map(|key| beside(key.chars().next().unwrap_or_default())),
            ["asw", "lo", "qswxz", "ikop", "asx", "bfhnrtvy"]
        );
        assert!(!side_by_side('q', 'پ'));
    }

    #[test]
    fn slips_cost_what_they_are() {
        for (typed, meant, cost) in [
            ("labour", "labour", Some(0)),
            ("lbaour", "labour", Some(TURNED)),
            ("labbour", "labour", Some(CLOSE)),
            ("laboir", "labour", Some(CLOSE)),
            ("kabour", "labour", Some(NEAR)),
            ("labur", "labour", Some(NEAR)),
            ("xabour", "labour", Some(SLIP)),
            ("lbuor", "labour", None),
            ("مزدود", "مزدور", Some(SLIP)),
            ("مصدقہ", "مسدقہ", Some(CLOSE)),
            ("ab", "ac", None),
            ("traficing", "trafficking", Some(CLOSE + SLIP)),
            ("کام", "کارخانہ", None),
        ] {
            assert_eq!(typo(typed, meant), cost, "{typed} {meant}");
        }
    }
}
