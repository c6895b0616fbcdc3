//! Pages that list other pages: home, sections, topics, A to Z. In: the resolved site. Out: HTML.

use super::Renderer;
use super::over::{over, record};
use super::shared::by_letter;
use super::values::{none, text};
use crate::diag::Diagnostic;
use crate::model::front::{PageType, Sensitivity};
use crate::model::site::{ArticleIndex, Facet, LanguageIndex, PAGE_LENGTH, SectionIndex, numbered};
use crate::path::OutputPath;
use minijinja::Value;

/// Lines under "recently changed".
const RECENT: usize = 5;
/// Months that an event stays on the home page.
const EVENT_MONTHS: i32 = 12;
/// Links under each audience on the home page.
const PER_AUDIENCE: usize = 3;

fn list() -> Value {
    Value::from(Vec::<Value>::new())
}

impl Renderer {
    /// `page` for a list that no author wrote.
    pub(super) fn plain_page(&self, title: &str, kind: &str, language: LanguageIndex, outputs: &[OutputPath], path: &OutputPath) -> Value {
        let other = |(index, settings): (usize, &crate::model::Language)| {
            record! { code => settings.code.as_str(), name => settings.name.as_str(), dir => settings.dir.as_str(), href => path.link_to(&outputs[index]), real => true, same_ids => false }
        };
        let settings = &self.site.config.languages[language];
        let alternates: Value =
            self.site.config.languages.iter().enumerate().filter(|(l, _)| *l != language && *l < outputs.len()).map(other).collect();
        let head = record! {
            id => kind, type => kind, title => title, tab_title => title, description => none(), body => Value::from_safe_string(String::new()),
            body_lang => settings.code.as_str(), body_dir => settings.dir.as_str(), toc => list(), breadcrumbs => list(), alternates => alternates,
            canonical => self.site.base_url.as_ref().map_or_else(none, |base| Value::from(format!("{base}{}", path.address()))),
            qr => none(), hreflang => list(), og_title => none(), json_ld => none(), noindex => true, quick_exit => false, notices => list(), rail => Value::from_safe_string(String::new()),
        };
        let rest = record! {
            dates => record! { updated => none(), reviewed => none(), review_by => none(), approved_on => none(), overdue => false },
            owner => none(), reviewed_by => none(), approved_by => none(), verification => none(), translation_review => none(), stage => none(),
            audience => list(), jurisdiction => list(), tags => list(), sources => list(), related => list(), previous => none(), next => none(), minutes => 1,
            edit_href => none(), translate_href => none(), help_href => none(), sop => none(), law => none(), event => none(), training => none(),
        };
        over(head, rest)
    }

    /// A section, further pages of a long one among them.
    pub(super) fn section(
        &self,
        section: SectionIndex,
        language: LanguageIndex,
        number: usize,
        path: &OutputPath,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let info = &self.site.sections[section];
        let title = self.section_title(info, language);
        let outputs: Vec<OutputPath> = info.outputs.iter().map(|o| numbered(o, number)).collect();
        let page = self.plain_page(&title, "section", language, &outputs, path);
        let crumbs = info.parent.map_or_else(list, |parent| self.section_crumbs(parent, language, path));
        self.section_page(
            section,
            language,
            number,
            path,
            over(
                record! { breadcrumbs => crumbs, noindex => number > 1 || self.site.config.stage == crate::model::SiteStage::Preview },
                page,
            ),
        )
    }

    /// A section's list around the values of its page.
    pub(super) fn section_page(
        &self,
        section: SectionIndex,
        language: LanguageIndex,
        number: usize,
        path: &OutputPath,
        page: Value,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        if self.site.sections[section].path.is_empty() {
            return self.home(language, path, page);
        }
        let info = &self.site.sections[section];
        let listed: Vec<ArticleIndex> = info.entries[language].iter().copied().filter(|a| self.listed(*a, language)).collect();
        let subsections: Value = info.children.iter().map(|s| self.section_entry(*s, language, path)).collect();
        let context = record! {
            entries => self.slice(&listed, number, language, path),
            subsections => if number == 1 { subsections } else { list() },
            pages => self.pages(listed.len(), number, &info.outputs[language], path),
            facets => self.section_facets(section, None, language, path),
            page => page,
        };
        let held = info.article.filter(|_| number == 1).map(|a| super::page::held(self.site.shown_in(a, language))).unwrap_or_default();
        let base = self.base(language, path, Some(&info.outputs[language]));
        self.html_with("section.html", &[language], held, path, over(context, base))
    }

