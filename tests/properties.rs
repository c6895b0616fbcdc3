//! What holds for every site: the order of files does not matter, every link and anchor leads somewhere, ids stand once on a page, paths are
//! portable, nothing runs that an author wrote. In: generated sites and words. Out: proofs by many examples.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod support;

use proptest::prelude::*;
use rahnuma::diag::{Diagnostic, Severity};
use rahnuma::model::Date;
use rahnuma::model::asset::ThemeFiles;
use rahnuma::path::SourcePath;
use rahnuma::pipeline::{Content, Tree};
use rahnuma::resolve::Settings;
use std::collections::{BTreeMap, BTreeSet};
use support::html::{tags, target};
use support::{Built, Site};

/// One page of a generated site.
#[derive(Clone, Debug)]
struct Plan {
    folder: usize,
    headings: Vec<u8>,
    links: Vec<(usize, bool)>,
    tags: Vec<usize>,
    languages: u8,
    stale: bool,
    withdrawn: bool,
    quick_exit: bool,
    alias: bool,
}

fn plans() -> impl Strategy<Value = Vec<Plan>> {
    let flags = (any::<bool>(), prop::bool::weighted(0.1), prop::bool::weighted(0.1), prop::bool::weighted(0.2));
    let page = (
        0..4usize,
        prop::collection::vec(2..4u8, 0..4),
        prop::collection::vec((0..12usize, any::<bool>()), 0..4),
        prop::collection::vec(0..3usize, 0..3),
        1..4u8,
        flags,
    );
    let plan = page.prop_map(|(folder, headings, links, tags, languages, (stale, withdrawn, quick_exit, alias))| Plan {
        folder,
        headings,
        links,
        tags,
        languages,
        stale,
        withdrawn,
        quick_exit,
        alias,
    });
    prop::collection::vec(plan, 1..12)
}

const FOLDERS: [&str; 4] = ["", "law/", "law/قانون/", "a b/"];

fn path(plans: &[Plan], n: usize) -> String {
    format!("{}page {n}", FOLDERS[plans[n].folder])
}

/// The pages of a plan as files. Links go to a page by its id, with an anchor where that page has a heading.
fn site(plans: &[Plan]) -> Site {
    let page = |title: &str| format!("---\ntitle: {title}\n---\n");
    let mut site = Site::new()
        .with("content/en/safety.md", page("Safety"))
        .with("content/ur/safety.md", page("حفاظت"))
        .with("content/assets/file.csv", "a,b\n");
    for (n, plan) in plans.iter().enumerate() {
        for (bit, language, word) in [(1, "en", "Heading"), (2, "ur", "سرخی")] {
            if plan.languages & bit == 0 {
                continue;
            }
            let mut text = format!(
                "---\ntitle: {word} {n}\nsensitivity: {}\n",
                if plan.quick_exit { "quick-exit\nneutral_title: Notes" } else { "public" }
            );
            text.push_str(&format!("tags: [{}]\n", plan.tags.iter().map(|t| format!("tag {t}")).collect::<Vec<_>>().join(", ")));
            if plan.alias {
                text.push_str(&format!("aliases: [\"old/{language}-{n}\"]\n"));
            }
            if plan.withdrawn {
                text.push_str("withdrawn: {reason: Wrong.}\n");
            }
            if plan.stale && language == "ur" {
                text.push_str("translated_from: 123456.654321\n");
            }
            text.push_str("---\n");
            for (to, anchor) in &plan.links {
                let to = to % plans.len();
                // The first heading of a page has the same id in both languages unless the translation is on its own.
                let anchored = *anchor && !plans[to].headings.is_empty();
                text.push_str(&format!("[link](<ref:{}{}>) ", path(plans, to), if anchored { "#first" } else { "" }));
            }
            text.push_str("[file](ref:index) [^n] ");
            let up = "../".repeat(1 + FOLDERS[plan.folder].matches('/').count());
            text.push_str(&format!("[file]({up}assets/file.csv)\n\n[^n]: note\n\n"));
            for (place, level) in plan.headings.iter().enumerate() {
                let id = if place == 0 { " {#first}" } else { "" };
                text.push_str(&format!("{} {word}{id}\n\n", "#".repeat(*level as usize)));
            }
            site = site.with(&format!("content/{language}/{}.md", path(plans, n)), text);
        }
    }
    site
}

