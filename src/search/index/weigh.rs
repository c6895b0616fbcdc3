//! From counted words to lists: for each word the pages that have it and how much each says of it. In: counted pages. Out: lists by word.
//! The weight is BM25F's: each field's count divided by the field's length, then added up. Saturation and rarity come at query time.

use super::collect::{Collection, Counted, FIELDS};
use super::postings::{Posting, level};

/// What one occurrence in each field is worth.
const WORTH: [f64; FIELDS] = [9.0, 4.0, 1.0, 1.5];
/// How much a field's length counts against it.
const LENGTH: [f64; FIELDS] = [0.4, 0.4, 0.6, 0.4];

/// Average length of each field.
pub(super) type Average = [f64; FIELDS];

/// Lists of all words one behind the other.
pub(super) struct Lists {
    pub(super) average: Average,
    starts: Vec<usize>,
    postings: Vec<Posting>,
}

impl Lists {
    /// Takes the words away from the pages.
    pub(super) fn new(collection: &mut Collection) -> Self {
        let mut starts = vec![0; collection.vocabulary.len() + 1];
        for page in &collection.pages {
            page.words.iter().for_each(|w| starts[w.word as usize + 1] += 1);
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let average = average(&collection.pages);
        let mut next = starts.clone();
        let mut postings = vec![(0, 0); starts.last().copied().unwrap_or_default()];
        for (place, page) in collection.pages.iter_mut().enumerate() {
            for (word, level) in levels(page, &average) {
                let slot = &mut next[word as usize];
                postings[*slot] = (place as u32, level);
                *slot += 1;
            }
            page.words = Vec::new();
        }
        Self { average, starts, postings }
    }

    /// The list of a word, in the order of pages.
    pub(super) fn of(&self, word: u32) -> &[Posting] {
        &self.postings[self.starts[word as usize]..self.starts[word as usize + 1]]
    }
}

fn average(pages: &[Counted]) -> Average {
    let mut average = [0.0; FIELDS];
    for (field, average) in average.iter_mut().enumerate() {
        let with: Vec<u32> = pages.iter().map(|p| p.lengths[field]).filter(|length| *length > 0).collect();
        *average = with.iter().map(|length| f64::from(*length)).sum::<f64>() / (with.len() as f64).max(1.0);
    }
    average
}

/// The words of a page, and how much it says of each.
pub(super) fn levels<'p>(page: &'p Counted, average: &Average) -> impl Iterator<Item = (u32, u8)> + use<'p> {
    let worth = worth(page, average);
    page.words.iter().map(move |word| {
        let weight: f64 = word.times.iter().zip(&worth).map(|(times, worth)| f64::from(*times) * worth).sum();
        (word.word, level(weight))
    })
}

/// What one occurrence in each field of a page is worth.
fn worth(page: &Counted, average: &Average) -> [f64; FIELDS] {
    std::array::from_fn(|field| {
        let share = if average[field] > 0.0 { f64::from(page.lengths[field]) / average[field] } else { 1.0 };
        WORTH[field] / (1.0 - LENGTH[field] + LENGTH[field] * share)
    })
}
