//! Lists by topic, audience and jurisdiction. In: articles with their front matter. Out: one value for each id in use.

use crate::model::SiteConfig;
use crate::model::site::{Article, Facet, FacetValue, Page};
use crate::path::OutputPath;
use crate::text::slug::slug;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Gathers the values that any article carries. `ranks` are the articles' places by title. An article counts for what any of its languages says.
pub(super) fn gather(config: &SiteConfig, ranks: &[Vec<usize>], pages: &[Page], articles: &[Article]) -> Vec<FacetValue> {
    let mut members: BTreeMap<(Facet, &str), Vec<usize>> = BTreeMap::new();
    for (index, article) in articles.iter().enumerate() {
        let front = &pages[article.original].parsed.front;
        if front.withdrawn.is_some() {
            continue;
        }
        let lists = [(Facet::Tag, &front.tags), (Facet::Audience, &front.audience), (Facet::Jurisdiction, &front.jurisdiction)];
        for (facet, ids) in lists {
            for id in ids {
                let list = members.entry((facet, id)).or_default();
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
    }
    members
        .into_par_iter()
        .map(|((facet, id), list)| {
            let vocabulary = match facet {
                Facet::Tag => &config.vocabularies.tag,
                Facet::Audience => &config.vocabularies.audience,
                Facet::Jurisdiction => &config.vocabularies.jurisdiction,
            };
            let label = |code| vocabulary.get(id).map_or_else(|| id.to_owned(), |texts| config.pick(texts, code).to_owned());
            FacetValue {
                facet,
                id: id.to_owned(),
                labels: config.languages.iter().map(|l| label(&l.code)).collect(),
                articles: (0..config.languages.len())
                    .map(|language| {
                        let mut list = list.clone();
                        list.sort_unstable_by_key(|a| ranks[language][*a]);
                        list
                    })
                    .collect(),
                outputs: config
                    .languages
                    .iter()
                    .map(|l| OutputPath::new(format!("{}/{}/{}/index.html", l.code, facet.as_str(), slug(id))))
                    .collect(),
            }
        })
        .collect()
}

/// The place of a value in the gathered list, which is sorted by facet and id.
pub(super) fn place(all: &[FacetValue], facet: Facet, id: &str) -> Option<usize> {
    all.binary_search_by(|v| (v.facet, v.id.as_str()).cmp(&(facet, id))).ok()
}
