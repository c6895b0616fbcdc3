//! `rahnuma serve`: builds `public/` once, then renders what is asked for from memory, and again whenever a file changes.

use super::args::Serve;
use super::build::{Folder, root};
use super::live::Site;
use super::{End, Failure, terminal};
use crate::diag::{Diagnostics, Severity};
use crate::path::SourcePath;
use crate::pipeline::{self, Artifacts, Content, Prepared, Timings};
use crate::resolve::Settings;
use crate::search::Search;
use crate::serve::{Live, Server};
use crate::source::Disk;
use crate::text::html::push_text;
use crate::watch::{Batch, Watcher};
use crate::write::Session;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long nothing must have been saved before search is made anew.
const IDLE: Duration = Duration::from_secs(5);

pub(super) fn run(args: &Serve) -> Result<End, Failure> {
    let disk = Disk::new(&root(&args.root)?);
    let settings = Settings { today: terminal::today(None)?, drafts: args.drafts, base_url: None };
    let out = disk.root().join("public");
    let watcher = Arc::new(Watcher::start(&[disk.root().join("content"), disk.root().join("themes")], std::slice::from_ref(&out), false)?);
    let site = Arc::new(Site::default());
    let mut content = Content::load(&disk);
    let prepared = pipeline::prepare(&content, &settings, &mut Timings::default());
    let search = build_once(&prepared, &disk, &out);
    terminal::show(&prepared.diagnostics, &disk);
    site.install(prepared.renderer, search, panel(&prepared.diagnostics));
    let server = Server::start(Arc::clone(&site) as Arc<dyn Live>, &args.host, args.port)?;
    let ended = Arc::new(AtomicBool::new(false));
    let (waker, end) = (watcher.waker(), Arc::clone(&ended));
    server.on_interrupt(move || {
        end.store(true, Ordering::Relaxed);
        waker.wake();
    });
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
    while !ended.load(Ordering::Relaxed) {
        let Some(batch) = pending.take().or_else(|| watcher.next(site.lags().then_some(IDLE))) else {
            site.renew();
            continue;
        };
        site.saved();
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
        let former = site.install(prepared.renderer, None, panel(&prepared.diagnostics));
        newer = false;
        server.reload();
        terminal::say(&format!("rebuilt in {:.0} ms", start.elapsed().as_secs_f64() * 1000.0));
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| site.revise())).is_err() {
            terminal::remark("a defect in rahnuma kept search from following this save at once; it is made anew");
        }
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

/// Writes `public/`, unless the content has errors; serving goes on all the same. Gives the search that was made on the way.
fn build_once(prepared: &Prepared, disk: &Disk, out: &Path) -> Option<Search> {
    let renderer = prepared.renderer.as_ref().filter(|_| !prepared.diagnostics.has_errors())?;
    let written = Session::open(out).map_err(|e| e.to_string()).and_then(|session| {
        let sink = Folder { session, bar: terminal::progress(renderer.addresses().len()) };
        let pages = pipeline::write(renderer, Artifacts::Pages, &sink, &mut Timings::default());
        match pages.and_then(|_| pipeline::index(renderer, &sink)) {
            Ok(search) => sink.session.commit().map(|_| Some(search)).map_err(|e| e.to_string()),
            Err(errors) => {
                let _ = super::build::failed(errors, Diagnostics::new(), disk);
                Ok(None)
            }
        }
    });
    written.unwrap_or_else(|message| {
        terminal::remark(&format!("{} was not written: {message}", out.display()));
        None
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
