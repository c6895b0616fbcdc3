//! The same words as an index that elasticlunr.js 0.9.5 loads, for other programs. In: pages. Out: JSON, the same for the same pages in the same
//! order. A page's reference is its place among the language's pages in the order of their addresses, which no page can turn into a name
//! such as `constructor` that JavaScript objects already have.

use super::analysis::Analysis;
use super::entry::Entry;
use elasticlunr::IndexBuilder;

/// The fields of the index.
const FIELDS: [&str; 5] = ["title", "description", "headings", "body", "tags"];

/// Indexes so many pages of one language.
pub(super) fn index<'a>(code: &str, pages: usize, entry: &dyn Fn(usize) -> Entry<'a>) -> String {
    let language = Box::new(Analysis::new(code));
    let mut index = IndexBuilder::with_language(language).save_docs(false).set_ref("id").add_fields(FIELDS).build();
    for place in 0..pages {
        let entry = entry(place);
        let headings = joined(entry.sections.iter().map(|s| s.title));
        let body = joined(entry.sections.iter().map(|s| s.text.as_ref()));
        let tags = joined(entry.keywords.iter().map(AsRef::as_ref));
        index.add_doc(&place.to_string(), [entry.title, entry.description, &headings, &body, &tags]);
    }
    index.to_json()
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n")
}
