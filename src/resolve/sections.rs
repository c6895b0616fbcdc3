//! Folders as sections. In: articles with their paths. Out: sections with their entries in each language's order.

use super::articles::slug_part;
use crate::model::SiteConfig;
use crate::model::site::{Article, Page, Section, SectionIndex};
use crate::path::OutputPath;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Gathers sections; the root is always the first. Articles learn their section.
pub(super) fn gather(config: &SiteConfig, ranks: &[Vec<usize>], pages: &[Page], articles: &mut [Article]) -> Vec<Section> {
    let mut members: BTreeMap<String, Vec<usize>> = BTreeMap::from([(String::new(), Vec::new())]);
    for (index, article) in articles.iter().enumerate() {
        let folder = folder(&pages[article.original].parsed.path);
        let mut above = folder;
        // Folders between the root and a deep page are sections even without pages of their own.
        while !members.contains_key(above) {
            members.insert(above.to_owned(), Vec::new());
            above = above.rsplit_once('/').map_or("", |(up, _)| up);
        }
        if let Some(list) = members.get_mut(folder) {
            list.push(index);
        }
    }
    let places: BTreeMap<String, SectionIndex> = members.keys().enumerate().map(|(n, path)| (path.clone(), n)).collect();
    let mut sections: Vec<Section> = members
        .par_iter()
        .map(|(path, list)| {
            let own = |index: &usize| is_index(&pages[articles[*index].original].parsed.path);
            let listed: Vec<usize> = list.iter().copied().filter(|i| !own(i)).collect();
            Section {
                path: Arc::from(path.as_str()),
                article: list.iter().copied().find(own),
                entries: (0..config.languages.len()).map(|l| sorted(&listed, l, &ranks[l], pages, articles)).collect(),
                children: Vec::new(),
                parent: (!path.is_empty()).then(|| path.rsplit_once('/').map_or("", |(up, _)| up)).and_then(|up| places.get(up).copied()),
                outputs: Vec::new(),
            }
        })
        .collect();
    for index in 0..sections.len() {
        if let Some(parent) = sections[index].parent {
            sections[parent].children.push(index);
        }
        let outputs = match sections[index].article {
            Some(article) => articles[article].outputs.clone(),
            None => config.languages.iter().map(|l| own_output(l.code.as_str(), &sections[index].path)).collect(),
        };
        sections[index].outputs = outputs;
    }
    let weight = |section: &Section| section.article.map_or(0, |a| pages[articles[a].original].parsed.front.weight);
    let order: Vec<(i64, Arc<str>)> = sections.iter().map(|s| (weight(s), Arc::clone(&s.path))).collect();
    for section in &mut sections {
        section.children.sort_by(|a, b| order[*a].cmp(&order[*b]));
    }
    for (path, list) in &members {
        for article in list {
            articles[*article].section = Some(places[path]);
            if is_index(&pages[articles[*article].original].parsed.path) {
                articles[*article].index_of = Some(places[path]);
            }
        }
    }
    sections
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn is_index(path: &str) -> bool {
    path == "index" || path.ends_with("/index")
}

fn own_output(language: &str, path: &str) -> OutputPath {
    let folders: String = path.split('/').filter(|p| !p.is_empty()).map(|p| format!("{}/", slug_part(p))).collect();
    OutputPath::new(format!("{language}/{folders}index.html"))
}

/// By weight, then by title in the language's alphabetical order.
fn sorted(list: &[usize], language: usize, ranks: &[usize], pages: &[Page], articles: &[Article]) -> Vec<usize> {
    let shown = |a: usize| &pages[articles[a].pages[language].unwrap_or(articles[a].original)].parsed.front;
    let mut list = list.to_vec();
    list.sort_unstable_by_key(|a| (shown(*a).weight, ranks[*a]));
    list
}
