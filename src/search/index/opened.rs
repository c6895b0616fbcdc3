//! A shard taken apart, changed and put together again. In: its text. Out: its classes, with their lists; the text with other lines in it. Lines that
//! nobody changes are copied as they are.

use super::lexicon::Shard;
use super::numbers::Numbers;
use super::postings::{INLINE, Posting, list};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A line of a shard: the forms of a class, and the numbers that go with them.
pub(super) type Line<'s> = (&'s str, &'s str);

/// A shard taken apart.
#[derive(Default)]
pub(super) struct Opened<'s> {
    pub(super) lines: Vec<Line<'s>>,
    /// The line of each form.
    places: HashMap<&'s str, usize>,
    /// What stands there now: other lines, or none.
    instead: BTreeMap<usize, Option<(String, String)>>,
    added: Vec<(String, String)>,
}

impl<'s> Opened<'s> {
    pub(super) fn new(shard: &'s Shard) -> Self {
        let mut opened = Self::default();
        let mut next = Numbers::new(&shard.numbers);
        for words in shard.words.split('\n').filter(|words| !words.is_empty()) {
            let from = next.at;
            Class::read(&mut next, words.split(' ').count());
            opened.places.extend(words.split(' ').map(|form| (form, opened.lines.len())));
            opened.lines.push((words, shard.numbers.get(from..next.at).unwrap_or_default()));
        }
        opened
    }

    pub(super) fn get(&self, form: &str) -> Option<Line<'s>> {
        self.places.get(form).map(|place| self.lines[*place])
    }

    /// All forms, each with how many pages have it.
    pub(super) fn forms(&self) -> impl Iterator<Item = (&'s str, u32, Line<'s>)> {
        self.lines.iter().flat_map(|line| {
            let mut next = Numbers::new(line.1);
            line.0.split(' ').map(move |form| (form, next.next(), *line))
        })
    }

    /// Puts a line in place of that of a form; nothing takes it away.
    pub(super) fn put(&mut self, former: Option<&str>, line: Option<(String, String)>) {
        match former.and_then(|form| self.places.get(form)) {
            Some(place) => drop(self.instead.insert(*place, line)),
            None => self.added.extend(line),
        }
    }

    /// The shard again, where it is another one now.
    pub(super) fn closed(&self, key: &str) -> Option<Shard> {
        if self.instead.is_empty() && self.added.is_empty() {
            return None;
        }
        let mut shard = Shard { key: key.to_owned(), ..Shard::default() };
        let mut add = |words: &str, numbers: &str| {
            if !shard.words.is_empty() {
                shard.words.push('\n');
            }
            shard.words.push_str(words);
            shard.numbers.push_str(numbers);
        };
        for (place, (words, numbers)) in self.lines.iter().enumerate() {
            match self.instead.get(&place) {
                None => add(words, numbers),
                Some(Some((words, numbers))) => add(words, numbers),
                Some(None) => {}
            }
        }
        self.added.iter().for_each(|(words, numbers)| add(words, numbers));
        Some(shard)
    }
}

/// A class as it is written: lists by form, and where the long ones stand.
struct Class {
    lists: Vec<Vec<Posting>>,
    lengths: Vec<usize>,
    sizes: Vec<usize>,
    file: usize,
    at: usize,
}

impl Class {
    /// Reads the numbers of a class with so many forms. Long lists are left empty.
    fn read(next: &mut Numbers<'_>, forms: usize) -> Self {
        let lengths: Vec<usize> = (0..forms).map(|_| next.next() as usize).collect();
        if forms > 1 {
            next.next();
        }
        let lists = lengths.iter().map(|length| if *length <= INLINE { list(next, *length) } else { Vec::new() }).collect();
        let sizes: Vec<usize> = lengths.iter().map(|length| if *length <= INLINE { 0 } else { next.next() as usize }).collect();
        let (file, at) = if sizes.iter().any(|size| *size > 0) { (next.next(), next.next()) } else { (0, 0) };
        Self { lists, lengths, sizes, file: file as usize, at: at as usize }
    }

    /// All lists.
    fn full(mut self, files: &[Arc<String>]) -> Vec<Vec<Posting>> {
        let text = files.get(self.file).map_or("", |file| file.as_str());
        for ((own, length), size) in self.lists.iter_mut().zip(&self.lengths).zip(&self.sizes).filter(|(_, size)| **size > 0) {
            *own = list(&mut Numbers::new(text.get(self.at..).unwrap_or_default()), *length);
            self.at += size;
        }
        self.lists
    }
}

/// The lists of a class's forms.
pub(super) fn lists((words, numbers): Line<'_>, files: &[Arc<String>]) -> Vec<Vec<Posting>> {
    Class::read(&mut Numbers::new(numbers), words.split(' ').count()).full(files)
}
