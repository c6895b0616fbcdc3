//! A parsed body to HTML: holes filled, directives through their templates. In: a resolved page and where it is shown. Out: HTML.

use super::Renderer;
use super::chapters::data_address;
use super::over::{over, record};
use super::values::{none, text};
use crate::diag::Diagnostic;
use crate::model::body::DirectiveName;
use crate::model::front::{PageType, Sensitivity};
use crate::model::site::{ArticleIndex, LanguageIndex, Page, Target};
use crate::model::{Block, Directive, HoleKind, Prose};
use crate::path::OutputPath;
use crate::text::html::push_attr;
use minijinja::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Bytes that a body's buffer starts with; a text of 1,500 words has about as many.
const BODY: usize = 16 * 1024;

/// Where a body is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown<'a> {
    /// Language of the shell: decides interface texts and where links lead.
    pub(super) language: LanguageIndex,
    /// The file it stands in.
    pub(super) output: &'a OutputPath,
    /// The file's form.
    pub(super) form: Form<'a>,
}

/// A page of its own, or a chapter of the one-file download.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form<'a> {
    /// A page of its own. Its text stands there without a prefix; another language's text beside it has one in front of its ids.
    Page {
        /// In front of ids.
        prefix: &'a str,
    },
    /// A chapter: ids carry a prefix, links to other chapters stay in the file.
    Chapter {
        /// In front of this chapter's ids.
        prefix: &'a str,
        /// Prefix of each article in the file.
        chapters: &'a BTreeMap<ArticleIndex, String>,
    },
}

impl Form<'_> {
    fn prefix(&self) -> &str {
        match self {
            Form::Page { prefix } | Form::Chapter { prefix, .. } => prefix,
        }
    }
}

impl Renderer {
    /// The whole body of a page.
    pub(super) fn body(&self, page: &Page, shown: Shown<'_>) -> Result<String, Box<Diagnostic>> {
        let mut out = String::with_capacity(BODY);
        self.blocks(&mut out, &page.parsed.body, page, shown)?;
        Ok(out)
    }

    fn blocks(&self, out: &mut String, blocks: &[Block], page: &Page, shown: Shown<'_>) -> Result<(), Box<Diagnostic>> {
        for block in blocks {
            match block {
                Block::Prose(prose) => self.prose(out, prose, page, shown),
                Block::Directive(directive) => out.push_str(&self.directive(directive, page, shown)?),
            }
        }
        Ok(())
    }

    fn prose(&self, out: &mut String, prose: &Prose, page: &Page, shown: Shown<'_>) {
        let mut from = 0;
        for hole in &prose.holes {
            let at = hole.at as usize;
            out.push_str(&prose.html[from..at]);
            from = at;
            match hole.kind {
                HoleKind::HeadingId(n) => {
                    out.push_str(shown.form.prefix());
                    push_attr(out, &page.heading_ids[n as usize]);
                }
                HoleKind::HeadingLink(n) => {
                    if matches!(shown.form, Form::Page { .. }) {
                        out.push_str("<a class=\"anchor\" href=\"#");
                        out.push_str(shown.form.prefix());
                        push_attr(out, &page.heading_ids[n as usize]);
                        out.push_str("\" aria-label=\"");
                        push_attr(out, self.theme.catalogues[shown.language].get("anchor.label"));
                        out.push_str("\"></a>");
                    }
                }
                HoleKind::Href(n) => push_attr(out, &self.href(&page.targets[n as usize], shown)),
                HoleKind::Image(n) => self.image(out, &page.targets[n as usize], shown),
                HoleKind::Text(key) => push_attr(out, self.theme.catalogues[shown.language].get(key.as_str())),
                HoleKind::Prefix => out.push_str(shown.form.prefix()),
            }
        }
        out.push_str(&prose.html[from..]);
    }

