//! Numbers that belong to a person. In: a text and the offset of a digit in it. Out: the range and kind of the personal number there, or
//! where to look on. Urdu and Arabic digits count as digits; offsets stay those of the text. It deliberately knows no list of numbers.

use std::ops::Range;

use super::{Kind, position, telephone};

/// The most groups and digits a number can have: `0092 (0) 333 111 05 66`.
const MAX_GROUPS: usize = 6;
const MAX_DIGITS: usize = 20;
/// The fewest digits of a number that says whose it is: `111-xxx-xxx`, a landline with its area code, a number from abroad.
const MIN_DIGITS: usize = 9;

/// The offset of the first digit at or after `from`. Looks at 32 bytes at a time, in a form the compiler turns into vector instructions.
pub(super) fn next_digit(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(block) = bytes.get(at..at + 33).and_then(|b| <&[u8; 33]>::try_from(b).ok()) {
        if (0..32).fold(false, |hit, i| hit | is_digit(block[i], block[i + 1])) {
            break;
        }
        at += 32;
    }
    (at..bytes.len()).find(|&i| digit_at(bytes, i).is_some())
}

/// The digits of a text as ASCII.
pub(super) fn digits(text: &str) -> impl Iterator<Item = char> {
    let bytes = text.as_bytes();
    (0..bytes.len()).filter_map(|i| digit_at(bytes, i)).map(|(value, _)| char::from(value))
}

/// The personal number that starts at the digit at `at`, or else the end of the digits there.
pub(super) fn personal(text: &str, at: usize) -> Result<(Range<usize>, Kind), usize> {
    let bytes = text.as_bytes();
    let first = group(bytes, at);
    let lettered = || passport(bytes, &first).or_else(|| iban(bytes, &first));
    let referenced = || fir(text, &first).or_else(|| position::pair(text, first.start, first.end).map(|range| (range, Kind::Position)));
    lettered().or_else(|| telephone_or_card(text, &first)).or_else(referenced).ok_or(first.end)
}

/// Consecutive digits: their byte range and how many they are.
struct Group {
    start: usize,
    end: usize,
    size: usize,
}

fn group(bytes: &[u8], start: usize) -> Group {
    let mut group = Group { start, end: start, size: 0 };
    while let Some((_, width)) = digit_at(bytes, group.end) {
        group.end += width;
        group.size += 1;
    }
    group
}

/// Identity cards and telephones: groups of digits with separators between, the longest reading first.
fn telephone_or_card(text: &str, first: &Group) -> Option<(Range<usize>, Kind)> {
    let bytes = text.as_bytes();
    let plus = first.start > 0 && bytes[first.start - 1] == b'+';
    let value = |i: usize| digit_at(bytes, i).map_or(b' ', |(v, _)| v);
    let candidate = plus
        || match value(first.start) {
            b'0' => first.size >= 3,
            b'9' => first.size == 2 || first.size >= 10,
            b'1'..=b'8' => matches!(first.size, 3 | 5 | 9 | 12 | 13),
            _ => false,
        };
    if !candidate || first.size > MAX_DIGITS {
        return None;
    }
    let (mut sizes, mut ends) = ([0; MAX_GROUPS], [0; MAX_GROUPS]);
    (sizes[0], ends[0]) = (first.size, first.end);
    let mut groups = 1;
    while groups < MAX_GROUPS
        && let Some(next) = after_separator(text, ends[groups - 1])
    {
        let next = group(bytes, next);
        (sizes[groups], ends[groups]) = (next.size, next.end);
        groups += 1;
    }
    if sizes.iter().sum::<usize>() < MIN_DIGITS {
        return None;
    }
    let start = first.start - usize::from(plus);
    (1..=groups).rev().find_map(|n| {
        let end = ends[n - 1];
        let digits: Vec<u8> = digits(&text[first.start..end]).map(|c| c as u8).collect();
        let card = !plus && is_card(&digits, &sizes[..n]);
        let kind = if card { Kind::Cnic } else { telephone::kind(&digits, &sizes[..n], plus)? };
        bounded(text, start, end, n == 1 && kind != Kind::Mobile).then_some((start..end, kind))
    })
}

/// The next digit, when one to four separators stand before it: `-`, `.`, `/`, a space, a bracket, an invisible direction mark.
fn after_separator(text: &str, end: usize) -> Option<usize> {
    let mut at = end;
    for c in text[end..].chars().take(5) {
        if digit_at(text.as_bytes(), at).is_some() {
            return (at > end).then_some(at);
        }
        let mark = matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        if !mark && !matches!(c, '-' | '‐' | '‑' | '–' | '−' | '.' | '/' | ' ' | '\u{A0}' | '(' | ')') {
            return None;
        }
        at += c.len_utf8();
    }
    None
}

