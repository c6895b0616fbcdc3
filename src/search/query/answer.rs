//! What is shown of the pages found. In: a query, an index. Out: results with section, excerpt and marks, other words that were searched for,
//! and how many pages each filter would leave.

use super::files::{Shelf, Text, View};
use super::rank::{Found, ScoredPart, rank};
use super::resolve::{Query, forms_of, resolve};
use super::{Engine, Kind, Part};
use crate::search::analysis::words;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Characters of an excerpt, and of it before the first word found; in UTF-16, as the browser counts.
const EXCERPT: usize = 190;
const LEAD: usize = 50;
const MOST_PHRASES: usize = 100;

/// What is asked for besides words.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The reader's language: its results stand first.
    pub lang: Option<String>,
    /// Only these languages, where there are any.
    pub only: Vec<String>,
    /// Results left out at the beginning.
    pub offset: usize,
    /// Most results; 10 where there is none.
    pub limit: Option<usize>,
    /// Whether only the words as they are typed are searched for.
    pub literal: bool,
}

/// An answer.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The pages, the best first.
    pub results: Vec<Hit>,
    /// Other words that were searched for and found something.
    pub also: Vec<Expansion>,
    /// How many pages each value of a filter would leave.
    pub facets: BTreeMap<&'static str, BTreeMap<String, usize>>,
    /// How many pages were found.
    pub total: usize,
}

/// A page that was found.
#[derive(Clone, Debug, Serialize)]
pub struct Hit {
    /// Id, the same in every language.
    pub id: String,
    /// Address relative to the root of the site.
    pub url: String,
    /// Title.
    pub title: String,
    /// Words found in the title, in UTF-16.
    #[serde(rename = "titleMarks")]
    pub title_marks: Vec<[usize; 2]>,
    /// Language.
    pub lang: String,
    /// Content type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The section that says most; none where the page as a whole does.
    pub section: Option<Place>,
    /// Its text around the rarest words found.
    pub excerpt: String,
    /// Words found in the excerpt, in UTF-16.
    pub marks: Vec<[usize; 2]>,
    /// How it was found.
    pub why: Kind,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Anchor.
    pub id: String,
    /// Heading.
    pub title: String,
}

/// Other words that were searched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expansion {
    /// As typed.
    pub from: String,
    /// What was also searched for.
    pub to: String,
    /// Why.
    pub kind: Kind,
}

struct Searched<'s, 'a> {
    shelf: &'s Shelf<'a>,
    parts: Vec<Part>,
    scored: Vec<ScoredPart>,
    hits: Vec<Found>,
    marked: HashMap<String, u64>,
}

pub(super) fn answer(engine: &Engine<'_>, text: &str, options: &Options) -> Result<Answer, String> {
    let query = Query::parse(text);
    let lang = options.lang.as_deref().or_else(|| engine.shelves.first().map(|s| s.code.as_str()));
    let mut order: Vec<&Shelf<'_>> = engine.shelves.iter().filter(|_| !query.tokens.is_empty()).collect();
    order.sort_by_key(|shelf| Some(shelf.code.as_str()) != lang);
    let mut facets: BTreeMap<&'static str, BTreeMap<String, usize>> =
        ["audience", "jurisdiction", "lang", "type"].into_iter().map(|name| (name, BTreeMap::new())).collect();
    let mut count = |name: &'static str, id: &str| *facets.entry(name).or_default().entry(id.to_owned()).or_default() += 1;
    let mut searched = Vec::new();
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for shelf in order {
        let mut view = View::new(shelf);
        let parts = resolve(&mut view, &engine.glossary, &query, !options.literal)?;
        let (mut hits, scored) = rank(shelf, &parts, &query.phrases)?;
        if !query.phrases.is_empty() {
            hits = with_phrases(shelf, hits, &query)?;
        }
        let wanted = options.only.is_empty() || options.only.contains(&shelf.code);
        for (n, hit) in hits.iter().enumerate() {
            let kind = shelf.kind_of(hit.page);
            count("lang", &shelf.code);
            if let (true, Some(((page_type, audience, jurisdiction), _))) = (wanted, shelf.kinds.get(kind)) {
                count("type", page_type);
                audience.iter().for_each(|id| count("audience", id));
                jurisdiction.iter().for_each(|id| count("jurisdiction", id));
                found.push((searched.len(), n, kind));
            }
        }
        let marked = marks(&parts, &scored);
        searched.push(Searched { shelf, parts, scored, hits, marked });
    }
    let shown = found.iter().skip(options.offset).take(options.limit.unwrap_or(10));
    let results = shown.map(|(language, n, kind)| result(&searched[*language], *n, *kind)).collect::<Result<_, _>>()?;
    Ok(Answer { results, also: also(&searched, &query, text, &found), facets, total: found.len() })
}

