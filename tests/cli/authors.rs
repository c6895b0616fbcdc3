//! `init`, `new` and `translated`: what editors start with.

use super::{EXIT, NOTE, Ran, STALE, exists, rahnuma, read, site, write};

const TYPES: [&str; 9] = ["guidance", "sop", "law", "event", "training", "glossary", "directory", "statistics", "page"];

#[test]
fn init_makes_a_site_with_one_stale_translation() {
    let folder = tempfile::tempdir().expect("makes a folder");
    let init = rahnuma(folder.path(), &["init", "my site"]);
    assert_eq!(init, Ran::new(0, "my site: 56 files written. Next:\n    rahnuma serve \"my site\"\n    rahnuma check \"my site\"\n", ""));
    let check = rahnuma(folder.path(), &["check", "my site"]);
    assert_eq!(check, Ran::new(0, format!("{EXIT}{STALE}{NOTE}0 errors, 2 warnings, 1 note\n"), ""));
    let build = rahnuma(folder.path(), &["build", "my site", "--with-downloads"]);
    assert_eq!((build.code, build.err), (Some(0), format!("{EXIT}{STALE}{NOTE}0 errors, 2 warnings, 1 note\n")));
    for page_type in TYPES {
        let has = |language: &str| {
            let pages = walk(&folder.path().join("my site/content").join(language));
            pages.iter().any(|text| text.contains(&format!("\ntype: {page_type}\n")))
        };
        assert!(has("en") && has("ur"), "{page_type}");
    }
    for file in [".gitignore", "README.md", ".github/workflows/site.yml", "content/_templates/sop.ur.md"] {
        assert!(exists(&folder, &format!("my site/{file}")), "{file}");
    }
    assert!(!read(&folder, "my site/.github/workflows/site.yml").contains("{{repository}}"));
    let workflow: serde_yaml::Value = serde_yaml::from_str(&read(&folder, "my site/.github/workflows/site.yml")).expect("is YAML");
    assert_eq!(workflow["permissions"]["contents"], serde_yaml::Value::from("read"));
}

fn walk(folder: &std::path::Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
    files.map(|e| std::fs::read_to_string(e.path()).expect("reads a page")).collect()
}

#[test]
fn init_refuses_what_is_there_already() {
    let folder = site();
    assert_eq!(rahnuma(folder.path(), &["init", "site"]), Ran::refused("site is not empty; name a folder that does not exist yet"));
    write(&folder, "file", "");
    assert_eq!(rahnuma(folder.path(), &["init", "file"]), Ran::refused("file is no folder; name one that does not exist yet"));
}

#[test]
fn new_pages_of_every_type_pass_the_check() {
    let folder = site();
    for page_type in TYPES {
        let name = format!("more/{page_type}");
        let made = rahnuma(folder.path(), &["new", page_type, &name, "site", "--title", "en=A: \"b\" it's", "--title", "ur=عنوان: ب"]);
        let expected = format!(
            "written: content/en/{name}.md\nwritten: content/ur/{name}.md\nnext: write the text; replace every sentence of the template\n\
             then: rahnuma check site\nwhen the translation is finished: rahnuma translated content/ur/{name}.md site\n"
        );
        assert_eq!(made, Ran::new(0, expected, ""));
        assert!(read(&folder, &format!("site/content/en/{name}.md")).contains("\ntitle: \"A: \\\"b\\\" it's\"\n"));
        let urdu = read(&folder, &format!("site/content/ur/{name}.md"));
        assert!(urdu.contains("\ntitle: \"عنوان: ب\"\n") && urdu.contains("\nupdated: 2026-11-23\n"), "{urdu}");
    }
    let check = rahnuma(folder.path(), &["check", "site"]);
    assert_eq!(check, Ran::new(0, format!("{EXIT}{STALE}{NOTE}0 errors, 2 warnings, 1 note\n"), ""));
}

#[test]
fn new_uses_the_templates_of_the_site_and_a_title_from_the_name() {
    let folder = site();
    for language in ["en", "ur"] {
        write(
            &folder,
            &format!("site/content/_templates/page.{language}.md"),
            "---\ntitle: {{title}}\ndate: {{date}}\n---\n\n{{title}}.\n",
        );
    }
    let made = rahnuma(folder.path(), &["new", "page", "guidance/age-doubt", "site"]);
    assert_eq!(made.code, Some(0), "{made:?}");
    assert!(made.out.contains("\nnext: write the title in en and ur, then the text; replace every sentence of the template\n"));
    assert_eq!(read(&folder, "site/content/en/guidance/age-doubt.md"), "---\ntitle: \"Age doubt\"\ndate: 2026-11-23\n---\n\nAge doubt.\n");
}

