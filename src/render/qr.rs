//! The code in the head of a printed page that leads back to it. In: a full address. Out: the size and the path of an SVG, drawn at build.

use super::values::none;
use minijinja::{Value, context};
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// A code as `{size, path}`: `path` draws its dark squares as strokes of width 1 in a square of `size`. No value for an address that is too
/// long. The pattern that masks the squares is always the same: trying all eight, as a code of many kinds of text would, is most of the work,
/// and readers take any of them.
pub(super) fn code(address: &str) -> Value {
    let segments = [QrSegment::make_bytes(address.as_bytes())];
    let made = QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, Version::MIN, Version::new(15), Some(Mask::new(0)), true);
    made.map_or_else(|_| none(), |code| context! { size => code.size(), path => strokes(&code) })
}

/// `M0 .5h7m1 0h1…`: each row a line of strokes and gaps.
fn strokes(code: &QrCode) -> String {
    let mut path = Vec::with_capacity(4096);
    for y in 0..code.size() {
        // The row's dark squares as bits, so that runs of equal ones are counted at once. The largest code here has 77 in a row.
        let mut row = (0..code.size()).rev().fold(0_u128, |row, x| row << 1 | u128::from(code.get_module(x, y)));
        let mut begun = false;
        while row != 0 {
            let gap = row.trailing_zeros();
            row >>= gap;
            let length = row.trailing_ones();
            row >>= length;
            if begun && gap < 10 && length < 10 {
                // Nearly all: a page's code has four hundred.
                path.extend_from_slice(&[b'm', b'0' + gap as u8, b' ', b'0', b'h', b'0' + length as u8]);
                continue;
            }
            path.push(if begun { b'm' } else { b'M' });
            push_number(&mut path, gap);
            path.push(b' ');
            push_number(&mut path, if begun { 0 } else { y as u32 });
            path.extend_from_slice(if begun { b"h" } else { b".5h" });
            push_number(&mut path, length);
            begun = true;
        }
    }
    // Nothing but ASCII.
    String::from_utf8(path).unwrap_or_default()
}

/// A number from 0 to 99, as a code has no other.
fn push_number(path: &mut Vec<u8>, number: u32) {
    let digit = |digit: u32| b'0' + digit as u8;
    if number >= 10 {
        path.push(digit(number / 10));
    }
    path.push(digit(number % 10));
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::*;

    /// Reads the strokes back into squares.
    fn squares(path: &str, size: usize) -> Vec<Vec<bool>> {
        let mut grid = vec![vec![false; size]; size];
        for row in path.split('M').filter(|r| !r.is_empty()) {
            let (start, rest) = row.split_once(".5").unwrap();
            let (x, y) = start.split_once(' ').unwrap();
            let (mut x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            for piece in rest.split('m') {
                let (gap, length) = piece.split_once('h').unwrap();
                x += gap.strip_suffix(" 0").map_or(0, |gap| gap.parse().unwrap());
                let length: usize = length.parse().unwrap();
                grid[y][x..x + length].fill(true);
                x += length;
            }
        }
        grid
    }

    #[test]
    fn the_strokes_are_the_squares_of_the_code() {
        let address = "https://example.org/guide/en/sop/first-responder/";
        let value = code(address);
        let size = value.get_attr("size").unwrap().to_string().parse::<usize>().unwrap();
        let grid = squares(value.get_attr("path").unwrap().as_str().unwrap(), size);
        let wanted = QrCode::encode_segments_advanced(
            &[QrSegment::make_bytes(address.as_bytes())],
            QrCodeEcc::Medium,
            Version::MIN,
            Version::MAX,
            Some(Mask::new(0)),
            true,
        )
        .unwrap();
        assert_eq!(size as i32, wanted.size());
        for (y, row) in grid.iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                assert_eq!(*dark, wanted.get_module(x as i32, y as i32), "{x}, {y}");
            }
        }
    }

    #[test]
    fn an_address_that_is_too_long_has_no_code() {
        assert!(code(&format!("https://example.org/{}", "a".repeat(2000))).is_none());
    }
}
