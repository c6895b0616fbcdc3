//! Tables. CommonMark's drop what a row has over the head without a word, and a bar inside a link or code divides a cell too; only the source
//! still shows it, so rows are counted there.

use super::Writer;
use crate::model::HoleKind;
use crate::model::body::TextKey;
use crate::text::html::push_attr;
use pulldown_cmark::Alignment;
use std::ops::Range;

/// A table of so many columns is `wide`: each cell carries its column's name, so that a narrow screen can set the rows one under another.
const WIDE_TABLE: usize = 6;

/// The table that is being written.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    /// The column of the open cell.
    cell: usize,
    in_head: bool,
    /// Names of the columns, as plain text.
    columns: Vec<String>,
    /// Whether the open cell heads its column.
    heading: bool,
}

impl Table {
    /// Takes words of the head into the name of their column.
    pub(super) fn heads(&mut self, text: &str) {
        if self.in_head
            && let Some(column) = self.columns.last_mut()
        {
            column.push_str(text);
        }
    }

    fn is_wide(&self) -> bool {
        self.alignments.len() >= WIDE_TABLE
    }
}

impl Writer<'_> {
    pub(super) fn table_begins(&mut self, alignments: Vec<Alignment>) {
        self.table = Table { alignments, ..Table::default() };
        self.push("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"");
        self.hole(HoleKind::Text(TextKey::TableLabel));
        self.push(if self.table.is_wide() { "\"><table class=\"data wide\">\n" } else { "\"><table class=\"data\">\n" });
    }

    pub(super) fn head_begins(&mut self) {
        self.table.in_head = true;
        self.table.cell = 0;
        self.push("<thead><tr>");
    }

    pub(super) fn head_ends(&mut self) {
        self.table.in_head = false;
        self.push("</tr></thead>\n<tbody>");
    }

    pub(super) fn row_begins(&mut self, range: &Range<usize>) {
        let (cells, heads) = (cells(&self.source[range.clone()]), self.table.alignments.len());
        if cells > heads {
            self.error(
                "table-cells",
                range,
                format!("the row has {cells} cells and the table has {heads} columns; the rest would be lost"),
                "give the head as many cells, or write a `|` that belongs to the text or to a link as `\\|`",
            );
        }
        self.table.cell = 0;
        self.push("<tr>");
    }

    pub(super) fn cell_begins(&mut self, range: &Range<usize>) {
        let class = match self.table.alignments.get(self.table.cell) {
            Some(Alignment::Left) => " class=\"start\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"end\"",
            _ => "",
        };
        // The empty corner of a table heads nothing.
        self.table.heading = self.table.in_head && !self.source[range.clone()].trim_matches(['|', ' ', '\t']).is_empty();
        self.push(if self.table.heading { "<th scope=\"col\"" } else { "<td" });
        self.push(class);
        if self.table.in_head {
            self.table.columns.push(String::new());
        } else if self.table.is_wide()
            && let Some(name) = self.table.columns.get(self.table.cell)
        {
            self.prose.html.push_str(" data-label=\"");
            push_attr(&mut self.prose.html, name);
            self.prose.html.push('"');
        }
        self.push(">");
    }

    pub(super) fn cell_ends(&mut self) {
        self.table.cell += 1;
        self.push(if self.table.heading { "</th>" } else { "</td>" });
    }
}

/// Cells of a row: the bars at its ends are its frame, every other one that no backslash stands before divides.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let (mut bars, mut last) = (0, None);
    for at in memchr::memchr_iter(b'|', row.as_bytes()) {
        // Two backslashes are one as text.
        if row.as_bytes()[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 0 {
            (bars, last) = (bars + 1, Some(at));
        }
    }
    let closes = last.is_some_and(|at| row[at + 1..].trim().is_empty());
    bars + usize::from(!closes)
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn bars_divide_unless_they_frame_or_are_escaped() {
        assert_eq!(cells("| a | b |"), 2);
        assert_eq!(cells("a | b"), 2);
        assert_eq!(cells("| a | |"), 2);
        assert_eq!(cells(r"| [[a\|b]] | c |"), 2);
        assert_eq!(cells("| [[a|b]] | c |"), 3);
        assert_eq!(cells("| a |"), 1);
        assert_eq!(cells(""), 1);
    }
}
