//! Which word an Urdu form is a form of, by the vocabulary it stands in: `قوانین` is `قانون` where both are written. In: forms with how
//! often each occurs. Out: a lemma for each form, which is a form of the vocabulary or stands for one that nobody wrote.
//! Rules propose lemmas, and the vocabulary has to attest them. Lists (`verbs.txt`, `irregular.txt`, `alone.txt`) say what no rule can.
//! Words that one makes of others (`قوم`, `قومی`) stay apart. Query words that the vocabulary lacks are the parent module's work.

use hashbrown::{HashMap, HashSet};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Stems of verbs, without `نا`.
static VERBS: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("verbs.txt").split_whitespace().collect());

/// Words that are what they look like forms of only by chance, or that everybody writes and nobody means.
static ALONE: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("alone.txt").split_whitespace().collect());

/// Forms that no rule finds, with their lemmas: irregular verbs, broken plurals.
static IRREGULAR: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let line = |line: &'static str| line.split_once(": ").map(|(lemma, forms)| forms.split(' ').map(move |form| (form, lemma)));
    include_str!("irregular.txt").lines().filter_map(line).flatten().collect()
});

/// Endings that only verbs have.
const SURE: [&str; 7] = ["نا", "نے", "نی", "تا", "تے", "تی", "تیں"];

/// Endings that verbs share with nouns and adjectives.
const SHARED: [&str; 7] = ["ا", "ے", "ی", "یں", "یا", "یے", "یی"];

/// The other endings of verbs. Nothing at all is one: `دیکھ`.
const REST: [&str; 16] = ["", "نیں", "وں", "و", "ییں", "ییے", "کر", "یگا", "یگی", "ینگے", "ینگی", "ییگا", "ییگی", "یینگے", "یینگی", "ونگا"];

/// Endings that say "verb" however often the form occurs.
const CERTAIN: [&str; 13] = ["تا", "تے", "تی", "تیں", "نے", "یگا", "یگی", "ینگے", "ینگی", "ییگا", "ییگی", "یینگے", "یینگی"];

/// Endings of nouns: what may stand in their place, and how many letters must be left. Of the lemmas that the vocabulary has, the commonest wins.
const NOUNS: [(&str, &[&str], usize); 9] = [
    ("یوں", &["ی", "یہ", "یا"], 2),
    ("یاں", &["ی", "یا"], 2),
    ("وں", &["", "ہ", "ا"], 2),
    ("یں", &[""], 2),
    ("ے", &["ہ", "ا"], 2),
    ("ات", &["", "ہ", "ت"], 2),
    ("ین", &["", "ہ"], 4),
    ("گان", &["ہ"], 3),
    ("یز", &["ی"], 3),
];

/// Plurals in `یات`: what may stand in its place, the first that the vocabulary has.
const ABSTRACT: [&str; 4] = ["یت", "یہ", "ی", "ت"];

/// A vocabulary, and what it says of its words.
pub(in crate::search::analysis) struct Lemmas<'a> {
    counts: HashMap<&'a str, u64>,
    /// Stems of the verbs in it, with how often their forms occur.
    verbs: HashMap<&'a str, u64>,
}

impl<'a> Lemmas<'a> {
    /// Reads a vocabulary of folded forms.
    pub(in crate::search::analysis) fn new(vocabulary: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut lemmas = Self { counts: vocabulary.map(|(form, count)| (form, u64::from(count))).collect(), verbs: HashMap::new() };
        let known = VERBS.iter().map(|stem| (*stem, lemmas.paradigm(stem))).filter(|(_, count)| *count > 0);
        let mut verbs: HashMap<&str, u64> = known.collect();
        let mut seen = HashSet::new();
        for form in lemmas.counts.keys() {
            for stem in SURE.iter().filter_map(|ending| form.strip_suffix(ending)).filter(|stem| letters(stem) > 2) {
                if seen.insert(stem) && lemmas.conjugates(stem) {
                    verbs.entry(stem).or_insert_with(|| lemmas.paradigm(stem));
                }
            }
        }
        lemmas.verbs = verbs;
        lemmas
    }

