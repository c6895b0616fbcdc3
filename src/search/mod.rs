//! Search: the site to index files, and queries to answers. In: the resolved site. Out: the text of files under `search/`; nothing here writes
//! them. `README.md` in this folder explains the whole.
//!
//! It deliberately does not decide what a page's address is, or how results look.
//!
//! - `analysis` what a word is, in the program and in the browser (`runtime/words.js`)
//! - `site`     which pages can be found, and as what
//! - `prose`    what the body of a page says, without its markup
//! - `index`    the words of a language in parts, made whole or of a former one
//! - `script`   what the browser loads first: the engine, its tables, and where everything else is
//! - `query`    the engine in Rust; `runtime/engine.js` is its twin
//! - `export`   the same words as an index for elasticlunr

pub mod analysis;
mod entry;
mod export;
mod index;
mod prose;
mod query;
mod script;
mod site;

pub use entry::{Edition, Entry, Section, Term};
pub use query::{Answer, Engine, Expansion, Hit, Kind, Options, Reader};

use crate::model::Site;
use crate::model::site::SEARCH_SCRIPT;
use crate::path::OutputPath;
use index::{Edit, Index};
use rayon::prelude::*;
use serde::Serialize;
use std::sync::Arc;

/// Where everything that search writes lies.
pub const FOLDER: &str = "search";

/// Most pages of a language for which the single-file export is written.
pub const EXPORT_LIMIT: usize = 500;

/// So many pages may be new for a revised index: comparing and counting more of them takes as long as an index does.
const MOST_EDITED: usize = 100;

/// The search of a site: everything but the texts of pages, which it asks for again.
pub struct Search {
    shelves: Vec<Shelf>,
    script: String,
}

#[derive(Clone)]
struct Shelf {
    code: String,
    /// The language's pages in order, as places in the site.
    pages: Arc<Vec<usize>>,
    index: Index,
}

impl Search {
    /// Indexes a site.
    pub fn new(site: &Site) -> Self {
        Self::of((0..site.config.languages.len()).map(|language| shelf(site, language, &|| true)).collect(), site)
    }

    /// Indexes a site as long as that is wanted, which is asked for each page.
    pub fn while_wanted(site: &Site, wanted: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        let shelves = (0..site.config.languages.len()).map(|language| Some(shelf(site, language, wanted)).filter(|_| wanted()));
        Some(Self::of(shelves.collect::<Option<_>>()?, site))
    }

    /// The index of a site of which some pages' texts are new since it was indexed, made of the index from before in the time that those pages
    /// take. None where more has changed. `index/revise.rs` says what lags in it until the site is indexed anew.
    pub fn revised(&self, before: &Site, after: &Site) -> Option<Self> {
        let edited = site::edited(before, after).filter(|edited| edited.len() <= MOST_EDITED)?;
        let revised = |shelf: &Shelf| {
            let edit = |place: usize| {
                let page = shelf.pages[place];
                let (before, after) = (site::entry(before, &before.pages[page]), site::entry(after, &after.pages[page]));
                (before != after).then_some(Edit { place, before, after })
            };
            let places = edited.iter().filter_map(|page| shelf.pages.iter().position(|own| own == page));
            let edits: Vec<Edit<'_>> = places.filter_map(edit).collect();
            let index = if edits.is_empty() { shelf.index.clone() } else { shelf.index.revised(&edits)? };
            Some(Shelf { index, ..shelf.clone() })
        };
        Some(Self::of(self.shelves.iter().map(revised).collect::<Option<_>>()?, after))
    }

    fn of(shelves: Vec<Shelf>, site: &Site) -> Self {
        let directories: Vec<_> = shelves
            .iter()
            .zip(&site.config.languages)
            .map(|(shelf, l)| shelf.index.directory(&Edition { code: l.code.as_str(), name: l.name.as_str(), dir: l.dir.as_str() }))
            .collect();
        let script = script::script(&directories, &site::terms(site));
        Self { shelves, script }
    }

    /// All files.
    pub fn paths(&self) -> Vec<OutputPath> {
        let of = |shelf: &Shelf| {
            let export = (shelf.pages.len() <= EXPORT_LIMIT).then(|| export_name(&shelf.code));
            shelf
                .index
                .names(&shelf.code)
                .into_iter()
                .chain(export)
                .map(|name| OutputPath::new(format!("{FOLDER}/{name}")))
                .collect::<Vec<_>>()
        };
        std::iter::once(OutputPath::new(SEARCH_SCRIPT)).chain(self.shelves.par_iter().flat_map_iter(of).collect::<Vec<_>>()).collect()
    }

    /// The bytes of one file, given the site that was indexed.
    pub fn file(&self, site: &Site, path: &OutputPath) -> Option<Vec<u8>> {
        if path.as_str() == SEARCH_SCRIPT {
            return Some(self.script.clone().into_bytes());
        }
        let name = path.as_str().strip_prefix(FOLDER)?.strip_prefix('/')?;
        self.shelves.iter().find_map(|shelf| {
            if name == export_name(&shelf.code) {
                let mut pages = shelf.pages.to_vec();
                site::by_address(site, &mut pages);
                return Some(export::index(&shelf.code, pages.len(), &|place| site::entry(site, &site.pages[pages[place]])).into_bytes());
            }
            shelf.index.file(&shelf.code, name, &|place| site::entry(site, &site.pages[shelf.pages[place]]))
        })
    }
}

fn shelf(site: &Site, language: usize, wanted: &(dyn Fn() -> bool + Sync)) -> Shelf {
    let pages = site::pages(site, language);
    let entry = |place: usize| if wanted() { site::entry(site, &site.pages[pages[place]]) } else { Entry::default() };
    let index = Index::new(pages.len(), &entry);
    Shelf { code: site.config.languages[language].code.as_str().to_owned(), pages: Arc::new(pages), index }
}

fn export_name(code: &str) -> String {
    format!("elasticlunr-{code}.json")
}

/// JSON that is JavaScript too: the two line separators that older browsers refuse inside strings are escaped.
fn json<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = Vec::new();
    push_json(&mut out, value);
    // The serialiser writes text alone.
    String::from_utf8(out).unwrap_or_default()
}

/// Adds a value as [`json`].
fn push_json<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    let from = out.len();
    // Serialising fails only for keys that are not text and for writers that fail; here is neither.
    let _ = serde_json::to_writer(&mut *out, value);
    for (separator, escaped) in [("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029")] {
        let mut at = from;
        while let Some(found) = memchr::memmem::find(&out[at..], separator.as_bytes()) {
            at += found;
            out.splice(at..at + separator.len(), escaped.bytes());
            at += escaped.len();
        }
    }
}