    /// The address of a target as seen from a file.
    pub(super) fn href<'t>(&self, target: &'t Target, shown: Shown<'_>) -> Cow<'t, str> {
        match target {
            Target::External(url) => Cow::Borrowed(url),
            Target::Anchor(anchor) => Cow::Owned(format!("#{}{anchor}", shown.form.prefix())),
            Target::Article(article, anchor) => {
                let anchor = anchor.as_deref().filter(|a| self.has_anchor(*article, shown.language, a));
                Cow::Owned(self.article_href(*article, anchor.unwrap_or_default(), shown))
            }
            Target::Term(term) => match self.site.glossary {
                Some(article) => Cow::Owned(self.article_href(article, &self.site.data.glossary[*term].id, shown)),
                None => Cow::Borrowed("#"),
            },
            Target::Asset(source) => match (shown.form, self.site.assets.get(source)) {
                (Form::Page { .. }, Some(asset)) => Cow::Owned(shown.output.link_to(&asset.output)),
                (Form::Chapter { .. }, Some(asset)) if asset.size.is_some() => {
                    Cow::Owned(data_address(asset.output.as_str(), &asset.bytes))
                }
                _ => Cow::Borrowed("#outside"),
            },
            Target::Broken => Cow::Borrowed("#"),
        }
    }

    /// Whether the page that readers of a language see for an article has this anchor. Links were resolved for the page's own language; in the
    /// shell of another one the same link may lead to a page whose headings have other ids, or to one without a body.
    fn has_anchor(&self, article: ArticleIndex, language: LanguageIndex, anchor: &str) -> bool {
        let page = self.site.shown_in(article, language);
        let front = &page.parsed.front;
        if front.withdrawn.is_some() || (front.sensitivity == Sensitivity::QuickExit && page.language != language) {
            return false;
        }
        page.heading_ids.iter().any(|id| &**id == anchor)
            || match front.page_type {
                PageType::Glossary => self.site.data.glossary.iter().any(|term| term.id == anchor),
                PageType::Directory => self.site.data.directory.iter().any(|contact| contact.id == anchor),
                _ => false,
            }
    }

    /// The address of `id` or `id#anchor`, as far as readers of this language have it.
    pub(super) fn page_href(&self, page: &str, shown: Shown<'_>) -> Value {
        let (id, anchor) = page.split_once('#').unwrap_or((page, ""));
        self.site.article(id).map_or_else(none, |article| {
            let anchor = if self.has_anchor(article, shown.language, anchor) { anchor } else { "" };
            Value::from(self.article_href(article, anchor, shown))
        })
    }

    fn article_href(&self, article: ArticleIndex, anchor: &str, shown: Shown<'_>) -> String {
        match shown.form {
            Form::Page { .. } => {
                let mut link = shown.output.link_to(&self.site.articles[article].outputs[shown.language]);
                if !anchor.is_empty() {
                    link.push('#');
                    link.push_str(anchor);
                }
                link
            }
            Form::Chapter { chapters, .. } => match chapters.get(&article) {
                Some(prefix) if anchor.is_empty() => format!("#{}", prefix.trim_end_matches("--")),
                Some(prefix) => format!("#{prefix}{anchor}"),
                None => "#outside".to_owned(),
            },
        }
    }

