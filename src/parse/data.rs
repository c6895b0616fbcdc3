//! `content/data/`: glossary, directory, tables. In: one file's bytes. Out: typed records and diagnostics, item by item, so that
//! one bad entry does not hide the next. Whether ids exist elsewhere is for `resolve`.

use super::config::unknown_field;
use super::fields::Reader;
use super::{document, figures, yaml};
use crate::diag::Diagnostic;
use crate::model::data::{Contact, Placed, Table, Term};
use crate::path::SourcePath;
use crate::text::lines::{Lines, Region};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// `glossary.yaml`.
pub fn glossary(file: &SourcePath, bytes: &[u8], languages: &[&str]) -> (Vec<Placed<Term>>, Vec<Diagnostic>) {
    let (terms, mut found) = list::<Term>(file, bytes);
    let mut seen = BTreeSet::new();
    for (term, place) in &terms {
        if !seen.insert(term.id.clone()) {
            found.push(
                Diagnostic::error("duplicate-id", format!("the term `{}` stands twice", term.id))
                    .at(file, *place)
                    .help("delete or rename one"),
            );
        }
        for key in term.names.keys().filter(|k| !languages.contains(&k.as_str())) {
            let known = ["id", "roman", "synonyms", "related", "not_same_as", "avoid", "definition", "note", "source"];
            let help = match crate::text::suggest::nearest(key, known.iter().copied().chain(languages.iter().copied())) {
                Some(close) => format!("did you mean `{close}`?"),
                None => format!("known keys here: {}, {}", known.join(", "), languages.join(", ")),
            };
            found.push(
                Diagnostic::error("unknown-key", format!("unknown key `{key}` in the term `{}`", term.id)).at(file, *place).help(help),
            );
        }
        for code in languages.iter().filter(|code| term.name(code).is_none_or(str::is_empty)) {
            let message = format!("the term `{}` has no name in `{code}`", term.id);
            found.push(Diagnostic::error("missing-key", message).at(file, *place).help(format!("add a line `{code}: …`")));
        }
    }
    (terms, found)
}

/// `directory.yaml`.
pub fn directory(file: &SourcePath, bytes: &[u8]) -> (Vec<Placed<Contact>>, Vec<Diagnostic>) {
    let (contacts, mut found) = list::<Contact>(file, bytes);
    let mut seen = BTreeSet::new();
    for (contact, place) in &contacts {
        if !seen.insert(contact.id.clone()) {
            found.push(
                Diagnostic::error("duplicate-id", format!("the contact `{}` stands twice", contact.id))
                    .at(file, *place)
                    .help("delete or rename one"),
            );
        }
        if contact.phones.is_empty() {
            found.push(
                Diagnostic::error("missing-key", format!("the contact `{}` has no number", contact.id))
                    .at(file, *place)
                    .help("add `phones: [{display: \"15\"}]`"),
            );
        }
        for dial in contact.phones.iter().filter_map(|p| p.dial.as_deref()) {
            if dial.is_empty() || !dial.bytes().enumerate().all(|(n, b)| b.is_ascii_digit() || (n == 0 && b == b'+')) {
                found.push(
                    Diagnostic::error("invalid-value", format!("`dial: {dial}` is no number"))
                        .at(file, *place)
                        .help("digits only, with + in front of a country code"),
                );
            }
        }
    }
    (contacts, found)
}

/// A list of records. A file that is no list, or no YAML, is one diagnostic; a bad entry is one each.
fn list<T: DeserializeOwned>(file: &SourcePath, bytes: &[u8]) -> (Vec<Placed<T>>, Vec<Diagnostic>) {
    let text = match document::text(file, bytes) {
        Ok(text) => text,
        Err(diagnostic) => return (Vec::new(), vec![diagnostic]),
    };
    let lines = Lines::new(&text);
    let explain = |error: &serde_yaml::Error| yaml::diagnose(file, &lines, &text, 0, error, &Reader::new(file, &lines, &text, 0).places);
    let values: Vec<serde_yaml::Value> = match serde_yaml::from_str(if text.trim().is_empty() { "[]" } else { &text }) {
        Ok(values) => values,
        Err(error) => return (Vec::new(), vec![explain(&error)]),
    };
    let places = entries(&lines, &text);
    let mut records = Vec::with_capacity(values.len());
    let mut found = Vec::new();
    for (n, value) in values.into_iter().enumerate() {
        let place = places.get(n).copied().unwrap_or(Region { line: 1, column: 1, end_line: 1, end_column: 2 });
        match serde_yaml::from_value::<T>(value) {
            Ok(record) => records.push((record, place)),
            Err(error) => found.push(match unknown_field(file, &lines, &error) {
                Some(diagnostic) => diagnostic.at(file, place),
                None => {
                    let (why, help) = yaml::wrong_type(&error.to_string())
                        .unwrap_or_else(|| (error.to_string(), "compare it with its neighbours; CONTRIBUTING lists the keys".to_owned()));
                    Diagnostic::error("invalid-entry", format!("entry {}: {why}", n + 1)).at(file, place).help(help)
                }
            }),
        }
    }
    (records, found)
}

/// Places of the entries of a block list: lines that begin with `- ` at the first indentation seen.
fn entries(lines: &Lines<'_>, text: &str) -> Vec<Region> {
    let mut at = 0;
    let mut indent = None;
    let mut places = Vec::new();
    for line in text.split_inclusive('\n') {
        let spaces = line.len() - line.trim_start().len();
        if line.trim_start().starts_with("- ") && *indent.get_or_insert(spaces) == spaces {
            places.push(lines.region(at + spaces..at + line.trim_end().len()));
        }
        at += line.len();
    }
    places
}

/// A CSV file with a head line; every row as long as the head.
pub fn table(file: &SourcePath, bytes: &[u8]) -> (Table, Vec<Diagnostic>) {
    let text = match document::text(file, bytes) {
        Ok(text) => text,
        Err(diagnostic) => return (Table::default(), vec![diagnostic]),
    };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
    let mut found = Vec::new();
    let head = reader.headers().map(|h| h.iter().map(str::to_owned).collect()).unwrap_or_default();
    let mut table = Table { head, ..Table::default() };
    for record in reader.records() {
        match record {
            Ok(record) => table.rows.push(record.iter().map(str::to_owned).collect()),
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line) as u32;
                let region = Region { line, column: 1, end_line: line, end_column: 2 };
                found.push(
                    Diagnostic::error("invalid-csv", format!("the row cannot be read: {}", reason(&error)))
                        .at(file, region)
                        .help("give every row as many values as the first line; quote values with commas"),
                );
            }
        }
    }
    match figures::figures(&table.head, &table.rows) {
        Ok(figures) => table.figures = Some(figures),
        Err(reason) => table.undrawable = reason,
    }
    (table, found)
}

fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!("it has {len} values, the first line has {expected_len}"),
        _ => error.to_string(),
    }
}
