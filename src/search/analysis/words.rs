//! The words of a text and their places in it. In: text as people write it. Out: for each word where it stands and its folded form.
//! Folding is `text::fold`; this file decides what belongs to one word: joiners inside it, `ma'loom`, `371-A`, `hukm-e-imtinai`.
//! It does not stem, and it knows no vocabulary, so it cannot know that `کیاہے` is two words.

use crate::text::fold::{fold, fold_into, is_arabic_letter, is_joiner, is_letter, is_token, takes_aspiration, tokens};
use std::sync::LazyLock;

/// Longer words are cut here, in both runtimes: nobody looks for them, and an index must not grow by them.
pub(super) const LONGEST_WORD: usize = 48;

/// What separates the parts of a word without a space: `ذمہ‌داران`.
const NON_JOINER: char = '\u{200C}';

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Where it begins, in bytes of the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is after folding.
    pub form: &'a str,
    /// Whether it is a part of the whole word before it, to be found but not to be counted: `ذمہ` and `داران` of `ذمہ‌داران`.
    pub part: bool,
}

/// The words of a text, in order; each whole word is followed by its parts.
#[derive(Clone, Debug, Default)]
pub struct Words {
    forms: String,
    marks: Vec<Mark>,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    start: usize,
    end: usize,
    form: (usize, usize),
    part: bool,
}

impl Words {
    /// The words one by one.
    pub fn iter(&self) -> impl Iterator<Item = Word<'_>> {
        let form = |(from, to): (usize, usize)| self.forms.get(from..to).unwrap_or_default();
        self.marks.iter().map(move |m| Word { start: m.start, end: m.end, form: form(m.form), part: m.part })
    }

    /// Folds a word and adds what it becomes: one form nearly always, none for a lone vowel sign, two for `½`.
    fn add(&mut self, word: &str, start: usize, end: usize, part: bool) {
        let from = self.forms.len();
        fold_into(word, &mut self.forms);
        let folded = self.forms.get(from..).unwrap_or_default();
        if folded.len() > LONGEST_WORD || !folded.chars().all(is_token) || !folded.chars().any(is_letter) {
            let folded = self.forms.split_off(from);
            for piece in tokens(&folded).filter(|piece| piece.chars().any(is_letter)) {
                let from = self.forms.len();
                self.forms.extend(piece.chars().take(LONGEST_WORD));
                self.marks.push(Mark { start, end, form: (from, self.forms.len()), part });
            }
        } else {
            self.marks.push(Mark { start, end, form: (from, self.forms.len()), part });
        }
    }
}

/// The words of a text.
pub fn words(text: &str) -> Words {
    let mut words = Words::default();
    words.read(text);
    words
}

impl Words {
    /// Takes the words of a text in place of those it has, in the memory that it has.
    pub fn read(&mut self, text: &str) {
        self.read_with(text, plain);
    }

    /// `plain` finds words that need none of the rules; it saves most of the work and changes nothing.
    fn read_with(&mut self, text: &str, plain: impl Fn(&mut String, &str, &Letters) -> Option<usize>) {
        self.forms.clear();
        self.marks.clear();
        self.forms.reserve(text.len());
        self.marks.reserve(text.len() / 6);
        let letters: &Letters = &LETTERS;
        let mut at = 0;
        while let Some((skipped, rest)) = text.get(at..).and_then(|rest| next_token(rest).map(|n| rest.split_at(n))) {
            let start = at + skipped.len();
            let from = self.forms.len();
            if let Some(length) = plain(&mut self.forms, rest, letters) {
                at = start + length;
                self.marks.push(Mark { start, end: at, form: (from, self.forms.len()), part: false });
                continue;
            }
            let run = run(rest);
            let (word, after) = rest.split_at(run.length);
            at = start + run.length;
            match run.seam {
                Seam::None if is_particle(skipped, word, after) => {}
                Seam::None => {
                    self.add(word, start, at, false);
                    if let Some(digits) = section(word).filter(|digits| *digits < word.len()) {
                        self.add(word.get(..digits).unwrap_or_default(), start, start + digits, true);
                    }
                }
                Seam::Dash(digits) => {
                    self.add(&word.replace(is_dash, ""), start, at, false);
                    self.add(word.get(..digits).unwrap_or_default(), start, start + digits, true);
                }
                Seam::Inner => add_joined(self, word, start),
            }
        }
    }
}

/// Where the next word begins.
fn next_token(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let ascii = bytes.iter().position(|b| b.is_ascii_alphanumeric() || !b.is_ascii())?;
    if bytes.get(ascii).is_some_and(u8::is_ascii) { Some(ascii) } else { text.get(ascii..)?.find(is_token).map(|n| ascii + n) }
}

