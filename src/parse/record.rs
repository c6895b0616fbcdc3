//! The record of a translation, put into its front matter. In: the bytes of a page and the record. Out: the same bytes with one line
//! replaced or added. Everything else stays as its author's editor left it: byte order mark, line ends, comments, order.

use std::ops::Range;

const KEY: &str = "translated_from";
/// The key that the templates put before it.
const NEIGHBOUR: &str = "translation_review";

/// The page with `translated_from: record`. `None` when the front matter has no two fences. The caller parses the result: front matter in
/// an unusual form (`{title: …}`) cannot take a line.
pub fn with_record(bytes: &[u8], record: &str) -> Option<Vec<u8>> {
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let lines = lines(bytes, start);
    let is_fence = |line: &Range<usize>| bytes[line.clone()].trim_ascii_end() == b"---";
    let first = lines.first().filter(|l| is_fence(l))?;
    let close = lines.iter().skip(1).position(is_fence)? + 1;
    let front = &lines[1..close];
    let value_continues = |n: usize| front.get(n).is_some_and(|l| matches!(bytes[l.start], b' ' | b'\t'));
    let (keep, then) = match front.iter().position(|l| has_key(&bytes[l.clone()], KEY)) {
        Some(n) => {
            let after = (n + 1..).find(|n| !value_continues(*n)).unwrap_or(n + 1);
            (front[n].start, lines[after + 1].start - tail(&bytes[front[n].start..lines[after + 1].start]))
        }
        None => {
            let neighbour = front.iter().position(|l| has_key(&bytes[l.clone()], NEIGHBOUR)).filter(|n| !value_continues(n + 1));
            let at = neighbour.map_or(lines[close].start, |n| front[n].end);
            (at, at)
        }
    };
    let mut out = bytes[..keep].to_vec();
    out.extend_from_slice(format!("{KEY}: {record}").as_bytes());
    if keep == then {
        out.extend_from_slice(line_end(&bytes[first.clone()]));
    }
    out.extend_from_slice(&bytes[then..]);
    Some(out)
}

/// Lines with their ends: LF, CRLF or CR.
fn lines(bytes: &[u8], from: usize) -> Vec<Range<usize>> {
    let (mut lines, mut start) = (Vec::new(), from);
    for at in from..bytes.len() {
        if bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
            lines.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < bytes.len() {
        lines.push(start..bytes.len());
    }
    lines
}

fn line_end(line: &[u8]) -> &[u8] {
    let text = line.iter().rposition(|b| !matches!(b, b'\r' | b'\n')).map_or(0, |n| n + 1);
    &line[text..]
}

fn has_key(line: &[u8], key: &str) -> bool {
    line.strip_prefix(key.as_bytes()).is_some_and(|rest| rest.trim_ascii_start().starts_with(b":"))
}

/// How many bytes at the end of an entry are to stay: a comment on a single line, and the line's end.
fn tail(entry: &[u8]) -> usize {
    let end = line_end(entry).len();
    let one_line = lines(entry, 0).len() == 1;
    let comment = entry.windows(2).position(|pair| pair[0] == b' ' && pair[1] == b'#').filter(|_| one_line);
    comment.map_or(end, |at| {
        let space = entry[..at].iter().rposition(|b| *b != b' ').map_or(at, |n| n + 1);
        entry.len() - space
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(before: &str) -> Option<String> {
        with_record(before.as_bytes(), "aaaaaa.bbbbbb").map(|b| String::from_utf8(b).expect("text stays text"))
    }

    #[test]
    fn only_the_line_changes() {
        for (before, after) in [
            ("---\ntitle: A\n---\nText\n", "---\ntitle: A\ntranslated_from: aaaaaa.bbbbbb\n---\nText\n"),
            ("---\r\ntitle: A\r\n---\r\nText", "---\r\ntitle: A\r\ntranslated_from: aaaaaa.bbbbbb\r\n---\r\nText"),
            ("---\rtitle: A\r---\rText\n", "---\rtitle: A\rtranslated_from: aaaaaa.bbbbbb\r---\rText\n"),
            ("\u{feff}---\ntranslated_from: 0\ntitle: A\n---\n", "\u{feff}---\ntranslated_from: aaaaaa.bbbbbb\ntitle: A\n---\n"),
            ("---\ntranslated_from: 0  # by hand\n---\n", "---\ntranslated_from: aaaaaa.bbbbbb  # by hand\n---\n"),
            ("---\ntranslated_from:\n  0\ntitle: A\n---\n", "---\ntranslated_from: aaaaaa.bbbbbb\ntitle: A\n---\n"),
            ("---\ntranslated_from: 0\n---\n", "---\ntranslated_from: aaaaaa.bbbbbb\n---\n"),
            (
                "---\ntranslation_review: none\nsources:\n  - title: B\n---\n",
                "---\ntranslation_review: none\ntranslated_from: aaaaaa.bbbbbb\nsources:\n  - title: B\n---\n",
            ),
        ] {
            assert_eq!(put(before).as_deref(), Some(after), "{before:?}");
            assert_eq!(put(after).as_deref(), Some(after), "a second time: {before:?}");
        }
        assert_eq!(put("title: A\n"), None);
        assert_eq!(put("---\ntitle: A\n"), None);
    }
}
