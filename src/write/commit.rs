//! The commit: temporaries become the site.
//! In: a session with everything put. Out: counts. Order matters: checks, then everything that needs space (lists, folders),
//! and only then renames and removals, so that a full disk is met while the old site is whole. Before the first rename the
//! list already names old and new files, so that a build killed in between leaves nothing without an owner.

use super::error::WriteError;
use super::folders::{Folder, Folders, disk, look, parent};
use super::{Put, Report, Session, owned};
use crate::path::OutputPath;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// Runs all steps. See the module for their order.
pub(super) fn run(session: &Session) -> Result<Report, WriteError> {
    let outputs: BTreeMap<OutputPath, Put> = session.outputs().iter().map(|(path, put)| (path.clone(), *put)).collect();
    let plan = Plan::new(session, &outputs);
    plan.check(&outputs)?;

    let during = plan.former.iter().chain(outputs.keys()).collect::<BTreeSet<_>>();
    let during = (during.len() > plan.former.len()).then(|| owned::format(during));
    let after = owned::format(outputs.keys());
    let after = (after != session.list).then_some(after);
    let during = plan.write_list("during", during)?;
    let after = plan.write_list("after", after)?;
    plan.make_folders()?;

    let mut report = Report { refused: session.refused.clone(), ..Report::default() };
    plan.place_list(during, &report)?;
    plan.clear_way(&mut report)?;
    for (path, put) in &outputs {
        match put {
            Put::Stands | Put::Pending => report.unchanged += 1,
            Put::New(temporary) | Put::NewForFolder(temporary) => {
                let to = plan.out.join(path.as_str());
                plan.step("put into place", &to, &report, rename(&session.temporary(*temporary), &to))?;
                report.written += 1;
            }
        }
    }
    for path in &plan.strays {
        if plan.remove_stray(path, &mut report)? {
            plan.remove_emptied(parent(path.as_str()));
        }
    }
    plan.place_list(after, &report)?;
    Ok(report)
}

/// What the steps have in common.
struct Plan<'a> {
    folders: &'a Folders,
    out: &'a Path,
    former: &'a BTreeSet<OutputPath>,
    /// Owned by a former build and not put by this one.
    strays: BTreeSet<OutputPath>,
    /// Folders to make, parents first.
    missing: Vec<String>,
    /// Strays that stand where a folder has to be.
    taken: Vec<OutputPath>,
    /// Folders that stand where a file has to be.
    emptied: Vec<OutputPath>,
    /// How many files are to be put into place.
    of: usize,
}

impl<'a> Plan<'a> {
    fn new(session: &'a Session, outputs: &BTreeMap<OutputPath, Put>) -> Self {
        let folders = &session.folders;
        let (missing, taken) = folders.to_make();
        Plan {
            folders,
            out: &folders.out,
            former: &folders.former,
            strays: folders.former.iter().filter(|path| !outputs.contains_key(path)).cloned().collect(),
            missing,
            taken,
            emptied: outputs.iter().filter(|(_, put)| matches!(put, Put::NewForFolder(_))).map(|(path, _)| path.clone()).collect(),
            of: outputs.values().filter(|put| **put != Put::Stands).count(),
        }
    }

    /// Everything that can be known to fail, before anything is changed.
    fn check(&self, outputs: &BTreeMap<OutputPath, Put>) -> Result<(), WriteError> {
        if let Some((path, _)) = outputs.iter().find(|(_, put)| **put == Put::Pending) {
            return Err(WriteError::Incomplete { path: path.to_string() });
        }
        if let Some(path) = self.folders.clash(|dir| outputs.contains_key(dir)) {
            let paths: BTreeSet<OutputPath> = outputs.keys().cloned().collect();
            let other = Folders::first_below(&paths, &path).map_or_else(|| path.clone(), ToString::to_string);
            return Err(WriteError::Clash { path, other });
        }
        self.emptied.iter().try_for_each(|dir| self.check_only_strays(dir.as_str()))
    }

    /// Whether nothing but strays lies below a folder that is to become a file.
    fn check_only_strays(&self, dir: &str) -> Result<(), WriteError> {
        let full = self.out.join(dir);
        for entry in std::fs::read_dir(&full).map_err(|error| disk("read", &full, error))? {
            let entry = entry.map_err(|error| disk("read", &full, error))?;
            let kind = entry.file_type().map_err(|error| disk("look at", &full, error))?;
            let path = format!("{dir}/{}", entry.file_name().to_string_lossy());
            if kind.is_dir() {
                self.check_only_strays(&path)?;
            } else if !kind.is_file() || !self.strays.contains(&OutputPath::new(&path)) {
                return Err(WriteError::Foreign { path: self.out.join(path) });
            }
        }
        Ok(())
    }

