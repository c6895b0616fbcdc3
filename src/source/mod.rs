//! The read edge: content and themes from a disk, dates from git. In: a root folder. Out: what `pipeline::Tree` asks for. Every error becomes a diagnostic
//! that names the file; nothing is skipped in silence. It parses nothing.

mod built_in;
mod history;

pub use built_in::{default_theme, library, starter, template};

use crate::diag::Diagnostic;
use crate::model::Date;
use crate::model::asset::ThemeFiles;
use crate::path::SourcePath;
use crate::pipeline::Tree;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// Largest file that is read, in bytes.
const MAX_FILE: u64 = 20 * 1024 * 1024;

/// A site on a disk.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// A site whose `content/` lies below `root`.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The root folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path on the disk as the site's own name for it; `None` outside the root.
    pub fn source_path(&self, path: &Path) -> Option<SourcePath> {
        let relative = path.strip_prefix(&self.root).ok()?;
        Some(SourcePath::new(relative.to_str()?.replace('\\', "/")))
    }
}

impl Tree for Disk {
    fn content(&self) -> (BTreeSet<SourcePath>, Vec<Diagnostic>) {
        let folder = self.root.join("content");
        let mut files = BTreeSet::new();
        let mut found = Vec::new();
        let mut outside: Vec<PathBuf> = Vec::new();
        if !folder.exists() {
            return (files, found);
        }
        let inside = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
        let walk = WalkDir::new(&folder)
            .follow_links(true)
            .into_iter()
            .filter_entry(|e| e.depth() == 0 || !(hidden(e.file_name()) || (e.depth() == 1 && e.file_name() == "_templates")));
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    if entry.path_is_symlink() && !stays_inside(entry.path(), &inside) {
                        found.push(self.outside(entry.path()));
                        outside.push(entry.into_path());
                    }
                }
                Ok(entry) => match entry.path().to_str() {
                    None => found.push(
                        Diagnostic::error("file-name", format!("the name of {} is not UTF-8", entry.path().display()))
                            .help("rename it with plain letters, digits and hyphens"),
                    ),
                    Some(_) if entry.path_is_symlink() && !stays_inside(entry.path(), &inside) => found.push(self.outside(entry.path())),
                    // Reached through a folder that has been reported.
                    Some(_) if outside.iter().any(|folder| entry.path().parent() == Some(folder)) => {}
                    Some(_) => files.extend(self.source_path(entry.path()).filter(|p| !is_leftover(p.file_name()))),
                },
                Err(error) => found.push(self.walk_error(&error)),
            }
        }
        (files, found)
    }

    #[expect(clippy::disallowed_methods, reason = "the read edge")]
    fn read(&self, file: &SourcePath) -> Result<Vec<u8>, Box<Diagnostic>> {
        let path = self.root.join(file.as_str());
        let unreadable = |error: std::io::Error| {
            Box::new(
                Diagnostic::error("unreadable", format!("the file cannot be read: {}", reason(&error)))
                    .in_file(file)
                    .help("check its permissions, or delete it"),
            )
        };
        let mut opened = File::open(&path).map_err(unreadable)?;
        let size = opened.metadata().map_err(unreadable)?.len();
        if size > MAX_FILE {
            let message = format!("the file has {} MB; {} MB is the limit", size >> 20, MAX_FILE >> 20);
            return Err(Box::new(Diagnostic::error("file-too-large", message).in_file(file).help("split it, or make it smaller")));
        }
        // Room for one byte more than there is, so that the end is seen without growing.
        let mut bytes = Vec::with_capacity(size as usize + 1);
        opened.read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(bytes)
    }

    fn theme(&self, name: &str) -> Result<(String, ThemeFiles), Box<Diagnostic>> {
        let folder = self.root.join("themes").join(name);
        let mut files = default_theme();
        if folder.is_dir() {
            for entry in WalkDir::new(&folder).sort_by_file_name().into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file()) {
                let (Ok(relative), Some(source)) = (entry.path().strip_prefix(&folder), self.source_path(entry.path())) else { continue };
                files.insert(relative.to_string_lossy().replace('\\', "/"), Arc::from(self.read(&source)?));
            }
        } else if name != "default" {
            let diagnostic =
                Diagnostic::error("no-theme", format!("there is no folder themes/{name}")).in_file(&SourcePath::new("content/site.yaml"));
            return Err(Box::new(diagnostic.help("create it, or write `theme: default`")));
        }
        Ok((format!("themes/{name}"), files))
    }

    fn history(&self) -> (BTreeMap<SourcePath, Date>, Option<Diagnostic>) {
        history::dates(&self.root)
    }
}

impl Disk {
    fn outside(&self, path: &Path) -> Diagnostic {
        let shown = self.source_path(path).unwrap_or_else(|| SourcePath::new("content"));
        Diagnostic::error("link-outside", "this link leads out of content/")
            .in_file(&shown)
            .help("copy the file here; links out of the site break on other machines")
    }

    fn walk_error(&self, error: &walkdir::Error) -> Diagnostic {
        let path = error.path().and_then(|p| self.source_path(p)).unwrap_or_else(|| SourcePath::new("content"));
        if error.loop_ancestor().is_some() {
            return Diagnostic::error("link-loop", "this link leads back to a folder above it").in_file(&path).help("delete the link");
        }
        let why = error.io_error().map_or_else(|| error.to_string(), reason);
        Diagnostic::error("unreadable", format!("it cannot be read: {why}")).in_file(&path).help("check its permissions, or delete it")
    }
}

/// Whether a link's target lies below the folder.
fn stays_inside(path: &Path, inside: &Path) -> bool {
    path.canonicalize().is_ok_and(|target| target.starts_with(inside))
}

/// What editors leave beside a file.
fn is_leftover(name: &str) -> bool {
    name.ends_with('~') || name.starts_with(".#") || name.ends_with(".swp") || name == "Thumbs.db" || name == "desktop.ini"
}

/// An operating system's error without its number.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
