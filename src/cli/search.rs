//! `rahnuma search`: the search of a site without a browser, from its source or from a built folder. In: a query, or queries on standard input.
//! Out: pages for people, or JSON for programs.

use super::args::Search as Arguments;
use super::build::root;
use super::{End, Failure, terminal};
use crate::path::OutputPath;
use crate::pipeline::{self, Content, Timings};
use crate::resolve::Settings;
use crate::search::{Answer, Engine, FOLDER, Options, Search};
use crate::source::Disk;
use std::io::BufRead;
use std::path::Path;

pub(super) fn run(args: &Arguments) -> Result<End, Failure> {
    match &args.site {
        Some(site) => built(site, args),
        None => source(args),
    }
}

/// The files of a built site as they are.
#[expect(clippy::disallowed_methods, reason = "a built site is read here alone")]
fn built(site: &Path, args: &Arguments) -> Result<End, Failure> {
    let folder = site.join(FOLDER);
    if !folder.is_dir() {
        return Err(Failure(format!("{} holds no search; give the folder that `rahnuma build` wrote", site.display())));
    }
    answers(&|name| std::fs::read_to_string(folder.join(name)).ok(), args)
}

/// The index of a source folder, made in memory.
fn source(args: &Arguments) -> Result<End, Failure> {
    let disk = Disk::new(&root(&args.root)?);
    let settings = Settings { today: terminal::today(None)?, drafts: false, base_url: None };
    let prepared = pipeline::prepare(&Content::load(&disk), &settings, &mut Timings::default());
    let Some(renderer) = prepared.renderer else {
        terminal::show(&prepared.diagnostics, &disk);
        return Ok(End::Problems);
    };
    let site = renderer.site();
    let search = Search::new(site);
    let read = |name: &str| search.file(site, &OutputPath::new(format!("{FOLDER}/{name}"))).and_then(|bytes| String::from_utf8(bytes).ok());
    answers(&read, args)
}

fn answers(read: &dyn Fn(&str) -> Option<String>, args: &Arguments) -> Result<End, Failure> {
    let engine = Engine::open(read).map_err(Failure)?;
    let options = Options { lang: args.lang.clone(), limit: Some(args.limit), ..Options::default() };
    if args.query != "-" {
        let answer = engine.search(&args.query, &options).map_err(Failure)?;
        print(&args.query, &answer, args.json)?;
        return Ok(End::Fine);
    }
    for query in std::io::stdin().lock().lines() {
        let query = query?;
        print(&query, &engine.search(&query, &options).map_err(Failure)?, args.json)?;
    }
    Ok(End::Fine)
}

fn print(query: &str, answer: &Answer, json: bool) -> Result<(), Failure> {
    if json {
        let mut value = serde_json::to_value(answer)?;
        value["query"] = query.into();
        terminal::say(&value.to_string());
        return Ok(());
    }
    for (n, hit) in answer.results.iter().enumerate() {
        let place = hit.section.as_ref().map_or_else(String::new, |s| format!("#{}", s.id));
        terminal::say(&format!("{:>3}. {}\n     {}{place}  ({}, {})", n + 1, hit.title, hit.url, hit.lang, hit.why.as_str()));
        if !hit.excerpt.is_empty() {
            terminal::say(&format!("     {}", hit.excerpt));
        }
    }
    for other in &answer.also {
        terminal::say(&format!("also searched for {} ({})", other.to, other.kind.as_str()));
    }
    terminal::say(&format!("{} of {} pages", answer.results.len(), answer.total));
    Ok(())
}
