//! Final heading ids, shared between languages so that a link to a section keeps its place. In: a page, its original and how they
//! stand. Out: one id for each heading, unique on the page, and a warning where ids cannot be shared.

use crate::diag::Diagnostic;
use crate::model::ParsedPage;
use crate::model::site::Translation;
use std::collections::HashSet;
use std::sync::Arc;

/// Headings from which on their ids are kept in a table.
const MANY: usize = 64;

/// Ids for the headings of `page`.
pub(super) fn ids(page: &ParsedPage, original: &ParsedPage, translation: &Translation) -> (Vec<Arc<str>>, Option<Diagnostic>) {
    if *translation == Translation::Original {
        return (unique(page.headings.iter().map(|h| h.explicit.as_deref().unwrap_or(&h.derived))), None);
    }
    let same =
        page.headings.len() == original.headings.len() && page.headings.iter().zip(&original.headings).all(|(a, b)| a.level == b.level);
    let fresh = !matches!(translation, Translation::Stale { .. });
    if same && fresh {
        let shared = page.headings.iter().zip(&original.headings);
        let ids = shared.map(|(own, source)| own.explicit.as_deref().or(source.explicit.as_deref()).unwrap_or(&source.derived));
        return (unique(ids), None);
    }
    let own = unique(page.headings.iter().map(|h| h.explicit.as_deref().unwrap_or(&h.derived)));
    let all_explicit = page.headings.iter().all(|h| h.explicit.is_some());
    let diagnostic = (!same && !all_explicit).then(|| {
        let place = first_difference(page, original);
        Diagnostic::warning("headings-differ", format!("the headings are not in the order and levels of {}", original.source))
            .at(&page.source, place)
            .help("give both pages the same sequence of headings, or the same `{#id}`s; until then links between the languages go to the top of the page")
    });
    (own, diagnostic)
}

fn first_difference(page: &ParsedPage, original: &ParsedPage) -> crate::text::lines::Region {
    let levels = |p: &ParsedPage| p.headings.iter().map(|h| h.level).collect::<Vec<_>>();
    let (own, source) = (levels(page), levels(original));
    let at = own.iter().zip(&source).position(|(a, b)| a != b).unwrap_or(own.len().min(source.len()));
    page.headings.get(at).or(page.headings.last()).map_or_else(|| page.front.place("title"), |h| h.region)
}

fn unique<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<Arc<str>> {
    let mut list: Vec<Arc<str>> = Vec::with_capacity(ids.size_hint().0);
    // A page has ten headings: looking through them is less work than a table of hashes. A page of thousands is looked up in one.
    let mut seen: Option<HashSet<Arc<str>>> = (ids.size_hint().0 > MANY).then(HashSet::new);
    for id in ids {
        let mut one: Arc<str> = Arc::from(id);
        let mut n = 2;
        while seen.as_ref().map_or_else(|| list.contains(&one), |seen| seen.contains(&one)) {
            one = Arc::from(format!("{id}-{n}"));
            n += 1;
        }
        if let Some(seen) = &mut seen {
            seen.insert(Arc::clone(&one));
        }
        list.push(one);
    }
    list
}
