//! The telephone numbers of Pakistan (facts.md 8.3). In: the digits of a number and the sizes of its groups. Out: what kind of number it is.
//! It deliberately knows the shapes of numbers, not which are in use.

use super::Kind;

/// What a telephone number with these ASCII digits, written in groups of these sizes, is; `plus` when a `+` stands before it.
pub(super) fn kind(digits: &[u8], sizes: &[usize], plus: bool) -> Option<Kind> {
    let total = digits.len();
    let mut prefix = match digits {
        [b'0', b'0', b'9', b'2', ..] => 4,
        [b'9', b'2', ..] if plus || (total == 12 && digits[2] == b'3') => 2,
        _ if plus => return (9..=15).contains(&total).then_some(Kind::Mobile),
        [b'0', ..] => 1,
        _ => 0,
    };
    // `+92 (0) 333`: the zero is not dialled.
    prefix += usize::from(prefix > 1 && digits.get(prefix) == Some(&b'0'));
    let digits = digits.get(prefix..)?;
    let mut sum = 0;
    let ends = sizes.iter().map(|size| {
        sum += size;
        sum
    });
    let cuts: Vec<usize> = ends.filter(|end| (prefix + 1..total).contains(end)).map(|end| end - prefix).collect();
    let national = National { digits, cuts: &cuts, prefixed: prefix > 0 };
    if national.is_mobile() {
        Some(Kind::Mobile)
    } else if national.is_uan() {
        Some(Kind::Uan)
    } else {
        national.is_landline().then_some(Kind::Landline)
    }
}

/// A telephone number within Pakistan: its digits after `0` or `+92`, where its groups end, and whether there was such a prefix.
struct National<'a> {
    digits: &'a [u8],
    cuts: &'a [usize],
    prefixed: bool,
}

impl National<'_> {
    /// Whether the number is in one piece or has a group that ends after `n` digits.
    fn may_split_at(&self, n: usize) -> bool {
        self.cuts.is_empty() || self.cuts.contains(&n)
    }

    /// `3xx xxxxxxx`.
    fn is_mobile(&self) -> bool {
        self.prefixed && self.digits.len() == 10 && self.digits[0] == b'3' && (self.may_split_at(3) || self.may_split_at(4))
    }

    /// `111 xxx xxx`, by itself or after an area code of 2 or 3 digits.
    fn is_uan(&self) -> bool {
        let Some(area) = self.digits.len().checked_sub(9).filter(|&area| self.digits[area..].starts_with(b"111")) else { return false };
        match area {
            0 => matches!(self.cuts, [] | [3] | [3, 6]),
            2 | 3 => self.prefixed && self.may_split_at(area),
            _ => false,
        }
    }

    /// An area code of 2 or 3 digits, then 6 to 8 digits in one piece or, from 7 digits on, in two. Not toll-free numbers, 800 and 900.
    fn is_landline(&self) -> bool {
        let total = self.digits.len();
        let toll_free = self.digits.starts_with(b"800") || self.digits.starts_with(b"900");
        if !self.prefixed || toll_free || !self.digits.first().is_some_and(|d| (b'2'..=b'9').contains(d)) {
            return false;
        }
        let pieces = self.cuts.iter().filter(|&&cut| cut > 3).count() + 1;
        let subscriber = if pieces == 1 { 6..=8 } else { 7..=8 };
        let after = |area: usize| self.cuts.contains(&area) && subscriber.contains(&total.saturating_sub(area));
        if self.cuts.is_empty() { (9..=10).contains(&total) } else { pieces <= 2 && (after(2) || after(3)) }
    }
}
