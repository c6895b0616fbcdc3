//! Pages paired into articles, and the address of every article in every language. In: published pages. Out: pages and articles by id.

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::site::{Article, Page, Translation};
use crate::model::{ParsedPage, SiteConfig};
use crate::path::OutputPath;
use crate::text::slug::slug;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Pairs pages by id. Of two pages with one id and language the first by path stays.
pub(super) fn gather(config: &SiteConfig, published: &[Arc<ParsedPage>], found: &mut Diagnostics) -> (Vec<Page>, Vec<Article>) {
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
            original: original(&slots, &pages, default),
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
    (pages, articles)
}

/// An article that is withdrawn in its original is withdrawn in every language: a translation of a text that was taken back is no safer.
pub(super) fn withdraw(pages: &mut [Page], articles: &[Article], found: &mut Diagnostics) {
    for article in articles {
        let original = Arc::clone(&pages[article.original].parsed);
        let Some(withdrawn) = &original.front.withdrawn else { continue };
        for page in article.pages.iter().flatten() {
            let parsed = &mut pages[*page].parsed;
            if parsed.front.withdrawn.is_none() {
                found.push(
                    Diagnostic::warning("withdrawn-in-one", format!("{} is withdrawn, and so this translation is", original.source))
                        .at(&parsed.source, parsed.front.place("title"))
                        .help("add `withdrawn:` with the reason in this language"),
                );
                Arc::make_mut(parsed).front.withdrawn = Some(withdrawn.clone());
            }
        }
    }
}

/// The page that the others are translations of: the one in the default language, unless it says itself that it is a translation and
/// another does not; else the first there is.
fn original(slots: &[Option<usize>], pages: &[Page], default: usize) -> usize {
    let is_source = |p: &usize| pages[*p].parsed.front.translated_from.is_none();
    let preferred = slots[default].filter(is_source);
    preferred
        .or_else(|| slots.iter().flatten().copied().find(is_source))
        .or(slots[default])
        .or_else(|| slots.iter().flatten().copied().next())
        .unwrap_or(0)
}

/// Gives every article its address in every language.
pub(super) fn place(config: &SiteConfig, pages: &[Page], articles: &mut [Article]) {
    for article in articles {
        article.outputs = (0..config.languages.len())
            .map(|language| {
                let page = &pages[article.pages[language].unwrap_or(article.original)];
                output(config.languages[language].code.as_str(), &page.parsed.path, page.parsed.front.slug.as_deref())
            })
            .collect();
    }
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
