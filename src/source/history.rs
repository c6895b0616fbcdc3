//! When each file last changed, by one pass over git's history. In: a root folder. Out: a day for each file. No program, no repository or no
//! history is no error; a shallow history is, because it would date every page the same.

use crate::diag::Diagnostic;
use crate::model::Date;
use crate::path::SourcePath;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// Days of the last commit that touched each file below `content/`.
pub(super) fn dates(root: &Path) -> (BTreeMap<SourcePath, Date>, Option<Diagnostic>) {
    if git(root, &["rev-parse", "--is-shallow-repository"]).as_deref().map(str::trim) == Some("true") {
        let note =
            Diagnostic::note("shallow-history", "the repository was cloned without its history, so dates of last change are left out");
        return (BTreeMap::new(), Some(note.help("clone with full history (`fetch-depth: 0`), or write `updated` in front matter")));
    }
    let log = git(
        root,
        &["-c", "core.quotepath=off", "log", "--format=%x01%ct", "--name-only", "--no-renames", "--relative", "-z", "--", "content"],
    );
    let mut dates = BTreeMap::new();
    let mut date = None;
    for part in log.as_deref().unwrap_or_default().split('\0') {
        // A commit's line and its first file name stand in one part, apart by line breaks.
        let mut names = part;
        if let Some(rest) = part.trim_start_matches('\n').strip_prefix('\u{1}') {
            let (seconds, after) = rest.split_once('\n').unwrap_or((rest, ""));
            date = seconds.trim().parse().ok().map(Date::from_unix);
            names = after;
        }
        if let (Some(date), name) = (date, names.trim_matches('\n'))
            && !name.is_empty()
        {
            dates.entry(SourcePath::new(name)).or_insert(date);
        }
    }
    (dates, None)
}

#[expect(clippy::disallowed_methods, reason = "the read edge asks git")]
fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
