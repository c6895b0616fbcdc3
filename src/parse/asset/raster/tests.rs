//! Small pictures made here, with everything a camera and an editor leave in them.

use img_parts::png::PngChunk;

use super::*;
use crate::parse::asset::clean;

/// Little-endian EXIF: orientation, then a GPS directory with a latitude reference.
fn camera_exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend_from_slice(&[0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend_from_slice(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0GPS-31.5204");
    exif
}

fn png_of(chunks: &[(&[u8; 4], &[u8])], trailing: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, contents) in chunks {
        out.extend_from_slice(&PngChunk::new(**kind, Bytes::copy_from_slice(contents)).encoder().bytes());
    }
    [out, trailing.to_vec()].concat()
}

const IHDR: &[u8] = b"\0\0\0\x02\0\0\0\x03\x08\0\0\0\0";

#[test]
fn a_png_keeps_its_pixels_and_profile_only() {
    let exif = camera_exif(1);
    let dirty = png_of(
        &[
            (b"IHDR", IHDR),
            (b"tEXt", b"Author\0Ali"),
            (b"iCCP", b"p\0\0z"),
            (b"eXIf", &exif),
            (b"tIME", b"1234567"),
            (b"IDAT", b"pix"),
            (b"zTXt", b"x"),
            (b"IEND", b""),
        ],
        b"hidden",
    );
    let cleaned = clean("PNG", &dirty).unwrap();
    assert_eq!(cleaned.bytes, png_of(&[(b"IHDR", IHDR), (b"iCCP", b"p\0\0z"), (b"IDAT", b"pix"), (b"IEND", b"")], b""));
    assert_eq!((cleaned.size, cleaned.media_type), (Some((2, 3)), "image/png"));
    assert_eq!(clean("png", &cleaned.bytes).unwrap(), cleaned);
}

#[test]
fn a_turned_png_keeps_its_orientation_alone() {
    let exif = camera_exif(8);
    let cleaned = clean("png", &png_of(&[(b"IHDR", IHDR), (b"IDAT", b"pix"), (b"eXIf", &exif), (b"IEND", b"")], b"")).unwrap();
    assert_eq!(cleaned.bytes, png_of(&[(b"IHDR", IHDR), (b"eXIf", &minimal_exif(8)), (b"IDAT", b"pix"), (b"IEND", b"")], b""));
    assert_eq!(cleaned.size, Some((3, 2)));
}

#[test]
fn a_broken_png_is_refused() {
    let cut = png_of(&[(b"IHDR", IHDR), (b"IDAT", b"pix")], b"");
    assert_eq!(clean("png", &cut).unwrap_err().message, "the PNG cannot be read: the file is cut off");
    assert_eq!(clean("png", &cut[..40]).unwrap_err().message, "the PNG cannot be read: a truncated chunk was read");
}

fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
    let length = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker][..], &length, contents].concat()
}

const SOF: &[u8] = b"\x08\0\x03\0\x02\x01\x01\x11\0";
const JFIF: &[u8] = b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0";

fn jpeg_of(before: &[Vec<u8>], scans: &[u8]) -> Vec<u8> {
    [b"\xFF\xD8".to_vec(), before.concat(), segment(0xDA, b"\x01\x01\0\0\x3f\0"), scans.to_vec()].concat()
}

#[test]
fn a_jpeg_loses_place_thumbnail_comments_and_appended_pictures() {
    let exif = [b"Exif\0\0".to_vec(), camera_exif(1)].concat();
    let jfif = [&JFIF[..12], b"\x01\x01rgb"].concat();
    let before = [
        segment(0xE0, &jfif),
        segment(0xE0, b"JFXX\0thumbnail"),
        segment(0xE1, &exif),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
        segment(0xE2, b"ICC_PROFILE\0\x01\x01icc"),
        segment(0xE2, b"MPF\0II*\0"),
        segment(0xED, b"Photoshop 3.0\x008BIM"),
        segment(0xEE, b"Adobe\0\x64\0\0\0\0\0"),
        segment(0xFE, b"by Ali"),
        segment(0xDB, b"table"),
        segment(0xC0, SOF),
    ];
    let scans = [
        b"ab\xFF\0c\xFF\xD0d".to_vec(),
        segment(0xFE, b"note"),
        segment(0xC4, b"huff"),
        segment(0xDA, b"\x01"),
        b"ef\xFF\xD9\xFF\xD8second".to_vec(),
    ]
    .concat();
    let kept = [
        segment(0xE0, JFIF),
        segment(0xE2, b"ICC_PROFILE\0\x01\x01icc"),
        segment(0xEE, b"Adobe\0\x64\0\0\0\0\0"),
        segment(0xDB, b"table"),
        segment(0xC0, SOF),
    ];
    let kept_scans = [b"ab\xFF\0c\xFF\xD0d".to_vec(), segment(0xC4, b"huff"), segment(0xDA, b"\x01"), b"ef\xFF\xD9".to_vec()].concat();
    let cleaned = clean("jpeg", &jpeg_of(&before, &scans)).unwrap();
    assert_eq!(cleaned.bytes, jpeg_of(&kept, &kept_scans));
    assert_eq!((cleaned.size, cleaned.media_type), (Some((2, 3)), "image/jpeg"));
}