    /// Writes an ownership list beside the temporaries, if there is one to write.
    #[expect(clippy::disallowed_methods, reason = "write edge")]
    fn write_list(&self, name: &str, text: Option<String>) -> Result<Option<PathBuf>, WriteError> {
        let Some(text) = text else { return Ok(None) };
        let path = self.out.join(owned::HIDDEN).join("new").join(name);
        std::fs::write(&path, text).map_err(|error| disk("write", &path, error))?;
        Ok(Some(path))
    }

    fn place_list(&self, list: Option<PathBuf>, report: &Report) -> Result<(), WriteError> {
        let Some(from) = list else { return Ok(()) };
        let to = self.out.join(owned::HIDDEN).join("owned");
        let renamed = rename(&from, &to);
        self.step("replace", &to, report, renamed)
    }

    /// Makes the missing folders, or none of them. Those below a taken name have to wait.
    fn make_folders(&self) -> Result<(), WriteError> {
        let mut made: Vec<PathBuf> = Vec::new();
        for dir in self.missing.iter().filter(|dir| !self.waits(dir)) {
            let full = self.out.join(dir);
            if let Err(error) = std::fs::create_dir(&full) {
                for folder in made.iter().rev() {
                    let _ = std::fs::remove_dir(folder);
                }
                return Err(disk("create", &full, error));
            }
            made.push(full);
        }
        Ok(())
    }

    fn waits(&self, dir: &str) -> bool {
        self.taken.iter().any(|taken| dir == taken.as_str() || dir.strip_prefix(taken.as_str()).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Where a file has become a folder or a folder a file, the strays have to go before the renames.
    fn clear_way(&self, report: &mut Report) -> Result<(), WriteError> {
        for path in &self.taken {
            self.remove_stray(path, report)?;
        }
        for dir in self.missing.iter().filter(|dir| self.waits(dir)) {
            let full = self.out.join(dir);
            let made = std::fs::create_dir(&full);
            self.step("create", &full, report, made)?;
        }
        for dir in &self.emptied {
            let prefix = format!("{dir}/");
            for path in self.strays.iter().filter(|path| path.as_str().starts_with(&prefix)) {
                self.remove_stray(path, report)?;
            }
            remove_empty(&self.out.join(dir.as_str()));
        }
        Ok(())
    }

    /// Removes one stray, and says whether it did; leaves anything that is not a file of ours any more.
    #[expect(clippy::disallowed_methods, reason = "write edge")]
    fn remove_stray(&self, path: &OutputPath, report: &mut Report) -> Result<bool, WriteError> {
        match self.folders.folder(parent(path.as_str())) {
            Ok(Folder::There) => {}
            Ok(Folder::Missing | Folder::Taken) | Err(WriteError::Foreign { .. }) => return Ok(false),
            Err(WriteError::Link { path: link }) => {
                report.refused.push(format!("the ownership list names `{path}`, but {} is a symbolic link; left alone", link.display()));
                return Ok(false);
            }
            Err(error) => return Err(error),
        }
        let full = self.out.join(path.as_str());
        match look(&full)? {
            None => return Ok(false),
            // It has just become a folder of this build.
            Some(meta) if meta.is_dir() && self.taken.contains(path) => return Ok(false),
            Some(meta) if !meta.is_file() => {
                report.refused.push(format!("the ownership list names `{path}`, which is no plain file any more; left alone"));
                return Ok(false);
            }
            Some(_) => {}
        }
        self.step("remove", &full, report, std::fs::remove_file(&full))?;
        report.removed += 1;
        Ok(true)
    }

    /// Removes a folder, and those above it, as far as they are empty.
    fn remove_emptied(&self, mut dir: &str) {
        while !dir.is_empty() && std::fs::remove_dir(self.out.join(dir)).is_ok() {
            dir = parent(dir);
        }
    }

    /// A step after which not every former byte stands.
    fn step(&self, doing: &'static str, path: &Path, report: &Report, result: io::Result<()>) -> Result<(), WriteError> {
        result.map_err(|error| WriteError::Halfway { doing, path: path.to_path_buf(), done: report.written, of: self.of, error })
    }
}

#[expect(clippy::disallowed_methods, reason = "write edge")]
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::rename(from, to)
}

/// Removes a folder that holds nothing but empty folders. What is left makes the rename fail with the path.
fn remove_empty(dir: &Path) {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
        remove_empty(&entry.path());
    }
    let _ = std::fs::remove_dir(dir);
}
