//! HTML escaping. In: text. Out: the same text appended to a buffer, safe as element content or as a double-quoted attribute value.
//! It deliberately does not clean HTML, decode entities or check URLs.

use memchr::memchr3_iter;
use std::fmt::{self, Write};

/// Appends `s` as element content: `&`, `<` and `>` become references.
pub fn push_text(out: &mut String, s: &str) {
    // Writing to memory cannot fail.
    let _ = write_escaped(out, s, memchr3_iter(b'&', b'<', b'>', s.as_bytes()));
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
    fn attributes_escape_the_quote_too() {
        assert_eq!(written(push_attr, "\"><script>&"), "|&quot;>&lt;script>&amp;");
        assert_eq!(written(push_attr, "قانون \"۱۲\""), "|قانون &quot;۱۲&quot;");
    }
}
