//! All words of all pages of a language, counted. In: pages one by one. Out: the vocabulary in order, and for each page its words with how
//! often each field has them. Pages are read in parallel in a few long runs, each with a vocabulary of its own; what comes out does not
//! depend on how many there are.

use super::super::analysis::words;
use super::super::entry::Entry;
use super::Kind;
use hashbrown::HashMap;
use rayon::prelude::*;

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
pub(super) fn collect(count: usize, entry: &(dyn Fn(usize) -> Entry + Sync)) -> Collection {
    let run = count.div_ceil(2 * rayon::current_num_threads()).max(16);
    let starts: Vec<usize> = (0..count).step_by(run).collect();
    let runs: Vec<Run> = starts.par_iter().map(|start| Run::read(*start..(start + run).min(count), entry)).collect();
    let mut vocabulary: Vec<(Box<str>, u32)> = Vec::new();
    for run in &runs {
        vocabulary.extend(run.forms.iter().cloned().zip(run.written.iter().copied()));
    }
    vocabulary.par_sort_unstable();
    vocabulary.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    let pages = runs
        .into_par_iter()
        .flat_map_iter(|run| {
            let find = |form: &str| vocabulary.binary_search_by(|(known, _)| (**known).cmp(form)).unwrap_or_default() as u32;
            let global: Vec<u32> = run.forms.iter().map(|form| find(form)).collect();
            run.pages.into_iter().map(move |mut page| {
                page.words.iter_mut().for_each(|w| w.word = global[w.word as usize]);
                page
            })
        })
        .collect();
    Collection { vocabulary, pages }
}

/// Some pages with a vocabulary of their own.
#[derive(Default)]
struct Run {
    known: HashMap<Box<str>, u32>,
    forms: Vec<Box<str>>,
    written: Vec<u32>,
    /// Where a word stands among those of the page being read, one more than its place; 0 for not yet.
    seen: Vec<u32>,
    pages: Vec<Counted>,
}

impl Run {
    fn read(range: std::ops::Range<usize>, entry: &(dyn Fn(usize) -> Entry + Sync)) -> Self {
        let mut run = Self::default();
        for place in range {
            let entry = entry(place);
            let mut page = Counted { kind: Kind::of(&entry), ..Counted::default() };
            (page.digest, page.size) = entry.digest();
            run.field(&mut page, 0, &entry.title);
            for section in &entry.sections {
                run.field(&mut page, 1, &section.title);
                run.field(&mut page, 2, &section.text);
            }
            run.field(&mut page, 3, &entry.description);
            for keyword in &entry.keywords {
                run.field(&mut page, 3, keyword);
            }
            page.words.shrink_to_fit();
            page.words.iter().for_each(|w| run.seen[w.word as usize] = 0);
            run.pages.push(page);
        }
        run
    }

    fn field(&mut self, page: &mut Counted, field: usize, text: &str) {
        for word in words(text).iter() {
            let id = self.id(word.form);
            self.written[id] += 1;
            if self.seen[id] == 0 {
                page.words.push(Count { word: id as u32, times: [0; FIELDS] });
                self.seen[id] = page.words.len() as u32;
            }
            let times = &mut page.words[self.seen[id] as usize - 1].times[field];
            *times = times.saturating_add(1);
            page.lengths[field] += u32::from(!word.part);
        }
    }

    fn id(&mut self, form: &str) -> usize {
        if let Some(id) = self.known.get(form) {
            return *id as usize;
        }
        let id = self.forms.len();
        self.known.insert(form.into(), id as u32);
        self.forms.push(form.into());
        self.written.push(0);
        self.seen.push(0);
        id
    }
}
