//! A prepared site to a sink: pages in parallel, then the search index, then downloads. In: a renderer. Out: outputs, each handed over as soon as it
//! is made, so that a large site is never in memory whole.

use super::Timings;
use crate::bundle;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::site::Route;
use crate::path::OutputPath;
use crate::render::{Download, POCKET_LIMIT, Renderer};
use crate::search::Search;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Takes outputs: a folder, memory, an archive. Called from several threads.
pub trait Sink: Sync {
    /// Takes one output.
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), OutputError>;
    /// Told once for each finished output, for progress.
    fn done(&self) {}
}

/// Why outputs could not be made or taken.
#[derive(Debug)]
pub enum OutputError {
    /// Something in the content or theme: told as a diagnostic.
    Content(Box<Diagnostic>),
    /// The sink refused; the message names the path and the way out.
    Sink(String),
}

impl From<Box<Diagnostic>> for OutputError {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        OutputError::Content(diagnostic)
    }
}

/// What to make besides pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifacts {
    /// Pages alone, to measure what search costs beside them.
    Pages,
    /// Pages and search.
    Site,
    /// Pages, search, and downloads in `downloads/`.
    SiteWithDownloads,
}

/// A sink that keeps everything, for archives and tests.
#[derive(Default)]
pub struct Memory(Mutex<BTreeMap<OutputPath, Vec<u8>>>);

impl Memory {
    /// What was put in.
    pub fn into_files(self) -> BTreeMap<OutputPath, Vec<u8>> {
        self.0.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Sink for Memory {
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), OutputError> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(path.clone(), bytes.to_vec());
        Ok(())
    }
}

/// Makes every output of a site. All errors of all pages are found before it gives up.
pub fn write(
    renderer: &Arc<Renderer>,
    artifacts: Artifacts,
    sink: &dyn Sink,
    timings: &mut Timings,
) -> Result<Diagnostics, Vec<OutputError>> {
    match artifacts {
        Artifacts::Pages | Artifacts::Site => {
            let styles = timings.time("render and write", || pages(renderer, sink))?;
            if artifacts == Artifacts::Site {
                timings.time("search", || index(renderer, sink))?;
            }
            put_all(&host_files(renderer, &styles), sink)?;
            Ok(Diagnostics::new())
        }
        Artifacts::SiteWithDownloads => {
            let (downloads, files, notes) = timings.time("downloads", || downloads(renderer))?;
            let offering = Arc::new(renderer.offering(downloads));
            let mut styles = timings.time("render and write", || pages(&offering, sink))?;
            timings.time("search", || index(renderer, sink))?;
            files.iter().for_each(|(path, bytes)| styles.add(path, bytes));
            put_all(&files, sink)?;
            put_all(&host_files(renderer, &styles), sink)?;
            Ok(notes)
        }
    }
}

/// Every page and asset; and the styles that pages use, for the host files.
fn pages(renderer: &Renderer, sink: &dyn Sink) -> Result<bundle::Styles, Vec<OutputError>> {
    let list: Vec<(&OutputPath, &Route)> = renderer.addresses().iter().collect();
    let made = |(path, route): &(&OutputPath, &Route)| -> Result<bundle::Styles, OutputError> {
        let made = renderer.output(path, route).map_err(OutputError::from).and_then(|bytes| {
            let mut styles = bundle::Styles::default();
            styles.add(path, &bytes);
            sink.put(path, &bytes).map(|()| styles)
        });
        sink.done();
        made
    };
    let (styles, errors) = list
        .par_iter()
        .fold(
            || (bundle::Styles::default(), Vec::new()),
            |(styles, mut errors), item| match made(item) {
                Ok(own) => (styles.and(own), errors),
                Err(error) => {
                    errors.push(error);
                    (styles, errors)
                }
            },
        )
        .reduce(
            || (bundle::Styles::default(), Vec::new()),
            |(styles, mut errors), (others, more)| {
                errors.extend(more);
                (styles.and(others), errors)
            },
        );
    if errors.is_empty() { Ok(styles) } else { Err(errors) }
}

