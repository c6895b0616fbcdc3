//! An index after an edit of some pages, made of the one before. In: an index; pages as they were and as they are. Out: an index that finds what one
//! made anew finds. Only the shards and lists of words that changed are read and written; all else is shared.
//!
//! What lags until an index is made anew: the average lengths by which pages are weighed, where shards begin, which words are the commonest,
//! and classes: a new word joins one only by the words of its own shards. A list that changed goes to a new file behind the others, so that
//! no other class needs to be told that its own has moved.

use super::super::analysis::{Classes, stem};
use super::collect::count;
use super::lexicon::{FILE, Lexicon, Texts, any, shard_key};
use super::opened::{Line, Opened, lists};
use super::postings::Posting;
use super::weigh::{Average, levels};
use super::{Entry, Index, Kind, named};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A page before and after.
pub(in crate::search) struct Edit<'a> {
    pub(in crate::search) place: usize,
    pub(in crate::search) before: Entry<'a>,
    pub(in crate::search) after: Entry<'a>,
}

/// What becomes of a word: pages, each with the new level, or none where it has the word no more.
type Changes = BTreeMap<Box<str>, Vec<(u32, Option<u8>)>>;

impl Index {
    /// The index after these edits; none where it has to be made anew.
    pub(in crate::search) fn revised(&self, edits: &[Edit<'_>]) -> Option<Self> {
        if self.lexicon.shards.is_empty() || edits.iter().any(|edit| Kind::of(&edit.before) != Kind::of(&edit.after)) {
            return None;
        }
        // The name tells the way here as well: the same texts in other files are another generation.
        let mut hash = blake3::Hasher::new();
        hash.update(self.generation.as_bytes());
        let mut changes = Changes::new();
        for edit in edits {
            let ((before, _), (after, digest)) = (said(&edit.before, &self.average), said(&edit.after, &self.average));
            hash.update(&edit.place.to_le_bytes()).update(&digest);
            for form in before.keys().chain(after.keys()) {
                let level = after.get(form).copied();
                if before.get(form).copied() != level {
                    changes.entry(form.clone()).or_default().push((edit.place as u32, level));
                }
            }
        }
        for (form, pages) in &mut changes {
            pages.dedup();
            hash.update(form.as_bytes());
            for (page, level) in pages {
                hash.update(&page.to_le_bytes()).update(&[level.unwrap_or(u8::MAX)]);
            }
        }
        Some(Self { generation: named(&hash), lexicon: Revision::new(&self.lexicon).made(&changes), ..self.clone() })
    }
}

/// How much a page says of each of its words, and the hash of what is shown of it.
fn said(entry: &Entry<'_>, average: &Average) -> (BTreeMap<Box<str>, u8>, [u8; 16]) {
    let (forms, page) = count(entry);
    let levels = levels(&page, average).map(|(word, level)| (forms[word as usize].clone(), level));
    (levels.collect(), page.digest)
}

/// An index in the making.
struct Revision<'s> {
    lexicon: &'s Lexicon,
    head: Opened<'s>,
    opened: BTreeMap<usize, Opened<'s>>,
    /// Files of lists that come to those there are, the last of them not yet full.
    lists: Vec<String>,
}

/// A class to be: the line that it had, and those of its forms that change or come.
type Group<'s, 'c> = (Option<Line<'s>>, Vec<&'c str>);

impl<'s> Revision<'s> {
    fn new(lexicon: &'s Lexicon) -> Self {
        Self { lexicon, head: Opened::new(&lexicon.head), opened: BTreeMap::new(), lists: Vec::new() }
    }

    fn made(mut self, changes: &Changes) -> Lexicon {
        for (former, forms) in self.groups(changes) {
            self.change(former, &forms, changes);
        }
        let mut lexicon = self.lexicon.clone();
        if let Some(head) = self.head.closed(&lexicon.head.key) {
            lexicon.head = head;
        }
        for (place, opened) in &self.opened {
            if let Some(shard) = opened.closed(&lexicon.shards[*place].key) {
                lexicon.shards[*place] = Arc::new(shard);
            }
        }
        lexicon.lists.extend(self.lists.into_iter().map(Arc::new));
        lexicon
    }

    /// Where a form is looked up.
    fn shard_of(&self, form: &str) -> usize {
        let key = shard_key(form);
        self.lexicon.shards.partition_point(|shard| shard.key <= key).saturating_sub(1)
    }

