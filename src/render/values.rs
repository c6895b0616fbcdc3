//! Small pieces that many templates get: dates, contacts, entries. In: model types. Out: template values as themes/README.md names them.

use super::Renderer;
use super::over::record;
use crate::model::config::Vocabulary;
use crate::model::data::Contact;
use crate::model::site::{ArticleIndex, ContactKind, LanguageIndex, Translation};
use crate::model::{Date, Site};
use crate::path::OutputPath;
use minijinja::{Value, context};

/// Months after which a call that reached a service says little about today.
const TEST_HOLDS: i32 = 6;

/// No value.
pub(super) fn none() -> Value {
    Value::from(())
}

/// A text or no value.
pub(super) fn text(text: Option<&str>) -> Value {
    text.map_or_else(none, Value::from)
}

/// A text, or no value where it is empty.
pub(super) fn filled(text: &str) -> Value {
    if text.is_empty() { none() } else { Value::from(text) }
}

/// `{iso, text}`.
pub(super) fn date(site: &Site, date: Date, language: LanguageIndex) -> Value {
    let shown = site.locales[language].date_long(date.year, date.month, date.day);
    record! { iso => date.to_string(), text => shown }
}

impl Renderer {
    /// `{iso, text}`.
    pub(super) fn date(&self, date: Date, language: LanguageIndex) -> Value {
        self::date(&self.site, date, language)
    }

    /// `{iso, text}` or no value.
    pub(super) fn optional_date(&self, date: Option<Date>, language: LanguageIndex) -> Value {
        date.map_or_else(none, |d| self.date(d, language))
    }

    /// The last change of an article as readers of a language see it: front matter first, then version history.
    pub(super) fn updated(&self, article: ArticleIndex, language: LanguageIndex) -> Option<Date> {
        let page = self.site.shown_in(article, language);
        page.parsed.front.updated.or(page.parsed.changed)
    }

    /// A line in a list of pages.
    pub(super) fn entry(&self, article: ArticleIndex, language: LanguageIndex, from: &OutputPath) -> Value {
        self.entries.entry(article, language, from.link_to(&self.site.articles[article].outputs[language]))
    }

    /// One service of the directory.
    pub(super) fn contact(&self, contact: &Contact, language: LanguageIndex) -> Value {
        let config = &self.site.config;
        let code = &config.languages[language].code;
        let labels = |ids: &[String], vocabulary: &Vocabulary| -> Value {
            ids.iter().map(|id| Value::from(vocabulary.get(id).map_or(id.as_str(), |l| config.pick(l, code)))).collect()
        };
        let service: Value = contact.service.iter().map(|s| Value::from(self.contact_label(ContactKind::Service, s, language))).collect();
        let tested = contact.phone_tested.as_deref().and_then(Date::parse);
        context! {
            id => contact.id.as_str(),
            name => config.pick(&contact.name, code),
            phones => contact.phones.iter().map(|p| context! { display => p.display.as_str(), dial => text(p.dial.as_deref()) }).collect::<Value>(),
            service => service,
            audience => labels(&contact.audience, &config.vocabularies.audience),
            jurisdiction => labels(&contact.jurisdiction, &config.vocabularies.jurisdiction),
            hours => text(contact.hours.as_ref().and_then(|h| h.get(code))),
            source => text(contact.source.get(code)),
            source_date => contact.source_date.as_str(),
            phone_tested => text(contact.phone_tested.as_deref()),
            tested => self.optional_date(tested, language),
            old => tested.is_some_and(|day| day.months_until(self.site.today) >= TEST_HOLDS),
        }
    }

    /// Contacts of the urgent strip.
    pub(super) fn helplines(&self, language: LanguageIndex) -> Value {
        let find = |id: &String| self.site.data.directory.iter().find(|c| &c.id == id);
        self.site.config.helplines.iter().filter_map(find).map(|c| self.contact(c, language)).collect()
    }

    /// Whether a page is listed, fed and searched: withdrawn ones are not.
    pub(super) fn listed(&self, article: ArticleIndex, language: LanguageIndex) -> bool {
        self.site.shown_in(article, language).parsed.front.withdrawn.is_none()
    }

    /// `stale`, `not-compared` and their kin as words for `pages.json`.
    pub(super) fn is_stale(translation: &Translation) -> bool {
        matches!(translation, Translation::Stale { .. })
    }
}
