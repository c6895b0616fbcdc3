//! What the program carries with it: the default theme, the page templates and the files of a new site. In: nothing. Out: names and bytes.
//! Templates, vocabularies and the safety page are those of this repository's own library, so that there is one copy of them.

use crate::model::asset::ThemeFiles;
use rust_embed::RustEmbed;
use std::sync::Arc;

#[derive(RustEmbed)]
#[folder = "themes/default"]
struct DefaultTheme;

#[derive(RustEmbed)]
#[folder = "src/source/starter"]
struct Starter;

#[derive(RustEmbed)]
#[folder = "content"]
#[include = "site.yaml"]
#[include = "*/safety.md"]
#[include = "_templates/*"]
struct Library;

fn all<E: RustEmbed>() -> ThemeFiles {
    E::iter().filter_map(|path| Some((path.to_string(), Arc::from(E::get(&path)?.data.as_ref())))).collect()
}

/// The built-in theme's files.
pub fn default_theme() -> ThemeFiles {
    all::<DefaultTheme>()
}

/// Files of a new site by path. A leading `dot-` stands for the dot that would hide a file here; `{{date}}` and `{{repository}}` are to be
/// filled in.
pub fn starter() -> ThemeFiles {
    all::<Starter>()
}

/// What new sites take from this repository's `content/`: `site.yaml`, the safety page of each language, `_templates/`.
pub fn library() -> ThemeFiles {
    all::<Library>()
}

/// The template of this file name: `sop.ur.md`.
pub fn template(name: &str) -> Option<String> {
    String::from_utf8(Library::get(&format!("_templates/{name}"))?.data.into_owned()).ok()
}
