//! Whole sites as text: each file of `tests/scenarios` holds inputs and what a build makes of them. `BLESS=1 cargo test --test scenarios`
//! writes what was found into the files; read the difference before committing it.
//!
//! A file begins with words for the reader. Then blocks, each under a line `=== …`:
//!
//! - `=== PATH`: an input. `<U+200F>` in it stands for that character, `<0xFF>` for that byte. The files of `support::BASE` are there already.
//! - `=== without PATH`: a file of the base that this site does not have.
//! - `=== option today 2026-01-01`, `option base_url https://…`, `option drafts`, `option history PATH 2026-01-01`.
//! - `=== expect diagnostics`: errors and warnings, exactly; `expect notes`: the notes too. Without either, there are no errors and warnings.
//! - `=== expect output PATH`: the whole file; JSON is set out in lines.
//! - `=== expect main PATH`: the page from `<main` to `</main>`, the body's place in the plain theme.
//! - `=== expect head PATH`: the page before `<main`, without what is on every page.
//! - `=== expect outputs PREFIX`: the paths of the outputs that begin so.
//! - `=== expect nowhere`: lines that no output holds.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's own files")]

mod support;

use rahnuma::model::Date;
use rahnuma::resolve::Settings;
use support::{Built, Site};

/// A block of a scenario file.
struct Block<'a> {
    title: &'a str,
    body: &'a str,
}

#[test]
fn every_scenario_gives_what_its_file_says() {
    let bless = std::env::var_os("BLESS").is_some();
    let folder = support::folder().join("scenarios");
    let mut wrong = Vec::new();
    for (name, bytes) in support::files_below(&folder) {
        let text = String::from_utf8(bytes).expect("scenarios are UTF-8");
        let (intro, blocks) = split(&text);
        let built = build(&blocks).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        let mut blessed = intro.to_owned();
        let mut told = false;
        for block in &blocks {
            told |= matches!(block.title, "expect diagnostics" | "expect notes");
            let body = match block.title.strip_prefix("expect ") {
                None => block.body.to_owned(),
                Some("nowhere") => {
                    wrong.extend(present(&built, block.body).map(|found| format!("{name}: {found}")));
                    block.body.to_owned()
                }
                Some(what) => {
                    let found = found(&built, what).unwrap_or_else(|problem| format!("({problem})\n"));
                    if found.trim_end() != block.body.trim_end() && !bless {
                        wrong.push(format!(
                            "{name}: {}\n--- expected\n{}\n--- found\n{}",
                            block.title,
                            block.body.trim_end(),
                            found.trim_end()
                        ));
                    }
                    if found.trim().is_empty() { "\n".to_owned() } else { format!("{}\n\n", found.trim_end()) }
                }
            };
            blessed.push_str(&format!("=== {}\n{body}", block.title));
        }
        if !told && !built.findings().is_empty() {
            wrong.push(format!("{name}: no diagnostics were expected\n{}", built.findings()));
        }
        if bless {
            std::fs::write(folder.join(&name), format!("{}\n", blessed.trim_end())).expect("the scenario can be written");
        }
    }
    assert!(wrong.is_empty(), "{}\n\n{} expectations failed; BLESS=1 writes what was found", wrong.join("\n\n"), wrong.len());
}

/// The words before the first block, and the blocks.
fn split(text: &str) -> (&str, Vec<Block<'_>>) {
    let starts: Vec<usize> = if text.starts_with("=== ") { vec![0] } else { Vec::new() }
        .into_iter()
        .chain(text.match_indices("\n=== ").map(|(at, _)| at + 1))
        .collect();
    let intro = &text[..starts.first().copied().unwrap_or(text.len())];
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let block = |(start, end): (&usize, usize)| {
        let (title, body) = text[start + 4..end].split_once('\n').unwrap_or((&text[start + 4..end], ""));
        Block { title: title.trim(), body }
    };
    (intro, starts.iter().zip(ends).map(block).collect())
}

