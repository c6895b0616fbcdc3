//! Just enough reading of HTML for the tests: tags with their attributes, text left out. In: a page of ours or of a theme. Out: tags in order.

use percent_encoding::percent_decode_str;

/// An opening tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    /// An attribute's value, unescaped.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// All opening tags; what stands inside `<script>` and `<style>` is no tag, nor is a comment.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        rest = &rest[name.len()..];
        let mut tag = Tag { name: name.to_ascii_lowercase(), attributes: Vec::new() };
        rest = attributes(rest, &mut tag);
        if tag.name == "script" || tag.name == "style" {
            let end = format!("</{}", tag.name);
            rest = rest.find(&end).map_or("", |at| &rest[at..]);
        }
        tags.push(tag);
    }
    tags
}

/// Reads attributes up to the end of the tag; gives what follows.
fn attributes<'a>(mut rest: &'a str, tag: &mut Tag) -> &'a str {
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let Some(first) = rest.chars().next() else { return rest };
        if first == '>' {
            return &rest[1..];
        }
        let name: String = rest.chars().take_while(|c| !c.is_whitespace() && !matches!(c, '=' | '>' | '/')).collect();
        if name.is_empty() {
            return rest;
        }
        rest = rest[name.len()..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (raw, tail) = match quote {
                Some(q) => after[1..].split_once(q).unwrap_or((&after[1..], "")),
                None => after.split_at(after.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(after.len())),
            };
            value = unescaped(raw);
            rest = tail;
        }
        tag.attributes.push((name.to_ascii_lowercase(), value));
    }
}

/// Text of an attribute without entities.
pub(crate) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2f;", "/")
        .replace("&amp;", "&")
}

/// Where a relative link of a file leads: a path below the root and an anchor. `None` for links out of the site; `Err` for one that climbs
/// out of the root, or starts at it.
pub(crate) fn target(from: &str, link: &str) -> Option<Result<(String, String), String>> {
    let lower = link.to_ascii_lowercase();
    if ["https:", "http:", "tel:", "data:", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)) {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or_default();
    let anchor = percent_decode_str(anchor).decode_utf8_lossy().into_owned();
    if path.is_empty() {
        return Some(Ok((from.to_owned(), anchor)));
    }
    if path.starts_with('/') || path.contains(':') || path.contains('\\') {
        return Some(Err(format!("{from}: `{link}` is not relative")));
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                if parts.pop().is_none() {
                    return Some(Err(format!("{from}: `{link}` climbs out of the site")));
                }
            }
            name => parts.push(name),
        }
    }
    Some(Ok((percent_decode_str(&parts.join("/")).decode_utf8_lossy().into_owned(), anchor)))
}
