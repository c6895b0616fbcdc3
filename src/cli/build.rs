//! `rahnuma build`.

use super::args::Build;
use super::{End, Failure, terminal};
use crate::diag::Diagnostics;
use crate::parse::config::is_base_url;
use crate::path::OutputPath;
use crate::pipeline::{self, Artifacts, Content, OutputError, Sink, Timings};
use crate::resolve::Settings;
use crate::source::Disk;
use crate::write::Session;
use indicatif::ProgressBar;
use std::path::{Path, PathBuf};
use std::time::Instant;

pub(super) fn run(args: &Build) -> Result<End, Failure> {
    let disk = Disk::new(&root(&args.root)?);
    let out = args.out.clone().unwrap_or_else(|| disk.root().join("public"));
    outside_content(&out, disk.root())?;
    let settings =
        Settings { today: terminal::today(args.today.as_deref())?, drafts: args.drafts, base_url: base_url(args.base_url.as_deref())? };
    let start = Instant::now();
    let mut timings = Timings::default();
    let content = timings.time("read and parse", || Content::load(&disk));
    let mut prepared = pipeline::prepare(&content, &settings, &mut timings);
    if args.strict {
        prepared.diagnostics.make_strict();
    }
    let renderer = match prepared.renderer {
        Some(renderer) if !prepared.diagnostics.has_errors() => renderer,
        _ => {
            terminal::show(&prepared.diagnostics, &disk);
            return Ok(End::Problems);
        }
    };
    let artifacts = if args.with_downloads { Artifacts::SiteWithDownloads } else { Artifacts::Site };
    let sink = Folder { session: Session::open(&out)?, bar: terminal::progress(renderer.addresses().len()) };
    let mut diagnostics = prepared.diagnostics;
    match pipeline::write(&renderer, artifacts, &sink, &mut timings) {
        Ok(mut found) => {
            if args.strict {
                found.make_strict();
            }
            diagnostics.extend(found);
        }
        Err(errors) => return failed(errors, diagnostics, &disk),
    }
    sink.bar.finish_and_clear();
    diagnostics.sort();
    terminal::show(&diagnostics, &disk);
    if diagnostics.has_errors() {
        return Ok(End::Problems);
    }
    let report = timings.time("put into place", || sink.session.commit())?;
    for message in &report.refused {
        terminal::remark(message);
    }
    terminal::say(&format!("{}: {} written, {} unchanged, {} removed", out.display(), report.written, report.unchanged, report.removed));
    if args.timings {
        terminal::timings(&timings, start.elapsed());
    }
    // The process ends now and hands its memory back at once; piece by piece that would take a while.
    std::mem::forget((content, renderer));
    Ok(End::Fine)
}

/// Errors while rendering are the content's or theme's; errors of the disk are not.
pub(super) fn failed(errors: Vec<OutputError>, mut diagnostics: Diagnostics, disk: &Disk) -> Result<End, Failure> {
    let mut refused = None;
    for error in errors {
        match error {
            OutputError::Content(diagnostic) => diagnostics.push(*diagnostic),
            OutputError::Sink(message) => refused = refused.or(Some(message)),
        }
    }
    diagnostics.sort();
    terminal::show(&diagnostics, disk);
    match refused {
        Some(message) => Err(Failure(message)),
        None => Ok(End::Problems),
    }
}

/// The root as an absolute folder, so that changed paths can be compared with it.
pub(super) fn root(path: &Path) -> Result<PathBuf, Failure> {
    match path.canonicalize() {
        Ok(root) if root.is_dir() => Ok(root),
        Ok(_) => Err(Failure(format!("{} is a file; give the folder that holds content/", path.display()))),
        Err(_) => Err(Failure(format!("there is no folder {}; give the folder that holds content/", path.display()))),
    }
}

/// A full address without a query or fragment.
pub(super) fn base_url(asked: Option<&str>) -> Result<Option<String>, Failure> {
    match asked {
        Some(url) if !is_base_url(url) => Err(Failure(format!("--base-url {url} is not a full web address; write it with https://"))),
        other => Ok(other.map(str::to_owned)),
    }
}

/// Output inside the content would be read as content by the next build, and content below the output could be taken for a stray.
pub(super) fn outside_content(out: &Path, root: &Path) -> Result<(), Failure> {
    let absolute = std::path::absolute(out)?;
    let real = absolute.ancestors().find_map(|a| Some(a.canonicalize().ok()?.join(absolute.strip_prefix(a).ok()?))).unwrap_or(absolute);
    for name in ["content", "themes"] {
        let folder = root.join(name);
        if real.starts_with(&folder) || folder.starts_with(&real) {
            return Err(Failure(format!("--out {} and {} lie in each other; choose another folder", out.display(), folder.display())));
        }
    }
    Ok(())
}

/// A folder as a sink, with progress.
pub(super) struct Folder {
    pub(super) session: Session,
    pub(super) bar: ProgressBar,
}

impl Sink for Folder {
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), OutputError> {
        self.session.put(path, bytes).map_err(|error| OutputError::Sink(error.to_string()))
    }

    fn done(&self) {
        self.bar.inc(1);
    }
}
