//! Files that are published beside the pages. In: a file's extension and bytes. Out: the bytes to publish, without what they told of their
//! maker (place, device, comments, editing history), and the size of a picture; or the reason not to publish them.
//! It deliberately re-encodes no pixels, shortens no file for speed, and leaves the inside of a PDF as it is.

mod avif;
mod raster;
mod svg;

/// What the help of every unknown extension says.
const EXTENSIONS: &str = "png, jpg, jpeg, webp, avif, svg, pdf, csv, ics";

/// A file fit to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clean {
    /// The bytes to publish.
    pub bytes: Vec<u8>,
    /// Width and height of a picture in pixels, as a browser shows it. An SVG without a size has none.
    pub size: Option<(u32, u32)>,
    /// The media type to serve it as.
    pub media_type: &'static str,
}

/// Why a file is not published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in a few words.
    pub message: String,
    /// What the author can do.
    pub help: String,
}

impl Problem {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

/// A cleaned picture: its bytes and its size.
type Picture = (Vec<u8>, Option<(u32, u32)>);
type Cleaner = fn(&[u8]) -> Result<Picture, Problem>;

/// Cleans the bytes of a file whose name ends in `path_ext` (without the dot, any case).
pub fn clean(path_ext: &str, bytes: &[u8]) -> Result<Clean, Problem> {
    let extension = path_ext.to_ascii_lowercase();
    let (media_type, cleaner): (&'static str, Cleaner) = match extension.as_str() {
        "png" => ("image/png", raster::png),
        "jpg" | "jpeg" => ("image/jpeg", raster::jpeg),
        "webp" => ("image/webp", raster::webp),
        "avif" => ("image/avif", avif::clean),
        "svg" => ("image/svg+xml", svg::clean),
        "pdf" => ("application/pdf", unchanged),
        "csv" => ("text/csv", csv),
        "ics" => ("text/calendar", calendar),
        _ => return Err(Problem::new(format!("files ending in `.{extension}` are not published"), format!("Use one of {EXTENSIONS}."))),
    };
    if bytes.is_empty() {
        return Err(Problem::new("the file is empty", "Copy it again from where it came from."));
    }
    let is_text = matches!(extension.as_str(), "svg" | "csv" | "ics");
    if !is_text {
        match infer::get(bytes) {
            Some(kind) if kind.mime_type() == media_type => {}
            Some(kind) => {
                let message = format!("the file ends in `.{extension}` but holds {}", kind.mime_type());
                return Err(Problem::new(message, format!("Name it `.{}`, or save it again as {media_type}.", kind.extension())));
            }
            None => {
                return Err(Problem::new(
                    format!("the file ends in `.{extension}` but does not hold {media_type}"),
                    format!("Save it again as {media_type}."),
                ));
            }
        }
    }
    let (bytes, size) = cleaner(bytes)?;
    Ok(Clean { bytes, size, media_type })
}

fn unchanged(bytes: &[u8]) -> Result<Picture, Problem> {
    Ok((bytes.to_vec(), None))
}

fn csv(bytes: &[u8]) -> Result<Picture, Problem> {
    text(bytes).and_then(|_| unchanged(bytes))
}

fn calendar(bytes: &[u8]) -> Result<Picture, Problem> {
    let calendar = text(bytes)?;
    match calendar.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        true => unchanged(bytes),
        false => Err(Problem::new("the file ends in `.ics` but is not a calendar", "A calendar file begins with `BEGIN:VCALENDAR`.")),
    }
}

/// UTF-8 text without a byte order mark.
fn text(bytes: &[u8]) -> Result<&str, Problem> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text)),
        Ok(_) => Err(Problem::new("the file has zero bytes, so it is not text", "Save it again as UTF-8 text.")),
        Err(error) => {
            Err(Problem::new(format!("the file is not UTF-8 at byte {}", error.valid_up_to()), "Save it again with the encoding UTF-8."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn message(extension: &str, bytes: &[u8]) -> String {
        clean(extension, bytes).map(|c| c.media_type.to_owned()).unwrap_or_else(|problem| problem.message)
    }

    #[test]
    fn only_known_kinds_are_published() {
        assert_eq!(message("exe", b"MZ"), "files ending in `.exe` are not published");
        assert_eq!(message("", b"x"), "files ending in `.` are not published");
        assert_eq!(message("PDF", b"%PDF-1.7\n"), "application/pdf");
        assert_eq!(message("pdf", b"<html>"), "the file ends in `.pdf` but holds text/html");
        assert_eq!(message("png", b"\xFF\xD8\xFF\xE0"), "the file ends in `.png` but holds image/jpeg");
        assert_eq!(message("png", b"hello"), "the file ends in `.png` but does not hold image/png");
        assert_eq!(message("csv", b""), "the file is empty");
    }

    #[test]
    fn text_files_are_utf8() {
        assert_eq!(message("csv", "سال,تعداد\n2018,5\n".as_bytes()), "text/csv");
        assert_eq!(message("csv", b"a,\xE9\n"), "the file is not UTF-8 at byte 2");
        assert_eq!(message("csv", b"a\0b"), "the file has zero bytes, so it is not text");
        assert_eq!(message("ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), "text/calendar");
        assert_eq!(message("ics", "سال".as_bytes()), "the file ends in `.ics` but is not a calendar");
        let clean = clean("csv", "\u{FEFF}a,b".as_bytes()).unwrap();
        assert_eq!((clean.bytes, clean.size), ("\u{FEFF}a,b".as_bytes().to_vec(), None));
    }

    const HEADS: [&[u8]; 6] = [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xFF\xD8\xFF\xE1\0\x20Exif\0\0II*\0\x08\0\0\0",
        b"RIFF\x20\0\0\0WEBPVP8X",
        b"\0\0\0\x14ftypavif\0\0\0\0avif\0\0\0\x40meta\0\0\0\0",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"",
    ];

    proptest! {
        #[test]
        fn any_bytes_are_accepted(
            head in prop::sample::select(&HEADS[..]),
            tail in prop::collection::vec(any::<u8>(), 0..200),
            extension in "png|jpg|webp|avif|svg|pdf|csv|ics",
        ) {
            let _ = clean(&extension, &[head, &tail].concat());
        }
    }
}