/// Thirteen digits, the first a region from 1 to 8, in one piece or written 5-7-1.
fn is_card(digits: &[u8], sizes: &[usize]) -> bool {
    digits.len() == 13 && matches!(digits[0], b'1'..=b'8') && matches!(sizes, [13] | [5, 7, 1] | [5, 8] | [12, 1])
}

/// Whether the number stands by itself rather than inside a word, a hash, a version or an address. `strict` is for bare digits, which need more room.
fn bounded(text: &str, start: usize, end: usize, strict: bool) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (before, after) = (&text[..start], &text[end..]);
    let mut next = after.chars();
    let (c, then) = (next.next().unwrap_or(' '), next.next().unwrap_or(' '));
    let tied_after = if strict { matches!(c, '-' | '.' | '/' | ':') && word(then) } else { c == '.' && then.is_ascii_digit() };
    let c = before.chars().next_back().unwrap_or(' ');
    let tied_before = (matches!(c, '-' | '.' | '_') || (strict && c == '/')) && {
        let token = before[..before.len() - 1].bytes().rev().take_while(u8::is_ascii_alphanumeric);
        let (length, numeric, hex) =
            token.fold((0, false, true), |(n, d, h), b| (n + 1, d | b.is_ascii_digit(), h & b.is_ascii_hexdigit()));
        numeric || (hex && length >= 6)
    };
    !word(c) && !tied_before && !tied_after && !after.starts_with(word)
}

/// `AB1234567`.
fn passport(bytes: &[u8], number: &Group) -> Option<(Range<usize>, Kind)> {
    let start = number.start.checked_sub(2)?;
    let letters = number.size == 7 && bytes[start..number.start].iter().all(u8::is_ascii_uppercase);
    let alone = |b: Option<&u8>| !b.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b == b'-');
    (letters && alone(start.checked_sub(1).and_then(|i| bytes.get(i))) && alone(bytes.get(number.end)))
        .then_some((start..number.end, Kind::Passport))
}

/// `PK36SCBL0000001123456702`, in one piece or with single spaces or dashes.
fn iban(bytes: &[u8], check: &Group) -> Option<(Range<usize>, Kind)> {
    let start = check.start.checked_sub(2)?;
    let country = check.size == 2 && bytes[start..check.start].eq_ignore_ascii_case(b"PK");
    if !country || start.checked_sub(1).is_some_and(|i| bytes[i].is_ascii_alphanumeric()) {
        return None;
    }
    let mut at = check.end;
    for n in 0..20 {
        at += usize::from(matches!(bytes.get(at), Some(b' ' | b'-')));
        let b = bytes.get(at)?;
        if !(if n < 4 { b.is_ascii_alphabetic() } else { b.is_ascii_alphanumeric() }) {
            return None;
        }
        at += 1;
    }
    (!bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)).then_some((start..at, Kind::Iban))
}

/// `12/2023` after `FIR No.` or its Urdu names.
fn fir(text: &str, number: &Group) -> Option<(Range<usize>, Kind)> {
    let bytes = text.as_bytes();
    if number.size > 4 || bytes.get(number.end) != Some(&b'/') {
        return None;
    }
    let year = group(bytes, number.end + 1);
    let sign = |c: char| c.is_whitespace() || matches!(c, '.' | ':' | '#' | '-');
    let mut before = text[..number.start].trim_end_matches(sign);
    for word in ["No", "no", "NO", "Number", "number", "نمبر"] {
        before = before.strip_suffix(word).unwrap_or(before);
    }
    let before = before.trim_end_matches(sign);
    let urdu = ["ایف آئی آر", "ایف\u{200c}آئی\u{200c}آر", "مقدمہ"].iter().any(|name| before.ends_with(name));
    let english = ["FIR", "F.I.R"]
        .iter()
        .any(|name| before.strip_suffix(name).is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric())));
    ((2..=4).contains(&year.size) && (urdu || english)).then_some((number.start..year.end, Kind::FirNumber))
}

/// The digit at this offset as ASCII, and its width in bytes.
pub(super) fn digit_at(bytes: &[u8], i: usize) -> Option<(u8, usize)> {
    let (lead, next) = (*bytes.get(i)?, bytes.get(i + 1).copied().unwrap_or(0));
    match lead {
        b'0'..=b'9' => Some((lead, 1)),
        0xDB if (0xB0..=0xB9).contains(&next) => Some((next - 0xB0 + b'0', 2)),
        0xD9 if (0xA0..=0xA9).contains(&next) => Some((next - 0xA0 + b'0', 2)),
        _ => None,
    }
}

/// [`digit_at`] without branches: ASCII, U+06F0–06F9 and U+0660–0669 in UTF-8.
fn is_digit(lead: u8, next: u8) -> bool {
    (lead.wrapping_sub(b'0') < 10) | ((lead == 0xDB) & (next.wrapping_sub(0xB0) < 10)) | ((lead == 0xD9) & (next.wrapping_sub(0xA0) < 10))
}
