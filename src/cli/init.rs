//! `rahnuma init`: a new bilingual site in an empty folder.

use super::args::Init;
use super::{End, Failure, files, starter, terminal};
use std::path::Path;

pub(super) fn run(args: &Init) -> Result<End, Failure> {
    let dir = &args.dir;
    empty(dir)?;
    let made = starter::files(terminal::today(None)?);
    files::create(made.iter().map(|(path, bytes)| (dir.join(path.as_str()), bytes.as_slice())))?;
    let shown = quoted(dir);
    terminal::say(&format!("{}: {} files written. Next:", dir.display(), made.len()));
    terminal::say(&format!("    rahnuma serve {shown}"));
    terminal::say(&format!("    rahnuma check {shown}"));
    Ok(End::Fine)
}

/// An existing site must not be mixed with the examples.
fn empty(dir: &Path) -> Result<(), Failure> {
    match dir.read_dir().map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure(format!("{} is not empty; name a folder that does not exist yet", dir.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && dir.symlink_metadata().is_err() => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            Err(Failure(format!("{} cannot be read: permission denied", dir.display())))
        }
        Err(_) => Err(Failure(format!("{} is no folder; name one that does not exist yet", dir.display()))),
    }
}

/// A path that can be pasted into a shell.
fn quoted(dir: &Path) -> String {
    let text = dir.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '\\' | '.' | '-' | '_' | ':' | '~');
    if text.chars().all(plain) { text } else { format!("\"{text}\"") }
}
