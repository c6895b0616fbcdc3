//! `rahnuma check`: everything a build finds, rendering included, and nothing written.

use super::args::{Check, Format};
use super::build::root;
use super::{End, Failure, terminal};
use crate::diag::format;
use crate::path::OutputPath;
use crate::pipeline::{self, Artifacts, Content, OutputError, Sink, Timings};
use crate::resolve::Settings;
use crate::source::Disk;

/// Takes outputs and forgets them: only whether they can be made matters here.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: &OutputPath, _: &[u8]) -> Result<(), OutputError> {
        Ok(())
    }
}

pub(super) fn run(args: &Check) -> Result<End, Failure> {
    let disk = Disk::new(&root(&args.root)?);
    let settings = Settings { today: terminal::today(args.today.as_deref())?, drafts: false, base_url: None };
    let mut timings = Timings::default();
    let content = Content::load(&disk);
    let prepared = pipeline::prepare(&content, &settings, &mut timings);
    let mut diagnostics = prepared.diagnostics;
    if let Some(renderer) = prepared.renderer.filter(|_| !diagnostics.has_errors()) {
        match pipeline::write(&renderer, Artifacts::Site, &Nowhere, &mut timings) {
            Ok(found) => diagnostics.extend(found),
            Err(errors) => diagnostics.extend(errors.into_iter().filter_map(|e| match e {
                OutputError::Content(diagnostic) => Some(*diagnostic),
                OutputError::Sink(_) => None,
            })),
        }
    }
    if args.strict {
        diagnostics.make_strict();
    }
    diagnostics.sort();
    match args.format {
        Format::Human => terminal::emit(&terminal::human(&diagnostics, &disk, terminal::style())),
        Format::Json => terminal::say(&format::json(&diagnostics)),
        Format::Github => terminal::emit(&format::github(&diagnostics)),
    }
    Ok(if diagnostics.has_errors() { End::Problems } else { End::Fine })
}
