//! A language's index in parts. In: its pages. Out: files by name, each one call of one function, so that they load from a server and from a
//! folder alike. What is always loaded (`directory`) does not grow with the pages.
//!
//! - `collect`  words of all pages, counted
//! - `weigh`    how much a page says of a word
//! - `postings` lists of pages as text
//! - `lexicon`  the vocabulary in shards
//! - `opened`   a shard taken apart and put together
//! - `revise`   an index after an edit of some pages, made of the one before
//! - `numbers`  numbers as characters

mod collect;
mod lexicon;
pub(in crate::search) mod numbers;
mod opened;
pub(in crate::search) mod postings;
mod revise;
#[cfg(test)]
mod tests;
mod weigh;

pub(in crate::search) use lexicon::shard_key;
pub(in crate::search) use revise::Edit;

use super::entry::{Edition, Entry};
use super::{json, push_json};
use collect::{Collection, collect};
use lexicon::Lexicon;
use serde::Serialize;
use std::sync::Arc;

/// A language with less than this, pages and all, is one file: on slow links fewer round trips beat fewer bytes. In compressed bytes it is a
/// third to a quarter of it.
const ONE_FILE: usize = 640_000;

/// The global function that files call.
pub(in crate::search) const CALL: &str = "_rahnuma";

/// What the filters ask of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Kind(String, Vec<String>, Vec<String>);

impl Kind {
    fn of(entry: &Entry<'_>) -> Self {
        Self(entry.kind.to_owned(), entry.audience.to_vec(), entry.jurisdiction.to_vec())
    }
}

/// What is always loaded of a language.
#[derive(Serialize)]
pub(in crate::search) struct Directory<'a> {
    code: &'a str,
    name: &'a str,
    dir: &'a str,
    /// Pages.
    pages: usize,
    /// Part of every file's name: another one for other content.
    generation: &'a str,
    /// Whether everything is in one file.
    one: bool,
    /// First key of each shard.
    keys: String,
    /// The commonest words: forms and numbers.
    head: [&'a str; 2],
    /// Kinds of pages: type, audience, jurisdiction.
    /// Each with the number of the page after its last: pages come sorted by kind, so that this does not grow with them.
    kinds: &'a [Run],
}

/// A language's index. A copy shares the texts.
#[derive(Clone)]
pub(in crate::search) struct Index {
    pages: usize,
    generation: String,
    one: bool,
    lexicon: Lexicon,
    kinds: Arc<Vec<Run>>,
    /// By which the pages were weighed.
    average: weigh::Average,
}

/// Pages of one kind, and the number of the page after the last of them.
#[derive(Serialize)]
struct Run(Kind, usize);

type Pages<'a, 'e> = &'a (dyn Fn(usize) -> Entry<'e> + Sync);

impl Index {
    /// Indexes so many pages, those of one kind together.
    pub(in crate::search) fn new(pages: usize, entry: Pages<'_, '_>) -> Self {
        let mut collection = collect(pages, entry);
        let lists = weigh::Lists::new(&mut collection);
        let lexicon = Lexicon::new(&collection, &lists);
        let kinds = Arc::new(kinds(&collection));
        let mut hash = blake3::Hasher::new();
        for shard in &lexicon.shards {
            hash.update(shard.words.as_bytes()).update(shard.numbers.as_bytes());
        }
        lexicon.lists.iter().for_each(|list| {
            hash.update(list.as_bytes());
        });
        collection.pages.iter().for_each(|page| {
            hash.update(&page.digest);
        });
        let size = collection.pages.iter().map(|p| p.size).sum::<usize>()
            + lexicon.shards.iter().map(|s| s.words.len() + s.numbers.len()).sum::<usize>()
            + lexicon.lists.iter().map(|list| list.len()).sum::<usize>();
        Self { pages, generation: named(&hash), one: size < ONE_FILE, lexicon, kinds, average: lists.average }
    }

    /// What is always loaded.
    pub(in crate::search) fn directory<'a>(&'a self, edition: &Edition<'a>) -> Directory<'a> {
        Directory {
            code: edition.code,
            name: edition.name,
            dir: edition.dir,
            pages: self.pages,
            generation: &self.generation,
            one: self.one,
            keys: self.lexicon.shards.iter().map(|s| s.key.as_str()).collect::<Vec<_>>().join(" "),
            head: [&self.lexicon.head.words, &self.lexicon.head.numbers],
            kinds: &self.kinds,
        }
    }

    /// The names of all files, without the folder.
    pub(in crate::search) fn names(&self, code: &str) -> Vec<String> {
        if self.one {
            return vec![self.name(code, "all")];
        }
        self.parts().map(|part| self.name(code, &part)).collect()
    }

    /// The text of a file that this index has.
    pub(in crate::search) fn file(&self, code: &str, name: &str, entry: Pages<'_, '_>) -> Option<Vec<u8>> {
        let part = name.strip_prefix(&self.name(code, ""))?;
        let part = part.strip_suffix(".js")?;
        let mut out = Vec::new();
        if part == "all" && self.one {
            self.parts().try_for_each(|part| self.call(&mut out, code, &part, entry))?;
            return Some(out);
        }
        if self.one { None } else { self.call(&mut out, code, part, entry).map(|()| out) }
    }

    fn name(&self, code: &str, part: &str) -> String {
        let end = if part.is_empty() { "" } else { ".js" };
        format!("{code}-{}-{part}{end}", self.generation)
    }

    fn parts(&self) -> impl Iterator<Item = String> {
        let many = |letter: char, count: usize| (0..count).map(move |n| format!("{letter}{n}"));
        many('s', self.lexicon.shards.len()).chain(many('l', self.lexicon.lists.len())).chain(many('p', self.pages))
    }

    /// Adds the call that hands a part over.
    fn call(&self, out: &mut Vec<u8>, code: &str, part: &str, entry: Pages<'_, '_>) -> Option<()> {
        let number = || part.get(1..)?.parse::<usize>().ok();
        out.extend_from_slice(format!("{CALL}({},{},", json(&format!("{code}-{}", self.generation)), json(part)).as_bytes());
        match part.bytes().next()? {
            b's' => push_json(out, &self.lexicon.shards.get(number()?).map(|s| [&s.words, &s.numbers])?),
            b'l' => push_json(out, self.lexicon.lists.get(number()?)?.as_str()),
            b'p' => push_json(out, &entry(number().filter(|n| *n < self.pages)?).shown()),
            _ => return None,
        }
        out.extend_from_slice(b");\n");
        Some(())
    }
}

/// A generation's name.
fn named(hash: &blake3::Hasher) -> String {
    hash.finalize().to_hex().chars().take(10).collect()
}

/// The kinds of pages, in the order of the pages.
fn kinds(collection: &Collection) -> Vec<Run> {
    let mut end = 0;
    let run = |pages: &[collect::Counted]| {
        end += pages.len();
        Run(pages[0].kind.clone(), end)
    };
    collection.pages.chunk_by(|a, b| a.kind == b.kind).map(run).collect()
}
