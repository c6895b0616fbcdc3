//! The write edge: outputs become files, all or nothing.
//! In: paths with bytes, from any thread. Out: the output folder, and counts. Changed files wait as temporaries in
//! `OUT/.rahnuma/new` until `Session::commit`; until then every former byte stands. It renders nothing, prints nothing,
//! and never touches a file that no earlier build wrote.
//!
//! `OUT/.rahnuma/owned` lists our files. It holds neither time nor hash, so that two builds make equal folders; whether a
//! file has changed is decided by its bytes.

mod commit;
mod error;
mod folders;
mod owned;

pub use error::WriteError;

use crate::path::OutputPath;
use folders::{Folders, Found, disk, look};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::available_parallelism;

/// What a commit did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files whose bytes are new.
    pub written: usize,
    /// Files that already had these bytes and were left alone.
    pub unchanged: usize,
    /// Files of former builds that this one did not put.
    pub removed: usize,
    /// Entries of the ownership list that were ignored, a message each.
    pub refused: Vec<String>,
}

/// One build's writing. Dropped without [`Session::commit`], it leaves the output folder as it was.
#[derive(Debug)]
pub struct Session {
    folders: Folders,
    /// The ownership list as it was read.
    list: String,
    refused: Vec<String>,
    /// Every path put, and what is to happen to it.
    put: Mutex<HashMap<OutputPath, Put>>,
    /// One folder of temporaries for each thread, because a folder takes one new file at a time. Each counts its files.
    lanes: Vec<Mutex<usize>>,
    /// Folders this session made for itself, deepest first.
    made: Vec<PathBuf>,
    committed: bool,
    /// Held until the end, so that two builds do not write at once. The system frees it when the process dies.
    _lock: File,
}

/// What is to happen to a path that was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Put {
    /// It has not been taken, or not yet.
    Pending,
    /// Nothing: the same bytes stand there.
    Stands,
    /// The temporary is renamed.
    New(Temporary),
    /// The same, after the folder of that name has been emptied and removed.
    NewForFolder(Temporary),
}

/// The bytes of one output, waiting in `.rahnuma/new/LANE/NUMBER`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Temporary {
    lane: usize,
    number: usize,
}

impl Session {
    /// Opens the output folder for one build: makes it if absent, and clears what a killed build left behind.
    ///
    /// # Errors
    /// If `out` is a file, another build is writing there, or the system refuses.
    pub fn open(out: &Path) -> Result<Self, WriteError> {
        let hidden = out.join(owned::HIDDEN);
        let made = make(out, &hidden)?;
        match Self::enter(out, &hidden) {
            Ok(mut session) => {
                session.made = made;
                Ok(session)
            }
            // Whoever was faster works in these folders.
            Err(error @ WriteError::Busy { .. }) => Err(error),
            Err(error) => {
                unmake(&made);
                Err(error)
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "write edge")]
    fn enter(out: &Path, hidden: &Path) -> Result<Self, WriteError> {
        let lock = lock(out, &hidden.join("lock"))?;
        let temporaries = hidden.join("new");
        remove_all(&temporaries).map_err(|error| disk("remove the temporaries of a killed build in", &temporaries, error))?;
        let lanes: Vec<Mutex<usize>> = (0..available_parallelism().map_or(1, usize::from)).map(|_| Mutex::default()).collect();
        for lane in 0..lanes.len() {
            let folder = temporaries.join(lane.to_string());
            std::fs::create_dir_all(&folder).map_err(|error| disk("create", &folder, error))?;
        }
        let list = read_list(&hidden.join("owned"))?;
        let (former, refused) = owned::parse(&list);
        Ok(Self {
            folders: Folders::new(out.to_path_buf(), former),
            list,
            refused,
            put: Mutex::default(),
            lanes,
            made: Vec::new(),
            committed: false,
            _lock: lock,
        })
    }

    /// Takes one output. The file itself is not changed before [`Session::commit`].
    ///
    /// # Errors
    /// If the path may not be written (foreign file, link, clash), or the system refuses. The session takes more, so that all
    /// problems can be told, but no commit any more.
    pub fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), WriteError> {
        if !owned::is_safe(path.as_str()) {
            return Err(WriteError::Unsafe { path: path.to_string() });
        }
        match self.outputs().entry(path.clone()) {
            Entry::Occupied(_) => return Err(WriteError::Clash { path: path.to_string(), other: path.to_string() }),
            Entry::Vacant(entry) => entry.insert(Put::Pending),
        };
        let put = match self.folders.find(path, bytes)? {
            Found::Same => Put::Stands,
            Found::Nothing | Found::Older => Put::New(self.write_temporary(bytes)?),
            Found::Folder => Put::NewForFolder(self.write_temporary(bytes)?),
        };
        self.outputs().insert(path.clone(), put);
        Ok(())
    }

