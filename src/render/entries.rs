//! Lines in lists of pages. In: an article, a language, the file the list stands in. Out: template values that work out only what a template
//! asks for, and the whole line as HTML, rendered once for an article and a language however many lists it is in.

use super::over::{over, record};
use super::theme::Theme;
use super::values::{date, none, text};
use crate::model::front::Sensitivity;
use crate::model::site::{ArticleIndex, LanguageIndex, Page};
use crate::model::{Date, Site};
use crate::text::html::push_attr;
use minijinja::value::{Enumerator, Object};
use minijinja::{Environment, Value};
use std::sync::{Arc, OnceLock};

/// The template of a line.
const LINE: &str = "parts/entry.html";
/// Stands in a line for the address, which differs from list to list.
const HREF: char = '\u{1}';
/// What an entry has, as `themes/README.md` names it.
const KEYS: [&str; 12] = ["title", "href", "description", "type", "code", "status", "date", "updated", "lang", "dir", "fallback", "line"];

/// The lines of a site, each rendered when it is first asked for.
#[derive(Debug)]
pub(super) struct Entries {
    site: Arc<Site>,
    theme: Arc<Theme>,
    shells: Vec<Shell>,
    /// By article, then language.
    lines: Vec<OnceLock<Result<Line, Value>>>,
}

/// A rendered line, cut where its address belongs.
type Line = Vec<Box<str>>;

/// What lines of a language are rendered with. Nothing of it depends on where a list stands.
#[derive(Debug)]
struct Shell {
    templates: Environment<'static>,
    values: Value,
}

impl Entries {
    /// The entries of a site. `bases` are the values of all templates, by language.
    pub(super) fn new<'a>(site: &Arc<Site>, theme: &Arc<Theme>, bases: impl Iterator<Item = &'a Value>) -> Self {
        let shell = |base: &Value| {
            let value = |name| base.get_attr(name).unwrap_or_else(|_| none());
            let values = record! { lang => value("lang"), t => value("t"), number => value("number") };
            Shell { templates: theme.folded(values.clone()), values }
        };
        let shells: Vec<Shell> = bases.map(shell).collect();
        let lines = (0..site.articles.len() * shells.len()).map(|_| OnceLock::new()).collect();
        Self { site: Arc::clone(site), theme: Arc::clone(theme), shells, lines }
    }

    /// An article in a list, with its address as the list's file sees it.
    pub(super) fn entry(self: &Arc<Self>, article: ArticleIndex, language: LanguageIndex, href: String) -> Value {
        Value::from_object(Entry { all: Arc::clone(self), article, language, href })
    }

    /// The line of an article without its address.
    fn line(self: &Arc<Self>, article: ArticleIndex, language: LanguageIndex) -> &Result<Line, Value> {
        self.lines[article * self.shells.len() + language].get_or_init(|| {
            let shell = &self.shells[language];
            let context = over(record! { e => self.entry(article, language, HREF.to_string()) }, shell.values.clone());
            let html = self.theme.try_part(&shell.templates, LINE, context).map_err(Value::from)?;
            Ok(html.split(HREF).map(Box::from).collect())
        })
    }
}

/// An article in a list.
#[derive(Debug)]
struct Entry {
    all: Arc<Entries>,
    article: ArticleIndex,
    language: LanguageIndex,
    href: String,
}

impl Entry {
    fn title<'a>(&self, page: &'a Page) -> &'a str {
        let front = &page.parsed.front;
        let quiet = front.sensitivity == Sensitivity::QuickExit && page.language != self.language;
        front.neutral_title.as_deref().filter(|_| quiet).unwrap_or(&front.title)
    }

    /// The whole line; an error in its template is the value's, and so told where the line is put.
    fn line(&self) -> Value {
        if self.href.starts_with(HREF) {
            return none();
        }
        match self.all.line(self.article, self.language) {
            Ok(line) => {
                let mut html = String::with_capacity(line.iter().map(|part| part.len() + self.href.len()).sum());
                for (n, part) in line.iter().enumerate() {
                    if n > 0 {
                        push_attr(&mut html, &self.href);
                    }
                    html.push_str(part);
                }
                Value::from_safe_string(html)
            }
            Err(error) => error.clone(),
        }
    }
}

impl Object for Entry {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let site = &self.all.site;
        let page = site.shown_in(self.article, self.language);
        let front = &page.parsed.front;
        let own = &site.config.languages[page.language];
        let dated = |day: Option<Date>| day.map_or_else(none, |day| date(site, day, self.language));
        Some(match key {
            "title" => Value::from(self.title(page)),
            "href" => Value::from(self.href.as_str()),
            "description" => text(front.description.as_deref().filter(|_| front.withdrawn.is_none())),
            "type" => Value::from(front.page_type.as_str()),
            "code" => text(front.sop.as_ref().map(|s| s.code.as_str())),
            "status" => text(front.sop.as_ref().map(|s| s.status.as_str())),
            "date" => dated(front.event.as_ref().map(|e| e.start).or(front.date)),
            "updated" => dated(front.updated.or(page.parsed.changed)),
            "lang" => Value::from(own.code.as_str()),
            "dir" => Value::from(own.dir.as_str()),
            "fallback" => Value::from(page.language != self.language),
            "line" => self.line(),
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&KEYS)
    }
}