fn build(blocks: &[Block<'_>]) -> Result<Built, String> {
    let mut site = Site::new();
    let mut settings = support::settings();
    for block in blocks {
        let words: Vec<&str> = block.title.split_whitespace().collect();
        match words.as_slice() {
            ["expect", ..] => {}
            ["without", path] => site = site.without(path),
            ["option", rest @ ..] => option(rest, &mut settings, &mut site)?,
            _ => site = site.with(block.title, unescaped(block.body)?),
        }
    }
    Ok(site.build(&settings))
}

fn option(words: &[&str], settings: &mut Settings, site: &mut Site) -> Result<(), String> {
    let date = |text: &str| Date::parse(text).ok_or_else(|| format!("`{text}` is no date"));
    match words {
        ["today", day] => settings.today = date(day)?,
        ["base_url", url] => settings.base_url = Some((*url).to_owned()),
        ["drafts"] => settings.drafts = true,
        ["history", path, day] => {
            site.history.insert((*path).to_owned(), date(day)?);
        }
        _ => return Err(format!("unknown option {words:?}")),
    }
    Ok(())
}

/// An input's bytes: one line break at the end, `<U+200F>` and `<0xFF>` put in.
fn unescaped(body: &str) -> Result<Vec<u8>, String> {
    let mut text = body.trim_end_matches('\n');
    let mut out = Vec::new();
    while let Some(at) = text.find("<U+").or_else(|| text.find("<0x")) {
        out.extend_from_slice(&text.as_bytes()[..at]);
        let (code, after) = text[at + 3..].split_once('>').ok_or("an escape has no `>`")?;
        let number = u32::from_str_radix(code, 16).map_err(|e| format!("{code}: {e}"))?;
        if text[at..].starts_with("<U+") {
            let c = char::from_u32(number).ok_or("no such character")?;
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            out.push(u8::try_from(number).map_err(|e| e.to_string())?);
        }
        text = after;
    }
    out.extend_from_slice(text.as_bytes());
    out.push(b'\n');
    Ok(out)
}

/// What the build gave for an expectation.
fn found(built: &Built, what: &str) -> Result<String, String> {
    let text = |path: &str| {
        let bytes = built.outputs.get(path).ok_or_else(|| format!("there is no output {path}"))?;
        String::from_utf8(bytes.clone()).map_err(|_| format!("{path} is not text"))
    };
    let words: Vec<&str> = what.split_whitespace().collect();
    match words.as_slice() {
        ["diagnostics"] => Ok(built.findings()),
        ["notes"] => Ok(support::listed(built.diagnostics.iter())),
        ["output", path] if path.ends_with(".json") => {
            let value: serde_json::Value = serde_json::from_str(&text(path)?).map_err(|e| e.to_string())?;
            serde_json::to_string_pretty(&value).map_err(|e| e.to_string())
        }
        ["output", path] => Ok(text(path)?.replace('\r', "")),
        ["main", path] => {
            let text = text(path)?;
            let (_, rest) = text.split_once("<main").ok_or("the page has no <main>")?;
            let (main, _) = rest.split_once("</main>").ok_or("the page has no </main>")?;
            Ok(format!("<main{main}"))
        }
        ["head", path] => {
            let text = text(path)?;
            let (head, _) = text.split_once("<main").ok_or("the page has no <main>")?;
            let same = [
                "<!doctype",
                "<head",
                "</head",
                "<meta charset",
                "<meta http-equiv",
                "<style",
                "<script src",
                "<body",
                "<nav",
                "</nav",
                "<header",
                "</header",
            ];
            Ok(head.lines().filter(|l| !l.trim().is_empty() && !same.iter().any(|s| l.starts_with(s))).map(|l| format!("{l}\n")).collect())
        }
        ["outputs", rest @ ..] => {
            let prefix = rest.first().copied().unwrap_or_default();
            Ok(built
                .outputs
                .keys()
                .filter(|p| p.starts_with(prefix) && !p.starts_with("assets/plain."))
                .map(|p| format!("{p}\n"))
                .collect())
        }
        _ => Err(format!("unknown expectation `{what}`")),
    }
}

/// Lines that some output holds although none may.
fn present<'a>(built: &'a Built, lines: &'a str) -> impl Iterator<Item = String> + 'a {
    lines.lines().filter(|l| !l.is_empty()).flat_map(move |line| {
        let holds = move |(path, bytes): &(&String, &Vec<u8>)| path.contains(line) || String::from_utf8_lossy(bytes).contains(line);
        built.outputs.iter().filter(holds).map(move |(path, _)| format!("`{line}` is in {path}"))
    })
}
