//! What the site as a whole owes its readers: pages that must exist in every language, fresh translations, reviews in time, sources,
//! approval before it goes live. In: the resolved site. Out: diagnostics.

use super::{ParsedData, SITE_FILE};
use crate::diag::Diagnostic;
use crate::model::front::{PageType, Sensitivity};
use crate::model::site::{Page, SEARCH_LIMIT, Translation};
use crate::model::{Site, SiteStage};
use crate::path::SourcePath;
use crate::text::lines::Region;
use std::collections::BTreeSet;

/// All checks.
pub(super) fn site(site: &Site, data: &ParsedData, failed: &BTreeSet<SourcePath>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    required(site, failed, &mut found);
    settings(site, &mut found);
    for page in &site.pages {
        translation(site, page, &mut found);
        upkeep(site, page, &mut found);
        law_sections(page, &mut found);
    }
    for article in &site.articles {
        for (language, slot) in article.pages.iter().enumerate() {
            if slot.is_none() && !site.config.languages.is_empty() {
                let original = &site.pages[article.original].parsed;
                let name = &site.config.languages[language].name;
                let path = expected(site, language, &original.path);
                if failed.contains(&SourcePath::new(&path)) {
                    continue;
                }
                found.push(
                    Diagnostic::warning("missing-translation", format!("there is no {name} page for this article"))
                        .at(&original.source, original.front.place("title"))
                        .help(format!("write {path}; until then readers of {name} see this page with a notice")),
                );
            }
        }
    }
    for (contact, place) in &data.directory {
        if contact.phone_tested.as_deref().is_some_and(|d| crate::model::Date::parse(d).is_none()) {
            let message = format!("`phone_tested` of `{}` is no date", contact.id);
            found.push(
                Diagnostic::error("invalid-date", message)
                    .at(&SourcePath::new(DIRECTORY_FILE), *place)
                    .help("write YYYY-MM-DD, or leave it out until somebody has called"),
            );
        }
    }
    found
}

pub(super) const DIRECTORY_FILE: &str = "content/data/directory.yaml";

fn expected(site: &Site, language: usize, path: &str) -> String {
    format!("content/{}/{path}.md", site.config.languages[language].code)
}

fn top(file: &str) -> (SourcePath, Region) {
    (SourcePath::new(file), Region { line: 1, column: 1, end_line: 1, end_column: 2 })
}

/// Home always; helplines and safety as soon as anything refers to them.
fn required(site: &Site, failed: &BTreeSet<SourcePath>, found: &mut Vec<Diagnostic>) {
    let quick_exit = site.pages.iter().any(|p| p.parsed.front.sensitivity == Sensitivity::QuickExit);
    let wanted = [
        ("index", true, "the home page"),
        ("helplines", !site.config.helplines.is_empty() || site.article("helplines").is_some(), "the helplines page"),
        ("safety", quick_exit || site.article("safety").is_some(), "the safety page"),
    ];
    for (id, _, what) in wanted.into_iter().filter(|(_, needed, _)| *needed) {
        for (language, settings) in site.config.languages.iter().enumerate() {
            let exists = site.article(id).is_some_and(|a| site.page_in(a, language).is_some());
            let path = expected(site, language, id);
            if !exists && !failed.contains(&SourcePath::new(&path)) {
                let (file, region) = top(SITE_FILE);
                found.push(
                    Diagnostic::error("required-page", format!("{what} is missing in {}", settings.name))
                        .at(&file, region)
                        .help(format!("write {path}; this page must exist in every language")),
                );
            }
        }
    }
}

fn settings(site: &Site, found: &mut Vec<Diagnostic>) {
    let (file, region) = top(SITE_FILE);
    if site.base_url.is_none() {
        found.push(
            Diagnostic::note(
                "no-base-url",
                "there is no base_url, so canonical links, language alternates, sharing data, site map and feeds are left out",
            )
            .at(&file, region)
            .help("set `base_url` in site.yaml or give --base-url when the site is to be hosted"),
        );
    }
    let left_out = site.config.languages.iter().enumerate().filter(|(language, _)| !site.searchable(*language));
    for (_, settings) in left_out {
        found.push(
            Diagnostic::note(
                "search-left-out",
                format!("{} has more than {SEARCH_LIMIT} pages, so its search index is left out", settings.name),
            )
            .at(&file, region)
            .help("readers are led to the list from A to Z"),
        );
    }
    if let Some(exit) = site.config.exit.as_ref().filter(|e| !e.approved) {
        let message = format!("the publisher has not approved the exit target {}", exit.url);
        let help = "when the publisher agrees that the page is neutral and opens everywhere, set `approved: true`";
        found.push(Diagnostic::warning("exit-not-approved", message).at(&file, site.config.place("exit")).help(help));
    }
}

