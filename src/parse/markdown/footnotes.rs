//! Footnotes: numbered in the order of their first reference, written after the body. A definition may stand anywhere before or after it.

use super::Writer;
use crate::model::body::TextKey;
use crate::model::{Hole, HoleKind, Prose};
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Footnotes {
    /// Labels in order of first reference; the place is the number minus one.
    order: Vec<String>,
    /// How often each was referred to.
    references: Vec<u32>,
    /// Definition by label.
    pub(super) defined: BTreeMap<String, Prose>,
    /// Prose set aside while a definition is being written.
    pub(super) outer: Option<(String, Prose)>,
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let place = self.footnotes.order.iter().position(|l| l == label).unwrap_or_else(|| {
            self.footnotes.order.push(label.to_owned());
            self.footnotes.references.push(0);
            self.footnotes.order.len() - 1
        });
        self.footnotes.references[place] += 1;
        let (n, nth) = (place + 1, self.footnotes.references[place]);
        let suffix = if nth > 1 { format!("-{nth}") } else { String::new() };
        self.push("<sup><a class=\"footnote\" id=\"");
        self.hole(HoleKind::Prefix);
        self.push(&format!("fnref-{n}{suffix}\" href=\"#"));
        self.hole(HoleKind::Prefix);
        self.push(&format!("fn-{n}\">{n}</a></sup>"));
    }

    /// The list at the end of the page.
    pub(super) fn write_footnotes(&mut self) {
        if self.footnotes.order.is_empty() {
            return;
        }
        self.push("<section class=\"footnotes\" aria-label=\"");
        self.hole(HoleKind::Text(TextKey::FootnotesTitle));
        self.push("\"><ol>\n");
        let order = std::mem::take(&mut self.footnotes.order);
        for (place, label) in order.iter().enumerate() {
            let n = place + 1;
            self.push("<li id=\"");
            self.hole(HoleKind::Prefix);
            self.push(&format!("fn-{n}\">"));
            if let Some(note) = self.footnotes.defined.remove(label) {
                let base = self.prose.html.len() as u32;
                self.push(&note.html);
                self.prose.holes.extend(note.holes.iter().map(|h| Hole { at: h.at + base, kind: h.kind }));
            }
            self.push("<a class=\"footnote-back\" href=\"#");
            self.hole(HoleKind::Prefix);
            self.push(&format!("fnref-{n}\" aria-label=\""));
            self.hole(HoleKind::Text(TextKey::FootnotesBack));
            self.push("\">↩</a></li>\n");
        }
        self.push("</ol></section>\n");
    }
}
