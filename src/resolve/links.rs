//! Every link to its target. In: articles with heading ids, terms, assets. Out: targets on each page and a diagnostic, with the nearest
//! match, for each link that leads nowhere.

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::front::{PageType, Sensitivity};
use crate::model::site::{ArticleIndex, LanguageIndex, Page, Target};
use crate::model::{Destination, ParsedLink, ParsedPage, Site};
use crate::path::SourcePath;
use crate::text::fold::fold;
use crate::text::suggest::nearest;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

const UNPUBLISHED: &str = "publish it, or take the link out";

struct Index<'a> {
    site: &'a Site,
    by_source: HashMap<&'a str, ArticleIndex>,
    all_sources: HashMap<&'a str, &'a ParsedPage>,
    terms: HashMap<String, usize>,
    failed: &'a BTreeSet<SourcePath>,
}

/// Resolves the links of every page. `all` holds unpublished pages too, so that a link to one is told as what it is.
pub(super) fn resolve(site: &mut Site, all: &[&Arc<ParsedPage>], failed: &BTreeSet<SourcePath>, found: &mut Diagnostics) {
    let index = Index {
        by_source: site.pages.iter().map(|p| (p.parsed.source.as_str(), p.article)).collect(),
        all_sources: all.iter().map(|p| (p.source.as_str(), p.as_ref())).collect(),
        terms: terms(site),
        failed,
        site,
    };
    let resolved: Vec<(Vec<Target>, Vec<Diagnostic>)> = site
        .pages
        .par_iter()
        .map(|page| {
            let mut problems = Vec::new();
            let targets = page
                .parsed
                .links
                .iter()
                .map(|link| {
                    index.target(page, link).unwrap_or_else(|diagnostic| {
                        problems.push(*diagnostic);
                        Target::Broken
                    })
                })
                .collect();
            (targets, problems)
        })
        .collect();
    for (page, (targets, problems)) in site.pages.iter_mut().zip(resolved) {
        page.targets = targets;
        found.extend(problems);
    }
}

/// Every name of every term, folded.
fn terms(site: &Site) -> HashMap<String, usize> {
    let mut map = HashMap::new();
    for (index, term) in site.data.glossary.iter().enumerate() {
        let names = term.names.values().filter_map(|v| v.as_str());
        let others = term.roman.iter().chain(term.synonyms.values().flatten()).map(String::as_str);
        for name in std::iter::once(term.id.as_str()).chain(names).chain(others) {
            map.entry(fold(name)).or_insert(index);
        }
    }
    map
}

