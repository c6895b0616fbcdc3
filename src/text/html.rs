//! HTML escaping. In: text. Out: the same text appended to a buffer, safe as element content or as a double-quoted attribute value; as prose, its
//! codes such as `371-A` are kept on one line.
//! It deliberately does not clean HTML, decode entities or check URLs.

use memchr::{memchr_iter, memchr3_iter};
use std::fmt::{self, Write};

/// Appends `s` as element content: `&`, `<` and `>` become references.
pub fn push_text(out: &mut String, s: &str) {
    // Writing to memory cannot fail.
    let _ = write_escaped(out, s, memchr3_iter(b'&', b'<', b'>', s.as_bytes()));
}

/// Longest code that is kept on one line; a phone of 320 px has room for it in any column.
const CODE: usize = 12;

/// [`push_text`] with codes such as `SOP-03` and `371-A` in `<span class="nb">`: a browser would break them at the hyphen.
pub fn push_prose(out: &mut String, s: &str) {
    let bytes = s.as_bytes();
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let mut done = 0;
    for hyphen in memchr_iter(b'-', bytes) {
        if hyphen < done {
            continue;
        }
        let start = hyphen - bytes[done..hyphen].iter().rev().take_while(|byte| part(byte)).count();
        let end = hyphen + bytes[hyphen..].iter().take_while(|byte| part(byte)).count();
        if is_code(&s[start..end]) {
            push_text(out, &s[done..start]);
            out.push_str("<span class=\"nb\">");
            out.push_str(&s[start..end]);
            out.push_str("</span>");
            done = end;
        }
    }
    push_text(out, &s[done..]);
}

/// Whether a word is a code: capitals and figures with hyphens between them, `377-B`; no year span, no word such as `14-year-old`.
pub(super) fn is_code(word: &str) -> bool {
    let mut seen = (false, false);
    for byte in word.bytes() {
        match byte {
            b'A'..=b'Z' => seen.0 = true,
            b'0'..=b'9' => seen.1 = true,
            b'-' => {}
            _ => return false,
        }
    }
    seen == (true, true) && word.len() <= CODE && word.contains('-') && !word.starts_with('-') && !word.ends_with('-')
}

/// Appends `s` as the value of an attribute in double quotes: `&`, `<` and `"` become references.
pub fn push_attr(out: &mut String, s: &str) {
    // Writing to memory cannot fail.
    let _ = write_attr(out, s);
}

/// [`push_attr`] to any writer, whose errors it gives.
pub fn write_attr(out: &mut impl Write, s: &str) -> fmt::Result {
    write_escaped(out, s, memchr3_iter(b'&', b'<', b'"', s.as_bytes()))
}

/// `marks` are the byte offsets of the characters to replace, all of them ASCII, in order.
fn write_escaped(out: &mut impl Write, s: &str, marks: impl Iterator<Item = usize>) -> fmt::Result {
    let mut done = 0;
    for mark in marks {
        out.write_str(&s[done..mark])?;
        out.write_str(match s.as_bytes()[mark] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        })?;
        done = mark + 1;
    }
    out.write_str(&s[done..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(push: fn(&mut String, &str), s: &str) -> String {
        let mut out = String::from("|");
        push(&mut out, s);
        out
    }

    #[test]
    fn text_escapes_what_opens_a_tag_or_a_reference() {
        assert_eq!(written(push_text, "a & b < c > d \"e\" 'f'"), "|a &amp; b &lt; c &gt; d \"e\" 'f'");
        assert_eq!(written(push_text, "&&"), "|&amp;&amp;");
        assert_eq!(written(push_text, "انسانی اسمگلنگ"), "|انسانی اسمگلنگ");
        assert_eq!(written(push_text, ""), "|");
    }

    #[test]
    fn codes_are_kept_on_one_line() {
        for (text, html) in [
            ("sections 371-A and 377-B", "sections <span class=\"nb\">371-A</span> and <span class=\"nb\">377-B</span>"),
            ("SOP-03: a & b", "<span class=\"nb\">SOP-03</span>: a &amp; b"),
            ("(370/371-A)", "(370/<span class=\"nb\">371-A</span>)"),
            ("دفعہ 371-A۔", "دفعہ <span class=\"nb\">371-A</span>۔"),
            (
                "a 14-year-old, 2019-20, well-known, FIA-led, -A1, A1-, --, 2018",
                "a 14-year-old, 2019-20, well-known, FIA-led, -A1, A1-, --, 2018",
            ),
            ("ABCDEFGH-12345", "ABCDEFGH-12345"),
        ] {
            assert_eq!(written(push_prose, text), format!("|{html}"));
        }
    }

    #[test]
    fn attributes_escape_the_quote_too() {
        assert_eq!(written(push_attr, "\"><script>&"), "|&quot;>&lt;script>&amp;");
        assert_eq!(written(push_attr, "قانون \"۱۲\""), "|قانون &quot;۱۲&quot;");
    }
}
