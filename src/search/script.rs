//! The script that the browser loads first: the engine, its tables, and where everything else of each language is. In: the sources in
//! `runtime/`, directories, terms. Out: one classic script, which is neither fetched nor a module and works from a folder.
//! Making it small is dropping comments and indentation, nothing that could change what it does.

use super::entry::Term;
use super::index::postings::{INLINE, LEVELS};
use super::index::{CALL, Directory};
use super::json;

const WORDS: &str = include_str!("runtime/words.js");
const ENGINE: &str = include_str!("runtime/engine.js");

/// The whole script.
pub(super) fn script(directories: &[Directory<'_>], terms: &[Term]) -> String {
    let terms: Vec<Vec<&[String]>> = terms
        .iter()
        .map(|t| std::iter::once(t.roman.as_slice()).chain(t.names.iter().map(|(_, names)| names.as_slice())).collect())
        .collect();
    let mut out = String::from("(function(){\n\"use strict\";\n");
    for (name, value) in [
        ("TABLES", json(&super::analysis::tables())),
        ("LEVELS", json(&LEVELS)),
        ("INLINE", json(&INLINE)),
        ("CALL", json(CALL)),
        ("TERMS", json(&terms)),
        ("SHELVES", json(directories)),
    ] {
        out.push_str(&format!("const {name}={value};\n"));
    }
    push_bare(&mut out, WORDS);
    push_bare(&mut out, ENGINE);
    out.push_str("})();\n");
    out
}

/// Adds a source without its comment lines, the comments behind statements that follow two spaces, and indentation.
fn push_bare(out: &mut String, source: &str) {
    let mut comment = false;
    for line in source.lines().map(str::trim) {
        if line.starts_with("/*") {
            comment = true;
        }
        let skip = comment || line.is_empty() || line.starts_with("//");
        if comment && line.ends_with("*/") {
            comment = false;
        }
        if !skip {
            out.push_str(line.split("  // ").next().unwrap_or(line).trim_end());
            out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        let mut out = String::new();
        push_bare(&mut out, "// One\n/** Two\n * three */\nfunction a() {\n  return 'x // y';  // four\n}\n\n/* five */\n");
        assert_eq!(out, "function a() {\nreturn 'x // y';\n}\n");
    }
}
