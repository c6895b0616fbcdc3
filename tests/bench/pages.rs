//! A build without search, for the benchmark: the same stages into the same folder, the index left out. `pages ROOT OUT YYYY-MM-DD`.

use mimalloc::MiMalloc;
use rahnuma::model::Date;
use rahnuma::path::OutputPath;
use rahnuma::pipeline::{self, Artifacts, Content, OutputError, Sink, Timings};
use rahnuma::resolve::Settings;
use rahnuma::source::Disk;
use rahnuma::write::Session;
use std::error::Error;
use std::path::Path;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

struct Folder(Session);

impl Sink for Folder {
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), OutputError> {
        self.0.put(path, bytes).map_err(|error| OutputError::Sink(error.to_string()))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let [_, root, out, today] =
        <[String; 4]>::try_from(std::env::args().collect::<Vec<_>>()).map_err(|_| "usage: pages ROOT OUT YYYY-MM-DD")?;
    let today = Date::parse(&today).ok_or("the day is no date")?;
    let content = Content::load(&Disk::new(&Path::new(&root).canonicalize()?));
    let mut timings = Timings::default();
    let prepared = pipeline::prepare(&content, &Settings { today, drafts: false, base_url: None }, &mut timings);
    let renderer = prepared.renderer.filter(|_| !prepared.diagnostics.has_errors()).ok_or("the content has errors")?;
    let sink = Folder(Session::open(Path::new(&out))?);
    pipeline::write(&renderer, Artifacts::Pages, &sink, &mut timings).map_err(|errors| format!("{errors:?}"))?;
    sink.0.commit()?;
    std::mem::forget((content, renderer));
    Ok(())
}
