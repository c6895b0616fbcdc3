//! Small pieces that many templates get: dates, contacts, entries. In: model types. Out: template values as themes/README.md names them.

use super::Renderer;
use crate::model::Date;
use crate::model::config::Vocabulary;
use crate::model::data::Contact;
use crate::model::site::{ArticleIndex, ContactKind, LanguageIndex, Translation};
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

impl Renderer {
    /// `{iso, text}`.
    pub(super) fn date(&self, date: Date, language: LanguageIndex) -> Value {
        let shown = self.site.locales[language].date_long(date.year, date.month, date.day);
        context! { iso => date.to_string(), text => shown }
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
        let page = self.site.shown_in(article, language);
        let front = &page.parsed.front;
        let own = &self.site.config.languages[page.language];
        let quiet = front.sensitivity == crate::model::front::Sensitivity::QuickExit && page.language != language;
        context! {
            title => if quiet { front.neutral_title.as_ref().unwrap_or(&front.title).as_str() } else { front.title.as_str() },
            href => from.link_to(&self.site.articles[article].outputs[language]),
            description => if front.withdrawn.is_some() { none() } else { text(front.description.as_deref()) },
            type => front.page_type.as_str(),
            code => text(front.sop.as_ref().map(|s| s.code.as_str())),
            status => text(front.sop.as_ref().map(|s| s.status.as_str())),
            date => self.optional_date(front.event.as_ref().map(|e| e.start).or(front.date), language),
            updated => self.optional_date(self.updated(article, language), language),
            lang => own.code.as_str(),
            dir => own.dir.as_str(),
            fallback => page.language != language,
        }
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
