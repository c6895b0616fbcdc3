//! Line numbers. In: a text and byte offsets in it. Out: lines and columns as an editor shows them.
//! It deliberately measures columns in characters, not in bytes or in width on a screen, and it never fails on an offset.

use std::ops::Range;

use memchr::memchr_iter;

/// A stretch of text by line and column, both from 1, columns in characters, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    /// The line of the first character.
    pub line: u32,
    /// The column of the first character.
    pub column: u32,
    /// The line of the end.
    pub end_line: u32,
    /// The column after the last character.
    pub end_column: u32,
}

/// The line starts of one text.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a text. Lines end with LF or CRLF.
    pub fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(memchr_iter(b'\n', text.as_bytes()).map(|i| i + 1)).collect();
        Self { text, starts }
    }

    /// Where a range of bytes lies. Offsets past the end count as the end, offsets inside a character as its start, a reversed range as empty.
    pub fn region(&self, range: Range<usize>) -> Region {
        let (line, column) = self.position(range.start);
        let (end_line, end_column) = self.position(range.end.max(range.start));
        Region { line, column, end_line, end_column }
    }

    fn position(&self, offset: usize) -> (u32, u32) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = line.checked_sub(1).and_then(|i| self.starts.get(i)).copied().unwrap_or(0);
        let mut before = &self.text[start..offset];
        // Between CR and LF is the end of the line, as before CR.
        if self.text.as_bytes().get(offset) == Some(&b'\n') {
            before = before.strip_suffix('\r').unwrap_or(before);
        }
        let saturated = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (saturated(line), saturated(before.chars().count() + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn region(text: &str, range: Range<usize>) -> (u32, u32, u32, u32) {
        let r = Lines::new(text).region(range);
        (r.line, r.column, r.end_line, r.end_column)
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(region("title: x\nسزا: y", 0..5), (1, 1, 1, 6));
        assert_eq!(region("title: x\nسزا: y", 9..15), (2, 1, 2, 4));
        assert_eq!(region("a\nb", 0..3), (1, 1, 2, 2));
        assert_eq!(region("a\n", 2..2), (2, 1, 2, 1));
        assert_eq!(region("", 0..0), (1, 1, 1, 1));
    }

    #[test]
    fn crlf_is_one_line_end() {
        assert_eq!(region("ab\r\ncd", 2..4), (1, 3, 2, 1));
        assert_eq!(region("ab\r\ncd", 3..5), (1, 3, 2, 2));
    }

    #[test]
    fn bad_offsets_are_clamped() {
        assert_eq!(region("سزا", 1..999), (1, 1, 1, 4));
        assert_eq!(region("abc", Range { start: 2, end: 1 }), (1, 3, 1, 3));
        assert_eq!(region("", 7..9), (1, 1, 1, 1));
    }

    proptest! {
        #[test]
        fn any_range_is_accepted(text in any::<String>(), start in 0usize..80, end in 0usize..80) {
            let r = Lines::new(&text).region(start..end);
            prop_assert!((1, 1) <= (r.line, r.column) && (r.line, r.column) <= (r.end_line, r.end_column));
        }
    }
}
