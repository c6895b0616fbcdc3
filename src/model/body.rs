//! The body of a page between parsing and rendering: HTML with holes. A hole is what one file alone cannot know (where a link leads,
//! a heading's shared id, a word of the interface); rendering fills holes from the resolved site, so an unresolved link cannot be rendered.

use crate::path::SourcePath;
use crate::text::lines::Region;

/// A run of HTML, or a directive around further blocks.
#[derive(Clone, Debug)]
pub enum Block {
    /// Markdown as HTML.
    Prose(Prose),
    /// `:::name{…}`.
    Directive(Box<Directive>),
}

/// HTML with holes, in ascending order of position.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// Escaped HTML.
    pub html: String,
    /// Where something is still to be put in.
    pub holes: Vec<Hole>,
}

/// A place in `Prose::html`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hole {
    /// Byte offset.
    pub at: u32,
    /// What goes there.
    pub kind: HoleKind,
}

/// What goes into a hole. Numbers are places in the page's `headings` and `links`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoleKind {
    /// The id of a heading, escaped for an attribute.
    HeadingId(u32),
    /// The link of a heading to itself, to be copied; not in files that stand alone, which have no address.
    HeadingLink(u32),
    /// The target of a link, escaped for an attribute.
    Href(u32),
    /// ` src="…"` with width and height of an image.
    Image(u32),
    /// An interface text.
    Text(TextKey),
    /// What keeps ids of several pages in one file apart; empty on a page of its own.
    Prefix,
}

/// The interface texts of bodies. A byte each: every heading has one, and all pages stay in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the keys are those of the theme's texts")]
pub enum TextKey {
    AlertNote,
    AlertTip,
    AlertImportant,
    AlertWarning,
    AlertCaution,
    FootnotesBack,
    FootnotesTitle,
    QuizAnswer,
    QuizRight,
    TableLabel,
}

impl TextKey {
    /// The key in a theme's `i18n`.
    pub fn as_str(self) -> &'static str {
        match self {
            TextKey::AlertNote => "alert.note",
            TextKey::AlertTip => "alert.tip",
            TextKey::AlertImportant => "alert.important",
            TextKey::AlertWarning => "alert.warning",
            TextKey::AlertCaution => "alert.caution",
            TextKey::FootnotesBack => "footnotes.back",
            TextKey::FootnotesTitle => "footnotes.title",
            TextKey::QuizAnswer => "quiz.answer",
            TextKey::QuizRight => "quiz.right",
            TextKey::TableLabel => "table.label",
        }
    }
}

/// A `:::name{key=value}` block.
#[derive(Clone, Debug)]
pub struct Directive {
    /// Which one.
    pub name: DirectiveName,
    /// Attributes in the order written.
    pub attributes: Vec<(String, String)>,
    /// Place of the opening line.
    pub region: Region,
    /// What it holds.
    pub body: Vec<Block>,
    /// Place in the page's `links` of `src` or `law`, where it has one.
    pub link: Option<u32>,
    /// Number among directives of the same name on the page, from 1.
    pub number: u32,
}

impl Directive {
    /// The value of an attribute.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

/// The documented directives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the documentation; CONTRIBUTING describes each")]
pub enum DirectiveName {
    Step,
    Do,
    Dont,
    Decision,
    Doors,
    Figure,
    Chart,
    Contacts,
    Quiz,
    Diagram,
    Card,
}

impl DirectiveName {
    /// All of them with the attributes each may have.
    pub const ALL: [(DirectiveName, &'static str, &'static [&'static str]); 11] = [
        (DirectiveName::Step, "step", &["role", "within", "basis", "law"]),
        (DirectiveName::Do, "do", &[]),
        (DirectiveName::Dont, "dont", &[]),
        (DirectiveName::Decision, "decision", &[]),
        (DirectiveName::Doors, "doors", &[]),
        (DirectiveName::Figure, "figure", &["src", "alt"]),
        (DirectiveName::Chart, "chart", &["data", "title", "show", "status"]),
        (DirectiveName::Contacts, "contacts", &["service", "ids"]),
        (DirectiveName::Quiz, "quiz", &[]),
        (DirectiveName::Diagram, "diagram", &["data"]),
        (DirectiveName::Card, "card", &[]),
    ];

    /// The name as written.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(n, _, _)| *n == self).map_or("", |(_, s, _)| s)
    }

    /// The directive of this name.
    pub fn parse(word: &str) -> Option<DirectiveName> {
        Self::ALL.iter().find(|(_, s, _)| *s == word).map(|(n, _, _)| *n)
    }

    /// Which attributes it may have.
    pub fn attributes(self) -> &'static [&'static str] {
        Self::ALL.iter().find(|(n, _, _)| *n == self).map_or(&[], |(_, _, a)| a)
    }
}

/// A heading of the body, in order.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// `{#id}` as written.
    pub explicit: Option<String>,
    /// Id made from the heading's own text, unique on the page.
    pub derived: String,
    /// Words without markup.
    pub text: String,
    /// Place in the file.
    pub region: Region,
}

/// A link as written.
#[derive(Clone, Debug)]
pub struct ParsedLink {
    /// Where it wants to go.
    pub destination: Destination,
    /// Place in the file.
    pub region: Region,
}

/// The kinds of link an author can write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// `https:`, `http:`, `mailto:` (an error elsewhere), `tel:` of a directory number.
    External(String),
    /// A source file, with an anchor.
    File(SourcePath, Option<String>),
    /// A page id (`ref:law/ptpa-2018`), with an anchor.
    Reference(String, Option<String>),
    /// An anchor on the same page.
    Anchor(String),
    /// A glossary term by any of its names.
    Term(String),
    /// None that could be read, which has been reported.
    Unreadable,
}
