//! Articles by title, in each language's alphabetical order. In: articles. Out: one order a language, found once, because comparing two
//! titles by the rules of a language costs a hundred times what comparing two places in an order does.

use crate::model::site::{Article, ArticleIndex, Page};
use crate::text::locale::Locale;
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::Arc;

/// All articles by title as readers of each language see it, then by id.
pub(super) fn by_title(locales: &[Arc<Locale>], pages: &[Page], articles: &[Article]) -> Vec<Vec<ArticleIndex>> {
    let order = |(language, locale): (usize, &Arc<Locale>)| {
        let key = |article: &Article| {
            let page = &pages[article.pages[language].unwrap_or(article.original)];
            let find = || locale.sort_key(&page.parsed.front.title).into_boxed_slice();
            // A page that stands in for a missing translation sorts by the rules of another language than its own.
            if page.language == language {
                Cow::Borrowed(&**page.parsed.title_key.get_or_init(find))
            } else {
                Cow::Owned(find().into_vec())
            }
        };
        let mut keyed: Vec<(Cow<'_, [u8]>, ArticleIndex)> =
            articles.par_iter().enumerate().map(|(index, article)| (key(article), index)).collect();
        // Articles stand by id, so that their places order them among equal titles.
        keyed.sort_unstable();
        keyed.into_iter().map(|(_, index)| index).collect()
    };
    locales.iter().enumerate().map(order).collect()
}

/// The place of each article in such an order.
pub(super) fn ranks(orders: &[Vec<ArticleIndex>]) -> Vec<Vec<usize>> {
    let ranks = |order: &Vec<ArticleIndex>| {
        let mut ranks = vec![0; order.len()];
        for (rank, article) in order.iter().enumerate() {
            ranks[*article] = rank;
        }
        ranks
    };
    orders.iter().map(ranks).collect()
}