    /// Counts what former builds wrote and this one has not put as put, so that a commit removes nothing: for a command that makes only
    /// some of the folder's files.
    pub fn keep_others(&self) {
        let mut outputs = self.outputs();
        for path in self.folders.former.iter().filter(|path| self.folders.out.join(path.as_str()).exists()) {
            outputs.entry(path.clone()).or_insert(Put::Stands);
        }
    }

    /// Puts everything into place: renames, then removes what a former build owned and this one did not put, then writes
    /// the ownership list.
    ///
    /// # Errors
    /// Up to the first rename every former byte still stands; after it, [`WriteError::Halfway`].
    pub fn commit(mut self) -> Result<Report, WriteError> {
        let report = commit::run(&self)?;
        self.committed = true;
        Ok(report)
    }

    /// Writes bytes to a new temporary, in a lane that is free.
    fn write_temporary(&self, bytes: &[u8]) -> Result<Temporary, WriteError> {
        let free = self.lanes.iter().enumerate().find_map(|(lane, count)| Some((lane, count.try_lock().ok()?)));
        let (lane, mut count) = free.unwrap_or_else(|| (0, self.lanes[0].lock().unwrap_or_else(PoisonError::into_inner)));
        let temporary = Temporary { lane, number: *count };
        *count += 1;
        let path = self.temporary(temporary);
        let write = || OpenOptions::new().write(true).create_new(true).open(&path)?.write_all(bytes);
        write().map_err(|error| disk("write", &path, error))?;
        Ok(temporary)
    }

    fn temporary(&self, Temporary { lane, number }: Temporary) -> PathBuf {
        self.hidden().join(format!("new/{lane}/{number}"))
    }

    fn hidden(&self) -> PathBuf {
        self.folders.out.join(owned::HIDDEN)
    }

    fn outputs(&self) -> MutexGuard<'_, HashMap<OutputPath, Put>> {
        self.put.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A leftover is harmless: the next session clears it.
        let _ = remove_all(&self.hidden().join("new"));
        if !self.committed {
            unmake(&self.made);
        }
    }
}

/// Makes the output folder and the hidden one; gives those that were missing, deepest first.
#[expect(clippy::disallowed_methods, reason = "write edge")]
fn make(out: &Path, hidden: &Path) -> Result<Vec<PathBuf>, WriteError> {
    match out.metadata() {
        Ok(meta) if !meta.is_dir() => return Err(WriteError::NotAFolder { path: out.to_path_buf() }),
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(disk("open", out, error)),
        _ => {}
    }
    match look(hidden)? {
        Some(meta) if meta.is_symlink() => return Err(WriteError::Link { path: hidden.to_path_buf() }),
        Some(meta) if !meta.is_dir() => return Err(WriteError::Foreign { path: hidden.to_path_buf() }),
        _ => {}
    }
    let made: Vec<PathBuf> =
        hidden.ancestors().take_while(|at| !at.as_os_str().is_empty() && !at.exists()).map(Path::to_path_buf).collect();
    std::fs::create_dir_all(hidden).map_err(|error| {
        unmake(&made);
        disk("create", hidden, error)
    })?;
    Ok(made)
}

/// Removes the folders that [`make`] made, as far as they are empty.
#[expect(clippy::disallowed_methods, reason = "write edge")]
fn unmake(made: &[PathBuf]) {
    if let Some(hidden) = made.first() {
        let _ = std::fs::remove_file(hidden.join("lock"));
    }
    for folder in made {
        let _ = std::fs::remove_dir(folder);
    }
}

/// Takes the lock, or says that another build has it. File systems without locks go without.
fn lock(out: &Path, path: &Path) -> Result<File, WriteError> {
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(path).map_err(|error| disk("write into", out, error))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(WriteError::Busy { path: out.to_path_buf() }),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// The ownership list's text, empty if there is none. What is no text is no path of ours.
#[expect(clippy::disallowed_methods, reason = "write edge")]
fn read_list(path: &Path) -> Result<String, WriteError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(disk("read", path, error)),
    }
}

/// Removes a folder with everything in it; a link itself, not what it leads to.
fn remove_all(path: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests;
