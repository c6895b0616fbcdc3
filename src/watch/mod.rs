//! The watch edge: changes below the roots become batches of paths.
//! In: roots, folders to ignore. Out: one `Batch` a call, a few milliseconds after its first event. It reads no file,
//! builds nothing, and does not know whether bytes really changed: whoever reads compares.
//!
//! A burst longer than the settling time simply makes the next batch; the caller cancels and starts again.

mod backend;
mod places;

use backend::{Backend, Message};
use places::{Concern, Places};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf, absolute};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long after the first event more are taken into the same batch: a save is a handful of events within a millisecond.
const SETTLE: Duration = Duration::from_millis(5);

/// Paths that changed together: absolute, sorted, each once. A path that is gone may have been a folder with everything in
/// it; a path that is a folder means that anything below it may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The paths. Never empty.
    pub paths: Vec<PathBuf>,
}

/// Why nothing can be watched.
#[derive(Debug)]
pub struct WatchError {
    /// The path that was to be watched; empty when no path is at fault.
    path: PathBuf,
    error: io::Error,
}

/// Watches until it is dropped.
pub struct Watcher {
    places: Arc<Places>,
    backend: Mutex<Backend>,
    inbox: Mutex<Receiver<Message>>,
    sender: Sender<Message>,
    notice: Mutex<Option<String>>,
}

/// Ends a waiting [`Watcher::next`] from another thread.
#[derive(Clone, Debug)]
pub struct Waker(Sender<Message>);

impl Waker {
    /// The waiting call, or the next one, gives `None` at once.
    pub fn wake(&self) {
        // Nobody waits for a watcher that has been dropped.
        let _ = self.0.send(Message::Wake);
    }
}

impl Watcher {
    /// Watches everything below `roots` but the `ignore`d folders and editors' working files. A root that does not exist is
    /// waited for. With `poll`, or where the system cannot report changes (see [`Watcher::notice`]), files are looked at
    /// twice a second.
    ///
    /// # Errors
    /// If a path cannot be made absolute, or not even polling starts.
    pub fn start(roots: &[PathBuf], ignore: &[PathBuf], poll: bool) -> Result<Self, WatchError> {
        let full = |path: &PathBuf| absolute(path).map_err(|error| WatchError { path: path.clone(), error });
        let roots = roots.iter().map(full).collect::<Result<Vec<_>, _>>()?;
        let ignored = ignore.iter().map(full).collect::<Result<Vec<_>, _>>()?;
        let aliases = roots.iter().filter_map(|root| Some((root.canonicalize().ok()?, root.clone()))).collect();
        let places = Arc::new(Places::new(roots, aliases, ignored));
        let (sender, inbox) = channel();
        let native = if poll { None } else { Some(Backend::native(&places, &sender)) };
        let (backend, notice) = match native {
            Some(Ok(backend)) => (backend, None),
            Some(Err(notice)) => (polling(&places, &sender)?, Some(notice)),
            None => (polling(&places, &sender)?, None),
        };
        let watcher = Self { places, backend: Mutex::new(backend), inbox: Mutex::new(inbox), sender, notice: Mutex::new(notice) };
        watcher.attach_all(&mut BTreeSet::new());
        Ok(watcher)
    }

    /// Waits for changes. `None` when the time is over or a [`Waker`] was used.
    pub fn next(&self, timeout: Option<Duration>) -> Option<Batch> {
        let inbox = lock(&self.inbox);
        let end = timeout.map(|timeout| Instant::now() + timeout);
        loop {
            let mut message = match end {
                Some(end) => inbox.recv_timeout(end.saturating_duration_since(Instant::now())).ok()?,
                None => inbox.recv().ok()?,
            };
            let mut changed = BTreeMap::new();
            let settled = Instant::now() + SETTLE;
            let woken = loop {
                match message {
                    Message::Wake => break true,
                    Message::Changed { path, gone } => *changed.entry(path).or_default() |= gone,
                    Message::Overflow => changed.extend(self.places.roots.iter().map(|root| (root.clone(), true))),
                }
                // Asked before each: a flood of events would otherwise never settle.
                let Some(left) = settled.checked_duration_since(Instant::now()) else { break false };
                match inbox.recv_timeout(left) {
                    Ok(next) => message = next,
                    Err(_) => break false,
                }
            };
            let paths: Vec<PathBuf> = self.expand(changed).into_iter().collect();
            if woken && paths.is_empty() {
                return None;
            }
            if woken {
                // The batch first; the wish is kept for the next call.
                Waker(self.sender.clone()).wake();
            }
            if !paths.is_empty() {
                return Some(Batch { paths });
            }
        }
    }

