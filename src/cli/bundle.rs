//! `rahnuma bundle`: the same bytes that `build --with-downloads` offers, without the site around them.

use super::args::{Bundle, BundleFormat};
use super::build::{Folder, base_url, failed, outside_content, root};
use super::{End, Failure, terminal};
use crate::path::OutputPath;
use crate::pipeline::{self, Content, Sink, Timings};
use crate::resolve::Settings;
use crate::source::Disk;
use crate::write::Session;
use std::collections::BTreeMap;

pub(super) fn run(args: &Bundle) -> Result<End, Failure> {
    let disk = Disk::new(&root(&args.root)?);
    outside_content(&args.out, disk.root())?;
    let settings =
        Settings { today: terminal::today(args.today.as_deref())?, drafts: false, base_url: base_url(args.base_url.as_deref())? };
    let content = Content::load(&disk);
    let prepared = pipeline::prepare(&content, &settings, &mut Timings::default());
    let mut diagnostics = prepared.diagnostics;
    let Some(renderer) = prepared.renderer.filter(|_| !diagnostics.has_errors()) else {
        terminal::show(&diagnostics, &disk);
        return Ok(End::Problems);
    };
    let mut files: BTreeMap<OutputPath, Vec<u8>> = BTreeMap::new();
    if args.format != Some(BundleFormat::Zip) {
        match pipeline::pockets(&renderer) {
            Ok((_, made, notes)) => {
                files.extend(made);
                diagnostics.extend(notes);
            }
            Err(errors) => return failed(errors, diagnostics, &disk),
        }
    }
    if args.format != Some(BundleFormat::Pocket) {
        match pipeline::archive(&renderer) {
            Ok((download, bytes)) => {
                files.insert(download.output, bytes);
            }
            Err(errors) => return failed(errors, diagnostics, &disk),
        }
    }
    diagnostics.sort();
    terminal::show(&diagnostics, &disk);
    let sink = Folder { session: Session::open(&args.out)?, bar: terminal::progress(0) };
    for (path, bytes) in &files {
        let name = OutputPath::new(path.as_str().trim_start_matches("downloads/"));
        if let Err(error) = sink.put(&name, bytes) {
            return failed(vec![error], crate::diag::Diagnostics::new(), &disk);
        }
        terminal::say(&format!("{} {} {}", args.out.join(name.as_str()).display(), bytes.len(), crate::bundle::sha256(bytes)));
    }
    if args.format.is_some() {
        sink.session.keep_others();
    }
    sink.session.commit()?;
    Ok(End::Fine)
}
