//! `content/data/`: glossary, directory and tables. In: YAML and CSV through serde. Out: typed records. A phone number is written
//! in a `Contact` and nowhere else; there is no address field on purpose (facts, section 8.2 rule 5).

use super::config::Localized;
use super::diagram::Diagram;
use crate::text::lines::Region;
use serde::Deserialize;
use std::collections::BTreeMap;

/// An entry of a data file with its place.
pub type Placed<T> = (T, Region);

/// Texts by language code, several for each.
pub type LocalizedList = BTreeMap<super::LanguageCode, Vec<String>>;

/// A glossary term. Names in any language of the site are further keys.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Term {
    /// Stable id, also its anchor.
    pub id: String,
    /// Spellings in Latin letters.
    #[serde(default)]
    pub roman: Vec<String>,
    /// Other words for the same thing.
    #[serde(default)]
    pub synonyms: LocalizedList,
    /// Ids of related terms.
    #[serde(default)]
    pub related: Vec<String>,
    /// Ids of terms it is confused with.
    #[serde(default)]
    pub not_same_as: Vec<String>,
    /// Words not to use.
    #[serde(default)]
    pub avoid: LocalizedList,
    /// Meaning.
    #[serde(default)]
    pub definition: Localized,
    /// Further remark: one text, or one for each language.
    #[serde(default)]
    pub note: Option<TextOrLocalized>,
    /// Where the term or its spelling was seen.
    #[serde(default)]
    pub source: Option<TextOrLocalized>,
    /// The name in each language (`en: …`, `ur: …`).
    #[serde(flatten)]
    pub names: BTreeMap<String, serde_yaml::Value>,
}

impl Term {
    /// The term's name in a language.
    pub fn name(&self, code: &str) -> Option<&str> {
        self.names.get(code).and_then(|v| v.as_str())
    }
}

/// A text that is the same in every language, or one for each.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum TextOrLocalized {
    /// The same for all.
    Text(String),
    /// By language.
    Localized(Localized),
}

impl TextOrLocalized {
    /// The text for a language; a text for all serves every language.
    pub fn get(&self, code: &super::LanguageCode) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Localized(map) => map.get(code).map(String::as_str),
        }
    }
}

/// A phone number as shown, and as dialled when it has been tested that tapping reaches it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// As people write it.
    pub display: String,
    /// For a `tel:` link; absent means shown as text only.
    #[serde(default)]
    pub dial: Option<String>,
}

/// A service that people can call.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Stable id.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// Numbers.
    pub phones: Vec<Phone>,
    /// What it does, free ids such as `emergency`.
    #[serde(default)]
    pub service: Vec<String>,
    /// For whom (audience ids).
    #[serde(default)]
    pub audience: Vec<String>,
    /// Where (jurisdiction ids).
    #[serde(default)]
    pub jurisdiction: Vec<String>,
    /// When it answers.
    #[serde(default)]
    pub hours: Option<TextOrLocalized>,
    /// Where the number was read.
    pub source: TextOrLocalized,
    /// When that was printed: a year, month or day.
    #[serde(deserialize_with = "text_or_year")]
    pub source_date: String,
    /// The day somebody called it.
    #[serde(default)]
    pub phone_tested: Option<String>,
}

/// A year without quotes is a number to YAML and a text to its author.
fn text_or_year<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Year(i32),
    }
    Ok(match Either::deserialize(deserializer).map_err(|_| serde::de::Error::custom("`source_date` is a year, month or day"))? {
        Either::Text(text) => text,
        Either::Year(year) => year.to_string(),
    })
}

/// A CSV file.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Column names.
    pub head: Vec<String>,
    /// Rows, each as long as `head`.
    pub rows: Vec<Vec<String>>,
    /// What of it can be drawn.
    pub figures: Option<Figures>,
    /// Why nothing can, where that is so.
    pub undrawable: String,
}

/// The figures of a table, apart from its words.
#[derive(Clone, Debug)]
pub struct Figures {
    /// How many columns at the start are labels.
    pub labels: usize,
    /// Whether the rows are years.
    pub years: bool,
    /// Columns of figures.
    pub series: Vec<Series>,
}

/// A column of figures.
#[derive(Clone, Debug)]
pub struct Series {
    /// Place in the table's head.
    pub column: usize,
    /// One for each row; `None` where it is missing.
    pub values: Vec<Option<f64>>,
}

/// Everything in `content/data/`.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// Glossary in file order.
    pub glossary: Vec<Term>,
    /// Directory in file order.
    pub directory: Vec<Contact>,
    /// Tables by file name.
    pub tables: BTreeMap<String, Table>,
    /// Diagrams by file name.
    pub diagrams: BTreeMap<String, Diagram>,
}
