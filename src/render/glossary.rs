//! The glossary: terms by the first letter of their name in the page's language, and a way in by their names in every other one. In: the glossary's
//! data. Out: template values.

use super::Renderer;
use super::lists::letters;
use super::over::record;
use super::shared::by_letter;
use super::values::text;
use crate::model::data::Term;
use crate::model::site::LanguageIndex;
use minijinja::Value;

impl Renderer {
    /// `groups`, `letters` and `indexes` of a glossary page.
    pub(super) fn glossary(&self, language: LanguageIndex) -> Value {
        let groups = self.terms_by_letter(language);
        let group = |(n, (letter, list)): (usize, &(String, Vec<&Term>))| {
            record! { letter => letter.as_str(), id => format!("l-{n}"), terms => list.iter().map(|t| self.term(t, language)).collect::<Value>() }
        };
        let others = (0..self.site.config.languages.len()).filter(|other| *other != language);
        record! {
            groups => groups.iter().enumerate().map(group).collect::<Value>(),
            letters => letters(&groups),
            indexes => others.map(|other| self.term_index(other)).collect::<Value>(),
        }
    }

    /// The terms that have a name in a language, by its first letter, in that language's order.
    fn terms_by_letter(&self, language: LanguageIndex) -> Vec<(String, Vec<&Term>)> {
        let code = self.site.config.languages[language].code.as_str();
        let mut terms: Vec<(&str, &Term)> = self.site.data.glossary.iter().map(|t| (t.name(code).unwrap_or(&t.id), t)).collect();
        terms.sort_by(|a, b| self.site.locales[language].compare(a.0, b.0));
        by_letter(terms.into_iter())
    }

    /// Another language's names as links to the terms of the page.
    fn term_index(&self, language: LanguageIndex) -> Value {
        let settings = &self.site.config.languages[language];
        let code = settings.code.as_str();
        let groups: Value = self
            .terms_by_letter(language)
            .iter()
            .map(|(letter, list)| {
                let named = list.iter().filter_map(|t| Some(record! { name => t.name(code)?, href => format!("#{}", t.id) }));
                record! { letter => letter.as_str(), terms => named.collect::<Value>() }
            })
            .collect();
        record! { code => code, dir => settings.dir.as_str(), name => settings.name.as_str(), groups => groups }
    }

    fn term(&self, term: &Term, language: LanguageIndex) -> Value {
        let config = &self.site.config;
        let own = &config.languages[language];
        let code = &own.code;
        let texts = |list: &[String]| list.iter().map(|s| Value::from(s.as_str())).collect::<Value>();
        let others: Value = config
            .languages
            .iter()
            .filter(|l| &l.code != code)
            .filter_map(|l| Some(record! { name => term.name(l.code.as_str())?, lang => l.code.as_str(), dir => l.dir.as_str() }))
            .collect();
        let links = |ids: &[String]| -> Value {
            ids.iter()
                .filter_map(|id| self.site.data.glossary.iter().find(|t| &t.id == id))
                .map(|t| record! { name => t.name(code.as_str()).unwrap_or(&t.id), href => format!("#{}", t.id) })
                .collect()
        };
        record! {
            id => term.id.as_str(),
            name => term.name(code.as_str()).unwrap_or(&term.id),
            other => others,
            roman => texts(&term.roman),
            synonyms => texts(term.synonyms.get(code).map(Vec::as_slice).unwrap_or_default()),
            definition => text(term.definition.get(code).map(String::as_str)),
            note => text(term.note.as_ref().and_then(|n| n.get(code))),
            source => text(term.source.as_ref().and_then(|s| s.get(code))),
            related => links(&term.related),
            not_same_as => links(&term.not_same_as),
            avoid => texts(term.avoid.get(code).map(Vec::as_slice).unwrap_or_default()),
        }
    }
}