    pub(super) fn slice(&self, articles: &[ArticleIndex], number: usize, language: LanguageIndex, path: &OutputPath) -> Value {
        articles.iter().skip((number - 1) * PAGE_LENGTH).take(PAGE_LENGTH).map(|a| self.entry(*a, language, path)).collect()
    }

    /// Links between the pages of a long list.
    pub(super) fn pages(&self, length: usize, number: usize, first: &OutputPath, path: &OutputPath) -> Value {
        let total = length.div_ceil(PAGE_LENGTH).max(1);
        let link = |n: usize| path.link_to(&numbered(first, n));
        record! {
            current => number, total => total,
            previous => if number > 1 { Value::from(link(number - 1)) } else { none() },
            next => if number < total { Value::from(link(number + 1)) } else { none() },
            links => (1..=total).map(|n| record! { n => n, href => link(n) }).collect::<Value>(),
        }
    }

    fn section_entry(&self, section: SectionIndex, language: LanguageIndex, path: &OutputPath) -> Value {
        let info = &self.site.sections[section];
        let description = info.article.and_then(|a| self.site.shown_in(a, language).parsed.front.description.as_deref());
        record! {
            title => self.section_title(info, language), href => path.link_to(&info.outputs[language]), description => text(description),
            count => self.count(section, language), type => "section", code => none(), status => none(), date => none(), updated => none(),
            lang => self.site.config.languages[language].code.as_str(), dir => self.site.config.languages[language].dir.as_str(), fallback => false,
        }
    }

    /// Articles in a section and below.
    fn count(&self, section: SectionIndex, language: LanguageIndex) -> usize {
        let info = &self.site.sections[section];
        info.entries[language].iter().filter(|a| self.listed(**a, language)).count()
            + info.children.iter().map(|c| self.count(*c, language)).sum::<usize>()
    }

