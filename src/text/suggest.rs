//! "Did you mean". In: a word nobody knows and the words that exist. Out: the nearest of them, if one is near enough to be a slip of the hand.
//! It deliberately knows nothing of meaning or of sound.

/// The candidate with the fewest edits (insertion, deletion, substitution, swap of neighbours) from `word`, case ignored; the first of equals.
/// `None` when even that one needs more than a third of the word's letters, at least one.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let letters = word.chars().count();
    let limit = (letters / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let folded = candidate.to_lowercase();
        if folded.chars().count().abs_diff(letters) > limit {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&word, &folded);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_offered() {
        let keys = ["title", "summary", "tags", "عنوان"];
        for (word, expected) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("sumary", Some("summary")),
            ("tag", Some("tags")),
            ("عنوا", Some("عنوان")),
            ("author", None),
            ("t", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, keys.into_iter()), expected, "{word}");
        }
    }

    #[test]
    fn the_nearest_wins_and_the_first_of_equals() {
        assert_eq!(nearest("section", ["sections", "section", "sectian"].into_iter()), Some("section"));
        assert_eq!(nearest("bat", ["cat", "hat"].into_iter()), Some("cat"));
        assert_eq!(nearest("x", std::iter::empty()), None);
    }
}
