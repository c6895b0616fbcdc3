//! `content/site.yaml` as data: languages, vocabularies, navigation. In: YAML through serde. Out: typed settings; nothing here assumes
//! two languages or which ones.

use super::front::Places;
use crate::text::bidi::Direction;
use crate::text::lines::Region;
use crate::text::locale::Numerals;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A language's code as in the folder name: `en`, `ur`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageCode(Arc<str>);

impl<'de> Deserialize<'de> for LanguageCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|code| Self::new(&code))
    }
}

impl LanguageCode {
    /// Takes a code as written in `site.yaml`.
    pub fn new(code: &str) -> Self {
        Self(Arc::from(code))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for LanguageCode {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A text in several languages.
pub type Localized = BTreeMap<LanguageCode, String>;

/// A language of the site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Folder name and `lang` attribute.
    pub code: LanguageCode,
    /// Its name in itself.
    pub name: String,
    /// Writing direction.
    #[serde(deserialize_with = "direction")]
    pub dir: Direction,
    /// BCP 47 tag for dates, numbers and sorting; the code when absent.
    #[serde(default)]
    pub locale: Option<String>,
}

fn direction<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Direction, D::Error> {
    let word = String::deserialize(deserializer)?;
    Direction::parse(&word).ok_or_else(|| serde::de::Error::custom(format!("dir is `ltr` or `rtl`, not `{word}`")))
}

/// Whether readers may rely on the site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// A banner on every page, not indexed.
    #[default]
    Preview,
    /// Every page is approved.
    Live,
}

/// What happens to text that looks like personal data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PersonalData {
    /// An error: nothing is written.
    #[default]
    Refuse,
    /// A warning, for texts that are public elsewhere already, such as a test collection. Never on a live site.
    Report,
}

/// An entry of the main navigation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NavEntry {
    /// Page id, `guidance/index` for a section.
    #[serde(rename = "ref")]
    pub reference: String,
    /// Text; the page's title when absent.
    #[serde(default)]
    pub label: Option<Localized>,
}

/// The quick-exit control.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exit {
    /// A neutral public page without personalisation.
    pub url: String,
    /// The control's text.
    pub label: Localized,
    /// Whether the publisher has approved the target.
    #[serde(default)]
    pub approved: bool,
}

/// Who answers for the site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// Name in each language.
    pub name: Localized,
    /// Its site.
    #[serde(default)]
    pub url: Option<String>,
}

/// Where the sources live, for edit links.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repository {
    /// Address of the repository's page.
    pub url: String,
    /// Branch that edits go to.
    pub branch: String,
}

/// Ids with their labels, in the order of the file: the order in which readers see them.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary(Vec<(String, Localized)>);

impl Vocabulary {
    /// The labels of an id.
    pub fn get(&self, id: &str) -> Option<&Localized> {
        self.0.iter().find(|(known, _)| known == id).map(|(_, labels)| labels)
    }

    /// The place of an id in the file; unlisted ids come last.
    pub fn place(&self, id: &str) -> usize {
        self.0.iter().position(|(known, _)| known == id).unwrap_or(usize::MAX)
    }

    /// Whether an id is listed.
    pub fn contains(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// All ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(|(id, _)| id.as_str())
    }

    /// All ids with their labels.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Localized)> {
        self.0.iter().map(|(id, labels)| (id.as_str(), labels))
    }
}

impl<'de> Deserialize<'de> for Vocabulary {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The library's mapping keeps the order of the file and refuses an id that stands twice.
        let mapping = serde_yaml::Mapping::deserialize(deserializer)?;
        let entry = |(id, labels): (serde_yaml::Value, serde_yaml::Value)| {
            let id = serde_yaml::from_value(id).map_err(serde::de::Error::custom)?;
            Ok((id, serde_yaml::from_value(labels).map_err(serde::de::Error::custom)?))
        };
        mapping.into_iter().map(entry).collect::<Result<_, D::Error>>().map(Self)
    }
}

/// Ids that front matter may use, with their labels.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Vocabularies {
    /// Who a page is for.
    pub audience: Vocabulary,
    /// Where it applies.
    pub jurisdiction: Vocabulary,
    /// Who takes a step of a procedure.
    pub role: Vocabulary,
    /// Topics; unlisted tags are their own label.
    pub tag: Vocabulary,
}

fn default_theme() -> String {
    "default".to_owned()
}

fn default_numerals() -> String {
    "western".to_owned()
}

/// The whole of `site.yaml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteConfig {
    /// Name of the site.
    pub title: Localized,
    /// What it is, in one sentence.
    #[serde(default)]
    pub description: Localized,
    /// Full address, for canonical links, feeds and the site map.
    #[serde(default)]
    pub base_url: Option<String>,
    /// Preview or live.
    #[serde(default)]
    pub stage: Stage,
    /// Whether personal data in pages stops a build.
    #[serde(default)]
    pub personal_data: PersonalData,
    /// The language of readers about whom nothing is known.
    pub default_language: LanguageCode,
    /// All languages in the order they are offered.
    pub languages: Vec<Language>,
    /// Folder below `themes/`.
    #[serde(default = "default_theme")]
    pub theme: String,
    /// Main navigation.
    #[serde(default)]
    pub nav: Vec<NavEntry>,
    /// Directory ids for the urgent strip.
    #[serde(default)]
    pub helplines: Vec<String>,
    /// Ids of guidance that the one-file download takes in before other guidance.
    #[serde(default)]
    pub pocket: Vec<String>,
    /// Quick exit.
    #[serde(default)]
    pub exit: Option<Exit>,
    /// Who answers for the site.
    #[serde(default)]
    pub publisher: Option<Publisher>,
    /// Where corrections go, as text.
    #[serde(default)]
    pub contact: Option<String>,
    /// Where the sources live.
    #[serde(default)]
    pub repository: Option<Repository>,
    /// `western` or `native` digits.
    #[serde(default = "default_numerals")]
    pub numerals: String,
    /// Ids and labels.
    #[serde(default)]
    pub vocabularies: Vocabularies,
    /// Where each top-level key stands in the file.
    #[serde(skip)]
    pub places: Places,
}

impl SiteConfig {
    /// The keys without which there is no site.
    pub const REQUIRED: [&str; 3] = ["title", "default_language", "languages"];

    /// Where a top-level key stands; the beginning of the file for one that is absent.
    pub fn place(&self, key: &str) -> Region {
        self.places.get(key).unwrap_or(Region { line: 1, column: 1, end_line: 1, end_column: 2 })
    }

    /// The language with this code.
    pub fn language(&self, code: &LanguageCode) -> Option<&Language> {
        self.languages.iter().find(|l| &l.code == code)
    }

    /// The place of a language in `languages`.
    pub fn language_index(&self, code: &str) -> Option<usize> {
        self.languages.iter().position(|l| l.code.as_str() == code)
    }

    /// Digits for dates, counts and lists.
    pub fn numerals(&self) -> Numerals {
        if self.numerals == "native" { Numerals::Native } else { Numerals::Western }
    }

    /// A localized text in a language, else in the default language, else in any.
    pub fn pick<'a>(&self, text: &'a Localized, code: &LanguageCode) -> &'a str {
        text.get(code).or_else(|| text.get(&self.default_language)).or_else(|| text.values().next()).map_or("", String::as_str)
    }
}