impl Index<'_> {
    fn target(&self, page: &Page, link: &ParsedLink) -> Result<Target, Box<Diagnostic>> {
        let fail = |code, message: String, help: String| {
            Box::new(Diagnostic::error(code, message).at(&page.parsed.source, link.region).help(help))
        };
        match &link.destination {
            Destination::External(url) => Ok(Target::External(url.clone())),
            Destination::Anchor(anchor) => {
                let id = self.anchor(page.article, page.language, anchor).map_err(|(m, h)| fail("dead-anchor", m, h))?;
                Ok(Target::Anchor(id))
            }
            Destination::Unreadable => Ok(Target::Broken),
            Destination::Term(name) => self.terms.get(&fold(name)).map(|t| Target::Term(*t)).ok_or_else(|| {
                let help = match nearest(&fold(name), sorted(self.terms.keys().map(String::as_str)).into_iter()) {
                    Some(close) => format!("did you mean `[[{close}]]`?"),
                    None => "use a name of content/data/glossary.yaml, or add the term there".to_owned(),
                };
                fail("unknown-term", format!("the glossary has no term `{name}`"), help)
            }),
            Destination::Reference(id, anchor) => {
                if self.site.article(id).is_none() && self.failed.iter().any(|file| is_page(file, id)) {
                    return Ok(Target::Broken);
                }
                let article = self.site.article(id).ok_or_else(|| {
                    if let Some(page) = self.all_sources.values().filter(|p| p.id() == id).min_by_key(|p| &p.source) {
                        return fail("dead-link", self.missing(&page.source), UNPUBLISHED.to_owned());
                    }
                    let help = match nearest(id, self.site.articles.iter().map(|a| &*a.id)) {
                        Some(close) => format!("did you mean `ref:{close}`?"),
                        None => "ids are paths below the language folder, without extension".to_owned(),
                    };
                    fail("dead-link", format!("no page has the id `{id}`"), help)
                })?;
                self.article(page, article, anchor.as_deref()).map_err(|(m, h)| fail("dead-anchor", m, h))
            }
            Destination::File(path, anchor) => {
                if let Some(article) = self.by_source.get(path.as_str()) {
                    return self.article(page, *article, anchor.as_deref()).map_err(|(m, h)| fail("dead-anchor", m, h));
                }
                if self.site.assets.contains_key(path) {
                    return Ok(Target::Asset(path.clone()));
                }
                if self.failed.contains(path) {
                    return Ok(Target::Broken);
                }
                Err(fail("dead-link", self.missing(path), self.nearest_file(page, path)))
            }
        }
    }

    fn article(&self, page: &Page, article: ArticleIndex, anchor: Option<&str>) -> Result<Target, (String, String)> {
        let anchor = anchor.map(|a| self.anchor(article, page.language, a)).transpose()?;
        Ok(Target::Article(article, anchor))
    }

    /// An anchor of an article as readers of a language see it.
    fn anchor(&self, article: ArticleIndex, language: LanguageIndex, anchor: &str) -> Result<Arc<str>, (String, String)> {
        let shown = self.site.shown_in(article, language);
        let front = &shown.parsed.front;
        // Neither a withdrawn page nor a quick-exit page in another language shows its body, so the link goes to the top.
        if front.withdrawn.is_some() || (front.sensitivity == Sensitivity::QuickExit && shown.language != language) {
            return Ok(Arc::from(""));
        }
        if let Some(id) = shown.heading_ids.iter().find(|id| &***id == anchor) {
            return Ok(Arc::clone(id));
        }
        // A stale translation has ids of its own; the link then goes to the top rather than break the build.
        let original = &self.site.pages[self.site.articles[article].original];
        if original.heading_ids.iter().any(|id| &**id == anchor) {
            return Ok(Arc::from(""));
        }
        let extra: Vec<&str> = match shown.parsed.front.page_type {
            PageType::Glossary => self.site.data.glossary.iter().map(|t| t.id.as_str()).collect(),
            PageType::Directory => self.site.data.directory.iter().map(|c| c.id.as_str()).collect(),
            _ => Vec::new(),
        };
        if extra.contains(&anchor) {
            return Ok(Arc::from(anchor));
        }
        let help = match nearest(anchor, shown.heading_ids.iter().map(|i| &**i).chain(extra)) {
            Some(close) => format!("did you mean `#{close}`?"),
            None if shown.heading_ids.is_empty() => "that page has no headings".to_owned(),
            None => format!("its anchors: {}", shown.heading_ids.iter().take(20).map(|i| &**i).collect::<Vec<_>>().join(", ")),
        };
        Err((format!("{} has no anchor `#{anchor}`", shown.parsed.source), help))
    }

    fn missing(&self, path: &SourcePath) -> String {
        match self.all_sources.get(path.as_str()) {
            Some(_) => format!("{path} is not published (a draft, not yet due, or expired)"),
            None => format!("there is no file {path}"),
        }
    }

    fn nearest_file(&self, page: &Page, path: &SourcePath) -> String {
        if self.all_sources.contains_key(path.as_str()) {
            return UNPUBLISHED.to_owned();
        }
        if self.site.sections.iter().any(|s| !s.path.is_empty() && path.as_str().ends_with(&format!("/{}/index.md", s.path))) {
            return "that section has no page of its own; write its index.md, or link one of its pages".to_owned();
        }
        let folder = format!("content/{}/", page.parsed.language);
        let candidates =
            self.by_source.keys().copied().filter(|s| s.starts_with(&folder)).chain(self.site.assets.keys().map(SourcePath::as_str));
        match nearest(path.as_str(), sorted(candidates).into_iter()) {
            Some(close) => format!("did you mean `{}`?", relative(&page.parsed.source, close)),
            None => "links name a file relative to this one, or `ref:` and an id".to_owned(),
        }
    }
}

/// Candidates in an order that does not depend on a hash, because of equals the first is offered.
fn sorted<'a>(candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut list: Vec<&str> = candidates.collect();
    list.sort_unstable();
    list
}

/// Whether a file is the page of this id in some language, as far as its path tells.
pub(super) fn is_page(file: &SourcePath, id: &str) -> bool {
    let below = file.strip("content").and_then(|rest| rest.split_once('/')).map(|(_, path)| path);
    below.and_then(|path| path.strip_suffix(".md")) == Some(id)
}

/// The link an author would write from one source to another.
fn relative(from: &SourcePath, to: &str) -> String {
    crate::path::OutputPath::new(from.as_str()).link_to(&crate::path::OutputPath::new(to))
}
