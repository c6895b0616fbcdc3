//! Ids that one file writes and another defines: vocabularies, related pages, roles, services, data files, navigation. In: the resolved
//! site. Out: a diagnostic with the nearest match for each id that nobody defines.

use super::check::DIRECTORY_FILE;
use super::{ParsedData, SITE_FILE};
use crate::diag::Diagnostic;
use crate::model::body::DirectiveName;
use crate::model::config::Vocabulary;
use crate::model::site::Page;
use crate::model::{Block, Directive, ParsedPage, Site};
use crate::path::SourcePath;
use crate::text::suggest::nearest;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// All checks.
pub(super) fn check(site: &Site, data: &ParsedData, all: &[&Arc<ParsedPage>], failed: &BTreeSet<SourcePath>) -> Vec<Diagnostic> {
    let services: BTreeSet<&str> = site.data.directory.iter().flat_map(|c| c.service.iter().map(String::as_str)).collect();
    let contacts: BTreeSet<&str> = site.data.directory.iter().map(|c| c.id.as_str()).collect();
    let known = Known { site, all, failed, services, contacts };
    let mut found: Vec<Diagnostic> = site.pages.par_iter().flat_map_iter(|page| known.page(page)).collect();
    found.extend(known.settings());
    found.extend(known.data(data));
    found
}

struct Known<'a> {
    site: &'a Site,
    all: &'a [&'a Arc<ParsedPage>],
    failed: &'a BTreeSet<SourcePath>,
    services: BTreeSet<&'a str>,
    contacts: BTreeSet<&'a str>,
}

fn unknown<'a>(what: &str, id: &str, candidates: impl Iterator<Item = &'a str> + Clone, otherwise: &str) -> Diagnostic {
    let help = match nearest(id, candidates.clone()) {
        Some(close) => format!("did you mean `{close}`?"),
        None => {
            let list: Vec<&str> = candidates.take(20).collect();
            if list.is_empty() { otherwise.to_owned() } else { format!("{otherwise}; known: {}", list.join(", ")) }
        }
    };
    Diagnostic::error("unknown-id", format!("{what} `{id}` is not defined")).help(help)
}

impl<'a> Known<'a> {
    fn ids(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        self.site.articles.iter().map(|a| &*a.id)
    }

    fn page(&self, page: &Page) -> Vec<Diagnostic> {
        let (file, front) = (&page.parsed.source, &page.parsed.front);
        let vocabularies = &self.site.config.vocabularies;
        let mut found = Vec::new();
        let lists: [(&str, &[String], &Vocabulary); 2] =
            [("audience", &front.audience, &vocabularies.audience), ("jurisdiction", &front.jurisdiction, &vocabularies.jurisdiction)];
        for (key, ids, vocabulary) in lists {
            for id in ids.iter().filter(|id| !vocabulary.contains(id)) {
                let names = vocabulary.ids();
                found.push(unknown(key, id, names, "add it to `vocabularies` in site.yaml").at(file, front.place(key)));
            }
        }
        let mut references: Vec<(&str, &str)> = front.related.iter().map(|id| ("related", id.as_str())).collect();
        references.extend(front.sop.as_ref().and_then(|s| s.superseded_by.as_deref()).map(|id| ("superseded_by", id)));
        references.extend(front.withdrawn.as_ref().and_then(|w| w.instead.as_deref()).map(|id| ("withdrawn", id)));
        for (key, id) in references {
            found.extend(
                self.no_page("the page", id, "ids are paths below the language folder, without extension")
                    .map(|d| d.at(file, front.place(key))),
            );
        }
        self.blocks(file, &page.parsed.body, &mut found);
        found
    }

    /// What to say of an id that no published page has; nothing where its file has been reported already.
    fn no_page(&self, what: &str, id: &str, otherwise: &str) -> Option<Diagnostic> {
        if self.site.article(id).is_some() || self.failed.iter().any(|file| super::links::is_page(file, id)) {
            return None;
        }
        Some(match self.all.iter().find(|p| p.id() == id) {
            Some(page) => Diagnostic::error("unknown-id", format!("{what} `{id}` ({}) is not published", page.source))
                .help("publish it, or take the id out"),
            None => unknown(what, id, self.ids(), otherwise),
        })
    }

    fn blocks(&self, file: &SourcePath, blocks: &[Block], found: &mut Vec<Diagnostic>) {
        for block in blocks {
            if let Block::Directive(directive) = block {
                found.extend(self.directive(directive).into_iter().map(|d| d.at(file, directive.region)));
                self.blocks(file, &directive.body, found);
            }
        }
    }

