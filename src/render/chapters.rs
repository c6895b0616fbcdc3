//! The one-file download: every procedure, law summary and as much guidance as fits, with the helplines, in one HTML file that needs nothing
//! else. In: the resolved site and a language. Out: HTML. A phone's messenger opens such a file where it does not open a zip.

use super::Renderer;
use super::body::{Form, Shown};
use super::drawings::once;
use super::over::record;
use super::style::{Held, held};
use super::values::none;
use crate::diag::Diagnostic;
use crate::model::front::{PageType, Sensitivity};
use crate::model::site::{ArticleIndex, LanguageIndex, Target};
use crate::model::{Block, Date};
use crate::path::OutputPath;
use base64::Engine;
use minijinja::{Value, context};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Largest one-file download, in bytes: what a messenger opens quickly on an old phone.
pub const POCKET_LIMIT: usize = 500_000;

/// A one-file download.
#[derive(Clone, Debug)]
pub struct Pocket {
    /// The file.
    pub bytes: Vec<u8>,
    /// The newest change of what it holds.
    pub date: Date,
    /// Titles of guidance that did not fit.
    pub left_out: Vec<String>,
}

impl Renderer {
    /// The file for a language. Procedures and laws are always in it; as much guidance as fits follows: first what the settings name, then what
    /// procedures and laws lead to most often.
    pub fn pocket(&self, language: LanguageIndex) -> Result<Pocket, Box<Diagnostic>> {
        let must = self.chapters(language, &[PageType::Sop, PageType::Law]);
        let mut guidance = self.chapters(language, &[PageType::Guidance]);
        let links = self.links(&must, language);
        let named = &self.site.config.pocket;
        let rank = |a: &ArticleIndex| named.iter().position(|id| **id == *self.site.articles[*a].id).unwrap_or(named.len());
        guidance.sort_by_key(|a| (rank(a), Reverse(links.get(a).copied().unwrap_or_default())));
        let (mut taken, mut left_out) = (Vec::new(), Vec::new());
        let mut bytes = self.pocket_file(language, &must, &taken)?;
        for article in guidance {
            let page = self.site.shown_in(article, language);
            taken.push(article);
            // Most of what has no room is longer than that by its text alone, and need not be tried.
            if bytes.len() + prose(&page.parsed.body) <= POCKET_LIMIT {
                let larger = self.pocket_file(language, &must, &taken)?;
                if larger.len() <= POCKET_LIMIT {
                    bytes = larger;
                    continue;
                }
            }
            taken.pop();
            left_out.push(page.parsed.front.title.clone());
        }
        let date = must.iter().chain(&taken).filter_map(|a| self.updated(*a, language)).max().unwrap_or(self.site.today);
        Ok(Pocket { bytes, date, left_out })
    }

    /// How often articles are linked from some others, in their texts and below them.
    fn links(&self, from: &[ArticleIndex], language: LanguageIndex) -> BTreeMap<ArticleIndex, usize> {
        let mut links = BTreeMap::new();
        for page in from.iter().map(|a| self.site.shown_in(*a, language)) {
            let in_text = page.targets.iter().filter_map(|t| if let Target::Article(article, _) = t { Some(*article) } else { None });
            let below = page.parsed.front.related.iter().filter_map(|id| self.site.article(id));
            in_text.chain(below).for_each(|article| *links.entry(article).or_default() += 1);
        }
        links
    }

    /// Listed articles of some types in the order of their sections, without those that readers of the language may not be shown.
    fn chapters(&self, language: LanguageIndex, types: &[PageType]) -> Vec<ArticleIndex> {
        let wanted = |a: &ArticleIndex| {
            let shown = self.site.shown_in(*a, language);
            let quiet = shown.parsed.front.sensitivity == Sensitivity::QuickExit && shown.language != language;
            types.contains(&shown.parsed.front.page_type) && self.listed(*a, language) && !quiet
        };
        let sections = self.site.sections.iter().flat_map(|s| s.entries[language].iter().copied());
        let mut list: Vec<ArticleIndex> = sections.filter(wanted).collect();
        list.sort_by_key(|a| types.iter().position(|t| *t == self.site.shown_in(*a, language).parsed.front.page_type));
        list
    }

