//! What an edit costs: exactly which outputs change, as the write edge reports them; and that reloading gives what a fresh start gives. In: a
//! site in memory, an edit. Out: lists of paths. A list that grows shows that pages depend on more than before.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "writes into a folder of its own")]

mod support;

use rahnuma::path::{OutputPath, SourcePath};
use rahnuma::pipeline::{self, Artifacts, Content, OutputError, Sink, Timings};
use rahnuma::resolve::Settings;
use rahnuma::search::{Engine, Options, Search};
use rahnuma::write::{Report, Session};
use std::collections::BTreeSet;
use std::path::Path;
use support::{Built, Site};

struct Folder(Session);

impl Sink for Folder {
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), OutputError> {
        self.0.put(path, bytes).map_err(|e| OutputError::Sink(e.to_string()))
    }
}

/// Builds into a folder and tells what the write edge reports.
fn publish(site: &Site, settings: &Settings, out: &Path) -> Report {
    let prepared = pipeline::prepare(&Content::load(site), settings, &mut Timings::default());
    assert!(!prepared.diagnostics.has_errors(), "{}", support::listed(prepared.diagnostics.iter()));
    let folder = Folder(Session::open(out).expect("the folder opens"));
    pipeline::write(&prepared.renderer.expect("a renderer"), Artifacts::Site, &folder, &mut Timings::default()).expect("all is written");
    folder.0.commit().expect("the site is put into place")
}

/// The paths whose bytes differ, those that came and those that went.
fn differences(before: &Built, after: &Built) -> Vec<String> {
    let changed = after.outputs.iter().filter(|(path, bytes)| before.outputs.get(*path) != Some(bytes)).map(|(path, _)| path.clone());
    let gone = before.outputs.keys().filter(|path| !after.outputs.contains_key(*path)).map(|path| format!("-{path}"));
    changed.chain(gone).collect()
}

/// Makes an edit and compares: the same paths must differ in memory and be counted by the write edge.
fn edit(site: &Site, settings: &Settings, change: impl FnOnce(Site) -> Site) -> Vec<String> {
    let out = tempfile::tempdir().expect("a folder");
    let first = publish(site, settings, out.path());
    let edited = change(site.clone());
    let (before, after) = (site.build(settings), edited.build(settings));
    assert_eq!((first.written, first.unchanged, first.removed), (before.outputs.len(), 0, 0));
    let report = publish(&edited, settings, out.path());
    let list = differences(&before, &after);
    let gone = list.iter().filter(|path| path.starts_with('-')).count();
    assert_eq!((report.written, report.removed), (list.len() - gone, gone));
    assert_eq!(report.written + report.unchanged, after.outputs.len());
    list.iter().filter(|path| !path.starts_with("-search/")).map(|path| unversioned(path)).collect()
}

/// The name of a file of the index without the part that tells its content: the file of before goes as the new one comes.
fn unversioned(path: &str) -> String {
    match path.strip_prefix("search/").map(|name| name.split('-').collect::<Vec<_>>()).as_deref() {
        Some([code, generation, part]) if generation.len() == 10 => format!("search/{code}-{part}"),
        _ => path.to_owned(),
    }
}

fn page(front: &str, body: &str) -> String {
    format!("---\n{front}\n---\n{body}\n")
}

fn library() -> Site {
    let mut site = Site::new()
        .with("content/site.yaml", format!("{}nav:\n  - {{ref: law/index}}\n", support::SITE))
        .with("content/data/glossary.yaml", "- {id: one, en: One, ur: ایک, definition: {en: First., ur: پہلا۔}}\n")
        .with("content/en/glossary.md", page("title: Glossary\ntype: glossary", ""))
        .with("content/ur/glossary.md", page("title: لغت\ntype: glossary", ""))
        .with("content/en/law/index.md", page("title: Law", "All laws."))
        .with("content/ur/law/index.md", page("title: قانون", "تمام قوانین۔"));
    for name in ["act", "bill", "code"] {
        site = site
            .with(
                &format!("content/en/law/{name}.md"),
                page(&format!("title: The {name}\ntype: guidance\nupdated: 2026-01-01"), "## Section {#s-1}\n\nText [[one]]."),
            )
            .with(
                &format!("content/ur/law/{name}.md"),
                page(&format!("title: ق {name}\ntype: guidance\nupdated: 2026-01-01"), "## دفعہ {#s-1}\n\nمتن۔"),
            );
    }
    site.with("content/en/only.md", page("title: Only\nupdated: 2026-01-01\ntags: [topic]", "Text [act](law/act.md)."))
}

fn with_base() -> Settings {
    Settings { base_url: Some("https://example.org".to_owned()), ..support::settings() }
}

