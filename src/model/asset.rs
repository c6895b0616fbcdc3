//! A file of `content/assets/` after its check. In: cleaned bytes. Out: what rendering needs to know of it.

use crate::path::{OutputPath, SourcePath};
use std::sync::Arc;

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
