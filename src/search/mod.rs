//! Search, first version: an elasticlunr index for each language, and the script that brings it to the browser.
//! In: pages as plain text, the glossary's terms. Out: texts of files; nothing here writes them.
//!
//! The seam: a caller fills [`Entry`]s and [`Term`]s and writes what [`index`] and [`script`] give. A page calls
//! `rahnuma.search(words)` and shows what it answers. The engine between the two may be replaced without touching either.
//!
//! It deliberately does not decide how many pages are too many, what a page's address is, or which pages may be found.
//!
//! - `analysis` what a word is: folding, stems; shared by both languages and both runtimes
//! - `urdu`     the rules of the Urdu stemmer
//! - `tables`   folding and stemming rules as data, so that the browser's analysis comes from the same source
//! - `store`    pages and terms as the browser gets them

pub mod analysis;
mod site;
mod store;

#[cfg(test)]
mod fixture;

pub use site::files;
pub use store::{Edition, Entry, Section, Term, script};

use analysis::Analysis;
use elasticlunr::IndexBuilder;

/// The fields of the index, in the order of [`Document`].
const FIELDS: [&str; 5] = ["title", "description", "headings", "body", "tags"];

/// A page as the index sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The reference that every posting repeats: short. [`documents`] takes the page's place in the list, which no page can
    /// turn into a name such as `constructor` that JavaScript objects already have.
    pub id: String,
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// The titles of all sections.
    pub headings: String,
    /// The texts of all sections.
    pub body: String,
    /// Words that are searched and not shown.
    pub tags: String,
}

/// An index as elasticlunr.js 0.9.5 loads it, once the functions that its `pipeline` names are registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// JSON. The same for the same documents in the same order.
    pub json: String,
}

/// Indexes pages of one language. Two documents must not have the same id.
pub fn index(language_code: &str, documents: &[Document]) -> Output {
    let language = Box::new(Analysis::new(language_code));
    let mut index = IndexBuilder::with_language(language).save_docs(false).set_ref("id").add_fields(FIELDS).build();
    for d in documents {
        index.add_doc(&d.id, [&d.title, &d.description, &d.headings, &d.body, &d.tags]);
    }
    Output { json: index.to_json() }
}

/// The documents of these pages; the id of each is its place in the list, which is how the browser finds the page again.
pub fn documents(entries: &[Entry]) -> Vec<Document> {
    let of = |(place, entry): (usize, &Entry)| Document {
        id: place.to_string(),
        title: entry.title.clone(),
        description: entry.description.clone(),
        headings: joined(entry.sections.iter().map(|s| s.title.as_str())),
        body: joined(entry.sections.iter().map(|s| s.text.as_str())),
        tags: joined(entry.keywords.iter().map(String::as_str)),
    };
    entries.iter().enumerate().map(of).collect()
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn page(id: &str, title: &str, body: &str) -> Document {
        Document { id: id.to_owned(), title: title.to_owned(), body: body.to_owned(), ..Document::default() }
    }

    fn parsed(output: &Output) -> Value {
        serde_json::from_str(&output.json).expect("the index is JSON")
    }

    #[test]
    fn the_index_is_the_one_that_elasticlunr_loads() {
        let value = parsed(&index("ur", &[page("0", "جبری مشقت", "FIR درج کریں")]));
        assert_eq!(value["version"], "0.9.5");
        assert_eq!(value["ref"], "id");
        assert_eq!(value["fields"], serde_json::json!(FIELDS));
        assert_eq!(value["pipeline"], serde_json::json!(["stemmer-latin", "stemmer-ur"]));
        assert_eq!(value["lang"], "Urdu");
        assert_eq!(value["documentStore"]["save"], false);
        assert_eq!(
            value["documentStore"]["docInfo"]["0"],
            serde_json::json!({"title": 2, "description": 0, "headings": 0, "body": 3, "tags": 0})
        );
        assert_eq!(value["index"]["title"]["root"]["ج"]["ب"]["ر"]["docs"], serde_json::json!({"0": {"tf": 1.0}}));
        assert_eq!(value["index"]["body"]["root"]["f"]["i"]["r"]["df"], 1);
    }

    #[test]
    fn no_urdu_word_is_lost() {
        let text = "مزدوروں کو قرض کے بدلے روکنا جرم ہے۔ یہ 2018 کا قانون ہے؛ دفعہ ۳۷۴!";
        let value = parsed(&index("ur", &[page("0", "", text)]));
        assert_eq!(value["documentStore"]["docInfo"]["0"]["body"], 15);
    }

    #[test]
    fn equal_input_gives_equal_bytes() {
        let pages = [page("0", "Forced labour", "signs of forced labour"), page("1", "جبری مشقت", "علامات")];
        assert_eq!(index("en", &pages), index("en", &pages));
    }

    #[test]
    fn a_document_says_what_its_entry_says() {
        let section = |title: &str, text: &str| Section { id: String::new(), title: title.to_owned(), text: text.to_owned() };
        let entry = Entry {
            title: "Act".to_owned(),
            description: "Summary".to_owned(),
            keywords: vec!["SOP-01".to_owned(), "labour".to_owned()],
            sections: vec![section("", "Intro"), section("Section 3", "Three"), section("Empty", "")],
            ..Entry::default()
        };
        let expected = Document {
            id: "0".to_owned(),
            title: "Act".to_owned(),
            description: "Summary".to_owned(),
            headings: "Section 3\nEmpty".to_owned(),
            body: "Intro\nThree".to_owned(),
            tags: "SOP-01\nlabour".to_owned(),
        };
        assert_eq!(documents(&[entry]), [expected]);
    }

    #[test]
    fn no_pages_give_an_empty_index() {
        assert_eq!(parsed(&index("en", &[]))["documentStore"]["length"], 0);
    }
}
