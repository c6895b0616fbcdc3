//! The stages in order. In: a tree to read from, what the build is asked for. Out: a renderer and diagnostics, then outputs one by one into a
//! sink. Only what changed is parsed again; everything after parsing is computed anew, so nothing can be stale.

mod load;
mod outputs;

pub use crate::parse::privacy::veiled;
pub use load::{Content, Tree};
pub use outputs::{Artifacts, Memory, OutputError, Sink, archive, index, pockets, write};

use crate::diag::Diagnostics;
use crate::model::site::Site;
use crate::render::Renderer;
use crate::resolve::{self, Settings};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long each stage took.
#[derive(Clone, Debug, Default)]
pub struct Timings(Vec<(&'static str, Duration)>);

impl Timings {
    /// Runs a stage and notes its time.
    pub fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.0.push((stage, start.elapsed()));
        result
    }

    /// Stages in the order they ran.
    pub fn stages(&self) -> &[(&'static str, Duration)] {
        &self.0
    }
}

/// What resolving and preparing gives: a renderer where the settings and theme could be read at all, and everything that was found.
pub struct Prepared {
    /// `None` when there is nothing to render: no settings, no theme.
    pub renderer: Option<Arc<Renderer>>,
    /// All findings of all stages, sorted.
    pub diagnostics: Diagnostics,
}

/// Resolves content that has been read and parsed, and prepares its theme.
pub fn prepare(content: &Content, settings: &Settings, timings: &mut Timings) -> Prepared {
    let mut diagnostics = content.diagnostics();
    let Some(config) = content.config() else {
        return Prepared { renderer: None, diagnostics: told(diagnostics) };
    };
    let (site, found) = timings.time("resolve", || {
        let pages = content.pages();
        let failed = content.failed();
        resolve::site(resolve::Input { config, pages: &pages, failed: &failed, data: content.data(), assets: content.assets(), settings })
    });
    diagnostics.extend(found);
    let renderer = content.theme().and_then(|theme| {
        let site: Arc<Site> = Arc::new(site);
        match timings.time("prepare", || Renderer::new(site, Arc::clone(theme))) {
            Ok(renderer) => Some(Arc::new(renderer)),
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                None
            }
        }
    });
    Prepared { renderer, diagnostics: told(diagnostics) }
}

/// Sorted, and with no value in it that looks like personal data: messages quote what stands in the content.
fn told(mut diagnostics: Diagnostics) -> Diagnostics {
    diagnostics.rewrite(|text| veiled(text).into_owned());
    diagnostics.sort();
    diagnostics
}
