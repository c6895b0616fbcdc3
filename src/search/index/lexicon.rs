//! The vocabulary in parts. In: words, their classes and lists. Out: shards, each with all that is known of the words whose consonants begin
//! alike, and files with the lists that are too long to stand there.
//! The forms of a class stand together. Where a form's own consonants lead to another shard than its class, the class is in both, so that
//! one step leads from any spelling to all that it finds.

use super::super::analysis;
use super::collect::Collection;
use super::numbers::push;
use super::postings::{INLINE, Posting, write};
use super::weigh::Lists;
use rayon::prelude::*;
use std::sync::Arc;

/// A shard is closed when it has this many bytes.
const SHARD: usize = 7_000;
/// A file of lists is closed when it has this many.
pub(super) const FILE: usize = 5_000;
/// So many of the commonest words are always at hand, where a language has many pages.
const HEAD: usize = 64;
/// From so many pages on.
const HEAD_PAGES: usize = 1_000;

/// Words and what is known of them, as text: forms with a space between them, classes on lines of their own; and numbers.
#[derive(Clone, Debug, Default)]
pub(in crate::search) struct Shard {
    /// The first key.
    pub(in crate::search) key: String,
    pub(in crate::search) words: String,
    pub(in crate::search) numbers: String,
}

/// Everything of a language but its pages.
#[derive(Clone, Debug, Default)]
pub(in crate::search) struct Lexicon {
    pub(in crate::search) head: Shard,
    pub(in crate::search) shards: Vec<Arc<Shard>>,
    pub(in crate::search) lists: Vec<Arc<String>>,
}

/// A class: its forms, the most written first.
struct Class {
    key: String,
    words: Vec<u32>,
    /// Pages that have any of the forms.
    pages: u32,
}

impl Lexicon {
    pub(super) fn new(collection: &Collection, lists: &Lists) -> Self {
        let form = |word: u32| &*collection.vocabulary[word as usize].0;
        let mut classes = classes(collection, lists);
        classes.par_sort_unstable_by(|a, b| (&a.key, form(a.words[0])).cmp(&(&b.key, form(b.words[0]))));
        let mut lexicon = Self::default();
        // Lists first, in the order of classes, so that those of like words lie in one file.
        let text = |class: &Class| Texts::new(class.words.iter().map(|word| lists.of(*word)), class.pages);
        let texts: Vec<Texts> = classes.par_iter().map(text).collect();
        let mut places = Vec::with_capacity(classes.len());
        let mut file = String::new();
        for texts in &texts {
            places.push((lexicon.lists.len() as u32, file.len() as u32));
            file.push_str(&texts.long);
            if file.len() >= FILE {
                lexicon.lists.push(Arc::new(std::mem::take(&mut file)));
            }
        }
        if !file.is_empty() {
            lexicon.lists.push(Arc::new(file));
        }
        let mut order: Vec<(String, usize)> = Vec::with_capacity(classes.len());
        for (place, class) in classes.iter().enumerate() {
            let mut keys: Vec<String> = class.words.iter().skip(1).map(|word| shard_key(form(*word))).collect();
            keys.push(class.key.clone());
            keys.sort_unstable();
            keys.dedup();
            order.extend(keys.into_iter().map(|key| (key, place)));
        }
        order.par_sort_unstable();
        let add = |shard: &mut Shard, place: usize| {
            if !shard.words.is_empty() {
                shard.words.push('\n');
            }
            let names: Vec<&str> = classes[place].words.iter().map(|word| form(*word)).collect();
            shard.words.push_str(&names.join(" "));
            texts[place].push_entry(&mut shard.numbers, places[place]);
        };
        let (mut shard, mut last) = (Shard::default(), "");
        // The shard that a class was last added to, one more than its number.
        let mut held = vec![0; classes.len()];
        for (key, place) in &order {
            // Cut only between two keys, so that a key leads to one shard.
            if shard.words.len() + shard.numbers.len() >= SHARD && key != last {
                lexicon.shards.push(Arc::new(std::mem::take(&mut shard)));
            }
            if shard.words.is_empty() {
                shard.key.clone_from(key);
            }
            last = key;
            if held[*place] <= lexicon.shards.len() {
                held[*place] = lexicon.shards.len() + 1;
                add(&mut shard, *place);
            }
        }
        if !shard.words.is_empty() {
            lexicon.shards.push(Arc::new(shard));
        }
        if collection.pages.len() >= HEAD_PAGES {
            let mut common: Vec<usize> = (0..classes.len()).collect();
            common.sort_by_key(|place| (std::cmp::Reverse(classes[*place].pages), *place));
            common.truncate(HEAD);
            common.sort_unstable();
            common.into_iter().for_each(|place| add(&mut lexicon.head, place));
        }
        lexicon
    }
}

/// A class as text: what stands in the shard, and the lists that stand in a file.
pub(super) struct Texts {
    entry: String,
    pub(super) long: String,
}

impl Texts {
    /// The entry has the length of each form's list, that of the class where it has several forms, the short lists, and how long the text of
    /// each long list is. The place of the first long list follows.
    pub(super) fn new<'l>(lists: impl ExactSizeIterator<Item = &'l [Posting]> + Clone, pages: u32) -> Self {
        let (mut entry, mut long) = (String::new(), String::new());
        lists.clone().for_each(|list| push(&mut entry, list.len() as u32));
        if lists.len() > 1 {
            push(&mut entry, pages);
        }
        for list in lists.clone().filter(|list| list.len() <= INLINE) {
            write(&mut entry, list);
        }
        for list in lists.filter(|list| list.len() > INLINE) {
            let before = long.len();
            write(&mut long, list);
            push(&mut entry, (long.len() - before) as u32);
        }
        Self { entry, long }
    }

    /// Adds what stands in a shard; the long lists are in this file of lists, from this place on.
    pub(super) fn push_entry(&self, numbers: &mut String, (file, at): (u32, u32)) {
        numbers.push_str(&self.entry);
        if !self.long.is_empty() {
            push(numbers, file);
            push(numbers, at);
        }
    }
}

fn classes(collection: &Collection, lists: &Lists) -> Vec<Class> {
    let classes = analysis::Classes::new(&collection.vocabulary);
    let mut members: Vec<(u32, u32)> = (0..collection.vocabulary.len()).map(|word| (classes.of(word), word as u32)).collect();
    members.sort_unstable();
    let runs: Vec<&[(u32, u32)]> = members.chunk_by(|a, b| a.0 == b.0).collect();
    let one = |run: &&[(u32, u32)]| {
        let mut words: Vec<u32> = run.iter().map(|(_, word)| *word).collect();
        words.sort_by_key(|word| (std::cmp::Reverse(collection.vocabulary[*word as usize].1), *word));
        let pages = if words.len() == 1 { lists.of(words[0]).len() as u32 } else { any(words.iter().map(|word| lists.of(*word))) };
        Class { key: shard_key(&collection.vocabulary[words[0] as usize].0), words, pages }
    };
    runs.par_iter().map(one).collect()
}

/// How many pages are in any of these lists.
pub(super) fn any<'l>(lists: impl Iterator<Item = &'l [Posting]>) -> u32 {
    let mut pages: Vec<u32> = lists.flatten().map(|posting| posting.0).collect();
    pages.sort_unstable();
    pages.dedup();
    pages.len() as u32
}

/// Where a form is looked up: the consonants that both scripts share, else one of 64 places for words in other scripts.
pub(in crate::search) fn shard_key(form: &str) -> String {
    let key = analysis::skeleton(form);
    if key.is_ascii() { key } else { format!("~{}", form.chars().map(u32::from).sum::<u32>() % 64) }
}