fn translation(site: &Site, page: &Page, found: &mut Vec<Diagnostic>) {
    let parsed = &page.parsed;
    let original = &site.pages[site.articles[page.article].original].parsed;
    let record = || super::translation::record(original);
    match &page.translation {
        Translation::Stale { changed, added, removed } => {
            let name = |t: &String| if t.is_empty() { "the opening".to_owned() } else { format!("“{t}”") };
            let mut parts = Vec::new();
            if !changed.is_empty() {
                parts.push(format!("changed: {}", changed.iter().map(name).collect::<Vec<_>>().join(", ")));
            }
            if !added.is_empty() {
                parts.push(format!("new: {}", added.iter().map(name).collect::<Vec<_>>().join(", ")));
            }
            if *removed > 0 {
                parts.push(format!("gone: {removed}"));
            }
            found.push(
                Diagnostic::warning(
                    "stale-translation",
                    format!("{} has changed since this translation was made ({})", original.source, parts.join("; ")),
                )
                .at(&parsed.source, parsed.front.place("translated_from"))
                .help(format!(
                    "bring the text up to date, then run `rahnuma translated {}` or write `translated_from: {}`",
                    parsed.source,
                    record()
                )),
            );
        }
        Translation::NotCompared => found.push(
            Diagnostic::note("not-compared", format!("nothing says which state of {} this was translated from", original.source))
                .at(&parsed.source, parsed.front.place("title"))
                .help(format!("after checking it, run `rahnuma translated {}` or write `translated_from: {}`", parsed.source, record())),
        ),
        Translation::Original | Translation::Current => {}
    }
}

fn upkeep(site: &Site, page: &Page, found: &mut Vec<Diagnostic>) {
    let (parsed, front) = (&page.parsed, &page.parsed.front);
    if front.withdrawn.is_some() {
        return;
    }
    if let Some(due) = front.review_by.filter(|d| *d < site.today) {
        found.push(
            Diagnostic::warning("review-overdue", format!("the review was due on {due}"))
                .at(&parsed.source, front.place("review_by"))
                .help("review the page and move `review_by`, or withdraw it"),
        );
    }
    let relies = matches!(
        front.page_type,
        PageType::Guidance | PageType::Sop | PageType::Law | PageType::Event | PageType::Statistics | PageType::Training
    );
    let is_index = site.articles[page.article].index_of.is_some();
    if relies && !is_index && front.sources.is_empty() {
        found.push(
            Diagnostic::warning("no-sources", "the page names no sources")
                .at(&parsed.source, front.place("title"))
                .help("add `sources:` with a `title` for each work it relies on"),
        );
    }
    if site.config.stage == SiteStage::Live && (front.approved_by.is_none() || front.approved_on.is_none()) {
        found.push(
            Diagnostic::error("not-approved", "a live site has only approved pages")
                .at(&parsed.source, front.place("title"))
                .help("add `approved_by` and `approved_on`, or set `stage: preview` in site.yaml"),
        );
    }
}

/// A section of a law is cited by its anchor for years, so the anchor must not depend on the heading's words or language.
fn law_sections(page: &Page, found: &mut Vec<Diagnostic>) {
    if page.parsed.front.page_type != PageType::Law {
        return;
    }
    for heading in &page.parsed.headings {
        let first = heading.text.split_whitespace().next().unwrap_or_default();
        let section = matches!(first, "Section" | "Sections" | "دفعہ" | "دفعات") && heading.text.chars().any(|c| c.is_numeric());
        if section && heading.explicit.is_none() {
            found.push(
                Diagnostic::error("law-section-id", format!("the section “{}” has no id of its own", heading.text))
                    .at(&page.parsed.source, heading.region)
                    .help("end the line with an id such as `{#s-3}`, the same in every language"),
            );
        }
    }
}
