//! What the terminal is like, and printing to it. Colours only on a terminal and without NO_COLOR; progress only on a terminal.

use crate::diag::format::Style;
use crate::diag::{Diagnostics, format};
use crate::model::Date;
use crate::pipeline::{Timings, Tree, veiled};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// The style for standard error.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
pub(super) fn style() -> Style {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) && std::env::var("TERM").as_deref() != Ok("dumb");
    if wanted && std::io::stderr().is_terminal() { Style::Colour } else { Style::Plain }
}

/// A line for people and scripts on standard output.
pub(super) fn say(line: &str) {
    // A closed pipe is no defect: `rahnuma check | head`.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Text for programs on standard output, as it is.
pub(super) fn emit(text: &str) {
    let _ = write!(std::io::stdout(), "{text}");
}

/// A remark while working, on standard error.
pub(super) fn remark(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Why the command could not run.
pub(super) fn complain(message: &str) {
    let _ = writeln!(std::io::stderr(), "rahnuma: {message}");
}

/// Findings on standard error with their source lines.
pub(super) fn show(diagnostics: &Diagnostics, tree: &dyn Tree) {
    if !diagnostics.is_empty() {
        let _ = write!(std::io::stderr(), "{}", human(diagnostics, tree, style()));
    }
}

/// Findings with their source lines.
pub(super) fn human(diagnostics: &Diagnostics, tree: &dyn Tree, style: Style) -> String {
    let source = |file: &crate::path::SourcePath| tree.read(file).ok().map(|bytes| veiled(&String::from_utf8_lossy(&bytes)).into_owned());
    format::human(diagnostics, style, &source)
}

/// A table of stages and milliseconds, below them all the time since the command began.
pub(super) fn timings(timings: &Timings, all: Duration) {
    let line = |name: &str, time: Duration| remark(&format!("{name:>18} {:>9.1} ms", time.as_secs_f64() * 1000.0));
    timings.stages().iter().for_each(|(stage, time)| line(stage, *time));
    line("all", all);
}

/// A bar on a terminal, nothing in a pipe.
pub(super) fn progress(length: usize) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() && length > 500 { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(length as u64), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}") {
        bar.set_style(style);
    }
    bar
}

/// The day to build for: asked for, else SOURCE_DATE_EPOCH, else today in UTC.
#[expect(clippy::disallowed_methods, reason = "the clock and the environment are read here alone")]
pub(super) fn today(asked: Option<&str>) -> Result<Date, super::Failure> {
    if let Some(text) = asked {
        return Date::parse(text).ok_or_else(|| super::Failure(format!("--today {text} is no date; write YYYY-MM-DD")));
    }
    if let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") {
        let seconds = epoch.trim().parse().map_err(|_| super::Failure(format!("SOURCE_DATE_EPOCH is no number of seconds: {epoch}")))?;
        return Ok(Date::from_unix(seconds));
    }
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    Ok(Date::from_unix(seconds as i64))
}
