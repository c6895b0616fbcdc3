//! The script that the browser loads first: the engine, its tables, and where everything else of each language is. In: the sources in
//! `runtime/`, directories, terms. Out: one classic script, which is neither fetched nor a module and works from a folder.

use super::entry::Term;
use super::index::postings::{INLINE, LEVELS};
use super::index::{CALL, Directory};
use super::json;
use crate::text::script::small;
use std::sync::LazyLock;

const WORDS: &str = include_str!("runtime/words.js");
const ENGINE: &str = include_str!("runtime/engine.js");

/// Engine and analysis as small as they go; in a function, so that their names may be short. They are the program's own and can be read.
static CODE: LazyLock<String> = LazyLock::new(|| small(&format!("(function(){{\n{WORDS}\n{ENGINE}\n}})();")).unwrap_or_else(|e| e.message));

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
    out.push_str(&CODE);
    out.push_str("})();\n");
    out
}
