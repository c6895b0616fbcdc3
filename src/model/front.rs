//! Front matter as typed data. In: values that `parse::front` has checked. Out: one struct for all types; what a type requires has been checked.

use super::Date;
use crate::text::lines::Region;

/// A page's type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the documentation; CONTRIBUTING describes each")]
pub enum PageType {
    Guidance,
    Sop,
    Law,
    Event,
    Training,
    Glossary,
    Directory,
    Statistics,
    #[default]
    Page,
}

impl PageType {
    /// All types with their names.
    pub const ALL: [(PageType, &'static str); 9] = [
        (PageType::Guidance, "guidance"),
        (PageType::Sop, "sop"),
        (PageType::Law, "law"),
        (PageType::Event, "event"),
        (PageType::Training, "training"),
        (PageType::Glossary, "glossary"),
        (PageType::Directory, "directory"),
        (PageType::Statistics, "statistics"),
        (PageType::Page, "page"),
    ];

    /// The name as written in front matter.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(t, _)| *t == self).map_or("page", |(_, s)| s)
    }

    /// The type of this name.
    pub fn parse(word: &str) -> Option<PageType> {
        Self::ALL.iter().find(|(_, s)| *s == word).map(|(t, _)| *t)
    }
}

/// How careful a page must be with its reader's safety.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sensitivity {
    /// No special care.
    #[default]
    Public,
    /// A content note.
    Advisory,
    /// Neutral titles, no description, no sharing data.
    QuickExit,
}

/// A work that a page relies on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceWork {
    /// What it is called.
    pub title: String,
    /// The publication: gazette, report, pages.
    pub work: Option<String>,
    /// The publisher's own address.
    pub url: Option<String>,
    /// When it was read there.
    pub accessed: Option<Date>,
    /// Whether a copy was read, not the original.
    pub read_in_copy: bool,
    /// A, A-scan, B or SYN.
    pub confidence: Option<String>,
}

/// One line of a change log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Version.
    pub version: String,
    /// Day.
    pub date: Option<Date>,
    /// What changed.
    pub note: String,
}

/// A page that was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// Day.
    pub date: Option<Date>,
    /// Why.
    pub reason: String,
    /// Id of the page to read instead.
    pub instead: Option<String>,
}

/// What a procedure says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SopFront {
    /// `SOP-01`.
    pub code: String,
    /// Version.
    pub version: String,
    /// draft, in-force, under-review or superseded.
    pub status: String,
    /// Issuing body.
    pub issued_by: Option<String>,
    /// Order number.
    pub issued_ref: Option<String>,
    /// Day.
    pub in_force_from: Option<Date>,
    /// Id of the page that replaces it.
    pub superseded_by: Option<String>,
    /// Change log.
    pub changes: Vec<Change>,
}

/// What a law summary says of the law.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LawFront {
    /// Short title.
    pub short_title: String,
    /// Number as printed.
    pub number: String,
    /// Year.
    pub year: i32,
    /// Whether it is in force, in words.
    pub status: Option<String>,
    /// Official source, as a work or address.
    pub official_source: Option<String>,
    /// When the text was read.
    pub retrieved: Option<Date>,
    /// Language whose text counts.
    pub authoritative_language: Option<String>,
}

/// Somebody named in an event's source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Participant {
    /// Name.
    pub name: String,
    /// Post.
    pub role: Option<String>,
    /// The name and post exactly as printed.
    pub as_printed: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

/// Something said at an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// Who said it.
    pub speaker: String,
    /// What, in our words.
    pub text: String,
    /// How far it could be checked.
    pub status: Option<String>,
}

/// What an event write-up says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFront {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Option<Date>,
    /// `event` or `report`.
    pub date_basis: Option<String>,
    /// Remark on the date.
    pub date_note: Option<String>,
    /// Venue.
    pub venue: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Organiser.
    pub organiser: Option<String>,
    /// People named.
    pub participants: Vec<Participant>,
    /// Claims.
    pub claims: Vec<Claim>,
    /// Outcomes.
    pub outcomes: Vec<String>,
}

/// What a training module says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrainingFront {
    /// How long it takes, in words.
    pub duration: Option<String>,
    /// What one can do after it.
    pub objectives: Vec<String>,
}

/// The stages of a case in their order, as `stage` names them.
pub const STAGES: &[&str] = &["prevent", "identify", "protect", "investigate", "prosecute", "reintegrate"];

/// All front matter of a page.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the keys are described in CONTRIBUTING")]
pub struct FrontMatter {
    pub page_type: PageType,
    pub title: String,
    pub neutral_title: Option<String>,
    pub description: Option<String>,
    pub id: Option<String>,
    pub slug: Option<String>,
    pub aliases: Vec<String>,
    pub date: Option<Date>,
    pub updated: Option<Date>,
    pub reviewed: Option<Date>,
    pub review_by: Option<Date>,
    pub approved_on: Option<Date>,
    pub publish_on: Option<Date>,
    pub expires_on: Option<Date>,
    pub audience: Vec<String>,
    pub jurisdiction: Vec<String>,
    pub tags: Vec<String>,
    pub stage: Option<String>,
    pub owner: Option<String>,
    pub reviewed_by: Option<String>,
    pub approved_by: Option<String>,
    pub verification: Option<String>,
    pub translation_review: Option<String>,
    pub translated_from: Option<String>,
    pub sources: Vec<SourceWork>,
    pub draft: bool,
    pub withdrawn: Option<Withdrawn>,
    pub weight: i64,
    pub related: Vec<String>,
    pub sensitivity: Sensitivity,
    pub sop: Option<Box<SopFront>>,
    pub law: Option<Box<LawFront>>,
    pub event: Option<Box<EventFront>>,
    pub training: Option<Box<TrainingFront>>,
    /// Where each top-level key stands in the file.
    pub places: Places,
}

impl FrontMatter {
    /// The place of the page's stage in a case; behind the last one where it has none.
    pub fn stage_place(&self) -> usize {
        self.stage.as_deref().and_then(|s| STAGES.iter().position(|x| *x == s)).unwrap_or(STAGES.len())
    }

    /// The place of a key, else the first line of the file.
    pub fn place(&self, key: &str) -> Region {
        self.places.get(key).unwrap_or(Region { line: 1, column: 1, end_line: 1, end_column: 4 })
    }

    /// Whether the page is in today's output at all.
    pub fn published(&self, today: Date, drafts: bool) -> bool {
        (drafts || !self.draft) && self.publish_on.is_none_or(|d| drafts || d <= today) && self.expires_on.is_none_or(|d| d > today)
    }
}

/// Where the keys of a file stand. A list: a page has twenty, and most are never asked for.
#[derive(Clone, Debug, Default)]
pub struct Places(Vec<(Box<str>, Region)>);

impl Places {
    /// Notes a key's place; `false` when it has one, which then stays.
    pub fn insert(&mut self, key: &str, place: Region) -> bool {
        let new = self.get(key).is_none();
        if new {
            self.0.push((Box::from(key), place));
        }
        new
    }

    /// The place of a key.
    pub fn get(&self, key: &str) -> Option<Region> {
        self.0.iter().find(|(k, _)| &**k == key).map(|(_, place)| *place)
    }
}