fn put_all(files: &BTreeMap<OutputPath, Vec<u8>>, sink: &dyn Sink) -> Result<(), Vec<OutputError>> {
    files.iter().try_for_each(|(path, bytes)| sink.put(path, bytes)).map_err(|e| vec![e])
}

fn host_files(renderer: &Renderer, styles: &bundle::Styles) -> BTreeMap<OutputPath, Vec<u8>> {
    styles.files(renderer.site().base_url.as_deref(), &crate::render::policy)
}

/// The search index, which is also given back.
pub fn index(renderer: &Renderer, sink: &dyn Sink) -> Result<Search, Vec<OutputError>> {
    let site = renderer.site();
    let search = Search::new(site);
    let put = |path: &OutputPath| sink.put(path, &search.file(site, path).unwrap_or_default()).err();
    let errors: Vec<OutputError> = search.paths().par_iter().filter_map(put).collect();
    if errors.is_empty() { Ok(search) } else { Err(errors) }
}

type Made = (Vec<Download>, BTreeMap<OutputPath, Vec<u8>>, Diagnostics);

/// The downloads: a pocket file for each language, then a zip of the site without downloads.
fn downloads(renderer: &Arc<Renderer>) -> Result<Made, Vec<OutputError>> {
    let (mut list, mut files, notes) = pockets(renderer)?;
    let (zip, bytes) = archive(renderer)?;
    list.push(zip);
    files.insert(list[list.len() - 1].output.clone(), bytes);
    Ok((list, files, notes))
}

/// A pocket file for each language.
pub fn pockets(renderer: &Arc<Renderer>) -> Result<Made, Vec<OutputError>> {
    let (mut list, mut files, mut notes) = (Vec::new(), BTreeMap::new(), Diagnostics::new());
    for (language, settings) in renderer.site().config.languages.iter().enumerate() {
        let pocket = renderer.pocket(language).map_err(|d| vec![OutputError::Content(d)])?;
        let output = OutputPath::new(format!("downloads/guide-{}.html", settings.code));
        if pocket.bytes.len() > POCKET_LIMIT {
            let message = format!(
                "{output} has {} KB; procedures and laws alone are more than {} KB",
                pocket.bytes.len() / 1000,
                POCKET_LIMIT / 1000
            );
            notes.push(
                Diagnostic::warning("pocket-too-large", message).help("shorten the longest procedures, or move background to guidance"),
            );
        } else if !pocket.left_out.is_empty() {
            let message = format!("{output} has no room for: {}", pocket.left_out.join(", "));
            notes.push(Diagnostic::note("pocket-left-out", message).help("they are in the zip and on the site"));
        }
        list.push(Download {
            kind: "pocket",
            language: Some(language),
            output: output.clone(),
            size: pocket.bytes.len() as u64,
            sha256: bundle::sha256(&pocket.bytes),
            date: pocket.date,
        });
        files.insert(output, pocket.bytes);
    }
    Ok((list, files, notes))
}

/// The whole site as a zip.
pub fn archive(renderer: &Arc<Renderer>) -> Result<(Download, Vec<u8>), Vec<OutputError>> {
    let memory = Memory::default();
    pages(renderer, &memory)?;
    index(renderer, &memory)?;
    let start = renderer.start_here().map_err(|d| vec![OutputError::Content(d)])?;
    memory.put(&OutputPath::new("START-HERE.html"), &start).map_err(|e| vec![e])?;
    let bytes =
        bundle::zip(&memory.into_files()).map_err(|e| vec![OutputError::Content(Box::new(Diagnostic::error("zip", e.to_string())))])?;
    let output = OutputPath::new("downloads/guide.zip");
    let download = Download {
        kind: "zip",
        language: None,
        output,
        size: bytes.len() as u64,
        sha256: bundle::sha256(&bytes),
        date: renderer.content_date(),
    };
    Ok((download, bytes))
}
