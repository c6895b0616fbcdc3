//! One file as parsed. In: nothing but that file. Out: what resolving needs; links lead nowhere yet and headings have no final ids.

use super::{Block, Date, FrontMatter, Heading, LanguageCode, ParsedLink};
use crate::path::SourcePath;
use std::sync::{Arc, OnceLock};

/// A page as its file alone tells it.
#[derive(Clone, Debug)]
pub struct ParsedPage {
    /// The file.
    pub source: SourcePath,
    /// Language of its folder.
    pub language: LanguageCode,
    /// Path below the language folder without extension: `law/ptpa-2018`, `law/index`.
    pub path: Arc<str>,
    /// Front matter.
    pub front: FrontMatter,
    /// Body.
    pub body: Vec<Block>,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Links, images and term references in order.
    pub links: Vec<ParsedLink>,
    /// State of the source text, piece by piece, for staleness.
    pub digests: Vec<Digest>,
    /// Number of words of the body.
    pub words: u32,
    /// Last change by the version history, filled in by the read edge.
    pub changed: Option<Date>,
    /// How its title sorts by the rules of its own language, once somebody needed it: rebuilding after a save need not find it again for all others.
    pub title_key: OnceLock<Box<[u8]>>,
}

impl ParsedPage {
    /// The page's id: `id`, else its path.
    pub fn id(&self) -> &str {
        self.front.id.as_deref().unwrap_or(&self.path)
    }
}

/// The first six hexadecimal digits of a BLAKE3 hash over LF-ended, trimmed lines, and what the piece is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// Six hexadecimal digits.
    pub hash: String,
    /// The h2's text; empty for title-and-description and for the text before the first h2.
    pub title: String,
}
