//! What is wrong with the content, told to its editor: a code, a place, a message and a way out.
//! In: findings of the stages. Out: one sorted list. It prints nothing; `format` makes text, `cli` prints it.

pub mod format;

use crate::path::SourcePath;
use crate::text::lines::Region;

/// How much a diagnostic matters. Errors stop a build, warnings do so with `--strict`, notes never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The site is built; somebody should look.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word used in every output format.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// One finding. `code` is stable and listed in no other form than its use; `region` is in lines and characters, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable short name, for example `dead-link`.
    pub code: &'static str,
    /// Error, warning or note.
    pub severity: Severity,
    /// The file, where there is one.
    pub file: Option<SourcePath>,
    /// The place in the file.
    pub region: Option<Region>,
    /// One sentence: what is wrong.
    pub message: String,
    /// One sentence: what to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error that has no place yet.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A warning that has no place yet.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// A note that has no place yet.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, message)
    }

    fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self { code, severity, file: None, region: None, message: message.into(), help: None }
    }

    /// The same as a warning.
    #[must_use]
    pub fn as_warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// Names the file.
    #[must_use]
    pub fn in_file(mut self, file: &SourcePath) -> Self {
        self.file = Some(file.clone());
        self
    }

    /// Names the file and the place in it.
    #[must_use]
    pub fn at(mut self, file: &SourcePath, region: Region) -> Self {
        self.file = Some(file.clone());
        self.region = Some(region);
        self
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// All findings of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds many findings.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(diagnostics);
    }

    /// Sorts by severity, file, place and code, so that output does not depend on the order of work, and drops repeats.
    pub fn sort(&mut self) {
        self.list
            .sort_by(|a, b| (a.severity, &a.file, a.region, a.code, &a.message).cmp(&(b.severity, &b.file, b.region, b.code, &b.message)));
        self.list.dedup();
    }

    /// Rewrites every message and way out.
    pub fn rewrite(&mut self, text: impl Fn(&str) -> String) {
        for diagnostic in &mut self.list {
            diagnostic.message = text(&diagnostic.message);
            diagnostic.help = diagnostic.help.as_deref().map(&text);
        }
    }

    /// Turns warnings into errors (`--strict`).
    pub fn make_strict(&mut self) {
        for diagnostic in &mut self.list {
            if diagnostic.severity == Severity::Warning {
                diagnostic.severity = Severity::Error;
            }
        }
    }

    /// Whether anything stops the build.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many findings of one severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|d| d.severity == severity).count()
    }

    /// The findings in their present order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}
