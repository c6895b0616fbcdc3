//! The repository's own library: it builds without a complaint, both languages say the same in the same order, its Urdu can be set in its own
//! font, and every page is near. In: `content/` and `themes/` as committed. Out: a list of what is wrong.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "reads the repository")]

#[path = "content/procedures.rs"]
mod procedures;
#[path = "content/statutes.rs"]
mod statutes;
mod support;
#[path = "content/words.rs"]
mod words;

use rahnuma::diag::{Diagnostic, Severity};
use rahnuma::model::asset::ThemeFiles;
use rahnuma::model::body::DirectiveName;
use rahnuma::model::{Block, Date, Destination, ParsedPage};
use rahnuma::path::SourcePath;
use rahnuma::pipeline::{Content, Tree};
use rahnuma::source::Disk;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};
use support::Built;
use support::html::{tags, target};

/// The repository without its version history, so that a copy of the files alone gives the same.
struct Library(Disk);

impl Tree for Library {
    fn content(&self) -> (BTreeSet<SourcePath>, Vec<Diagnostic>) {
        self.0.content()
    }

    fn read(&self, file: &SourcePath) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.0.read(file)
    }

    fn theme(&self, name: &str) -> Result<(String, ThemeFiles), Box<Diagnostic>> {
        self.0.theme(name)
    }

    fn history(&self) -> (BTreeMap<SourcePath, Date>, Option<Diagnostic>) {
        (BTreeMap::new(), None)
    }
}

fn library() -> &'static (Vec<Arc<ParsedPage>>, Built) {
    static LIBRARY: OnceLock<(Vec<Arc<ParsedPage>>, Built)> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let content = Content::load(&Library(Disk::new(&support::root())));
        (content.pages(), support::build(&content, &support::settings()))
    })
}

#[test]
fn it_builds_with_nothing_to_tell_but_what_a_preview_implies() {
    let (_, built) = library();
    let told: Vec<&Diagnostic> = built
        .diagnostics
        .iter()
        .filter(|d| !matches!((d.severity, d.code), (Severity::Note, "no-base-url") | (Severity::Warning, "exit-not-approved")))
        .collect();
    assert!(told.is_empty(), "{}", support::listed(told.into_iter()));
    assert!(built.outputs.len() > 50, "only {} outputs", built.outputs.len());
}

#[test]
fn its_urdu_can_be_set_in_its_own_font() {
    let list = std::fs::read_to_string(support::folder().join("fonts/characters.txt")).expect("the list of the font's characters");
    let code = |line: &str| line.split_whitespace().next().and_then(|c| u32::from_str_radix(c.trim_start_matches("U+"), 16).ok());
    let known: BTreeSet<char> = list.lines().filter_map(code).filter_map(char::from_u32).collect();
    let arabic = |c: &char| matches!(*c as u32, 0x600..=0x6ff | 0x750..=0x77f | 0x8a0..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfefe);
    let mut missing = BTreeMap::new();
    for folder in ["content", "themes/default/i18n", "themes/default/templates"] {
        for (name, bytes) in support::files_below(&support::root().join(folder)) {
            let text = String::from_utf8_lossy(&bytes);
            for c in text.chars().filter(arabic).filter(|c| !known.contains(c)) {
                missing.entry(format!("U+{:04X} {c}", c as u32)).or_insert_with(|| format!("{folder}/{name}"));
            }
        }
    }
    assert!(missing.is_empty(), "the font does not have {missing:#?}");
}

