//! `build`, `check` and `bundle`: their flags, what they print and what they leave on the disk.

use super::{EXIT, NOTE, Ran, STALE, exists, rahnuma, read, site, write};

#[test]
fn build_counts_what_it_wrote() {
    let folder = site();
    let first = rahnuma(folder.path(), &["build", "site"]);
    assert_eq!(first.err, format!("{EXIT}{STALE}{NOTE}0 errors, 2 warnings, 1 note\n"));
    let count = first.out.strip_prefix("TMP/site/public: ").and_then(|rest| rest.strip_suffix(" written, 0 unchanged, 0 removed\n"));
    let count = count.expect("counts").to_owned();
    let second = rahnuma(folder.path(), &["build", "site"]);
    assert_eq!((second.code, second.out), (Some(0), format!("TMP/site/public: 0 written, {count} unchanged, 0 removed\n")));
}

#[test]
fn build_takes_each_flag() {
    let folder = site();
    write(&folder, "site/content/en/hidden.md", "---\ntitle: Hidden\nupdated: 2026-11-23\ndraft: true\n---\n");
    write(&folder, "site/content/ur/hidden.md", "---\ntitle: Hidden\nupdated: 2026-11-23\ndraft: true\n---\n");
    let build = |arguments: &[&str]| {
        let built = rahnuma(folder.path(), &[&["build", "site", "--out", "out"], arguments].concat());
        assert_eq!(built.code, Some(0), "{arguments:?} {built:?}");
        built
    };
    build(&[]);
    assert!(exists(&folder, "out/en/index.html") && !exists(&folder, "site/public"));
    assert!(!exists(&folder, "out/en/hidden") && !exists(&folder, "out/sitemap.xml") && !exists(&folder, "out/downloads"));
    build(&["--drafts"]);
    assert!(exists(&folder, "out/en/hidden/index.html"));
    build(&["--base-url", "https://example.org/guide"]);
    assert!(read(&folder, "out/sitemap.xml").contains("<loc>https://example.org/guide/en/about/</loc>"));
    build(&["--with-downloads"]);
    assert!(exists(&folder, "out/downloads/guide.zip") && exists(&folder, "out/downloads/guide-ur.html"));
    assert!(!exists(&folder, "out/sitemap.xml"), "strays of a former build are removed");
    let timed = build(&["--timings"]);
    let lines: Vec<(&str, f64)> = timed.err.lines().filter_map(|line| timing(line.trim())).collect();
    let names: Vec<&str> = lines.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["read and parse", "resolve", "prepare", "render and write", "search", "put into place", "all"]);
    // Each is rounded to a tenth of a millisecond.
    let stages: f64 = lines[..6].iter().map(|(_, time)| time).sum();
    assert!(stages <= lines[6].1 + 0.4 && stages > lines[6].1 / 2.0, "the stages make up the whole: {lines:?}");
    assert!(!timed.out.contains(" ms"));
}

/// A line of `--timings`: the stage and its milliseconds.
fn timing(line: &str) -> Option<(&str, f64)> {
    let (stage, time) = line.strip_suffix(" ms")?.rsplit_once(' ')?;
    Some((stage.trim(), time.parse().ok()?))
}

/// A disk of its own, as small as the test wants it, and only where the system lets a user mount one: elsewhere this says so and ends.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site_whole() {
    let folder = site();
    std::fs::create_dir(folder.path().join("disk")).expect("makes a folder");
    let script = "mount -t tmpfs -o size=16m none disk || exit 77
        \"$RAHNUMA\" build site --out disk/out >/dev/null 2>&1 || exit 3
        find disk/out -type f | sort | xargs cat | cksum > before
        printf '\\nOne more sentence.\\n' >> site/content/en/about.md
        head -c 16m /dev/zero > disk/filler 2>/dev/null
        \"$RAHNUMA\" build site --out disk/out >out 2>err; echo $? > code
        find disk/out -type f | sort | xargs cat | cksum > after
        rm disk/filler
        \"$RAHNUMA\" build site --out disk/out >again 2>/dev/null";
    let mut command = std::process::Command::new("unshare");
    let ended = command
        .args(["--map-root-user", "--mount", "sh", "-c", script])
        .current_dir(folder.path())
        .env("RAHNUMA", env!("CARGO_BIN_EXE_rahnuma"))
        .env("SOURCE_DATE_EPOCH", "1795392000")
        .output();
    match ended.map(|output| output.status.code()) {
        Ok(Some(0)) => {}
        Ok(Some(1 | 77)) | Err(_) => return eprintln!("not tested: this system lets no user mount a disk"),
        other => panic!("{other:?}"),
    }
    assert_eq!(read(&folder, "code"), "2\n");
    let said = read(&folder, "err");
    let last = said.lines().last().unwrap_or_default();
    assert!(
        last.starts_with("rahnuma: cannot write ") && last.ends_with("; the old site is whole: free some space and build again"),
        "{said}"
    );
    assert_eq!(read(&folder, "out"), "");
    assert_eq!(read(&folder, "before"), read(&folder, "after"));
    let again = read(&folder, "again");
    assert!(
        again.starts_with("disk/out: ") && !again.starts_with("disk/out: 0 written"),
        "with space again, the change is written: {again}"
    );
}