const SEARCH_EN: [&str; 3] = ["search/elasticlunr-en.json", "search/en-all.js", "search/search.js"];
const SEARCH_UR: [&str; 3] = ["search/elasticlunr-ur.json", "search/search.js", "search/ur-all.js"];

#[test]
fn nothing_changed_writes_nothing() {
    assert_eq!(edit(&library(), &support::settings(), |site| site), Vec::<String>::new());
}

#[test]
fn an_edit_of_the_body_is_one_page_and_its_languages_search() {
    let list = edit(&library(), &with_base(), |site| {
        site.with(
            "content/en/law/act.md",
            page("title: The act\ntype: guidance\nupdated: 2026-01-01", "## Section {#s-1}\n\nOther words [[one]]."),
        )
    });
    assert_eq!(list, ["en/law/act/index.html", SEARCH_EN[0], SEARCH_EN[1], SEARCH_EN[2]]);
}

#[test]
fn an_edit_of_the_last_change_reaches_what_shows_it() {
    let list = edit(&library(), &with_base(), |site| {
        site.with(
            "content/en/law/code.md",
            page("title: The code\ntype: guidance\nupdated: 2026-01-02", "## Section {#s-1}\n\nText [[one]]."),
        )
    });
    assert_eq!(list, ["en/feed.xml", "en/index.html", "en/law/code/index.html", "pages.json", "sitemap.xml"]);
}

#[test]
fn a_new_title_reaches_the_lists_that_show_it() {
    let list = edit(&library(), &support::settings(), |site| {
        site.with(
            "content/en/law/bill.md",
            page("title: The new bill\ntype: guidance\nupdated: 2026-01-01", "## Section {#s-1}\n\nText [[one]]."),
        )
    });
    let expected = [
        "en/a-z/index.html",
        "en/index.html",
        "en/law/act/index.html",
        "en/law/bill/index.html",
        "en/law/code/index.html",
        "en/law/index.html",
        "pages.json",
        SEARCH_EN[0],
        SEARCH_EN[1],
        SEARCH_EN[2],
    ];
    assert_eq!(list, expected);
}

#[test]
fn an_edit_of_a_translation_leaves_the_original_alone() {
    let list = edit(&library(), &support::settings(), |site| {
        site.with("content/ur/law/act.md", page("title: ق act\ntype: guidance\nupdated: 2026-01-01", "## دفعہ {#s-1}\n\nدوسرا متن۔"))
    });
    assert_eq!(list, [SEARCH_UR[0], SEARCH_UR[1], SEARCH_UR[2], "ur/law/act/index.html"]);
}

#[test]
fn an_edit_of_an_original_marks_its_translation_as_stale() {
    let built = library().build(&support::settings());
    let record = built
        .diagnostics
        .iter()
        .find(|d| d.code == "not-compared" && d.file.as_ref().is_some_and(|f| f.as_str() == "content/ur/law/act.md"));
    let help = record.and_then(|d| d.help.clone()).expect("the record is offered");
    let record = help.split("translated_from: ").nth(1).expect("a value").trim_end_matches('`').to_owned();
    let front = format!("title: ق act\ntype: guidance\nupdated: 2026-01-01\ntranslated_from: {record}");
    let site = library().with("content/ur/law/act.md", page(&front, "## دفعہ {#s-1}\n\nمتن۔"));
    let list = edit(&site, &support::settings(), |site| {
        site.with("content/en/law/act.md", page("title: The act\ntype: guidance\nupdated: 2026-01-01", "## Section {#s-1}\n\nOther words."))
    });
    assert_eq!(list, ["en/law/act/index.html", "pages.json", SEARCH_EN[0], SEARCH_EN[1], SEARCH_EN[2], "ur/law/act/index.html"]);
}

#[test]
fn a_page_without_a_translation_changes_in_both_shells() {
    let list = edit(&library(), &support::settings(), |site| {
        site.with("content/en/only.md", page("title: Only\nupdated: 2026-01-01\ntags: [topic]", "Other words."))
    });
    assert_eq!(list, ["en/only/index.html", SEARCH_EN[0], SEARCH_EN[1], SEARCH_EN[2], "ur/only/index.html"]);
}

#[test]
fn an_edit_of_the_glossary_reaches_the_glossary_and_search() {
    let list = edit(&library(), &support::settings(), |site| {
        site.with("content/data/glossary.yaml", "- {id: one, en: One, ur: ایک, definition: {en: Changed., ur: پہلا۔}}\n")
    });
    assert_eq!(list, ["en/glossary/index.html", SEARCH_EN[0], SEARCH_EN[1], SEARCH_EN[2]]);
}