/// A tree that gives files in another order would be no set; what can differ is the order of work and of insertion.
struct Backwards(Site);

impl Tree for Backwards {
    fn content(&self) -> (BTreeSet<SourcePath>, Vec<Diagnostic>) {
        let (files, found) = self.0.content();
        (files.into_iter().rev().collect(), found)
    }

    fn read(&self, file: &SourcePath) -> Result<Vec<u8>, Box<Diagnostic>> {
        // Files that come late are read first by other threads.
        std::thread::sleep(std::time::Duration::from_micros(u64::from(file.as_str().len() as u8 ^ 0x3f)));
        self.0.read(file)
    }

    fn theme(&self, name: &str) -> Result<(String, ThemeFiles), Box<Diagnostic>> {
        self.0.theme(name)
    }

    fn history(&self) -> (BTreeMap<SourcePath, Date>, Option<Diagnostic>) {
        self.0.history()
    }
}

fn settings(base: bool) -> Settings {
    Settings { base_url: base.then(|| "https://example.org/x".to_owned()), ..support::settings() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_site_holds_together(plans in plans(), base in any::<bool>()) {
        let site = site(&plans);
        let built = site.build(&settings(base));
        prop_assert!(!built.outputs.is_empty(), "{}", built.findings());
        if let Err(problem) = whole(&built) {
            return Err(TestCaseError::fail(problem));
        }
        let again = support::build(&Content::load(&Backwards(site)), &settings(base));
        prop_assert_eq!(&built.outputs, &again.outputs);
        prop_assert_eq!(built.diagnostics, again.diagnostics);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_markdown_runs_or_panics(body in words()) {
        let site = Site::new().with("content/en/x.md", format!("---\ntitle: X\n---\n{body}")).with("content/ur/x.md", format!("---\ntitle: X\n---\n{body}"));
        let content = Content::load(&site);
        let prepared = rahnuma::pipeline::prepare(&content, &support::settings(), &mut rahnuma::pipeline::Timings::default());
        let renderer = prepared.renderer.expect("the site can be shown");
        // Rendered even where errors forbid writing: `serve` shows such a page.
        for path in ["en/x/index.html", "ur/x/index.html"] {
            let Some((path, route)) = renderer.addresses().iter().find(|(p, _)| p.as_str() == path) else { continue };
            let html = String::from_utf8(renderer.output(path, route).expect("the page renders")).expect("HTML is text");
            if let Err(problem) = harmless(&html) {
                return Err(TestCaseError::fail(format!("{problem}\n{html}")));
            }
        }
    }

    #[test]
    fn no_front_matter_panics(front in words(), data in words()) {
        let site = Site::new()
            .with("content/en/x.md", format!("---\n{front}\n---\ntext"))
            .with("content/data/glossary.yaml", &data)
            .with("content/data/directory.yaml", &data)
            .with("content/data/t.csv", &data)
            .with("content/assets/x.svg", &data);
        let built = site.build(&support::settings());
        for d in built.diagnostics.iter().filter(|d| d.severity == Severity::Error) {
            prop_assert!(d.help.is_some() && d.file.is_some(), "{d:?}");
        }
    }
}

/// Text made of what means something to Markdown, YAML, HTML or us, and of anything else.
fn words() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "<javascript:x>",
        "![x](data:text/html,x)",
        "<a href=\"javascript:x\">",
        "<span lang=\"ur\" onclick=\"x\">",
        "<abbr title=\"a\" >",
        "</abbr>",
        "\" onload=x ",
        "' onclick='x",
        "<svg/onload=x>",
        "<!--",
        "-->",
        "]]>",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "- ",
        "1. ",
        "> ",
        "# ",
        "## ",
        "### x {#id}",
        "{#a b}",
        "{.class}",
        "{onclick=x}",
        "```",
        "~~~",
        "`",
        "|a|b|\n|-|-|\n|c|d|\n",
        "[^1]",
        "\n[^1]: note\n",
        "- [ ] ",
        "- [x] ",
        "> [!NOTE]\n> ",
        "term\n: definition\n",
        "[[",
        "]]",
        "[[x|y]]",
        "[",
        "](",
        ")",
        "*",
        "**",
        "_",
        "~~",
        "\\",
        "&",
        "&lt;",
        "&#x3c;script&#x3e;",
        "<",
        ">",
        "\"",
        "'",
        ":::do\n",
        ":::step{role=io within=\"<b>\"}\n",
        ":::figure{src=\"javascript:x\" alt=\"\\\"><script>\"}\n",
        ":::\n",
        ":::none\n",
        "---\n",
        "***",
        "اردو",
        "دفعہ 3(2) PTPA",
        "۱۲",
        "\u{202e}",
        "\u{0}",
        "\u{feff}",
        "😀",
        "title: x",
        ": ",
        "- {",
        "}",
        "[a, b",
        "&a ",
        "*a ",
        "! ",
        "key: |\n  ",
        "<x:y z=\"&#1;\"/>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\">",
        "</svg>",
        "https://example.org/\"x",
        "<https://a.example/?\"onclick=x>",
        "[x](https://a.example/\" onclick=\"x)",
        "![a\" onerror=\"x](x.png)",
        "javascript:",
        "mailto:",
        "$x$",
        "$$",
    ])
    .prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![8 => known, 1 => "[ -~]{0,8}", 1 => "\\PC{0,4}"], 0..24).prop_map(|list| list.concat())
}

