//! A Markdown file split into front matter and body. In: bytes of one file. Out: text parts with their places, or diagnostics.
//! It reads no YAML and no Markdown.

use crate::diag::Diagnostic;
use crate::path::SourcePath;
use crate::text::lines::{Lines, Region};
use std::borrow::Cow;
use std::ops::Range;

/// Largest page that is read, in bytes; a page of 650 words has about 5 KB.
pub const MAX_PAGE: usize = 2 * 1024 * 1024;
/// Largest front matter, in bytes; bounds the cost of YAML aliases.
const MAX_FRONT: usize = 64 * 1024;

/// A file as text with its two parts.
#[derive(Debug)]
pub(super) struct Document<'a> {
    /// The whole text, LF-ended, without byte order mark.
    pub(super) text: Cow<'a, str>,
    /// Bytes of `text` between the two fences.
    pub(super) front: Range<usize>,
    /// Bytes of `text` after the second fence.
    pub(super) body: Range<usize>,
}

/// Reads UTF-8 strictly. Byte order mark dropped, CRLF made LF.
pub(super) fn text<'a>(file: &SourcePath, bytes: &'a [u8]) -> Result<Cow<'a, str>, Diagnostic> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = simdutf8::compat::from_utf8(bytes).map_err(|e| {
        let good = std::str::from_utf8(&bytes[..e.valid_up_to()]).unwrap_or_default();
        let region = Lines::new(good).region(good.len()..good.len());
        Diagnostic::error("not-utf8", "the file is not UTF-8 text from here on")
            .at(file, region)
            .help("save it again with the encoding UTF-8; a word processor's file must be exported as plain text")
    })?;
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        return Err(Diagnostic::error("nul-byte", "the file has a NUL byte, so it is not text")
            .at(file, Lines::new(text).region(at..at + 1))
            .help("save it again as plain UTF-8 text"));
    }
    Ok(if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    })
}

/// Splits a page. The first line is `---`; the next `---` alone on its line ends the front matter.
pub(super) fn split<'a>(file: &SourcePath, bytes: &'a [u8]) -> Result<Document<'a>, Diagnostic> {
    if bytes.len() > MAX_PAGE {
        return Err(Diagnostic::error(
            "page-too-large",
            format!("the page has {} MB; {} MB is the limit", bytes.len() >> 20, MAX_PAGE >> 20),
        )
        .in_file(file)
        .help("split it into several pages, or put the data into content/assets/ as PDF or CSV"));
    }
    let text = text(file, bytes)?;
    let first_line = text.lines().next().unwrap_or_default();
    if first_line.trim_end() != "---" {
        return Err(no_front_matter(file, first_line));
    }
    let start = first_line.len() + 1;
    let mut at = start.min(text.len());
    for line in text[at..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            let body = at + line.len();
            if at - start > MAX_FRONT {
                return Err(Diagnostic::error("front-matter-too-large", "the front matter has more than 64 KB")
                    .at(file, first_line_region(first_line))
                    .help("move text below the second `---`"));
            }
            let end = text.len();
            return Ok(Document { front: start..at, body: body..end, text });
        }
        at += line.len();
    }
    let fence = text[start.min(text.len())..].lines().position(is_mistyped_fence);
    let region = match fence {
        Some(n) => Region { line: n as u32 + 2, column: 1, end_line: n as u32 + 2, end_column: 4 },
        None => first_line_region(first_line),
    };
    Err(Diagnostic::error("front-matter-open", "the front matter has no closing `---` line").at(file, region).help(match fence {
        Some(_) => "this line holds dashes that a phone keyboard joined; write three plain hyphens `---`",
        None => "put a line `---` after the last key",
    }))
}

fn first_line_region(line: &str) -> Region {
    Region { line: 1, column: 1, end_line: 1, end_column: line.chars().count() as u32 + 1 }
}

fn is_mistyped_fence(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line != "---" && line.chars().all(|c| matches!(c, '-' | '–' | '—' | '−' | '‐' | '‑' | '۔' | 'ـ'))
}

fn no_front_matter(file: &SourcePath, first_line: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("no-front-matter", "the page does not start with front matter").at(file, first_line_region(first_line));
    if is_mistyped_fence(first_line) {
        diagnostic.help("the first line holds dashes that a phone keyboard joined; write three plain hyphens `---`")
    } else {
        diagnostic.help("begin with the lines `---`, `title: …`, `---`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> SourcePath {
        SourcePath::new("content/en/a.md")
    }

    #[test]
    fn parts_are_found_behind_a_byte_order_mark_and_crlf() {
        let doc = split(&file(), b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nText\r\n").expect("splits");
        assert_eq!(&doc.text[doc.front.clone()], "title: A\n");
        assert_eq!(&doc.text[doc.body.clone()], "Text\n");
    }

    #[test]
    fn each_broken_shell_has_its_own_message() {
        let code = |bytes: &[u8]| split(&file(), bytes).map(|_| ()).map_err(|d| (d.code, d.region.map(|r| (r.line, r.column))));
        assert_eq!(code(b""), Err(("no-front-matter", Some((1, 1)))));
        assert_eq!(code("\u{2014}-\ntitle: A\n---\n".as_bytes()), Err(("no-front-matter", Some((1, 1)))));
        assert_eq!(code(b"---\ntitle: A\n"), Err(("front-matter-open", Some((1, 1)))));
        assert_eq!(code("---\ntitle: A\n\u{2014}\ntext".as_bytes()), Err(("front-matter-open", Some((3, 1)))));
        assert_eq!(code(b"---\ntitle: \xff\n---\n"), Err(("not-utf8", Some((2, 8)))));
        assert_eq!(code(b"---\ntitle: \0\n---\n"), Err(("nul-byte", Some((2, 8)))));
        assert_eq!(code(&vec![b'a'; MAX_PAGE + 1]), Err(("page-too-large", None)));
    }
}
