//! Where the questions of a quiz begin and end, while its lists are being written. In: list ends and choices as they come. Out: which choices were
//! right, and what a question lacks. Below: how a task, a choice and an answer are written.

use super::Writer;
use crate::diag::Diagnostic;
use crate::model::HoleKind;
use crate::model::body::{DirectiveName, TextKey};
use crate::text::bidi::{self, Direction};
use crate::text::html::push_prose;
use std::ops::Range;

/// A question as far as it has been read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Question {
    /// How many choices it has.
    pub(super) choices: u32,
    /// How many of them are right.
    pub(super) right: u32,
    /// Whether words follow the choices.
    pub(super) explained: bool,
}

/// The question being read.
#[derive(Debug, Default)]
pub(super) struct Quiz {
    question: Question,
    right: Vec<String>,
    /// The words of the right choice that is being read.
    choice: Option<String>,
    /// How many lists are open, and how many when the choices began.
    lists: u32,
    choices_at: u32,
    /// Whether the choices have ended, so that what follows is the answer.
    answering: bool,
}

impl Quiz {
    /// A choice begins.
    pub(super) fn option(&mut self, right: bool) {
        self.question.choices += 1;
        self.choices_at = self.lists;
        if right {
            self.question.right += 1;
            self.choice = Some(String::new());
        }
    }

    /// Words of the page.
    pub(super) fn hears(&mut self, words: &str) {
        if let Some(choice) = &mut self.choice {
            choice.push_str(words);
        }
        self.question.explained |= self.answering && !words.trim().is_empty();
    }

    /// A choice ends.
    pub(super) fn option_ends(&mut self) {
        self.right.extend(self.choice.take().map(|words| words.trim().to_owned()));
    }

    /// A list begins.
    pub(super) fn list_begins(&mut self) {
        self.lists += 1;
    }

    /// A list ends; whether it was that of a question's choices, so that its answer begins.
    pub(super) fn list_ends(&mut self) -> bool {
        let choices = self.question.choices > 0 && self.lists == self.choices_at && self.lists > 1 && !self.answering;
        self.lists = self.lists.saturating_sub(1);
        self.answering |= choices;
        choices
    }

    /// The right choices in one line.
    pub(super) fn right(&self) -> String {
        self.right.join(" / ")
    }

    /// An item ends; the question, if it was one whose answer had begun.
    pub(super) fn question_ends(&mut self) -> Option<Question> {
        if !self.answering || self.lists + 1 != self.choices_at {
            return None;
        }
        self.answering = false;
        self.choices_at = 0;
        self.right.clear();
        Some(std::mem::take(&mut self.question))
    }
}

impl Writer<'_> {
    /// The box before a task or a choice, and the label that its words stand in.
    pub(super) fn task(&mut self, checked: bool) {
        self.push("<label><input type=\"checkbox\"");
        // The right answers of a quiz are for its reader to find, not ticked beforehand.
        let quiz = self.in_quiz();
        if quiz {
            self.quiz.option(checked);
        }
        self.push(match (checked, quiz) {
            (true, true) => " data-right> <span>",
            (true, false) => " checked> <span>",
            (false, _) => "> <span>",
        });
        self.label_open = true;
    }

    fn in_quiz(&self) -> bool {
        self.open.iter().any(|open| open.directive.name == DirectiveName::Quiz)
    }

    /// After the choices of a question: the answer, folded away, so that the reader decides first.
    pub(super) fn answer(&mut self) {
        self.push("<details class=\"answer\"><summary>");
        self.hole(HoleKind::Text(TextKey::QuizAnswer));
        self.push("</summary>\n<p class=\"right\"><b>");
        self.hole(HoleKind::Text(TextKey::QuizRight));
        self.push("</b> ");
        let right = self.quiz.right();
        match self.dir {
            Direction::Rtl => bidi::push_isolated(&mut self.prose.html, &right),
            Direction::Ltr => push_prose(&mut self.prose.html, &right),
        }
        self.push("</p>\n");
    }

    /// The end of a question, whose answer closes with it.
    pub(super) fn end_question(&mut self, range: &Range<usize>) {
        let Some(question) = self.quiz.question_ends() else { return };
        self.push("</details>\n");
        let region = self.first_line(range);
        let mut problem = |message: &str, help: &str| {
            self.out.found.push(Diagnostic::warning("quiz", message).at(self.file, region).help(help));
        };
        if question.right == 0 {
            problem("no answer of this question is marked as right", "write `- [x]` before the right one");
        }
        if question.choices < 2 {
            problem("a question with one answer asks nothing", "add a second line `- [ ] …`");
        }
        if !question.explained {
            problem("nothing explains the answer of this question", "add an indented paragraph after its answers");
        }
    }
}
