//! Which pages can be found, and as what. In: the resolved site. Out: entries, one at a time, and the glossary's terms. Withdrawn pages,
//! section lists and pages that stand in for a translation are not found; a page of a language is found in that language's index alone.

use super::entry::{Entry, Section, Term};
use super::prose;
use crate::model::Site;
use crate::model::front::PageType;
use crate::model::site::{LanguageIndex, Page, Target};
use std::borrow::Cow;
use std::sync::Arc;

/// The glossary's terms with their names in every language of the site.
pub(super) fn terms(site: &Site) -> Vec<Term> {
    let names = |term: &crate::model::Term, code: &str| -> Vec<String> {
        term.name(code).into_iter().map(str::to_owned).chain(term.synonyms.get(code).into_iter().flatten().cloned()).collect()
    };
    let codes: Vec<&str> = site.config.languages.iter().map(|l| l.code.as_str()).collect();
    let one = |term: &crate::model::Term| Term {
        names: codes.iter().map(|code| ((*code).to_owned(), names(term, code))).filter(|(_, names)| !names.is_empty()).collect(),
        roman: term.roman.clone(),
    };
    site.data.glossary.iter().map(one).collect()
}

/// The pages of a language that can be found: those of one type, audience and jurisdiction together, else in the order of their addresses.
pub(super) fn pages(site: &Site, language: LanguageIndex) -> Vec<usize> {
    let mut pages: Vec<usize> =
        (0..site.pages.len()).filter(|p| site.pages[*p].language == language && found(site, &site.pages[*p])).collect();
    let kind =
        |page: &Page| (page.parsed.front.page_type.as_str(), page.parsed.front.audience.clone(), page.parsed.front.jurisdiction.clone());
    by_address(site, &mut pages);
    pages.sort_by_cached_key(|page| kind(&site.pages[*page]));
    pages
}

/// Sorts pages by their addresses.
pub(super) fn by_address(site: &Site, pages: &mut [usize]) {
    pages.sort_by(|a, b| site.output(&site.pages[*a]).cmp(site.output(&site.pages[*b])));
}

/// The pages that may be other ones to search than before: none but texts of pages have changed, and what a page's own text decides. Nothing
/// where more has: pages, their kinds or addresses, labels, the glossary.
pub(super) fn edited(before: &Site, after: &Site) -> Option<Vec<usize>> {
    let languages = |site: &Site| site.config.languages.iter().map(|l| (l.code.clone(), l.name.clone(), l.dir)).collect::<Vec<_>>();
    let same = languages(before) == languages(after)
        && before.config.default_language == after.config.default_language
        && before.config.vocabularies.tag.iter().eq(after.config.vocabularies.tag.iter())
        && before.data.glossary == after.data.glossary
        && before.pages.len() == after.pages.len()
        && before.articles.len() == after.articles.len()
        && before.articles.iter().zip(&after.articles).all(|(a, b)| {
            a.id == b.id
                && a.pages == b.pages
                && a.original == b.original
                && a.outputs == b.outputs
                && a.index_of.is_some() == b.index_of.is_some()
        });
    if !same {
        return None;
    }
    // Files that were not read anew are the same in memory.
    let shared = |place: usize| Arc::ptr_eq(&before.pages[place].parsed, &after.pages[place].parsed);
    let mut edited = Vec::new();
    for (place, (was, is)) in before.pages.iter().zip(&after.pages).enumerate() {
        if was.language != is.language || was.article != is.article || !shared(place) && found(before, was) != found(after, is) {
            return None;
        }
        // A page's headings may have the ids of the page it was translated from.
        let ids = || !shared(after.articles[is.article].original) && was.heading_ids != is.heading_ids;
        if found(after, is) && (!shared(place) || ids()) {
            edited.push(place);
        }
    }
    Some(edited)
}

fn found(site: &Site, page: &Page) -> bool {
    page.parsed.front.withdrawn.is_none() && site.articles[page.article].index_of.is_none()
}

/// A page as search knows it.
pub(super) fn entry<'a>(site: &'a Site, page: &'a Page) -> Entry<'a> {
    let front = &page.parsed.front;
    let code = &site.config.languages[page.language].code;
    let mut sections: Vec<Section<'a>> = prose::sections(&page.parsed.body)
        .into_iter()
        .map(|(heading, text)| Section {
            id: heading.map_or("", |h| &page.heading_ids[h]),
            title: heading.map_or("", |h| &page.parsed.headings[h].text),
            text: Cow::Owned(text),
        })
        .collect();
    if front.page_type == PageType::Glossary {
        sections.extend(site.data.glossary.iter().map(|term| Section {
            id: &term.id,
            title: term.name(code.as_str()).unwrap_or(&term.id),
            text: Cow::Borrowed(term.definition.get(code).map_or("", String::as_str)),
        }));
    }
    let label = |id: &'a String| site.config.vocabularies.tag.get(id).map_or(id.as_str(), |l| site.config.pick(l, code));
    let mut keywords: Vec<Cow<'a, str>> = front.tags.iter().map(|id| Cow::Borrowed(label(id))).collect();
    keywords.extend(front.sop.as_ref().map(|s| Cow::Borrowed(s.code.as_str())));
    keywords.extend(front.law.as_ref().map(|l| Cow::Owned(format!("{} {} {}", l.short_title, l.number, l.year))));
    let mut terms: Vec<usize> = page.targets.iter().filter_map(|t| if let Target::Term(term) = t { Some(*term) } else { None }).collect();
    terms.sort_unstable();
    terms.dedup();
    keywords.extend(terms.into_iter().filter_map(|term| site.data.glossary[term].name(code.as_str()).map(Cow::Borrowed)));
    let twin = |place: &usize| Some(&site.pages[*place]).filter(|twin| twin.language != page.language && found(site, twin));
    let twins = site.articles[page.article].pages.iter().flatten().filter_map(twin);
    Entry {
        id: &site.articles[page.article].id,
        url: site.output(page).as_str(),
        twins: twins.map(|twin| (site.config.languages[twin.language].code.as_str(), site.output(twin).as_str())).collect(),
        title: &front.title,
        description: front.description.as_deref().unwrap_or_default(),
        kind: front.page_type.as_str(),
        audience: &front.audience,
        jurisdiction: &front.jurisdiction,
        keywords,
        sections,
    }
}
