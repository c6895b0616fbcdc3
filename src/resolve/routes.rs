//! What stands at which address. In: everything resolved but the routes. Out: one route for each address; two claims to one are an error
//! that names both.

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::body::DirectiveName;
use crate::model::front::{PageType, Sensitivity};
use crate::model::site::{PAGE_LENGTH, Route, numbered};
use crate::model::{Block, Site};
use crate::path::{OutputPath, SourcePath};
use crate::text::lines::Region;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const UNTRANSLATED: &str = " (not translated)";

struct Table {
    routes: BTreeMap<OutputPath, Route>,
    /// Lower-case address to who claimed it: addresses that differ only by case are one file on many disks.
    owners: HashMap<String, String>,
    /// Pairs that have been told already: two pages that clash in one language clash in all.
    told: HashSet<(String, String)>,
    found: Vec<Diagnostic>,
}

impl Table {
    fn add(&mut self, path: OutputPath, route: Route, owner: &str, place: Option<(&SourcePath, Region)>) {
        let key =
            if path.as_str().bytes().any(|b| b.is_ascii_uppercase()) { path.as_str().to_lowercase() } else { path.as_str().to_owned() };
        if let Some(other) = self.owners.get(&key) {
            let plain = |name: &str| name.trim_end_matches(UNTRANSLATED).to_owned();
            if !self.told.insert((plain(owner), plain(other))) {
                return;
            }
            let diagnostic = Diagnostic::error("duplicate-url", format!("{owner} and {other} both want the address `{}`", path.address()))
                .help("rename one of the files, or give one a `slug`");
            self.found.push(match place {
                Some((file, region)) => diagnostic.at(file, region),
                None => diagnostic,
            });
            return;
        }
        self.owners.insert(key, owner.to_owned());
        self.routes.insert(path, route);
    }
}

/// Gathers all routes but those of theme assets and of search, which other stages add.
pub(super) fn gather(site: &Site, found: &mut Diagnostics) -> BTreeMap<OutputPath, Route> {
    let mut table =
        Table { routes: BTreeMap::new(), owners: HashMap::with_capacity(site.pages.len() * 2), told: HashSet::new(), found: Vec::new() };
    fixed(site, &mut table);
    pages(site, &mut table);
    lists(site, &mut table);
    narrowed(site, &mut table);
    for source in site.assets.values() {
        table.add(source.output.clone(), Route::Asset(source.source.clone()), source.source.as_str(), None);
    }
    // A table that no published page shows may belong to a draft.
    let mut shown = BTreeSet::new();
    for page in site.pages.iter().filter(|page| page.parsed.front.withdrawn.is_none()) {
        charts(&page.parsed.body, &mut shown);
    }
    for name in site.data.tables.keys().filter(|name| shown.contains(name.as_str())) {
        table.add(OutputPath::new(format!("data/{name}")), Route::Table(name.clone()), &format!("content/data/{name}"), None);
    }
    redirects(site, &mut table);
    found.extend(table.found);
    table.routes
}

fn fixed(site: &Site, table: &mut Table) {
    let mut fixed = |path: String, route| table.add(OutputPath::new(&path), route, "the build itself", None);
    fixed("index.html".into(), Route::Doors);
    fixed("404.html".into(), Route::NotFound);
    fixed("blank.html".into(), Route::Blank);
    fixed("robots.txt".into(), Route::Robots);
    fixed("pages.json".into(), Route::PagesJson);
    for (language, settings) in site.config.languages.iter().enumerate() {
        let code = &settings.code;
        fixed(format!("{code}/a-z/index.html"), Route::Az(language));
        fixed(format!("{code}/search/index.html"), Route::Search(language));
        fixed(format!("{code}/offline/index.html"), Route::Offline(language));
        if site.base_url.is_some() {
            fixed(format!("{code}/feed.xml"), Route::Feed(language));
        }
    }
    if site.base_url.is_some() {
        fixed("sitemap.xml".into(), Route::Sitemap);
    }
}

