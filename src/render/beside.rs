//! A law with the same law in another language beside it. In: a page and its translation. Out: the values that `law.html` gets besides `page`.

use super::Renderer;
use super::body::{Form, Shown};
use super::over::record;
use super::values::none;
use crate::diag::Diagnostic;
use crate::model::site::{LanguageIndex, Page};
use crate::path::OutputPath;
use minijinja::Value;

impl Renderer {
    /// The translation that can stand beside a law: the first other language that has it under the same ids.
    pub(super) fn law_beside(&self, page: &Page, language: LanguageIndex) -> Option<&Page> {
        let translations = self.site.articles[page.article].pages.iter().flatten().map(|p| &self.site.pages[*p]);
        let fits = |other: &&Page| {
            other.language != page.language && other.parsed.front.withdrawn.is_none() && other.heading_ids == page.heading_ids
        };
        translations.filter(|_| page.language == language).find(fits)
    }

    /// `beside` and `parts` of a law, over the values of its page.
    pub(super) fn law_values(
        &self,
        page: &Page,
        language: LanguageIndex,
        path: &OutputPath,
        values: Value,
    ) -> Result<Value, Box<Diagnostic>> {
        let body = values.get_attr("body").unwrap_or_else(|_| none());
        let own = sections(body.as_str().unwrap_or_default());
        let safe = |html: &str| Value::from_safe_string(html.to_owned());
        let Some(other) = self.law_beside(page, language) else {
            let parts: Value = own.into_iter().map(|own| record! { own => safe(own), other => none() }).collect();
            return Ok(record! { page => values, beside => none(), parts => parts });
        };
        let settings = &self.site.config.languages[other.language];
        let prefix = format!("{}-", settings.code);
        let text = self.body(other, Shown { language: other.language, output: path, form: Form::Page { prefix: &prefix } })?;
        let mut others = sections(&text).into_iter();
        let mut parts: Vec<Value> =
            own.into_iter().map(|own| record! { own => safe(own), other => safe(others.next().unwrap_or_default()) }).collect();
        parts.extend(others.map(|other| record! { own => safe(""), other => safe(other) }));
        let beside = record! {
            lang => settings.code.as_str(), dir => settings.dir.as_str(), name => settings.name.as_str(),
            summary => self.theme.catalogues[other.language].get("law.summary"),
        };
        Ok(record! { page => values, beside => beside, parts => parts })
    }
}

/// A body cut before each of its own second-level headings; one inside another element is no cut.
fn sections(html: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut depth) = (0, 0_usize);
    for at in memchr::memchr_iter(b'<', html.as_bytes()) {
        let tag = &html[at + 1..];
        let name = &tag[..tag.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty() {
            if name == "h2" && depth == 0 && at > from {
                parts.push(&html[from..at]);
                from = at;
            }
            let end = memchr::memchr(b'>', tag.as_bytes()).unwrap_or_default();
            if !tag[..end].ends_with('/') && !matches!(name, "br" | "hr" | "img" | "input" | "wbr" | "col") {
                depth += 1;
            }
        }
    }
    parts.push(&html[from..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::sections;

    #[test]
    fn a_body_is_cut_before_its_own_headings() {
        let html =
            "<p>a<br>b</p>\n<h2 id=\"x\">X</h2><img alt=\"\"><svg><path d=\"M0 0\"/></svg><h2>Y</h2><section><h2>inside</h2></section>";
        let found = sections(html);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("<p>") && found[1].starts_with("<h2 id") && found[2].contains("inside"));
        assert_eq!(found.concat(), html);
    }

    #[test]
    fn a_body_without_headings_is_one_part() {
        assert_eq!(sections("<p>a</p>"), ["<p>a</p>"]);
        assert!(sections("").is_empty());
    }
}
