//! What the tests share: a site in memory with a plain theme, and one call that builds it. In: paths with bytes. Out: diagnostics and
//! outputs. Nothing of the default theme is assumed; see tests/theme.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests read their own files and may fail loudly"
)]

pub(crate) mod html;

use rahnuma::diag::{Diagnostic, Diagnostics, Severity};
use rahnuma::model::Date;
use rahnuma::model::asset::ThemeFiles;
use rahnuma::path::SourcePath;
use rahnuma::pipeline::{self, Artifacts, Content, Memory, OutputError, Timings, Tree};
use rahnuma::resolve::Settings;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// Settings of a site with two languages and a little of everything that other files may refer to.
pub(crate) const SITE: &str = "title: {en: Site, ur: سائٹ}
default_language: en
languages:
  - {code: en, name: English, dir: ltr, locale: en-PK}
  - {code: ur, name: اردو, dir: rtl, locale: ur-PK}
theme: plain
vocabularies:
  audience:
    police: {en: Police, ur: پولیس}
  jurisdiction:
    federal: {en: Federal, ur: وفاق}
  role:
    io: {en: Investigator, ur: تفتیشی افسر}
";

/// Files that every site in memory has unless a test writes its own.
pub(crate) const BASE: [(&str, &str); 3] =
    [("content/site.yaml", SITE), ("content/en/index.md", "---\ntitle: Home\n---\n"), ("content/ur/index.md", "---\ntitle: سرورق\n---\n")];

/// The folder of the tests.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, by its path there with `/`.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn gather(folder: &Path, root: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                gather(&path, root, files);
            } else {
                let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
                files.insert(name, std::fs::read(&path).expect("a file of the tests can be read"));
            }
        }
    }
    let mut files = BTreeMap::new();
    gather(folder, folder, &mut files);
    files
}

/// The plain theme.
pub(crate) fn plain_theme() -> &'static ThemeFiles {
    static THEME: OnceLock<ThemeFiles> = OnceLock::new();
    THEME.get_or_init(|| files_below(&folder().join("theme")).into_iter().map(|(path, bytes)| (path, Arc::from(bytes))).collect())
}

/// A site in memory. Paths under `themes/plain/` lie over the plain theme's files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Site {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) history: BTreeMap<String, Date>,
}

impl Site {
    /// The base files alone.
    pub(crate) fn new() -> Self {
        let files = BASE.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        Self { files, history: BTreeMap::new() }
    }

    /// Adds or replaces a file.
    pub(crate) fn with(mut self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.files.insert(path.to_owned(), bytes.as_ref().to_vec());
        self
    }

    /// Takes a file away.
    pub(crate) fn without(mut self, path: &str) -> Self {
        assert!(self.files.remove(path).is_some(), "there is no {path} to take away");
        self
    }

    /// Builds with these settings.
    pub(crate) fn build(&self, settings: &Settings) -> Built {
        build(&Content::load(self), settings)
    }
}

impl Tree for Site {
    fn content(&self) -> (BTreeSet<SourcePath>, Vec<Diagnostic>) {
        let published = |path: &&String| path.starts_with("content/") && !path.starts_with("content/_templates/");
        (self.files.keys().filter(published).map(SourcePath::new).collect(), Vec::new())
    }

    fn read(&self, file: &SourcePath) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.files.get(file.as_str()).cloned().ok_or_else(|| Box::new(Diagnostic::error("unreadable", "gone").in_file(file)))
    }

    fn theme(&self, name: &str) -> Result<(String, ThemeFiles), Box<Diagnostic>> {
        let mut files = plain_theme().clone();
        let own = self.files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(&format!("themes/{name}/"))?, bytes)));
        files.extend(own.map(|(path, bytes)| (path.to_owned(), Arc::from(bytes.as_slice()))));
        Ok((format!("themes/{name}"), files))
    }

    fn history(&self) -> (BTreeMap<SourcePath, Date>, Option<Diagnostic>) {
        (self.history.iter().map(|(path, date)| (SourcePath::new(path), *date)).collect(), None)
    }
}

/// What a build gave. Outputs are empty where errors forbid writing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Built {
    pub(crate) diagnostics: Diagnostics,
    pub(crate) outputs: BTreeMap<String, Vec<u8>>,
}

impl Built {
    /// An output as text.
    pub(crate) fn text(&self, path: &str) -> &str {
        let bytes = self.outputs.get(path).unwrap_or_else(|| panic!("no output {path}; there are {:?}", self.outputs.keys()));
        std::str::from_utf8(bytes).expect("the output is text")
    }

    /// Errors and warnings, each as `path:line:column severity code message` and a line with the way out.
    pub(crate) fn findings(&self) -> String {
        listed(self.diagnostics.iter().filter(|d| d.severity != Severity::Note))
    }

    /// Codes with line and column of all errors and warnings.
    pub(crate) fn codes(&self) -> Vec<(&'static str, u32, u32)> {
        let place = |d: &Diagnostic| d.region.map_or((0, 0), |r| (r.line, r.column));
        self.diagnostics.iter().filter(|d| d.severity != Severity::Note).map(|d| (d.code, place(d).0, place(d).1)).collect()
    }
}

/// Diagnostics as the scenario files write them.
pub(crate) fn listed<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>) -> String {
    let mut out = String::new();
    for d in diagnostics {
        let file = d.file.as_ref().map_or("-", |f| f.as_str());
        let place = d.region.map_or(String::new(), |r| format!(":{}:{}", r.line, r.column));
        out.push_str(&format!("{file}{place} {} {} {}\n", d.severity.as_str(), d.code, d.message));
        if let Some(help) = &d.help {
            out.push_str(&format!("  {help}\n"));
        }
    }
    out
}

/// A day in the year of the tests.
pub(crate) fn today() -> Date {
    Date { year: 2026, month: 11, day: 23 }
}

/// Settings of most tests.
pub(crate) fn settings() -> Settings {
    Settings { today: today(), drafts: false, base_url: None }
}

/// Builds what has been loaded.
pub(crate) fn build(content: &Content, settings: &Settings) -> Built {
    let prepared = pipeline::prepare(content, settings, &mut Timings::default());
    let mut diagnostics = prepared.diagnostics;
    let mut outputs = BTreeMap::new();
    if let Some(renderer) = prepared.renderer.filter(|_| !diagnostics.has_errors()) {
        let memory = Memory::default();
        match pipeline::write(&renderer, Artifacts::Site, &memory, &mut Timings::default()) {
            Ok(found) => {
                diagnostics.extend(found);
                outputs = memory.into_files().into_iter().map(|(path, bytes)| (path.to_string(), bytes)).collect();
            }
            Err(errors) => diagnostics.extend(errors.into_iter().map(|e| match e {
                OutputError::Content(diagnostic) => *diagnostic,
                OutputError::Sink(message) => panic!("memory refused an output: {message}"),
            })),
        }
    }
    diagnostics.sort();
    Built { diagnostics, outputs }
}
