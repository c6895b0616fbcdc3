//! What stands in the output folder: each folder is looked at once a session, each file once.
//! In: paths below the output folder. Out: what is there, or the error that forbids writing there. It changes nothing.

use super::error::WriteError;
use crate::path::OutputPath;
use std::collections::{BTreeSet, HashMap};
use std::fs::{File, FileType, Metadata};
use std::io::{self, ErrorKind, Read};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A folder as it stood when the session first needed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folder {
    /// It exists.
    There,
    /// It is to be made.
    Missing,
    /// A file of a former build has its name and has to go first.
    Taken,
}

/// What stands where a file is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// A file with the same bytes.
    Same,
    /// Our own file with other bytes.
    Older,
    /// A folder that a former build wrote into and that has to go first.
    Folder,
}

/// The output folder with what is known about it.
#[derive(Debug)]
pub(super) struct Folders {
    /// The output folder.
    pub(super) out: PathBuf,
    /// What former builds wrote.
    pub(super) former: BTreeSet<OutputPath>,
    known: Mutex<HashMap<Box<str>, Folder>>,
}

impl Folders {
    /// Knows nothing yet about `out` but what former builds wrote there.
    pub(super) fn new(out: PathBuf, former: BTreeSet<OutputPath>) -> Self {
        Self { out, former, known: Mutex::default() }
    }

    /// What stands at `path`; an error if it may not be written.
    pub(super) fn find(&self, path: &OutputPath, bytes: &[u8]) -> Result<Found, WriteError> {
        if self.folder(parent(path.as_str()))? != Folder::There {
            return Ok(Found::Nothing);
        }
        let full = self.out.join(path.as_str());
        let Some(meta) = look(&full)? else { return Ok(Found::Nothing) };
        if meta.is_dir() && self.owns_below(path.as_str()) {
            Ok(Found::Folder)
        } else if meta.is_file() && has_bytes(&full, &meta, bytes).map_err(|error| disk("read", &full, error))? {
            Ok(Found::Same)
        } else if meta.is_file() && self.former.contains(path) {
            Ok(Found::Older)
        } else {
            Err(refusal(full, meta.file_type()))
        }
    }

    /// What stands at the folder `dir`; an error if nothing may be written below it.
    pub(super) fn folder(&self, dir: &str) -> Result<Folder, WriteError> {
        if dir.is_empty() {
            return Ok(Folder::There);
        }
        if let Some(known) = self.lock().get(dir) {
            return Ok(*known);
        }
        let folder = match self.folder(parent(dir))? {
            Folder::There => self.look_at_folder(dir)?,
            Folder::Missing | Folder::Taken => Folder::Missing,
        };
        self.lock().insert(dir.into(), folder);
        Ok(folder)
    }

    /// The folders that are to be made, parents first, and those whose name is taken.
    pub(super) fn to_make(&self) -> (Vec<String>, Vec<OutputPath>) {
        let known = self.lock();
        let mut missing: Vec<String> = known.iter().filter(|(_, f)| **f != Folder::There).map(|(dir, _)| dir.to_string()).collect();
        missing.sort_unstable();
        let mut taken: Vec<OutputPath> = known.iter().filter(|(_, f)| **f == Folder::Taken).map(|(dir, _)| OutputPath::new(dir)).collect();
        taken.sort_unstable();
        (missing, taken)
    }

    /// Whether any of these folders is also wanted as a file: the first in order.
    pub(super) fn clash(&self, wanted: impl Fn(&OutputPath) -> bool) -> Option<String> {
        self.lock().keys().filter(|dir| wanted(&OutputPath::new(dir))).min().map(|dir| dir.to_string())
    }

    /// The first of a set's paths below a folder.
    pub(super) fn first_below<'a>(paths: &'a BTreeSet<OutputPath>, dir: &str) -> Option<&'a OutputPath> {
        let prefix = format!("{dir}/");
        let start = OutputPath::new(&prefix);
        paths.range((Bound::Included(start), Bound::Unbounded)).next().filter(|path| path.as_str().starts_with(&prefix))
    }

    fn owns_below(&self, dir: &str) -> bool {
        Self::first_below(&self.former, dir).is_some()
    }

    fn look_at_folder(&self, dir: &str) -> Result<Folder, WriteError> {
        let full = self.out.join(dir);
        match look(&full)? {
            None => Ok(Folder::Missing),
            Some(meta) if meta.is_dir() => Ok(Folder::There),
            Some(meta) if meta.is_file() && self.former.contains(&OutputPath::new(dir)) => Ok(Folder::Taken),
            Some(meta) => Err(refusal(full, meta.file_type())),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Box<str>, Folder>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The folder part of a path, empty at the top.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(dir, _)| dir)
}

/// The file's own data, a link not followed; `None` if there is nothing.
pub(super) fn look(path: &Path) -> Result<Option<Metadata>, WriteError> {
    match path.symlink_metadata() {
        Ok(meta) => Ok(Some(meta)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(disk("look at", path, error)),
    }
}

/// A failed step before anything was changed.
pub(super) fn disk(doing: &'static str, path: &Path, error: io::Error) -> WriteError {
    WriteError::Disk { doing, path: path.to_path_buf(), error }
}

fn refusal(path: PathBuf, kind: FileType) -> WriteError {
    if kind.is_symlink() { WriteError::Link { path } } else { WriteError::Foreign { path } }
}

/// Compares without keeping the file in memory. Measured: cheaper than hashing the new bytes, and right whatever the clock did.
#[expect(clippy::disallowed_methods, reason = "write edge")]
fn has_bytes(path: &Path, meta: &Metadata, bytes: &[u8]) -> io::Result<bool> {
    if meta.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut file = match File::open(path) {
        Ok(file) => file,
        // Not readable is not the same: an owned file is then replaced, any other refused.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return Ok(false),
        Err(error) => return Err(error),
    };
    let mut buffer = [0; 32 * 1024];
    let mut rest = bytes;
    while !rest.is_empty() {
        let read = file.read(&mut buffer)?;
        match rest.split_at_checked(read) {
            Some((now, later)) if read > 0 && now == &buffer[..read] => rest = later,
            _ => return Ok(false),
        }
    }
    Ok(true)
}
