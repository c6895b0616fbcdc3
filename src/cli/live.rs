//! The site that `serve` shows: pages rendered when asked for, and search that follows every save. In: what each rebuild made. Out: answers.

use crate::diag::Diagnostics;
use crate::diag::format::Style;
use crate::path::OutputPath;
use crate::render::Renderer;
use crate::search::Search;
use crate::serve::{Live, Served};
use crate::text::html::push_text;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// The site as it is now.
#[derive(Default)]
pub(super) struct Site {
    state: Mutex<State>,
    /// How many saves there have been: what is made of an older one is not needed any more.
    saves: AtomicU64,
}

/// What was served before a new state, to be freed when nobody waits.
#[derive(Default)]
pub(super) struct State {
    finder: Option<Arc<Finder>>,
    /// Whether search is being made anew.
    renewing: bool,
    problems: String,
}

/// A site with its search, which is made when it is first asked for: from that of the site before where texts alone have changed, else anew.
struct Finder {
    renderer: Arc<Renderer>,
    former: Mutex<Option<Arc<Finder>>>,
    made: OnceLock<Made>,
}

struct Made {
    search: Search,
    /// Whether it is what a build would make.
    whole: bool,
}

impl Finder {
    fn new(renderer: Arc<Renderer>, former: Option<Arc<Finder>>, search: Option<Search>) -> Self {
        let made = search.map_or_else(OnceLock::new, |search| OnceLock::from(Made { search, whole: true }));
        Self { renderer, former: Mutex::new(former), made }
    }

    fn search(&self) -> &Search {
        self.revise();
        &self.made.get_or_init(|| Made { search: Search::new(self.renderer.site()), whole: true }).search
    }

    /// Makes search of that of the site before, where there is one and it can be.
    fn revise(&self) {
        // Held meanwhile: whoever else wants it waits for this one.
        let mut former = lock(&self.former);
        let Some(finder) = former.take() else { return };
        let revised = finder.made.get().and_then(|made| made.search.revised(finder.renderer.site(), self.renderer.site()));
        if let Some(search) = revised {
            let _ = self.made.set(Made { search, whole: false });
        }
    }

    fn lags(&self) -> bool {
        self.made.get().is_none_or(|made| !made.whole)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Site {
    fn state<T>(&self, read: impl FnOnce(&mut State) -> T) -> T {
        read(&mut lock(&self.state))
    }

    /// Puts a new state in place of the old, which is given back. Without a renderer the old one goes on, so that a broken file does not take
    /// the site away.
    pub(super) fn install(&self, renderer: Option<Arc<Renderer>>, search: Option<Search>, problems: String) -> State {
        self.state(|state| {
            let mut old = State::default();
            if let Some(renderer) = renderer {
                let former = state.finder.clone().filter(|finder| finder.made.get().is_some());
                let finder = Some(Arc::new(Finder::new(renderer, former, search)));
                old = std::mem::replace(state, State { finder, ..State::default() });
            }
            state.problems = problems;
            old
        })
    }

    /// Notes a save.
    pub(super) fn saved(&self) {
        self.saves.fetch_add(1, Ordering::Relaxed);
    }

    /// Lets search follow the last save before anybody asks for it, so that the site before can be forgotten.
    pub(super) fn revise(&self) {
        if let Some(finder) = self.state(|s| s.finder.clone()) {
            finder.revise();
        }
    }

    /// Whether search is not what a build would make.
    pub(super) fn lags(&self) -> bool {
        self.state(|s| s.finder.as_ref().is_some_and(|finder| finder.lags()))
    }

    /// Makes search anew in a thread of its own, unless that goes on already or a save comes meanwhile.
    pub(super) fn renew(self: &Arc<Self>) {
        let wanted = |s: &mut State| s.finder.clone().filter(|finder| finder.lags() && !std::mem::replace(&mut s.renewing, true));
        let Some(finder) = self.state(wanted) else { return };
        let (site, now) = (Arc::clone(self), self.saves.load(Ordering::Relaxed));
        let work = move || {
            // One thread: the others are for the next save.
            let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else { return };
            let wanted = || site.saves.load(Ordering::Relaxed) == now;
            let search = pool.install(|| Search::while_wanted(finder.renderer.site(), &wanted));
            site.state(|state| {
                if state.finder.as_ref().is_some_and(|last| Arc::ptr_eq(last, &finder)) {
                    state.renewing = false;
                    if search.is_some() {
                        state.finder = Some(Arc::new(Finder::new(Arc::clone(&finder.renderer), None, search)));
                    }
                }
            });
        };
        // Without a thread search goes on lagging.
        let _ = std::thread::Builder::new().name("search".to_owned()).spawn(work);
    }
}

impl Live for Site {
    fn get(&self, path: &str) -> Option<Served> {
        let finder = self.state(|s| s.finder.clone())?;
        let renderer = &finder.renderer;
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
        finder.search().file(renderer.site(), &output).map(|bytes| Served { bytes, media_type })
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