#[test]
fn a_new_tag_brings_its_lists_and_a_deleted_page_takes_its_outputs() {
    let list = edit(&library(), &support::settings(), |site| site.without("content/en/only.md"));
    let expected = [
        "en/a-z/index.html",
        "pages.json",
        SEARCH_EN[0],
        SEARCH_EN[1],
        SEARCH_EN[2],
        "ur/a-z/index.html",
        "-en/only/index.html",
        "-en/tag/topic/index.html",
        "-ur/only/index.html",
        "-ur/tag/topic/index.html",
    ];
    assert_eq!(list, expected);
}

#[test]
fn another_day_changes_nothing_that_does_not_show_it() {
    let tomorrow = Settings { today: support::today().next(), ..support::settings() };
    assert_eq!(differences(&library().build(&support::settings()), &library().build(&tomorrow)), Vec::<String>::new());
}

/// Loads, makes an edit, reloads the changed files, and compares with a fresh start.
fn reloaded(name: &str, before: &Site, after: &Site) {
    let mut paths: Vec<&String> = before.files.keys().chain(after.files.keys()).collect();
    paths.sort();
    paths.dedup();
    let changed: Vec<SourcePath> = paths.into_iter().filter(|p| before.files.get(*p) != after.files.get(*p)).map(SourcePath::new).collect();
    let mut content = Content::load(before);
    content.reload(after, &changed);
    let (warm, cold) = (support::build(&content, &support::settings()), after.build(&support::settings()));
    assert_eq!(warm.diagnostics, cold.diagnostics, "{name}");
    assert_eq!(differences(&cold, &warm), Vec::<String>::new(), "{name}");
    // And back again: what a broken save leaves behind must not stay.
    content.reload(before, &changed);
    let (warm, cold) = (support::build(&content, &support::settings()), before.build(&support::settings()));
    assert_eq!(warm.diagnostics, cold.diagnostics, "{name}, back");
    assert_eq!(differences(&cold, &warm), Vec::<String>::new(), "{name}, back");
    follows(name, before, after, &changed);
}

/// The files of a search by name.
type Files<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The addresses that each word finds, as it is typed and with all that it may mean.
fn found(files: Files<'_>, words: &[&str]) -> Vec<BTreeSet<String>> {
    let engine = Engine::open(files).expect("an engine");
    let ask = |word: &&str| {
        [true, false].map(|literal| {
            let options = Options { literal, limit: Some(1000), ..Options::default() };
            engine.search(word, &options).expect("an answer").results.into_iter().map(|hit| hit.url).collect()
        })
    };
    words.iter().flat_map(ask).collect()
}

/// Search that is made of the one before an edit finds what one made anew finds, with the same files where nothing that can be found has
/// changed. Tells whether it could be made so.
fn follows(name: &str, before: &Site, after: &Site, changed: &[SourcePath]) -> bool {
    let mut content = Content::load(before);
    let renderer = |content: &Content| pipeline::prepare(content, &support::settings(), &mut Timings::default()).renderer;
    let Some(was) = renderer(&content) else { return false };
    content.reload(after, changed);
    let Some(is) = renderer(&content) else { return false };
    let Some(revised) = Search::new(was.site()).revised(was.site(), is.site()) else { return false };
    let anew = Search::new(is.site());
    assert_eq!(Search::while_wanted(is.site(), &|| true).map(|search| search.paths()), Some(anew.paths()), "{name}");
    assert!(Search::while_wanted(is.site(), &|| false).is_none(), "{name}");
    let file = |search: &Search, name: &str| {
        let bytes = search.file(is.site(), &OutputPath::new(format!("search/{name}")));
        bytes.map(|bytes| String::from_utf8(bytes).expect("text"))
    };
    let (own, expected): (Files<'_>, Files<'_>) = (&|name| file(&revised, name), &|name| file(&anew, name));
    let texts: String =
        after.files.iter().filter(|(path, _)| path.ends_with(".md")).map(|(_, text)| String::from_utf8_lossy(text)).collect();
    let words: BTreeSet<&str> = texts.split_whitespace().chain(["changed", "act", "متن"]).collect();
    let words: Vec<&str> = words.into_iter().collect();
    assert_eq!(found(own, &words), found(expected, &words), "{name}");
    let same = Search::new(was.site()).paths() == anew.paths();
    assert_eq!(same, own("search.js") == expected("search.js"), "{name}");
    assert!(revised.paths().iter().all(|path| revised.file(is.site(), path).is_some()), "{name}");
    true
}

