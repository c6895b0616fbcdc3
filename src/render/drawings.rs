//! Drawings that stand in one file many times. In: HTML. Out: the same with each drawing once: the first has an id, the others refer to it.

use memchr::memmem;
use std::collections::HashMap;
use std::fmt::Write;

/// What stands for a drawing is not shorter than this.
const SHORTEST: usize = 30;

/// Writes each drawing once. Only whole `svg` elements are compared, without what their own tag says, as that is the place they stand in.
pub(super) fn once(html: &str) -> String {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (_, inside) in drawings(html) {
        *times.entry(inside).or_default() += 1;
    }
    let mut ids: HashMap<&str, usize> = HashMap::new();
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    for (at, inside) in drawings(html).filter(|(_, inside)| inside.len() >= SHORTEST && times[inside] > 1) {
        out.push_str(&html[from..at]);
        let next = ids.len() + 1;
        // Writing to a text cannot fail.
        let _ = match ids.get(inside) {
            Some(id) => write!(out, "<use href=\"#drawing-{id}\"/>"),
            None => {
                ids.insert(inside, next);
                write!(out, "<g id=\"drawing-{next}\">{inside}</g>")
            }
        };
        from = at + inside.len();
    }
    out.push_str(&html[from..]);
    out
}

/// Where the inside of each drawing begins, and the inside.
fn drawings(html: &str) -> impl Iterator<Item = (usize, &str)> {
    memmem::find_iter(html.as_bytes(), "<svg ").filter_map(move |at| {
        let begin = at + html[at..].find('>')? + 1;
        let end = begin + html[begin..].find("</svg>")?;
        Some((begin, &html[begin..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_two_equal_drawings_refers_to_the_first() {
        let path = "<path d=\"M7.5 18H7a4.5 4.5 0 0 1-.6-9\"/>";
        let html = format!("<p><svg class=\"i\">{path}</svg> a <svg class=\"j\">{path}</svg> <svg class=\"i\"><path d=\"M1\"/></svg></p>");
        let wanted = format!(
            "<p><svg class=\"i\"><g id=\"drawing-1\">{path}</g></svg> a <svg class=\"j\"><use href=\"#drawing-1\"/></svg> <svg class=\"i\"><path d=\"M1\"/></svg></p>"
        );
        assert_eq!(once(&html), wanted);
    }

    #[test]
    fn what_is_not_repeated_or_not_closed_stays() {
        for html in ["<svg class=\"i\"><path d=\"M7.5 18H7a4.5 4.5 0 0 1-.6-9\"/></svg>", "<svg <svg ", "<p>", "<svg a><b>"] {
            assert_eq!(once(html), html);
        }
    }
}
