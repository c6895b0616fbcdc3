//! Queries to answers, in Rust: twin of `../runtime/engine.js`. In: the files of an index, as a function that gives their text. Out: the
//! answer that the browser gives, with the same pages in the same order; a test holds the two equal. What decides an order is counted in
//! integers, and no logarithm is taken but by a rule that both follow step by step.
//!
//! - `files`   an index, read
//! - `resolve` what may be meant by the words of a query
//! - `rank`    pages in order
//! - `answer`  what is shown of them

mod answer;
mod files;
mod rank;
mod resolve;

pub use answer::{Answer, Expansion, Hit, Options};
pub use files::Reader;

use files::{Class, Shelf};
use resolve::Glossary;
use serde::Serialize;
use std::rc::Rc;

/// Characters of a query; what is longer is cut.
const LONGEST_QUERY: usize = 200;

/// How a page was found, and how other words came to be searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// By the words as they are typed.
    Exact,
    /// By another form of a word.
    Form,
    /// By a word that it may be a slip for.
    Typo,
    /// By a word that sounds alike, in the other script.
    Roman,
    /// By another name of the same thing.
    Glossary,
    /// By two words that were typed as one.
    #[serde(skip)]
    Split,
    /// By a word that a half-typed one may become.
    #[serde(skip)]
    Start,
}

impl Kind {
    /// As the answer writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Form | Self::Start => "form",
            Self::Typo | Self::Split => "typo",
            Self::Roman => "roman",
            Self::Glossary => "glossary",
        }
    }
}

/// A form that may be meant by a word.
#[derive(Clone, Debug)]
struct Other {
    kind: Kind,
    worth: u64,
    class: Rc<Class>,
    /// Place in the class; none: any of its forms.
    place: Option<usize>,
    to: String,
}

/// A word of the query, and what may be meant by it.
#[derive(Clone, Debug)]
struct Slot {
    form: String,
    /// Which word of the query.
    from: usize,
    others: Vec<Other>,
}

/// Other words for a part of the query.
#[derive(Clone, Debug)]
struct Way {
    kind: Kind,
    to: String,
    slots: Vec<Slot>,
}

/// A word of the query, or several that are one thing.
#[derive(Clone, Debug)]
struct Part {
    slots: Vec<Slot>,
    ways: Vec<Way>,
}

/// An index ready for queries.
pub struct Engine<'a> {
    shelves: Vec<Shelf<'a>>,
    glossary: Glossary,
}

impl<'a> Engine<'a> {
    /// Opens the index whose files a function gives by their names in the search folder.
    pub fn open(read: &'a Reader<'a>) -> Result<Self, String> {
        let script = read("search.js").ok_or("search.js cannot be read")?;
        let (shelves, terms) = files::open(&script, read)?;
        Ok(Self { shelves, glossary: Glossary::new(terms) })
    }

    /// Answers a query. What the reader's language is decides which results stand first.
    pub fn search(&self, query: &str, options: &Options) -> Result<Answer, String> {
        let query: String = query.chars().take(LONGEST_QUERY).collect();
        answer::answer(self, &query, options)
    }
}
