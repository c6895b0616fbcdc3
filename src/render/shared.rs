//! What many pages show, rendered once for each language and folder depth: navigation, footer, urgent strip, stylesheet, and the list of
//! each section's pages. In: site and theme. Out: template values. A list of 50 links on each of 5,000 pages is rendered 200 times, not 5,000.

use super::over::{over, record};
use super::theme::Theme;
use super::values::{none, text};
use super::{Renderer, strings};
use crate::diag::Diagnostic;
use crate::model::site::{ArticleIndex, LanguageIndex, PAGE_LENGTH};
use crate::model::{Site, SiteStage};
use crate::path::OutputPath;
use minijinja::{Environment, Value, context};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What all pages of a language at one depth share.
#[derive(Clone)]
pub(super) struct Level {
    /// `lang`, `root`, `t`, `site` … for every template.
    pub(super) base: Value,
    /// Navigation as HTML, to be marked for the page's own section.
    pub(super) nav: String,
    /// The theme's templates with those values worked out.
    pub(super) templates: Arc<Environment<'static>>,
}

/// What many pages share.
#[derive(Clone)]
pub(super) struct Shared {
    /// By language, then by depth of the file.
    pub(super) levels: Vec<Vec<Level>>,
    /// The section's list of pages by section and language; empty where there is none.
    pub(super) rails: Vec<Vec<String>>,
}

impl Shared {
    /// Everything but the rails, which need a renderer.
    pub(super) fn new(site: &Site, theme: &Theme) -> Result<Self, Box<Diagnostic>> {
        let deepest = site.routes.keys().map(OutputPath::depth).max().unwrap_or(0).max(3);
        let of = |language| (0..=deepest).into_par_iter().map(|depth| level(site, theme, language, &"../".repeat(depth))).collect();
        let levels = (0..site.config.languages.len()).map(of).collect::<Result<_, _>>()?;
        Ok(Self { levels, rails: Vec::new() })
    }
}

/// The values for one language and depth. What is in `values` is known to `fold`.
fn level(site: &Site, theme: &Theme, language: LanguageIndex, root: &str) -> Result<Level, Box<Diagnostic>> {
    let settings = &site.config.languages[language];
    let locale = Arc::clone(&site.locales[language]);
    let assets = Arc::clone(&theme.assets);
    let prefix = root.to_owned();
    let asset = Value::from_function(move |name: &str| -> Result<String, minijinja::Error> {
        let output = assets
            .get(name)
            .ok_or_else(|| minijinja::Error::new(minijinja::ErrorKind::UndefinedError, format!("the theme has no asset `{name}`")))?;
        Ok(format!("{prefix}{output}"))
    });
    let scripts: Value = theme.scripts.iter().filter_map(|s| theme.assets.get(s)).map(|o| Value::from(format!("{root}{o}"))).collect();
    let values = record! {
        lang => record! { code => settings.code.as_str(), name => settings.name.as_str(), dir => settings.dir.as_str(), locale => settings.locale.as_deref().unwrap_or(settings.code.as_str()) },
        root => root,
        t => strings::function(Arc::clone(&theme.catalogues[language]), Arc::clone(&locale)),
        number => Value::from_function(move |n: i64| locale.number(n)),
        asset => asset,
        scripts => scripts,
        site => site_values(site, theme, language, root),
    };
    let entries = nav_entries(site, language, root);
    let context = context! { nav => entries, ..values.clone() };
    let nav = theme.render("parts/nav.html", context.clone())?;
    let footer = theme.render("parts/footer.html", context.clone())?;
    let strip = theme.render("parts/strip.html", context)?;
    let shared = record! { nav => Value::from_safe_string(nav.clone()), footer => Value::from_safe_string(footer), strip => Value::from_safe_string(strip) };
    let templates = Arc::new(theme.folded(values.clone()));
    Ok(Level { base: over(record! { shared => shared }, values), nav, templates })
}

fn nav_entries(site: &Site, language: LanguageIndex, root: &str) -> Value {
    let code = &site.config.languages[language].code;
    site.config
        .nav
        .iter()
        .filter_map(|entry| {
            let (output, title) = destination(site, &entry.reference, language)?;
            let label = entry.label.as_ref().map_or(title, |l| site.config.pick(l, code).to_owned());
            Some(record! { label => label, href => format!("{root}{output}"), current => false })
        })
        .collect()
}

/// The address and title of a page id, or of a section that has no page of its own.
fn destination(site: &Site, id: &str, language: LanguageIndex) -> Option<(OutputPath, String)> {
    if let Some(article) = site.article(id) {
        return Some((site.articles[article].outputs[language].clone(), site.shown_in(article, language).parsed.front.title.clone()));
    }
    let section = site.sections.iter().find(|s| id.strip_suffix("/index") == Some(&*s.path))?;
    Some((section.outputs[language].clone(), section.path.to_string()))
}

