//! The case step by step: procedures by the stage of a case they belong to. In: the resolved site. Out: template values.

use super::Renderer;
use super::over::{over, record};
use super::values::none;
use crate::model::front::{PageType, STAGES};
use crate::model::site::{ArticleIndex, LanguageIndex};
use crate::path::OutputPath;
use minijinja::{Value, context};

/// Pages that stand in for a stage without a procedure.
const INSTEAD: usize = 2;

impl Renderer {
    /// The stages for the home page, each with its procedures; where there is none, with its first guidance, else
    /// with other pages of lasting use. A stage with nothing is left out.
    pub(super) fn stages(&self, shown: &[ArticleIndex], language: LanguageIndex, path: &OutputPath) -> Value {
        let front = |a: ArticleIndex| &self.site.shown_in(a, language).parsed.front;
        let mut by_stage: Vec<[Vec<ArticleIndex>; 3]> = vec![Default::default(); STAGES.len() + 1];
        for article in shown {
            let kind = match front(*article).page_type {
                PageType::Sop => 0,
                PageType::Guidance => 1,
                PageType::Law | PageType::Training => 2,
                _ => continue,
            };
            by_stage[front(*article).stage_place()][kind].push(*article);
        }
        let places = STAGES.iter().zip(1..).zip(by_stage);
        places
            .filter_map(|((id, number), kinds)| {
                let (kind, mut articles) = kinds.into_iter().enumerate().find(|(_, list)| !list.is_empty())?;
                articles.sort_by_key(|a| front(*a).weight);
                if kind > 0 {
                    articles.truncate(INSTEAD);
                }
                let entries: Value = articles.iter().map(|a| self.entry(*a, language, path)).collect();
                Some(context! { id => *id, number => number, entries => entries })
            })
            .collect()
    }

    /// The procedures before and after one: by stage, and within a stage as the section lists them.
    pub(super) fn along_the_case(
        &self,
        article: ArticleIndex,
        entries: &[ArticleIndex],
        language: LanguageIndex,
        path: &OutputPath,
    ) -> (Value, Value) {
        let front = |a: ArticleIndex| &self.site.shown_in(a, language).parsed.front;
        let procedures =
            || entries.iter().enumerate().filter(|(_, a)| front(**a).sop.is_some()).map(|(n, a)| ((front(*a).stage_place(), n), *a));
        let Some((own, _)) = procedures().find(|(_, a)| *a == article) else { return (none(), none()) };
        let link = |found: Option<(_, ArticleIndex)>| {
            found.map_or_else(none, |(_, a)| {
                let stage = super::values::text(front(a).stage.as_deref());
                over(record! { stage => stage }, self.entry(a, language, path))
            })
        };
        let before = procedures().filter(|(place, _)| *place < own).max_by_key(|(place, _)| *place);
        let after = procedures().filter(|(place, _)| *place > own).min_by_key(|(place, _)| *place);
        (link(before), link(after))
    }
}
