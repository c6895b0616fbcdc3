//! The pages that have a word, with how much each says of it. In: places of pages and weights. Out: text, and back.
//! A weight is one of 16 levels: what the fields of a page come to, each divided by its length (BM25F). A short list has page and level in
//! turn; a long one has the pages of each level together, highest first, because equal levels need not be written again and small steps
//! from page to page compress well.

use super::numbers::{Numbers, push};

/// Lists up to this length stand with the word itself, longer ones in a file of lists.
pub(in crate::search) const INLINE: usize = 6;

/// What the levels stand for, in 64ths of one plain occurrence on a page of average length.
pub(in crate::search) const LEVELS: [u32; 16] = [12, 17, 22, 28, 35, 43, 53, 66, 82, 104, 134, 180, 250, 370, 600, 1100];

/// A page and its level.
pub(in crate::search) type Posting = (u32, u8);

/// The level nearest to a weight.
pub(in crate::search) fn level(weight: f64) -> u8 {
    LEVELS.windows(2).take_while(|pair| weight * 128.0 > f64::from(pair[0] + pair[1])).count() as u8
}

/// Writes a list, which is in the order of pages.
pub(in crate::search) fn write(out: &mut String, list: &[Posting]) {
    if list.len() <= INLINE {
        let mut before = 0;
        for (page, level) in list {
            push(out, page - before);
            push(out, u32::from(*level));
            before = *page;
        }
        return;
    }
    let mut levels: [Vec<u32>; LEVELS.len()] = Default::default();
    list.iter().for_each(|(page, level)| levels[usize::from(*level)].push(*page));
    for pages in levels.iter().rev() {
        push(out, pages.len() as u32);
        let mut next = 0;
        for page in pages {
            push(out, page - next);
            next = page + 1;
        }
    }
}

/// Reads a list of this length: pages with what their level stands for, in the order of pages.
pub(in crate::search) fn read(numbers: &mut Numbers<'_>, length: usize) -> Vec<(u32, u32)> {
    list(numbers, length).into_iter().map(|(page, level)| (page, LEVELS[usize::from(level)])).collect()
}

/// Reads a list of this length as it was written.
pub(super) fn list(numbers: &mut Numbers<'_>, length: usize) -> Vec<Posting> {
    let mut list = Vec::new();
    if length <= INLINE {
        let mut page = 0;
        for _ in 0..length {
            page += numbers.next();
            list.push((page, (numbers.next() & 15) as u8));
        }
        return list;
    }
    for level in (0..LEVELS.len() as u8).rev() {
        let mut next = 0;
        for _ in 0..numbers.next() {
            if numbers.done() {
                break;
            }
            let page = next + numbers.next();
            list.push((page, level));
            next = page + 1;
        }
    }
    list.sort_unstable();
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back() {
        for length in [0, 1, 5, 6, 7, 400] {
            let list: Vec<Posting> = (0..length).map(|i| (i * 7 + i % 3, (i % 16) as u8)).collect();
            let mut text = String::new();
            write(&mut text, &list);
            let mut numbers = Numbers::new(&text);
            let expected: Vec<(u32, u32)> = list.iter().map(|(page, level)| (*page, LEVELS[usize::from(*level)])).collect();
            assert_eq!(read(&mut numbers, list.len()), expected);
            assert!(numbers.done());
        }
    }

    #[test]
    fn a_level_is_the_nearest() {
        assert_eq!(LEVELS[usize::from(level(1.0))], 66);
        assert_eq!((level(0.0), level(1000.0)), (0, 15));
        for (n, value) in LEVELS.iter().enumerate() {
            assert_eq!(usize::from(level(f64::from(*value) / 64.0)), n);
        }
    }

    #[test]
    fn a_list_cut_short_ends() {
        assert!(read(&mut Numbers::new("~~~~"), 1000).len() < 3);
    }
}
