//! The only file that knows notify: the system's own watching, or polling where that fails.
//! In: folders to watch. Out: messages into a channel. It walks no folders and decides nothing about batches.
//!
//! Where the system watches single folders (inotify), each folder is watched by itself, so that the caller can watch a new
//! folder first and list it afterwards: then no file in it is missed.

use super::places::{Concern, Places};
use notify::event::{EventKind, MetadataKind, ModifyKind, RenameMode};
use notify::{Config, ErrorKind, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// How often polling looks. It reads every file, because notify compares times in whole seconds only.
const POLL: Duration = Duration::from_millis(500);

/// What the inbox gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Message {
    /// Something happened to this path.
    Changed {
        /// The path.
        path: PathBuf,
        /// Whether what was there has gone, even if something new has its name by now.
        gone: bool,
    },
    /// The system dropped events: anything may have changed.
    Overflow,
    /// The caller wants its waiting thread back.
    Wake,
}

/// A running watcher.
pub(super) struct Backend {
    watcher: Box<dyn notify::Watcher + Send>,
    polling: bool,
}

impl Backend {
    /// The system's own watcher.
    ///
    /// # Errors
    /// Why there is none, for the user.
    pub(super) fn native(places: &Arc<Places>, inbox: &Sender<Message>) -> Result<Self, String> {
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(handler(places, inbox), config).map_err(|error| explain(&error))?;
        Ok(Self { watcher: Box::new(watcher), polling: false })
    }

    /// A watcher that looks by itself.
    ///
    /// # Errors
    /// If its thread cannot start.
    pub(super) fn polling(places: &Arc<Places>, inbox: &Sender<Message>) -> io::Result<Self> {
        let config = Config::default().with_follow_symlinks(false).with_poll_interval(POLL).with_compare_contents(true);
        let watcher = PollWatcher::new(handler(places, inbox), config).map_err(io::Error::other)?;
        Ok(Self { watcher: Box::new(watcher), polling: true })
    }

    /// Whether every folder has to be watched by itself.
    pub(super) fn is_per_folder(&self) -> bool {
        self.polling || cfg!(any(target_os = "linux", target_os = "android"))
    }

    /// Watches a root, or one folder below it where [`Backend::is_per_folder`].
    ///
    /// # Errors
    /// Why this way of watching has failed altogether, for the user. A folder that has just gone is no error.
    pub(super) fn watch_tree(&mut self, folder: &Path) -> Result<(), String> {
        self.watch(folder, if self.is_per_folder() { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive })
    }

    /// Watches a folder for what appears and disappears directly in it.
    ///
    /// # Errors
    /// As [`Backend::watch_tree`].
    pub(super) fn watch_folder(&mut self, folder: &Path) -> Result<(), String> {
        self.watch(folder, RecursiveMode::NonRecursive)
    }

    fn watch(&mut self, folder: &Path, mode: RecursiveMode) -> Result<(), String> {
        match self.watcher.watch(folder, mode) {
            Err(error) if !self.polling && !is_gone(&error) => Err(explain(&error)),
            _ => Ok(()),
        }
    }
}

/// Why there is no native watching, and what would help.
fn explain(error: &notify::Error) -> String {
    let remedy = match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the limit of watched folders is reached; raise it with `sudo sysctl fs.inotify.max_user_watches=524288`"
        }
        ErrorKind::Io(io) if is_too_many(io) => "too many programs watch; allow more with `sudo sysctl fs.inotify.max_user_instances=1024`",
        _ => return format!("the system does not report changes here ({error}), so files are looked at twice a second"),
    };
    format!("{remedy}; until then files are looked at twice a second")
}

fn is_too_many(error: &io::Error) -> bool {
    const EMFILE: i32 = 24;
    cfg!(unix) && error.raw_os_error() == Some(EMFILE)
}

fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        // A folder that may not be read is told by the reader, not by the watcher.
        ErrorKind::Io(io) => matches!(io.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::PermissionDenied),
        _ => false,
    }
}

/// Sends on what concerns the places. Runs in notify's thread.
fn handler(places: &Arc<Places>, inbox: &Sender<Message>) -> impl FnMut(notify::Result<Event>) + Send + 'static {
    let (places, inbox) = (Arc::clone(places), inbox.clone());
    move |event| {
        // An error is a folder that went away meanwhile; its parent tells of that.
        let Ok(event) = event else { return };
        if event.need_rescan() {
            // A closed inbox is a watcher that has been dropped.
            let _ = inbox.send(Message::Overflow);
        } else if let Some(matters) = matters(event.kind) {
            // A rename that is told as one event names the old path, then the new one.
            let both = event.kind == EventKind::Modify(ModifyKind::Name(RenameMode::Both));
            for (nth, path) in event.paths.into_iter().enumerate() {
                let path = places.as_given(path);
                if places.concern(&path) != Concern::None && (matters != Matters::IfFile || !path.is_dir()) {
                    let gone = matters == Matters::Gone && !(both && nth > 0);
                    let _ = inbox.send(Message::Changed { path, gone });
                }
            }
        }
    }
}

/// How an event can change a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Matters {
    /// Something is new or has other bytes.
    Changed,
    /// The same, but a folder is named only because a file came into it.
    IfFile,
    /// Something has gone or got another name.
    Gone,
}

/// `None` for what cannot change a build. Reading files makes `Access` events, so that a build would start itself;
/// `Metadata` is rights and times, except that polling tells of new bytes by the time.
fn matters(kind: EventKind) -> Option<Matters> {
    match kind {
        EventKind::Access(_) => None,
        EventKind::Modify(ModifyKind::Metadata(MetadataKind::WriteTime)) => Some(Matters::IfFile),
        EventKind::Modify(ModifyKind::Metadata(_)) => None,
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => Some(Matters::Changed),
        EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => Some(Matters::Gone),
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Other => Some(Matters::Changed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, DataChange, RemoveKind};

    #[test]
    fn reading_and_rights_do_not_matter() {
        assert_eq!(matters(EventKind::Access(AccessKind::Any)), None);
        assert_eq!(matters(EventKind::Modify(ModifyKind::Metadata(MetadataKind::Permissions))), None);
        assert_eq!(matters(EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any))), None);
        assert_eq!(matters(EventKind::Modify(ModifyKind::Metadata(MetadataKind::WriteTime))), Some(Matters::IfFile));
        assert_eq!(matters(EventKind::Modify(ModifyKind::Data(DataChange::Any))), Some(Matters::Changed));
        assert_eq!(matters(EventKind::Modify(ModifyKind::Name(RenameMode::From))), Some(Matters::Gone));
        assert_eq!(matters(EventKind::Remove(RemoveKind::Any)), Some(Matters::Gone));
        assert_eq!(matters(EventKind::Create(CreateKind::Folder)), Some(Matters::Changed));
    }

    #[test]
    fn limits_are_explained_with_the_command_that_raises_them() {
        assert_eq!(
            explain(&notify::Error::new(ErrorKind::MaxFilesWatch)),
            "the limit of watched folders is reached; raise it with `sudo sysctl fs.inotify.max_user_watches=524288`; \
             until then files are looked at twice a second"
        );
        assert_eq!(
            explain(&notify::Error::io(io::Error::from_raw_os_error(24))),
            "too many programs watch; allow more with `sudo sysctl fs.inotify.max_user_instances=1024`; \
             until then files are looked at twice a second"
        );
    }
}
