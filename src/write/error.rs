//! What can stop a write, with the path and a way out.
//! In: the failed step. Out: one sentence for the terminal. It prints nothing and decides no exit code.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// Why the output folder could not be written. Except for [`WriteError::Halfway`], every former byte still stands.
#[derive(Debug)]
pub enum WriteError {
    /// The output folder's path names a file.
    NotAFolder {
        /// The output folder.
        path: PathBuf,
    },
    /// Another process is writing into the same output folder.
    Busy {
        /// The output folder.
        path: PathBuf,
    },
    /// A file to be written exists, differs, and was not written by an earlier build.
    Foreign {
        /// The file in the way.
        path: PathBuf,
    },
    /// A part of the path inside the output folder is a symbolic link.
    Link {
        /// The link.
        path: PathBuf,
    },
    /// The path is absolute, climbs, or has parts that no output may have.
    Unsafe {
        /// The path as it was asked for.
        path: String,
    },
    /// Two outputs want one path, or one path would be a file and a folder at once.
    Clash {
        /// The path as a file.
        path: String,
        /// The other output: the same path, or one below it.
        other: String,
    },
    /// An output could not be taken, so the whole was not put into place.
    Incomplete {
        /// The first output that is missing.
        path: String,
    },
    /// The system refused a step before anything was changed.
    Disk {
        /// The step, as in "cannot … PATH".
        doing: &'static str,
        /// What it was done to.
        path: PathBuf,
        /// The system's reason.
        error: io::Error,
    },
    /// The system refused a step while files were being put into place.
    Halfway {
        /// The step, as in "cannot … PATH".
        doing: &'static str,
        /// What it was done to.
        path: PathBuf,
        /// How many files had been put into place.
        done: usize,
        /// How many there were to put.
        of: usize,
        /// The system's reason.
        error: io::Error,
    },
}

impl WriteError {
    /// Whether the disk, or this user's share of it, is full.
    pub fn is_disk_full(&self) -> bool {
        match self {
            WriteError::Disk { error, .. } | WriteError::Halfway { error, .. } => is_full(error),
            _ => false,
        }
    }
}

/// Whether the system says that there is no space left.
fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::NotAFolder { path } => {
                write!(f, "the output folder {} is a file; choose another with --out, or move the file away", path.display())
            }
            WriteError::Busy { path } => {
                write!(
                    f,
                    "another build is writing into {}; wait until it has finished, or choose another folder with --out",
                    path.display()
                )
            }
            WriteError::Foreign { path } => write!(
                f,
                "{} exists and was not written by an earlier build, so it was left alone; move it away, or choose another folder with --out",
                path.display()
            ),
            WriteError::Link { path } => {
                write!(f, "{} is a symbolic link, and nothing is written through links; replace it by a folder or file", path.display())
            }
            WriteError::Unsafe { path } => write!(f, "`{path}` is not a path that an output may have; give the page another slug"),
            WriteError::Clash { path, other } if path == other => {
                write!(f, "two outputs want the path `{path}`; give one of them another slug")
            }
            WriteError::Clash { path, other } => {
                write!(f, "`{path}` cannot be a file while `{other}` lies below it; give one of them another slug")
            }
            WriteError::Incomplete { path } => {
                write!(f, "`{path}` could not be written, so nothing was put into place; the old site is whole")
            }
            WriteError::Disk { doing, path, error } => {
                let way_out = if is_full(error) { "free some space" } else { "see to the cause" };
                write!(f, "cannot {doing} {}: {error}; the old site is whole: {way_out} and build again", path.display())
            }
            WriteError::Halfway { doing, path, done, of, error } => write!(
                f,
                "cannot {doing} {}: {error}; {done} of {of} changed files are in place: see to the cause and build again, which completes the rest",
                path.display()
            ),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriteError::Disk { error, .. } | WriteError::Halfway { error, .. } => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disk(error: io::Error) -> WriteError {
        WriteError::Disk { doing: "write", path: PathBuf::from("public/a"), error }
    }

    #[test]
    fn a_full_disk_is_told_from_other_failures() {
        assert!(disk(ErrorKind::StorageFull.into()).is_disk_full());
        assert!(disk(ErrorKind::QuotaExceeded.into()).is_disk_full());
        assert!(!disk(ErrorKind::PermissionDenied.into()).is_disk_full());
        assert!(!WriteError::Busy { path: PathBuf::new() }.is_disk_full());
    }

    #[test]
    fn messages_name_the_path_and_a_way_out() {
        assert_eq!(
            disk(ErrorKind::StorageFull.into()).to_string(),
            "cannot write public/a: no storage space; the old site is whole: free some space and build again"
        );
        assert_eq!(
            WriteError::Foreign { path: PathBuf::from("public/index.html") }.to_string(),
            "public/index.html exists and was not written by an earlier build, so it was left alone; \
             move it away, or choose another folder with --out"
        );
        assert_eq!(
            WriteError::Clash { path: "a".into(), other: "a".into() }.to_string(),
            "two outputs want the path `a`; give one of them another slug"
        );
    }
}