#[test]
fn new_refuses_with_a_way_out_and_writes_nothing() {
    let folder = site();
    let rule = "a name is lower-case English words with hyphens, with `/` between folder and page";
    for (name, mended) in [
        ("My Page", "my-page"),
        ("Guidance/X", "guidance/x"),
        ("../x", "x"),
        ("/etc/x", "etc/x"),
        ("content/en/a.md", "a"),
        ("انسانی اسمگلنگ", "nsny-smglng"),
    ] {
        let refused = Ran::refused(&format!("`{name}` cannot be a name: {rule}; try `{mended}`"));
        assert_eq!(rahnuma(folder.path(), &["new", "page", name, "site"]), refused);
    }
    assert_eq!(
        rahnuma(folder.path(), &["new", "giudance", "a", "site"]),
        Ran::refused(
            "`giudance` is no type of page; did you mean `guidance`? There are: guidance, sop, law, event, training, glossary, directory, statistics, page"
        )
    );
    assert_eq!(
        rahnuma(folder.path(), &["new", "page", "about", "site"]),
        Ran::refused("content/en/about.md exists; choose another name, or edit that page")
    );
    assert_eq!(
        rahnuma(folder.path(), &["new", "page", "a", "site", "--title", "de=A"]),
        Ran::refused("--title de=A: the site has no language `de`; it has en, ur")
    );
    assert_eq!(
        rahnuma(folder.path(), &["new", "page", "a", "site", "--title", "A b"]),
        Ran::refused("--title A b: write the language before it, such as --title \"en=A b\"")
    );
    let personal = rahnuma(folder.path(), &["new", "page", "a", "site", "--title", "en=Call 0300-1234567"]);
    assert_eq!(personal.code, Some(1));
    assert!(personal.err.contains("content/en/a.md:5:14: error[personal-data]: personal data (mobile number): 03…7\n"), "{personal:?}");
    assert!(!exists(&folder, "site/content/en/a.md") && !exists(&folder, "site/content/ur/a.md"));
}

#[test]
fn translated_changes_one_line_and_nothing_else() {
    let folder = site();
    let page = "site/content/ur/guidance/example.md";
    let before = format!("\u{feff}{}", read(&folder, page).replace('\n', "\r\n"));
    write(&folder, page, &before);
    let recorded =
        "content/ur/guidance/example.md: recorded as made from content/en/guidance/example.md as it is now\ntranslated_from: RECORD\n";
    assert_eq!(rahnuma(folder.path(), &["translated", page, "site"]), Ran::new(0, recorded, ""));
    let after = read(&folder, page);
    let changed: Vec<&str> = after.split('\n').zip(before.split('\n')).filter(|(a, b)| a != b).map(|(a, _)| a).collect();
    assert_eq!((changed.len(), after.len()), (1, before.len()));
    assert!(changed[0].starts_with("translated_from: ") && changed[0].ends_with('\r'), "{changed:?}");
    let again = "content/ur/guidance/example.md: already recorded as made from content/en/guidance/example.md as it is now\n";
    for name in ["content/ur/guidance/example.md", "ur/guidance/example", "./ur/guidance/example.md"] {
        assert_eq!(rahnuma(folder.path(), &["translated", name, "site"]), Ran::new(0, again, ""), "{name}");
    }
    let check = rahnuma(folder.path(), &["check", "site"]);
    assert_eq!(check, Ran::new(0, format!("{EXIT}{NOTE}0 errors, 1 warning, 1 note\n"), ""));
}

#[test]
fn translated_says_why_it_cannot() {
    let folder = site();
    let failed = |name: &str, message: &str| {
        assert_eq!(
            rahnuma(folder.path(), &["translated", name, "site"]),
            Ran::new(1, "", format!("{message}\n1 error, 0 warnings, 0 notes\n"))
        );
    };
    failed("content/ur/abuot.md", "error[no-page]: there is no page content/ur/abuot.md\n   help: did you mean content/ur/about.md?");
    failed("about", "error[no-page]: there is no page about\n   help: name the file: content/en/about.md or content/ur/about.md");
    write(&folder, "site/content/en/lone.md", "---\ntitle: Lone\n---\n");
    failed(
        "en/lone",
        "content/en/lone.md:2:1: error[not-a-translation]: this page is the original, so there is nothing to compare it with\n 2 | title: Lone\n   | ^^^^^^^^^^^\n   help: no other language has this page; it becomes an original when a translation is written",
    );
    write(&folder, "site/content/ur/broken.md", "---\ntitle: [\n---\n");
    let broken = rahnuma(folder.path(), &["translated", "content/ur/broken.md", "site"]);
    assert_eq!(broken.code, Some(1));
    assert!(broken.err.starts_with("content/ur/broken.md:"), "{broken:?}");
}
