//! Whether a translation still matches its original, section by section. In: two parsed pages. Out: `Translation`. Dates play no part:
//! they are wrong both ways (features, section 2.1 item 2).

use crate::model::ParsedPage;
use crate::model::page::Digest;
use crate::model::site::Translation;

/// Compares the recorded state of the original with its present one.
pub(super) fn state(page: &ParsedPage, original: &ParsedPage) -> Translation {
    if std::ptr::eq(page, original) || page.source == original.source {
        return Translation::Original;
    }
    let Some(recorded) = &page.front.translated_from else { return Translation::NotCompared };
    let recorded: Vec<&str> = recorded.split('.').collect();
    if recorded.len() == original.digests.len() && recorded.iter().zip(&original.digests).all(|(r, d)| *r == d.hash) {
        return Translation::Current;
    }
    differences(&recorded, &original.digests)
}

/// The record that says "made from the original as it is now".
pub fn record(original: &ParsedPage) -> String {
    original.digests.iter().map(|d| d.hash.as_str()).collect::<Vec<_>>().join(".")
}

fn differences(recorded: &[&str], now: &[Digest]) -> Translation {
    let mut changed = Vec::new();
    for place in 0..2 {
        if recorded.get(place).copied() != now.get(place).map(|d| d.hash.as_str()) && changed.is_empty() {
            changed.push(String::new());
        }
    }
    let (old, new) = (recorded.get(2..).unwrap_or_default(), now.get(2..).unwrap_or_default());
    let (mut added, mut removed) = (Vec::new(), 0);
    let (mut i, mut j) = (0, 0);
    for (a, b) in common(old, new).into_iter().chain([(old.len(), new.len())]) {
        // Between two sections that stayed, old and new ones are taken in pairs: changed; the rest came or went.
        let pairs = (a - i).min(b - j);
        changed.extend(new[j..j + pairs].iter().map(|d| d.title.clone()));
        added.extend(new[j + pairs..b].iter().map(|d| d.title.clone()));
        removed += a - i - pairs;
        (i, j) = (a + 1, b + 1);
    }
    Translation::Stale { changed, added, removed }
}

/// The longest common subsequence, as places in both lists.
fn common(old: &[&str], new: &[Digest]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut best = vec![0u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            best[i * width + j] = if old[i] == new[j].hash {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if old[i] == new[j].hash {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digests(hashes: &[&str]) -> Vec<Digest> {
        hashes.iter().map(|h| Digest { hash: (*h).to_owned(), title: h.to_uppercase() }).collect()
    }

    fn stale(changed: &[&str], added: &[&str], removed: usize) -> Translation {
        let list = |l: &[&str]| l.iter().map(|s| (*s).to_owned()).collect();
        Translation::Stale { changed: list(changed), added: list(added), removed }
    }

    #[test]
    fn sections_change_come_and_go() {
        let now = digests(&["t", "p", "a", "b", "c"]);
        assert_eq!(differences(&["t", "p", "a", "x", "c"], &now), stale(&["B"], &[], 0));
        assert_eq!(differences(&["t", "p", "a", "c"], &now), stale(&[], &["B"], 0));
        assert_eq!(differences(&["t", "p", "a", "b", "y", "c"], &now), stale(&[], &[], 1));
        assert_eq!(differences(&["u", "q", "a", "b", "c"], &now), stale(&[""], &[], 0));
        assert_eq!(differences(&["t", "p"], &now), stale(&[], &["A", "B", "C"], 0));
        assert_eq!(differences(&[], &now), stale(&[""], &["A", "B", "C"], 0));
    }
}
