//! Where the questions of a quiz begin and end, while its lists are being written. In: list ends and choices as they come. Out: which choices were
//! right, and what a question lacks. It writes nothing.

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
    /// Where the words of a right choice begin.
    from: Option<usize>,
    /// How many lists are open, and how many when the choices began.
    lists: u32,
    choices_at: u32,
    /// Length of the plain text when the choices ended: the answer is open from there.
    answer_from: Option<usize>,
}

impl Quiz {
    /// A choice begins; its words will stand in the plain text from `at`.
    pub(super) fn option(&mut self, right: bool, at: usize) {
        self.question.choices += 1;
        self.choices_at = self.lists;
        if right {
            self.question.right += 1;
            self.from = Some(at);
        }
    }

    /// A choice ends; `text` is the plain text so far.
    pub(super) fn option_ends(&mut self, text: &str) {
        if let Some(words) = self.from.take().and_then(|from| text.get(from..)) {
            self.right.push(words.trim().to_owned());
        }
    }

    /// A list begins.
    pub(super) fn list_begins(&mut self) {
        self.lists += 1;
    }

    /// A list ends; whether it was that of a question's choices, so that its answer begins.
    pub(super) fn list_ends(&mut self, length: usize) -> bool {
        let choices = self.question.choices > 0 && self.lists == self.choices_at && self.lists > 1 && self.answer_from.is_none();
        self.lists = self.lists.saturating_sub(1);
        if choices {
            self.answer_from = Some(length);
        }
        choices
    }

    /// The right choices in one line.
    pub(super) fn right(&self) -> String {
        self.right.join(" / ")
    }

    /// An item ends; the question, if it was one whose answer had begun.
    pub(super) fn question_ends(&mut self, length: usize) -> Option<Question> {
        let outer = self.lists + 1 == self.choices_at;
        let from = self.answer_from.filter(|_| outer)?;
        self.answer_from = None;
        self.choices_at = 0;
        self.right.clear();
        let explained = length > from + 1;
        Some(Question { explained, ..std::mem::take(&mut self.question) })
    }
}
