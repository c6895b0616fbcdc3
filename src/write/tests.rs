//! The write edge against real folders: what stands before, after, and after failures.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use super::*;
use std::collections::BTreeMap;
use std::fs;
use tempfile::TempDir;

type Files<'a> = &'a [(&'a str, &'a str)];

/// Puts all files into a new session.
fn put(out: &Path, files: Files<'_>) -> Result<Session, WriteError> {
    let session = Session::open(out)?;
    for (path, text) in files {
        session.put(&OutputPath::new(path), text.as_bytes())?;
    }
    Ok(session)
}

fn build(out: &Path, files: Files<'_>) -> Result<Report, WriteError> {
    put(out, files)?.commit()
}

fn counts(report: &Report) -> (usize, usize, usize) {
    (report.written, report.unchanged, report.removed)
}

/// Every file and empty folder below `dir`, the hidden folder aside.
fn tree(dir: &Path) -> BTreeMap<String, String> {
    fn walk(top: &Path, dir: &Path, found: &mut BTreeMap<String, String>) {
        let entries: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
        if entries.is_empty() {
            found.insert(format!("{}/", dir.strip_prefix(top).unwrap().display()), String::new());
        }
        for path in entries.into_iter().filter(|p| !p.ends_with(owned::HIDDEN)) {
            if path.is_dir() && !path.is_symlink() {
                walk(top, &path, found);
            } else {
                found.insert(path.strip_prefix(top).unwrap().display().to_string(), fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(dir, dir, &mut found);
    found
}

fn files(files: Files<'_>) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
}

fn owned_list(out: &Path) -> String {
    fs::read_to_string(out.join(".rahnuma/owned")).unwrap()
}

/// A folder that holds the first build of `files`.
fn built(first: Files<'_>) -> (TempDir, PathBuf) {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("public");
    build(&out, first).unwrap();
    (dir, out)
}

#[test]
fn a_build_writes_a_second_one_changes_only_what_changed_and_strays_go() {
    let (_dir, out) = built(&[("index.html", "home"), ("en/a/index.html", "a"), ("en/b/index.html", "b")]);
    assert_eq!(owned_list(&out), "en/a/index.html\nen/b/index.html\nindex.html\n");
    let time = |path: &str| out.join(path).metadata().unwrap().modified().unwrap();
    let before = (time("index.html"), time(".rahnuma/owned"));

    let report = build(&out, &[("index.html", "home"), ("en/a/index.html", "a"), ("en/b/index.html", "b")]).unwrap();
    assert_eq!(report, Report { unchanged: 3, ..Report::default() });
    assert_eq!((time("index.html"), time(".rahnuma/owned")), before);

    let report = build(&out, &[("index.html", "hOme"), ("en/a/index.html", "a")]).unwrap();
    assert_eq!(counts(&report), (1, 1, 1));
    assert_eq!(tree(&out), files(&[("index.html", "hOme"), ("en/a/index.html", "a")]));
    assert_eq!(owned_list(&out), "en/a/index.html\nindex.html\n");
    assert_eq!(fs::read_dir(out.join(".rahnuma")).unwrap().count(), 2, "the list and the lock");
}

#[test]
fn the_order_of_puts_leaves_no_trace() {
    let list = [("b/x", "1"), ("a", "2"), ("c/d/e", "3")];
    let (_one, first) = built(&list);
    let (_two, second) = built(&[list[2], list[1], list[0]]);
    assert_eq!(tree(&first), tree(&second));
    assert_eq!(owned_list(&first), owned_list(&second));
}

#[test]
fn dropping_a_session_leaves_every_former_byte() {
    let (_dir, out) = built(&[("index.html", "old")]);
    let session = put(&out, &[("index.html", "new"), ("en/x", "x")]).unwrap();
    assert_eq!(fs::read_dir(out.join(".rahnuma/new/0")).unwrap().count(), 2);
    drop(session);
    assert_eq!(tree(&out), files(&[("index.html", "old")]));
    assert!(!out.join(".rahnuma/new").exists());
}

#[test]
fn dropping_the_first_session_leaves_no_folder() {
    let dir = TempDir::new().unwrap();
    drop(put(&dir.path().join("deep/public"), &[("index.html", "x")]).unwrap());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn leftovers_of_a_killed_build_go() {
    let (_dir, out) = built(&[("index.html", "x")]);
    fs::create_dir(out.join(".rahnuma/new")).unwrap();
    fs::write(out.join(".rahnuma/new/7"), "half").unwrap();
    build(&out, &[("index.html", "x")]).unwrap();
    assert!(!out.join(".rahnuma/new").exists());
}

#[test]
fn a_build_killed_between_renames_leaves_nothing_without_an_owner() {
    let (_dir, out) = built(&[("old", "1")]);
    // What such a build leaves: the list of both, one new file in place, the other not.
    fs::write(out.join(".rahnuma/owned"), "new/a\nnew/b\nold\n").unwrap();
    fs::create_dir(out.join("new")).unwrap();
    fs::write(out.join("new/a"), "half a site").unwrap();
    let report = build(&out, &[("new/a", "other"), ("new/b", "b")]).unwrap();
    assert_eq!(counts(&report), (2, 0, 1));
    assert_eq!(tree(&out), files(&[("new/a", "other"), ("new/b", "b")]));
}

#[test]
fn a_folder_that_cannot_be_made_leaves_the_old_site_whole() {
    let (_dir, out) = built(&[("index.html", "old")]);
    let session = put(&out, &[("index.html", "new"), ("a/b/x", "x"), ("c/x", "x")]).unwrap();
    fs::write(out.join("c"), "in the way").unwrap();
    let error = session.commit().unwrap_err();
    assert!(matches!(error, WriteError::Disk { doing: "create", path, .. } if path == out.join("c")));
    assert_eq!(tree(&out), files(&[("index.html", "old"), ("c", "in the way")]));
    assert_eq!(owned_list(&out), "index.html\n");
}

#[test]
fn a_failed_rename_is_told_and_the_next_build_completes_it() {
    let (_dir, out) = built(&[("gone", "1")]);
    let session = put(&out, &[("a", "1"), ("b", "2"), ("c", "3")]).unwrap();
    fs::create_dir_all(out.join("b/x")).unwrap();
    let error = session.commit().unwrap_err();
    assert!(matches!(error, WriteError::Halfway { doing: "put into place", path, done: 1, of: 3, .. } if path == out.join("b")));
    fs::remove_dir_all(out.join("b")).unwrap();
    assert_eq!(tree(&out), files(&[("a", "1"), ("gone", "1")]));
    assert_eq!(counts(&build(&out, &[("a", "other"), ("b", "2"), ("c", "3")]).unwrap()), (3, 0, 1));
    assert_eq!(tree(&out), files(&[("a", "other"), ("b", "2"), ("c", "3")]));
}

#[test]
fn foreign_files_are_never_touched() {
    let (_dir, out) = built(&[("index.html", "ours"), ("en/a", "a")]);
    fs::write(out.join("CNAME"), "theirs").unwrap();
    fs::write(out.join("en/note"), "theirs").unwrap();
    let session = put(&out, &[("index.html", "new")]).unwrap();
    let error = session.put(&OutputPath::new("CNAME"), b"ours").unwrap_err();
    assert!(matches!(&error, WriteError::Foreign { path } if *path == out.join("CNAME")));
    // A session that could not take everything commits nothing.
    assert!(matches!(session.commit().unwrap_err(), WriteError::Incomplete { path } if path == "CNAME"));
    assert_eq!(tree(&out), files(&[("index.html", "ours"), ("en/a", "a"), ("CNAME", "theirs"), ("en/note", "theirs")]));

    // The folder of a stray stays when somebody else's file is in it; equal bytes are adopted.
    let report = build(&out, &[("index.html", "new"), ("CNAME", "theirs")]).unwrap();
    assert_eq!(counts(&report), (1, 1, 1));
    assert_eq!(tree(&out), files(&[("index.html", "new"), ("CNAME", "theirs"), ("en/note", "theirs")]));
    assert_eq!(owned_list(&out), "CNAME\nindex.html\n");
}

#[test]
fn files_and_folders_change_places() {
    let (_dir, out) = built(&[("a", "file"), ("b/x/index.html", "x"), ("b/y", "y")]);
    let report = build(&out, &[("a/index.html", "folder"), ("b", "file")]).unwrap();
    assert_eq!(counts(&report), (2, 0, 3));
    assert_eq!(tree(&out), files(&[("a/index.html", "folder"), ("b", "file")]));

    // Not so when somebody else's file is in the folder.
    fs::write(out.join("a/note"), "theirs").unwrap();
    let error = build(&out, &[("a", "file"), ("b", "file")]).unwrap_err();
    assert!(matches!(error, WriteError::Foreign { path } if path == out.join("a/note")));
    assert_eq!(tree(&out), files(&[("a/index.html", "folder"), ("a/note", "theirs"), ("b", "file")]));
}

#[test]
fn clashes_and_unsafe_paths_are_refused() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("public");
    assert!(matches!(put(&out, &[("a", "1"), ("a", "1")]).unwrap_err(), WriteError::Clash { path, other } if path == "a" && other == "a"));
    assert!(
        matches!(build(&out, &[("a/b/c", "1"), ("a", "1")]).unwrap_err(), WriteError::Clash { path, other } if path == "a" && other == "a/b/c")
    );
    assert!(matches!(put(&out, &[("../a", "1")]).unwrap_err(), WriteError::Unsafe { path } if path == "../a"));
    assert!(!out.exists());
}

#[test]
fn a_file_for_an_output_folder_and_a_second_build_are_refused() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "x").unwrap();
    assert!(matches!(Session::open(&file).unwrap_err(), WriteError::NotAFolder { path } if path == file));
    let out = dir.path().join("public");
    let session = Session::open(&out).unwrap();
    assert!(matches!(Session::open(&out).unwrap_err(), WriteError::Busy { path } if path == out));
    drop(session);
    Session::open(&out).unwrap();
}

#[test]
fn bad_entries_of_the_list_are_ignored_and_told() {
    let (dir, out) = built(&[("index.html", "x")]);
    let precious = dir.path().join("precious");
    fs::write(&precious, "theirs").unwrap();
    fs::create_dir(out.join("folder")).unwrap();
    fs::write(out.join(".rahnuma/owned"), format!("{}\n../precious\nfolder\nindex.html\n", precious.display())).unwrap();
    let report = build(&out, &[("index.html", "x")]).unwrap();
    assert_eq!(
        report.refused,
        [
            format!("the ownership list names `{}`, which no build writes; ignored", precious.display()),
            "the ownership list names `../precious`, which no build writes; ignored".to_owned(),
            "the ownership list names `folder`, which is no plain file any more; left alone".to_owned(),
        ]
    );
    assert_eq!(fs::read_to_string(&precious).unwrap(), "theirs");
    assert_eq!(owned_list(&out), "index.html\n");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_through_a_link() {
    let (dir, out) = built(&[("en/a", "a"), ("index.html", "x")]);
    let outside = dir.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("a"), "theirs").unwrap();
    fs::remove_dir_all(out.join("en")).unwrap();
    std::os::unix::fs::symlink(&outside, out.join("en")).unwrap();
    std::os::unix::fs::symlink(outside.join("a"), out.join("link")).unwrap();

    assert!(matches!(build(&out, &[("en/a", "new")]).unwrap_err(), WriteError::Link { path } if path == out.join("en")));
    assert!(matches!(build(&out, &[("link", "new")]).unwrap_err(), WriteError::Link { path } if path == out.join("link")));
    let report = build(&out, &[("index.html", "x")]).unwrap();
    let told = format!("the ownership list names `en/a`, but {} is a symbolic link; left alone", out.join("en").display());
    assert_eq!(report, Report { unchanged: 1, refused: vec![told], ..Report::default() });
    assert_eq!(fs::read_to_string(outside.join("a")).unwrap(), "theirs");

    // The output folder itself may be a link; its hidden folder may not.
    let alias = dir.path().join("alias");
    std::os::unix::fs::symlink(&out, &alias).unwrap();
    assert_eq!(counts(&build(&alias, &[("index.html", "y")]).unwrap()), (1, 0, 0));
    fs::remove_dir_all(out.join(".rahnuma")).unwrap();
    std::os::unix::fs::symlink(&outside, out.join(".rahnuma")).unwrap();
    assert!(matches!(Session::open(&out).unwrap_err(), WriteError::Link { path } if path == out.join(".rahnuma")));
}

#[test]
fn many_threads_may_put() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("public");
    let session = Session::open(&out).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let session = &session;
            scope.spawn(move || (0..50).for_each(|i| session.put(&OutputPath::new(format!("s{i}/{thread}")), &[thread]).unwrap()));
        }
    });
    assert_eq!(counts(&session.commit().unwrap()), (200, 0, 0));
    assert_eq!(fs::read(out.join("s49/3")).unwrap(), [3]);
}
