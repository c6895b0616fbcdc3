//! Input that only a disk can hold, or that is too large for a scenario file, through the program itself. In: a folder made for each test. Out:
//! the diagnostics of `check --format json` and the exit code. What a text file can hold is in tests/scenarios.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "makes folders and runs the program"
)]

mod support;

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A site on a disk: the base files with the default theme, and these.
fn site(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let settings = support::SITE.replace("theme: plain", "theme: default");
    put(folder.path(), "content/site.yaml", settings.as_bytes());
    for (path, text) in support::BASE.iter().skip(1) {
        put(folder.path(), path, text.as_bytes());
    }
    for (path, bytes) in files {
        put(folder.path(), path, bytes);
    }
    folder
}

fn put(root: &Path, path: &str, bytes: &[u8]) {
    let file = root.join(path);
    std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder can be made");
    std::fs::write(&file, bytes).expect("a file can be written");
}

fn run(root: &Path, arguments: &[&str]) -> Output {
    let (command, rest) = arguments.split_first().expect("a command");
    Command::new(env!("CARGO_BIN_EXE_rahnuma")).arg(command).arg(root).args(rest).output().expect("the program runs")
}

/// `file:line:column code` of every error, after making sure that the exit code is 1 and that each has a way out.
fn errors(root: &Path) -> Vec<String> {
    let (code, list) = check(root);
    assert_eq!(code, 1, "{list:#?}");
    list.into_iter().filter(|(severity, _)| severity == "error").map(|(_, line)| line).collect()
}

fn check(root: &Path) -> (i32, Vec<(String, String)>) {
    let output = run(root, &["check", "--format", "json", "--today", "2026-11-23"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {} {}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)));
    let list = value["diagnostics"].as_array().expect("a list").iter().map(|d| {
        assert!(d["help"].is_string(), "no way out: {d}");
        let place = match (&d["line"], &d["column"]) {
            (serde_json::Value::Null, _) => String::new(),
            (line, column) => format!(":{line}:{column}"),
        };
        let line = format!("{}{place} {}", d["file"].as_str().unwrap_or("-"), d["code"].as_str().expect("a code"));
        (d["severity"].as_str().expect("a severity").to_owned(), line)
    });
    (output.status.code().expect("no signal ended it"), list.collect())
}

const PAGE: &[u8] = b"---\ntitle: A\n---\ntext\n";

#[test]
fn a_good_site_has_no_errors() {
    let folder = site(&[]);
    let (code, list) = check(folder.path());
    assert_eq!(code, 0, "{list:?}");
}

#[test]
fn a_file_of_50_megabytes_is_refused_without_being_read() {
    let mut page = PAGE.to_vec();
    page.resize(50 << 20, b'a');
    let folder = site(&[("content/en/big.md", &page), ("content/assets/big.pdf", &page), ("content/en/other.md", b"---\n---\n")]);
    let start = Instant::now();
    assert_eq!(
        errors(folder.path()),
        ["content/assets/big.pdf file-too-large", "content/en/big.md file-too-large", "content/en/other.md:1:1 missing-key"]
    );
    assert!(start.elapsed() < Duration::from_secs(20), "it took {:?}", start.elapsed());
}

#[test]
fn a_page_of_3_megabytes_is_refused_by_its_size() {
    let mut page = PAGE.to_vec();
    page.resize(3 << 20, b'a');
    assert_eq!(errors(site(&[("content/en/big.md", &page)]).path()), ["content/en/big.md page-too-large"]);
}

#[test]
fn nesting_without_end_is_told_quickly() {
    let deep = |unit: &str| format!("---\ntitle: A\n---\n\n{}text\n", unit.repeat(10_000)).into_bytes();
    let indented = |unit: &str| {
        let lines: String = (0..600).map(|n| format!("{}{unit}x\n", "  ".repeat(n))).collect();
        format!("---\ntitle: A\n---\n\n{lines}").into_bytes()
    };
    let folder = site(&[
        ("content/en/list.md", &deep("- ")),
        ("content/en/quote.md", &deep("> ")),
        ("content/en/tight.md", &deep(">")),
        ("content/en/numbers.md", &deep("1. ")),
        ("content/en/mixed.md", &deep("> - ")),
        ("content/en/lines.md", &indented("- ")),
        ("content/en/bold.md", &deep("**a ")),
        ("content/en/brackets.md", &deep("[")),
        ("content/en/images.md", &deep("![")),
        ("content/en/links.md", &deep("[a](")),
        ("content/en/code.md", &deep("`a``")),
        ("content/en/html.md", &deep("<a ")),
        ("content/en/notes.md", &deep("[^a]")),
        ("content/en/directives.md", &deep(":::do\n")),
        ("content/en/yaml.md", format!("---\ntitle: {}{}\n---\n", "[".repeat(10_000), "]".repeat(10_000)).as_bytes()),
    ]);
    let start = Instant::now();
    let found = errors(folder.path());
    let took = start.elapsed();
    for file in ["list", "quote", "tight", "numbers", "mixed", "lines"] {
        let of_file: Vec<&String> = found.iter().filter(|line| line.starts_with(&format!("content/en/{file}.md:"))).collect();
        let first = of_file.first().unwrap_or_else(|| panic!("nothing is said of {file}: {found:?}"));
        assert!(of_file.len() == 1 && first.ends_with(" too-deep"), "{of_file:?}");
    }
    assert!(found.iter().any(|line| line.starts_with("content/en/yaml.md:2:") && line.ends_with(" yaml-too-deep")), "{found:?}");
    assert!(took < Duration::from_secs(20), "it took {took:?}");
}

