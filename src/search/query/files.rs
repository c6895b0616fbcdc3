//! The files of an index, read. In: a function that gives a file's text by name. Out: languages, shards, lists, pages. What cannot be read
//! leaves an error that names the file.

use super::Other;
use crate::search::index::numbers::Numbers;
use crate::search::index::postings::{INLINE, read};
use crate::search::index::{CALL, shard_key};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Gives the text of a file in the search folder.
pub type Reader<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// What stands always at hand of a language, as the build writes it.
#[derive(Debug, Deserialize)]
struct Directory {
    code: String,
    pages: u32,
    dir: String,
    generation: String,
    one: bool,
    keys: String,
    head: [String; 2],
    kinds: Vec<Run>,
}

/// Type, audiences and jurisdictions of pages in turn, and the number of the page after the last of them.
pub(super) type Run = ((String, Vec<String>, Vec<String>), u32);

/// A language.
pub(super) struct Shelf<'a> {
    pub(super) code: String,
    pub(super) right_to_left: bool,
    pub(super) pages: u32,
    pub(super) kinds: Vec<Run>,
    pub(super) one: bool,
    id: String,
    keys: Vec<String>,
    head: Rc<Shard>,
    read: &'a Reader<'a>,
    parts: RefCell<HashMap<String, String>>,
    shards: RefCell<HashMap<usize, Rc<Shard>>>,
}

/// The forms of one word.
#[derive(Debug, Default)]
pub(super) struct Class {
    pub(super) forms: Vec<String>,
    /// Pages that have each form.
    pub(super) pages: Vec<u32>,
    /// Pages that have any.
    pub(super) all: u32,
    /// Lists that stand with the word.
    short: Vec<Vec<(u32, u32)>>,
    /// The file of the others, and where each begins.
    pub(super) file: Option<u32>,
    at: Vec<u32>,
}

/// Part of a vocabulary.
#[derive(Debug, Default)]
pub(super) struct Shard {
    pub(super) classes: Vec<Rc<Class>>,
    /// Form, class, place in the class; in order.
    pub(super) forms: Vec<(String, usize, usize)>,
    places: HashMap<String, usize>,
}

/// What is shown of a page; its translations are the browser's affair.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Text(
    pub(super) String,
    pub(super) String,
    pub(super) String,
    pub(super) String,
    pub(super) Vec<[String; 3]>,
    pub(super) IgnoredAny,
);

impl Shard {
    fn open(words: &str, numbers: &str) -> Self {
        let mut shard = Self::default();
        let mut next = Numbers::new(numbers);
        for line in words.split('\n').filter(|line| !line.is_empty()) {
            let mut class = Class { forms: line.split(' ').map(str::to_owned).collect(), ..Class::default() };
            class.pages = class.forms.iter().map(|_| next.next()).collect();
            class.all = if class.forms.len() > 1 { next.next() } else { class.pages[0] };
            class.short = vec![Vec::new(); class.forms.len()];
            for (place, pages) in class.pages.iter().enumerate().filter(|(_, pages)| **pages as usize <= INLINE) {
                class.short[place] = read(&mut next, *pages as usize);
            }
            let sizes: Vec<u32> = class.pages.iter().map(|pages| if *pages as usize > INLINE { next.next() } else { 0 }).collect();
            if sizes.iter().any(|size| *size > 0) {
                class.file = Some(next.next());
                let mut at = next.next();
                for size in sizes {
                    class.at.push(at);
                    at += size;
                }
            }
            for (place, form) in class.forms.iter().enumerate() {
                shard.places.insert(form.clone(), shard.forms.len());
                shard.forms.push((form.clone(), shard.classes.len(), place));
            }
            shard.classes.push(Rc::new(class));
        }
        shard
    }

    pub(super) fn get(&self, form: &str) -> Option<(Rc<Class>, usize)> {
        let (_, class, place) = &self.forms[*self.places.get(form)?];
        Some((Rc::clone(&self.classes[*class]), *place))
    }
}

impl<'a> Shelf<'a> {
    fn new(directory: Directory, read: &'a Reader<'a>) -> Self {
        Self {
            id: format!("{}-{}", directory.code, directory.generation),
            right_to_left: directory.dir == "rtl",
            pages: directory.pages,
            kinds: directory.kinds,
            one: directory.one,
            keys: directory.keys.split(' ').map(str::to_owned).collect(),
            head: Rc::new(Shard::open(&directory.head[0], &directory.head[1])),
            code: directory.code,
            read,
            parts: RefCell::default(),
            shards: RefCell::default(),
        }
    }

