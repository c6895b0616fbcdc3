//! The words of a query, and what may be meant by them in one language. In: text and an index. Out: parts with all forms to look for, each with
//! what it is worth. It scores no page.

use super::files::{Class, Shelf, Terms, View};
use super::{Kind, Other, Part, Slot, Way};
use crate::search::analysis::{channel, prior, skeleton, skeletons, stem, typo, words};
use crate::search::index::shard_key;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

pub(super) const FULL: u64 = 256;
const ROMAN: u64 = 205;
const TYPO: u64 = FULL;
const START: u64 = 90;
const ASIDE: u64 = 60;
const MOST_ENDINGS: usize = 40;
const MOST_SPELLINGS: usize = 5;
const MOST_SLIPS: usize = 3;
const MOST_SHARDS: usize = 8;
const LEAST_FILES: usize = 5;

/// A word of a query.
pub(super) struct Token {
    /// Bytes of the query.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) form: String,
    parts: Vec<String>,
}

/// A query as words.
pub(super) struct Query {
    pub(super) tokens: Vec<Token>,
    /// Places of the words of each phrase in quotes.
    pub(super) phrases: Vec<Vec<usize>>,
    /// Whether the last word may go on.
    half: bool,
}

impl Query {
    pub(super) fn parse(text: &str) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        for word in words(text).iter() {
            match tokens.last_mut() {
                Some(whole) if word.part => whole.parts.push(word.form.to_owned()),
                _ if word.part => {}
                _ => tokens.push(Token { start: word.start, end: word.end, form: word.form.to_owned(), parts: Vec::new() }),
            }
        }
        let inside = |(start, end): (usize, usize)| -> Vec<usize> {
            (0..tokens.len()).filter(|i| tokens[*i].start >= start && tokens[*i].end <= end).collect()
        };
        let phrases = quoted(text).into_iter().map(inside).filter(|phrase| phrase.len() > 1).collect();
        let half = tokens.last().is_some_and(|last| last.end == text.len() && last.form.encode_utf16().count() > 1);
        Self { tokens, phrases, half }
    }
}

/// Where text stands in quotes, the marks included.
fn quoted(text: &str) -> Vec<(usize, usize)> {
    let (mut found, mut open) = (Vec::new(), None);
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('"' | '“' | '”' | '»', Some((start, filled))) if filled => {
                found.push((start, at + c.len_utf8()));
                open = None;
            }
            ('"' | '“' | '”' | '„' | '«', _) => open = Some((at, false)),
            ('»', _) => open = None,
            (_, Some((start, _))) => open = Some((start, true)),
            _ => {}
        }
    }
    found
}

fn latin(form: &str) -> bool {
    !form.is_empty() && form.bytes().all(|b| b.is_ascii_lowercase())
}

fn arabic(form: &str) -> bool {
    !form.is_empty() && form.chars().all(|c| matches!(c, '\u{600}'..='\u{6FF}'))
}

/// One thing, its names in every language and in Latin letters.
pub(super) struct Glossary {
    /// Names by term; the first group is in Latin letters.
    terms: Terms,
    phrases: HashMap<String, Vec<(usize, Kind)>>,
    sounds: HashMap<String, Vec<(usize, Kind)>>,
    longest: usize,
}

struct Named {
    kind: Kind,
    to: String,
    forms: Vec<String>,
}

pub(super) fn forms_of(text: &str) -> Vec<String> {
    words(text).iter().filter(|w| !w.part).map(|w| w.form.to_owned()).collect()
}

fn joined<'a>(forms: &[&'a str], of: impl Fn(&'a str) -> String) -> String {
    forms.iter().map(|form| of(form)).collect::<Vec<_>>().join(" ")
}

fn stems(forms: &[&str]) -> String {
    joined(forms, |form| stem(form).to_string())
}

fn borrowed(forms: &[String]) -> Vec<&str> {
    forms.iter().map(String::as_str).collect()
}

