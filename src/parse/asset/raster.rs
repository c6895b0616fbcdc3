//! PNG, JPEG and WebP. In: bytes that begin like one. Out: the same picture with only the parts a decoder needs, found by name in a list of
//! what stays rather than of what goes: pixels, colour profile and, in PNG and JPEG, the orientation. It deliberately decodes no pixels.

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::Png;
use img_parts::riff::RiffContent;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF};

use super::{Picture, Problem};

/// The chunks of PNG and APNG that say how to draw: not text, time, EXIF, suggested palettes or anything private.
const PNG_CHUNKS: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs",
    b"acTL", b"fcTL", b"fdAT",
];
const WEBP_CHUNKS: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"];

/// Cleans a PNG or an APNG.
pub(super) fn png(bytes: &[u8]) -> Result<Picture, Problem> {
    let mut png = Png::from_bytes(Bytes::copy_from_slice(bytes)).map_err(|error| damaged("PNG", &error.to_string()))?;
    let orientation = orientation(png.exif().as_deref());
    let complete = png.chunk_by_type(*b"IDAT").is_some() && png.chunks().last().is_some_and(|chunk| chunk.kind() == *b"IEND");
    let size = png.dimensions().filter(|_| complete).ok_or_else(|| damaged("PNG", "the file is cut off"))?;
    png.chunks_mut().retain(|chunk| PNG_CHUNKS.contains(&&chunk.kind()));
    if orientation != 1 {
        png.set_exif(Some(minimal_exif(orientation)));
    }
    Ok((png.encoder().bytes().to_vec(), Some(turned(size, orientation))))
}

/// Cleans a JPEG, its embedded thumbnails and further pictures included.
pub(super) fn jpeg(bytes: &[u8]) -> Result<Picture, Problem> {
    let mut jpeg = Jpeg::from_bytes(Bytes::copy_from_slice(bytes)).map_err(|error| damaged("JPEG", &error.to_string()))?;
    let orientation = orientation(jpeg.exif().as_deref());
    let size = jpeg.dimensions().ok_or_else(|| damaged("JPEG", "it has no size"))?;
    let cut_off = || damaged("JPEG", "the file is cut off");
    let scan = jpeg.segments().last().filter(|segment| segment.has_entropy()).ok_or_else(cut_off)?;
    // The segment is written as its header and the scans after it; the scans are all bytes beyond 4 of marker and length.
    let encoded = scan.clone().encoder().bytes();
    let scans = encoded.get(4 + scan.contents().len()..).and_then(clean_scans).ok_or_else(cut_off)?;
    let scan = JpegSegment::new_with_entropy(scan.marker(), scan.contents().clone(), scans.into());
    let segments = jpeg.segments_mut();
    segments.pop();
    *segments = segments.drain(..).filter_map(clean_segment).collect();
    segments.push(scan);
    if orientation != 1 {
        jpeg.set_exif(Some(minimal_exif(orientation)));
    }
    Ok((jpeg.encoder().bytes().to_vec(), Some(turned((size.0.into(), size.1.into()), orientation))))
}

/// Cleans a WebP, animated ones included. Browsers show a WebP as stored, whatever its EXIF says (Chromium 156), so no orientation stays.
pub(super) fn webp(bytes: &[u8]) -> Result<Picture, Problem> {
    let mut webp = WebP::from_bytes(Bytes::copy_from_slice(bytes)).map_err(|error| damaged("WebP", &error.to_string()))?;
    let drawn = webp.chunks().iter().any(|chunk| matches!(&chunk.id(), b"VP8 " | b"VP8L" | b"ANMF"));
    let size = webp.dimensions().filter(|_| drawn).ok_or_else(|| damaged("WebP", "it has no picture"))?;
    webp.chunks_mut().retain(|chunk| WEBP_CHUNKS.contains(&&chunk.id()));
    for chunk in webp.chunks_mut() {
        let id = chunk.id();
        if let RiffContent::Data(data) = chunk.content_mut() {
            match &id {
                // The flags that promise XMP and EXIF.
                b"VP8X" => *data = data.iter().enumerate().map(|(i, b)| if i == 0 { b & !0b1100 } else { *b }).collect(),
                b"ANMF" => *data = clean_frame(data).ok_or_else(|| damaged("WebP", "a frame of its animation is broken"))?,
                _ => {}
            }
        }
    }
    Ok((webp.encoder().bytes().to_vec(), Some(size)))
}

