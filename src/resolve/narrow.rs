//! Lists that narrow others: a long section by audience, place or topic, the directory by service, place or audience. In: sections with their
//! entries, facets, contacts. Out: one list for each value, each with an address of its own, so that choosing needs no script.

use super::facets;
use crate::model::SiteConfig;
use crate::model::data::Contact;
use crate::model::front::PageType;
use crate::model::site::{Article, ArticleIndex, ContactKind, ContactList, Facet, FacetValue, NARROW_FROM, Narrowed, Page, Section};
use crate::path::OutputPath;
use crate::text::slug::slug;
use std::collections::BTreeMap;

/// The lists of all sections that are long enough, in the order of sections, then of facets.
pub(super) fn sections(
    config: &SiteConfig,
    sections: &[Section],
    pages: &[Page],
    articles: &[Article],
    facets: &[FacetValue],
) -> Vec<Narrowed> {
    let mut all = Vec::new();
    for (index, section) in sections.iter().enumerate() {
        let length = section.entries.first().map_or(0, Vec::len);
        if section.path.is_empty() || length < NARROW_FROM {
            continue;
        }
        let mut lists: BTreeMap<usize, Vec<Vec<ArticleIndex>>> = BTreeMap::new();
        for (language, entries) in section.entries.iter().enumerate() {
            for article in entries {
                for value in values(config, &pages[articles[*article].original], facets) {
                    lists.entry(value).or_insert_with(|| vec![Vec::new(); section.entries.len()])[language].push(*article);
                }
            }
        }
        // A list of all or of one narrows nothing.
        lists.retain(|_, articles| (2..length).contains(&articles[0].len()));
        all.extend(lists.into_iter().map(|(value, articles)| {
            let facet = &facets[value];
            let outputs = section.outputs.iter().map(|first| below(first, facet.facet.as_str(), &facet.id)).collect();
            Narrowed { section: index, value, articles, outputs }
        }));
    }
    all
}

/// The values of a page that narrow lists: audiences, places, and the topics that site.yaml names; free tags would be too many.
fn values(config: &SiteConfig, page: &Page, all: &[FacetValue]) -> Vec<usize> {
    let front = &page.parsed.front;
    if front.withdrawn.is_some() {
        return Vec::new();
    }
    let tags = front.tags.iter().filter(|tag| config.vocabularies.tag.contains(tag)).map(|id| (Facet::Tag, id));
    let audiences = front.audience.iter().map(|id| (Facet::Audience, id));
    let places = front.jurisdiction.iter().map(|id| (Facet::Jurisdiction, id));
    let mut found: Vec<usize> = tags.chain(audiences).chain(places).filter_map(|(facet, id)| facets::place(all, facet, id)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The article that shows the directory: `helplines`, else the first of its type.
pub(super) fn directory(pages: &[Page], articles: &[Article]) -> Option<ArticleIndex> {
    let shows = |a: &Article| {
        let front = &pages[a.original].parsed.front;
        front.page_type == PageType::Directory && front.withdrawn.is_none()
    };
    articles.iter().position(|a| &*a.id == "helplines" && shows(a)).or_else(|| articles.iter().position(shows))
}

/// The lists of the directory, services first.
pub(super) fn contacts(directory: Option<&Article>, contacts: &[Contact]) -> Vec<ContactList> {
    let Some(article) = directory else { return Vec::new() };
    let mut lists: BTreeMap<(ContactKind, &str), Vec<usize>> = BTreeMap::new();
    for (n, contact) in contacts.iter().enumerate() {
        let ids = [
            (ContactKind::Service, &contact.service),
            (ContactKind::Jurisdiction, &contact.jurisdiction),
            (ContactKind::Audience, &contact.audience),
        ];
        for (kind, id) in ids.into_iter().flat_map(|(kind, ids)| ids.iter().map(move |id| (kind, id.as_str()))) {
            let list = lists.entry((kind, id)).or_default();
            if list.last() != Some(&n) {
                list.push(n);
            }
        }
    }
    let list = |((kind, id), contacts): ((ContactKind, &str), Vec<usize>)| ContactList {
        kind,
        id: id.to_owned(),
        contacts,
        outputs: article.outputs.iter().map(|first| below(first, kind.as_str(), id)).collect(),
    };
    lists.into_iter().map(list).collect()
}

/// `en/law/index.html`, `audience`, `police` → `en/law/audience/police/index.html`.
fn below(first: &OutputPath, kind: &str, id: &str) -> OutputPath {
    let folder = first.as_str().strip_suffix("index.html").unwrap_or_default();
    OutputPath::new(format!("{folder}{kind}/{}/index.html", slug(id)))
}
