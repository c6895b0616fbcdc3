//! `rahnuma serve`: builds `public/` once, then renders what is asked for from memory, and again whenever a file changes.

use super::args::Serve;
use super::build::{Folder, root};
use super::{End, Failure, terminal};
use crate::diag::format::Style;
use crate::diag::{Diagnostics, Severity};
use crate::path::{OutputPath, SourcePath};
use crate::pipeline::{self, Artifacts, Content, Prepared, Timings};
use crate::render::Renderer;
use crate::resolve::Settings;
use crate::search::Search;
use crate::serve::{Live, Served, Server};
use crate::source::Disk;
use crate::text::html::push_text;
use crate::watch::{Batch, Watcher};
use crate::write::Session;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// The site as it is now. The search index is made when first asked for, so that a save is not slowed by it.
#[derive(Default)]
struct State {
    renderer: Option<Arc<Renderer>>,
    search: Arc<OnceLock<Search>>,
    problems: String,
}

#[derive(Default)]
struct Site(Mutex<State>);

impl Site {
    fn state<T>(&self, read: impl FnOnce(&mut State) -> T) -> T {
        read(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Live for Site {
    fn get(&self, path: &str) -> Option<Served> {
        let (renderer, search) = self.state(|s| (s.renderer.clone(), Arc::clone(&s.search)));
        let renderer = renderer?;
        let output = OutputPath::new(path);
        let media_type = media_type(path);
        if let Some(route) = renderer.addresses().get(&output) {
            return Some(match renderer.output(&output, route) {
                Ok(bytes) => Served { bytes, media_type },
                Err(diagnostic) => {
                    let mut list = Diagnostics::new();
                    list.push(*diagnostic);
                    Served { bytes: broken(&list), media_type: "text/html" }
                }
            });
        }
        if !path.starts_with("search/") {
            return None;
        }
        let search = search.get_or_init(|| Search::new(renderer.site()));
        search.file(renderer.site(), &output).map(|bytes| Served { bytes, media_type })
    }

    fn not_found(&self, _: &str) -> Vec<u8> {
        let page = self.get("404.html").map(|s| s.bytes);
        page.unwrap_or_else(|| broken(&Diagnostics::new()))
    }

    fn problems(&self) -> String {
        self.state(|s| s.problems.clone())
    }
}

/// A page that says what stops the site from being shown; the panel of problems lists it all.
fn broken(diagnostics: &Diagnostics) -> Vec<u8> {
    let mut text = String::new();
    push_text(&mut text, &crate::diag::format::human(diagnostics, Style::Plain, &|_| None));
    format!("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>rahnuma</title></head><body><h1>This page cannot be shown</h1><pre>{text}</pre></body></html>\n").into_bytes()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html",
        "js" => "text/javascript",
        "css" => "text/css",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "ics" => "text/calendar",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

pub(super) fn run(args: &Serve) -> Result<End, Failure> {
    let disk = Disk::new(&root(&args.root)?);
    let settings = Settings { today: terminal::today(None)?, drafts: args.drafts, base_url: None };
    let out = disk.root().join("public");
    let watcher = Arc::new(Watcher::start(&[disk.root().join("content"), disk.root().join("themes")], std::slice::from_ref(&out), false)?);
    let site = Arc::new(Site::default());
    let mut content = Content::load(&disk);
    let prepared = pipeline::prepare(&content, &settings, &mut Timings::default());
    build_once(&prepared, &disk, &out);
    terminal::show(&prepared.diagnostics, &disk);
    install(&site, prepared);
    let server = Server::start(Arc::clone(&site) as Arc<dyn Live>, &args.host, args.port)?;
    let waker = watcher.waker();
    server.on_interrupt(move || waker.wake());
    if let Some(notice) = watcher.notice() {
        terminal::remark(&notice);
    }
    let address = format!("http://{}/", server.address());
    terminal::say(&format!("{address}  (Ctrl-C ends it)"));
    if args.open {
        open(&address);
    }
    let mut pending: Option<Batch> = None;
    // Whether the content is newer than what is served: a save that changes nothing may follow one that was read and not served yet.
    let mut newer = false;
    while let Some(batch) = pending.take().or_else(|| watcher.next(None)) {
        let start = Instant::now();
        let (changed, beyond) = paths(&disk, &batch);
        let work = std::panic::AssertUnwindSafe(|| {
            if beyond {
                content = Content::load(&disk);
                true
            } else {
                content.reload(&disk, &changed)
            }
        });
        match std::panic::catch_unwind(work) {
            Ok(changed) => newer |= changed,
            Err(_) => {
                terminal::remark(
                    "a defect in rahnuma stopped this rebuild; the last good one is still served. Save again after the next change",
                );
                continue;
            }
        }
        if !newer {
            continue;
        }
        // Another save in the meantime makes this one's result old before anybody sees it.
        pending = watcher.next(Some(Duration::ZERO));
        if pending.is_some() {
            continue;
        }
        let prepared =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| pipeline::prepare(&content, &settings, &mut Timings::default())));
        let Ok(prepared) = prepared else {
            terminal::remark("a defect in rahnuma stopped this rebuild; the last good one is still served");
            continue;
        };
        terminal::show(&prepared.diagnostics, &disk);
        let former = install(&site, prepared);
        newer = false;
        server.reload();
        terminal::say(&format!("rebuilt in {:.0} ms", start.elapsed().as_secs_f64() * 1000.0));
        // Freeing a large site takes a while; by now nobody waits.
        drop(former);
    }
    server.stop();
    Ok(End::Fine)
}

/// The site's own names of changed paths, and whether anything but pages changed.
fn paths(disk: &Disk, batch: &Batch) -> (Vec<SourcePath>, bool) {
    let named: Vec<Option<SourcePath>> = batch.paths.iter().map(|p| disk.source_path(p)).collect();
    let beyond = named.iter().any(Option::is_none) || batch.paths.iter().any(|p| p.is_dir());
    (named.into_iter().flatten().collect(), beyond)
}

/// Writes `public/`, unless the content has errors; serving goes on all the same.
fn build_once(prepared: &Prepared, disk: &Disk, out: &Path) {
    let Some(renderer) = prepared.renderer.as_ref().filter(|_| !prepared.diagnostics.has_errors()) else { return };
    let written = Session::open(out).map_err(|e| e.to_string()).and_then(|session| {
        let sink = Folder { session, bar: terminal::progress(renderer.addresses().len()) };
        match pipeline::write(renderer, Artifacts::Site, &sink, &mut Timings::default()) {
            Ok(_) => sink.session.commit().map(|_| ()).map_err(|e| e.to_string()),
            Err(errors) => {
                let _ = super::build::failed(errors, Diagnostics::new(), disk);
                Ok(())
            }
        }
    });
    if let Err(message) = written {
        terminal::remark(&format!("{} was not written: {message}", out.display()));
    }
}

/// Puts a new state in place of the old, which is given back. Without a renderer the old one goes on, so that a broken file does not take the
/// site away.
fn install(site: &Site, prepared: Prepared) -> State {
    let problems = panel(&prepared.diagnostics);
    site.state(|state| {
        let mut former = State::default();
        if let Some(renderer) = prepared.renderer {
            former = std::mem::replace(state, State { renderer: Some(renderer), ..State::default() });
        }
        state.problems = problems;
        former
    })
}

/// Errors and warnings as a list; notes are for the terminal.
fn panel(diagnostics: &Diagnostics) -> String {
    let mut out = String::new();
    for d in diagnostics.iter().filter(|d| d.severity != Severity::Note) {
        let place = match (&d.file, d.region) {
            (Some(file), Some(region)) => format!("{file}:{}:{}", region.line, region.column),
            (Some(file), None) => file.to_string(),
            _ => String::new(),
        };
        out.push_str(&format!("<li class=\"{}\"><b>{}</b> <code dir=\"ltr\">", d.severity.as_str(), d.severity.as_str()));
        push_text(&mut out, &place);
        out.push_str("</code> <span>");
        push_text(&mut out, &d.message);
        out.push_str("</span>");
        if let Some(help) = &d.help {
            out.push_str(" <em>");
            push_text(&mut out, help);
            out.push_str("</em>");
        }
        out.push_str("</li>");
    }
    if out.is_empty() { out } else { format!("<ul>{out}</ul>") }
}

#[expect(clippy::disallowed_methods, reason = "the browser is another program")]
fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    if std::process::Command::new(program).args(arguments).arg(address).spawn().is_err() {
        terminal::remark("no browser could be started; open the address yourself");
    }
}