    fn home(&self, language: LanguageIndex, path: &OutputPath, page: Value) -> Result<Vec<u8>, Box<Diagnostic>> {
        let site = &self.site;
        let sections: Value = site.sections[0]
            .children
            .iter()
            .filter(|s| self.count(**s, language) > 0)
            .map(|s| self.section_entry(*s, language, path))
            .collect();
        let shown: Vec<ArticleIndex> = (0..site.articles.len())
            .filter(|a| {
                site.articles[*a].index_of.is_none()
                    && self.listed(*a, language)
                    && site.page_in(*a, language).is_some_and(|p| p.parsed.front.sensitivity != Sensitivity::QuickExit)
            })
            .collect();
        let kind = |a: ArticleIndex| site.shown_in(a, language).parsed.front.page_type;
        let mut recent: Vec<(crate::model::Date, ArticleIndex)> =
            shown.iter().filter(|a| kind(**a) != PageType::Page).filter_map(|a| Some((self.updated(*a, language)?, *a))).collect();
        recent.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (rank(kind(a.1)), a.1).cmp(&(rank(kind(b.1)), b.1))));
        let is_event = |a: &ArticleIndex| site.shown_in(*a, language).parsed.front.event.as_ref().map(|e| e.end.unwrap_or(e.start));
        let mut events: Vec<(crate::model::Date, ArticleIndex)> = shown
            .iter()
            .filter_map(|a| Some((is_event(a)?, *a)))
            .filter(|(date, _)| *date >= site.today || date.months_until(site.today) < EVENT_MONTHS)
            .collect();
        events.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let entries =
            |list: &[(crate::model::Date, ArticleIndex)]| list.iter().map(|(_, a)| self.entry(*a, language, path)).collect::<Value>();
        let context = record! {
            sections => sections,
            recent => entries(&recent[..recent.len().min(RECENT)]),
            stages => self.stages(&shown, language, path),
            audiences => self.audiences(language, path),
            events => entries(&events),
            page => page,
        };
        let held = site.sections[0].article.map(|a| super::page::held(site.shown_in(a, language))).unwrap_or_default();
        self.html_with("home.html", &[language], held, path, over(context, self.base(language, path, None)))
    }

    /// The audiences that pages are written for, in the order of `site.yaml`'s ids, each with its first pages.
    fn audiences(&self, language: LanguageIndex, path: &OutputPath) -> Value {
        let site = &self.site;
        let mut values: Vec<_> = site.facets.iter().filter(|v| v.facet == Facet::Audience).collect();
        values.sort_by_key(|v| site.config.vocabularies.audience.place(&v.id));
        values
            .into_iter()
            .map(|value| {
                let mut articles: Vec<ArticleIndex> = value.articles[language].iter().copied().filter(|a| self.listed(*a, language) && site.articles[*a].index_of.is_none()).collect();
                articles.sort_by_key(|a| (rank(site.shown_in(*a, language).parsed.front.page_type), site.shown_in(*a, language).parsed.front.weight));
                let entries: Value = articles.iter().take(PER_AUDIENCE).map(|a| self.entry(*a, language, path)).collect();
                record! { id => value.id.as_str(), label => value.labels[language].as_str(), href => path.link_to(&value.outputs[language]), entries => entries }
            })
            .collect()
    }

    /// A list of the articles that carry one topic, audience or jurisdiction.
    pub(super) fn facet(
        &self,
        value: usize,
        language: LanguageIndex,
        number: usize,
        path: &OutputPath,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let value = &self.site.facets[value];
        let label = value.labels[language].as_str();
        let outputs: Vec<OutputPath> = value.outputs.iter().map(|o| numbered(o, number)).collect();
        let listed: Vec<ArticleIndex> = value.articles[language].iter().copied().filter(|a| self.listed(*a, language)).collect();
        let page = self.plain_page(label, "tag", language, &outputs, path);
        let context = record! {
            label => label,
            kind => value.facet.as_str(),
            section => none(),
            facets => list(),
            entries => self.slice(&listed, number, language, path),
            pages => self.pages(listed.len(), number, &value.outputs[language], path),
            page => over(record! { breadcrumbs => self.section_crumbs(0, language, path) }, page),
        };
        self.html("tag.html", &[language], path, over(context, self.base(language, path, None)))
    }

    /// Every page by title.
    pub(super) fn az(&self, language: LanguageIndex, path: &OutputPath) -> Result<Vec<u8>, Box<Diagnostic>> {
        let site = &self.site;
        let listed = site.by_title[language].iter().filter(|a| self.listed(**a, language));
        let groups = by_letter(listed.map(|a| (site.shown_in(*a, language).parsed.front.title.as_str(), *a)));
        let title = self.theme.catalogues[language].get("az.title").to_owned();
        let outputs: Vec<OutputPath> =
            site.config.languages.iter().map(|l| OutputPath::new(format!("{}/a-z/index.html", l.code))).collect();
        let page = self.plain_page(&title, "az", language, &outputs, path);
        let context = record! {
            groups => groups.iter().enumerate().map(|(n, (letter, list))| record! { letter => letter.as_str(), id => format!("l-{n}"), entries => list.iter().map(|a| self.entry(*a, language, path)).collect::<Value>() }).collect::<Value>(),
            letters => letters(&groups),
            page => over(record! { breadcrumbs => self.section_crumbs(0, language, path) }, page),
        };
        self.html("az.html", &[language], path, over(context, self.base(language, path, None)))
    }
}

pub(super) fn letters<T>(groups: &[(String, Vec<T>)]) -> Value {
    groups.iter().enumerate().map(|(n, (letter, _))| record! { letter => letter.as_str(), id => format!("l-{n}") }).collect()
}

/// Procedures first, then guidance, then law: the order in which an officer needs them.
fn rank(page_type: PageType) -> u8 {
    match page_type {
        PageType::Sop => 0,
        PageType::Guidance => 1,
        PageType::Law => 2,
        PageType::Directory => 3,
        PageType::Training => 4,
        _ => 5,
    }
}