/// What each character from U+0600 to U+06FF is inside a word, as `text::fold` says.
type Letters = [Letter; 256];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letter {
    /// A letter that folds to a letter, here its code less U+0600, wherever it stands.
    Plain(u8),
    /// `ے` and `ں`, which become the other letter where a letter follows.
    Last(u8, u8),
    /// `ھ`, which becomes the other one after a letter that takes no aspiration.
    Breath(u8),
    /// No part of a word.
    Outside,
    /// What only the rules can tell.
    Other,
}

static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let place = |c: char| u8::try_from(u32::from(c).wrapping_sub(0x600)).ok().filter(|_| is_arabic_letter(c));
    let one = |text: &str| {
        let folded = fold(text);
        let mut letters = folded.chars();
        let letter = letters.next().and_then(place)?;
        letters.next().is_none().then_some(letter)
    };
    std::array::from_fn(|n| {
        let c = char::from_u32(0x600 + n as u32).unwrap_or_default();
        if !is_token(c) && !is_joiner(c) && c != '٬' {
            return Letter::Outside;
        }
        match (place(c), one(&c.to_string())) {
            (Some(own), _) if matches!(c, 'ے' | 'ں') => {
                let inside = fold(&format!("{c}ا")).chars().next().and_then(place);
                inside.map_or(Letter::Other, |inside| Letter::Last(own, inside))
            }
            (Some(_), Some(other)) if c == 'ھ' => Letter::Breath(other),
            (Some(_), Some(folded)) => Letter::Plain(folded),
            _ => Letter::Other,
        }
    })
});

/// A word of plain letters of one script at the beginning of a text: adds its form, and gives its length. Nothing where there is
/// anything else in it or after it that could belong to it.
fn plain(out: &mut String, text: &str, letters: &Letters) -> Option<usize> {
    if text.as_bytes().first()?.is_ascii() { plain_latin(out, text) } else { plain_urdu(out, text, letters) }
}

fn plain_latin(out: &mut String, text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let length = bytes.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    let word = text.get(..length)?;
    let end = bytes.get(length).copied().unwrap_or(b' ');
    let number = word.as_bytes().first()?.is_ascii_digit();
    let plain = end.is_ascii()
        && end != b'\''
        && length <= LONGEST_WORD
        && if number { end != b'-' && word.bytes().all(|b| b.is_ascii_digit()) } else { !may_be_particle(word) };
    if !plain {
        return None;
    }
    let from = out.len();
    out.push_str(word);
    out.get_mut(from..)?.make_ascii_lowercase();
    Some(length)
}

fn plain_urdu(out: &mut String, text: &str, letters: &Letters) -> Option<usize> {
    let bytes = text.as_bytes();
    let from = out.len();
    let (mut at, mut held) = (0, None);
    let whole = loop {
        let letter = match (bytes.get(at), bytes.get(at + 1)) {
            (None, _) => break true,
            (Some(b), _) if b.is_ascii() => break !b.is_ascii_alphanumeric() && *b != b'\'',
            (Some(first @ 0xD8..=0xDB), Some(second)) => letters[usize::from(first & 3) << 6 | usize::from(second & 63)],
            _ => break false,
        };
        if let Some((own, inside)) = held.take() {
            push(out, if letter == Letter::Outside { own } else { inside });
        }
        match letter {
            Letter::Plain(folded) => push(out, folded),
            Letter::Last(own, inside) => held = Some((own, inside)),
            Letter::Breath(other) => {
                let aspirated = out.get(from..).and_then(|form| form.chars().last()).is_some_and(takes_aspiration);
                push(out, if aspirated { (u32::from('ھ') - 0x600) as u8 } else { other });
            }
            Letter::Outside => break true,
            Letter::Other => break false,
        }
        at += 2;
    };
    if let Some((own, _)) = held {
        push(out, own);
    }
    if whole && at > 0 && out.len() - from <= LONGEST_WORD {
        return Some(at);
    }
    out.truncate(from);
    None
}

fn push(out: &mut String, letter: u8) {
    out.extend(char::from_u32(0x600 + u32::from(letter)));
}

/// A stretch of text that is one written word.
struct Run {
    length: usize,
    seam: Seam,
}

/// What stands inside a written word besides letters.
enum Seam {
    None,
    /// Joiners or apostrophes.
    Inner,
    /// A dash after so many bytes of digits: `371-A`.
    Dash(usize),
}

/// The written word at the beginning of a text that begins with a letter.
fn run(text: &str) -> Run {
    if let Some(digits) = text.find(|c| !is_digit(c)).filter(|n| *n > 0) {
        let rest = text.get(digits..).unwrap_or_default();
        if let Some(letters) = rest.strip_prefix(is_dash).and_then(section_letters) {
            return Run { length: text.len() - letters.len(), seam: Seam::Dash(digits) };
        }
    }
    let mut run = Run { length: text.len(), seam: Seam::None };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_token(c) {
            continue;
        }
        let silent = |c: char| is_joiner(c) || c == '٬';
        while silent(c) && chars.next_if(|(_, c)| silent(*c)).is_some() {}
        let next = chars.peek().map(|(_, c)| *c);
        let goes_on =
            if silent(c) { next.is_some_and(is_token) } else { is_apostrophe(c) && next.is_some_and(|c| c.is_ascii_alphabetic()) };
        if !goes_on {
            run.length = at;
            break;
        }
        run.seam = Seam::Inner;
    }
    run
}

