//! Numbers as printable characters. In: integers. Out: text in which one character is one small number, so that a host's compression sees
//! the distribution of the numbers themselves; base64 would hide it. No character needs an escape inside a script.
//! `runtime/engine.js` reads the same.

/// Digits: `#` to `~` without the backslash.
const BASE: u32 = 91;
/// Smaller numbers are one character.
const ONE: u32 = 60;
/// Smaller numbers are two.
const TWO: u32 = ONE + 30 * BASE;

/// Adds a number. The largest is 756,360; larger ones are cut, which no site comes near.
pub(in crate::search) fn push(out: &mut String, number: u32) {
    if number < ONE {
        out.push(digit(number));
    } else if number < TWO {
        let rest = number - ONE;
        out.push(digit(ONE + rest / BASE));
        out.push(digit(rest % BASE));
    } else {
        let rest = (number - TWO).min(BASE * BASE * BASE - 1);
        out.push(digit(BASE - 1));
        out.push(digit(rest / BASE / BASE));
        out.push(digit(rest / BASE % BASE));
        out.push(digit(rest % BASE));
    }
}

fn digit(value: u32) -> char {
    let code = 35 + value;
    char::from_u32(if code < 92 { code } else { code + 1 }).unwrap_or('#')
}

/// Reads numbers one after the other. What is no number counts as 0, and so does everything after the end.
#[derive(Clone, Debug)]
pub(in crate::search) struct Numbers<'a> {
    bytes: &'a [u8],
    /// Place of the next character.
    pub(in crate::search) at: usize,
}

impl<'a> Numbers<'a> {
    pub(in crate::search) fn new(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0 }
    }

    pub(in crate::search) fn done(&self) -> bool {
        self.at >= self.bytes.len()
    }

    fn digit(&mut self) -> u32 {
        let code = self.bytes.get(self.at).copied().map_or(35, u32::from);
        self.at += 1;
        if code > 92 { code - 36 } else { code.saturating_sub(35) }
    }

    pub(in crate::search) fn next(&mut self) -> u32 {
        let first = self.digit();
        if first < ONE {
            first
        } else if first < BASE - 1 {
            ONE + (first - ONE) * BASE + self.digit()
        } else {
            TWO + (self.digit() * BASE + self.digit()) * BASE + self.digit()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let list: Vec<u32> = (0..4000).chain([100_000, 753_570, 756_360]).collect();
        let mut text = String::new();
        list.iter().for_each(|n| push(&mut text, *n));
        assert!(text.bytes().all(|b| (35..127).contains(&b) && b != b'\\'));
        let mut numbers = Numbers::new(&text);
        assert_eq!(list.iter().map(|_| numbers.next()).collect::<Vec<_>>(), list);
        assert!(numbers.done());
        assert_eq!(numbers.next(), 0);
    }
}