    fn directive(&self, directive: &Directive) -> Vec<Diagnostic> {
        let roles = &self.site.config.vocabularies.role;
        let tables = &self.site.data.tables;
        let diagrams = &self.site.data.diagrams;
        match directive.name {
            DirectiveName::Step => {
                let role = directive.get("role").filter(|r| !roles.contains(r));
                role.map(|r| unknown("the role", r, roles.ids(), "add it to `vocabularies: role` in site.yaml")).into_iter().collect()
            }
            DirectiveName::Contacts => {
                let service = directive.get("service").into_iter().filter(|s| !self.services.contains(s));
                let ids = directive.get("ids").into_iter().flat_map(str::split_whitespace).filter(|id| !self.contacts.contains(id));
                service
                    .map(|s| unknown("the service", s, self.services.iter().copied(), "no contact of directory.yaml has it"))
                    .chain(ids.map(|id| unknown("the contact", id, self.contacts.iter().copied(), "add it to content/data/directory.yaml")))
                    .collect()
            }
            DirectiveName::Chart => match directive.get("data").map(|d| (d, tables.get(d))) {
                Some((name, None)) => {
                    vec![unknown("the table", name, tables.keys().map(String::as_str), "put a CSV file into content/data/")]
                }
                Some((name, Some(table))) if table.figures.is_none() && matches!(directive.get("show"), Some("bars" | "columns")) => {
                    let message = format!("{name} cannot be drawn: {}", table.undrawable);
                    vec![Diagnostic::error("chart", message).help("write bare numbers, or show=table")]
                }
                _ => Vec::new(),
            },
            DirectiveName::Diagram => match directive.get("data").map(|d| (d, diagrams.get(d))) {
                Some((name, None)) => {
                    vec![unknown("the diagram", name, diagrams.keys().map(String::as_str), "put a YAML file into content/data/")]
                }
                Some((name, Some(diagram))) => diagram.pages().into_iter().filter_map(|page| self.diagram_page(name, page)).collect(),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// What to say of a page that a diagram leads to.
    fn diagram_page(&self, name: &str, page: &str) -> Option<Diagnostic> {
        let (id, anchor) = page.split_once('#').unwrap_or((page, ""));
        let what = format!("in content/data/{name}, the page");
        let Some(article) = self.site.article(id) else {
            return self.no_page(&what, id, "ids are paths below the language folder, without extension");
        };
        let original = &self.site.pages[self.site.articles[article].original];
        let known = anchor.is_empty() || original.heading_ids.iter().any(|id| &**id == anchor);
        (!known).then(|| {
            let anchors: Vec<&str> = original.heading_ids.iter().map(|id| &**id).collect();
            let help = match nearest(anchor, anchors.iter().copied()) {
                Some(close) => format!("did you mean `#{close}`?"),
                None => format!("its anchors: {}", anchors.iter().take(20).copied().collect::<Vec<_>>().join(", ")),
            };
            Diagnostic::error("dead-anchor", format!("{what} `{id}` has no anchor `#{anchor}`")).help(help)
        })
    }

    fn settings(&self) -> Vec<Diagnostic> {
        let file = SourcePath::new(SITE_FILE);
        let place = |key: &str| self.site.config.place(key);
        let sections: BTreeSet<String> =
            self.site.sections.iter().filter(|s| !s.path.is_empty()).map(|s| format!("{}/index", s.path)).collect();
        let mut found = Vec::new();
        for entry in &self.site.config.nav {
            let id = entry.reference.as_str();
            if !sections.contains(id) {
                found.extend(
                    self.no_page("the page of `nav`", id, "name a page id, or a section as `law/index`").map(|d| d.at(&file, place("nav"))),
                );
            }
        }
        for id in &self.site.config.pocket {
            let missing = self.no_page("the page of `pocket`", id, "ids are paths below the language folder, without extension");
            found.extend(missing.map(|d| d.at(&file, place("pocket"))));
        }
        for id in self.site.config.helplines.iter().filter(|id| !self.contacts.contains(id.as_str())) {
            found.push(
                unknown("the contact of `helplines`", id, self.contacts.iter().copied(), "add it to content/data/directory.yaml")
                    .at(&file, place("helplines")),
            );
        }
        found
    }

    fn data(&self, data: &ParsedData) -> Vec<Diagnostic> {
        let vocabularies = &self.site.config.vocabularies;
        let terms: BTreeSet<&str> = self.site.data.glossary.iter().map(|t| t.id.as_str()).collect();
        let glossary = SourcePath::new("content/data/glossary.yaml");
        let directory = SourcePath::new(DIRECTORY_FILE);
        let mut found = Vec::new();
        for (term, place) in &data.glossary {
            for id in term.related.iter().chain(&term.not_same_as).filter(|id| !terms.contains(id.as_str())) {
                let what = format!("in the term `{}`, the term", term.id);
                found.push(unknown(&what, id, terms.iter().copied(), "name the id of a term").at(&glossary, *place));
            }
        }
        for (contact, place) in &data.directory {
            let lists = [
                ("audience", &contact.audience, &vocabularies.audience),
                ("jurisdiction", &contact.jurisdiction, &vocabularies.jurisdiction),
            ];
            for (key, ids, vocabulary) in lists {
                for id in ids.iter().filter(|id| !vocabulary.contains(id)) {
                    let what = format!("in the contact `{}`, the {key}", contact.id);
                    found.push(unknown(&what, id, vocabulary.ids(), "add it to site.yaml").at(&directory, *place));
                }
            }
        }
        found
    }
}
