//! What the stages hand to each other, one type for each state: a page as parsed, a site as resolved, an output as rendered.
//! Only data and what follows from it; no stage's work.

pub mod asset;
pub mod body;
pub mod config;
pub mod data;
pub mod date;
pub mod diagram;
pub mod front;
pub mod page;
pub mod site;

pub use body::{Block, Destination, Directive, Heading, Hole, HoleKind, ParsedLink, Prose};
pub use config::{Language, LanguageCode, SiteConfig, Stage as SiteStage};
pub use data::{Contact, Data, Table, Term};
pub use date::Date;
pub use front::FrontMatter;
pub use page::ParsedPage;
pub use site::{Page, Site};
