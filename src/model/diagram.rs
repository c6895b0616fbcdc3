//! Diagrams as data, one shape for each way of thinking: a way in steps, a question that branches, parts that make a whole, two things side by side.
//! In: the YAML of `content/data/`, read by `parse`. Out: what `render` draws as lists and tables. Positions of boxes are the theme's.

use super::config::Localized;
use serde::Deserialize;

/// A diagram, checked: no list is empty, no question leads in a circle.
#[derive(Clone, Debug)]
pub enum Diagram {
    /// Steps in order.
    Path(Vec<Point>),
    /// Stages at which something can be lost, each with what prevents it.
    Losses(Vec<Loss>),
    /// Questions whose answers lead on or end.
    Decision(Vec<Question>),
    /// Parts that only together make the result, and a rule that changes this.
    Sum {
        /// All of them are needed.
        parts: Vec<Part>,
        /// What they make.
        result: Point,
        /// When less is enough.
        rule: Option<Point>,
    },
    /// Things side by side, row by row.
    Comparison {
        /// What is compared.
        columns: Vec<Localized>,
        /// In which respect.
        rows: Vec<Row>,
        /// When both are there.
        rule: Option<Point>,
    },
}

impl Diagram {
    /// The name in the data file and in templates.
    pub fn kind(&self) -> &'static str {
        match self {
            Diagram::Path(_) => "path",
            Diagram::Losses(_) => "losses",
            Diagram::Decision(_) => "decision",
            Diagram::Sum { .. } => "sum",
            Diagram::Comparison { .. } => "comparison",
        }
    }

    /// The pages that it leads to, `id` or `id#anchor`.
    pub fn pages(&self) -> Vec<&str> {
        let points: Vec<&Point> = match self {
            Diagram::Path(steps) => steps.iter().collect(),
            Diagram::Losses(stages) => stages.iter().map(|s| &s.point).collect(),
            Diagram::Decision(questions) => questions.iter().flat_map(|q| &q.answers).filter_map(|a| a.end()).collect(),
            Diagram::Sum { parts, result, rule } => parts.iter().map(|p| &p.point).chain([result]).chain(rule).collect(),
            Diagram::Comparison { rule, .. } => rule.iter().collect(),
        };
        points.into_iter().filter_map(|p| p.page.as_deref()).collect()
    }
}

/// A name, what it means, and the page that says more.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Its name.
    pub title: Localized,
    /// What happens.
    #[serde(default)]
    pub text: Localized,
    /// Page id, with an anchor where it helps.
    #[serde(default)]
    pub page: Option<String>,
}

/// A stage of a way on which something can be lost.
#[derive(Clone, Debug)]
pub struct Loss {
    /// The stage, and how it is lost there.
    pub point: Point,
    /// What prevents it.
    pub hold: Localized,
}

/// A question of a decision.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its words.
    pub ask: Localized,
    /// What can be answered.
    pub answers: Vec<Answer>,
}

/// An answer and where it leads.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its words.
    pub when: Localized,
    /// Where it leads.
    pub then: Then,
}

impl Answer {
    /// The end that it leads to, if it is one.
    pub fn end(&self) -> Option<&Point> {
        match &self.then {
            Then::End(point) => Some(point),
            Then::Question(_) => None,
        }
    }
}

/// Where an answer leads.
#[derive(Clone, Debug)]
pub enum Then {
    /// To another question, by its place.
    Question(usize),
    /// To an end.
    End(Point),
}

/// A part of a sum with examples.
#[derive(Clone, Debug)]
pub struct Part {
    /// The part.
    pub point: Point,
    /// Forms that it takes.
    pub items: Vec<Localized>,
}

/// A row of a comparison.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// In which respect.
    pub title: Localized,
    /// One cell for each column.
    pub cells: Vec<Localized>,
}
