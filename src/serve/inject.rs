//! What only the preview adds to a page: its script, its styles, and the permission for both.
//! In: a page as it would be written. Out: the same page with two elements more and its policies widened. Pure; it parses no
//! more HTML than `<meta>` tags.

use std::ops::Range;

const HEAD: &str = r#"<link rel="stylesheet" href="/_rahnuma/live.css">"#;

/// Adds the preview's own elements. What is not UTF-8 stays as it is. `generation` needs no escaping.
pub(super) fn inject(page: Vec<u8>, generation: &str) -> Vec<u8> {
    let mut page = match String::from_utf8(page) {
        Ok(page) => page,
        Err(error) => return error.into_bytes(),
    };
    let script = format!(r#"<script src="/_rahnuma/live.js" data-generation="{generation}" defer></script>"#);
    let end = find(&page, "</body>").last().unwrap_or(page.len());
    page.insert_str(end, &script);
    let head_end = find(&page, "</head>").next();
    if let Some(end) = head_end {
        page.insert_str(end, HEAD);
    }
    let policies: Vec<Range<usize>> = find(&page[..head_end.unwrap_or(end)], "<meta").filter_map(|at| policy(&page, at)).collect();
    for range in policies.into_iter().rev() {
        let widened = widen(&unescape(&page[range.clone()]));
        page.replace_range(range, &format!("\"{}\"", widened.replace('&', "&amp;").replace('"', "&quot;")));
    }
    page.into_bytes()
}

/// Where a tag stands, whatever its case.
fn find<'a>(text: &'a str, tag: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.as_bytes().windows(tag.len()).enumerate().filter(|(_, window)| window.eq_ignore_ascii_case(tag.as_bytes())).map(|(at, _)| at)
}

/// The value of `content`, quotes included, if the `<meta` at this place is a content security policy.
fn policy(page: &str, meta: usize) -> Option<Range<usize>> {
    let (mut at, mut is_policy, mut content) = (meta + "<meta".len(), false, None);
    while let Some((name, value, next)) = attribute(page, at) {
        let bare = page[value.clone()].trim_matches(['"', '\'']);
        is_policy |= page[name.clone()].eq_ignore_ascii_case("http-equiv") && bare.eq_ignore_ascii_case("content-security-policy");
        if page[name].eq_ignore_ascii_case("content") {
            content = Some(value);
        }
        at = next;
    }
    content.filter(|_| is_policy)
}

