//! A diagram's YAML to its shape. In: one file's bytes and the languages of the site. Out: a `Diagram`, or every reason why it is none, each with
//! its line. Whether the pages exist that it leads to is for `resolve`.

use super::config::unknown_field;
use super::fields::Reader;
use super::{document, yaml};
use crate::diag::Diagnostic;
use crate::model::config::Localized;
use crate::model::diagram::{Answer, Diagram, Loss, Part, Point, Question, Row, Then};
use crate::model::front::Places;
use crate::path::SourcePath;
use crate::text::lines::{Lines, Region};
use crate::text::suggest::nearest;
use serde::Deserialize;

/// More questions than this are no picture any more.
const MOST_QUESTIONS: usize = 7;
/// More columns than this do not stand side by side on a page.
const MOST_COLUMNS: usize = 4;

/// Each kind with the keys it has beside `kind`.
const KINDS: [(&str, &[&str]); 5] = [
    ("path", &["steps"]),
    ("losses", &["steps"]),
    ("decision", &["questions"]),
    ("sum", &["parts", "result", "rule"]),
    ("comparison", &["columns", "rows", "rule"]),
];

/// The file as written: the keys of every kind.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    kind: Option<String>,
    steps: Vec<WrittenPoint>,
    questions: Vec<WrittenQuestion>,
    parts: Vec<WrittenPoint>,
    result: Option<Point>,
    rule: Option<Point>,
    columns: Vec<Localized>,
    rows: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPoint {
    title: Localized,
    #[serde(default)]
    text: Localized,
    #[serde(default)]
    page: Option<String>,
    /// Of `losses`.
    #[serde(default)]
    hold: Localized,
    /// Of `sum`.
    #[serde(default)]
    items: Vec<Localized>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenQuestion {
    id: String,
    ask: Localized,
    answers: Vec<WrittenAnswer>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAnswer {
    when: Localized,
    #[serde(default)]
    go: Option<String>,
    #[serde(default)]
    result: Option<Localized>,
    #[serde(default)]
    text: Localized,
    #[serde(default)]
    page: Option<String>,
}

/// Reads a diagram. `languages` are those in which every text should stand.
pub fn diagram(file: &SourcePath, bytes: &[u8], languages: &[&str]) -> (Option<Diagram>, Vec<Diagnostic>) {
    let text = match document::text(file, bytes) {
        Ok(text) => text,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let lines = Lines::new(&text);
    let places = Reader::new(file, &lines, &text, 0).places;
    let written: Written = match serde_yaml::from_str(if text.trim().is_empty() { "{}" } else { &text }) {
        Ok(written) => written,
        Err(error) => {
            let found = unknown_field(file, &lines, &error).unwrap_or_else(|| yaml::diagnose(file, &lines, &text, 0, &error, &places));
            return (None, vec![found]);
        }
    };
    let mut check = Check { file, lines: &lines, text: &text, places, languages, found: Vec::new() };
    let diagram = check.shape(written);
    let broken = check.found.iter().any(|d| d.severity == crate::diag::Severity::Error);
    (diagram.filter(|_| !broken), check.found)
}

struct Check<'a> {
    file: &'a SourcePath,
    lines: &'a Lines<'a>,
    text: &'a str,
    places: Places,
    languages: &'a [&'a str],
    found: Vec<Diagnostic>,
}

impl Check<'_> {
    fn error(&mut self, place: Region, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic::error("diagram", message).at(self.file, place).help(help));
    }

    /// The place of a top-level key, else of the file's first line.
    fn key(&self, key: &str) -> Region {
        self.places.get(key).unwrap_or(Region { line: 1, column: 1, end_line: 1, end_column: 2 })
    }

    /// The place of an entry of a top-level list: the lines with `- ` at the first indentation seen below its key.
    fn entry(&self, key: &str, n: usize) -> Region {
        let (mut at, mut inside, mut indent, mut count) = (0, false, None, 0);
        for line in self.text.split_inclusive('\n') {
            let spaces = line.len() - line.trim_start().len();
            let start = at;
            at += line.len();
            if spaces == 0 && !line.starts_with(['-', '#', '\n']) {
                inside = line.split(':').next() == Some(key);
            } else if inside && line[spaces..].starts_with("- ") && *indent.get_or_insert(spaces) == spaces {
                if count == n {
                    return self.lines.region(start + spaces..start + line.trim_end().len());
                }
                count += 1;
            }
        }
        self.key(key)
    }

    /// A text owes every language of the site its words.
    fn words(&mut self, place: Region, what: &str, texts: &Localized) {
        for code in texts.keys().filter(|code| !self.languages.contains(&code.as_str())) {
            let help = format!("languages of this site: {}", self.languages.join(", "));
            self.found.push(Diagnostic::error("unknown-key", format!("{what} is in `{code}`")).at(self.file, place).help(help));
        }
        for code in self.languages.iter().filter(|code| texts.get(**code).is_none_or(|text| text.trim().is_empty())) {
            let found = Diagnostic::warning("missing-translation", format!("{what} has no words in `{code}`"));
            self.found.push(found.at(self.file, place).help(format!("add `{code}: …`; until then its readers see another language")));
        }
    }

    fn some_words(&mut self, place: Region, what: &str, texts: &Localized) {
        if !texts.is_empty() {
            self.words(place, what, texts);
        }
    }

    fn point(&mut self, place: Region, what: &str, point: &Point) {
        self.words(place, &format!("the title of {what}"), &point.title);
        self.some_words(place, &format!("the text of {what}"), &point.text);
    }

    fn rule(&mut self, rule: Option<Point>) -> Option<Point> {
        if let Some(rule) = &rule {
            self.point(self.key("rule"), "the rule", rule);
        }
        rule
    }

    fn shape(&mut self, written: Written) -> Option<Diagram> {
        let kind = written.kind.as_deref().unwrap_or("path");
        let Some((kind, keys)) = KINDS.into_iter().find(|(name, _)| *name == kind) else {
            let names = KINDS.map(|(name, _)| name);
            let help = match nearest(kind, names.iter().copied()) {
                Some(close) => format!("did you mean `kind: {close}`?"),
                None => format!("kinds: {}", names.join(", ")),
            };
            self.error(self.key("kind"), format!("there is no diagram of kind `{kind}`"), help);
            return None;
        };
        let all = ["steps", "questions", "parts", "result", "rule", "columns", "rows"];
        let foreign: Vec<&str> = all.into_iter().filter(|key| !keys.contains(key) && self.places.get(key).is_some()).collect();
        for key in foreign {
            self.error(self.key(key), format!("a diagram of kind `{kind}` has no `{key}`"), format!("its keys: kind, {}", keys.join(", ")));
        }
        match kind {
            "losses" => {
                let steps = self.points("steps", written.steps, 1, &["hold"])?;
                Some(Diagram::Losses(steps.into_iter().map(|(point, hold, _)| Loss { point, hold }).collect()))
            }
            "decision" => self.decision(written.questions),
            "sum" => {
                let parts = self.points("parts", written.parts, 2, &["items"])?;
                let parts = parts.into_iter().map(|(point, _, items)| Part { point, items }).collect();
                let Some(result) = written.result else {
                    self.error(self.key("parts"), "a sum has no `result`", "add `result:` with a `title` below it: what the parts make");
                    return None;
                };
                self.point(self.key("result"), "the result", &result);
                Some(Diagram::Sum { parts, result, rule: self.rule(written.rule) })
            }
            "comparison" => self.comparison(written.columns, written.rows, written.rule),
            _ => {
                let steps = self.points("steps", written.steps, 1, &[])?;
                Some(Diagram::Path(steps.into_iter().map(|(point, _, _)| point).collect()))
            }
        }
    }

    /// The entries of `steps` or `parts`; `own` are the keys that only this kind knows.
    fn points(
        &mut self,
        key: &str,
        list: Vec<WrittenPoint>,
        least: usize,
        own: &[&str],
    ) -> Option<Vec<(Point, Localized, Vec<Localized>)>> {
        if list.len() < least {
            let help = format!("add `{key}:` and below it `- title: {{…}}`{}", if least > 1 { ", at least two" } else { "" });
            self.error(self.key(key), format!("`{key}` has too few entries"), help);
            return None;
        }
        let mut points = Vec::with_capacity(list.len());
        for (n, entry) in list.into_iter().enumerate() {
            let (place, what) = (self.entry(key, n), format!("entry {} of `{key}`", n + 1));
            for (name, used) in [("hold", !entry.hold.is_empty()), ("items", !entry.items.is_empty())] {
                if used && !own.contains(&name) {
                    let help = "`hold` belongs to the kind `losses`, `items` to the kind `sum`";
                    self.error(place, format!("{what} has `{name}`, which this kind does not know"), help);
                }
            }
            let point = Point { title: entry.title, text: entry.text, page: entry.page };
            self.point(place, &what, &point);
            self.some_words(place, &format!("`hold` of {what}"), &entry.hold);
            for item in &entry.items {
                self.words(place, &format!("an item of {what}"), item);
            }
            points.push((point, entry.hold, entry.items));
        }
        Some(points)
    }

    fn comparison(&mut self, columns: Vec<Localized>, rows: Vec<Row>, rule: Option<Point>) -> Option<Diagram> {
        if !(2..=MOST_COLUMNS).contains(&columns.len()) || rows.is_empty() {
            let help = format!("write 2 to {MOST_COLUMNS} `columns:` and at least one entry of `rows:`");
            self.error(self.key("columns"), format!("a comparison of {} columns and {} rows", columns.len(), rows.len()), help);
            return None;
        }
        for (n, column) in columns.iter().enumerate() {
            self.words(self.key("columns"), &format!("column {}", n + 1), column);
        }
        for (n, row) in rows.iter().enumerate() {
            let place = self.entry("rows", n);
            self.words(place, &format!("the title of row {}", n + 1), &row.title);
            if row.cells.len() != columns.len() {
                let message = format!("row {} has {} cells, and there are {} columns", n + 1, row.cells.len(), columns.len());
                self.error(place, message, "write one cell for each column");
            }
            for cell in &row.cells {
                self.words(place, &format!("a cell of row {}", n + 1), cell);
            }
        }
        Some(Diagram::Comparison { columns, rows, rule: self.rule(rule) })
    }

    fn decision(&mut self, list: Vec<WrittenQuestion>) -> Option<Diagram> {
        if list.is_empty() {
            self.error(self.key("questions"), "a decision has no questions", "add `questions:` with `id`, `ask` and `answers`");
            return None;
        }
        if list.len() > MOST_QUESTIONS {
            let message = format!("{} questions in one picture", list.len());
            let help = format!("split it: at most {MOST_QUESTIONS} can be taken in at once");
            self.found.push(Diagnostic::warning("diagram", message).at(self.file, self.key("questions")).help(help));
        }
        let ids: Vec<String> = list.iter().map(|q| q.id.clone()).collect();
        let mut reached = vec![false; ids.len()];
        let mut questions = Vec::with_capacity(list.len());
        for (n, question) in list.into_iter().enumerate() {
            let (place, id) = (self.entry("questions", n), question.id);
            if ids[..n].contains(&id) {
                self.error(place, format!("two questions are called `{id}`"), "rename one");
            }
            if n > 0 && !reached[n] {
                self.error(place, format!("no answer above leads to the question `{id}`"), "add `go` to an answer, or delete the question");
            }
            self.words(place, &format!("the question `{id}`"), &question.ask);
            if question.answers.len() < 2 {
                self.error(place, format!("the question `{id}` has fewer than two answers"), "a question with one answer is a step");
            }
            let mut answers = Vec::with_capacity(question.answers.len());
            for answer in question.answers {
                self.words(place, &format!("an answer to `{id}`"), &answer.when);
                let then = match (answer.go, answer.result) {
                    (Some(go), None) => match ids.iter().position(|id| *id == go) {
                        Some(to) if to > n => {
                            reached[to] = true;
                            Then::Question(to)
                        }
                        Some(_) => {
                            self.error(
                                place,
                                format!("an answer to `{id}` leads back to `{go}`"),
                                "answers lead on to questions further down",
                            );
                            continue;
                        }
                        None => {
                            let help = match nearest(&go, ids.iter().map(String::as_str)) {
                                Some(close) => format!("did you mean `{close}`?"),
                                None => format!("questions: {}", ids.join(", ")),
                            };
                            self.error(place, format!("an answer to `{id}` leads to `{go}`, which is no question"), help);
                            continue;
                        }
                    },
                    (None, Some(title)) => {
                        let point = Point { title, text: answer.text, page: answer.page };
                        self.point(place, &format!("an end of `{id}`"), &point);
                        Then::End(point)
                    }
                    _ => {
                        let help = "give it `go: question` or `result: {…}`, not both";
                        self.error(place, format!("an answer to `{id}` leads nowhere, or to two places"), help);
                        continue;
                    }
                };
                answers.push(Answer { when: answer.when, then });
            }
            questions.push(Question { ask: question.ask, answers });
        }
        Some(Diagram::Decision(questions))
    }
}
