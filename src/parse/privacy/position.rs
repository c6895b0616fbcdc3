//! Places on the earth. In: a text and a number in it. Out: the range of the latitude and longitude that start there.
//! It deliberately ignores positions too rough to find a house (about 100 m) and single coordinates.

use std::ops::Range;

use super::number::digit_at;

/// A latitude and a longitude that start with the digits `start..end`: `31.5204, 74.3587`, `31°33'12"N 74°21'31"E`.
pub(super) fn pair(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    if !text[end..].starts_with(['.', '٫', '°']) || text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))
    {
        return None;
    }
    let (latitude, rest) = coordinate(&text[start..])?;
    let apart = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '،' | '+'));
    let label = ["lon", "lng", "Lon", "Lng", "LON"].iter().any(|l| apart.starts_with(l));
    let unlabelled =
        if label { apart.trim_start_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, ':' | '=' | ' ' | '.')) } else { apart };
    // `31.5204-74.3587` is a range.
    let apart_from_digits = apart.len() < rest.len() || text[..text.len() - rest.len()].ends_with(['N', 'S']);
    let (longitude, end_of_pair) = coordinate(unlabelled.strip_prefix(['-', '−']).unwrap_or(unlabelled))?;
    let alone = apart_from_digits && !end_of_pair.starts_with(|c: char| c.is_ascii_alphanumeric());
    (alone && (1..=90).contains(&latitude) && longitude <= 180).then(|| start..text.len() - end_of_pair.len())
}

/// The whole degrees of a coordinate exact to about 10 m (three decimals count when marked as degrees), and the text after it.
fn coordinate(text: &str) -> Option<(u32, &str)> {
    let (degrees, mut rest) = digits(text);
    if !(1..=3).contains(&degrees.len()) {
        return None;
    }
    let mut exact = false;
    let mut decimals = 0;
    if let Some(after) = rest.strip_prefix(['.', '٫']) {
        let (fraction, after) = digits(after);
        (decimals, rest) = (fraction.len(), after);
        exact = decimals >= 4;
    }
    if let Some(after) = rest.strip_prefix('°') {
        rest = after;
        exact |= decimals >= 3;
        if decimals == 0 {
            (exact, rest) = minutes(after);
        }
    }
    let hemisphere = rest.trim_start_matches(' ');
    if let Some(after) = hemisphere.strip_prefix(['N', 'S', 'E', 'W']) {
        if after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        rest = after;
        exact |= decimals >= 3;
    }
    exact.then_some((degrees.parse().ok()?, rest))
}

/// Minutes and seconds after the degree sign; exact when there are seconds or fractions of minutes.
fn minutes(text: &str) -> (bool, &str) {
    let mut rest = text;
    let mut parts = 0;
    for mark in [&['\'', '′', '’'][..], &['"', '″', '”'][..]] {
        let (whole, after) = digits(rest.trim_start_matches(' '));
        let (fraction, after) = after.strip_prefix('.').map_or((String::new(), after), digits);
        let Some(after) = after.strip_prefix(mark).filter(|_| !whole.is_empty()) else { break };
        parts += if fraction.is_empty() { 1 } else { 2 };
        rest = after;
    }
    (parts >= 2, rest)
}

/// The digits at the start, as ASCII, and what follows them.
fn digits(text: &str) -> (String, &str) {
    let (mut value, mut at) = (String::new(), 0);
    while let Some((digit, width)) = digit_at(text.as_bytes(), at) {
        value.push(char::from(digit));
        at += width;
    }
    (value, &text[at..])
}