fn pages(site: &Site, table: &mut Table) {
    for (index, article) in site.articles.iter().enumerate() {
        for (language, output) in article.outputs.iter().enumerate() {
            let page = &site.pages[article.pages[language].unwrap_or(article.original)];
            let source = &page.parsed.source;
            let front = &page.parsed.front;
            let place = Some((source, front.place(if front.slug.is_some() { "slug" } else { "title" })));
            match article.pages[language] {
                Some(own) => table.add(output.clone(), Route::Page(own), source.as_str(), place),
                None => {
                    let owner = format!("{source}{UNTRANSLATED}");
                    table.add(output.clone(), Route::Fallback { article: index, language }, &owner, place);
                }
            }
            if let (Some(own), Some(path)) = (article.pages[language], calendar(site, index, language)) {
                table.add(path, Route::Calendar(own), source.as_str(), place);
            }
        }
    }
}

/// The calendar entry of an event that is still to come and whose date is the event's own.
fn calendar(site: &Site, article: usize, language: usize) -> Option<OutputPath> {
    let front = &site.page_in(article, language)?.parsed.front;
    let event = front.event.as_ref()?;
    let confirmed = event.date_basis.as_deref() == Some("event") && event.end.unwrap_or(event.start) >= site.today;
    let open = front.withdrawn.is_none() && front.sensitivity != Sensitivity::QuickExit && front.page_type == PageType::Event;
    let folder = site.articles[article].outputs[language].as_str().strip_suffix("index.html")?;
    (confirmed && open).then(|| OutputPath::new(format!("{folder}event.ics")))
}

/// The tables that a body shows.
fn charts<'a>(blocks: &'a [Block], shown: &mut BTreeSet<&'a str>) {
    for block in blocks {
        if let Block::Directive(directive) = block {
            if directive.name == DirectiveName::Chart {
                shown.extend(directive.get("data"));
            }
            charts(&directive.body, shown);
        }
    }
}

fn lists(site: &Site, table: &mut Table) {
    for (index, section) in site.sections.iter().enumerate() {
        for (language, output) in section.outputs.iter().enumerate() {
            if section.article.is_none() {
                let owner = format!("the section `{}`", section.path);
                table.add(output.clone(), Route::Section { section: index, language, number: 1 }, &owner, None);
            }
            if section.path.is_empty() {
                continue;
            }
            for number in 2..=section.entries[language].len().div_ceil(PAGE_LENGTH) {
                table.add(numbered(output, number), Route::Section { section: index, language, number }, "a long section", None);
            }
        }
    }
    for (value, facet) in site.facets.iter().enumerate() {
        for (language, output) in facet.outputs.iter().enumerate() {
            let owner = format!("the {} `{}`", facet.facet.as_str(), facet.id);
            for number in 1..=facet.articles[language].len().div_ceil(PAGE_LENGTH).max(1) {
                table.add(numbered(output, number), Route::Facet { value, language, number }, &owner, None);
            }
        }
    }
}

/// Lists that narrow a section or the directory.
fn narrowed(site: &Site, table: &mut Table) {
    for (list, narrowed) in site.narrowed.iter().enumerate() {
        for (language, output) in narrowed.outputs.iter().enumerate() {
            let value = &site.facets[narrowed.value];
            let owner = format!("the {} `{}` of the section `{}`", value.facet.as_str(), value.id, site.sections[narrowed.section].path);
            for number in 1..=narrowed.articles[language].len().div_ceil(PAGE_LENGTH).max(1) {
                table.add(numbered(output, number), Route::Narrowed { list, language, number }, &owner, None);
            }
        }
    }
    for (list, contacts) in site.contact_lists.iter().enumerate() {
        for (language, output) in contacts.outputs.iter().enumerate() {
            let owner = format!("the {} `{}` of the directory", contacts.kind.as_str(), contacts.id);
            table.add(output.clone(), Route::Contacts { list, language }, &owner, None);
        }
    }
}

fn redirects(site: &Site, table: &mut Table) {
    for page in &site.pages {
        for alias in &page.parsed.front.aliases {
            let alias = alias.trim_matches('/').trim_end_matches(".html").trim_end_matches("/index");
            let from = super::articles::output(page.parsed.language.as_str(), alias, None);
            let place = Some((&page.parsed.source, page.parsed.front.place("aliases")));
            if alias.is_empty() {
                table.found.push(
                    Diagnostic::error("invalid-value", "an alias is empty")
                        .at(&page.parsed.source, page.parsed.front.place("aliases"))
                        .help("write the old path, `guidance/old-name`"),
                );
            } else {
                let owner = format!("an alias of {}", page.parsed.source);
                table.add(from, Route::Redirect(site.output(page).clone()), &owner, place);
            }
        }
    }
}
