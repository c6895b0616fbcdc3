//! The order of the house: which part of `src` may name which other part, and which part alone names a third-party crate.
//! In: the sources as text. Out: a list of `file:line` for every reference that goes the wrong way.
#![allow(clippy::disallowed_methods, reason = "reads the sources of the crate")]

use std::path::{Path, PathBuf};

/// Each part with the parts it may name. The order is that of the work; `cli` and `main` may name everything before them.
const MAY: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("path", &[]),
    ("diag", &["text", "path"]),
    ("model", &["text", "path", "diag"]),
    ("parse", &["text", "path", "diag", "model"]),
    ("resolve", &["text", "path", "diag", "model"]),
    ("render", &["text", "path", "diag", "model"]),
    ("search", &["text", "path", "diag", "model"]),
    ("bundle", &["text", "path", "diag", "model"]),
    ("pipeline", &["text", "path", "diag", "model", "parse", "resolve", "render", "search", "bundle"]),
    ("source", &["text", "path", "diag", "model", "pipeline"]),
    ("write", &["text", "path", "diag", "model", "pipeline"]),
    ("watch", &["text", "path", "diag", "model", "pipeline"]),
    ("serve", &["text", "path", "diag", "model", "pipeline"]),
    (
        "cli",
        &[
            "text", "path", "diag", "model", "parse", "resolve", "render", "search", "bundle", "pipeline", "source", "write", "watch",
            "serve",
        ],
    ),
    ("main", &["cli"]),
];

/// Third-party crates that one part alone names, so that swapping one touches one folder. Those that several parts need for
/// different ends (serde, blake3, rayon, csv, sha2, base64, memchr, percent_encoding, icu_calendar, rust_embed) are not in the list.
const OWNED: &[(&str, &str)] = &[
    ("pulldown_cmark", "parse"),
    ("roxmltree", "parse"),
    ("infer", "parse"),
    ("img_parts", "parse"),
    ("imagesize", "parse"),
    ("simdutf8", "parse"),
    ("minijinja", "render"),
    ("qrcodegen", "render"),
    ("elasticlunr", "search"),
    ("rust_stemmers", "search"),
    ("zip", "bundle"),
    ("icu_collator", "text"),
    ("icu_datetime", "text"),
    ("icu_decimal", "text"),
    ("icu_locale_core", "text"),
    ("icu_normalizer", "text"),
    ("icu_plurals", "text"),
    ("icu_properties", "text"),
    ("deunicode", "text"),
    ("strsim", "text"),
    ("oxc", "text"),
    ("oxc_compat", "text"),
    ("walkdir", "source"),
    ("notify", "watch"),
    ("axum", "serve"),
    ("tokio", "serve"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("indicatif", "cli"),
];

#[test]
fn every_part_names_only_what_is_left_of_it() {
    let mut wrong = Vec::new();
    for (place, part, line) in lines() {
        let allowed = MAY.iter().find(|(name, _)| *name == part).map(|(_, allowed)| *allowed);
        let Some(allowed) = allowed else {
            wrong.push(format!("{place}: the part `{part}` is not in the table of tests/layers.rs"));
            continue;
        };
        wrong.extend(
            named(&line).filter(|other| *other != part && !allowed.contains(other)).map(|other| format!("{place}: {part} names {other}")),
        );
        if part == "main" {
            continue;
        }
        let foreign = OWNED.iter().filter(|(name, owner)| *owner != part && mentions(&line, name));
        wrong.extend(foreign.map(|(name, owner)| format!("{place}: {name} belongs to {owner} alone")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_names_parts_that_exist() {
    let parts: Vec<String> = lines().map(|(_, part, _)| part).collect();
    for (name, _) in MAY {
        assert!(parts.iter().any(|p| p == name), "{name} is in the table and not in src");
    }
    for (name, owner) in OWNED {
        assert!(lines().any(|(_, part, line)| part == *owner && mentions(&line, name)), "{owner} does not name {name}");
    }
}

/// Code lines with their place and part; comments and the crate's list of modules left out.
fn lines() -> impl Iterator<Item = (String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    gather(&root, &mut files);
    files.sort();
    files.into_iter().filter(move |f| f.file_name().is_some_and(|n| n != "lib.rs")).flat_map(move |file| {
        let relative = file.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let part = relative.split('/').nth(1).unwrap_or_default().trim_end_matches(".rs").to_owned();
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let line = move |(n, line): (usize, &str)| (format!("{relative}:{}", n + 1), part.clone(), line.to_owned());
        text.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")).map(line).collect::<Vec<_>>()
    })
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// The parts that a line names as `crate::part` or `rahnuma::part`.
fn named(line: &str) -> impl Iterator<Item = &str> {
    ["crate::", "rahnuma::"].into_iter().flat_map(move |prefix| {
        line.match_indices(prefix).map(move |(at, _)| {
            let rest = &line[at + prefix.len()..];
            &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())]
        })
    })
}

/// Whether a line names a crate in a path: the name as a word before `::`, or after `use`.
fn mentions(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = &line[at + name.len()..];
        let word = before.is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '_' | ':' | '"' | '/' | '.'));
        word && (after.starts_with("::") || (line.trim_start().starts_with("use ") && after.starts_with(';')))
    })
}
