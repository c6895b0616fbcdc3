//! What a YAML error means to an editor. In: the library's error and the text. Out: one diagnostic with a caret and, where the mistake is a
//! known one, the mended line.

use crate::diag::Diagnostic;
use crate::path::SourcePath;
use crate::text::lines::{Lines, Region};
use std::collections::BTreeMap;

/// Explains `error` for YAML that begins at `offset` of the file.
pub(super) fn diagnose(
    file: &SourcePath,
    lines: &Lines<'_>,
    yaml: &str,
    offset: usize,
    error: &serde_yaml::Error,
    places: &BTreeMap<String, Region>,
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
        let place = places.get(&format!("duplicate {key}")).copied().unwrap_or(region);
        return Diagnostic::error("duplicate-key", format!("`{key}` stands twice")).at(file, place).help("delete one of the two lines");
    }
    if let Some(mended) = mended_colon(yaml, line, at) {
        return problem("unquoted-colon", "a colon inside a value needs quotes".to_owned(), format!("write {mended}"));
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
        (plain && value.contains(": ") || plain && value.ends_with(':'))
            .then(|| format!("{indent}{key}: \"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")))
    };
    candidate(line).or_else(|| {
        let before = yaml[..floor(yaml, at)].trim_end();
        candidate(before.rsplit('\n').next()?)
    })
}

fn curly_quotes(line: &str) -> Option<String> {
    let curly = |c: char| matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»');
    let (key, value) = line.split_once(':')?;
    let value = value.trim();
    value.starts_with(curly).then(|| format!("{key}: \"{}\"", value.trim_matches(curly)))
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
