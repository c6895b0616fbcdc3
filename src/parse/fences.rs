//! Directive fences: `:::name{…}` and `:::`. In: a page's body. Out: the same text with each fence line masked by a thematic break of the same
//! length, so that Markdown offsets stay true, and what stood there. It knows which directives exist, not what they mean.

use crate::diag::Diagnostic;
use crate::model::body::DirectiveName;
use crate::path::SourcePath;
use crate::text::lines::{Lines, Region};
use crate::text::suggest::nearest;
use std::borrow::Cow;

/// Most directives open at one place; what nests deeper is a mistake, and could exhaust the stack of everything that walks the page.
const MAX_OPEN: usize = 20;

/// A fence line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fence {
    /// `:::name{…}`.
    Open { name: DirectiveName, attributes: Vec<(String, String)>, region: Region },
    /// `:::`.
    Close,
}

/// Fences by byte offset in the body, ascending, opens and closes matched.
pub(super) type Fences = Vec<(usize, Fence)>;

/// Finds and masks all fences of a body that begins at `offset` of the file.
pub(super) fn mask<'a>(
    file: &SourcePath,
    lines: &Lines<'_>,
    body: &'a str,
    offset: usize,
    found: &mut Vec<Diagnostic>,
) -> (Cow<'a, str>, Fences) {
    if memchr::memmem::find(body.as_bytes(), b":::").is_none() {
        return (Cow::Borrowed(body), Vec::new());
    }
    let mut masked = String::with_capacity(body.len());
    let mut fences: Fences = Vec::new();
    // Places in `fences`; `None` for a directive that does not exist, whose end is still its end.
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut code: Option<(char, usize)> = None;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let content = line.trim_end();
        code = code_state(code, content);
        let mut fence = if code.is_none() && content.starts_with(":::") {
            let region = lines.region(offset + at..offset + at + content.len());
            read(file, content, region, found)
        } else {
            None
        };
        if open.len() >= MAX_OPEN && matches!(fence, Some(Fence::Open { .. })) {
            if open.len() == MAX_OPEN {
                found.push(
                    Diagnostic::error("too-deep", format!("directives nest more than {MAX_OPEN} deep"))
                        .at(file, lines.region(offset + at..offset + at + content.len()))
                        .help("close the directives above with `:::`, or write it flatter"),
                );
            }
            fence = None;
        }
        let kept = match &fence {
            Some(Fence::Open { .. }) => {
                open.push(Some(fences.len()));
                true
            }
            Some(Fence::Close) => match open.pop() {
                Some(directive) => directive.is_some(),
                None => {
                    let region = lines.region(offset + at..offset + at + content.len());
                    let diagnostic = Diagnostic::error("directive-not-open", "`:::` closes nothing").at(file, region);
                    found.push(diagnostic.help("delete the line, or open a directive above"));
                    false
                }
            },
            None => false,
        };
        match fence {
            Some(fence) if kept => {
                fences.push((at, fence));
                masked.push_str("***");
                masked.push_str(&blank(&line[3..]));
            }
            Some(_) => masked.push_str(&blank(line)),
            None if code.is_none() && content.starts_with(":::") => {
                open.push(None);
                masked.push_str(&blank(line));
            }
            None => {
                let inner = content.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
                if code.is_none() && inner.starts_with(":::") {
                    let from = offset + at + content.len() - inner.len();
                    let message = "a directive cannot stand inside a list, a quote or an indented block";
                    found.push(
                        Diagnostic::error("directive-inside", message)
                            .at(file, lines.region(from..from + inner.len()))
                            .help("begin the line with `:::`, without spaces or signs before it"),
                    );
                }
                masked.push_str(line);
            }
        }
        at += line.len();
    }
    for index in open.into_iter().flatten().rev() {
        if let Fence::Open { name, region, .. } = &fences[index].1 {
            found.push(
                Diagnostic::error("directive-open", format!("`:::{}` is never closed", name.as_str()))
                    .at(file, *region)
                    .help("put `:::` alone on a line where it ends"),
            );
        }
        fences.push((body.len(), Fence::Close));
    }
    (Cow::Owned(masked), fences)
}

/// Spaces of the same number of bytes, line end kept.
fn blank(line: &str) -> String {
    let end = line.ends_with('\n');
    let mut out = " ".repeat(line.len() - usize::from(end));
    if end {
        out.push('\n');
    }
    out
}

/// Whether the next line is inside a fenced code block, where `:::` is only text.
fn code_state(state: Option<(char, usize)>, line: &str) -> Option<(char, usize)> {
    let trimmed = line.trim_start();
    let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'));
    let run = mark.map_or(0, |m| trimmed.chars().take_while(|c| *c == m).count());
    match (state, mark) {
        (None, Some(m)) if run >= 3 => Some((m, run)),
        (Some((m, n)), Some(c)) if c == m && run >= n && trimmed[run..].trim().is_empty() => None,
        (state, _) => state,
    }
}

