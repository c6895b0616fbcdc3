//! Pages paired into articles, and the address of every article in every language. In: published pages. Out: pages and articles by id.

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::front::Sensitivity;
use crate::model::site::{Article, Page, Translation};
use crate::model::{ParsedPage, SiteConfig};
use crate::path::{OutputPath, SourcePath};
use crate::text::slug::slug;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Pairs pages by id. Of two pages with one id and language the first by path stays; the others are the last result.
pub(super) fn gather(
    config: &SiteConfig,
    published: &[Arc<ParsedPage>],
    found: &mut Diagnostics,
) -> (Vec<Page>, Vec<Article>, Vec<SourcePath>) {
    let mut left_out = Vec::new();
    let mut by_id: BTreeMap<&str, Vec<Option<usize>>> = BTreeMap::new();
    let mut pages: Vec<Page> = Vec::with_capacity(published.len());
    for parsed in published {
        let Some(language) = config.language_index(parsed.language.as_str()) else { continue };
        let slots = by_id.entry(parsed.id()).or_insert_with(|| vec![None; config.languages.len()]);
        if let Some(other) = slots[language] {
            let other = &pages[other].parsed.source;
            found.push(
                Diagnostic::error("duplicate-id", format!("the id `{}` is also that of {other}", parsed.id()))
                    .at(&parsed.source, parsed.front.place("id"))
                    .help("give one of them another `id`; two languages of one article share an id, two articles never"),
            );
            left_out.push(parsed.source.clone());
            continue;
        }
        slots[language] = Some(pages.len());
        pages.push(Page {
            parsed: Arc::clone(parsed),
            language,
            article: 0,
            heading_ids: Vec::new(),
            targets: Vec::new(),
            translation: Translation::Original,
        });
    }
    let default = config.language_index(config.default_language.as_str()).unwrap_or(0);
    let articles: Vec<Article> = by_id
        .into_iter()
        .map(|(id, slots)| Article {
            id: Arc::from(id),
            original: pick(&slots, default, |p| &pages[p].parsed),
            pages: slots,
            outputs: Vec::new(),
            section: None,
            index_of: None,
        })
        .collect();
    for (index, article) in articles.iter().enumerate() {
        for page in article.pages.iter().flatten() {
            pages[*page].article = index;
        }
    }
    (pages, articles, left_out)
}

/// The page of this id that the others are translations of. `pages` in path order, published or not.
pub fn original<'a>(config: &SiteConfig, pages: &'a [Arc<ParsedPage>], id: &str) -> Option<&'a ParsedPage> {
    let mut slots = vec![None; config.languages.len()];
    for (n, page) in pages.iter().enumerate().filter(|(_, p)| p.id() == id) {
        if let Some(language) = config.language_index(page.language.as_str()) {
            slots[language].get_or_insert(n);
        }
    }
    slots.iter().flatten().next()?;
    let default = config.language_index(config.default_language.as_str()).unwrap_or(0);
    Some(&pages[pick(&slots, default, |p| &pages[p])])
}

/// What protects readers holds in every language as soon as one page says it: a withdrawn text must not live on in its translation, and a page
/// to leave in a hurry is one in both languages.
pub(super) fn agree(pages: &mut [Page], articles: &[Article], found: &mut Diagnostics) {
    for article in articles {
        let members: Vec<usize> = article.pages.iter().flatten().copied().collect();
        let front = |p: usize| &pages[p].parsed.front;
        let withdrawn = members.iter().find_map(|p| front(*p).withdrawn.clone());
        let quick_exit = members.iter().any(|p| front(*p).sensitivity == Sensitivity::QuickExit);
        for page in members {
            let front = &pages[page].parsed.front;
            let (lacks_notice, lacks_exit) =
                (withdrawn.is_some() && front.withdrawn.is_none(), quick_exit && front.sensitivity != Sensitivity::QuickExit);
            let mut warn = |message: &str, help: &str| {
                found
                    .push(Diagnostic::warning("languages-differ", message).at(&pages[page].parsed.source, front.place("title")).help(help));
            };
            if lacks_notice {
                warn(
                    "this article is withdrawn in another language, so it is withdrawn here too",
                    "add `withdrawn` with the reason in this language",
                );
            }
            if lacks_exit {
                warn(
                    "this article is a quick-exit page in another language, so it is one here too",
                    "add `sensitivity: quick-exit` and a `neutral_title`",
                );
            }
            if lacks_notice || lacks_exit {
                let front = &mut Arc::make_mut(&mut pages[page].parsed).front;
                front.withdrawn = withdrawn.clone();
                front.sensitivity = if quick_exit { Sensitivity::QuickExit } else { front.sensitivity };
            }
        }
    }
}

/// The page that the others are translations of: the one in the default language, unless it says itself that it is a translation and
/// another does not; else the first there is.
fn pick<'a>(slots: &[Option<usize>], default: usize, page: impl Fn(usize) -> &'a ParsedPage) -> usize {
    let is_source = |p: &usize| page(*p).front.translated_from.is_none();
    let preferred = slots[default].filter(is_source);
    preferred
        .or_else(|| slots.iter().flatten().copied().find(is_source))
        .or(slots[default])
        .or_else(|| slots.iter().flatten().copied().next())
        .unwrap_or(0)
}

/// Gives every article its address in every language.
pub(super) fn place(config: &SiteConfig, pages: &[Page], articles: &mut [Article]) {
    articles.par_iter_mut().for_each(|article| {
        article.outputs = (0..config.languages.len())
            .map(|language| {
                let page = &pages[article.pages[language].unwrap_or(article.original)];
                output(config.languages[language].code.as_str(), &page.parsed.path, page.parsed.front.slug.as_deref())
            })
            .collect();
    });
}

/// `ur`, `law/ptpa-2018` → `ur/law/ptpa-2018/index.html`. Every part is short and ASCII, for zip files and old phones.
pub(super) fn output(language: &str, path: &str, own_slug: Option<&str>) -> OutputPath {
    let mut parts: Vec<String> = path.split('/').map(slug_part).collect();
    if path == "index" || path.ends_with("/index") {
        parts.pop();
    } else if let (Some(own), Some(last)) = (own_slug, parts.last_mut()) {
        *last = slug(own);
    }
    parts.insert(0, language.to_owned());
    OutputPath::new(format!("{}/index.html", parts.join("/")))
}

/// A part that is an ASCII slug already, which is nearly always, is not worked on.
pub(super) fn slug_part(part: &str) -> String {
    if part.len() <= 60
        && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !part.starts_with('-')
        && !part.ends_with('-')
        && !part.contains("--")
        && !part.is_empty()
    {
        part.to_owned()
    } else {
        slug(part)
    }
}
