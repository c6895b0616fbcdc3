//! Where a link wants to go. In: the words between the brackets. Out: a typed destination, or why it cannot be one. It asks no other file.

use crate::model::Destination;
use crate::path::SourcePath;
use percent_encoding::percent_decode_str;

/// What a destination is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// `[text](…)`.
    Link,
    /// `![alt](…)`.
    Image,
    /// `[[term]]`.
    Term,
}

/// Reads a destination; the error is a message and a way out.
pub(super) fn read(file: &SourcePath, target: &str, usage: Use) -> Result<Destination, (String, String)> {
    let target = target.trim();
    if usage == Use::Term {
        return Ok(Destination::Term(target.replace('\\', "").trim().to_owned()));
    }
    if let Some(anchor) = target.strip_prefix('#') {
        return if usage == Use::Image { Err(no_file(target)) } else { Ok(Destination::Anchor(decode(anchor))) };
    }
    if let Some(reference) = target.strip_prefix("ref:") {
        let (id, anchor) = split(reference);
        return Ok(Destination::Reference(id, anchor));
    }
    if target.starts_with("https://") || target.starts_with("http://") {
        return if usage == Use::Image {
            Err((
                format!("the image is on another host: {target}"),
                "put the file into content/assets/, so that no page asks another host for anything".into(),
            ))
        } else {
            Ok(Destination::External(target.to_owned()))
        };
    }
    if let Some(scheme) = scheme(target) {
        return Err((
            format!("links with `{scheme}:` are not allowed"),
            "link a page, an id (`ref:…`) or an https address; phone numbers come from the directory".into(),
        ));
    }
    if target.is_empty() {
        return Err(("the link leads nowhere".into(), "write a file, `ref:` and an id, or `#` and an anchor between the brackets".into()));
    }
    if target.starts_with('/') || target.starts_with('\\') {
        return Err((
            format!("`{target}` starts at the root, which breaks offline copies"),
            "write it relative to this file, `../law/ptpa-2018.md`".into(),
        ));
    }
    let (path, anchor) = split(target);
    file.join(&path)
        .map(|p| Destination::File(p, anchor))
        .ok_or_else(|| (format!("`{target}` leads out of the site"), "link only files below content/".into()))
}

fn split(target: &str) -> (String, Option<String>) {
    match target.split_once('#') {
        Some((path, anchor)) => (decode(path), Some(decode(anchor))),
        None => (decode(target), None),
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn no_file(target: &str) -> (String, String) {
    (format!("`{target}` is no image file"), "name a file of content/assets/".into())
}

/// The scheme of an address such as `javascript:x`; `None` for file names.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let plain: String = scheme.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    (!plain.is_empty() && plain.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_target_has_its_type() {
        let file = SourcePath::new("content/en/sop/a.md");
        let link = |t: &str| read(&file, t, Use::Link);
        assert_eq!(link("../law/b.md#s-3"), Ok(Destination::File(SourcePath::new("content/en/law/b.md"), Some("s-3".into()))));
        assert_eq!(link("ref:law/b#s-3"), Ok(Destination::Reference("law/b".into(), Some("s-3".into()))));
        assert_eq!(link("#x"), Ok(Destination::Anchor("x".into())));
        assert_eq!(link("https://a.example/x"), Ok(Destination::External("https://a.example/x".into())));
        assert_eq!(read(&file, "jabri mushaqqat", Use::Term), Ok(Destination::Term("jabri mushaqqat".into())));
        for bad in
            ["javascript:alert(1)", "JaVa\tscript:x", "data:text/html,x", "tel:15", "/etc/passwd", "//host/x", "../../../../etc/passwd", ""]
        {
            assert!(link(bad).is_err(), "{bad}");
        }
        assert!(read(&file, "https://a.example/x.png", Use::Image).is_err());
    }
}
