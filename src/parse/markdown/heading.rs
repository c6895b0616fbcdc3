//! Headings: their ids, the outline they make, and the section of plain text that each begins.

use super::Writer;
use crate::diag::Diagnostic;
use crate::model::{Heading, HoleKind};
use crate::text::slug::heading_id;
use pulldown_cmark::HeadingLevel;
use std::ops::Range;

/// A heading that is being written.
pub(super) struct OpenHeading {
    level: u8,
    explicit: Option<String>,
    pub(super) text: String,
    range: Range<usize>,
}

impl Writer<'_> {
    pub(super) fn heading_begins(&mut self, level: HeadingLevel, explicit: Option<String>, range: &Range<usize>) {
        self.heading = Some(OpenHeading { level: level as u8, explicit, text: String::new(), range: range.clone() });
        self.push(match level {
            HeadingLevel::H1 => "<h1 id=\"",
            HeadingLevel::H2 => "<h2 id=\"",
            HeadingLevel::H3 => "<h3 id=\"",
            HeadingLevel::H4 => "<h4 id=\"",
            HeadingLevel::H5 => "<h5 id=\"",
            HeadingLevel::H6 => "<h6 id=\"",
        });
        self.hole(HoleKind::HeadingId(self.out.headings.len() as u32));
        self.push("\">");
    }

    pub(super) fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let index = self.out.headings.len() as u32;
        let text = heading.text.trim().to_owned();
        let region = self.first_line(&heading.range);
        if heading.level == 1 {
            self.out.found.push(
                Diagnostic::error("heading-level-1", "the page's title is its level-1 heading")
                    .at(self.file, region)
                    .help("start with `##`"),
            );
        }
        let previous = self.out.headings.last().map_or(1, |h| h.level);
        if heading.level > previous + 1 && self.open.is_empty() && previous > 1 {
            self.out.found.push(
                Diagnostic::warning("heading-skip", format!("a level-{} heading follows one of level {previous}", heading.level))
                    .at(self.file, region)
                    .help("use the next level, so that the outline has no hole"),
            );
        }
        if let Some(id) = &heading.explicit {
            let bad = id.is_empty()
                || id.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '<' | '>' | '&' | '%' | '#'));
            if bad || self.out.headings.iter().any(|h| h.explicit.as_deref() == Some(id)) {
                let what = if bad { "cannot be an id" } else { "is the id of another heading too" };
                self.out.found.push(
                    Diagnostic::error("heading-id", format!("`{id}` {what}"))
                        .at(self.file, region)
                        .help("use letters, digits and hyphens, once on the page"),
                );
            }
        }
        let derived = self.unique(heading_id(&text));
        self.hole(HoleKind::HeadingLink(index));
        self.push(match heading.level {
            1 => "</h1>\n",
            2 => "</h2>\n",
            3 => "</h3>\n",
            4 => "</h4>\n",
            5 => "</h5>\n",
            _ => "</h6>\n",
        });
        if heading.level == 2 {
            self.out.sections.push((heading.range.start, text.clone()));
        }
        self.out.headings.push(Heading { level: heading.level, explicit: heading.explicit, derived, text, region });
    }

    /// The same words again get a number.
    fn unique(&mut self, id: String) -> String {
        let count = self.ids.entry(id.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { id } else { format!("{id}-{count}") }
    }
}