    fn image(&self, out: &mut String, target: &Target, shown: Shown<'_>) {
        out.push_str(" src=\"");
        push_attr(out, &self.href(target, shown));
        out.push('"');
        if let Target::Asset(source) = target
            && let Some((width, height)) = self.site.assets.get(source).and_then(|a| a.size)
        {
            out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
    }

    fn directive(&self, directive: &Directive, page: &Page, shown: Shown<'_>) -> Result<String, Box<Diagnostic>> {
        let mut body = String::new();
        self.blocks(&mut body, &directive.body, page, shown)?;
        let name = directive.name.as_str();
        let mut d = BTreeMap::from([
            ("body", Value::from_safe_string(body)),
            ("id", Value::from(format!("{}{name}-{}", shown.form.prefix(), directive.number))),
            ("number", Value::from(directive.number)),
        ]);
        self.directive_values(directive, page, shown, &mut d);
        let level = self.level(shown.language, shown.output);
        let context = over(record! { d => Value::from(d) }, level.base.clone());
        self.theme.part(&level.templates, &format!("directives/{name}.html"), context)
    }

    fn directive_values(&self, directive: &Directive, page: &Page, shown: Shown<'_>, d: &mut BTreeMap<&'static str, Value>) {
        let site = &self.site;
        let code = &site.config.languages[shown.language].code;
        match directive.name {
            DirectiveName::Step => {
                let role = directive.get("role").and_then(|r| site.config.vocabularies.role.get(r));
                d.insert("role", role.map_or_else(none, |r| Value::from(site.config.pick(r, code))));
                d.insert("within", text(directive.get("within")));
                d.insert("basis", text(directive.get("basis")));
                d.insert("law", self.law_basis(directive, page, shown));
            }
            DirectiveName::Contacts => {
                let service = directive.get("service");
                let ids: Option<Vec<&str>> = directive.get("ids").map(|i| i.split_whitespace().collect());
                let chosen = site.data.directory.iter().filter(|c| match (&service, &ids) {
                    (Some(s), _) => c.service.iter().any(|x| x == s),
                    (_, Some(ids)) => ids.contains(&c.id.as_str()),
                    _ => false,
                });
                d.insert("contacts", chosen.map(|c| self.contact(c, shown.language)).collect());
                d.insert("quick_exit", Value::from(page.parsed.front.sensitivity == Sensitivity::QuickExit));
            }
            DirectiveName::Chart => {
                let file = directive.get("data").unwrap_or_default();
                let empty = crate::model::Table::default();
                let table = site.data.tables.get(file).unwrap_or(&empty);
                let figures = |column: usize| table.figures.as_ref().is_some_and(|f| f.series.iter().any(|s| s.column == column));
                let mirrored = site.config.languages[shown.language].dir == crate::text::bidi::Direction::Rtl;
                d.insert("title", text(directive.get("title")));
                d.insert("status", text(directive.get("status")));
                d.insert("head", table.head.iter().map(|h| Value::from(h.as_str())).collect());
                d.insert("rows", table.rows.iter().map(|row| row.iter().map(|c| Value::from(c.as_str())).collect::<Value>()).collect());
                d.insert("figures", (0..table.head.len()).map(|column| Value::from(figures(column))).collect());
                d.insert("drawing", super::chart::drawing(table, directive.get("show"), mirrored));
                d.insert("size", Value::from(super::special::size(self.table(file).len() as u64)));
                let href = match shown.form {
                    Form::Page { .. } => Value::from(shown.output.link_to(&OutputPath::new(format!("data/{file}")))),
                    Form::Chapter { .. } => none(),
                };
                d.insert("href", href);
            }
            DirectiveName::Diagram => {
                if let Some(diagram) = directive.get("data").and_then(|f| site.data.diagrams.get(f)) {
                    let id = d["id"].to_string();
                    d.insert("diagram", self.diagram(diagram, &id, shown));
                }
            }
            DirectiveName::Figure => {
                let target = directive.link.map(|l| &page.targets[l as usize]);
                let size = target.and_then(|t| if let Target::Asset(source) = t { site.assets.get(source)?.size } else { None });
                d.insert("src", target.map_or_else(none, |t| Value::from(self.href(t, shown).into_owned())));
                d.insert("alt", text(directive.get("alt")));
                d.insert("width", size.map_or_else(none, |s| Value::from(s.0)));
                d.insert("height", size.map_or_else(none, |s| Value::from(s.1)));
            }
            _ => {}
        }
    }

    /// The section that a time is based on: the law page's title and the heading at the anchor.
    fn law_basis(&self, directive: &Directive, page: &Page, shown: Shown<'_>) -> Value {
        let Some(Target::Article(article, anchor)) = directive.link.map(|l| &page.targets[l as usize]) else { return none() };
        let law = self.site.shown_in(*article, shown.language);
        let anchor = anchor.as_deref().filter(|a| self.has_anchor(*article, shown.language, a)).unwrap_or_default();
        let heading = law.heading_ids.iter().position(|id| &**id == anchor).map(|n| law.parsed.headings[n].text.as_str());
        let title = law.parsed.front.law.as_ref().map_or(law.parsed.front.title.as_str(), |l| l.short_title.as_str());
        record! { title => title, href => self.article_href(*article, anchor, shown), section => text(heading) }
    }
}