    fn open(&mut self, place: usize) -> &mut Opened<'s> {
        let lexicon = self.lexicon;
        self.opened.entry(place).or_insert_with(|| Opened::new(&lexicon.shards[place]))
    }

    /// The words that change, by class.
    fn groups<'c>(&mut self, changes: &'c Changes) -> Vec<Group<'s, 'c>> {
        let mut known: BTreeMap<&str, Group<'s, 'c>> = BTreeMap::new();
        let mut strange = Vec::new();
        for (form, pages) in changes {
            let place = self.shard_of(form);
            match self.open(place).get(form) {
                Some(line) => known.entry(line.0).or_insert_with(|| (Some(line), Vec::new())).1.push(form),
                None if pages.iter().any(|(_, level)| level.is_some()) => strange.push(&**form),
                None => {}
            }
        }
        let mut fresh = Vec::new();
        for (line, forms) in self.kin(&strange) {
            match line {
                Some(line) => known.entry(line.0).or_insert_with(|| (Some(line), Vec::new())).1.extend(forms),
                None => fresh.push((None, forms)),
            }
        }
        known.into_values().chain(fresh).collect()
    }

    /// New words by class: that of a word in the shards where the engine would look for them, else one of their own.
    fn kin<'c>(&mut self, strange: &[&'c str]) -> Vec<Group<'s, 'c>> {
        if strange.is_empty() {
            return Vec::new();
        }
        let mut near: BTreeMap<String, (u32, Option<Line<'s>>)> = BTreeMap::new();
        let places: BTreeSet<usize> = strange.iter().flat_map(|form| [self.shard_of(form), self.shard_of(&stem(form))]).collect();
        for place in places {
            near.extend(self.open(place).forms().map(|(form, pages, line)| (form.to_owned(), (pages, Some(line)))));
        }
        near.extend(strange.iter().map(|form| ((*form).to_owned(), (1, None))));
        let vocabulary: Vec<(&str, u32)> = near.iter().map(|(form, (pages, _))| (form.as_str(), *pages)).collect();
        let classes = Classes::new(&vocabulary);
        let mut groups: BTreeMap<u32, (u32, Group<'s, 'c>)> = strange
            .iter()
            .filter_map(|form| Some(classes.of(vocabulary.binary_search_by_key(form, |(f, _)| *f).ok()?)))
            .map(|class| (class, (0, (None, Vec::new()))))
            .collect();
        for (place, (form, (pages, line))) in near.iter().enumerate() {
            let Some((most, group)) = groups.get_mut(&classes.of(place)) else { continue };
            // Of several classes that it may be a form of, that of the commonest word.
            if line.is_some() && pages > most {
                (*most, group.0) = (*pages, *line);
            }
            group.1.extend(strange.iter().filter(|strange| *strange == form));
        }
        groups.into_values().map(|(_, group)| group).collect()
    }

    /// Writes a class anew with what becomes of its forms.
    fn change(&mut self, former: Option<Line<'s>>, forms: &[&str], changes: &Changes) {
        let (words, numbers) = former.unwrap_or_default();
        let before: Vec<&str> = words.split(' ').filter(|form| !form.is_empty()).collect();
        let lists = lists((words, numbers), &self.lexicon.lists);
        let mut class: Vec<(&str, Vec<Posting>)> = before.iter().copied().zip(lists).collect();
        for form in forms {
            let at = class.iter().position(|(known, _)| known == form).unwrap_or(class.len());
            if at == class.len() {
                class.push((form, Vec::new()));
            }
            let list = &mut class[at].1;
            for (page, level) in changes.get(*form).into_iter().flatten() {
                match (list.binary_search_by_key(page, |posting| posting.0), level) {
                    (Ok(place), Some(level)) => list[place].1 = *level,
                    (Ok(place), None) => drop(list.remove(place)),
                    (Err(place), Some(level)) => list.insert(place, (*page, *level)),
                    (Err(_), None) => {}
                }
            }
        }
        class.retain(|(_, list)| !list.is_empty());
        let line = (!class.is_empty()).then(|| self.line(&class));
        let after: BTreeSet<usize> = class.iter().map(|(form, _)| self.shard_of(form)).collect();
        let places: BTreeSet<usize> = before.iter().map(|form| self.shard_of(form)).chain(after.iter().copied()).collect();
        for place in places {
            let line = line.clone().filter(|_| after.contains(&place));
            self.open(place).put(before.first().copied(), line);
        }
        if let Some(first) = before.first().filter(|first| self.head.get(first).is_some()) {
            self.head.put(Some(first), line);
        }
    }

    /// The line of a class, its long lists put into a new file.
    fn line(&mut self, class: &[(&str, Vec<Posting>)]) -> (String, String) {
        let lists = class.iter().map(|(_, list)| list.as_slice());
        let texts = Texts::new(lists.clone(), any(lists));
        if !texts.long.is_empty() && self.lists.last().is_none_or(|file| file.len() >= FILE) {
            self.lists.push(String::new());
        }
        let file = (self.lexicon.lists.len() + self.lists.len()).saturating_sub(1);
        let at = self.lists.last().map_or(0, String::len);
        if let Some(last) = self.lists.last_mut() {
            last.push_str(&texts.long);
        }
        let mut numbers = String::new();
        texts.push_entry(&mut numbers, (file as u32, at as u32));
        (class.iter().map(|(form, _)| *form).collect::<Vec<_>>().join(" "), numbers)
    }
}
