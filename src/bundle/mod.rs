//! Outputs as files to carry and to serve: settings for hosts, and a zip that unpacks the same everywhere. In: paths and bytes. Out: bytes, the same for the same input.
//! It renders nothing and writes nothing.

mod host;

pub use host::Styles;

use crate::path::OutputPath;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Longest path inside a zip. Windows allows 260 characters in all; this leaves room for the folder people unpack to.
const LONGEST: usize = 150;

/// Why a zip cannot be made.
#[derive(Debug)]
pub enum BundleError {
    /// A path that old systems would not unpack.
    Path(OutputPath),
    /// The archive library refused.
    Archive(String),
}

impl std::fmt::Display for BundleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BundleError::Path(path) => {
                write!(f, "`{path}` cannot be in the zip: paths there are ASCII and at most {LONGEST} long; give the page a shorter `slug`")
            }
            BundleError::Archive(message) => write!(f, "the zip cannot be made: {message}"),
        }
    }
}

impl std::error::Error for BundleError {}

/// A zip of these files in path order, with one fixed date and mode, so that equal content gives equal bytes.
pub fn zip(files: &BTreeMap<OutputPath, Vec<u8>>) -> Result<Vec<u8>, BundleError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let failed = |e: zip::result::ZipError| BundleError::Archive(e.to_string());
    for (path, bytes) in files {
        if !path.as_str().is_ascii() || path.as_str().len() > LONGEST {
            return Err(BundleError::Path(path.clone()));
        }
        let stored = matches!(path.as_str().rsplit('.').next(), Some("woff2" | "png" | "jpg" | "jpeg" | "webp" | "avif"));
        let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options =
            SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default()).unix_permissions(0o644);
        writer.start_file(path.as_str(), options).map_err(failed)?;
        writer.write_all(bytes).map_err(|e| BundleError::Archive(e.to_string()))?;
    }
    writer.finish().map(Cursor::into_inner).map_err(failed)
}

/// A file's SHA-256, hexadecimal, as `sha256sum` prints it.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        use std::fmt::Write;
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_files_give_equal_bytes_and_long_paths_are_refused() {
        let files = BTreeMap::from([(OutputPath::new("b.html"), b"b".to_vec()), (OutputPath::new("a.html"), b"a".to_vec())]);
        let first = zip(&files).expect("makes a zip");
        assert_eq!(first, zip(&files).expect("makes a zip"));
        assert!(first.starts_with(b"PK\x03\x04"));
        let long = BTreeMap::from([(OutputPath::new("a".repeat(LONGEST + 1)), Vec::new())]);
        assert!(matches!(zip(&long), Err(BundleError::Path(_))));
        assert!(matches!(zip(&BTreeMap::from([(OutputPath::new("ر.html"), Vec::new())])), Err(BundleError::Path(_))));
    }

    #[test]
    fn checksums_are_those_of_sha256sum() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