#[test]
fn the_day_decides_what_is_overdue_and_strict_what_stops_a_build() {
    let folder = site();
    let page = "site/content/en/about.md";
    write(&folder, page, read(&folder, page).replace("# review_by: 2026-11-23", "review_by: 2027-01-01"));
    let overdue = |day: &str| {
        rahnuma(folder.path(), &["check", "site", "--today", day])
            .out
            .contains("warning[review-overdue]: the review was due on 2027-01-01\n")
    };
    assert!(!overdue("2027-01-01"));
    assert!(overdue("2027-01-02"));
    let late = rahnuma(folder.path(), &["build", "site", "--today", "2027-01-02"]);
    assert!(late.err.ends_with("0 errors, 3 warnings, 1 note\n"), "{late:?}");
    let strict = rahnuma(folder.path(), &["build", "site", "--strict", "--out", "out"]);
    assert_eq!(
        strict,
        Ran::new(1, "", format!("{}{NOTE}2 errors, 0 warnings, 1 note\n", format!("{EXIT}{STALE}").replace("warning[", "error[")))
    );
    assert!(!exists(&folder, "out"));
    assert_eq!(rahnuma(folder.path(), &["check", "site", "--strict"]).code, Some(1));
}

#[test]
fn errors_write_nothing_and_all_are_told() {
    let folder = site();
    rahnuma(folder.path(), &["build", "site"]);
    let home = read(&folder, "site/public/en/index.html");
    write(&folder, "site/content/en/about.md", "---\ntitle: About\ncolour: red\n---\n\n[dead](nowhere.md)\n");
    let failed = rahnuma(folder.path(), &["build", "site"]);
    assert_eq!((failed.code, failed.out.as_str()), (Some(1), ""));
    assert!(failed.err.contains("content/en/about.md:3:1: error[unknown-key]: "), "{failed:?}");
    assert!(failed.err.contains("content/en/about.md:6:1: error[dead-link]: "), "{failed:?}");
    assert_eq!(read(&folder, "site/public/en/index.html"), home);
}

#[test]
fn check_speaks_to_people_and_programs() {
    let folder = site();
    let human = rahnuma(folder.path(), &["check", "site", "--format", "human"]);
    assert_eq!(human, rahnuma(folder.path(), &["check", "site"]));
    assert!(!exists(&folder, "site/public"));
    let json = rahnuma(folder.path(), &["check", "site", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("is JSON");
    assert_eq!(value["version"], 1);
    let first = &value["diagnostics"][1];
    assert_eq!((&first["code"], &first["severity"]), (&"stale-translation".into(), &"warning".into()));
    assert_eq!(
        (&first["line"], &first["column"], &first["end_line"], &first["end_column"]),
        (&22.into(), &1.into(), &22.into(), &52.into())
    );
    let github = rahnuma(folder.path(), &["check", "site", "--format", "github"]);
    let kinds: Vec<&str> = github.out.lines().map(|line| line.split(' ').next().unwrap_or_default()).collect();
    assert_eq!((github.code, kinds), (Some(0), vec!["::warning", "::warning", "::notice"]));
    assert!(
        github
            .out
            .contains("\n::warning file=content/ur/guidance/example.md,line=22,endLine=22,col=1,endColumn=52,title=stale-translation::")
    );
}

#[test]
fn bundle_writes_the_bytes_that_build_offers() {
    let folder = site();
    assert_eq!(rahnuma(folder.path(), &["build", "site", "--with-downloads", "--today", "2026-12-01"]).code, Some(0));
    let bytes = |path: &str| std::fs::read(folder.path().join(path)).expect("reads");
    let both = rahnuma(folder.path(), &["bundle", "site", "--today", "2026-12-01"]);
    let names: Vec<&str> = both.out.lines().map(|line| line.split(' ').next().unwrap_or_default()).collect();
    assert_eq!((both.code, names), (Some(0), vec!["./dist/guide-en.html", "./dist/guide-ur.html", "./dist/guide.zip"]));
    for name in ["guide-en.html", "guide-ur.html", "guide.zip"] {
        assert!(bytes(&format!("dist/{name}")) == bytes(&format!("site/public/downloads/{name}")), "{name}");
        let line = format!("./dist/{name} {} ", bytes(&format!("dist/{name}")).len());
        assert!(both.out.lines().any(|l| l.strip_prefix(&line).is_some_and(|sum| sum.len() == 64)), "{both:?}");
    }
    rahnuma(folder.path(), &["bundle", "site", "--out", "zip", "--format", "zip", "--base-url", "https://example.org"]);
    assert!(exists(&folder, "zip/guide.zip") && !exists(&folder, "zip/guide-en.html"));
    rahnuma(folder.path(), &["bundle", "site", "--out", "pocket", "--format", "pocket"]);
    assert!(exists(&folder, "pocket/guide-en.html") && !exists(&folder, "pocket/guide.zip"));
}
