//! From the bytes of one file to typed content. In: one file, its language's direction, the numbers that may be printed. Out: a
//! `ParsedPage` (or configuration, data, a cleaned asset) and diagnostics. No function here ever sees a second file, so files are parsed
//! in parallel and a changed file is parsed alone.

pub mod asset;
pub mod config;
pub mod data;
mod destination;
pub mod diagram;
mod digest;
mod directives;
mod document;
mod fences;
mod fields;
mod figures;
mod front;
mod markdown;
pub mod privacy;
mod record;
mod yaml;

pub use document::MAX_PAGE;
pub use record::with_record;

use crate::diag::Diagnostic;
use crate::model::{Language, ParsedPage};
use crate::path::SourcePath;
use crate::text::lines::Lines;
use std::sync::{Arc, OnceLock};

/// The code of findings that look like personal data.
pub const PERSONAL_DATA: &str = "personal-data";

/// Parses a page. `path` is its place below the language folder, without extension.
pub fn page(
    file: &SourcePath,
    language: &Language,
    path: &str,
    bytes: &[u8],
    allowed: &privacy::Allowed,
) -> (Option<ParsedPage>, Vec<Diagnostic>) {
    let document = match document::split(file, bytes) {
        Ok(document) => document,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let text: &str = &document.text;
    let lines = Lines::new(text);
    let mut found = personal_data(file, &lines, text, allowed);
    let (front, problems) = front::read(file, &lines, &text[document.front.clone()], document.front.start);
    found.extend(problems);
    let body = &text[document.body.clone()];
    let (masked, fences) = fences::mask(file, &lines, body, document.body.start, &mut found);
    let rendered = markdown::render(file, &lines, &masked, document.body.start, fences, language.dir);
    found.extend(rendered.found);
    let Some(front) = front else { return (None, found) };
    let digests = digest::pieces(&front.title, front.description.as_deref(), body, &rendered.sections);
    let page = ParsedPage {
        source: file.clone(),
        language: language.code.clone(),
        path: Arc::from(path),
        front,
        body: rendered.blocks,
        headings: rendered.headings,
        links: rendered.links,
        digests,
        words: rendered.words,
        changed: None,
        title_key: OnceLock::new(),
    };
    (Some(page), found)
}

/// Personal data in a text: an error each, an FIR number a warning. The value itself is never shown whole.
fn personal_data(file: &SourcePath, lines: &Lines<'_>, text: &str, allowed: &privacy::Allowed) -> Vec<Diagnostic> {
    privacy::scan(text, allowed)
        .into_iter()
        .map(|finding| privacy_diagnostic(&finding).at(file, lines.region(finding.range.clone())))
        .collect()
}

fn privacy_diagnostic(finding: &privacy::Finding) -> Diagnostic {
    let message = format!("personal data ({}): {}", finding.kind.name(), finding.masked);
    if finding.kind.is_error() {
        Diagnostic::error(PERSONAL_DATA, message)
            .help("delete it; phone numbers of services belong into content/data/directory.yaml alone. If it was ever committed, tell the publisher: the repository keeps it")
    } else {
        Diagnostic::warning("fir-number", message).help("leave it out unless the case is public and nobody can be harmed")
    }
}

/// Personal data in a file's name.
pub fn file_name(file: &SourcePath, allowed: &privacy::Allowed) -> Vec<Diagnostic> {
    privacy::scan(file.as_str(), allowed).iter().map(|finding| privacy_diagnostic(finding).in_file(file)).collect()
}

/// Personal data in a data file that is not the directory.
pub fn data_text(file: &SourcePath, bytes: &[u8], allowed: &privacy::Allowed) -> Vec<Diagnostic> {
    match document::text(file, bytes) {
        Ok(text) => personal_data(file, &Lines::new(&text), &text, allowed),
        Err(_) => Vec::new(),
    }
}

/// Personal data in a file that may name numbers and addresses of services: the directory, the settings.
pub fn public_text(file: &SourcePath, bytes: &[u8]) -> Vec<Diagnostic> {
    use privacy::Kind::{Cnic, Iban, Passport, Position};
    let Ok(text) = document::text(file, bytes) else { return Vec::new() };
    let lines = Lines::new(&text);
    let found = privacy::scan(&text, &privacy::Allowed::default()).into_iter();
    let never = found.filter(|finding| matches!(finding.kind, Cnic | Iban | Passport | Position));
    never.map(|finding| privacy_diagnostic(&finding).at(file, lines.region(finding.range.clone()))).collect()
}

/// A text file of the theme or the content: UTF-8, LF.
pub fn text(file: &SourcePath, bytes: &[u8]) -> Result<String, Diagnostic> {
    document::text(file, bytes).map(std::borrow::Cow::into_owned)
}
