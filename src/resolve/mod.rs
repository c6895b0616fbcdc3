//! From parsed pages to one site: translations paired, links and anchors resolved, sections and lists gathered, every address taken once.
//! In: everything parsed, and the day. Out: `Site` and diagnostics; the site is whole enough to show even where diagnostics forbid writing it.
//! The only stage that sees more than one file.

mod articles;
mod assets;
mod check;
mod facets;
mod headings;
mod links;
mod narrow;
mod order;
mod references;
mod routes;
mod sections;
mod translation;

pub use articles::original;
pub use translation::record;

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::asset::Asset;
use crate::model::data::{Contact, Placed, Table, Term};
use crate::model::diagram::Diagram;
use crate::model::site::Page;
use crate::model::{Data, Date, ParsedPage, Site, SiteConfig};
use crate::path::SourcePath;
use crate::text::locale::Locale;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What a build is asked for besides its content.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The day the build counts as today.
    pub today: Date,
    /// Whether drafts and not yet published pages are shown.
    pub drafts: bool,
    /// Full address that overrides the one in `site.yaml`.
    pub base_url: Option<String>,
}

/// Data files with the places of their entries.
#[derive(Clone, Debug, Default)]
pub struct ParsedData {
    /// The file of the glossary and its terms.
    pub glossary: Vec<Placed<Term>>,
    /// Contacts.
    pub directory: Vec<Placed<Contact>>,
    /// Tables by file name.
    pub tables: BTreeMap<String, Table>,
    /// Diagrams by file name.
    pub diagrams: BTreeMap<String, Diagram>,
}

/// Everything that parsing found.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Settings of the site.
    pub config: &'a SiteConfig,
    /// All pages, published or not, in any order.
    pub pages: &'a [Arc<ParsedPage>],
    /// Pages and assets that exist and could not be taken in, which has been reported: nothing more is said of links to them.
    pub failed: &'a BTreeSet<SourcePath>,
    /// Data files.
    pub data: &'a ParsedData,
    /// Cleaned assets by source.
    pub assets: &'a BTreeMap<SourcePath, Arc<Asset>>,
    /// What the build is asked for.
    pub settings: &'a Settings,
}

/// Resolves the whole site.
pub fn site(input: Input<'_>) -> (Site, Diagnostics) {
    let Input { config, settings, .. } = input;
    let mut found = Diagnostics::new();
    let locales: Vec<Arc<Locale>> = config
        .languages
        .iter()
        .map(|language| {
            let tag = language.locale.as_deref().unwrap_or(language.code.as_str());
            let (locale, note) = Locale::new(tag, config.numerals());
            found.extend(note.map(|n| {
                Diagnostic::note("unknown-locale", n)
                    .in_file(&SourcePath::new(SITE_FILE))
                    .help("check `locale`; dates and sorting fall back meanwhile")
            }));
            Arc::new(locale)
        })
        .collect();
    let mut all: Vec<&Arc<ParsedPage>> = input.pages.iter().collect();
    all.sort_by(|a, b| a.source.cmp(&b.source));
    let published: Vec<Arc<ParsedPage>> =
        all.iter().filter(|p| p.front.published(settings.today, settings.drafts)).map(|p| Arc::clone(p)).collect();
    let (mut pages, mut articles, left_out) = articles::gather(config, &published, &mut found);
    let failed: BTreeSet<SourcePath> = input.failed.iter().cloned().chain(left_out).collect();
    let article_by_id: HashMap<Arc<str>, usize> = articles.iter().enumerate().map(|(n, a)| (Arc::clone(&a.id), n)).collect();
    articles::agree(&mut pages, &articles, &mut found);
    articles::place(config, &pages, &mut articles);
    let by_title = order::by_title(&locales, &pages, &articles);
    let ranks = order::ranks(&by_title);
    let sections = sections::gather(config, &ranks, &pages, &mut articles);
    compare(&mut pages, &articles, &mut found);
    let facets = facets::gather(config, &ranks, &pages, &articles);
    let narrowed = narrow::sections(config, &sections, &pages, &articles, &facets);
    let data = Arc::new(Data {
        glossary: input.data.glossary.iter().map(|(t, _)| t.clone()).collect(),
        directory: input.data.directory.iter().map(|(c, _)| c.clone()).collect(),
        tables: input.data.tables.clone(),
        diagrams: input.data.diagrams.clone(),
    });
    let directory = narrow::directory(&pages, &articles);
    let contact_lists = narrow::contacts(directory.map(|a| &articles[a]), &data.directory);
    let glossary = articles.iter().position(|a| pages[a.original].parsed.front.page_type == crate::model::front::PageType::Glossary);
    let base_url = settings.base_url.clone().or_else(|| config.base_url.clone()).map(|url| format!("{}/", url.trim_end_matches('/')));
    let mut site = Site {
        config: config.clone(),
        locales,
        base_url,
        today: settings.today,
        pages,
        articles,
        article_by_id,
        by_title,
        sections,
        facets,
        narrowed,
        contact_lists,
        directory,
        data,
        glossary,
        assets: input.assets.clone(),
        routes: BTreeMap::new(),
    };
    links::resolve(&mut site, &all, &failed, &mut found);
    assets::keep_used(&mut site, &all, &mut found);
    site.routes = routes::gather(&site, &mut found);
    found.extend(check::site(&site, input.data, &failed));
    found.extend(references::check(&site, input.data, &all, &failed));
    (site, found)
}

/// The settings' file, for diagnostics about the site as a whole.
pub const SITE_FILE: &str = "content/site.yaml";

/// How each page stands to its original, and which heading ids it therefore has.
fn compare(pages: &mut [Page], articles: &[crate::model::site::Article], found: &mut Diagnostics) {
    let results: Vec<_> = pages
        .par_iter()
        .map(|page| {
            let original = &pages[articles[page.article].original];
            let translation = translation::state(&page.parsed, &original.parsed);
            let (ids, diagnostic) = headings::ids(&page.parsed, &original.parsed, &translation);
            (translation, ids, diagnostic)
        })
        .collect();
    for (page, (translation, ids, diagnostic)) in pages.iter_mut().zip(results) {
        page.translation = translation;
        page.heading_ids = ids;
        found.extend(diagnostic);
    }
}
