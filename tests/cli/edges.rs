//! Help, completions, what cannot run, and `serve`.

use super::{Ran, exists, program, rahnuma, ran, read, site, write};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;

#[test]
fn help_names_every_argument() {
    let folder = tempfile::tempdir().expect("makes a folder");
    let lists: [(&str, &[&str]); 8] = [
        (
            "build",
            &["[ROOT]", "--out <DIR>", "--base-url <URL>", "--drafts", "--strict", "--today <YYYY-MM-DD>", "--with-downloads", "--timings"],
        ),
        ("serve", &["[ROOT]", "--host <HOST>", "--port <PORT>", "--open", "--drafts"]),
        ("check", &["[ROOT]", "--format <FORMAT>", "--strict", "--today <YYYY-MM-DD>", "human", "json", "github"]),
        ("init", &["<DIR>"]),
        ("new", &["<TYPE>", "<NAME>", "[ROOT]", "--title <LANG=TEXT>"]),
        ("translated", &["<PAGE>", "[ROOT]"]),
        ("bundle", &["[ROOT]", "--out <DIR>", "--format <FORMAT>", "zip", "pocket", "--base-url <URL>", "--today <YYYY-MM-DD>"]),
        ("completions", &["<SHELL>"]),
    ];
    let all = rahnuma(folder.path(), &["--help"]);
    assert!(all.out.contains("Exit codes: 0 fine, 1 the content has errors and nothing was written, 2 could not run.\n"), "{all:?}");
    for (command, words) in lists {
        assert!(all.out.lines().any(|line| line.trim_start().starts_with(command)), "{command}");
        let help = rahnuma(folder.path(), &[command, "--help"]);
        assert_eq!((help.code, help.err.as_str()), (Some(0), ""), "{command}");
        assert!(help.out.contains(&format!("Usage: rahnuma {command} ")), "{help:?}");
        // Each argument has its own words of explanation.
        for word in words {
            let at = help.out.lines().position(|line| line.trim_start().trim_start_matches("- ").starts_with(word));
            let at = at.unwrap_or_else(|| panic!("{command} does not explain {word}"));
            let text: String = help.out.lines().skip(at).take(2).collect();
            assert!(text.trim().len() > word.len() + 5, "{command} {word}: {text}");
        }
    }
    assert_eq!(rahnuma(folder.path(), &["--version"]), Ran::new(0, format!("rahnuma {}\n", env!("CARGO_PKG_VERSION")), ""));
}

#[test]
fn completions_exist_for_every_shell() {
    let folder = tempfile::tempdir().expect("makes a folder");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = rahnuma(folder.path(), &["completions", shell]);
        assert_eq!(script.code, Some(0));
        assert!(script.out.contains("with-downloads"), "{shell}");
    }
    assert_eq!(rahnuma(folder.path(), &["completions", "tcl"]).code, Some(2));
}

#[test]
fn what_cannot_run_ends_with_2_and_one_line() {
    let folder = site();
    write(&folder, "file", "");
    let cases: [(&[&str], &str); 11] = [
        (&["build", "nowhere"], "there is no folder nowhere; give the folder that holds content/"),
        (&["check", "nowhere"], "there is no folder nowhere; give the folder that holds content/"),
        (&["serve", "nowhere"], "there is no folder nowhere; give the folder that holds content/"),
        (&["new", "page", "a", "nowhere"], "there is no folder nowhere; give the folder that holds content/"),
        (&["translated", "ur/a", "nowhere"], "there is no folder nowhere; give the folder that holds content/"),
        (&["build", "file"], "file is a file; give the folder that holds content/"),
        (
            &["build", "site", "--out", "site/content/public"],
            "--out site/content/public and TMP/site/content lie in each other; choose another folder",
        ),
        (&["build", "site", "--out", "file"], "the output folder file is a file; choose another with --out, or move the file away"),
        (&["bundle", "site", "--out", "file"], "the output folder file is a file; choose another with --out, or move the file away"),
        (&["check", "site", "--today", "2026-02-30"], "--today 2026-02-30 is no date; write YYYY-MM-DD"),
        (&["build", "site", "--base-url", "example.org"], "--base-url example.org is not a full web address; write it with https://"),
    ];
    for (arguments, message) in cases {
        let result = rahnuma(folder.path(), arguments);
        assert_eq!(result.code, Some(2), "{arguments:?} {result:?}");
        assert_eq!(result.err.lines().last(), Some(format!("rahnuma: {message}").as_str()), "{arguments:?}");
    }
    let epoch = program(folder.path()).args(["check", "site"]).env("SOURCE_DATE_EPOCH", "soon").output().expect("runs");
    assert_eq!(ran(folder.path(), epoch), Ran::refused("SOURCE_DATE_EPOCH is no number of seconds: soon"));
    for wrong in [&["frobnicate"][..], &["build", "--fast"], &["check", "--format", "xml"], &["init"], &[]] {
        assert_eq!(rahnuma(folder.path(), wrong).code, Some(2), "{wrong:?}");
    }
    assert!(!exists(&folder, "site/public") && !exists(&folder, "site/content/public"));
}

