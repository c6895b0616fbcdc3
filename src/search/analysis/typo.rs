//! How likely it is that somebody who typed one word meant another. In: two folded forms. Out: a cost, or nothing if it is not likely.
//! Letters that sound alike or stand side by side are confused for less. It does not search for the words to compare.

/// The cost of a slip between letters that have nothing to do with each other.
const SLIP: u32 = 10;

/// Letters that are taken for each other: they sound or look alike.
pub(super) const ALIKE: &[&str] =
    &["سصث", "زذضظ", "تطٹ", "ہحھ", "کق", "خک", "اع", "نں", "یے", "رڑ", "دڈ", "غگ", "aeiou", "ckq", "sz", "vw", "iy", "fp", "gj"];

/// The cost of typing `a` for `b`: nothing if it is more than one slip, two in a long word.
pub fn typo(a: &str, b: &str) -> Option<u32> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let long = a.len().max(b.len());
    let most = match long {
        0..=2 => return (a == b).then_some(0),
        3..=7 => SLIP,
        _ => 2 * SLIP,
    };
    if a.len().abs_diff(b.len()) > 2 {
        return None;
    }
    let mut rows = [vec![0; b.len() + 1], vec![0; b.len() + 1], (0..).take(b.len() + 1).map(|n| n * SLIP).collect::<Vec<u32>>()];
    for (i, &x) in a.iter().enumerate() {
        rows.rotate_left(1);
        rows[2][0] = (i as u32 + 1) * SLIP;
        for (j, &y) in b.iter().enumerate() {
            let changed = rows[1][j] + change(x, y);
            let dropped = rows[1][j + 1] + SLIP;
            let added = rows[2][j] + SLIP;
            let mut best = changed.min(dropped).min(added);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                best = best.min(rows[0][j - 1] + SLIP);
            }
            rows[2][j + 1] = best;
        }
    }
    Some(rows[2][b.len()]).filter(|cost| *cost <= most)
}

fn change(x: char, y: char) -> u32 {
    match x == y {
        true => 0,
        false if ALIKE.iter().any(|set| set.contains(x) && set.contains(y)) => SLIP / 2,
        false => SLIP,
    }
}