/// What stays of a segment before the first scan: tables, frame headers, JFIF without its thumbnail, colour profiles, Adobe's colour transform.
fn clean_segment(segment: JpegSegment) -> Option<JpegSegment> {
    let contents = segment.contents();
    match segment.marker() {
        markers::SOF0..=markers::SOF15 | markers::DQT..=markers::EXP => Some(segment),
        markers::APP0 if contents.starts_with(b"JFIF\0") && contents.len() >= 14 => {
            let header = [&contents[..12], &[0, 0]].concat();
            Some(JpegSegment::new_with_contents(markers::APP0, header.into()))
        }
        markers::APP2 if contents.starts_with(b"ICC_PROFILE\0") => Some(segment),
        markers::APP14 if contents.starts_with(b"Adobe") => Some(segment),
        _ => None,
    }
}

/// The scans of a JPEG up to its end, without the comments that may stand between them. `None` when the end is missing.
fn clean_scans(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    loop {
        let mark = at + memchr::memchr(markers::P, bytes.get(at..)?)?;
        out.extend_from_slice(&bytes[at..mark]);
        let marker = *bytes.get(mark + 1)?;
        at = match marker {
            // A byte of data, a restart, a byte of filling.
            markers::Z | markers::RST0..=markers::RST7 => {
                out.extend_from_slice(&[markers::P, marker]);
                mark + 2
            }
            markers::P => mark + 1,
            markers::EOI => {
                out.extend_from_slice(&[markers::P, markers::EOI]);
                return Some(out);
            }
            _ => {
                let length = usize::from(u16::from_be_bytes(bytes.get(mark + 2..mark + 4)?.try_into().ok()?));
                let segment = bytes.get(mark..mark + 2 + length).filter(|_| length >= 2)?;
                if matches!(marker, markers::DHT | markers::DAC | markers::SOS..=markers::DRI) {
                    out.extend_from_slice(segment);
                }
                mark + 2 + length
            }
        };
    }
}

/// A frame of an animated WebP: 16 bytes of header, then chunks of which only the pixels stay.
fn clean_frame(frame: &[u8]) -> Option<Bytes> {
    let mut out = frame.get(..16)?.to_vec();
    let mut at = 16;
    while at < frame.len() {
        let length = u32::from_le_bytes(frame.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        let end = at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?;
        let chunk = frame.get(at..end)?;
        if [b"ALPH", b"VP8 ", b"VP8L"].iter().any(|id| chunk.starts_with(*id)) {
            out.extend_from_slice(chunk);
        }
        at = end;
    }
    Some(out.into())
}

/// The EXIF orientation, 1 to 8; 1, upright, when there is none.
fn orientation(exif: Option<&[u8]>) -> u16 {
    let read = |exif: &[u8]| {
        let little = match exif.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        let u16_at =
            |at: usize| exif.get(at..at.checked_add(2)?)?.try_into().ok().map(if little { u16::from_le_bytes } else { u16::from_be_bytes });
        let offset = exif.get(4..8)?.try_into().ok().map(if little { u32::from_le_bytes } else { u32::from_be_bytes })? as usize;
        let entries = usize::from(u16_at(offset)?);
        let entry = (0..entries).map(|n| offset + 2 + 12 * n).find(|&at| u16_at(at) == Some(0x0112))?;
        u16_at(entry + 8)
    };
    exif.and_then(read).filter(|value| (1..=8).contains(value)).unwrap_or(1)
}

/// EXIF with the orientation and nothing else.
fn minimal_exif(orientation: u16) -> Bytes {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend_from_slice(&u32::from(orientation).to_le_bytes());
    exif.extend_from_slice(&[0; 4]);
    exif.into()
}

/// The size as shown: orientations 5 to 8 lie on their side.
fn turned((width, height): (u32, u32), orientation: u16) -> (u32, u32) {
    if orientation > 4 { (height, width) } else { (width, height) }
}

fn damaged(kind: &str, why: &str) -> Problem {
    Problem::new(format!("the {kind} cannot be read: {why}"), "Export it again, or copy it again from where it came from.")
}

#[cfg(test)]
mod tests;
