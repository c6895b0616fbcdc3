//! One article as a page: its own, or in another language's shell where no translation exists. In: a page and its route. Out: HTML.

use super::Renderer;
use super::body::{Form, Shown};
use super::over::{over, record};
use super::shared::Level;
use super::style::{Held, Style};
use super::values::{none, text};
use crate::diag::Diagnostic;
use crate::model::front::{PageType, Sensitivity};
use crate::model::site::{ArticleIndex, Facet, LanguageIndex, Page, PageIndex, Translation};
use crate::model::{Language, SiteStage};
use crate::path::OutputPath;
use crate::text::html::push_prose;
use minijinja::{Value, context};

/// Words a reader of guidance takes in a minute; Urdu readers are given the same until somebody measures.
const WORDS_A_MINUTE: u32 = 200;

/// What a page's text has, as far as it is shown.
pub(super) fn held(page: &Page) -> Held {
    if page.parsed.front.withdrawn.is_some() { Held::NONE } else { super::style::held(&page.parsed.body) }
}

impl Renderer {
    /// A page in its own language.
    pub(super) fn page(&self, index: PageIndex, path: &OutputPath) -> Result<Vec<u8>, Box<Diagnostic>> {
        let page = &self.site.pages[index];
        self.article(page, page.language, path)
    }

    /// An article in the shell of a language it is not written in. Where a reader may need to leave in a hurry, a text in another language
    /// is no help: the page then only says so, with the helplines.
    pub(super) fn fallback(&self, article: ArticleIndex, language: LanguageIndex, path: &OutputPath) -> Result<Vec<u8>, Box<Diagnostic>> {
        let page = self.site.shown_in(article, language);
        if page.parsed.front.sensitivity != Sensitivity::QuickExit {
            return self.article(page, language, path);
        }
        let own = &self.site.config.languages[page.language];
        let original = record! {
            name => own.name.as_str(), href => path.link_to(self.site.output(page)), dir => own.dir.as_str(), lang => own.code.as_str(),
        };
        let title = page.parsed.front.neutral_title.as_deref().unwrap_or_else(|| self.neutral(language));
        let settings = &self.site.config.languages[language];
        let values = self.page_values(page, language, path)?;
        let context = context! {
            page => context! {
                title => title, body => none(), noindex => true, toc => Value::from(Vec::<Value>::new()),
                body_lang => settings.code.as_str(), body_dir => settings.dir.as_str(), ..values
            },
            original => original,
            contacts => self.helplines(language),
            ..self.base(language, path, None)
        };
        self.html("missing.html", &[language], path, context)
    }

    fn article(&self, page: &Page, language: LanguageIndex, path: &OutputPath) -> Result<Vec<u8>, Box<Diagnostic>> {
        let values = self.page_values(page, language, path)?;
        let info = &self.site.articles[page.article];
        if let Some(section) = info.index_of.filter(|_| page.parsed.front.withdrawn.is_none()) {
            return self.section_page(section, language, 1, path, values);
        }
        let name = match page.parsed.front.page_type {
            PageType::Sop => "sop.html",
            PageType::Law => "law.html",
            PageType::Event => "event.html",
            PageType::Training => "training.html",
            PageType::Statistics => "statistics.html",
            PageType::Glossary => "glossary.html",
            PageType::Directory => "directory.html",
            PageType::Guidance | PageType::Page => "article.html",
        };
        let name = if page.parsed.front.withdrawn.is_some() { "article.html" } else { name };
        let base = self.base(language, path, self.nav_target(page.article, language));
        let several = name == "glossary.html" || name == "law.html" && self.law_beside(page, language).is_some();
        let context = match name {
            "directory.html" => {
                context! { contacts => self.site.data.directory.iter().map(|c| self.contact(c, language)).collect::<Value>(), facets => self.contact_facets(None, language, path), page => values, ..base }
            }
            "glossary.html" => over(context! { page => values, ..self.glossary(language) }, base),
            "law.html" => over(self.law_values(page, language, path, values)?, base),
            _ => over(record! { page => values }, base),
        };
        let shown = if several { self.every_language(language) } else { vec![language, page.language] };
        self.html_with(name, &shown, held(page), path, context)
    }