/// No script but the theme's own, no handler, no address that runs.
fn harmless(html: &str) -> Result<(), String> {
    for tag in tags(html) {
        match tag.name.as_str() {
            "script" if tag.get("src").is_none_or(|src| !src.contains("assets/plain.")) => return Err(format!("a script: {tag:?}")),
            "iframe" | "object" | "embed" | "base" | "form" | "svg" | "math" => return Err(format!("a tag that may not be: {tag:?}")),
            _ => {}
        }
        for (name, value) in &tag.attributes {
            let plain: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_ascii_lowercase();
            if name.starts_with("on")
                || name == "style"
                || plain.starts_with("javascript:")
                || plain.starts_with("vbscript:")
                || plain.starts_with("data:")
            {
                return Err(format!("it could run: {tag:?}"));
            }
        }
    }
    Ok(())
}

/// What holds for all outputs of a site.
fn whole(built: &Built) -> Result<(), String> {
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let pages: Vec<(&str, String)> = built
        .outputs
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), String::from_utf8(bytes.clone()).expect("HTML is text")))
        .collect();
    for path in built.outputs.keys() {
        let portable = path.len() < 200
            && path.split('/').all(|part| !part.is_empty() && part != "." && part != ".." && !part.ends_with('.'))
            && path.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b));
        if !portable {
            return Err(format!("{path} is no portable path"));
        }
    }
    for (path, html) in &pages {
        let own = ids.entry(path).or_default();
        for tag in tags(html) {
            if let Some(id) = tag.get("id")
                && !own.insert(id.to_owned())
            {
                return Err(format!("{path}: the id `{id}` stands twice"));
            }
            if tag.name == "script" && tag.get("src").is_none() && tag.get("type") != Some("application/ld+json") {
                return Err(format!("{path}: an inline script"));
            }
        }
    }
    for (path, html) in &pages {
        for tag in tags(html) {
            for name in ["href", "src"] {
                let Some(link) = tag.get(name) else { continue };
                let Some(found) = target(path, link) else { continue };
                let (to, anchor) = found?;
                if !built.outputs.contains_key(&to) {
                    return Err(format!("{path}: `{link}` leads to {to}, which is not there"));
                }
                if !anchor.is_empty() && !ids.get(to.as_str()).is_some_and(|ids| ids.contains(&anchor)) {
                    return Err(format!("{path}: `{link}` leads to an anchor that {to} does not have"));
                }
            }
        }
    }
    Ok(())
}
