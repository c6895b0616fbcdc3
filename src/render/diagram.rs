//! A diagram to template values: texts in the language of the shell, links to the pages it names. In: a diagram and where it is shown. Out: `kind`
//! and the lists of that kind, as themes/README.md names them.

use super::Renderer;
use super::body::Shown;
use super::values::{filled, none};
use crate::model::config::Localized;
use crate::model::diagram::{Diagram, Point, Then};
use minijinja::{Value, context};

impl Renderer {
    /// The values of a diagram. `id` is that of the directive; questions have anchors below it.
    pub(super) fn diagram(&self, diagram: &Diagram, id: &str, shown: Shown<'_>) -> Value {
        let config = &self.site.config;
        let code = &config.languages[shown.language].code;
        let pick = |texts: &Localized| filled(config.pick(texts, code));
        let link = |page: &Option<String>| page.as_deref().map_or_else(none, |page| self.page_href(page, shown));
        let point = |p: &Point| context! { title => pick(&p.title), text => pick(&p.text), href => link(&p.page) };
        let kind = diagram.kind();
        match diagram {
            Diagram::Path(steps) => context! { kind => kind, steps => steps.iter().map(point).collect::<Value>() },
            Diagram::Losses(stages) => {
                let steps: Value = stages.iter().map(|s| context! { hold => pick(&s.hold), ..point(&s.point) }).collect();
                context! { kind => kind, steps => steps }
            }
            Diagram::Decision(questions) => {
                let questions: Value = questions
                    .iter()
                    .enumerate()
                    .map(|(n, q)| {
                        let answers: Value = q
                            .answers
                            .iter()
                            .map(|a| match &a.then {
                                Then::Question(to) => context! { when => pick(&a.when), go => to + 1, next => *to == n + 1, href => format!("#{id}-q{}", to + 1) },
                                Then::End(end) => context! { when => pick(&a.when), go => none(), next => false, ..point(end) },
                            })
                            .collect();
                        context! { number => n + 1, id => format!("{id}-q{}", n + 1), ask => pick(&q.ask), answers => answers }
                    })
                    .collect();
                context! { kind => kind, questions => questions }
            }
            Diagram::Sum { parts, result, rule } => {
                let parts: Value =
                    parts.iter().map(|p| context! { items => p.items.iter().map(pick).collect::<Value>(), ..point(&p.point) }).collect();
                context! { kind => kind, parts => parts, result => point(result), rule => rule.as_ref().map_or_else(none, point) }
            }
            Diagram::Comparison { columns, rows, rule } => {
                let row = |r: &crate::model::diagram::Row| context! { title => pick(&r.title), cells => r.cells.iter().map(pick).collect::<Value>() };
                context! { kind => kind, columns => columns.iter().map(pick).collect::<Value>(), rows => rows.iter().map(row).collect::<Value>(), rule => rule.as_ref().map_or_else(none, point) }
            }
        }
    }
}