fn site_values(site: &Site, theme: &Theme, language: LanguageIndex, root: &str) -> Value {
    let config = &site.config;
    let code = &config.languages[language].code;
    let page = |id: &str| site.article(id).map_or_else(none, |a| Value::from(format!("{root}{}", site.articles[a].outputs[language])));
    let fixed = |name: &str| Value::from(format!("{root}{code}/{name}/index.html"));
    let home = |l: &crate::model::Language| format!("{root}{}/index.html", l.code);
    let find = |id: &String| site.data.directory.iter().find(|c| &c.id == id);
    let helplines: Value = config
        .helplines
        .iter()
        .filter_map(find)
        .map(|c| {
            let phones: Value = c.phones.iter().map(|p| record! { display => p.display.as_str(), dial => text(p.dial.as_deref()) }).collect();
            record! { id => c.id.as_str(), name => config.pick(&c.name, code), phones => phones, source_date => c.source_date.as_str(), phone_tested => text(c.phone_tested.as_deref()) }
        })
        .collect();
    let _ = theme;
    record! {
        title => config.pick(&config.title, code),
        description => config.pick(&config.description, code),
        preview => config.stage == SiteStage::Preview,
        exit => config.exit.as_ref().map_or_else(none, |e| record! { href => e.url.as_str(), label => config.pick(&e.label, code) }),
        publisher => config.publisher.as_ref().map_or_else(none, |p| record! { name => config.pick(&p.name, code), url => text(p.url.as_deref()) }),
        contact => text(config.contact.as_deref()),
        languages => config.languages.iter().map(|l| record! { code => l.code.as_str(), name => l.name.as_str(), dir => l.dir.as_str(), href => home(l) }).collect::<Value>(),
        home => format!("{root}{code}/index.html"),
        search => fixed("search"),
        az => fixed("a-z"),
        offline => fixed("offline"),
        helplines => helplines,
        safety => page("safety"),
        accessibility => page("accessibility"),
        about => page("about"),
        blank => format!("{root}blank.html"),
        today => site.today.to_string(),
    }
}

impl Renderer {
    /// What a file shares with all others of its language and depth.
    pub(super) fn level(&self, language: LanguageIndex, path: &OutputPath) -> &Level {
        &self.shared.levels[language][path.depth()]
    }

    /// Renders the list of pages of every section that fits one list.
    pub(super) fn rails(&mut self) -> Result<(), Box<Diagnostic>> {
        let languages = self.site.config.languages.len();
        let rails = self
            .site
            .sections
            .par_iter()
            .map(|section| (0..languages).map(|l| self.rail(section, l)).collect::<Result<Vec<_>, _>>())
            .collect::<Result<Vec<_>, _>>()?;
        self.shared.rails = rails;
        Ok(())
    }

    fn rail(&self, section: &crate::model::site::Section, language: LanguageIndex) -> Result<String, Box<Diagnostic>> {
        let entries = &section.entries[language];
        if section.path.is_empty() || entries.is_empty() || entries.len() > PAGE_LENGTH {
            return Ok(String::new());
        }
        let from = &self.site.articles[entries[0]].outputs[language];
        let root = from.to_root();
        let entry = |a: &ArticleIndex| {
            let front = &self.site.shown_in(*a, language).parsed.front;
            let href = format!("{root}{}", self.site.articles[*a].outputs[language]);
            record! { title => front.title.as_str(), href => href, code => text(front.sop.as_ref().map(|s| s.code.as_str())), stage => text(front.stage.as_deref()) }
        };
        let context = context! {
            title => self.section_title(section, language),
            entries => entries.iter().map(entry).collect::<Value>(),
            ..self.level(language, from).base.clone()
        };
        self.theme.render("parts/rail.html", context)
    }

    /// A section's title: its own page's, else its folder's name.
    pub(super) fn section_title(&self, section: &crate::model::site::Section, language: LanguageIndex) -> String {
        match section.article {
            Some(article) => self.site.shown_in(article, language).parsed.front.title.clone(),
            None => section.path.rsplit('/').next().unwrap_or_default().replace('-', " "),
        }
    }

    /// `shared` with the navigation marked for a section, and the rail of a page marked for the page.
    pub(super) fn marked_nav(&self, language: LanguageIndex, path: &OutputPath, current: Option<&OutputPath>) -> Option<Value> {
        let nav = &self.level(language, path).nav;
        let link = format!("href=\"{}{}\"", path.to_root(), current?);
        nav.contains(&link).then(|| Value::from_safe_string(marked(nav, &link)))
    }

    /// The rail of an article's section with the article itself marked.
    pub(super) fn marked_rail(&self, article: ArticleIndex, language: LanguageIndex, path: &OutputPath) -> Value {
        let info = &self.site.articles[article];
        let rail = match info.section {
            Some(section) if info.index_of.is_none() => &self.shared.rails[section][language],
            _ => return Value::from_safe_string(String::new()),
        };
        let link = format!("href=\"{}{}\"", path.to_root(), path);
        Value::from_safe_string(marked(rail, &link))
    }
}

/// HTML with a link marked as that of the page itself.
fn marked(html: &str, link: &str) -> String {
    const MARK: &str = " aria-current=\"page\"";
    let at = memchr::memmem::find(html.as_bytes(), link.as_bytes()).map_or(html.len(), |at| at + link.len());
    let mut out = String::with_capacity(html.len() + MARK.len());
    out.push_str(&html[..at]);
    if at < html.len() {
        out.push_str(MARK);
    }
    out.push_str(&html[at..]);
    out
}

/// Groups of a list in the language's order by first letter.
pub(super) fn by_letter<'a, T>(items: impl Iterator<Item = (&'a str, T)>) -> Vec<(String, Vec<T>)> {
    let mut groups: Vec<(String, Vec<T>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (title, item) in items {
        let first = title.chars().find(|c| c.is_alphanumeric()).unwrap_or('#');
        let letter = if first.is_numeric() { "0–9".to_owned() } else { fold_letter(first) };
        let place = *places.entry(letter.clone()).or_insert_with(|| {
            groups.push((letter, Vec::new()));
            groups.len() - 1
        });
        groups[place].1.push(item);
    }
    groups
}

/// آ stands with ا, as in dictionaries; Latin letters are capitals.
fn fold_letter(letter: char) -> String {
    match letter {
        'آ' | 'أ' | 'إ' => "ا".to_owned(),
        'ئ' => "ی".to_owned(),
        other => other.to_uppercase().collect(),
    }
}