    /// A part of the index as the text of its data.
    fn part(&self, name: &str) -> Result<String, String> {
        if let Some(part) = self.parts.borrow().get(name) {
            return Ok(part.clone());
        }
        let file = format!("{}-{}.js", self.id, if self.one { "all" } else { name });
        let text = (self.read)(&file).ok_or_else(|| format!("{file} cannot be read"))?;
        for line in text.lines() {
            let call = line.strip_prefix(CALL).and_then(|l| l.strip_prefix('(')).and_then(|l| l.strip_suffix(");"));
            let parts = call
                .and_then(|c| c.split_once("\",\""))
                .and_then(|(shelf, rest)| Some((shelf.strip_prefix('"')?, rest.split_once("\",")?)));
            if let Some((shelf, (part, data))) = parts
                && shelf == self.id
            {
                self.parts.borrow_mut().insert(part.to_owned(), data.to_owned());
            }
        }
        self.parts.borrow().get(name).cloned().ok_or_else(|| format!("{file} does not hold what it should"))
    }

    fn data<T: DeserializeOwned>(&self, name: &str) -> Result<T, String> {
        serde_json::from_str(&self.part(name)?).map_err(|e| format!("{}-{name}: {e}", self.id))
    }

    pub(super) fn shard(&self, place: usize) -> Result<Rc<Shard>, String> {
        if let Some(shard) = self.shards.borrow().get(&place) {
            return Ok(Rc::clone(shard));
        }
        let [words, numbers]: [String; 2] = self.data(&format!("s{place}"))?;
        let shard = Rc::new(Shard::open(&words, &numbers));
        self.shards.borrow_mut().insert(place, Rc::clone(&shard));
        Ok(shard)
    }

    pub(super) fn text(&self, page: u32) -> Result<Text, String> {
        self.data(&format!("p{page}"))
    }

    /// Which of `kinds` a page is of.
    pub(super) fn kind_of(&self, page: u32) -> usize {
        self.kinds.partition_point(|(_, end)| *end <= page)
    }

    /// The lists of a class's forms.
    pub(super) fn lists(&self, class: &Class) -> Result<Vec<Vec<(u32, u32)>>, String> {
        let Some(file) = class.file else { return Ok(class.short.clone()) };
        let text: String = self.data(&format!("l{file}"))?;
        let one = |place: usize| match class.pages[place] as usize {
            pages if pages <= INLINE => class.short[place].clone(),
            pages => read(&mut Numbers::new(text.get(class.at[place] as usize..).unwrap_or_default()), pages),
        };
        Ok((0..class.forms.len()).map(one).collect())
    }

    /// The number of the shard that a key leads to.
    pub(super) fn shard_of(&self, key: &str) -> usize {
        self.keys.partition_point(|first| first.as_str() <= key).saturating_sub(1)
    }

    pub(super) fn place_of(&self, form: &str) -> usize {
        self.shard_of(&shard_key(form))
    }

    pub(super) fn shard_count(&self) -> usize {
        self.keys.len()
    }
}

/// A language as one query sees it: it knows the shards alone that the query asked for, so that no answer depends on those before it.
pub(super) struct View<'s, 'a> {
    pub(super) shelf: &'s Shelf<'a>,
    pub(super) opened: HashMap<usize, Rc<Shard>>,
}

impl<'s, 'a> View<'s, 'a> {
    pub(super) fn new(shelf: &'s Shelf<'a>) -> Self {
        Self { shelf, opened: HashMap::new() }
    }

    pub(super) fn fetch(&mut self, places: &[usize]) -> Result<(), String> {
        if self.shelf.pages > 0 {
            for place in places {
                self.opened.insert(*place, self.shelf.shard(*place)?);
            }
        }
        Ok(())
    }

    pub(super) fn in_head(&self, form: &str) -> bool {
        self.shelf.head.get(form).is_some()
    }

    pub(super) fn known(&self, form: &str) -> Option<(Rc<Class>, usize)> {
        self.shelf.head.get(form).or_else(|| self.opened.get(&self.shelf.place_of(form))?.get(form))
    }

    /// A known form as what is meant.
    pub(super) fn other(&self, kind: super::Kind, worth: u64, form: &str) -> Option<Other> {
        let (class, place) = self.known(form)?;
        Some(Other { kind, worth, class, place: Some(place), to: form.to_owned() })
    }
}

/// Names by term and group; the first group is in Latin letters.
pub(super) type Terms = Vec<Vec<Vec<String>>>;

/// Everything that `search/search.js` says: languages, and the glossary's names by term.
pub(super) fn open<'a>(script: &str, read: &'a Reader<'a>) -> Result<(Vec<Shelf<'a>>, Terms), String> {
    let line = |name: &str| {
        let start = format!("const {name}=");
        script.lines().find_map(|l| l.strip_prefix(&start)?.strip_suffix(';')).ok_or_else(|| format!("search.js has no {name}"))
    };
    let parsed = |e: serde_json::Error| format!("search.js: {e}");
    let directories: Vec<Directory> = serde_json::from_str(line("SHELVES")?).map_err(parsed)?;
    let terms = serde_json::from_str(line("TERMS")?).map_err(parsed)?;
    Ok((directories.into_iter().map(|d| Shelf::new(d, read)).collect(), terms))
}