/// The forms to be marked, with how rare they are.
fn marks(parts: &[Part], scored: &[ScoredPart]) -> HashMap<String, u64> {
    let mut marked = HashMap::new();
    for (part, scored) in parts.iter().zip(scored) {
        let slots = part.slots.iter().zip(&scored.slots);
        let ways = part.ways.iter().zip(&scored.ways).flat_map(|(way, (_, _, scored))| way.slots.iter().zip(scored));
        for (slot, scored) in slots.chain(ways) {
            for (other, weight) in slot.others.iter().zip(&scored.weights) {
                let one = std::slice::from_ref(&other.to);
                for form in if matches!(other.kind, Kind::Start | Kind::Roman) { one } else { &other.class.forms } {
                    let value: &mut u64 = marked.entry(form.clone()).or_default();
                    *value = (*value).max(*weight);
                }
            }
        }
    }
    marked
}

/// The pages whose text has the phrases word by word, of the best hundred; of all where all is at hand.
fn with_phrases(shelf: &Shelf<'_>, mut hits: Vec<Found>, query: &Query) -> Result<Vec<Found>, String> {
    let asked: Vec<Vec<&str>> = query.phrases.iter().map(|p| p.iter().map(|i| query.tokens[*i].form.as_str()).collect()).collect();
    if !shelf.one {
        hits.truncate(MOST_PHRASES);
    }
    let mut kept = Vec::new();
    for hit in hits {
        let Text(_, _, title, description, sections, _) = shelf.text(hit.page)?;
        let rest = sections.iter().flat_map(|[_, title, text]| [title, text]);
        let texts: Vec<Vec<String>> = [&title, &description].into_iter().chain(rest).map(|text| forms_of(text)).collect();
        let holds = |forms: &Vec<&str>| texts.iter().any(|text| text.windows(forms.len()).any(|w| w.iter().eq(forms.iter())));
        if asked.iter().all(holds) {
            kept.push(hit);
        }
    }
    Ok(kept)
}

/// A word of a text: bytes, UTF-16, form.
struct Word {
    bytes: (usize, usize),
    units: (usize, usize),
    form: String,
}

fn read(text: &str) -> Vec<Word> {
    let (mut byte, mut unit) = (0, 0);
    let mut list = Vec::new();
    for word in words(text).iter() {
        // Parts begin inside the word before them.
        if word.start < byte {
            (byte, unit) = (0, 0);
        }
        unit += text[byte..word.start].encode_utf16().count();
        byte = word.start;
        let end = unit + text[word.start..word.end].encode_utf16().count();
        list.push(Word { bytes: (word.start, word.end), units: (unit, end), form: word.form.to_owned() });
    }
    list
}

struct Marked<'a>(&'a HashMap<String, u64>);

impl Marked<'_> {
    fn weigh(&self, word: &Word) -> u64 {
        self.0.get(&word.form).copied().unwrap_or_default()
    }

    fn kinds<'w>(&self, words: impl IntoIterator<Item = &'w Word>) -> HashSet<&'w str> {
        words.into_iter().filter(|w| self.weigh(w) > 0).map(|w| w.form.as_str()).collect()
    }

    fn sum(&self, words: &[Word]) -> u64 {
        self.kinds(words).into_iter().map(|form| self.0[form]).sum()
    }

    /// The part of a text around the rarest words found in it.
    fn excerpt(&self, text: &str, words: &[Word]) -> (String, Vec<[usize; 2]>) {
        let weights: Vec<u64> = words.iter().map(|w| self.weigh(w)).collect();
        let spots: Vec<usize> = (0..words.len()).filter(|i| weights[*i] > 0).collect();
        let (mut best, mut most) = (0, None);
        for spot in &spots {
            let mut from = *spot;
            while from > 0 && words[*spot].units.0 - words[from - 1].units.0 <= LEAD {
                from -= 1;
            }
            let mut seen = HashMap::new();
            for (word, weight) in words[from..].iter().zip(&weights[from..]) {
                if word.units.1 - words[from].units.0 > EXCERPT {
                    break;
                }
                if *weight > 0 {
                    seen.insert(word.form.as_str(), *weight);
                }
            }
            let value = seen.values().sum::<u64>();
            if most.is_none_or(|most| value > most) {
                (best, most) = (from, Some(value));
            }
        }
        let mut to = best;
        while to + 1 < words.len() && words[to + 1].units.1 - words[best].units.0 <= EXCERPT {
            to += 1;
        }
        let begin = if best > 0 { (words[best].bytes.0, words[best].units.0) } else { (0, 0) };
        let end = if to + 1 < words.len() { words[to].bytes.1 } else { text.len() };
        let before = if best > 0 { "… " } else { "" };
        let after = if end < text.len() { " …" } else { "" };
        let inside = spots.iter().map(|i| &words[*i]).filter(|w| w.bytes.0 >= begin.0 && w.bytes.1 <= end);
        let marks = spans(inside, begin.1, before.encode_utf16().count());
        (format!("{before}{}{after}", text[begin.0..end].trim()), marks)
    }
}

