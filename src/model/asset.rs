//! Files that are no pages: one of `content/assets/` after its check, and those of a theme. In: cleaned bytes. Out: what rendering needs
//! to know of them.

use crate::path::{OutputPath, SourcePath};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A theme's files by path inside the theme.
pub type ThemeFiles = BTreeMap<String, Arc<[u8]>>;

/// A cleaned asset.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Where it came from.
    pub source: SourcePath,
    /// Where it goes: `assets/…` with a fingerprint in the name.
    pub output: OutputPath,
    /// Width and height in CSS pixels, for images.
    pub size: Option<(u32, u32)>,
    /// Content without metadata.
    pub bytes: Arc<[u8]>,
}
