//! The words of a page's body, section by section. In: blocks of HTML with holes, as parsing wrote them. Out: text without markup. It is read from
//! the HTML when it is needed: a copy beside it would be half of what a large site keeps in memory.
//!
//! It knows only the HTML that `parse` writes: attributes in double quotes, four entities, headings that do not nest.

use crate::model::{Block, HoleKind, Prose};
use memchr::{memchr, memchr2};

/// Elements whose words are the page's own furniture or stand on it a second time: marks of footnotes, and the right answer of a quiz.
const LEFT_OUT: [(&str, &str); 2] = [("a class=\"footnote", "</a>"), ("p class=\"right\"", "</p>")];

/// Elements that stand inside a word or a sentence; the words on both sides of any other are apart.
const INLINE: [&str; 16] =
    ["a", "abbr", "b", "bdi", "cite", "code", "del", "em", "kbd", "span", "strong", "sub", "sup", "wbr", "label", "input"];

/// The text before the first heading, then that of each section with the place of its heading among the page's.
pub(super) fn sections(body: &[Block]) -> Vec<(Option<usize>, String)> {
    let mut out = vec![(None, String::new())];
    blocks(body, &mut out);
    out
}

fn blocks(body: &[Block], out: &mut Vec<(Option<usize>, String)>) {
    for block in body {
        match block {
            Block::Prose(prose) => read(prose, out),
            Block::Directive(directive) => blocks(&directive.body, out),
        }
    }
}

fn read(prose: &Prose, out: &mut Vec<(Option<usize>, String)>) {
    let mut headings = prose.holes.iter().filter_map(|hole| match hole.kind {
        HoleKind::HeadingId(n) => Some((hole.at as usize, n as usize)),
        _ => None,
    });
    let html = prose.html.as_str();
    let mut at = 0;
    let mut text = out.pop().unwrap_or_default();
    while let Some(open) = memchr(b'<', &html.as_bytes()[at..]).map(|found| at + found) {
        push_words(&mut text.1, &html[at..open]);
        let end = tag_end(html, open);
        let tag = &html[open + 1..end.saturating_sub(1).max(open + 1)];
        let name = tag.trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let heading = matches!(tag.as_bytes(), [b'h', b'1'..=b'6', b' ', ..]);
        let closing =
            if heading { Some("</h") } else { LEFT_OUT.iter().find(|(start, _)| tag.starts_with(start)).map(|(_, close)| *close) };
        at = closing.and_then(|close| html[end..].find(close)).map_or(end, |found| tag_end(html, end + found));
        if heading {
            let place = headings.by_ref().find(|(hole, _)| *hole > open).map(|(_, n)| n);
            out.push(std::mem::replace(&mut text, (place, String::new())));
        } else if !INLINE.contains(&name) {
            text.1.push('\n');
        }
    }
    push_words(&mut text.1, &html[at..]);
    text.1.push('\n');
    out.push(text);
}

/// The end of the tag that opens at `open`; a bracket in an attribute ends nothing.
fn tag_end(html: &str, open: usize) -> usize {
    let (mut at, mut quoted) = (open, false);
    while let Some(found) = memchr2(b'>', b'"', html.as_bytes().get(at..).unwrap_or_default()) {
        at += found + 1;
        match html.as_bytes()[at - 1] {
            b'"' => quoted = !quoted,
            _ if !quoted => return at,
            _ => {}
        }
    }
    html.len()
}

/// Adds content of an element as text.
fn push_words(out: &mut String, mut content: &str) {
    while let Some(mark) = memchr(b'&', content.as_bytes()) {
        let (before, rest) = content.split_at(mark);
        let (sign, entity) = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;")]
            .into_iter()
            .find(|(_, entity)| rest.starts_with(entity))
            .unwrap_or(("&", "&"));
        out.push_str(before);
        out.push_str(sign);
        content = &rest[entity.len()..];
    }
    out.push_str(content);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Hole;

    /// Prose in which `@` is a hole for the id of the next heading.
    fn prose(html: &str) -> Block {
        let mut prose = Prose::default();
        for (n, piece) in html.split('@').enumerate() {
            if n > 0 {
                prose.holes.push(Hole { at: prose.html.len() as u32, kind: HoleKind::HeadingId(n as u32 - 1) });
            }
            prose.html.push_str(piece);
        }
        Block::Prose(prose)
    }

    fn words(html: &str) -> Vec<(Option<usize>, Vec<String>)> {
        sections(&[prose(html)]).into_iter().map(|(place, text)| (place, text.split_whitespace().map(str::to_owned).collect())).collect()
    }

    #[test]
    fn headings_divide_and_their_own_words_are_not_in_the_text() {
        let html = "<p>One</p>\n<h2 id=\"@\">Two</h2>\n<p>Three</p>\n<h3 id=\"@\"><em>Four</em></h3>\n";
        let list = |words: &[&str]| words.iter().map(|&w| w.to_owned()).collect::<Vec<_>>();
        assert_eq!(words(html), [(None, list(&["One"])), (Some(0), list(&["Three"])), (Some(1), list(&[]))]);
    }

    #[test]
    fn cells_are_apart_and_marks_inside_a_word_are_not() {
        let html =
            "<tr><td data-label=\"a > b\">مشقت</td><td>2</td></tr><p>1<em>st</em> <bdi dir=\"ltr\">A &lt;&amp;&gt; B</bdi>:<br>\nC</p>";
        assert_eq!(words(html)[0].1, ["مشقت", "2", "1st", "A", "<&>", "B:", "C"]);
    }

    #[test]
    fn marks_of_footnotes_and_repeated_answers_are_left_out() {
        let html = "<p>Held<sup><a class=\"footnote\" id=\"fnref-1\" href=\"#fn-1\">1</a></sup>.</p><p class=\"right\"><b></b> Held</p>\n<li>Why <a class=\"footnote-back\" href=\"#\" aria-label=\"\">↩</a></li>";
        assert_eq!(words(html)[0].1, ["Held.", "Why"]);
    }

    #[test]
    fn what_no_parser_wrote_ends_somewhere() {
        for html in ["<", "a<b", "<a title=\"x", "&", "<h2 id=\"@", "</", "<>x"] {
            words(html);
        }
    }
}