    /// A handle that ends [`Watcher::next`], for Ctrl-C.
    pub fn waker(&self) -> Waker {
        Waker(self.sender.clone())
    }

    /// Why changes are looked for instead of being reported, and what would help; `None` if all is well.
    pub fn notice(&self) -> Option<String> {
        lock(&self.notice).clone()
    }

    /// Turns reported paths into changed ones: new folders are watched and then listed, because the system says nothing of
    /// what came into them before. A folder itself is told only if another of its name has gone.
    fn expand(&self, changed: BTreeMap<PathBuf, bool>) -> BTreeSet<PathBuf> {
        let mut found = BTreeSet::new();
        for (path, gone) in changed {
            if gone && self.places.concern(&path) == Concern::Below {
                found.insert(path.clone());
            }
            let is_folder = path.symlink_metadata().is_ok_and(|meta| meta.is_dir());
            match self.places.concern(&path) {
                Concern::Below if self.places.roots.contains(&path) => self.attach(&path, &mut found),
                Concern::Below if is_folder => self.cover(&path, &mut found),
                Concern::Below => drop(found.insert(path)),
                Concern::Above => {
                    for root in self.places.roots.iter().filter(|root| root.starts_with(&path)) {
                        self.attach(root, &mut found);
                    }
                }
                Concern::None => {}
            }
        }
        found
    }

    fn attach_all(&self, found: &mut BTreeSet<PathBuf>) {
        self.places.roots.iter().for_each(|root| self.attach(root, found));
    }

    /// Watches a root, and the nearest folder above it that exists, in which the root comes and goes.
    fn attach(&self, root: &Path, found: &mut BTreeSet<PathBuf>) {
        let nearest = || root.ancestors().skip(1).find(|folder| folder.is_dir());
        let mut above = nearest();
        while let Some(folder) = above {
            self.watched(found, |backend| backend.watch_folder(folder));
            // Something between may have come while the watch was being set.
            above = nearest().filter(|now| *now != folder);
        }
        if root.is_dir() {
            self.cover(root, found);
        } else {
            found.insert(root.to_path_buf());
        }
    }

    /// Watches a folder and all below it, and lists the files. First the watch, then the list: so nothing is missed.
    fn cover(&self, top: &Path, found: &mut BTreeSet<PathBuf>) {
        let mut folders = vec![top.to_path_buf()];
        while let Some(folder) = folders.pop() {
            if folder == top || lock(&self.backend).is_per_folder() {
                self.watched(found, |backend| backend.watch_tree(&folder));
            }
            let Ok(entries) = std::fs::read_dir(&folder) else {
                found.insert(folder);
                continue;
            };
            for entry in entries.flatten().filter(|entry| self.places.concern(&entry.path()) == Concern::Below) {
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    folders.push(entry.path());
                } else {
                    found.insert(entry.path());
                }
            }
        }
    }

    /// Sets a watch; where that fails for good, all is polled from now on.
    fn watched(&self, found: &mut BTreeSet<PathBuf>, watch: impl FnOnce(&mut Backend) -> Result<(), String>) {
        let failed = watch(&mut lock(&self.backend));
        if let Err(notice) = failed
            && let Ok(polling) = Backend::polling(&self.places, &self.sender)
        {
            *lock(&self.notice) = Some(notice);
            *lock(&self.backend) = polling;
            self.attach_all(found);
        }
    }
}

fn polling(places: &Arc<Places>, sender: &Sender<Message>) -> Result<Backend, WatchError> {
    Backend::polling(places, sender).map_err(|error| WatchError { path: PathBuf::new(), error })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watcher").field("places", &self.places).finish_non_exhaustive()
    }
}

impl fmt::Display for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.as_os_str().is_empty() {
            write!(f, "cannot watch for changes: {}", self.error)
        } else {
            write!(f, "cannot watch {}: {}", self.path.display(), self.error)
        }
    }
}

impl std::error::Error for WatchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

#[cfg(test)]
mod tests;
