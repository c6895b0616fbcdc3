//! Diagnostics as text: for a person, for programs (JSON) and for GitHub's annotations.
//! In: sorted diagnostics and a way to ask for a line of a source. Out: strings. It never reads a file itself.

use super::{Diagnostic, Diagnostics, Severity};
use crate::path::SourcePath;
use serde_json::json;
use std::fmt::Write;

/// Colours on or off, decided at the terminal edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// No escape codes.
    Plain,
    /// ANSI colours.
    Colour,
}

impl Style {
    fn paint(self, code: &str, text: &str) -> String {
        match self {
            Style::Plain => text.to_owned(),
            Style::Colour => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

/// Every finding with its source line and a caret under the place, then a line of counts.
/// `source` gives a file's text, `None` where it cannot be shown.
pub fn human(diagnostics: &Diagnostics, style: Style, source: &dyn Fn(&SourcePath) -> Option<String>) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics.iter() {
        push_human(&mut out, diagnostic, style, source);
    }
    let _ = writeln!(out, "{}", summary(diagnostics));
    out
}

/// `2 errors, 1 warning, 0 notes`.
pub fn summary(diagnostics: &Diagnostics) -> String {
    let part = |severity: Severity| {
        let n = diagnostics.count(severity);
        format!("{n} {}{}", severity.as_str(), if n == 1 { "" } else { "s" })
    };
    format!("{}, {}, {}", part(Severity::Error), part(Severity::Warning), part(Severity::Note))
}

fn push_human(out: &mut String, d: &Diagnostic, style: Style, source: &dyn Fn(&SourcePath) -> Option<String>) {
    let colour = match d.severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Note => "1;36",
    };
    if let Some(file) = &d.file {
        let _ = write!(out, "{file}:");
        if let Some(region) = d.region {
            let _ = write!(out, "{}:{}:", region.line, region.column);
        }
        out.push(' ');
    }
    let _ = writeln!(out, "{}: {}", style.paint(colour, &format!("{}[{}]", d.severity.as_str(), d.code)), visible(&d.message));
    if let (Some(file), Some(region)) = (&d.file, d.region)
        && let Some(text) = source(file)
        && let Some(line) = text.lines().nth(region.line as usize - 1)
    {
        let width = region.line.to_string().len();
        let shown: String = line.chars().map(|c| if c == '\t' { ' ' } else { c }).take(160).collect();
        let end = if region.end_line == region.line { region.end_column.max(region.column + 1) } else { shown.chars().count() as u32 + 1 };
        let carets = (end.min(161).saturating_sub(region.column)).max(1) as usize;
        let _ = writeln!(out, " {} | {}", region.line, visible(&shown));
        let marks = style.paint(colour, &"^".repeat(carets));
        let _ = writeln!(out, " {} | {}{}", " ".repeat(width), " ".repeat(region.column.min(160) as usize - 1), marks);
    }
    if let Some(help) = &d.help {
        let _ = writeln!(out, "   {} {}", style.paint("1", "help:"), visible(help));
    }
}

/// Control and direction marks made visible, so that a message cannot rearrange a terminal.
fn visible(text: &str) -> String {
    if text.chars().all(|c| c == '\n' || !(c.is_control() || is_direction_mark(c))) {
        return text.to_owned();
    }
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if c != '\n' && (c.is_control() || is_direction_mark(c)) {
            let _ = write!(out, "\\u{{{:04x}}}", c as u32);
        } else {
            out.push(c);
        }
        out
    })
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `{"version":1,"diagnostics":[…]}`; lines and columns from 1, columns in characters, `null` where there is no place.
pub fn json(diagnostics: &Diagnostics) -> String {
    let list: Vec<_> = diagnostics
        .iter()
        .map(|d| {
            json!({
                "code": d.code,
                "severity": d.severity.as_str(),
                "file": d.file.as_ref().map(SourcePath::as_str),
                "line": d.region.map(|r| r.line),
                "column": d.region.map(|r| r.column),
                "end_line": d.region.map(|r| r.end_line),
                "end_column": d.region.map(|r| r.end_column),
                "message": d.message,
                "help": d.help,
            })
        })
        .collect();
    json!({"version": 1, "diagnostics": list}).to_string()
}

/// GitHub workflow commands, one a line. Escapes as the runner's documentation asks.
pub fn github(diagnostics: &Diagnostics) -> String {
    let mut out = String::new();
    for d in diagnostics.iter() {
        let command = match d.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut properties = Vec::new();
        if let Some(file) = &d.file {
            properties.push(format!("file={}", escape_property(file.as_str())));
            if let Some(r) = d.region {
                properties.push(format!("line={},endLine={},col={},endColumn={}", r.line, r.end_line, r.column, r.end_column));
            }
        }
        properties.push(format!("title={}", escape_property(d.code)));
        let message = match &d.help {
            Some(help) => format!("{}\n{help}", d.message),
            None => d.message.clone(),
        };
        let _ = writeln!(out, "::{command} {}::{}", properties.join(","), escape_data(&message));
    }
    out
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lines::Region;

    fn one() -> Diagnostics {
        let mut list = Diagnostics::new();
        let region = Region { line: 2, column: 4, end_line: 2, end_column: 7 };
        list.push(Diagnostic::error("dead-link", "no page `a,b`").at(&SourcePath::new("content/en/x.md"), region).help("write `ab`"));
        list
    }

    #[test]
    fn a_caret_stands_under_the_place() {
        let text = human(&one(), Style::Plain, &|_| Some("first\nabcdefgh\n".into()));
        assert_eq!(
            text,
            "content/en/x.md:2:4: error[dead-link]: no page `a,b`\n 2 | abcdefgh\n   |    ^^^\n   help: write `ab`\n1 error, 0 warnings, 0 notes\n"
        );
    }

    #[test]
    fn json_has_every_field() {
        assert_eq!(
            json(&one()),
            r#"{"diagnostics":[{"code":"dead-link","column":4,"end_column":7,"end_line":2,"file":"content/en/x.md","help":"write `ab`","line":2,"message":"no page `a,b`","severity":"error"}],"version":1}"#
        );
    }

    #[test]
    fn github_escapes_properties_and_data() {
        assert_eq!(
            github(&one()),
            "::error file=content/en/x.md,line=2,endLine=2,col=4,endColumn=7,title=dead-link::no page `a,b`%0Awrite `ab`\n"
        );
    }

    #[test]
    fn direction_marks_are_shown_not_obeyed() {
        assert_eq!(visible("a\u{202e}b"), "a\\u{202e}b");
    }
}