#[cfg(unix)]
#[test]
fn links_on_the_disk_that_go_round_or_out_are_told() {
    use std::os::unix::fs::symlink;
    let folder = site(&[("content/en/law/a.md", PAGE), ("secret/b.md", PAGE), ("content/ur/real.md", PAGE)]);
    let content = folder.path().join("content");
    symlink("..", content.join("en/law/round")).expect("a link");
    symlink(folder.path().join("secret"), content.join("en/out")).expect("a link");
    symlink(folder.path().join("secret/b.md"), content.join("en/file.md")).expect("a link");
    symlink("nowhere.md", content.join("en/broken.md")).expect("a link");
    symlink("../ur/real.md", content.join("en/real.md")).expect("a link");
    assert_eq!(
        errors(folder.path()),
        [
            "content/en/broken.md unreadable",
            "content/en/file.md link-outside",
            "content/en/law/round link-loop",
            "content/en/out link-outside",
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told_and_the_others_too() {
    use std::os::unix::fs::PermissionsExt;
    let folder = site(&[("content/en/locked.md", PAGE), ("content/en/other.md", b"---\ntitel: x\n---\n"), ("content/ur/locked.md", PAGE)]);
    let locked = folder.path().join("content/en/locked.md");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).expect("permissions");
    if std::fs::read(&locked).is_ok() {
        return; // root reads everything
    }
    assert_eq!(
        errors(folder.path()),
        ["content/en/locked.md unreadable", "content/en/other.md:1:1 missing-key", "content/en/other.md:2:1 unknown-key"]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_by_case_or_are_no_text_are_told() {
    use std::os::unix::ffi::OsStrExt;
    let folder = site(&[
        ("content/en/Case.md", PAGE),
        ("content/en/case.md", PAGE),
        ("content/assets/X.csv", b"a\n"),
        ("content/assets/x.csv", b"a\n"),
    ]);
    let name = std::ffi::OsStr::from_bytes(b"bad\xff.md");
    std::fs::write(folder.path().join("content/en").join(name), PAGE).expect("Linux takes any name");
    assert_eq!(errors(folder.path()), ["- file-name", "content/en/case.md:2:1 duplicate-url"]);
}

#[test]
fn leftovers_of_editors_and_hidden_files_are_no_content() {
    let folder = site(&[
        ("content/en/.hidden.md", b"no page"),
        ("content/.git/x.md", b"no page"),
        ("content/en/a.md~", b"no page"),
        ("content/en/.#a.md", b"no page"),
        ("content/en/Thumbs.db", b"no page"),
        ("content/_templates/page.en.md", b"no page"),
    ]);
    assert_eq!(check(folder.path()).0, 0);
}

#[test]
fn without_content_or_settings_the_way_out_is_told() {
    let empty = tempfile::tempdir().expect("a folder");
    assert_eq!(errors(empty.path()), ["- no-content"]);
    std::fs::create_dir(empty.path().join("content")).expect("a folder");
    assert_eq!(errors(empty.path()), ["- no-content"]);
    put(empty.path(), "content/en/a.md", b"---\ntitel: x\n---\n");
    assert_eq!(
        errors(empty.path()),
        ["content/en/a.md:1:1 missing-key", "content/en/a.md:2:1 unknown-key", "content/site.yaml no-settings"]
    );
}

#[test]
fn a_theme_that_is_not_there_or_broken_is_told() {
    let folder = site(&[("content/en/a.md", b"---\ntitel: x\n---\n")]);
    put(folder.path(), "content/site.yaml", support::SITE.replace("theme: plain", "theme: none").as_bytes());
    let pages = ["content/en/a.md:1:1 missing-key", "content/en/a.md:2:1 unknown-key"];
    assert_eq!(errors(folder.path()), [pages[0], pages[1], "content/site.yaml no-theme"]);
    put(folder.path(), "themes/none/templates/article.html", b"{% if %}\n");
    put(folder.path(), "themes/none/templates/law.html", b"line\n{{ x \n");
    assert_eq!(
        errors(folder.path()),
        [pages[0], pages[1], "themes/none/templates/article.html:1:7 template", "themes/none/templates/law.html:2:4 template"]
    );
}

#[test]
fn errors_write_nothing_and_leave_a_former_site_whole() {
    let folder = site(&[("content/en/a.md", PAGE)]);
    let build = |root: &Path| run(root, &["build", "--today", "2026-11-23"]).status.code();
    assert_eq!(build(folder.path()), Some(0));
    let before = support::files_below(&folder.path().join("public"));
    put(folder.path(), "content/en/a.md", b"---\ntitle: B\n---\n[dead](nowhere.md)\n");
    assert_eq!(build(folder.path()), Some(1));
    assert!(before == support::files_below(&folder.path().join("public")), "a build with errors changed the site");
    let never = site(&[("content/en/a.md", b"no page")]);
    assert_eq!(build(never.path()), Some(1));
    assert!(!never.path().join("public").exists());
}

#[test]
fn strict_makes_warnings_errors_and_github_names_the_place() {
    let folder = site(&[("content/en/a.md", PAGE)]);
    assert_eq!(run(folder.path(), &["check"]).status.code(), Some(0));
    let output = run(folder.path(), &["check", "--strict", "--format", "github"]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.starts_with("::error file=content/en/a.md,line=2,endLine=2,col=1,endColumn=9,title=missing-translation::"), "{text}");
}