/// What follows the one or two letters that end a section's number, if nothing else belongs to the word.
fn section_letters(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    (matches!(text.len() - rest.len(), 1 | 2) && !rest.starts_with(is_token)).then_some(rest)
}

/// How many bytes of a word are its number, if it is a number with no more than two letters after it: `371A`.
fn section(word: &str) -> Option<usize> {
    let digits = word.find(|c| !is_digit(c)).filter(|n| *n > 0)?;
    section_letters(word.get(digits..)?).map(|_| digits)
}

/// A word with joiners or apostrophes: the whole without them, then the parts that they separate. The `s` of `the kiln's` is none.
fn add_joined(words: &mut Words, word: &str, start: usize) {
    let end = start + word.len();
    let owned = |s: &str| s.strip_suffix(['s', 'S']).and_then(|s| s.strip_suffix(is_apostrophe)).map(str::len);
    let whole = owned(word).map_or(word, |length| word.get(..length).unwrap_or_default());
    words.add(&whole.replace(is_apostrophe, ""), start, end, false);
    if !whole.contains(is_seam) {
        return;
    }
    let mut from = start;
    for piece in whole.split_inclusive(is_seam) {
        let part = piece.trim_end_matches(is_seam);
        if part.chars().nth(1).is_some() {
            words.add(part, from, from + part.len(), true);
        }
        from += piece.len();
    }
}

/// The `e` of `hukm-e-imtinai`, which Urdu writes as a vowel sign or not at all.
fn is_particle(before: &str, word: &str, after: &str) -> bool {
    may_be_particle(word) && before.ends_with(is_dash) && after.starts_with(is_dash)
}

fn may_be_particle(word: &str) -> bool {
    matches!(word, "e" | "i" | "E" | "I")
}

fn is_seam(c: char) -> bool {
    c == NON_JOINER || is_apostrophe(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each word as it is written, its form, and the parts in brackets.
    fn read(text: &str) -> String {
        let words = words(text);
        let one = |w: Word<'_>| if w.part { format!("[{}]", w.form) } else { w.form.to_owned() };
        words.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_belongs_to_one_word() {
        for (text, expected) in [
            ("FIR درج: the Kilns’ wages", "fir درج the kilns wages"),
            ("the kiln’s, Lahore'S 's", "the kiln lahore s"),
            ("ma'loom O’Hara don't", "maloom [ma] [loom] ohara [hara] dont [don]"),
            ("371-A ت پ", "371a [371] ت پ"),
            ("s.371-A, 371A ۳۷۱–B 10-year 2024-25 SOP-02", "s 371a [371] 371a [371] 371b [371] 10 year 2024 25 sop 02"),
            ("۲۰۲۴ ٢٠٢٤ 2024 ۱٬۲۳۴٫۵", "2024 2024 2024 1234 5"),
            ("hukm-e-imtinai, Muqaddama-i-Shahid e-mail", "hukm imtinai muqaddama shahid e mail"),
            ("ذمہ\u{200c}داران تارکینِ وطن", "ذمہداران [ذمہ] [داران] تارکین وطن"),
            ("\u{2067}نبی ﷺ\u{2069} نبیﷺ ـَ ½ ❤\u{fe0f} 1\u{fe0f}\u{20e3}", "نبی نبی 1 2 1"),
            ("__proto__ <img onerror=x> constructor", "proto img onerror x constructor"),
            ("کیا؟ہاں،نہیں۔۔ ", "کیا ہاں نہیں"),
            ("", ""),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn words_stand_at_their_places() {
        let text = "\u{2067}تارکینِ وطن\u{2069}، ذمہ\u{200c}داران (FIR 371-A)";
        let found = words(text);
        let places: Vec<&str> = found.iter().map(|w| text.get(w.start..w.end).unwrap_or_default()).collect();
        assert_eq!(places, ["تارکینِ", "وطن", "ذمہ\u{200c}داران", "ذمہ", "داران", "FIR", "371-A", "371"]);
    }

    proptest! {
        /// What needs no rule is found without them as it is found by them.
        #[test]
        fn plain_words_are_what_the_rules_make_of_them(text in "([\u{600}-\u{6ff}]|[بکہےںھیآئء]|[a-zA-Z0-9 '’\u{200c}.-]|[é“ﷺ]){0,40}") {
            let mut slow = Words::default();
            slow.read_with(&text, |_, _, _| None);
            let fast = words(&text);
            prop_assert_eq!(fast.iter().collect::<Vec<_>>(), slow.iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert_eq!(read(&"پ".repeat(5000)), "پ".repeat(48));
    }
}