    /// Renders a template to bytes, with the stylesheets of its template and of the languages that it shows.
    pub(super) fn html(&self, name: &str, shown: &[LanguageIndex], path: &OutputPath, context: Value) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.html_with(name, shown, Held::NONE, path, context)
    }

    /// The same for a page whose text has these parts.
    pub(super) fn html_with(
        &self,
        name: &str,
        shown: &[LanguageIndex],
        holds: Held,
        path: &OutputPath,
        context: Value,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let style = self.theme.style(name, shown[0], shown, holds, path.depth());
        self.styled(name, style, self.level(shown[0], path), context)
    }

    /// Renders a template to bytes with a given style.
    pub(super) fn styled(&self, name: &str, style: Style, level: &Level, context: Value) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.theme.page(&level.templates, name, over(record! { style => style.css, csp => style.csp }, context))
    }

    /// All languages, one of them first: for pages that show them together.
    pub(super) fn every_language(&self, first: LanguageIndex) -> Vec<LanguageIndex> {
        std::iter::once(first).chain((0..self.site.config.languages.len()).filter(|l| *l != first)).collect()
    }

    /// The values every template gets, with the navigation marked.
    pub(super) fn base(&self, language: LanguageIndex, path: &OutputPath, current: Option<&OutputPath>) -> Value {
        let base = self.level(language, path).base.clone();
        match (self.marked_nav(language, path, current), base.get_attr("shared")) {
            (Some(nav), Ok(shared)) => over(record! { shared => over(record! { nav => nav }, shared) }, base),
            _ => base,
        }
    }

    /// The address in the navigation that a page belongs to: its own, or its section's.
    pub(super) fn nav_target(&self, article: ArticleIndex, language: LanguageIndex) -> Option<&OutputPath> {
        let info = &self.site.articles[article];
        match info.section {
            Some(section) if !self.site.sections[section].path.is_empty() => Some(&self.site.sections[section].outputs[language]),
            _ => Some(&info.outputs[language]),
        }
    }

    /// `page` of themes/README.md.
    pub(super) fn page_values(&self, page: &Page, language: LanguageIndex, path: &OutputPath) -> Result<Value, Box<Diagnostic>> {
        let front = &page.parsed.front;
        let own = &self.site.config.languages[page.language];
        let real = page.language == language;
        let quick_exit = front.sensitivity == Sensitivity::QuickExit;
        let shown = Shown { language, output: path, form: Form::Page { prefix: "" } };
        let body = if front.withdrawn.is_some() { String::new() } else { self.body(page, shown)? };
        let tab_title =
            if quick_exit { front.neutral_title.as_deref().unwrap_or_else(|| self.neutral(language)) } else { front.title.as_str() };
        let open = real && !quick_exit && front.withdrawn.is_none();
        let canonical =
            self.site.base_url.as_ref().filter(|_| !quick_exit).map(|base| format!("{base}{}", self.site.output(page).address()));
        let head = record! {
            id => &*self.site.articles[page.article].id,
            type => front.page_type.as_str(),
            title => front.title.as_str(),
            tab_title => tab_title,
            description => if front.withdrawn.is_some() { none() } else { text(front.description.as_deref()) },
            body => Value::from_safe_string(body),
            body_lang => own.code.as_str(),
            body_dir => own.dir.as_str(),
            toc => if front.withdrawn.is_some() { Value::from(Vec::<Value>::new()) } else { self.toc(page) },
            breadcrumbs => self.breadcrumbs(page.article, language, path),
            alternates => self.alternates(page, language, path),
            qr => canonical.as_deref().map_or_else(none, super::qr::code),
            canonical => text(canonical.as_deref()),
            hreflang => if open { self.hreflang(page.article) } else { Value::from(Vec::<Value>::new()) },
            og_title => if open && self.site.base_url.is_some() { Value::from(front.title.as_str()) } else { none() },
            json_ld => if open { self.json_ld(page) } else { none() },
            noindex => !real || quick_exit || front.withdrawn.is_some() || self.site.config.stage == SiteStage::Preview,
            quick_exit => quick_exit,
            notices => self.notices(page, language, path),
            rail => self.marked_rail(page.article, language, path),
        };
        Ok(over(head, self.details(page, language, path)))
    }

    /// Dates, people, lists and what each type adds.
    fn details(&self, page: &Page, language: LanguageIndex, path: &OutputPath) -> Value {
        let front = &page.parsed.front;
        let date = |d| self.optional_date(d, language);
        let (previous, next) = self.neighbours(page.article, language, path);
        let (edit, translate) = self.edit_links(page, language);
        let dates = record! {
            updated => date(front.updated.or(page.parsed.changed)), reviewed => date(front.reviewed),
            review_by => date(front.review_by), approved_on => date(front.approved_on),
            overdue => front.review_by.is_some_and(|d| d < self.site.today),
        };
        let sources: Value = front
            .sources
            .iter()
            .map(|s| record! { title => s.title.as_str(), work => text(s.work.as_deref()), url => text(s.url.as_deref()), accessed => date(s.accessed), read_in_copy => s.read_in_copy, confidence => text(s.confidence.as_deref()) })
            .collect();
        let related: Value = front
            .related
            .iter()
            .filter_map(|id| self.site.article(id))
            .filter(|a| self.listed(*a, language))
            .map(|a| self.entry(a, language, path))
            .collect();
        record! {
            dates => dates,
            owner => text(front.owner.as_deref()),
            reviewed_by => text(front.reviewed_by.as_deref()),
            approved_by => text(front.approved_by.as_deref()),
            verification => text(front.verification.as_deref()),
            translation_review => text(front.translation_review.as_deref()),
            stage => text(front.stage.as_deref()),
            audience => self.facet_links(Facet::Audience, &front.audience, language, path),
            jurisdiction => self.facet_links(Facet::Jurisdiction, &front.jurisdiction, language, path),
            tags => self.facet_links(Facet::Tag, &front.tags, language, path),
            sources => if front.withdrawn.is_some() { Value::from(Vec::<Value>::new()) } else { sources },
            related => related,
            previous => previous,
            next => next,
            minutes => page.parsed.words.div_ceil(WORDS_A_MINUTE).max(1),
            edit_href => edit,
            translate_href => translate,
            help_href => self.site.article("contribute").map_or_else(none, |a| Value::from(path.link_to(&self.site.articles[a].outputs[language]))),
            sop => self.sop(page, language, path),
            law => self.law(page, language),
            event => self.event(page, language),
            training => front.training.as_ref().map_or_else(none, |t| record! { duration => text(t.duration.as_deref()), objectives => t.objectives.iter().map(|o| Value::from(o.as_str())).collect::<Value>() }),
        }
    }

    pub(super) fn neutral(&self, language: LanguageIndex) -> &str {
        let config = &self.site.config;
        config.pick(&config.title, &config.languages[language].code)
    }

    fn toc(&self, page: &Page) -> Value {
        let headings = page.parsed.headings.iter().zip(&page.heading_ids).filter(|(h, _)| h.level == 2 || h.level == 3);
        headings
            .map(|(heading, id)| {
                let mut title = String::new();
                if self.site.config.languages[page.language].dir == crate::text::bidi::Direction::Rtl {
                    crate::text::bidi::push_isolated(&mut title, &heading.text);
                } else {
                    push_prose(&mut title, &heading.text);
                }
                record! { id => &**id, title => Value::from_safe_string(title), level => heading.level }
            })
            .collect()
    }

    /// Home, then the sections above.
    pub(super) fn breadcrumbs(&self, article: ArticleIndex, language: LanguageIndex, path: &OutputPath) -> Value {
        let info = &self.site.articles[article];
        let Some(mut section) = info.section else { return Value::from(Vec::<Value>::new()) };
        if info.index_of.is_some() {
            match self.site.sections[section].parent {
                Some(parent) => section = parent,
                None => return Value::from(Vec::<Value>::new()),
            }
        }
        self.section_crumbs(section, language, path)
    }

    /// Home, then the sections down to this one.
    pub(super) fn section_crumbs(&self, section: usize, language: LanguageIndex, path: &OutputPath) -> Value {
        let mut crumbs = Vec::new();
        let mut above = Some(section);
        while let Some(index) = above {
            let section = &self.site.sections[index];
            let title = match section.path.is_empty() {
                true => self.theme.catalogues[language].get("nav.home").to_owned(),
                false => self.section_title(section, language),
            };
            crumbs.push(record! { title => title, href => path.link_to(&section.outputs[language]) });
            above = section.parent;
        }
        crumbs.reverse();
        Value::from(crumbs)
    }

    /// Every other language, real or not.
    fn alternates(&self, page: &Page, language: LanguageIndex, path: &OutputPath) -> Value {
        let info = &self.site.articles[page.article];
        let other = |(index, settings): (usize, &Language)| {
            let real = info.pages[index].is_some();
            let shared = info.pages[index].is_some_and(|p| self.site.pages[p].heading_ids == page.heading_ids);
            record! {
                code => settings.code.as_str(), name => settings.name.as_str(), dir => settings.dir.as_str(),
                href => path.link_to(&info.outputs[index]), real => real, same_ids => shared || !real,
            }
        };
        self.site.config.languages.iter().enumerate().filter(|(index, _)| *index != language).map(other).collect()
    }

    /// Full addresses of the real translations, and of the default one for everybody else.
    fn hreflang(&self, article: ArticleIndex) -> Value {
        let Some(base) = &self.site.base_url else { return Value::from(Vec::<Value>::new()) };
        let info = &self.site.articles[article];
        let real = self.site.config.languages.iter().enumerate().filter(|(l, _)| info.pages[*l].is_some());
        real.map(|(l, settings)| record! { code => settings.code.as_str(), href => format!("{base}{}", info.outputs[l].address()) })
            .collect()
    }

    fn notices(&self, page: &Page, language: LanguageIndex, path: &OutputPath) -> Value {
        let front = &page.parsed.front;
        let mut list = Vec::new();
        let instead = |id: Option<&str>| {
            id.and_then(|id| self.site.article(id)).map_or_else(none, |a| {
                record! { title => self.site.shown_in(a, language).parsed.front.title.as_str(), href => path.link_to(&self.site.articles[a].outputs[language]) }
            })
        };
        if let Some(withdrawn) = &front.withdrawn {
            list.push(record! { kind => "withdrawn", date => self.optional_date(withdrawn.date, language), reason => withdrawn.reason.as_str(), instead => instead(withdrawn.instead.as_deref()) });
            return Value::from(list);
        }
        if page.language != language {
            list.push(record! { kind => "missing", name => self.site.config.languages[page.language].name.as_str() });
        }
        match &page.translation {
            Translation::Stale { changed, added, removed } => list.push(record! {
                kind => "stale", changed => changed.iter().filter(|t| !t.is_empty()).map(|t| Value::from(t.as_str())).collect::<Value>(),
                opening => changed.iter().any(String::is_empty), added => added.iter().map(|t| Value::from(t.as_str())).collect::<Value>(), removed => *removed,
            }),
            Translation::NotCompared => list.push(record! { kind => "not-compared" }),
            Translation::Original | Translation::Current => {}
        }
        if page.translation != Translation::Original && front.translation_review.as_deref() == Some("none") && page.language == language {
            list.push(record! { kind => "translation-unreviewed" });
        }
        if let Some(sop) = &front.sop {
            match sop.status.as_str() {
                "superseded" => {
                    let target = sop.superseded_by.as_deref().and_then(|id| self.site.article(id));
                    let (title, href) = target.map_or((none(), none()), |a| {
                        (
                            Value::from(self.site.shown_in(a, language).parsed.front.title.as_str()),
                            Value::from(path.link_to(&self.site.articles[a].outputs[language])),
                        )
                    });
                    list.push(record! { kind => "superseded", title => title, href => href });
                }
                "draft" => list.push(record! { kind => "draft" }),
                _ => {}
            }
        }
        if let Some(due) = front.review_by.filter(|d| *d < self.site.today) {
            list.push(record! { kind => "overdue", date => self.date(due, language) });
        }
        Value::from(list)
    }

    fn neighbours(&self, article: ArticleIndex, language: LanguageIndex, path: &OutputPath) -> (Value, Value) {
        let info = &self.site.articles[article];
        let Some(section) = info.section.filter(|s| info.index_of.is_none() && !self.site.sections[*s].path.is_empty()) else {
            return (none(), none());
        };
        let entries = &self.site.sections[section].entries[language];
        if self.site.shown_in(article, language).parsed.front.sop.is_some() {
            return self.along_the_case(article, entries, language, path);
        }
        let Some(place) = entries.iter().position(|a| *a == article) else { return (none(), none()) };
        let link = |a: Option<&ArticleIndex>| a.map_or_else(none, |a| over(record! { stage => none() }, self.entry(*a, language, path)));
        (link(place.checked_sub(1).and_then(|p| entries.get(p))), link(entries.get(place + 1)))
    }

    fn edit_links(&self, page: &Page, language: LanguageIndex) -> (Value, Value) {
        let Some(repository) = &self.site.config.repository else { return (none(), none()) };
        let base = format!("{}/edit/{}/", repository.url.trim_end_matches('/'), repository.branch);
        let edit = Value::from(format!("{base}{}", page.parsed.source));
        if page.language == language {
            return (edit, none());
        }
        let new = format!(
            "{}/new/{}?filename=content/{}/{}.md",
            repository.url.trim_end_matches('/'),
            repository.branch,
            self.site.config.languages[language].code,
            page.parsed.path
        );
        (edit, Value::from(new))
    }

    fn facet_links(&self, facet: Facet, ids: &[String], language: LanguageIndex, path: &OutputPath) -> Value {
        ids.iter()
            .map(|id| {
                let found = self.site.facets.binary_search_by(|v| (v.facet, v.id.as_str()).cmp(&(facet, id.as_str())));
                match found {
                    Ok(place) => {
                        let value = &self.site.facets[place];
                        record! { id => id.as_str(), label => value.labels[language].as_str(), href => path.link_to(&value.outputs[language]) }
                    }
                    Err(_) => record! { id => id.as_str(), label => id.as_str(), href => none() },
                }
            })
            .collect()
    }

    fn sop(&self, page: &Page, language: LanguageIndex, path: &OutputPath) -> Value {
        let Some(sop) = &page.parsed.front.sop else { return none() };
        let changes: Value = sop
            .changes
            .iter()
            .map(|c| record! { version => c.version.as_str(), date => self.optional_date(c.date, language), note => c.note.as_str() })
            .collect();
        let steps = page
            .parsed
            .body
            .iter()
            .filter(|b| matches!(b, crate::model::Block::Directive(d) if d.name == crate::model::body::DirectiveName::Step))
            .count();
        let superseded = sop.superseded_by.as_deref().and_then(|id| self.site.article(id)).map_or_else(none, |a| {
            record! { title => self.site.shown_in(a, language).parsed.front.title.as_str(), href => path.link_to(&self.site.articles[a].outputs[language]) }
        });
        record! {
            code => sop.code.as_str(), version => sop.version.as_str(), status => sop.status.as_str(), issued_by => text(sop.issued_by.as_deref()),
            issued_ref => text(sop.issued_ref.as_deref()), in_force_from => self.optional_date(sop.in_force_from, language), superseded_by => superseded, changes => changes, steps => steps,
        }
    }

    fn law(&self, page: &Page, language: LanguageIndex) -> Value {
        let Some(law) = &page.parsed.front.law else { return none() };
        record! {
            short_title => law.short_title.as_str(), number => law.number.as_str(), year => law.year, status => text(law.status.as_deref()),
            official_source => text(law.official_source.as_deref()), retrieved => self.optional_date(law.retrieved, language), authoritative_language => text(law.authoritative_language.as_deref()),
        }
    }

    fn event(&self, page: &Page, language: LanguageIndex) -> Value {
        let Some(event) = &page.parsed.front.event else { return none() };
        let participants: Value = event.participants.iter().map(|p| record! { name => p.name.as_str(), role => text(p.role.as_deref()), as_printed => text(p.as_printed.as_deref()), note => text(p.note.as_deref()) }).collect();
        let claims: Value = event
            .claims
            .iter()
            .map(|c| record! { speaker => c.speaker.as_str(), text => c.text.as_str(), status => text(c.status.as_deref()) })
            .collect();
        record! {
            start => self.date(event.start, language), end => self.optional_date(event.end, language), date_basis => text(event.date_basis.as_deref()), date_note => text(event.date_note.as_deref()),
            venue => text(event.venue.as_deref()), city => text(event.city.as_deref()), organiser => text(event.organiser.as_deref()),
            participants => participants, claims => claims, outcomes => event.outcomes.iter().map(|o| Value::from(o.as_str())).collect::<Value>(),
        }
    }
}