    fn pocket_file(&self, language: LanguageIndex, must: &[ArticleIndex], guidance: &[ArticleIndex]) -> Result<Vec<u8>, Box<Diagnostic>> {
        let path = OutputPath::new("pocket.html");
        let is_sop = |a: &&ArticleIndex| self.site.shown_in(**a, language).parsed.front.page_type == PageType::Sop;
        let order: Vec<ArticleIndex> =
            must.iter().filter(is_sop).chain(guidance).chain(must.iter().filter(|a| !is_sop(a))).copied().collect();
        let prefixes: BTreeMap<ArticleIndex, String> = order.iter().zip(1..).map(|(a, number)| (*a, format!("c{number}--"))).collect();
        let mut chapters = Vec::with_capacity(order.len());
        for article in &order {
            chapters.push(self.chapter(*article, language, &path, &prefixes)?);
        }
        let date = order.iter().filter_map(|a| self.updated(*a, language)).max().unwrap_or(self.site.today);
        let mut holds = Held::NONE;
        order.iter().for_each(|a| holds.add(held(&self.site.shown_in(*a, language).parsed.body)));
        let style = self.theme.styles.standalone("pocket.html", language, &[language], holds, &|name| self.inlined(name));
        let context = context! {
            chapters => chapters,
            contacts => self.helplines(language),
            date => self.date(date, language),
            page => self.plain_page("", "pocket", language, &[], &path),
            ..self.level(language, &path).base.clone()
        };
        let html = self.styled("pocket.html", style, self.level(language, &path), context)?;
        Ok(String::from_utf8(html).map_or_else(|text| text.into_bytes(), |text| once(&text).into_bytes()))
    }

    fn chapter(
        &self,
        article: ArticleIndex,
        language: LanguageIndex,
        path: &OutputPath,
        prefixes: &BTreeMap<ArticleIndex, String>,
    ) -> Result<Value, Box<Diagnostic>> {
        let page = self.site.shown_in(article, language);
        let prefix = prefixes[&article].as_str();
        let shown = Shown { language, output: path, form: Form::Chapter { prefix, chapters: prefixes } };
        let values = self.page_values(page, language, path)?;
        let own = &self.site.config.languages[page.language];
        let body = self.body(page, shown)?;
        let body =
            if page.language == language { body } else { format!("<div lang=\"{}\" dir=\"{}\">{body}</div>", own.code, own.dir.as_str()) };
        let value = |name: &str| values.get_attr(name).unwrap_or_else(|_| none());
        Ok(record! {
            id => prefix.trim_end_matches("--"), title => value("title"), type => value("type"), body => Value::from_safe_string(body),
            notices => value("notices"), sop => value("sop"), law => value("law"), sources => value("sources"),
        })
    }

    /// A theme asset as a data address.
    fn inlined(&self, name: &str) -> Option<String> {
        self.theme.asset_bytes(name).map(|bytes| data_address(name, bytes))
    }

    /// The page of the zip that says where to begin.
    pub fn start_here(&self) -> Result<Vec<u8>, Box<Diagnostic>> {
        let config = &self.site.config;
        let default = config.language_index(config.default_language.as_str()).unwrap_or(0);
        let path = OutputPath::new("START-HERE.html");
        let languages: Value = config
            .languages
            .iter()
            .enumerate()
            .map(|(index, l)| {
                let date = self.site.pages.iter().filter(|p| p.language == index).filter_map(|p| p.parsed.front.updated.or(p.parsed.changed)).max().unwrap_or(self.site.today);
                record! { code => l.code.as_str(), name => l.name.as_str(), dir => l.dir.as_str(), href => format!("{}/index.html", l.code), title => config.pick(&config.title, &l.code), label => self.theme.catalogues[index].get("doors.enter"), preview => self.theme.catalogues[index].get("preview.banner"), date => self.date(date, index) }
            })
            .collect();
        let date = self.content_date();
        let page = self.plain_page(config.pick(&config.title, &config.default_language), "start-here", default, &[], &path);
        let context =
            context! { languages => languages, date => self.date(date, default), page => page, ..self.level(default, &path).base.clone() };
        self.html("start-here.html", &self.every_language(default), &path, context)
    }

    /// The newest change of any page; today when none is known.
    pub fn content_date(&self) -> Date {
        self.site.pages.iter().filter_map(|p| p.parsed.front.updated.or(p.parsed.changed)).max().unwrap_or(self.site.today)
    }
}

/// Bytes of HTML that a body has at least.
fn prose(blocks: &[Block]) -> usize {
    let of = |block: &Block| match block {
        Block::Prose(prose) => prose.html.len(),
        Block::Directive(directive) => prose(&directive.body),
    };
    blocks.iter().map(of).sum()
}

/// A file as a `data:` address.
pub(super) fn data_address(name: &str, bytes: &[u8]) -> String {
    let media = match name.rsplit('.').next().unwrap_or_default() {
        "woff2" => "font/woff2",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
    format!("data:{media};base64,{}", base64::engine::general_purpose::STANDARD.encode(bytes))
}
