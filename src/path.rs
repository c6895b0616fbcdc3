//! Paths, one type for each space, so that a source path cannot be written to and an output path cannot be read.
//! In: relative paths with `/`. Out: the same, checked, and the relative links between outputs. It never touches a disk.

use std::fmt;
use std::sync::Arc;

/// A file below the site's root as its author sees it, with `/` between parts: `content/en/law/ptpa-2018.md`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Takes a relative path with `/` separators.
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(Arc::from(path.as_ref()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the last `/`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The extension in lower case, empty if there is none.
    pub fn extension(&self) -> String {
        self.file_name().rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default()
    }

    /// The path with this prefix and the `/` after it removed.
    pub fn strip(&self, prefix: &str) -> Option<&str> {
        self.0.strip_prefix(prefix)?.strip_prefix('/')
    }

    /// Resolves a relative link target against this file: `../law/x.md` from `content/en/sop/a.md`.
    /// `None` when it climbs above the root.
    pub fn join(&self, target: &str) -> Option<SourcePath> {
        climb(self.0.rsplit_once('/').map_or("", |(folder, _)| folder), target).map(SourcePath::new)
    }
}

/// A file below the output folder, with `/` between parts: `en/law/ptpa-2018/index.html`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Takes a relative path with `/` separators. The caller has made sure that it stays below the output folder.
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(Arc::from(path.as_ref()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many folders deep the file lies: 0 for `index.html`, 2 for `en/law/index.html`.
    pub fn depth(&self) -> usize {
        self.0.bytes().filter(|b| *b == b'/').count()
    }

    /// The prefix that leads from this file to the output root: empty, `../`, `../../` …
    pub fn to_root(&self) -> String {
        "../".repeat(self.depth())
    }

    /// A relative link from this file to another, always naming the file (`index.html`), so that it works without a server.
    pub fn link_to(&self, other: &OutputPath) -> String {
        let same = self.0.bytes().zip(other.0.bytes()).take_while(|(a, b)| a == b).count();
        // What both have up to the last `/` are whole folders.
        let shared = self.0.as_bytes()[..same].iter().rposition(|b| *b == b'/').map_or(0, |slash| slash + 1);
        let up = self.0.as_bytes()[shared..].iter().filter(|b| **b == b'/').count();
        let mut link = String::with_capacity(3 * up + other.0.len() - shared);
        for _ in 0..up {
            link.push_str("../");
        }
        link.push_str(&other.0[shared..]);
        link
    }

    /// The address of the file on a host, with `index.html` dropped: `en/law/ptpa-2018/`.
    pub fn address(&self) -> &str {
        match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        }
    }
}

/// Walks `target` from a folder; `None` above the root.
fn climb(folder: &str, target: &str) -> Option<String> {
    let mut path = String::with_capacity(folder.len() + 1 + target.len());
    path.push_str(folder);
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            name => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(name);
            }
        }
    }
    Some(path)
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_and_name_the_file() {
        let from = OutputPath::new("en/sop/interview/index.html");
        assert_eq!(from.link_to(&OutputPath::new("en/law/ptpa-2018/index.html")), "../../law/ptpa-2018/index.html");
        assert_eq!(from.link_to(&OutputPath::new("index.html")), "../../../index.html");
        assert_eq!(from.link_to(&from), "index.html");
        assert_eq!(from.link_to(&OutputPath::new("en/sop-2/index.html")), "../../sop-2/index.html");
        assert_eq!(from.link_to(&OutputPath::new("en/sop/inter/index.html")), "../inter/index.html");
        assert_eq!(OutputPath::new("index.html").link_to(&from), "en/sop/interview/index.html");
    }

    #[test]
    fn a_link_that_climbs_out_is_none() {
        let page = SourcePath::new("content/en/a.md");
        assert_eq!(page.join("../ur/a.md"), Some(SourcePath::new("content/ur/a.md")));
        assert_eq!(page.join("../../../etc/passwd"), None);
    }

    #[test]
    fn addresses_drop_index_html_only_as_a_file_name() {
        assert_eq!(OutputPath::new("en/law/index.html").address(), "en/law/");
        assert_eq!(OutputPath::new("en/xindex.html").address(), "en/xindex.html");
    }
}