fn read(file: &SourcePath, line: &str, region: Region, found: &mut Vec<Diagnostic>) -> Option<Fence> {
    let rest = line.trim_start_matches(':').trim();
    if rest.is_empty() {
        return Some(Fence::Close);
    }
    let (word, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len()));
    let Some(name) = DirectiveName::parse(word) else {
        let names = DirectiveName::ALL.map(|(_, n, _)| n);
        let help = match nearest(word, names.iter().copied()) {
            Some(close) => format!("did you mean `:::{close}`?"),
            None => format!("directives: {}", names.join(", ")),
        };
        found.push(Diagnostic::error("unknown-directive", format!("there is no directive `:::{word}`")).at(file, region).help(help));
        return None;
    };
    let attributes = match attributes(rest.trim()) {
        Ok(list) => list,
        Err(problem) => {
            let help = "write `:::name{key=value other=\"two words\"}` with straight quotes";
            found.push(Diagnostic::error("directive-attributes", problem).at(file, region).help(help));
            Vec::new()
        }
    };
    for (key, _) in &attributes {
        if !name.attributes().contains(&key.as_str()) {
            let help = match nearest(key, name.attributes().iter().copied()) {
                Some(close) => format!("did you mean `{close}`?"),
                None if name.attributes().is_empty() => format!("`:::{word}` has no attributes"),
                None => format!("`:::{word}` knows {}", name.attributes().join(", ")),
            };
            found.push(Diagnostic::error("unknown-attribute", format!("`:::{word}` has no attribute `{key}`")).at(file, region).help(help));
        }
    }
    Some(Fence::Open { name, attributes, region })
}

/// `{key=value other="two words"}`.
fn attributes(text: &str) -> Result<Vec<(String, String)>, String> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let inner =
        text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).ok_or_else(|| format!("attributes stand in braces, not `{text}`"))?;
    let mut list = Vec::new();
    let mut rest = inner.trim();
    while !rest.is_empty() {
        let (key, after) = rest.split_once('=').ok_or_else(|| format!("`{rest}` has no `=`"))?;
        let after = after.trim_start();
        let (value, after) = if let Some(quoted) = after.strip_prefix('"') {
            quoted.split_once('"').ok_or_else(|| format!("the quote after `{}=` is never closed", key.trim()))?
        } else if after.starts_with(['“', '”', '„', '«']) {
            return Err(format!("the quotes after `{}=` are typographic ones", key.trim()));
        } else {
            after.split_at(after.find(char::is_whitespace).unwrap_or(after.len()))
        };
        list.push((key.trim().to_owned(), value.trim().to_owned()));
        rest = after.trim_start();
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Masked = (String, Vec<(usize, &'static str)>, Vec<(&'static str, u32)>);

    fn run(body: &str) -> Masked {
        let mut found = Vec::new();
        let (text, fences) = mask(&SourcePath::new("a.md"), &Lines::new(body), body, 0, &mut found);
        let fences = fences
            .iter()
            .map(|(at, f)| match f {
                Fence::Open { name, .. } => (*at, name.as_str()),
                Fence::Close => (*at, ":::"),
            })
            .collect();
        (text.into_owned(), fences, found.iter().map(|d| (d.code, d.region.map_or(0, |r| r.line))).collect())
    }

    #[test]
    fn masks_keep_every_offset() {
        let body = ":::step{role=io within=\"15 min\"}\ntext\n:::\n";
        let (text, fences, found) = run(body);
        assert_eq!(text.len(), body.len());
        assert!(text.starts_with("***  "));
        assert_eq!(fences, vec![(0, "step"), (38, ":::")]);
        assert_eq!(found, vec![]);
    }

    #[test]
    fn code_blocks_keep_their_colons() {
        let (text, fences, found) = run("```\n:::step\n```\n");
        assert_eq!((text.as_str(), fences.len(), found.len()), ("```\n:::step\n```\n", 0, 0));
    }

    #[test]
    fn mistakes_are_told_and_fences_stay_matched() {
        assert_eq!(run(":::do\n- a\n").2, vec![("directive-open", 1)]);
        assert_eq!(run(":::do\n- a\n").1, vec![(0, "do"), (10, ":::")]);
        assert_eq!(run("a\n\n:::\n").2, vec![("directive-not-open", 3)]);
        assert_eq!(run(":::stepp\n:::\n").2, vec![("unknown-directive", 1)]);
        assert_eq!(run(":::stepp\n:::\n").1, vec![]);
        assert_eq!(run("- a\n\n  :::do\n").2, vec![("directive-inside", 3)]);
        assert_eq!(run(":::step{rol=io}\n:::\n").2, vec![("unknown-attribute", 1)]);
        assert_eq!(run(":::step{role=“io”}\n:::\n").2, vec![("directive-attributes", 1)]);
    }
}