impl Glossary {
    pub(super) fn new(terms: Terms) -> Self {
        let mut glossary = Self { terms: Vec::new(), phrases: HashMap::new(), sounds: HashMap::new(), longest: 1 };
        for (term, groups) in terms.iter().enumerate() {
            for (group, names) in groups.iter().enumerate() {
                for forms in names.iter().map(|text| forms_of(text)).filter(|forms| !forms.is_empty()) {
                    let (forms, kind) = (borrowed(&forms), if group > 0 { Kind::Glossary } else { Kind::Roman });
                    glossary.longest = glossary.longest.max(forms.len());
                    glossary.phrases.entry(stems(&forms)).or_default().push((term, kind));
                    if group == 0 {
                        glossary.sounds.entry(joined(&forms, skeleton)).or_default().push((term, kind));
                    }
                }
            }
        }
        glossary.terms = terms;
        glossary
    }

    /// Other names of what some words of the query name; nothing if they name nothing.
    fn ways(&self, some: &[&str], known: &dyn Fn(&str) -> bool) -> Option<Vec<Named>> {
        let (own, heard) = (stems(some), joined(some, skeleton));
        let names = self.phrases.get(&own).or_else(|| {
            let strange = heard.len() > some.len() + 1 && !some.iter().all(|form| known(form));
            self.sounds.get(&heard).filter(|_| strange)
        })?;
        let (mut ways, mut seen) = (Vec::new(), HashSet::from([own]));
        for (term, kind) in names {
            for to in self.terms[*term].iter().skip(1).flatten() {
                let forms = forms_of(to);
                if !forms.is_empty() && seen.insert(stems(&borrowed(&forms))) {
                    ways.push(Named { kind: *kind, to: to.clone(), forms });
                }
            }
        }
        Some(ways)
    }
}

/// Orders text as JavaScript does.
fn by_units(a: &str, b: &str) -> std::cmp::Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// Characters as JavaScript counts them.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A form of the index with what it costs to take it for the one that was typed.
struct Costly<'a> {
    cost: i64,
    to: &'a str,
    class: &'a Rc<Class>,
    place: usize,
}

impl Costly<'_> {
    fn other(&self, kind: Kind, worth: u64) -> Other {
        Other { kind, worth, class: Rc::clone(self.class), place: Some(self.place), to: self.to.to_owned() }
    }
}

/// Some forms in the order of what they cost, of two as dear the commoner first; each once. The cost is asked for with the number of pages.
fn cheapest<'a>(forms: impl Iterator<Item = (&'a str, &'a Rc<Class>, usize)>, cost: impl Fn(&str, u32) -> Option<i64>) -> Vec<Costly<'a>> {
    let one = |(to, class, place): (&'a str, &'a Rc<Class>, usize)| Some(Costly { cost: cost(to, class.pages[place])?, to, class, place });
    let mut found: Vec<Costly<'_>> = forms.filter_map(one).collect();
    let pages = |f: &Costly<'_>| f.class.pages[f.place];
    found.sort_by(|a, b| a.cost.cmp(&b.cost).then_with(|| pages(b).cmp(&pages(a))).then_with(|| by_units(a.to, b.to)));
    found.dedup_by(|b, a| a.to == b.to);
    found
}

impl View<'_, '_> {
    fn forms(&self, place: usize) -> impl Iterator<Item = (&str, &Rc<Class>, usize)> {
        let shard = self.opened.get(&place);
        shard.into_iter().flat_map(|s| s.forms.iter().map(|(form, class, place)| (form.as_str(), &s.classes[*class], *place)))
    }

    fn forms_in(&self, places: Vec<usize>) -> impl Iterator<Item = (&str, &Rc<Class>, usize)> {
        places.into_iter().flat_map(|place| self.forms(place))
    }