/// The next attribute of a tag: its name, its value with quotes, and where it ends. `None` at the tag's end.
fn attribute(page: &str, from: usize) -> Option<(Range<usize>, Range<usize>, usize)> {
    let skip = |from: usize, more: fn(u8) -> bool| page.as_bytes()[from..].iter().position(|b| !more(*b)).map(|n| from + n);
    let start = skip(from, |b| b.is_ascii_whitespace() || b == b'/')?;
    let end = skip(start, |b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/'))?;
    if start == end {
        return None;
    }
    let equals = skip(end, |b| b.is_ascii_whitespace())?;
    if page.as_bytes()[equals] != b'=' {
        return Some((start..end, end..end, end));
    }
    let value = skip(equals + 1, |b| b.is_ascii_whitespace())?;
    let value_end = match page.as_bytes()[value] {
        quote @ (b'"' | b'\'') => value + 2 + page.as_bytes()[value + 1..].iter().position(|b| *b == quote)?,
        _ => skip(value, |b| !b.is_ascii_whitespace() && b != b'>')?,
    };
    Some((start..end, value..value_end, value_end))
}

/// The text of an attribute's value, as far as policies need it: template engines escape quotes and slashes.
fn unescape(value: &str) -> String {
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let mut text = value.to_owned();
    if let Some(quote) = quote {
        text = text.trim_matches(quote).to_owned();
    }
    let entities = [("&#x27;", "'"), ("&#39;", "'"), ("&apos;", "'"), ("&#x2f;", "/"), ("&#x2F;", "/"), ("&#47;", "/"), ("&quot;", "\"")];
    entities.iter().fold(text, |text, (entity, plain)| text.replace(entity, plain)).replace("&amp;", "&")
}

/// Adds `'self'` to what scripts, styles and connections may come from.
fn widen(policy: &str) -> String {
    let mut directives: Vec<Vec<&str>> = policy.split(';').map(|part| part.split_ascii_whitespace().collect()).collect();
    directives.retain(|directive: &Vec<&str>| !directive.is_empty());
    let place = |directives: &[Vec<&str>], name: &str| directives.iter().position(|directive| directive[0].eq_ignore_ascii_case(name));
    for name in ["script-src", "style-src", "connect-src"] {
        if place(&directives, name).is_none() {
            // What is not named follows `default-src`; where that is missing too, everything is allowed already.
            let default = place(&directives, "default-src").map(|at| directives[at][1..].to_vec());
            if let Some(sources) = default.or_else(|| (name == "connect-src").then(Vec::new)) {
                directives.push([vec![name], sources].concat());
            }
        }
    }
    for name in ["script-src", "script-src-elem", "style-src", "style-src-elem", "connect-src"] {
        if let Some(at) = place(&directives, name) {
            directives[at].retain(|source| !matches!(*source, "'none'" | "'self'"));
            directives[at].push("'self'");
        }
    }
    directives.iter().map(|directive| directive.join(" ")).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn injected(page: &str) -> String {
        String::from_utf8(inject(page.as_bytes().to_vec(), "7-1")).unwrap()
    }

    const SCRIPT: &str = r#"<script src="/_rahnuma/live.js" data-generation="7-1" defer></script>"#;

    #[test]
    fn links_come_last_in_head_and_body() {
        assert_eq!(
            injected("<!doctype html><HEAD><title>ر</title></HEAD><body>&lt;/body> x</body></html>"),
            format!("<!doctype html><HEAD><title>ر</title>{HEAD}</HEAD><body>&lt;/body> x{SCRIPT}</body></html>")
        );
        assert_eq!(injected("<p>no end"), format!("<p>no end{SCRIPT}"));
        assert_eq!(inject(vec![0xff, b'<'], "7-1"), [0xff, b'<']);
    }

    #[test]
    fn the_page_policy_is_widened_and_nothing_else() {
        let page = |policy: &str| {
            format!(
                r#"<head><meta charset=utf-8><meta name="x" content="default-src 'none'"/><meta content={policy} http-equiv=Content-Security-Policy></head><body>"#
            )
        };
        let expected = |policy: &str| page(policy).replace("</head>", &format!("{HEAD}</head>")) + SCRIPT;
        let widened = r#""default-src 'none'; style-src 'sha256-a/b=' 'self'; script-src 'self'; connect-src 'self'""#;
        assert_eq!(injected(&page(r#""default-src 'none'; style-src 'sha256-a/b='""#)), expected(widened));
        assert_eq!(injected(&page(r#""default-src &#x27;none&#x27;; style-src &#39;sha256-a&#x2f;b=&#39;""#)), expected(widened));
        assert_eq!(
            injected(&page("'script-src https://a?b&amp;c'")),
            expected(r#""script-src https://a?b&amp;c 'self'; connect-src 'self'""#)
        );
    }

    #[test]
    fn sources_are_added_once_and_none_goes() {
        assert_eq!(widen("default-src 'self'"), "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'");
        assert_eq!(
            widen("Default-Src 'none'; connect-src 'none'; script-src 'self' 'sha256-x'; img-src data:;"),
            "Default-Src 'none'; connect-src 'self'; script-src 'sha256-x' 'self'; img-src data:; style-src 'self'"
        );
        assert_eq!(widen("img-src data:"), "img-src data:; connect-src 'self'");
        assert_eq!(widen("style-src-elem 'none'"), "style-src-elem 'self'; connect-src 'self'");
    }

    #[test]
    fn broken_tags_do_no_harm() {
        for page in [
            "<meta",
            "<meta ",
            "<meta content",
            "<meta content=",
            "<meta content=\"x",
            "<meta http-equiv=content-security-policy>",
            "<meta/>",
        ] {
            assert_eq!(injected(page), format!("{page}{SCRIPT}"));
        }
    }
}
