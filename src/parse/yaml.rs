//! What a YAML error means to an editor. In: the library's error and the text. Out: one diagnostic with a caret and, where the mistake is a
//! known one, the mended line.

use super::fields::is_curly;
use crate::diag::Diagnostic;
use crate::model::front::Places;
use crate::path::SourcePath;
use crate::text::lines::Lines;

/// Explains `error` for YAML that begins at `offset` of the file.
pub(super) fn diagnose(
    file: &SourcePath,
    lines: &Lines<'_>,
    yaml: &str,
    offset: usize,
    error: &serde_yaml::Error,
    places: &Places,
) -> Diagnostic {
    let message = error.to_string();
    let at = error.location().map_or(0, |l| l.index().min(yaml.len()));
    let region = lines.region(offset + at..offset + at + 1);
    let line_start = yaml[..floor(yaml, at)].rfind('\n').map_or(0, |n| n + 1);
    let line = yaml[line_start..].lines().next().unwrap_or_default();
    let problem = |code, text: String, help: String| Diagnostic::error(code, text).at(file, region).help(help);
    if let Some((key, _)) =
        message.split_once("duplicate entry with key ").or_else(|| message.split_once("duplicate field ")).map(|(_, k)| {
            let key = k.trim_matches(|c| c == '"' || c == '`' || c == '\'');
            (key.split(['"', '`', '\'']).next().unwrap_or(key).to_owned(), ())
        })
    {
        let place = places.get(&format!("duplicate {key}")).unwrap_or(region);
        return Diagnostic::error("duplicate-key", format!("`{key}` stands twice")).at(file, place).help("delete one of the two lines");
    }
    if let Some(mended) = mended_colon(yaml, line, at) {
        return problem("unquoted-colon", "a colon inside a value needs quotes".to_owned(), format!("write {mended}"));
    }
    if message.contains("unexpected end of stream")
        && let Some(open) =
            yaml.split_inclusive('\n').scan(0, |from, l| Some((std::mem::replace(from, *from + l.len()), l))).find(|(_, l)| opens_quote(l))
    {
        let place = lines.region(offset + open.0..offset + open.0 + open.1.trim_end().len());
        return Diagnostic::error("unclosed-quote", "the quote that this line opens is never closed")
            .at(file, place)
            .help("put the same quote at the end of the value");
    }
    if let Some((text, help)) = wrong_type(&message) {
        return problem("wrong-type", text, help);
    }
    if line.contains('\t') || message.contains("tab") {
        return problem("yaml-tab", "YAML does not allow tab characters here".to_owned(), "indent with spaces".to_owned());
    }
    if let Some(mended) = curly_quotes(line) {
        return problem("curly-quotes", "the quotes around this value are typographic ones".to_owned(), format!("write {mended}"));
    }
    if message.contains("repetition limit") || message.contains("recursion limit") {
        return problem(
            "yaml-too-deep",
            "the YAML repeats or nests itself too often".to_owned(),
            "write the values out; front matter needs no anchors (&, *)".to_owned(),
        );
    }
    if let Some(mended) = mended_sign(line) {
        return problem("unquoted-sign", "a value that begins with this sign needs quotes".to_owned(), format!("write {mended}"));
    }
    problem(
        "invalid-yaml",
        format!("the YAML cannot be read: {}", plain(&message)),
        "check quotes, brackets and indentation on this line and the one before".to_owned(),
    )
}

/// `title: Act: a summary` with the value in quotes.
fn mended_colon(yaml: &str, line: &str, at: usize) -> Option<String> {
    let candidate = |line: &str| -> Option<String> {
        let indent = &line[..line.len() - line.trim_start().len()];
        let (key, value) = line.trim_start().split_once(':')?;
        let value = value.trim();
        let plain = !value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*']);
        (plain && (value.contains(": ") || value.ends_with(':')))
            .then(|| format!("{indent}{key}: \"{}\"", value.trim_matches(is_curly).replace('\\', "\\\\").replace('"', "\\\"")))
    };
    candidate(line).or_else(|| {
        let before = yaml[..floor(yaml, at)].trim_end();
        candidate(before.rsplit('\n').next()?)
    })
}

fn curly_quotes(line: &str) -> Option<String> {
    let (key, value) = line.split_once(':')?;
    let value = value.trim();
    value.starts_with(is_curly).then(|| format!("{key}: \"{}\"", value.trim_matches(is_curly)))
}

/// `title: *bold* words` with the value in quotes: some signs mean something to YAML at the start of a value.
fn mended_sign(line: &str) -> Option<String> {
    let (key, value) = line.split_once(": ")?;
    let value = value.trim();
    let name = value.strip_prefix(['*', '&', '@', '`', '%', '!'])?;
    // An alias or anchor that is one word was meant as one.
    (!name.is_empty() && (!value.starts_with(['*', '&']) || name.contains([' ', '*'])))
        .then(|| format!("{key}: \"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// Whether a line's value begins with a quote and has no second one.
fn opens_quote(line: &str) -> bool {
    let Some((_, value)) = line.split_once(": ") else { return false };
    let value = value.trim();
    ['"', '\''].iter().any(|quote| value.starts_with(*quote) && value.matches(*quote).count() == 1)
}

/// serde's "key: invalid type: string "x", expected a map" and "missing field `x`" in an editor's words, with the way out.
pub(super) fn wrong_type(message: &str) -> Option<(String, String)> {
    let message = plain(message);
    if let Some((_, rest)) = message.split_once("missing field `") {
        let key = rest.split('`').next().unwrap_or(rest);
        return Some((format!("`{key}` is missing"), format!("add a line `{key}: …`")));
    }
    let (path, rest) = match message.split_once(": invalid type: ") {
        Some((path, rest)) => (format!("`{path}`"), rest),
        None => ("this".to_owned(), message.split_once("invalid type: ")?.1),
    };
    let (found, expected) = rest.split_once(", expected ")?;
    let found = match found.split([' ', '`']).next().unwrap_or(found) {
        "string" => "a text",
        "integer" | "floating" => "a number",
        "boolean" => "true/false",
        "sequence" => "a list",
        "map" => "keys and values",
        _ => "nothing",
    };
    let (expected, help) = match expected {
        "a string" => ("a text", "put the value in quotes"),
        "a sequence" => ("a list", "start each entry with `- ` on a line of its own"),
        "a boolean" => ("`true` or `false`", "write true or false, without quotes"),
        _ => ("keys and values", "write lines such as `key: value`, indented below it; CONTRIBUTING shows each key"),
    };
    Some((format!("{path} must be {expected}, not {found}"), help.to_owned()))
}

/// The library's words without its own "at line … column …", which counts from the front matter.
fn plain(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message)
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
