//! Outputs for programs: feeds, site map, robots, page list, calendar, tables, structured data. In: the resolved site. Out: bytes.
//! Nothing of a quick-exit or withdrawn page is in any of them but `pages.json`.

use super::Renderer;
use super::values::none;
use crate::model::SiteStage;
use crate::model::front::Sensitivity;
use crate::model::site::{ArticleIndex, LanguageIndex, Page, PageIndex};
use crate::text::html::{push_attr, push_text};
use minijinja::Value;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;

/// Entries of a feed.
const FEED_LENGTH: usize = 30;

/// What search engines are told of a page, by the names of schema.org.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct StructuredData<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(rename = "inLanguage")]
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organizer: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    url: String,
}

/// A line of the page list.
#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    languages: BTreeMap<&'a str, Shown<'a>>,
    review_by: Option<String>,
    reviewed: Option<String>,
    status: String,
    #[serde(rename = "type")]
    kind: &'a str,
}

/// A page of the page list as readers of one language see it.
#[derive(Serialize)]
struct Shown<'a> {
    fallback: bool,
    stale: bool,
    title: &'a str,
    updated: Option<String>,
    url: &'a str,
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    push_text(&mut out, text);
    out
}

impl Renderer {
    fn open(&self, page: &Page) -> bool {
        page.parsed.front.withdrawn.is_none() && page.parsed.front.sensitivity != Sensitivity::QuickExit
    }

    /// Structured data for search engines, by type. A law summary is an article about the law; an event has no persons, and no start date
    /// when its date is only that of a report.
    pub(super) fn json_ld(&self, page: &Page) -> Value {
        let Some(base) = &self.site.base_url else { return none() };
        let front = &page.parsed.front;
        let mut data = StructuredData {
            context: "https://schema.org",
            description: front.description.as_deref(),
            language: self.site.config.languages[page.language].code.as_str(),
            url: format!("{base}{}", self.site.output(page).address()),
            ..StructuredData::default()
        };
        match (&front.event, &front.law) {
            (Some(event), _) => {
                data.kind = "Event";
                data.name = Some(&front.title);
                data.start_date = (event.date_basis.as_deref() == Some("event")).then(|| event.start.to_string());
                data.location = event
                    .venue
                    .as_deref()
                    .or(event.city.as_deref())
                    .map(|place| json!({"@type": "Place", "name": place, "address": event.city.as_deref().unwrap_or(place)}));
                data.organizer = event.organiser.as_ref().map(|organiser| json!({"@type": "Organization", "name": organiser}));
            }
            (None, law) => {
                data.kind = "Article";
                data.headline = Some(&front.title);
                data.date_modified = front.updated.or(page.parsed.changed).map(|date| date.to_string());
                data.about = law.as_ref().map(|law| {
                    json!({"@type": "Legislation", "name": law.short_title, "legislationIdentifier": format!("{} of {}", law.number, law.year)})
                });
            }
        }
        // Texts and numbers can always be written. `</script>` inside a text would end the block.
        Value::from_safe_string(serde_json::to_string(&data).unwrap_or_default().replace('<', "\\u003c"))
    }

