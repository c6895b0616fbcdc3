//! Which pages can be found, and as what. In: the resolved site. Out: the files under `search/`. Withdrawn pages, section lists and pages that
//! stand in for a translation are not found; a page of a language is found in that language's index alone.

use super::{Edition, Entry, Section, Term, documents, index, script};
use crate::model::Site;
use crate::model::front::PageType;
use crate::model::site::{LanguageIndex, Page};
use crate::path::OutputPath;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// `search/index-<lang>.js` for the browser and `search/elasticlunr-<lang>.json` for other programs, for each language that has few enough pages.
pub fn files(site: &Site) -> BTreeMap<OutputPath, Vec<u8>> {
    let languages: Vec<LanguageIndex> = (0..site.config.languages.len()).filter(|l| site.searchable(*l)).collect();
    let editions: Vec<Edition<'_>> = languages
        .iter()
        .map(|l| &site.config.languages[*l])
        .map(|l| Edition { code: l.code.as_str(), name: l.name.as_str(), dir: l.dir.as_str() })
        .collect();
    let terms = terms(site);
    languages
        .par_iter()
        .flat_map_iter(|language| {
            let code = site.config.languages[*language].code.as_str();
            let entries = entries(site, *language);
            let index = index(code, &documents(&entries));
            let script = script(code, &editions, &index, &entries, &terms);
            [
                (OutputPath::new(format!("search/index-{code}.js")), script.into_bytes()),
                (OutputPath::new(format!("search/elasticlunr-{code}.json")), index.json.into_bytes()),
            ]
        })
        .collect()
}

fn terms(site: &Site) -> Vec<Term> {
    let names = |term: &crate::model::Term, code: &str| -> Vec<String> {
        term.name(code).into_iter().map(str::to_owned).chain(term.synonyms.get(code).into_iter().flatten().cloned()).collect()
    };
    site.data.glossary.iter().map(|t| Term { en: names(t, "en"), ur: names(t, "ur"), roman: t.roman.clone() }).collect()
}

fn entries(site: &Site, language: LanguageIndex) -> Vec<Entry> {
    let found =
        |page: &&Page| page.language == language && page.parsed.front.withdrawn.is_none() && site.articles[page.article].index_of.is_none();
    let mut pages: Vec<&Page> = site.pages.iter().filter(found).collect();
    pages.sort_by(|a, b| site.output(a).cmp(site.output(b)));
    pages.into_iter().map(|page| entry(site, page)).collect()
}

fn entry(site: &Site, page: &Page) -> Entry {
    let front = &page.parsed.front;
    let settings = &site.config.languages[page.language];
    let mut sections: Vec<Section> = page
        .parsed
        .text
        .iter()
        .map(|part| {
            let heading = part.heading.map(|h| h as usize);
            Section {
                id: heading.map_or_else(String::new, |h| page.heading_ids[h].to_string()),
                title: heading.map_or_else(String::new, |h| page.parsed.headings[h].text.clone()),
                text: part.text.split_whitespace().collect::<Vec<_>>().join(" "),
            }
        })
        .collect();
    if front.page_type == PageType::Glossary {
        sections.extend(site.data.glossary.iter().map(|term| Section {
            id: term.id.clone(),
            title: term.name(settings.code.as_str()).unwrap_or(&term.id).to_owned(),
            text: term.definition.get(&settings.code).cloned().unwrap_or_default(),
        }));
    }
    let label =
        |id: &String| site.config.vocabularies.tag.get(id).map_or_else(|| id.clone(), |l| site.config.pick(l, &settings.code).to_owned());
    let mut keywords: Vec<String> = front.tags.iter().map(label).collect();
    keywords.extend(front.sop.as_ref().map(|s| s.code.clone()));
    keywords.extend(front.law.as_ref().map(|l| format!("{} {} {}", l.short_title, l.number, l.year)));
    Entry {
        id: site.articles[page.article].id.to_string(),
        url: site.output(page).as_str().to_owned(),
        title: front.title.clone(),
        description: front.description.clone().unwrap_or_default(),
        kind: front.page_type.as_str().to_owned(),
        lang: settings.code.as_str().to_owned(),
        audience: front.audience.clone(),
        jurisdiction: front.jurisdiction.clone(),
        keywords,
        sections,
    }
}
