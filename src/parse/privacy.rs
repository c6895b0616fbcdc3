//! The personal-data check. In: any text that will be published, and the numbers the directory publishes on purpose. Out: what looks like
//! an identity card, a telephone number, an address or a place of a real person, with its byte range and a masked form safe to print.
//! It deliberately reports nothing whole, judges by shape alone (facts.md 8.3), and leaves names and dates of birth to people.

mod number;
mod position;
mod telephone;

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr_iter;

/// What a finding looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A national identity card number: 13 digits, written 5-7-1.
    Cnic,
    /// A mobile number of Pakistan, or any number with a foreign country code.
    Mobile,
    /// A landline number with its area code.
    Landline,
    /// A universal access number, 111-xxx-xxx.
    Uan,
    /// An e-mail address.
    Email,
    /// A bank account number of Pakistan.
    Iban,
    /// A passport number: two capitals and seven digits.
    Passport,
    /// A latitude and a longitude, exact enough to find a house.
    Position,
    /// A police case number. It may be a public case, hence only a warning.
    FirNumber,
}

impl Kind {
    /// Whether the finding stops publication; otherwise it is a warning.
    pub fn is_error(self) -> bool {
        self != Self::FirNumber
    }

    /// What to call it in a message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cnic => "identity card number",
            Self::Mobile => "mobile number",
            Self::Landline => "telephone number",
            Self::Uan => "UAN number",
            Self::Email => "e-mail address",
            Self::Iban => "bank account number",
            Self::Passport => "passport number",
            Self::Position => "GPS position",
            Self::FirNumber => "FIR number",
        }
    }
}

/// One piece of text that looks personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its bytes in the text as given.
    pub range: Range<usize>,
    /// What it looks like.
    pub kind: Kind,
    /// Its first two characters and its last.
    pub masked: String,
}

/// The telephone numbers and e-mail addresses that are published on purpose.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    /// Digits without country code and leading zeros.
    numbers: Vec<String>,
    /// In lower case.
    emails: Vec<String>,
}

impl Allowed {
    /// Takes the directory's numbers as written there, with or without dashes, country code or area code; entries with an `@` are e-mail addresses.
    pub fn new<S: AsRef<str>>(entries: impl IntoIterator<Item = S>) -> Self {
        let mut allowed = Self::default();
        for entry in entries {
            let entry = entry.as_ref().trim();
            let digits = significant(entry);
            if entry.contains('@') {
                allowed.emails.push(entry.to_lowercase());
            } else if !digits.is_empty() {
                allowed.numbers.push(digits);
            }
        }
        allowed
    }

    fn permits(&self, kind: Kind, written: &str) -> bool {
        let digits = significant(written);
        match kind {
            Kind::Email => self.emails.contains(&written.to_lowercase()),
            // A UAN is the same with any city's code before it.
            Kind::Uan => self.numbers.iter().any(|n| n.ends_with(&digits) || digits.ends_with(n)),
            // `042-99213871-5` is a number and the lines after it.
            Kind::Mobile | Kind::Landline => self.numbers.iter().any(|n| n.starts_with(&digits)),
            Kind::Cnic | Kind::Iban | Kind::Passport | Kind::Position | Kind::FirNumber => false,
        }
    }
}

/// Finds everything that looks personal, in the order of the text. A clean page costs little more than one look at its bytes.
pub fn scan(text: &str, allowed: &Allowed) -> Vec<Finding> {
    let mut found: Vec<(Range<usize>, Kind)> = Vec::new();
    for at in memchr_iter(b'@', text.as_bytes()) {
        found.extend(email(text, at).map(|range| (range, Kind::Email)));
    }
    let emails = found.len();
    let mut from = 0;
    while let Some(at) = number::next_digit(text.as_bytes(), from) {
        let inside = found[..emails].iter().find(|(range, _)| range.contains(&at)).map(|(range, _)| range.end);
        from = match (inside, number::personal(text, at)) {
            (Some(end), _) => end,
            (None, Ok((range, kind))) => {
                let end = range.end;
                found.push((range, kind));
                end
            }
            (None, Err(end)) => end,
        };
    }
    found.sort_by_key(|(range, _)| range.start);
    found.retain(|(range, kind)| !allowed.permits(*kind, &text[range.clone()]));
    found.into_iter().map(|(range, kind)| Finding { masked: masked(&text[range.clone()]), range, kind }).collect()
}

/// The text with the inside of everything that looks personal replaced by dots, of the same length in characters: for what is printed.
pub fn veiled(text: &str) -> Cow<'_, str> {
    let found = scan(text, &Allowed::default());
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for finding in found {
        out.push_str(&text[from..finding.range.start]);
        let written = &text[finding.range.clone()];
        let last = written.chars().count().saturating_sub(1);
        out.extend(written.chars().enumerate().map(|(n, c)| if n < 2 || n == last || c == '\n' { c } else { '•' }));
        from = finding.range.end;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// The address around an `@`, if its domain has a dot and does not end like a file (`logo@2x.png`).
fn email(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let local = |b: &u8| b.is_ascii_alphanumeric() || b"._%+-".contains(b);
    let domain = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'.' || **b == b'-';
    let back = bytes[..at].iter().rev().take_while(|b| local(b)).count();
    let start = at - back + bytes[at - back..at].iter().take_while(|b| !b.is_ascii_alphanumeric()).count();
    let ahead = bytes[at + 1..].iter().take_while(domain).count();
    let host = text[at + 1..at + 1 + ahead].trim_end_matches(['.', '-']);
    let (name, top) = host.rsplit_once('.')?;
    let file = ["png", "jpg", "jpeg", "webp", "avif", "svg", "gif", "css", "js"].iter().any(|e| top.eq_ignore_ascii_case(e));
    let real = top.len() > 1 && top.bytes().all(|b| b.is_ascii_alphabetic()) && name.split('.').all(|label| !label.is_empty());
    (start < at && real && !file).then(|| start..at + 1 + host.len())
}

/// The digits of a telephone number that say whose it is: no signs, no `+92`, `0092` or leading zero.
fn significant(written: &str) -> String {
    let digits: String = number::digits(written).collect();
    let local = digits.strip_prefix("0092").or_else(|| digits.strip_prefix("92").filter(|rest| rest.len() >= 9)).unwrap_or(&digits);
    local.trim_start_matches('0').to_owned()
}

/// The first two characters and the last, so that the place can be found and nothing is repeated.
fn masked(written: &str) -> String {
    let mut chars = written.chars();
    let mut out: String = chars.by_ref().take(2).collect();
    out.push('…');
    out.extend(chars.next_back());
    out
}

#[cfg(test)]
mod tests;
