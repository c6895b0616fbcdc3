//! Single files written for editors: all of their bytes or none. In: a path and bytes. Out: the file, or why not. The site itself goes
//! through `write` alone.

#![expect(clippy::disallowed_methods, reason = "the commands that make or mend content write it here alone")]

use super::Failure;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Puts new bytes in place of a file's old ones in one step; its permissions stay.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    // Through a link its target changes, not the link.
    let real = path.canonicalize().map_err(|error| refused(path, &error))?;
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let temporary = real.with_file_name(format!(".{name}.rahnuma"));
    let write = || -> io::Result<()> {
        let permissions = real.metadata()?.permissions();
        write_new(&temporary, bytes)?;
        std::fs::set_permissions(&temporary, permissions)?;
        std::fs::rename(&temporary, &real)
    };
    // What a killed run left there is of no use to anybody.
    let _ = std::fs::remove_file(&temporary);
    write().map_err(|error| {
        let _ = std::fs::remove_file(&temporary);
        refused(path, &error)
    })
}

/// Writes files that do not exist yet, with their folders; if one cannot be written, those before it are removed again.
pub(super) fn create<'a>(files: impl IntoIterator<Item = (PathBuf, &'a [u8])>) -> Result<(), Failure> {
    let mut made: Vec<PathBuf> = Vec::new();
    for (path, bytes) in files {
        let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        if let Err(error) = folder.and_then(|()| write_new(&path, bytes)) {
            for path in &made {
                let _ = std::fs::remove_file(path);
            }
            return Err(refused(&path, &error));
        }
        made.push(path);
    }
    Ok(())
}

/// A file that is cut short by a full disk is removed again.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).inspect_err(|_| {
        let _ = std::fs::remove_file(path);
    })
}

fn refused(path: &Path, error: &io::Error) -> Failure {
    let text = error.to_string();
    let why = text.split(" (os error").next().unwrap_or(&text).to_lowercase();
    Failure(format!("cannot write {}: {why}", path.display()))
}