    /// Forms that somebody who types by ear may mean, the likeliest first.
    fn spellings(&self, form: &str) -> Vec<Other> {
        let (typed_latin, keys) = (latin(form), skeletons(form));
        let away = |to: &str| if typed_latin { arabic(to) } else { latin(to) };
        let forms = self
            .forms_in(once(keys.iter().map(|key| self.shelf.shard_of(key))))
            .filter(|(to, ..)| away(to) && keys.contains(&skeleton(to)));
        let found = cheapest(forms, |to, pages| {
            let cost = if typed_latin { channel(form, to) } else { channel(to, form) };
            Some(i64::from(cost) - i64::from(prior(pages)))
        });
        let least = found.first().map_or(0, |f| f.cost);
        found.iter().take(MOST_SPELLINGS).map(|f| f.other(Kind::Roman, ROMAN * 32 / (32 + (f.cost - least) as u64))).collect()
    }

    /// Known forms of a word whose own form no page has.
    fn relatives(&self, form: &str) -> Vec<Other> {
        let key = stem(form);
        let mut places = vec![self.shelf.place_of(form), self.shelf.place_of(&key)];
        places.dedup();
        let mut found: Vec<Other> = Vec::new();
        for place in places {
            for (to, class, _) in self.forms(place) {
                if to.chars().next() == form.chars().next() && stem(to) == key && !found.iter().any(|o| Rc::ptr_eq(&o.class, class)) {
                    found.push(Other { kind: Kind::Form, worth: FULL, class: Rc::clone(class), place: None, to: class.forms[0].clone() });
                }
            }
        }
        found
    }

    /// Forms that are one slip away, two from a long word.
    fn slips(&self, form: &str, places: &[usize]) -> Vec<Other> {
        let near = |to: &str| length(to) > 2 && length(to).abs_diff(length(form)) < 3 && arabic(to) == arabic(form);
        let forms = self.forms_in(places.to_vec()).filter(|(to, ..)| near(to));
        let found = cheapest(forms, |to, _| typo(form, to).map(i64::from));
        let least = found.first().map_or(0, |f| f.cost);
        let close = found.iter().filter(|f| f.cost <= least + 2);
        close.take(MOST_SLIPS).map(|f| f.other(Kind::Typo, TYPO - (f.cost - least) as u64)).collect()
    }

    /// Forms that a half-typed word may become.
    fn endings(&self, form: &str) -> Vec<Other> {
        let first = self.shelf.place_of(form);
        let forms = self.forms_in(vec![first, first + 1]).filter(|(to, ..)| *to != form && to.starts_with(form));
        let found = cheapest(forms, |_, _| Some(0));
        found.iter().take(MOST_ENDINGS).map(|f| f.other(Kind::Start, START * length(form) as u64 / length(f.to) as u64)).collect()
    }

    fn simple(&self, form: &str, kind: Kind, from: usize) -> Slot {
        let others = self.other(kind, FULL, form).map_or_else(|| self.relatives(form), |other| vec![other]);
        Slot { form: form.to_owned(), from, others }
    }
}

/// Keys under which a word stands that was typed with one consonant too many, or two in the wrong order.
fn neighbours(key: &str) -> Vec<String> {
    let letters: Vec<char> = key.chars().collect();
    let mut keys = Vec::new();
    for i in 0..letters.len().min(4) {
        let mut without = letters.clone();
        without.remove(i);
        keys.push(without.into_iter().collect());
        if i + 1 < letters.len() {
            let mut swapped = letters.clone();
            swapped.swap(i, i + 1);
            keys.push(swapped.into_iter().collect());
        }
    }
    keys
}

/// Where a word without a space may be two.
fn cuts(form: &str) -> Vec<(&str, &str)> {
    if !arabic(form) && !latin(form) {
        return Vec::new();
    }
    let count = form.chars().count();
    form.char_indices().enumerate().filter(|(n, _)| *n >= 2 && *n + 1 < count).map(|(_, (at, _))| form.split_at(at)).collect()
}

/// Each once, in order.
fn once(places: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut list = Vec::new();
    for place in places {
        if !list.contains(&place) {
            list.push(place);
        }
    }
    list
}

/// Files that a query may take, shards and lists; more only for what it cannot do without.
fn most_files(shelf: &Shelf<'_>, query: &Query) -> usize {
    if shelf.one { usize::MAX } else { (2 * query.tokens.len() + 1).max(LEAST_FILES) }
}