#[test]
fn a_turned_jpeg_keeps_its_orientation_alone() {
    let exif = [b"Exif\0\0".to_vec(), camera_exif(6)].concat();
    let minimal = [b"Exif\0\0".to_vec(), b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec()].concat();
    let cleaned = clean("jpg", &jpeg_of(&[segment(0xE1, &exif), segment(0xC0, SOF)], b"ab\xFF\xD9")).unwrap();
    assert_eq!(cleaned.bytes, jpeg_of(&[segment(0xE1, &minimal), segment(0xC0, SOF)], b"ab\xFF\xD9"));
    assert_eq!(cleaned.size, Some((3, 2)));
    assert_eq!(orientation(Some(b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0")), 8);
}

#[test]
fn a_cut_off_jpeg_is_refused() {
    for broken in [jpeg_of(&[segment(0xC0, SOF)], b"ab"), jpeg_of(&[segment(0xC0, SOF)], b"")] {
        assert!(clean("jpg", &broken).unwrap_err().message.starts_with("the JPEG cannot be read: "));
    }
}

fn chunk(id: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    [&id[..], &length, data, &[0][..data.len() % 2]].concat()
}

fn webp_of(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body = [b"WEBP".to_vec(), chunks.concat()].concat();
    [b"RIFF".to_vec(), u32::try_from(body.len()).unwrap().to_le_bytes().to_vec(), body].concat()
}

const VP8L: &[u8] = b"\x2f\x01\x80\0\0";

#[test]
fn a_webp_loses_exif_xmp_and_unknown_chunks() {
    let exif = camera_exif(6);
    let dirty = webp_of(&[
        chunk(b"VP8X", b"\x2C\0\0\0\x01\0\0\x02\0\0"),
        chunk(b"ICCP", b"icc"),
        chunk(b"VP8L", VP8L),
        chunk(b"EXIF", &exif),
        chunk(b"XMP ", b"<x/>"),
        chunk(b"NOTE", b"Ali"),
    ]);
    let cleaned = clean("webp", &[dirty, b"trailing".to_vec()].concat()).unwrap();
    assert_eq!(cleaned.bytes, webp_of(&[chunk(b"VP8X", b"\x20\0\0\0\x01\0\0\x02\0\0"), chunk(b"ICCP", b"icc"), chunk(b"VP8L", VP8L)]));
    assert_eq!((cleaned.size, cleaned.media_type), (Some((2, 3)), "image/webp"));
}

#[test]
fn frames_of_an_animated_webp_are_cleaned_too() {
    let frame = |extra: &[u8]| chunk(b"ANMF", &[&[7; 16][..], &chunk(b"VP8L", VP8L), extra].concat());
    let head = chunk(b"VP8X", b"\x02\0\0\0\x01\0\0\x02\0\0");
    let cleaned = clean("webp", &webp_of(&[head.clone(), chunk(b"ANIM", &[0; 6]), frame(&chunk(b"NOTE", b"Ali!"))])).unwrap();
    assert_eq!(cleaned.bytes, webp_of(&[head.clone(), chunk(b"ANIM", &[0; 6]), frame(b"")]));
    let broken = clean("webp", &webp_of(&[head, frame(b"VP8L\xFF\0\0\0")])).unwrap_err();
    assert_eq!(broken.message, "the WebP cannot be read: a frame of its animation is broken");
}
