//! The site as resolved: every link leads somewhere, every heading has its id, every address is taken once.
//! In: the work of `resolve`. Out: what `render`, `search` and `bundle` read. Indices are places in the vectors of `Site`.

use super::asset::Asset;
use super::{Data, Date, ParsedPage, SiteConfig};
use crate::path::{OutputPath, SourcePath};
use crate::text::locale::Locale;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Place in `Site::pages`.
pub type PageIndex = usize;
/// Place in `Site::articles`.
pub type ArticleIndex = usize;
/// Place in `SiteConfig::languages`.
pub type LanguageIndex = usize;
/// Place in `Site::sections`.
pub type SectionIndex = usize;

/// One article in all its languages.
#[derive(Clone, Debug)]
pub struct Article {
    /// Stable id.
    pub id: Arc<str>,
    /// The page in each language, by place in `SiteConfig::languages`.
    pub pages: Vec<Option<PageIndex>>,
    /// Where the article is read in each language: the page itself, or a page of that language that stands in for it.
    pub outputs: Vec<OutputPath>,
    /// The page that translations are compared with.
    pub original: PageIndex,
    /// The section it is listed in; `None` for the home page.
    pub section: Option<SectionIndex>,
    /// The section it is the own page of.
    pub index_of: Option<SectionIndex>,
}

/// A page with everything resolved.
#[derive(Clone, Debug)]
pub struct Page {
    /// What its file says.
    pub parsed: Arc<ParsedPage>,
    /// Its language.
    pub language: LanguageIndex,
    /// Its article.
    pub article: ArticleIndex,
    /// Final id of each heading.
    pub heading_ids: Vec<Arc<str>>,
    /// Where each link leads.
    pub targets: Vec<Target>,
    /// How it stands to its original.
    pub translation: Translation,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Out of the site.
    External(String),
    /// To an article, read in the language of the page that links.
    Article(ArticleIndex, Option<Arc<str>>),
    /// To an anchor of the same page.
    Anchor(Arc<str>),
    /// To a glossary term, by its place in the glossary.
    Term(usize),
    /// To an asset, by its source.
    Asset(SourcePath),
    /// Nowhere: reported as an error, so that no site is written; kept so that `serve` can show the rest of the page.
    Broken,
}

/// How a page stands to the page it was translated from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Translation {
    /// It is the original.
    Original,
    /// Made from the original as it is now.
    Current,
    /// Nobody has recorded what it was made from.
    NotCompared,
    /// The original has changed since. Titles of the original's sections; an empty title is the opening.
    Stale {
        /// Sections with other words.
        changed: Vec<String>,
        /// Sections that came.
        added: Vec<String>,
        /// How many sections went.
        removed: usize,
    },
}

/// A folder of pages.
#[derive(Clone, Debug)]
pub struct Section {
    /// Path below the language folder: `law`, `law/federal`; empty for the root.
    pub path: Arc<str>,
    /// The section's own page, where an author wrote one.
    pub article: Option<ArticleIndex>,
    /// Its articles, by weight, then title, in each language's order.
    pub entries: Vec<Vec<ArticleIndex>>,
    /// Sections directly below.
    pub children: Vec<SectionIndex>,
    /// The section above.
    pub parent: Option<SectionIndex>,
    /// Address of its first page in each language.
    pub outputs: Vec<OutputPath>,
}

/// The kinds of list that pages can be gathered under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Free topics.
    Tag,
    /// Who a page is for.
    Audience,
    /// Where it applies.
    Jurisdiction,
}

impl Facet {
    /// Name in addresses and templates.
    pub fn as_str(self) -> &'static str {
        match self {
            Facet::Tag => "tag",
            Facet::Audience => "audience",
            Facet::Jurisdiction => "jurisdiction",
        }
    }
}

/// One value of a facet, with the articles that carry it.
#[derive(Clone, Debug)]
pub struct FacetValue {
    /// Which list.
    pub facet: Facet,
    /// Id from the vocabulary, or the tag's own text.
    pub id: String,
    /// Label in each language.
    pub labels: Vec<String>,
    /// Articles in each language's order.
    pub articles: Vec<Vec<ArticleIndex>>,
    /// Address of the list in each language.
    pub outputs: Vec<OutputPath>,
}

/// The articles of one section that carry one value.
#[derive(Clone, Debug)]
pub struct Narrowed {
    /// The section.
    pub section: SectionIndex,
    /// The value, by its place in `Site::facets`.
    pub value: usize,
    /// Articles in each language, in the section's order.
    pub articles: Vec<Vec<ArticleIndex>>,
    /// Address of the list in each language.
    pub outputs: Vec<OutputPath>,
}

/// Sections with fewer entries than this are taken in at a glance and not narrowed.
pub const NARROW_FROM: usize = 10;

/// What contacts can be gathered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactKind {
    /// What they do.
    Service,
    /// Where.
    Jurisdiction,
    /// For whom.
    Audience,
}

