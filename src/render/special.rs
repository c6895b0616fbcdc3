//! Pages that the site needs and nobody writes: search, downloads, language choice, not found, redirect. In: the resolved site. Out: HTML.

use super::Renderer;
use super::over::record;
use super::style::Held;
use super::values::{none, text};
use crate::diag::Diagnostic;
use crate::model::Date;
use crate::model::site::LanguageIndex;
use crate::path::OutputPath;
use minijinja::{Value, context};

/// A page to leave to when there is no network: nothing on it tells where one was.
pub(super) const BLANK: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>New tab</title></head><body></body></html>\n";

/// A download that the offline page offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// `pocket` or `zip`.
    pub kind: &'static str,
    /// Language of a pocket file; `None` for the whole site.
    pub language: Option<LanguageIndex>,
    /// Where it lies.
    pub output: OutputPath,
    /// Size in bytes.
    pub size: u64,
    /// Checksum, hexadecimal.
    pub sha256: String,
    /// The newest change of what it holds.
    pub date: Date,
}

impl Renderer {
    fn fixed_outputs(&self, name: &str) -> Vec<OutputPath> {
        self.site.config.languages.iter().map(|l| OutputPath::new(format!("{}/{name}/index.html", l.code))).collect()
    }

    /// The search page.
    pub(super) fn search(&self, language: LanguageIndex, path: &OutputPath) -> Result<Vec<u8>, Box<Diagnostic>> {
        let title = self.theme.catalogues[language].get("search.title");
        let page = self.plain_page(title, "search", language, &self.fixed_outputs("search"), path);
        let config = &self.site.config;
        let labels = |vocabulary: &crate::model::config::Vocabulary| -> Value {
            vocabulary
                .iter()
                .map(|(id, texts)| context! { id => id, label => config.pick(texts, &config.languages[language].code) })
                .collect()
        };
        let context = context! {
            audience => labels(&config.vocabularies.audience),
            jurisdiction => labels(&config.vocabularies.jurisdiction),
            page => context! { breadcrumbs => self.section_crumbs(0, language, path), ..page },
            ..self.base(language, path, None)
        };
        self.html("search.html", &[language], path, context)
    }

    /// The page that offers downloads, the phone's first.
    pub(super) fn offline(&self, language: LanguageIndex, path: &OutputPath) -> Result<Vec<u8>, Box<Diagnostic>> {
        let title = self.theme.catalogues[language].get("offline.title");
        let page = self.plain_page(title, "offline", language, &self.fixed_outputs("offline"), path);
        let mut downloads: Vec<&Download> = self.downloads.iter().collect();
        downloads.sort_by_key(|d| (d.kind != "pocket", d.language != Some(language), d.language));
        let value: Value = downloads
            .iter()
            .map(|d| {
                record! {
                    kind => d.kind,
                    lang => text(d.language.map(|l| self.site.config.languages[l].code.as_str())),
                    language => text(d.language.map(|l| self.site.config.languages[l].name.as_str())),
                    name => d.output.as_str().rsplit('/').next().unwrap_or_default(),
                    href => path.link_to(&d.output),
                    size => size(d.size),
                    sha256 => d.sha256.as_str(),
                    date => self.date(d.date, language),
                }
            })
            .collect();
        let context = context! {
            downloads => value,
            page => context! { breadcrumbs => self.section_crumbs(0, language, path), ..page },
            ..self.base(language, path, None)
        };
        self.html("offline.html", &[language], path, context)
    }

    /// The root: every language as an equal door.
    pub(super) fn doors(&self, path: &OutputPath) -> Result<Vec<u8>, Box<Diagnostic>> {
        let config = &self.site.config;
        let languages: Value = config
            .languages
            .iter()
            .enumerate()
            .map(|(index, l)| {
                record! {
                    code => l.code.as_str(), name => l.name.as_str(), dir => l.dir.as_str(), title => config.pick(&config.title, &l.code), description => config.pick(&config.description, &l.code),
                    href => format!("{}/index.html", l.code), label => self.theme.catalogues[index].get("doors.enter"), preview => self.theme.catalogues[index].get("preview.banner"),
                }
            })
            .collect();
        let default = config.language_index(config.default_language.as_str()).unwrap_or(0);
        let page = self.plain_page(config.pick(&config.title, &config.default_language), "doors", default, &[], path);
        let page = context! { description => config.pick(&config.description, &config.default_language), noindex => config.stage == crate::model::SiteStage::Preview, ..page };
        self.html(
            "doors.html",
            &self.every_language(default),
            path,
            context! { languages => languages, page => page, ..self.base(default, path, None) },
        )
    }

    /// Self-contained, because it is served for any address: nothing in it is relative, and without a full address it has no links.
    pub(super) fn not_found(&self, path: &OutputPath) -> Result<Vec<u8>, Box<Diagnostic>> {
        let config = &self.site.config;
        let base_url = self.site.base_url.as_deref();
        let link = |output: &str| base_url.map_or_else(none, |base| Value::from(format!("{base}{output}")));
        let languages: Value = config
            .languages
            .iter()
            .enumerate()
            .map(|(index, l)| {
                let catalogue = &self.theme.catalogues[index];
                let doors: Value = config
                    .nav
                    .iter()
                    .filter_map(|entry| {
                        let article = self.site.article(&entry.reference)?;
                        let title = entry.label.as_ref().map_or(self.site.shown_in(article, index).parsed.front.title.as_str(), |label| config.pick(label, &l.code));
                        Some(record! { title => title, href => link(self.site.articles[article].outputs[index].as_str()) })
                    })
                    .collect();
                record! {
                    lang => l.code.as_str(), dir => l.dir.as_str(), title => catalogue.get("not-found.title"), text => catalogue.get("not-found.text"),
                    home => link(&format!("{}/index.html", l.code)), search => link(&format!("{}/search/index.html", l.code)), label => catalogue.get("nav.home"), search_label => catalogue.get("search.open"),
                    links => if base_url.is_some() { doors } else { Value::from(Vec::<Value>::new()) },
                }
            })
            .collect();
        let default = config.language_index(config.default_language.as_str()).unwrap_or(0);
        // Without a full address a font could not be found from an unknown folder, so its rule goes.
        let link = |name: &str| Some(format!("{}{}", base_url?, self.theme.assets.get(name)?));
        let style = self.theme.styles.standalone("404.html", default, &self.every_language(default), Held::NONE, &link);
        let page = self.plain_page("404", "not-found", default, &[], path);
        let level = self.level(default, path);
        let context = context! { languages => languages, page => page, ..level.base.clone() };
        self.styled("404.html", style, level, context)
    }

    /// An old address.
    pub(super) fn redirect(&self, path: &OutputPath, to: &OutputPath) -> Result<Vec<u8>, Box<Diagnostic>> {
        let code = path.as_str().split('/').next().unwrap_or_default();
        let language = self.site.config.language_index(code).unwrap_or(0);
        let title = self.theme.catalogues[language].get("redirect.title");
        let canonical = self.site.base_url.as_ref().map_or_else(none, |base| Value::from(format!("{base}{}", to.address())));
        let page = self.plain_page(title, "redirect", language, &[], path);
        self.html(
            "redirect.html",
            &[language],
            path,
            context! { target => path.link_to(to), page => context! { canonical => canonical, ..page }, ..self.base(language, path, None) },
        )
    }
}

/// `142 KB`, `6.2 MB`.
pub(super) fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{} KB", bytes.div_ceil(1000))
    } else {
        format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_short() {
        assert_eq!(super::size(141_200), "142 KB");
        assert_eq!(super::size(6_249_999), "6.2 MB");
    }
}
