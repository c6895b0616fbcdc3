//! All words of all pages of a language, counted. In: pages one by one. Out: the vocabulary in order, and for each page its words with how
//! often each field has them. Pages are read in parallel in a few long runs, each with a vocabulary of its own; what comes out does not
//! depend on how many there are.

use super::super::analysis::Words;
use super::super::entry::Entry;
use super::Kind;
use hashbrown::{DefaultHashBuilder, HashTable};
use rayon::prelude::*;
use std::hash::BuildHasher;

/// Title, headings, body, and what is searched and not shown with the description.
pub(super) const FIELDS: usize = 4;

/// A word of a page: its place in the vocabulary, and how often each field has it, up to 255.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub(super) word: u32,
    pub(super) times: [u8; FIELDS],
}

/// The words of one page.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    pub(super) words: Vec<Count>,
    /// Words of each field.
    pub(super) lengths: [u32; FIELDS],
    /// What the filters ask of it.
    pub(super) kind: Kind,
    /// Of everything that is shown of it.
    pub(super) digest: [u8; 16],
    /// Bytes of what is shown of it.
    pub(super) size: usize,
}

/// A language's pages as words.
#[derive(Clone, Debug, Default)]
pub(super) struct Collection {
    /// All forms in order, with how often each is written.
    pub(super) vocabulary: Vec<(Box<str>, u32)>,
    /// Pages in their order.
    pub(super) pages: Vec<Counted>,
}

/// Reads this many pages.
pub(super) fn collect<'a>(count: usize, entry: &(dyn Fn(usize) -> Entry<'a> + Sync)) -> Collection {
    let run = count.div_ceil(2 * rayon::current_num_threads()).max(16);
    let starts: Vec<usize> = (0..count).step_by(run).collect();
    let runs: Vec<Run> = starts.par_iter().map(|start| Run::read(*start..(start + run).min(count), entry)).collect();
    let mut forms = Forms::default();
    let mut written: Vec<u32> = Vec::new();
    let places: Vec<Vec<u32>> = runs
        .iter()
        .map(|run| {
            let place = |(form, times): (&str, &u32)| {
                let place = forms.place(form);
                written.resize(forms.len().max(written.len()), 0);
                written[place] += times;
                place as u32
            };
            run.forms.iter().zip(&run.written).map(place).collect()
        })
        .collect();
    let mut order: Vec<u32> = (0..forms.len() as u32).collect();
    order.par_sort_unstable_by(|a, b| forms.get(*a as usize).cmp(forms.get(*b as usize)));
    let mut ranks = vec![0; order.len()];
    order.iter().zip(0..).for_each(|(place, rank)| ranks[*place as usize] = rank);
    let pages = runs
        .into_par_iter()
        .zip(places)
        .flat_map_iter(|(run, places)| {
            let ranks = &ranks;
            run.pages.into_iter().map(move |mut page| {
                page.words.iter_mut().for_each(|w| w.word = ranks[places[w.word as usize] as usize]);
                page
            })
        })
        .collect();
    let vocabulary = order.iter().map(|place| (forms.get(*place as usize).into(), written[*place as usize])).collect();
    Collection { vocabulary, pages }
}

/// Counts one page by itself: its forms, and its words as places among them.
pub(super) fn count(entry: &Entry<'_>) -> (Vec<Box<str>>, Counted) {
    let mut run = Run::default();
    run.page(entry, &mut Vec::new());
    (run.forms.iter().map(Box::from).collect(), run.pages.pop().unwrap_or_default())
}

/// Forms one behind the other in one text, each once.
#[derive(Default)]
struct Forms {
    text: String,
    ends: Vec<usize>,
    places: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Forms {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, place: usize) -> &str {
        form(&self.text, &self.ends, place)
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|place| self.get(place))
    }

    /// The place of a form, which is added where it is new.
    fn place(&mut self, wanted: &str) -> usize {
        let Self { text, ends, places, hasher } = self;
        let hash = hasher.hash_one(wanted);
        if let Some(place) = places.find(hash, |place| form(text, ends, *place as usize) == wanted) {
            return *place as usize;
        }
        let place = ends.len();
        text.push_str(wanted);
        ends.push(text.len());
        places.insert_unique(hash, place as u32, |place| hasher.hash_one(form(text, ends, *place as usize)));
        place
    }
}

fn form<'t>(text: &'t str, ends: &[usize], place: usize) -> &'t str {
    let start = place.checked_sub(1).map_or(0, |before| ends[before]);
    text.get(start..ends[place]).unwrap_or_default()
}

/// Some pages with a vocabulary of their own.
#[derive(Default)]
struct Run {
    forms: Forms,
    written: Vec<u32>,
    /// Where a word stands among those of the page being read, one more than its place; 0 for not yet.
    seen: Vec<u32>,
    words: Words,
    pages: Vec<Counted>,
}

impl Run {
    fn read<'a>(range: std::ops::Range<usize>, entry: &(dyn Fn(usize) -> Entry<'a> + Sync)) -> Self {
        let mut run = Self::default();
        let mut words = Vec::new();
        for place in range {
            run.page(&entry(place), &mut words);
        }
        run
    }

    /// Adds a page; `words` is memory to count in.
    fn page(&mut self, entry: &Entry<'_>, words: &mut Vec<Count>) {
        let mut page = Counted { kind: Kind::of(entry), ..Counted::default() };
        (page.digest, page.size) = entry.digest();
        page.words = std::mem::take(words);
        self.field(&mut page, 0, entry.title);
        for section in &entry.sections {
            self.field(&mut page, 1, section.title);
            self.field(&mut page, 2, &section.text);
        }
        self.field(&mut page, 3, entry.description);
        for keyword in &entry.keywords {
            self.field(&mut page, 3, keyword);
        }
        page.words.iter().for_each(|w| self.seen[w.word as usize] = 0);
        // Kept in a piece of memory of its size; the larger one serves the next page.
        let exact = page.words.clone();
        *words = std::mem::replace(&mut page.words, exact);
        words.clear();
        self.pages.push(page);
    }

    fn field(&mut self, page: &mut Counted, field: usize, text: &str) {
        let Self { forms, written, seen, words, .. } = self;
        words.read(text);
        for word in words.iter() {
            let id = forms.place(word.form);
            if id == written.len() {
                written.push(0);
                seen.push(0);
            }
            written[id] += 1;
            if seen[id] == 0 {
                page.words.push(Count { word: id as u32, times: [0; FIELDS] });
                seen[id] = page.words.len() as u32;
            }
            let times = &mut page.words[seen[id] as usize - 1].times[field];
            *times = times.saturating_add(1);
            page.lengths[field] += u32::from(!word.part);
        }
    }
}
