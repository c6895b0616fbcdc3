//! Command transcripts: what the program prints and how it ends. Every test has a folder of its own; the day is 2026-11-23.

#![expect(clippy::disallowed_methods, clippy::expect_used, reason = "tests run the program and prepare its files")]

mod authors;
mod edges;
mod outputs;

use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const EXIT: &str = "\
content/site.yaml:25:1: warning[exit-not-approved]: the publisher has not approved the exit target https://www.bbc.co.uk/weather
 25 | exit:
    | ^^^^^
   help: when the publisher agrees that the page is neutral and opens everywhere, set `approved: true`
";
const STALE: &str = "\
content/ur/guidance/example.md:22:1: warning[stale-translation]: content/en/guidance/example.md has changed since this translation was made (changed: “What to do”)
 22 | translated_from: RECORD
    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   help: bring the text up to date, then run `rahnuma translated content/ur/guidance/example.md` or write `translated_from: RECORD`
";
const NOTE: &str = "\
content/site.yaml:1:1: note[no-base-url]: there is no base_url, so canonical links, language alternates, sharing data, site map and feeds are left out
 1 | # The settings of the whole site. After a change run `rahnuma check`.
   | ^
   help: set `base_url` in site.yaml or give --base-url when the site is to be hosted
";

/// How a command ended and what it printed; the test's folder is `TMP` in it, the state of a source text `RECORD`.
#[derive(Debug, PartialEq, Eq)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn new(code: i32, out: impl Into<String>, err: impl Into<String>) -> Self {
        Ran { code: Some(code), out: out.into(), err: err.into() }
    }

    /// The command could not run, for this reason.
    fn refused(message: &str) -> Self {
        Ran::new(2, "", format!("rahnuma: {message}\n"))
    }
}

/// The program in a folder, on a fixed day and without what the tester's own environment says.
fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rahnuma"));
    command.current_dir(folder).env("SOURCE_DATE_EPOCH", "1795392000").env_remove("NO_COLOR").env_remove("COLUMNS");
    command
}

fn ran(folder: &Path, output: Output) -> Ran {
    let real = folder.canonicalize().expect("the folder exists");
    let text = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).expect("prints UTF-8");
        masked(&text.replace(&real.display().to_string(), "TMP"))
    };
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// The text without hashes that change with every word of a template.
fn masked(text: &str) -> String {
    let is_record = |run: &str| run.contains('.') && run.split('.').all(|part| part.len() == 6);
    let is_hash = |c: char| matches!(c, '0'..='9' | 'a'..='f' | '.');
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let run = &rest[..rest.find(|c| !is_hash(c)).unwrap_or(rest.len())];
        out.push_str(if is_record(run) { "RECORD" } else { run });
        rest = &rest[run.len()..];
        let other = rest.find(is_hash).unwrap_or(rest.len());
        out.push_str(&rest[..other]);
        rest = &rest[other..];
    }
    out
}

fn rahnuma(folder: &Path, arguments: &[&str]) -> Ran {
    ran(folder, program(folder).args(arguments).output().expect("the program starts"))
}

/// A folder with a new site in `site`.
fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("makes a folder");
    let init = rahnuma(folder.path(), &["init", "site"]);
    assert_eq!(init.code, Some(0), "{init:?}");
    folder
}

fn read(folder: &TempDir, path: &str) -> String {
    std::fs::read_to_string(folder.path().join(path)).unwrap_or_else(|error| format!("{path}: {error}"))
}

fn write(folder: &TempDir, path: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.path().join(path);
    std::fs::create_dir_all(path.parent().expect("lies in a folder")).expect("makes the folder");
    std::fs::write(path, bytes).expect("writes the file");
}

fn exists(folder: &TempDir, path: &str) -> bool {
    folder.path().join(path).exists()
}
