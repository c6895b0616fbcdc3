//! The few raw HTML tags an author may use. In: one tag or comment as written. Out: the tag rebuilt from known parts, or nothing.
//! Attributes are rebuilt, never copied, so handlers and addresses cannot get through.

use crate::text::html::push_attr;

const TAGS: [&str; 9] = ["bdi", "br", "kbd", "sub", "sup", "abbr", "cite", "span", "wbr"];

/// The tag in canonical form; empty for a comment; `None` when it is not allowed.
pub(super) fn clean(html: &str) -> Option<String> {
    let html = html.trim();
    if html.starts_with("<!--") {
        // What follows the comment's first end is no comment, even if another one ends the text.
        return (html.find("-->") == html.len().checked_sub(3)).then(String::new);
    }
    let inner = html.strip_prefix('<')?.strip_suffix('>')?;
    if inner.contains(['<', '>']) {
        return None;
    }
    if let Some(name) = inner.strip_prefix('/') {
        let name = name.trim();
        return (TAGS.contains(&name) && !matches!(name, "br" | "wbr")).then(|| format!("</{name}>"));
    }
    let inner = inner.strip_suffix('/').unwrap_or(inner).trim();
    let (name, mut rest) = inner.split_at(inner.find(char::is_whitespace).unwrap_or(inner.len()));
    if !TAGS.contains(&name) {
        return None;
    }
    let mut out = format!("<{name}");
    rest = rest.trim_start();
    while !rest.is_empty() {
        let (key, after) = rest.split_once('=')?;
        let (value, after) = after.strip_prefix('"')?.split_once('"')?;
        let allowed = match key {
            "lang" => value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
            "dir" => matches!(value, "ltr" | "rtl" | "auto"),
            "title" => name == "abbr",
            _ => false,
        };
        if !allowed {
            return None;
        }
        out.push(' ');
        out.push_str(key);
        out.push_str("=\"");
        push_attr(&mut out, &unescaped(value));
        out.push('"');
        rest = after.trim_start();
    }
    out.push('>');
    Some(out)
}

/// A value without the entities that an author writes for signs HTML needs; what is put out is escaped anew.
fn unescaped(value: &str) -> String {
    [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
        .iter()
        .fold(value.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_tags_are_rebuilt_and_everything_else_refused() {
        assert_eq!(clean("<br/>").as_deref(), Some("<br>"));
        assert_eq!(clean("<span lang=\"ur\" dir=\"rtl\">").as_deref(), Some("<span lang=\"ur\" dir=\"rtl\">"));
        assert_eq!(clean("<abbr title=\"a & b\">").as_deref(), Some("<abbr title=\"a &amp; b\">"));
        assert_eq!(clean("</bdi>").as_deref(), Some("</bdi>"));
        assert_eq!(clean("<!-- remark -->").as_deref(), Some(""));
        for bad in [
            "<script>",
            "<SCRIPT>",
            "<img src=x onerror=y>",
            "<span onclick=\"x\">",
            "<bdi style=\"x\">",
            "<a href=\"javascript:x\">",
            "<br",
            "<span lang='ur'>",
            "<svg/onload=x>",
            "<!-- open",
            "<!-- --><script>x</script><!-- -->",
            "</script>",
            "<iframe>",
        ] {
            assert_eq!(clean(bad), None, "{bad}");
        }
    }
}
