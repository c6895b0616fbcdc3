//! The consonants of a word as both scripts share them: `police`, `pulis` and `پولیس` are all `pls`. In: a folded form. Out: keys.
//! The first key of a form decides where the index keeps it; the others are what a reader who types in Latin letters may mean too.
//! The rules are data, `sounds.txt`, because the browser reads the same ones. This file does not say which of the words with one
//! key is meant: that is `channel`'s work.

use std::sync::LazyLock;

/// The rules, apart by spaces: letters, `=`, what they may become, the likeliest first. `^` holds a rule to the beginning of a word,
/// `$` to its end. The first rule that fits wins, so longer ones stand before shorter ones, and those that name a place before those that
/// do not. A letter without a rule stands for itself.
pub(super) const SOUNDS: &str = include_str!("sounds.txt");

/// More keys than this are not made of one word.
pub(super) const MOST_KEYS: usize = 12;

/// A rule of [`SOUNDS`].
struct Rule {
    letters: &'static str,
    first: bool,
    last: bool,
    to: Vec<&'static str>,
}

/// The rules by their first letter: letters of ASCII, then those from U+0600 on.
static RULES: LazyLock<Vec<Vec<Rule>>> = LazyLock::new(|| {
    let mut rules: Vec<Vec<Rule>> = Vec::new();
    rules.resize_with(128 + 256, Vec::new);
    for (from, to) in SOUNDS.split_whitespace().filter_map(|rule| rule.split_once('=')) {
        let letters = from.trim_matches(['^', '$']);
        let rule = Rule { letters, first: from.starts_with('^'), last: from.ends_with('$'), to: to.split(',').collect() };
        if let Some(some) = letters.chars().next().and_then(place).and_then(|place| rules.get_mut(place)) {
            some.push(rule);
        }
    }
    rules
});

/// Where the rules of a letter stand; no other letter has any.
fn place(letter: char) -> Option<usize> {
    match letter {
        '\0'..='\x7f' => Some(letter as usize),
        '\u{600}'..='\u{6ff}' => Some(letter as usize - 0x600 + 128),
        _ => None,
    }
}

/// The key under which a form is kept: the first of [`skeletons`].
pub fn skeleton(form: &str) -> String {
    let mut key = String::with_capacity(form.len());
    let mut rest = form;
    while let Some((first, to, after)) = reading(form, rest) {
        match to.first() {
            Some(sounds) => sounds.chars().for_each(|c| append(&mut key, c)),
            None => append(&mut key, first),
        }
        rest = after;
    }
    key
}

/// All keys under which a form, or the Urdu word that it spells in Latin letters, may be kept.
pub fn skeletons(form: &str) -> Vec<String> {
    let mut keys = vec![String::new()];
    let mut rest = form;
    while let Some((first, to, after)) = reading(form, rest) {
        rest = after;
        if to.len() < 2 {
            let add = |key: &mut String| match to.first() {
                Some(sounds) => sounds.chars().for_each(|c| append(key, c)),
                None => append(key, first),
            };
            keys.iter_mut().for_each(add);
            continue;
        }
        let mut grown: Vec<String> = Vec::with_capacity(keys.len() * to.len());
        for sounds in to {
            for key in &keys {
                let mut key = key.clone();
                sounds.chars().for_each(|c| append(&mut key, c));
                if grown.len() < MOST_KEYS && !grown.contains(&key) {
                    grown.push(key);
                }
            }
        }
        keys = grown;
    }
    let mut seen: Vec<String> = Vec::with_capacity(keys.len());
    for key in keys {
        if !seen.contains(&key) {
            seen.push(key);
        }
    }
    seen
}

/// A consonant that stands twice counts once.
fn append(key: &mut String, c: char) {
    if !key.ends_with(c) {
        key.push(c);
    }
}

/// The next letter, what it and those after it may become (nothing: it stands for itself), and the rest after them.
fn reading<'a>(form: &str, rest: &'a str) -> Option<(char, &'static [&'static str], &'a str)> {
    let first = rest.chars().next()?;
    let fits = |rule: &&Rule| {
        rest.starts_with(rule.letters) && (!rule.first || rest.len() == form.len()) && (!rule.last || rest.len() == rule.letters.len())
    };
    let rule = place(first).and_then(|place| RULES.get(place)?.iter().find(fits));
    let (length, to) = rule.map_or((first.len_utf8(), [].as_slice()), |rule| (rule.letters.len(), rule.to.as_slice()));
    Some((first, to, rest.get(length..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_share_a_key() {
        for (urdu, roman) in [
            ("پولیس", "police pulis"),
            ("مشقت", "mushaqqat mashakat mushkat"),
            ("مزدوروں", "mazdooron mazdooro"),
            ("تھانہ", "thana thaanah tana"),
            ("حکم", "hukm hukam"),
            ("جرمانہ", "jurmana"),
            ("سکول", "school"),
            ("اسکول", "school iskool"),
            ("یونین", "union"),
            ("وکیل", "wakeel vakil"),
            ("عدالت", "adalat adaalat"),
            ("زیادتی", "ziadti zyadati"),
            ("اللہ", "allah"),
        ] {
            let key = skeleton(urdu);
            for roman in roman.split(' ') {
                assert!(skeletons(roman).contains(&key), "{urdu} {key}, {roman} {:?}", skeletons(roman));
            }
        }
    }

    #[test]
    fn no_rule_hides_another() {
        for rules in RULES.iter() {
            for (place, rule) in rules.iter().enumerate() {
                let hides =
                    |before: &&Rule| rule.letters.starts_with(before.letters) && rule.first >= before.first && rule.last >= before.last;
                assert!(rules[..place].iter().find(hides).is_none(), "{}", rule.letters);
            }
        }
    }

    #[test]
    fn every_rule_has_its_place() {
        assert_eq!(RULES.iter().map(Vec::len).sum::<usize>(), SOUNDS.split_whitespace().count());
    }

    #[test]
    fn a_key_is_made_of_any_text() {
        assert_eq!(skeletons(""), [""]);
        assert_eq!(skeletons("371a"), ["371"]);
        assert_eq!(skeletons(&"cgz".repeat(16)).len(), MOST_KEYS);
        assert_eq!(skeleton("police"), skeletons("police")[0]);
    }
}