    /// Atom feed of a language: what changed last.
    pub(super) fn feed(&self, language: LanguageIndex) -> Vec<u8> {
        let base = self.site.base_url.clone().unwrap_or_default();
        let config = &self.site.config;
        let code = &config.languages[language].code;
        let mut entries: Vec<(crate::model::Date, ArticleIndex)> = (0..self.site.articles.len())
            .filter(|a| self.site.page_in(*a, language).is_some_and(|p| self.open(p)))
            .filter_map(|a| Some((self.updated(a, language)?, a)))
            .collect();
        entries.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let newest = entries.first().map_or(self.site.today, |e| e.0);
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{code}\">\n<title>{}</title>\n<id>{base}{code}/feed.xml</id>\n<link rel=\"self\" href=\"{base}{code}/feed.xml\"/>\n<link href=\"{base}{code}/\"/>\n<updated>{newest}T00:00:00Z</updated>\n<author><name>{}</name></author>\n",
            escaped(config.pick(&config.title, code)),
            escaped(config.publisher.as_ref().map_or_else(|| config.pick(&config.title, code), |p| config.pick(&p.name, code)))
        );
        for (date, article) in entries.into_iter().take(FEED_LENGTH) {
            let front = &self.site.shown_in(article, language).parsed.front;
            let url = format!("{base}{}", self.site.articles[article].outputs[language].address());
            out.push_str(&format!(
                "<entry>\n<title>{}</title>\n<id>{url}</id>\n<link href=\"{url}\"/>\n<updated>{date}T00:00:00Z</updated>\n",
                escaped(&front.title)
            ));
            if let Some(description) = &front.description {
                out.push_str(&format!("<summary>{}</summary>\n", escaped(description)));
            }
            out.push_str("</entry>\n");
        }
        out.push_str("</feed>\n");
        out.into_bytes()
    }

    /// Site map with the translations of each page.
    pub(super) fn sitemap(&self) -> Vec<u8> {
        let base = self.site.base_url.clone().unwrap_or_default();
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
        );
        for article in &self.site.articles {
            let real: Vec<(LanguageIndex, &Page)> = article
                .pages
                .iter()
                .enumerate()
                .filter_map(|(l, p)| Some((l, &self.site.pages[(*p)?])))
                .filter(|(_, p)| self.open(p))
                .collect();
            for (language, page) in &real {
                let mut url = String::new();
                push_attr(&mut url, &format!("{base}{}", article.outputs[*language].address()));
                out.push_str(&format!("<url><loc>{url}</loc>"));
                if let Some(date) = page.parsed.front.updated.or(page.parsed.changed) {
                    out.push_str(&format!("<lastmod>{date}</lastmod>"));
                }
                if real.len() > 1 {
                    for (other, _) in &real {
                        let code = &self.site.config.languages[*other].code;
                        out.push_str(&format!(
                            "<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{base}{}\"/>",
                            article.outputs[*other].address()
                        ));
                    }
                }
                out.push_str("</url>\n");
            }
        }
        out.push_str("</urlset>\n");
        out.into_bytes()
    }

    /// A preview asks to be left alone; a live site names its map.
    pub(super) fn robots(&self) -> Vec<u8> {
        match (self.site.config.stage, &self.site.base_url) {
            (SiteStage::Preview, _) => "User-agent: *\nDisallow: /\n".to_owned(),
            (SiteStage::Live, Some(base)) => format!("User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n"),
            (SiteStage::Live, None) => "User-agent: *\nAllow: /\n".to_owned(),
        }
        .into_bytes()
    }

    /// Every article with its review dates, for reminders and reports.
    pub(super) fn pages_json(&self) -> Vec<u8> {
        let date = |d: Option<crate::model::Date>| d.map(|d| d.to_string());
        // Written article by article: as one value a large site's list takes more memory than its pages.
        let mut text = String::from("{\"pages\":[");
        for (index, article) in self.site.articles.iter().enumerate() {
            let front = &self.site.pages[article.original].parsed.front;
            let languages = self
                .site
                .config
                .languages
                .iter()
                .enumerate()
                .map(|(l, settings)| {
                    let shown = self.site.shown_in(index, l);
                    let quiet = shown.parsed.front.sensitivity == Sensitivity::QuickExit;
                    let title = if quiet {
                        shown.parsed.front.neutral_title.as_ref().unwrap_or(&shown.parsed.front.title)
                    } else {
                        &shown.parsed.front.title
                    };
                    let value = Shown {
                        fallback: article.pages[l].is_none(),
                        stale: Self::is_stale(&shown.translation),
                        title,
                        updated: date(shown.parsed.front.updated.or(shown.parsed.changed)),
                        url: article.outputs[l].as_str(),
                    };
                    (settings.code.as_str(), value)
                })
                .collect();
            let page = Listed {
                id: &article.id,
                languages,
                review_by: date(front.review_by),
                reviewed: date(front.reviewed),
                status: status(front),
                kind: front.page_type.as_str(),
            };
            if index > 0 {
                text.push(',');
            }
            // Texts can always be written.
            text.push_str(&serde_json::to_string(&page).unwrap_or_default());
        }
        text.push_str("],\"version\":1}\n");
        text.into_bytes()
    }

    /// A table with its head, as CSV that spreadsheets read as UTF-8.
    pub(super) fn table(&self, name: &str) -> Vec<u8> {
        let Some(table) = self.site.data.tables.get(name) else { return Vec::new() };
        let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
        // Writing to memory cannot fail.
        let _ = writer.write_record(&table.head);
        for row in &table.rows {
            let _ = writer.write_record(row);
        }
        writer.into_inner().unwrap_or_default()
    }

    /// An all-day calendar entry (RFC 5545); the end day is exclusive.
    pub(super) fn calendar(&self, page: PageIndex) -> Vec<u8> {
        let page = &self.site.pages[page];
        let Some(event) = &page.parsed.front.event else { return Vec::new() };
        let day = |d: crate::model::Date| format!("{:04}{:02}{:02}", d.year, d.month, d.day);
        let uid = &blake3::hash(self.site.output(page).as_str().as_bytes()).to_hex()[..20];
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//Rahnuma//EN".to_owned(),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{uid}@rahnuma"),
            format!("DTSTAMP:{}T000000Z", day(page.parsed.front.updated.unwrap_or(event.start))),
            format!("DTSTART;VALUE=DATE:{}", day(event.start)),
            format!("DTEND;VALUE=DATE:{}", day(event.end.unwrap_or(event.start).next())),
            format!("SUMMARY:{}", calendar_text(&page.parsed.front.title)),
        ];
        let place: Vec<&str> = [event.venue.as_deref(), event.city.as_deref()].into_iter().flatten().collect();
        if !place.is_empty() {
            lines.push(format!("LOCATION:{}", calendar_text(&place.join(", "))));
        }
        lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
        lines.iter().map(|line| folded(line)).collect::<String>().into_bytes()
    }
}

fn status(front: &crate::model::FrontMatter) -> String {
    if front.withdrawn.is_some() {
        return "withdrawn".to_owned();
    }
    match (&front.sop, &front.law) {
        (Some(sop), _) => sop.status.clone(),
        (_, Some(law)) => law.status.clone().unwrap_or_else(|| "published".to_owned()),
        _ => "published".to_owned(),
    }
}

fn calendar_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// Lines of at most 75 bytes, continued with a space (RFC 5545, 3.1).
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > 74 {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}
