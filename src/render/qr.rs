//! The code in the head of a printed page that leads back to it. In: a full address. Out: an image as an address of its own, made at build.

use super::values::none;
use base64::Engine;
use minijinja::Value;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// A code as `data:image/bmp;…`, one dot for each square, without a margin. No value for an address that is too long. The pattern that masks
/// the squares is always the same: trying all eight, as a code of many kinds of text would, is most of the work, and readers take any of them.
pub(super) fn code(address: &str) -> Value {
    let segments = [QrSegment::make_bytes(address.as_bytes())];
    let made = QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, Version::MIN, Version::new(15), Some(Mask::new(0)), true);
    made.map_or_else(
        |_| none(),
        |code| Value::from(format!("data:image/bmp;base64,{}", base64::engine::general_purpose::STANDARD.encode(bitmap(&code)))),
    )
}

/// Bytes before the dots: file header, image header, two colours.
const HEAD: usize = 14 + 40 + 8;

/// A Windows bitmap of one bit a dot: a format that every browser reads and that needs no packing, which a code would not gain by.
/// A drawing of the same squares as strokes is six times as long.
fn bitmap(code: &QrCode) -> Vec<u8> {
    let size = code.size();
    // Rows end at a multiple of four bytes.
    let row = (size as usize).div_ceil(32) * 4;
    let mut out = Vec::with_capacity(HEAD + row * size as usize);
    out.extend_from_slice(b"BM");
    for number in [(HEAD + row * size as usize) as u32, 0, HEAD as u32, 40, size as u32, size as u32] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    // One plane, one bit a dot.
    out.extend_from_slice(&[1, 0, 1, 0]);
    // Not packed; what follows may be left at zero.
    out.extend_from_slice(&[0; 24]);
    // White, then black.
    out.extend_from_slice(&[0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0]);
    // From the last row to the first.
    for y in (0..size).rev() {
        for byte in 0..row as i32 {
            out.push((0..8).fold(0, |bits, bit| bits << 1 | u8::from(code.get_module(byte * 8 + bit, y))));
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::*;

    #[test]
    fn the_dots_are_the_squares_of_the_code() {
        let address = "https://example.org/guide/en/sop/first-responder/";
        let value = code(address).to_string();
        let bytes = base64::engine::general_purpose::STANDARD.decode(value.strip_prefix("data:image/bmp;base64,").unwrap()).unwrap();
        let wanted = QrCode::encode_segments_advanced(
            &[QrSegment::make_bytes(address.as_bytes())],
            QrCodeEcc::Medium,
            Version::MIN,
            Version::MAX,
            Some(Mask::new(0)),
            true,
        )
        .unwrap();
        let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let (size, start) = (wanted.size() as usize, number(10));
        assert_eq!((&bytes[..2], number(2), number(18), number(22)), (&b"BM"[..], bytes.len(), size, size));
        let row = (bytes.len() - start) / size;
        assert!(row.is_multiple_of(4));
        for y in 0..size {
            for x in 0..size {
                let dark = bytes[start + (size - 1 - y) * row + x / 8] >> (7 - x % 8) & 1 == 1;
                assert_eq!(dark, wanted.get_module(x as i32, y as i32), "{x}, {y}");
            }
        }
    }

    #[test]
    fn an_address_that_is_too_long_has_no_code() {
        assert!(code(&format!("https://example.org/{}", "a".repeat(2000))).is_none());
    }
}
