//! How well the classes of words agree with a file of forms and lemmas: the program behind `tests/eval/lemmas`, which says how to call it.
//! In: rows of a form and its lemma, a corpus. Out: one line of JSON. The classes are those that a build makes of the same vocabulary.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::exit,
    reason = "a command that reads files and prints"
)]

use rahnuma::search::analysis::{Classes, words};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut given: Vec<String> = std::env::args().skip(1).filter(|word| word != "--json").collect();
    let folder = given.iter().position(|word| word == "--corpus").and_then(|at| given.drain(at..(at + 2).min(given.len())).nth(1));
    let [file] = given.as_slice() else {
        eprintln!("usage: tests/eval/lemmas FILE.tsv [--corpus DIR] [--json]");
        return ExitCode::from(2);
    };
    match measure(Path::new(file), folder.as_deref().map(Path::new)) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("tests/eval/lemmas: {message}");
            ExitCode::FAILURE
        }
    }
}

fn measure(file: &Path, folder: Option<&Path>) -> Result<String, String> {
    let rows = rows(&read(file)?);
    if rows.is_empty() {
        return Err(format!("{} has no row of a form and a lemma in Arabic script", file.display()));
    }
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    if let Some(folder) = folder {
        texts(folder)?.iter().try_for_each(|path| count(path, &mut counts))?;
    }
    for (form, _) in &rows {
        counts.entry(folded(form)).or_insert(1);
    }
    let vocabulary: Vec<(String, u32)> = counts.into_iter().collect();
    let classes = Classes::new(&vocabulary);
    let places: HashMap<&str, usize> = vocabulary.iter().enumerate().map(|(place, (form, _))| (form.as_str(), place)).collect();
    let found = |form: &str| places.get(folded(form).as_str()).map(|place| classes.of(*place));
    let known: Vec<(String, Option<u32>)> = rows.iter().map(|(form, lemma)| (lemma.clone(), found(form))).collect();
    let right = pairs(known.iter().cloned());
    let expected = pairs(known.iter().map(|(lemma, _)| lemma.clone()));
    let proposed = pairs(known.iter().map(|(_, class)| *class));
    let share = |of: u64| if of == 0 { 0.0 } else { right as f64 / of as f64 };
    let (precision, recall) = (share(proposed), share(expected));
    let f1 = if right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    Ok(format!("{{\"precision\":{precision:.4},\"recall\":{recall:.4},\"f1\":{f1:.4}}}"))
}

/// How many pairs agree.
fn pairs<T: std::hash::Hash + Eq>(items: impl Iterator<Item = T>) -> u64 {
    let mut groups: HashMap<T, u64> = HashMap::new();
    items.for_each(|item| *groups.entry(item).or_default() += 1);
    groups.values().map(|n| n * (n - 1) / 2).sum()
}

/// A form as the index has it: of several words, which a treebank may hold for one, all in one.
fn folded(form: &str) -> String {
    words(form).iter().filter(|word| !word.part).map(|word| word.form).collect()
}

/// Forms with their lemmas, each form once. A line without Arabic letters is a line of names.
fn rows(text: &str) -> Vec<(String, String)> {
    let mut forms = BTreeMap::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        let mut cells = line.split('\t').map(str::trim);
        let (Some(form), Some(lemma)) = (cells.next(), cells.next()) else { continue };
        let arabic = |s: &str| s.chars().any(|c| matches!(c, '\u{600}'..='\u{6FF}' | '\u{FB50}'..='\u{FEFC}'));
        if arabic(form) && arabic(lemma) && !folded(form).is_empty() {
            forms.entry(form.to_owned()).or_insert_with(|| folded(lemma));
        }
    }
    forms.into_iter().collect()
}

fn read(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The texts of a folder: `*.jsonl` in BEIR layout, questions apart, `*.txt` and `*.md`.
fn texts(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))? {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_dir() {
                folders.push(path);
            } else if matches!(path.extension().and_then(|e| e.to_str()), Some("jsonl" | "txt" | "md")) && !path.ends_with("queries.jsonl")
            {
                found.push(path);
            }
        }
    }
    found.sort();
    if found.is_empty() { Err(format!("{} has no corpus.jsonl and no *.txt", folder.display())) } else { Ok(found) }
}

/// Adds the words of a text.
fn count(path: &Path, counts: &mut BTreeMap<String, u32>) -> Result<(), String> {
    let text = read(path)?;
    let json = path.extension().is_some_and(|e| e == "jsonl");
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let text = if json {
            let page: serde_json::Value =
                serde_json::from_str(line).map_err(|error| format!("{}:{}: {error}", path.display(), number + 1))?;
            ["title", "text"].map(|key| page[key].as_str().unwrap_or_default().to_owned()).join("\n")
        } else {
            line.to_owned()
        };
        for word in words(&text).iter().filter(|word| !word.part) {
            *counts.entry(word.form.to_owned()).or_default() += 1;
        }
    }
    Ok(())
}