/// Leaves out guesses but the first of a word, where each costs a file of lists of its own.
fn spare(view: &View<'_, '_>, query: &Query, parts: &mut [Part]) {
    let sure = |i: usize, other: &Other| i == 0 || !matches!(other.kind, Kind::Roman | Kind::Typo | Kind::Start);
    let mut files: HashSet<u32> = HashSet::new();
    for slot in parts.iter().flat_map(|part| part.slots.iter().chain(part.ways.iter().flat_map(|way| &way.slots))) {
        files.extend(slot.others.iter().enumerate().filter(|(i, o)| sure(*i, o)).filter_map(|(_, o)| o.class.file));
    }
    let most = most_files(view.shelf, query);
    for part in parts {
        for slot in part.slots.iter_mut().chain(part.ways.iter_mut().flat_map(|way| &mut way.slots)) {
            slot.others.retain(|other| {
                let Some(file) = other.class.file.filter(|file| !files.contains(file)) else { return true };
                view.opened.len() + files.len() < most && files.insert(file)
            });
        }
    }
}

/// What the words of a query are in one language.
pub(super) fn resolve(view: &mut View<'_, '_>, glossary: &Glossary, query: &Query, expand: bool) -> Result<Vec<Part>, String> {
    let tokens = &query.tokens;
    let shelf = view.shelf;
    let mut first = Vec::new();
    for token in tokens {
        let forms = std::iter::once(&token.form).chain(&token.parts);
        first.extend(forms.filter(|form| !view.in_head(form)).map(|form| shelf.place_of(form)));
    }
    for i in 0..if expand { tokens.len() } else { 0 } {
        for n in 1..=glossary.longest.min(tokens.len() - i) {
            let some: Vec<&str> = tokens[i..i + n].iter().map(|t| t.form.as_str()).collect();
            let ways = glossary.ways(&some, &|_| false).unwrap_or_default();
            first.extend(ways.iter().flat_map(|way| &way.forms).map(|form| shelf.place_of(form)));
        }
    }
    first = once(first);
    // Where else a word in Latin letters may stand, as far as that leaves room for lists; a word that is not known is looked for everywhere below.
    let room = most_files(shelf, query) - tokens.len();
    for token in tokens.iter().filter(|t| expand && shelf.right_to_left && latin(&t.form)) {
        for place in skeletons(&token.form).iter().map(|key| shelf.shard_of(key)) {
            if first.len() < room && !first.contains(&place) {
                first.push(place);
            }
        }
    }
    view.fetch(&first)?;
    // What is not known as it is typed may need more shards: all of them in one step.
    let mut more = Vec::new();
    for (i, token) in tokens.iter().enumerate().filter(|(_, t)| view.known(&t.form).is_none()) {
        let form = &token.form;
        more.push(shelf.place_of(&stem(form)));
        if !expand {
            continue;
        }
        more.extend(skeletons(form).iter().map(|key| shelf.shard_of(key)));
        if i > 0 {
            more.push(shelf.place_of(&format!("{}{form}", tokens[i - 1].form)));
        }
        if let Some(next) = tokens.get(i + 1) {
            more.push(shelf.place_of(&format!("{form}{}", next.form)));
        }
        more.extend(cuts(form).into_iter().filter(|(head, _)| view.known(head).is_some()).map(|(_, tail)| shelf.place_of(tail)));
        if query.half && i + 1 == tokens.len() {
            more.push((shelf.place_of(form) + 1).min(shelf.shard_count() - 1));
        }
    }
    view.fetch(&more)?;
    let (mut slots, mut strange) = (Vec::new(), Vec::new());
    for (i, token) in tokens.iter().enumerate() {
        let form = &token.form;
        let mut others = Vec::new();
        match view.other(Kind::Exact, FULL, form) {
            Some(exact) => others.push(exact),
            None => {
                others = view.relatives(form);
                others.extend(token.parts.iter().filter_map(|piece| view.other(Kind::Form, FULL / 2, piece)));
            }
        }
        if expand {
            if query.half && i + 1 == tokens.len() && (tokens.len() < 3 || others.is_empty()) {
                others.extend(view.endings(form));
            }
            let by_ear = if latin(form) { shelf.right_to_left } else { !shelf.right_to_left && arabic(form) && others.is_empty() };
            if by_ear {
                let aside = !others.is_empty();
                others.extend(view.spellings(form).into_iter().map(|mut o| {
                    if aside {
                        o.worth = o.worth * ASIDE / FULL;
                    }
                    o
                }));
            }
            if others.is_empty() && form.encode_utf16().count() > 2 && !form.bytes().any(|b| b.is_ascii_digit()) {
                strange.push(i);
            }
        }
        slots.push(Slot { form: form.clone(), from: i, others });
    }
    let mut near: Vec<(usize, Vec<usize>)> = Vec::new();
    for i in strange {
        let form = &tokens[i].form;
        slots[i].others = view.slips(form, &[shelf.place_of(form)]);
        if slots[i].others.is_empty() {
            let mut places = once(neighbours(&shard_key(form)).iter().map(|key| shelf.shard_of(key)));
            places.truncate(MOST_SHARDS);
            near.push((i, places));
        }
    }
    view.fetch(&near.iter().flat_map(|(_, places)| places.iter().copied()).collect::<Vec<_>>())?;
    for (i, places) in near {
        slots[i].others = view.slips(&tokens[i].form, &places);
    }
    let mut parts = group(view, glossary, &slots, expand);
    spare(view, query, &mut parts);
    Ok(parts)
}

