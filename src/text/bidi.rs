//! Writing direction. In: the text of a right-to-left page. Out: escaped HTML in which every left-to-right run that the browser would
//! otherwise tear apart ("6.2 MB" shown as "MB 6.2", a phone number with its groups reversed) sits in its own `<bdi dir="ltr">`.
//! It deliberately leaves Urdu, single plain words and plain integers alone, and it does not handle left-to-right pages.

use crate::text::html::{is_code, push_prose, push_text};

/// The direction a language or a block of text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// Left to right, as English.
    Ltr,
    /// Right to left, as Urdu.
    Rtl,
}

impl Direction {
    /// Reads the value of an HTML `dir` attribute, `ltr` or `rtl` in any case.
    pub fn parse(value: &str) -> Option<Self> {
        match value {
            _ if value.eq_ignore_ascii_case("ltr") => Some(Self::Ltr),
            _ if value.eq_ignore_ascii_case("rtl") => Some(Self::Rtl),
            _ => None,
        }
    }

    /// The value for an HTML `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// Appends `s` as HTML element content for a right-to-left page, its Latin and number runs isolated (ux.md 4.6).
/// Without the tags the result is exactly what [`push_text`] writes.
pub fn push_isolated(out: &mut String, s: &str) {
    let (mut done, mut at) = (0, 0);
    while let Some(first) = next_word(s, at) {
        let run = if s.as_bytes()[first].is_ascii() || !is_urdu_digit(char_at(s, first)) {
            latin_run(s, first, at)
        } else {
            urdu_digits(s, first, at)
        };
        if run.isolate {
            push_text(out, &s[done..run.start]);
            let run_text = &s[run.start..run.end];
            if is_code(run_text) {
                out.push_str("<bdi dir=\"ltr\" class=\"nb\">");
                out.push_str(run_text);
            } else {
                out.push_str(if is_english(run_text) { "<bdi dir=\"ltr\" lang=\"en\">" } else { "<bdi dir=\"ltr\">" });
                push_prose(out, run_text);
            }
            out.push_str("</bdi>");
            done = run.end;
        }
        at = run.end;
    }
    push_text(out, &s[done..]);
}

/// A stretch of left-to-right text, as byte offsets, and whether it needs isolating.
struct Run {
    start: usize,
    end: usize,
    isolate: bool,
}

/// The first byte at or after `from` that starts a Latin word or a number.
fn next_word(s: &str, from: usize) -> Option<usize> {
    let bytes = s.as_bytes();
    let mut at = after_letters(bytes, from);
    while let Some(&byte) = bytes.get(at) {
        let found = match byte {
            // Nearly all letters of Urdu. U+0660-0669 are D9 A0-A9, U+06F0-06F9 are DB B0-B9.
            0xD8..=0xDB => {
                let second = bytes.get(at + 1).copied().unwrap_or_default();
                let found = (byte == 0xD9 && matches!(second, 0xA0..=0xA9)) || (byte == 0xDB && matches!(second, 0xB0..=0xB9));
                at += usize::from(!found);
                found
            }
            _ if byte.is_ascii() => byte.is_ascii_alphanumeric(),
            // The lead bytes of Latin letters with accents.
            0xC3..=0xC9 | 0xE1 => is_word(char_at(s, at)),
            _ => false,
        };
        if found {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Where to look on from `from`: behind stretches in which no byte could begin a word or a number. Nearly all Urdu text is such, and the compiler
/// turns this into wide steps.
fn after_letters(bytes: &[u8], from: usize) -> usize {
    const STEP: usize = 32;
    let begins = |before: u8, byte: u8| {
        ((byte | 0x20).wrapping_sub(b'a') < 26)
            | (byte.wrapping_sub(b'0') < 10)
            | (byte.wrapping_sub(0xC3) < 7)
            | (byte == 0xE1)
            | ((before == 0xD9) & (byte.wrapping_sub(0xA0) < 10))
            | ((before == 0xDB) & (byte.wrapping_sub(0xB0) < 10))
    };
    if bytes.get(from).is_none_or(|byte| begins(0, *byte)) {
        return from;
    }
    let mut at = from;
    // The byte at `at` has been looked at; with the next one it may still be a digit.
    while let Some(stretch) = bytes.get(at..=at + STEP) {
        if stretch.iter().zip(&stretch[1..]).fold(false, |any, (before, byte)| any | begins(*before, *byte)) {
            break;
        }
        at += STEP;
    }
    at
}

/// Words with what joins them: `Prevention of Trafficking in Persons Act 2018`, `s. 3(2)`, `+92-51-111`, `https://…`.
fn latin_run(s: &str, first: usize, floor: usize) -> Run {
    let mut start = first - leading_signs(&s[floor..first]);
    let mut lead_open = s[floor..start].chars().next_back().and_then(|c| closer_of(c).map(|closer| (start - c.len_utf8(), closer)));
    let mut open: Vec<char> = Vec::new();
    let mut end = word_end(s, first);
    let mut word = first;
    let mut isolate = start < first;
    while let Some(join) = joined(s, word, end, &open, lead_open) {
        if word == first && is_glossed(&s[first..end], &s[end..join.next], &s[join.next..]) {
            break;
        }
        if join.uses_lead
            && let Some((at, _)) = lead_open.take()
        {
            start = at;
        }
        (open, word, end) = (join.open, join.next, word_end(s, join.next));
        isolate = true;
    }
    let trailing = trailing_signs(s, word, end, open);
    Run { start, end: end + trailing, isolate: isolate || trailing > 0 }
}

/// The next word of a run and the brackets open when it starts.
struct Join {
    next: usize,
    open: Vec<char>,
    uses_lead: bool,
}

/// Whether what follows the word at `word..end` joins it to another word. At most 5 characters may lie between: dotted leaders do not join.
fn joined(s: &str, word: usize, end: usize, open: &[char], lead_open: Option<(usize, char)>) -> Option<Join> {
    let mut join = Join { next: end, open: Vec::new(), uses_lead: false };
    let (mut space, mut list) = (false, false);
    for (i, c) in s[end..].char_indices().take(6) {
        if is_word(c) {
            join.next = end + i;
            // "3, 4, 5" is a list that reads right to left; "Act, 2018" is not.
            let numbers = c.is_ascii_digit() && s[word..end].bytes().all(|b| b.is_ascii_digit());
            return (!(space && list && numbers)).then_some(join);
        }
        if i == 0 {
            join.open.extend_from_slice(open);
        }
        space |= c.is_whitespace();
        list |= matches!(c, ',' | ';');
        if join.open.last() == Some(&c) {
            join.open.pop();
        } else if lead_open.is_some_and(|(_, closer)| closer == c) && !join.uses_lead {
            join.uses_lead = true;
        } else if let Some(closer) = closer_of(c) {
            join.open.push(closer);
        } else if !is_joiner(c) {
            return None;
        }
    }
    None
}

/// Whether a number ends an Urdu title and its Latin name follows in brackets: `ایکٹ 2018 (Prevention of Trafficking in Persons Act 2018)`. The number
/// then stays with the words before it.
fn is_glossed(number: &str, gap: &str, after: &str) -> bool {
    number.bytes().all(|b| b.is_ascii_digit())
        && gap.starts_with(char::is_whitespace)
        && gap.ends_with(['(', '['])
        && after.chars().take_while(|c| c.is_alphabetic()).count() > 1
}

/// How many bytes at the end of `before` are signs that belong to the number or word after them: `+92`, `-5`, `#3`, `.pdf`, `/en/`.
fn leading_signs(before: &str) -> usize {
    let signs = before.trim_end_matches(['+', '-', '−', '#', '@', '$', '£', '€', '₨', '.', '/', '~', '±', '<', '>', '≤', '≥', '=']);
    let taken = before.len() - signs.len();
    let apart = signs.chars().next_back().is_none_or(|c| c.is_whitespace() || closer_of(c).is_some());
    if apart && before[signs.len()..].chars().count() <= 2 && !before.ends_with("..") { taken } else { 0 }
}

/// How many bytes after the last word belong to it: closing brackets opened inside, `%`, `+`, the slash of a URL, the dot of `S.R.O.`.
fn trailing_signs(s: &str, word: usize, end: usize, mut open: Vec<char>) -> usize {
    let mut taken = 0;
    let mut rest = s[end..].chars().peekable();
    while let Some(c) = rest.next() {
        let last = rest.peek().is_none_or(|next| !next.is_alphanumeric());
        let initial = taken == 0 && c == '.' && end - word == 1 && s[..word].ends_with('.');
        if open.last() == Some(&c) {
            open.pop();
        } else if !(initial || matches!(c, '%' | '٪' | '°') || (matches!(c, '+' | '/' | '#') && last)) {
            break;
        }
        taken += c.len_utf8();
    }
    taken
}

/// Urdu digits read rightly by themselves except as a telephone number, whose groups a browser reverses: `۰۳۳۳-۱۲۳۴۵۶۷`, `۱۱۱-۲۴۷-۷۸۶`.
/// A range such as `۱۰-۱۲` keeps the order of the sentence.
fn urdu_digits(s: &str, first: usize, floor: usize) -> Run {
    let start = if s[floor..first].ends_with('+') { first - 1 } else { first };
    let (mut end, mut groups, mut pending) = (first, 1, false);
    for (i, c) in s[first..].char_indices() {
        if is_urdu_digit(c) {
            groups += usize::from(pending);
            (end, pending) = (first + i + c.len_utf8(), false);
        } else if matches!(c, '-' | '–') && !pending {
            pending = true;
        } else {
            break;
        }
    }
    let zero = matches!(char_at(s, first), '۰' | '٠');
    Run { start, end, isolate: start < first || groups > 2 || (groups == 2 && zero) }
}

/// Letters rather than a code, an address or a measure: at least two words of letters, or one with hyphens.
fn is_english(run: &str) -> bool {
    if run.contains("://") || run.contains(['@', '_', '=', '\\']) {
        return false;
    }
    let letters = |t: &&str| t.chars().nth(1).is_some() && t.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '&'));
    let words = run.split_whitespace().map(|t| t.trim_matches(|c: char| !c.is_alphanumeric()));
    match words.clone().filter(letters).count() {
        0 => false,
        1 => words.clone().count() == 1 && words.clone().all(|t| t.contains('-')),
        _ => true,
    }
}

/// The end of the word that starts at `first`; an apostrophe between letters is part of it.
fn word_end(s: &str, first: usize) -> usize {
    let mut chars = s[first..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let inside = matches!(c, '\'' | '’') && chars.peek().is_some_and(|(_, next)| is_word(*next));
        if !is_word(c) && !inside {
            return first + i;
        }
    }
    s.len()
}

fn char_at(s: &str, i: usize) -> char {
    s.get(i..).and_then(|rest| rest.chars().next()).unwrap_or(' ')
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') && c != '×' && c != '÷')
}

fn is_urdu_digit(c: char) -> bool {
    matches!(c, '۰'..='۹' | '٠'..='٩')
}

/// Space, and the signs that tie Latin words and numbers together.
fn is_joiner(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\t' | '\u{A0}' | '\u{202F}' | '/' | '\\' | '-' | '‐' | '‑' | '–' | '—' | '−' | ':' | '.' | ',' | ';' | '+')
        || matches!(
            c,
            '&' | '@' | '#' | '%' | '_' | '=' | '?' | '!' | '~' | '*' | '$' | '£' | '€' | '\'' | '’' | '°' | '×' | '<' | '>' | '§' | '^'
        )
}

fn closer_of(c: char) -> Option<char> {
    match c {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        '“' => Some('”'),
        '‘' => Some('’'),
        '"' => Some('"'),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
