//! The ownership list: which files in the output folder are ours, one path a line, sorted.
//! In: its text, from a folder that strangers may have touched. Out: the paths that are safe to act on, and a message for
//! each that is not. It reads and writes no file, and does not look whether a path passes through a link: that is `folders`.

use crate::path::OutputPath;
use std::collections::BTreeSet;

/// The hidden folder inside the output folder that holds the list and the temporaries.
pub(super) const HIDDEN: &str = ".rahnuma";

/// Reads the list. Entries that no output may have are left out, with a message each.
pub(super) fn parse(text: &str) -> (BTreeSet<OutputPath>, Vec<String>) {
    let (safe, unsafe_): (Vec<&str>, Vec<&str>) = text.lines().filter(|line| !line.is_empty()).partition(|line| is_safe(line));
    let refused = unsafe_.iter().map(|line| format!("the ownership list names `{}`, which no build writes; ignored", line.escape_debug()));
    (safe.into_iter().map(OutputPath::new).collect(), refused.collect())
}

/// Writes the list: the same set gives the same bytes.
pub(super) fn format<'a>(paths: impl IntoIterator<Item = &'a OutputPath>) -> String {
    let mut text = String::new();
    for path in paths {
        text.push_str(path.as_str());
        text.push('\n');
    }
    text
}

/// Whether a path may be written or removed: relative, only plain names, not inside the hidden folder, no control
/// characters, and none of the marks (`\`, `:`) that mean something else on Windows.
pub(super) fn is_safe(path: &str) -> bool {
    let hidden = path.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case(HIDDEN));
    !hidden
        && path.split('/').all(|name| !matches!(name, "" | "." | ".."))
        && !path.chars().any(|c| c.is_control() || matches!(c, '\\' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_relative_paths_are_safe() {
        for path in ["index.html", "en/law/ptpa-2018/index.html", "ur/قانون/index.html", "a b.html", "..a/b..", ".nojekyll"] {
            assert!(is_safe(path), "{path}");
        }
        for path in ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", ".rahnuma/owned", ".Rahnuma/x", "C:/x", "a\\b", "a\0", "a\r"]
        {
            assert!(!is_safe(path), "{path:?}");
        }
    }

    #[test]
    fn the_list_survives_a_round_and_drops_what_is_unsafe() {
        let text = "a/index.html\nindex.html\n";
        let (paths, refused) = parse(text);
        assert_eq!(format(&paths), text);
        assert_eq!(refused, Vec::<String>::new());

        let (paths, refused) = parse("/etc/passwd\nok\n../up\n");
        assert_eq!(format(&paths), "ok\n");
        assert_eq!(
            refused,
            [
                "the ownership list names `/etc/passwd`, which no build writes; ignored",
                "the ownership list names `../up`, which no build writes; ignored"
            ]
        );
    }
}