impl ContactKind {
    /// Name in addresses and templates.
    pub fn as_str(self) -> &'static str {
        match self {
            ContactKind::Service => "service",
            ContactKind::Jurisdiction => "jurisdiction",
            ContactKind::Audience => "audience",
        }
    }
}

/// The contacts of the directory that share one value.
#[derive(Clone, Debug)]
pub struct ContactList {
    /// What they share.
    pub kind: ContactKind,
    /// The value's id.
    pub id: String,
    /// Places in the directory.
    pub contacts: Vec<usize>,
    /// Address of the list in each language.
    pub outputs: Vec<OutputPath>,
}

/// What stands at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are indices whose types say what they point to")]
pub enum Route {
    /// A page in its own language.
    Page(PageIndex),
    /// An article that has no page in this language.
    Fallback { article: ArticleIndex, language: LanguageIndex },
    /// A section's list: number 1 where no author wrote a page, further numbers for every long section.
    Section { section: SectionIndex, language: LanguageIndex, number: usize },
    /// A list by facet value; `value` is a place in `Site::facets`.
    Facet { value: usize, language: LanguageIndex, number: usize },
    /// A section's list for one value; `list` is a place in `Site::narrowed`.
    Narrowed { list: usize, language: LanguageIndex, number: usize },
    /// The contacts that share a value; `list` is a place in `Site::contact_lists`.
    Contacts { list: usize, language: LanguageIndex },
    /// All pages by title.
    Az(LanguageIndex),
    /// Search.
    Search(LanguageIndex),
    /// Downloads.
    Offline(LanguageIndex),
    /// The root page that offers the languages.
    Doors,
    /// For addresses that do not exist.
    NotFound,
    /// An old address.
    Redirect(OutputPath),
    /// A neutral page for leaving without a network.
    Blank,
    /// An asset of the content.
    Asset(SourcePath),
    /// An asset of the theme.
    ThemeAsset(String),
    /// A table as CSV.
    Table(String),
    /// An event's calendar entry.
    Calendar(PageIndex),
    /// Recent changes of a language.
    Feed(LanguageIndex),
    /// For search engines.
    Sitemap,
    /// For search engines.
    Robots,
    /// Machine-readable list of pages.
    PagesJson,
}

/// Entries on one page of a list.
pub const PAGE_LENGTH: usize = 50;

/// The address of a further page of a list: `en/law/index.html`, 2 → `en/law/page-2/index.html`.
pub fn numbered(first: &OutputPath, number: usize) -> OutputPath {
    if number <= 1 {
        return first.clone();
    }
    let folder = first.as_str().strip_suffix("index.html").unwrap_or_default();
    OutputPath::new(format!("{folder}page-{number}/index.html"))
}

/// The script that the browser loads first to search. Its address does not change with the content, so that no page does.
pub const SEARCH_SCRIPT: &str = "search/search.js";

/// The whole site.
#[derive(Clone, Debug)]
pub struct Site {
    /// Settings.
    pub config: SiteConfig,
    /// Dates, numbers and order of each language.
    pub locales: Vec<Arc<Locale>>,
    /// Full address with a `/` at the end, where one is known.
    pub base_url: Option<String>,
    /// The day the build counts as today.
    pub today: Date,
    /// All published pages.
    pub pages: Vec<Page>,
    /// All articles, by id.
    pub articles: Vec<Article>,
    /// Place of each article id.
    pub article_by_id: HashMap<Arc<str>, ArticleIndex>,
    /// All articles by title, in each language's order.
    pub by_title: Vec<Vec<ArticleIndex>>,
    /// All sections; the root first.
    pub sections: Vec<Section>,
    /// All facet values in use.
    pub facets: Vec<FacetValue>,
    /// Lists that narrow long sections, by section.
    pub narrowed: Vec<Narrowed>,
    /// Lists that narrow the directory.
    pub contact_lists: Vec<ContactList>,
    /// The article that shows the directory, where there is one.
    pub directory: Option<ArticleIndex>,
    /// Glossary, directory, tables.
    pub data: Arc<Data>,
    /// The article that shows the glossary, where there is one.
    pub glossary: Option<ArticleIndex>,
    /// Content assets in use or not.
    pub assets: BTreeMap<SourcePath, Arc<Asset>>,
    /// What stands at each address.
    pub routes: BTreeMap<OutputPath, Route>,
}

impl Site {
    /// An article's page in a language, where it was written.
    pub fn page_in(&self, article: ArticleIndex, language: LanguageIndex) -> Option<&Page> {
        self.articles[article].pages[language].map(|p| &self.pages[p])
    }

    /// The page that readers of a language see for an article: their own, else the original.
    pub fn shown_in(&self, article: ArticleIndex, language: LanguageIndex) -> &Page {
        let index = self.articles[article].pages[language].unwrap_or(self.articles[article].original);
        &self.pages[index]
    }

    /// The output of a page.
    pub fn output(&self, page: &Page) -> &OutputPath {
        &self.articles[page.article].outputs[page.language]
    }

    /// The article with this id.
    pub fn article(&self, id: &str) -> Option<ArticleIndex> {
        self.article_by_id.get(id).copied()
    }
}