#[test]
fn a_pipe_and_no_color_get_plain_text() {
    let folder = site();
    let plain = rahnuma(folder.path(), &["check", "site"]);
    assert!(!plain.out.contains('\u{1b}') && !plain.err.contains('\u{1b}'));
    let asked = program(folder.path()).args(["check", "site"]).env("NO_COLOR", "1").output().expect("runs");
    assert_eq!(ran(folder.path(), asked), plain);
}

#[test]
fn a_folder_without_content_is_told_how_to_begin() {
    let folder = tempfile::tempdir().expect("makes a folder");
    let message = "error[no-content]: there is no content/ folder with files here\n   help: give the folder that holds content/, or start a site with `rahnuma init DIR`\n1 error, 0 warnings, 0 notes\n";
    assert_eq!(rahnuma(folder.path(), &["build"]), Ran::new(1, "", message));
    assert_eq!(rahnuma(folder.path(), &["new", "page", "a"]), Ran::new(1, "", message));
    assert_eq!(rahnuma(folder.path(), &["translated", "ur/a"]), Ran::new(1, "", message));
    assert!(!exists(&folder, "public"));
}

#[test]
fn serve_answers_until_it_is_ended_and_names_a_port_in_use() {
    let folder = site();
    let mut command = program(folder.path());
    command.args(["serve", "site", "--host", "127.0.0.1", "--port", "0", "--drafts", "--open"]);
    // No browser is found, so none opens on the tester's screen.
    let mut child = command.env("PATH", "").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("is piped")).read_line(&mut line).expect("says its address");
    let address =
        line.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/  (Ctrl-C ends it)\n")).expect("is an address").to_owned();
    let mut answer = String::new();
    let mut stream = TcpStream::connect(&address).expect("connects");
    write!(stream, "GET /en/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("asks");
    stream.read_to_string(&mut answer).expect("answers");
    child.kill().expect("ends");
    child.wait().expect("has ended");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(exists(&folder, "site/public/en/index.html"));

    let taken = TcpListener::bind("127.0.0.1:0").expect("takes a port");
    let port = taken.local_addr().expect("has an address").port();
    let refused = rahnuma(folder.path(), &["serve", "site", "--port", &port.to_string()]);
    assert_eq!(refused.code, Some(2));
    let message = refused.err.lines().last().unwrap_or_default().to_owned();
    assert!(message.starts_with(&format!("rahnuma: port {port} of 127.0.0.1 is in use; ")), "{message}");
}

#[test]
fn serve_begins_again_when_saves_follow_each_other_and_ends_with_the_last() {
    const SAVES: usize = 60;
    let folder = site();
    let mut command = program(folder.path());
    command.args(["serve", "site", "--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("starts");
    let mut said = BufReader::new(child.stdout.take().expect("is piped"));
    let mut line = String::new();
    said.read_line(&mut line).expect("says its address");
    let address = line.strip_prefix("http://").and_then(|rest| rest.split('/').next()).expect("is an address").to_owned();
    let page = "site/content/en/about.md";
    let text = read(&folder, page);
    for save in 1..=SAVES {
        write(&folder, page, format!("{text}\nSentence {save}.\n"));
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let last = format!("Sentence {SAVES}.");
    let served = (0..500).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        let mut answer = String::new();
        let mut stream = TcpStream::connect(&address).expect("connects");
        write!(stream, "GET /en/about/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("asks");
        stream.read_to_string(&mut answer).expect("answers");
        answer.contains(&last)
    });
    child.kill().expect("ends");
    child.wait().expect("has ended");
    let mut rest = String::new();
    said.read_to_string(&mut rest).expect("has said");
    let rebuilt = rest.matches("rebuilt in ").count();
    assert!(served, "the last save is served: {rest}");
    assert!((1..SAVES / 2).contains(&rebuilt), "{rebuilt} rebuilds for {SAVES} saves");
}
