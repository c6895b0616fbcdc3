//! Which paths matter: below a root, not ignored, not an editor's working file.
//! In: paths as the system reports them. Out: whether and how they concern us. It looks at names only, never at the disk.

use std::path::{Path, PathBuf};

/// What a path is to the watched roots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Concern {
    /// A root or something below one.
    Below,
    /// A folder that a root lies in: the root may have come or gone with it.
    Above,
    /// Nothing.
    None,
}

/// The watched roots and the ignored folders, as absolute paths.
#[derive(Clone, Debug)]
pub(super) struct Places {
    pub(super) roots: Vec<PathBuf>,
    /// Some systems report the path behind links; from there to the path that the caller knows.
    aliases: Vec<(PathBuf, PathBuf)>,
    ignored: Vec<PathBuf>,
}

impl Places {
    /// `aliases` leads from real paths to the roots as given.
    pub(super) fn new(roots: Vec<PathBuf>, aliases: Vec<(PathBuf, PathBuf)>, ignored: Vec<PathBuf>) -> Self {
        Self { roots, aliases, ignored }
    }

    /// The path in the caller's words.
    pub(super) fn as_given(&self, path: PathBuf) -> PathBuf {
        if self.roots.iter().any(|root| path.starts_with(root)) {
            return path;
        }
        let alias = self.aliases.iter().find_map(|(real, given)| Some(given.join(path.strip_prefix(real).ok()?)));
        alias.unwrap_or(path)
    }

    /// What the path is to the roots.
    pub(super) fn concern(&self, path: &Path) -> Concern {
        if self.ignored.iter().any(|ignored| path.starts_with(ignored)) {
            return Concern::None;
        }
        let below = self.roots.iter().filter_map(|root| path.strip_prefix(root).ok());
        let below: Vec<&Path> = below.collect();
        if below.iter().any(|rest| !rest.iter().any(|name| is_noise(&name.to_string_lossy()))) {
            Concern::Below
        } else if below.is_empty() && self.roots.iter().any(|root| root.starts_with(path)) {
            Concern::Above
        } else {
            Concern::None
        }
    }
}

/// Names that editors and systems use while they work: hidden files, backups, swap files, lock files, and vim's `4913`.
fn is_noise(name: &str) -> bool {
    let ends = ["~", ".swp", ".swx", ".tmp", "___jb_tmp___", "___jb_old___"];
    name.starts_with('.')
        || name.starts_with("~$")
        || name == "4913"
        || ends.iter().any(|end| name.ends_with(end))
        || (name.starts_with('#') && name.ends_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        // Hidden folders above a root are the user's business.
        let roots = vec![PathBuf::from("/home/.x/site/content"), PathBuf::from("/home/.x/site/themes")];
        let aliases = vec![(PathBuf::from("/real/content"), roots[0].clone())];
        Places::new(roots, aliases, vec![PathBuf::from("/home/.x/site/content/out")])
    }

    #[test]
    fn roots_and_what_is_below_them_count() {
        let concern = |path: &str| places().concern(Path::new(path));
        assert_eq!(concern("/home/.x/site/content"), Concern::Below);
        assert_eq!(concern("/home/.x/site/content/ur/قانون.md"), Concern::Below);
        assert_eq!(concern("/home/.x/site"), Concern::Above);
        assert_eq!(concern("/home/.x/site/contents/a.md"), Concern::None);
        assert_eq!(concern("/home/.x/site/public/index.html"), Concern::None);
        assert_eq!(concern("/home/.x/site/content/out/index.html"), Concern::None);
    }

    #[test]
    fn working_files_of_editors_do_not_count() {
        let names = ["a.md~", ".a.md.swp", "a.swp", "4913", ".#a.md", "#a.md#", "a.md.tmp", ".git/HEAD", "a.md___jb_tmp___", "~$a.docx"];
        for name in names {
            assert_eq!(places().concern(&Path::new("/home/.x/site/content/en").join(name)), Concern::None, "{name}");
        }
        for name in ["a.md", "49130.md", "tmp/a.md", "a#b.md"] {
            assert_eq!(places().concern(&Path::new("/home/.x/site/content/en").join(name)), Concern::Below, "{name}");
        }
    }

    #[test]
    fn real_paths_are_told_as_given() {
        let given = |path: &str| places().as_given(PathBuf::from(path));
        assert_eq!(given("/real/content/en/a.md"), Path::new("/home/.x/site/content/en/a.md"));
        assert_eq!(given("/home/.x/site/themes/a"), Path::new("/home/.x/site/themes/a"));
        assert_eq!(given("/elsewhere"), Path::new("/elsewhere"));
    }
}