/// Places of words, none inside another.
fn spans<'w>(words: impl IntoIterator<Item = &'w Word>, from: usize, shift: usize) -> Vec<[usize; 2]> {
    let mut marks: Vec<[usize; 2]> = Vec::new();
    for word in words {
        let (start, end) = (word.units.0 + shift - from, word.units.1 + shift - from);
        if marks.last().is_none_or(|last| start >= last[1]) {
            marks.push([start, end]);
        }
    }
    marks
}

struct Told {
    id: String,
    title: String,
    text: String,
    head: Vec<Word>,
    body: Vec<Word>,
}

/// A hit as the caller gets it: the section that says most, an excerpt of it, and why the page was found.
fn result(searched: &Searched<'_, '_>, n: usize, kind: usize) -> Result<Hit, String> {
    let (shelf, marked) = (searched.shelf, Marked(&searched.marked));
    let page = searched.hits[n].page;
    let Text(id, url, title, description, sections, _) = shelf.text(page)?;
    let (title_words, about) = (read(&title), read(&description));
    let sections: Vec<Told> =
        sections.into_iter().map(|[id, title, text]| Told { head: read(&title), body: read(&text), id, title, text }).collect();
    let (mut place, mut value) = (None, 0);
    for section in &sections {
        let times = section.body.iter().filter(|w| marked.weigh(w) > 0).count().min(6) as u64;
        let says = 60 * marked.sum(&section.head) + marked.sum(&section.body) * (40 + 2 * times);
        if says > value {
            (place, value) = (Some(section), says);
        }
    }
    // A page that is about the words as a whole is opened at its top.
    let whole = marked.kinds(&title_words).len();
    let top = whole > 0 && whole >= marked.kinds(sections.iter().flat_map(|s| s.head.iter().chain(&s.body))).len();
    let mut source = place.filter(|s| !s.body.is_empty()).map(|s| (&s.text, &s.body));
    if !description.is_empty() && source.is_none_or(|(_, body)| top && marked.sum(&about) >= marked.sum(body)) {
        source = Some((&description, &about));
    }
    let source = source.or_else(|| sections.first().map(|s| (&s.text, &s.body)));
    let (excerpt, marks) = source.map_or_else(Default::default, |(text, words)| marked.excerpt(text, words));
    let used: HashSet<Kind> = searched.scored.iter().flat_map(|part| part.kinds(page)).collect();
    let guess = [Kind::Glossary, Kind::Roman, Kind::Typo].into_iter().find(|kind| used.contains(kind));
    let plain = if used.len() == 1 && used.contains(&Kind::Exact) { Kind::Exact } else { Kind::Form };
    Ok(Hit {
        title_marks: spans(title_words.iter().filter(|w| marked.weigh(w) > 0), 0, 0),
        lang: shelf.code.clone(),
        kind: shelf.kinds.get(kind).map(|k| k.0.0.clone()).unwrap_or_default(),
        section: place.filter(|s| !top && !s.id.is_empty()).map(|s| Place { id: s.id.clone(), title: s.title.clone() }),
        why: guess.unwrap_or(plain),
        id,
        url,
        title,
        excerpt,
        marks,
    })
}

/// Other words that were searched for and found something.
fn also(searched: &[Searched<'_, '_>], query: &Query, text: &str, found: &[(usize, usize, usize)]) -> Vec<Expansion> {
    let mut list: Vec<Expansion> = Vec::new();
    for (language, one) in searched.iter().enumerate() {
        let pages: HashSet<u32> = found.iter().filter(|f| f.0 == language).map(|f| one.hits[f.1].page).collect();
        for (part, scored) in one.parts.iter().zip(&one.scored) {
            let mut tell = |first: usize, last: usize, to: &str, kind: Kind| {
                let from = text[query.tokens[first].start..query.tokens[last].end].to_owned();
                match list.iter_mut().find(|e| e.from == from && e.to == to) {
                    Some(known) => known.kind = kind,
                    None => list.push(Expansion { from, to: to.to_owned(), kind }),
                }
            };
            for (way, (kind, scores, _)) in part.ways.iter().zip(&scored.ways) {
                if *kind != Kind::Form && scores.keys().any(|page| pages.contains(page)) {
                    let kind = if *kind == Kind::Split { Kind::Typo } else { *kind };
                    tell(part.slots[0].from, part.slots[part.slots.len() - 1].from, &way.to, kind);
                }
            }
            for (slot, scored) in part.slots.iter().zip(&scored.slots) {
                let most = slot.others.iter().map(|o| o.worth).max().unwrap_or_default();
                for (n, other) in slot.others.iter().enumerate() {
                    if matches!(other.kind, Kind::Roman | Kind::Typo) && 2 * other.worth >= most && scored.shows(n, &pages) {
                        tell(slot.from, slot.from, &other.to, other.kind);
                    }
                }
            }
        }
    }
    list
}