/// Slots as parts: what the glossary knows as one thing stands together, and two words with a space too many or too few between them.
fn group(view: &View<'_, '_>, glossary: &Glossary, slots: &[Slot], expand: bool) -> Vec<Part> {
    let known = |form: &str| view.known(form).is_some();
    let mut found: Vec<Part> = Vec::new();
    let mut i = 0;
    while i < slots.len() {
        let form = slots[i].form.as_str();
        let mut part = None;
        for n in (1..=if expand { glossary.longest.min(slots.len() - i) } else { 0 }).rev() {
            let some: Vec<&str> = slots[i..i + n].iter().map(|s| s.form.as_str()).collect();
            if let Some(ways) = glossary.ways(&some, &known) {
                let way = |w: Named| Way { kind: w.kind, slots: w.forms.iter().map(|f| view.simple(f, w.kind, i)).collect(), to: w.to };
                part = Some(Part { slots: slots[i..i + n].to_vec(), ways: ways.into_iter().map(way).collect() });
                break;
            }
        }
        if let (None, true, Some(next)) = (&part, expand, slots.get(i + 1)) {
            let whole = format!("{form}{}", next.form);
            if known(&whole) && !(known(form) && known(&next.form)) {
                let way = Way { kind: Kind::Form, slots: vec![view.simple(&whole, Kind::Form, i)], to: whole };
                part = Some(Part { slots: slots[i..i + 2].to_vec(), ways: vec![way] });
            }
        }
        let mut part = part.unwrap_or_else(|| Part { slots: vec![slots[i].clone()], ways: Vec::new() });
        if expand && part.slots.len() < 2 && !known(form) {
            let least = |(a, b): (&str, &str)| Some(view.known(a)?.0.all.min(view.known(b)?.0.all));
            let mut pairs: Vec<(u32, (&str, &str))> = cuts(form).into_iter().filter_map(|pair| Some((least(pair)?, pair))).collect();
            pairs.sort_by_key(|(least, _)| Reverse(*least));
            if let Some((_, (a, b))) = pairs.first() {
                let slots = [*a, *b].map(|f| view.simple(f, Kind::Form, i)).to_vec();
                part.ways.push(Way { kind: Kind::Split, to: format!("{a} {b}"), slots });
            }
        }
        i += part.slots.len();
        found.push(part);
    }
    found
}