    /// The lemma of a form.
    pub(in crate::search::analysis) fn of<'b>(&self, form: &'b str) -> Cow<'b, str> {
        let mut lemma = Cow::Borrowed(form);
        for _ in 0..4 {
            match self.step(&lemma) {
                Some(next) if next != lemma => lemma = Cow::Owned(next),
                _ => break,
            }
        }
        match without_first(&lemma) {
            Some(rest) => Cow::Owned(rest.to_owned()),
            None => lemma,
        }
    }

    fn step(&self, form: &str) -> Option<String> {
        if let Some(lemma) = IRREGULAR.get(form) {
            return Some((*lemma).to_owned());
        }
        if ALONE.contains(form) {
            return None;
        }
        self.verb(form).or_else(|| self.noun(form)).or_else(|| self.broken(form))
    }

    fn count(&self, form: &str) -> u64 {
        self.counts.get(form).copied().unwrap_or(0)
    }

    fn with(&self, stem: &str, ending: &str) -> u64 {
        self.count(&[stem, ending].concat())
    }

    /// How often the common forms of a verb occur.
    fn paradigm(&self, stem: &str) -> u64 {
        SURE.iter().chain(&SHARED).map(|ending| self.with(stem, ending)).sum()
    }

    /// Whether a verb that is not in the list has so many forms here that it must be one.
    fn conjugates(&self, stem: &str) -> bool {
        let has = |ending: &&str| self.with(stem, ending) > 0;
        let sure = SURE.iter().filter(|ending| has(ending)).count();
        sure > 3
            && ["نا", "نے"].iter().any(&has)
            && ["تا", "تے", "تی"].iter().any(&has)
            && SHARED.iter().chain(&["کر", ""]).filter(|ending| has(ending)).count() > 1
    }

    fn verb(&self, form: &str) -> Option<String> {
        let count = self.count(form);
        let mut best: Option<(u64, &str)> = None;
        for ending in SURE.iter().chain(&SHARED).chain(&REST) {
            let Some((stem, paradigm)) = form.strip_suffix(ending).and_then(|stem| Some((stem, *self.verbs.get(stem)?))) else { continue };
            // `ا` is the stem of `آنا`: too short to be seen in any word.
            if stem == "ا" && !CERTAIN.contains(ending) && !["نا", "نی"].contains(ending) {
                continue;
            }
            let others = if SURE.contains(ending) || SHARED.contains(ending) { paradigm - count.min(paradigm) } else { paradigm };
            let most = if ending.is_empty() { 3 } else { 2 };
            // A form that is much commoner than the verb it would belong to is another word: `پانی` and `پانا`.
            if !CERTAIN.contains(ending) && count > most * others {
                continue;
            }
            let noun = match *ending {
                "وں" => self.count(stem) > 0 || self.with(stem, "ہ") > 0,
                "ا" => self.with(stem, "ہ") > others,
                "ے" | "ی" | "یں" => self.with(stem, "ہ") > others || self.with(stem, "ا") > others,
                _ => false,
            };
            if !noun && best.is_none_or(|(most, _)| paradigm > most) {
                best = Some((paradigm, stem));
            }
        }
        best.map(|(_, stem)| format!("{stem}نا"))
    }

    fn noun(&self, form: &str) -> Option<String> {
        let count = self.count(form);
        let attested = |lemma: &str| self.count(lemma) * 50 >= count.max(1) && letters(lemma) > 1;
        let cut = |ending: &str, least: usize| form.strip_suffix(ending).filter(|stem| letters(stem) >= least);
        if let Some(stem) = cut("یات", 2) {
            let lemma = ABSTRACT.iter().map(|ending| [stem, ending].concat()).find(|lemma| attested(lemma));
            if lemma.is_some() {
                return lemma;
            }
        }
        for (ending, endings, least) in NOUNS {
            let Some(stem) = cut(ending, least) else { continue };
            if ending == "ین" && stem.ends_with("تر") {
                continue;
            }
            let lemmas = endings.iter().map(|ending| [stem, ending].concat()).filter(|lemma| attested(lemma));
            if let Some(lemma) = lemmas.reduce(|a, b| if self.count(&b) > self.count(&a) { b } else { a }) {
                return Some(lemma);
            }
            // Forms of a word whose lemma nobody wrote still belong together.
            match ending {
                "وں" => return Some(format!("{stem}~")),
                "یں" | "ے" if self.with(stem, "وں") > 0 => return Some(format!("{stem}~")),
                "یاں" if self.with(stem, "یوں") > 0 => return Some(format!("{stem}ی")),
                _ => {}
            }
        }
        if let Some(stem) = cut("ان", 4) {
            let person = ["دار", "کار", "گار", "گر", "ور", "بر"].iter().any(|ending| stem.ends_with(ending));
            let agent = letters(stem) == 4 && stem.starts_with('م');
            if self.count(stem) >= count && (person || agent || self.with(stem, "وں") > 0) {
                return Some(stem.to_owned());
            }
        }
        for ending in ["ز", "س"] {
            if let Some(stem) = cut(ending, 3).filter(|stem| stem.ends_with(is_loan_end) && self.count(stem) >= count.max(1)) {
                return Some(stem.to_owned());
            }
        }
        // `بڑی` is a form of `بڑا`, `لڑکی` none of `لڑکا`: it has a plural of its own.
        let stem = cut("ی", 2)?;
        let masculine = self.with(stem, "ا");
        let adjective = masculine * 10 >= count.max(1) && self.with(stem, "ے") > 0;
        (adjective && self.with(stem, "یاں") == 0 && self.with(stem, "یوں") == 0).then(|| format!("{stem}ا"))
    }

    /// Plurals that Arabic makes inside the word: `مقاصد`, `نتایج`, `قواعد`, `مضامین`.
    fn broken(&self, form: &str) -> Option<String> {
        let letters: Vec<char> = form.chars().collect();
        let lemmas: Vec<String> = match letters[..] {
            ['م', a, 'ا', b, c] => vec![format!("م{a}{b}{c}"), format!("م{a}{b}{c}ہ")],
            [a, b, 'ا', 'ی', c] => vec![format!("{a}{b}ی{c}ہ"), format!("{a}{b}ی{c}")],
            [a, 'و', 'ا', b, c] => vec![format!("{a}ا{b}{c}"), format!("{a}ا{b}{c}ہ")],
            [a, b, 'ا', c, 'ی', d] => vec![format!("{a}{b}{c}ی{d}"), format!("{a}{b}{c}و{d}"), format!("{a}{b}{c}ا{d}")],
            _ => return None,
        };
        let attested = lemmas.into_iter().filter(|lemma| self.count(lemma) * 50 >= self.count(form).max(1));
        attested.reduce(|a, b| if self.count(&b) > self.count(&a) { b } else { a })
    }
}

/// One word, two spellings: `سکول` for `اسکول`.
pub(in crate::search::analysis) fn without_first(word: &str) -> Option<&str> {
    let rest = word.strip_prefix('ا')?;
    let after = rest.strip_prefix('س')?;
    (after.starts_with(['ک', 'ٹ', 'پ', 'م']) && letters(after) > 2).then_some(rest)
}

fn letters(word: &str) -> usize {
    word.chars().count()
}

/// Letters after which an English plural is written with `ز` or `س`.
fn is_loan_end(c: char) -> bool {
    "رنلٹڈمکپفگسشج".contains(c)
}
