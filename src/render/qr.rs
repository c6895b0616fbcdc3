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
    let mut path = String::with_capacity(2048);
    for y in 0..code.size() {
        // Where the last stroke of the row ended, and where an open one began.
        let (mut end, mut start) = (None, None);
        for x in 0..=code.size() {
            // Beyond the edge all is light.
            match (start, code.get_module(x, y)) {
                (None, true) => start = Some(x),
                (Some(from), false) => {
                    match end {
                        None => {
                            path.push('M');
                            push_number(&mut path, from);
                            path.push(' ');
                            push_number(&mut path, y);
                            path.push_str(".5h");
                        }
                        Some(end) => {
                            path.push('m');
                            push_number(&mut path, from - end);
                            path.push_str(" 0h");
                        }
                    }
                    push_number(&mut path, x - from);
                    (end, start) = (Some(x), None);
                }
                _ => {}
            }
        }
    }
    path
}

/// A number from 0 to 99, as a code has no other: a page's code has four hundred, and formatting them took longer than making it.
fn push_number(path: &mut String, number: i32) {
    let digit = |digit: i32| char::from(b'0' + digit as u8);
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