#[test]
fn every_page_has_its_counterpart_with_the_same_outline() {
    let (pages, _) = library();
    let mut wrong = Vec::new();
    let of = |code: &str| -> BTreeMap<&str, &ParsedPage> {
        pages.iter().filter(|p| p.language.as_str() == code).map(|p| (p.id(), p.as_ref())).collect()
    };
    let (en, ur) = (of("en"), of("ur"));
    let ids: BTreeSet<&str> = en.keys().chain(ur.keys()).copied().collect();
    for id in ids {
        let (Some(a), Some(b)) = (en.get(id), ur.get(id)) else {
            wrong.push(format!("{id} is in one language only"));
            continue;
        };
        let levels = |p: &ParsedPage| p.headings.iter().map(|h| (h.level, h.explicit.clone())).collect::<Vec<_>>();
        if levels(a) != levels(b) {
            wrong.push(format!("{id}: headings {:?} and {:?}", levels(a), levels(b)));
        }
        if a.front.page_type != b.front.page_type
            || a.front.sensitivity != b.front.sensitivity
            || a.front.sop.as_ref().map(|s| &s.code) != b.front.sop.as_ref().map(|s| &s.code)
        {
            wrong.push(format!("{id}: type, sensitivity or code differ"));
        }
        // A table whose columns have names is a file in each language: cases-en.csv, cases-ur.csv.
        let same = |list: Vec<String>, code: &str| list.iter().map(|d| d.replace(&format!("-{code}.csv"), ".csv")).collect::<Vec<_>>();
        let (x, y) = (same(directives(&a.body), "en"), same(directives(&b.body), "ur"));
        if x != y {
            wrong.push(format!("{id}: directives {x:?} and {y:?}"));
        }
        let (x, y) = (links(a), links(b));
        if x != y {
            let only = |x: &[String], y: &[String]| x.iter().filter(|l| !y.contains(l)).cloned().collect::<Vec<_>>();
            wrong.push(format!(
                "{id}: links only in English {:?}, only in Urdu {:?}, {} and {} in all",
                only(&x, &y),
                only(&y, &x),
                x.len(),
                y.len()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Names of the directives in order, a step with its role and basis.
fn directives(blocks: &[Block]) -> Vec<String> {
    let mut list = Vec::new();
    for block in blocks {
        if let Block::Directive(d) = block {
            let step = d.name == DirectiveName::Step;
            let details = ["role", "basis", "law", "service", "ids", "data"].iter().filter_map(|key| d.get(key));
            list.push(format!(
                "{}{} {}",
                d.name.as_str(),
                if step && d.get("within").is_some() { " within" } else { "" },
                details.collect::<Vec<_>>().join(" ")
            ));
            list.extend(directives(&d.body));
        }
    }
    list
}

/// Where a page's links lead, without the language, in alphabetical order. Terms are left out: each language links what needs it.
fn links(page: &ParsedPage) -> Vec<String> {
    let anchor = |a: &Option<String>| a.as_ref().map_or(String::new(), |a| format!("#{a}"));
    let mut list: Vec<String> = page
        .links
        .iter()
        .filter_map(|link| match &link.destination {
            Destination::External(url) => Some(url.clone()),
            Destination::File(file, a) => {
                let plain = file.strip(&format!("content/{}", page.language)).unwrap_or(file.as_str());
                Some(format!("{}{}", plain.trim_end_matches(".md"), anchor(a)))
            }
            Destination::Reference(id, a) => Some(format!("{id}{}", anchor(a))),
            Destination::Anchor(a) => Some(format!("#{a}")),
            Destination::Term(_) | Destination::Unreadable => None,
        })
        .collect();
    list.sort();
    list
}

/// By links alone: the list of all pages from A to Z would make everything near.
#[test]
fn every_page_is_three_clicks_from_home() {
    let (_, built) = library();
    let index: serde_json::Value = serde_json::from_str(built.text("pages.json")).expect("pages.json is JSON");
    for code in ["en", "ur"] {
        let mut near = BTreeSet::from([format!("{code}/index.html")]);
        for _ in 0..3 {
            let reached: Vec<String> = near.iter().flat_map(|path| linked(built, path)).collect();
            let list = format!("{code}/a-z/index.html");
            assert!(built.outputs.contains_key(&list), "{list} is no page");
            near.extend(reached.into_iter().filter(|path| path.starts_with(&format!("{code}/")) && *path != list));
        }
        for page in index["pages"].as_array().expect("a list") {
            let url = page["languages"][code]["url"].as_str().expect("an address");
            assert!(near.contains(url), "{url} is further than three clicks from home");
        }
    }
}

fn linked(built: &Built, path: &str) -> Vec<String> {
    let Some(html) = built.outputs.get(path).filter(|_| path.ends_with(".html")) else { return Vec::new() };
    let html = String::from_utf8_lossy(html);
    let links =
        tags(&html).into_iter().filter(|tag| tag.name == "a").filter_map(|tag| tag.get("href").map(str::to_owned)).collect::<Vec<_>>();
    links.iter().filter_map(|link| target(path, link)).filter_map(Result::ok).map(|(to, _)| to).collect()
}

#[test]
fn every_link_and_anchor_of_the_site_leads_somewhere() {
    let (_, built) = library();
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let pages: Vec<(&str, Vec<support::html::Tag>)> =
        built.outputs.iter().filter(|(p, _)| p.ends_with(".html")).map(|(p, b)| (p.as_str(), tags(&String::from_utf8_lossy(b)))).collect();
    let mut wrong = Vec::new();
    for (path, tags) in &pages {
        for id in tags.iter().filter_map(|t| t.get("id")) {
            if !ids.entry(path).or_default().insert(id.to_owned()) {
                wrong.push(format!("{path}: the id `{id}` stands twice"));
            }
        }
    }
    for (path, tags) in &pages {
        for link in tags.iter().flat_map(|t| [t.get("href"), t.get("src")]).flatten() {
            match target(path, link) {
                None => {}
                Some(Err(problem)) => wrong.push(problem),
                Some(Ok((to, anchor))) => {
                    let there = built.outputs.contains_key(&to);
                    if !there || !(anchor.is_empty() || ids.get(to.as_str()).is_some_and(|i| i.contains(&anchor))) {
                        wrong.push(format!("{path}: `{link}` leads nowhere"));
                    }
                }
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