#[test]
fn search_follows_an_edit_of_texts_and_is_made_anew_for_others() {
    let site = library();
    let act = "content/en/law/act.md";
    let edit = |front: &str, body: &str| follows(front, &site, &site.clone().with(act, page(front, body)), &[SourcePath::new(act)]);
    let body = "## Section {#s-1}\n\nText [[one]].";
    for front in [
        "title: The act\ntype: guidance\nupdated: 2026-01-02",
        "title: Another title\ntype: guidance\nupdated: 2026-01-01",
        "title: The act\ntype: guidance\nupdated: 2026-01-01\ntags: [topic]",
        "title: The act\ntype: guidance\nupdated: 2026-01-01\ndescription: Changed words",
    ] {
        assert!(edit(front, body), "{front}");
    }
    let front = "title: The act\ntype: guidance\nupdated: 2026-01-01";
    for body in ["Changed", "", "## Section {#s-1}\n\nText.", "## Other {#s-2}\n\nText [[one]]."] {
        assert!(edit(front, body), "{body}");
    }
    for front in [
        "title: The act\ntype: law\nlaw: {short_title: Act, number: I, year: 2000}\nupdated: 2026-01-01",
        "title: The act\ntype: guidance\nupdated: 2026-01-01\naudience: [police]",
        "title: The act\ntype: guidance\nupdated: 2026-01-01\nslug: other",
        "title: The act\ntype: guidance\nupdated: 2026-01-01\ndraft: true",
        "title: The act\ntype: guidance\nupdated: 2026-01-01\nwithdrawn: {date: 2026-01-01, reason: Wrong.}",
    ] {
        assert!(!edit(front, body), "{front}");
    }
}

#[test]
fn reloading_gives_what_a_fresh_start_gives() {
    let mut site = library();
    site.history.insert("content/en/law/act.md".to_owned(), support::today());
    let with = |path: &str, text: &str| site.clone().with(path, text);
    reloaded("an edit", &site, &with("content/en/law/act.md", "---\ntitle: New\nupdated: 2026-01-01\n---\n## Section {#s-1}\n"));
    reloaded(
        "an edit that leaves `updated` to the history",
        &site,
        &with("content/en/law/act.md", "---\ntitle: New\n---\n## Section {#s-1}\n"),
    );
    reloaded("a broken page", &site, &with("content/en/law/act.md", "---\ntitle: [\n---\n"));
    reloaded("a page that is no page any more", &site, &with("content/en/law/act.md", ""));
    reloaded("a draft", &site, &with("content/en/only.md", "---\ntitle: Only\ndraft: true\n---\n"));
    reloaded("a new page", &site, &with("content/en/new/page.md", "---\ntitle: New\n---\n"));
    reloaded("a new file that is no page", &site, &with("content/en/new/page.txt", "x"));
    reloaded("a deletion", &site, &site.clone().without("content/en/law/act.md"));
    reloaded(
        "a rename",
        &site,
        &site.clone().without("content/en/law/bill.md").with("content/en/law/bill-2.md", "---\ntitle: The bill\n---\n"),
    );
    reloaded(
        "two edits at once",
        &site,
        &with("content/en/law/act.md", "---\ntitle: A\n---\n").with("content/ur/law/act.md", "---\ntitle: ا\n---\n"),
    );
    reloaded("settings", &site, &with("content/site.yaml", &support::SITE.replace("Site", "Other")));
    reloaded("broken settings", &site, &with("content/site.yaml", "title: ["));
    reloaded("no settings", &site, &site.clone().without("content/site.yaml"));
    let english = "title: {en: Site}\ndefault_language: en\nlanguages: [{code: en, name: English, dir: ltr}]\ntheme: plain\n";
    reloaded("a language less", &site, &with("content/site.yaml", english));
    reloaded("the glossary", &site, &with("content/data/glossary.yaml", "- {id: one, en: One, ur: ایک}\n"));
    reloaded(
        "the directory",
        &site,
        &with(
            "content/data/directory.yaml",
            "- {id: a, name: {en: A, ur: ا}, phones: [{display: \"042-99213871\"}], source: x, source_date: \"2026\"}\n",
        ),
    );
    reloaded("an asset", &site, &with("content/assets/x.csv", "a,b\n"));
    reloaded(
        "a template",
        &site,
        &with("themes/plain/templates/article.html", "{% extends \"base.html\" %}{% block content %}other{% endblock %}"),
    );
    reloaded("a broken template", &site, &with("themes/plain/templates/article.html", "{% if"));
    reloaded("a stylesheet", &site, &with("themes/plain/assets/plain.css", "body { margin: 1em; }"));
}

#[test]
fn a_save_without_a_change_is_none() {
    let site = library();
    let mut content = Content::load(&site);
    assert!(!content.reload(&site, &[SourcePath::new("content/en/law/act.md")]));
}
