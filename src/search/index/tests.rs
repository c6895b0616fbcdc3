//! A revised index against one made anew: after any edits of texts both must find the same pages for every word.

use super::super::entry::Section;
use super::super::query::{Engine, Options};
use super::super::script;
use super::opened::{Opened, lists};
use super::revise::Edit;
use super::*;
use proptest::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

const EDITION: Edition<'_> = Edition { code: "en", name: "English", dir: "ltr" };

/// Words of one class and of several, of both scripts, one within another, and beside the shards' keys.
const WORDS: [&str; 22] = [
    "kiln",
    "kilns",
    "labour",
    "labours",
    "labor",
    "police",
    "policy",
    "act",
    "acts",
    "2018",
    "371-A",
    "worker",
    "workers",
    "working",
    "the",
    "پولیس",
    "عدالت",
    "مزدور",
    "zeqvub",
    "किताब",
    "a",
    "ma'loom",
];

/// A title, a text and a keyword of each page.
type Texts = Vec<[String; 3]>;

fn entry(texts: &Texts, page: usize) -> Entry<'_> {
    let [title, text, keyword] = &texts[page];
    Entry {
        id: "id",
        url: NAMES[page].as_str(),
        title,
        kind: if page.is_multiple_of(3) { "law" } else { "page" },
        keywords: vec![Cow::Borrowed(keyword)],
        sections: vec![Section { id: "", title: "", text: Cow::Borrowed(text) }],
        ..Entry::default()
    }
}

static NAMES: std::sync::LazyLock<Vec<String>> =
    std::sync::LazyLock::new(|| (0..2000).map(|page| format!("en/{page}/index.html")).collect());

fn whole(texts: &Texts) -> Index {
    Index::new(texts.len(), &|page| entry(texts, page))
}

fn revised(index: &Index, before: &Texts, after: &Texts) -> Option<Index> {
    let edits: Vec<Edit<'_>> = (0..after.len())
        .filter(|page| before[*page] != after[*page])
        .map(|place| Edit { place, before: entry(before, place), after: entry(after, place) })
        .collect();
    index.revised(&edits)
}

/// The pages that each query finds.
fn found(index: &Index, texts: &Texts, queries: &[&str], literal: bool) -> Vec<BTreeSet<String>> {
    let script = script::script(&[index.directory(&EDITION)], &[]);
    let read = |name: &str| {
        let bytes =
            if name == "search.js" { Some(script.clone().into_bytes()) } else { index.file("en", name, &|page| entry(texts, page)) };
        bytes.and_then(|bytes| String::from_utf8(bytes).ok())
    };
    let engine = Engine::open(&read).unwrap();
    let options = Options { limit: Some(2000), literal, ..Options::default() };
    queries.iter().map(|query| engine.search(query, &options).unwrap().results.into_iter().map(|hit| hit.url).collect()).collect()
}

fn texts(pages: std::ops::Range<usize>) -> impl Strategy<Value = Texts> {
    prop::collection::vec(page(), pages)
}

fn page() -> impl Strategy<Value = [String; 3]> {
    let some =
        |words: std::ops::Range<usize>| prop::collection::vec(prop::sample::select(&WORDS[..]), words).prop_map(|words| words.join(" "));
    (some(1..3), some(0..12), some(0..2)).prop_map(|(title, text, keyword)| [title, text, keyword])
}

fn after(texts: &Texts, edits: &[(prop::sample::Index, [String; 3])]) -> Texts {
    let mut texts = texts.clone();
    for (page, text) in edits {
        let page = page.index(texts.len());
        texts[page].clone_from(text);
    }
    texts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_revised_index_finds_what_a_new_one_finds(
        first in texts(1..24),
        saves in prop::collection::vec(prop::collection::vec((any::<prop::sample::Index>(), page()), 1..4), 1..4),
    ) {
        let (mut texts, mut index) = (first.clone(), whole(&first));
        for edits in saves {
            let next = after(&texts, &edits);
            let made = revised(&index, &texts, &next).unwrap();
            prop_assert_ne!(&made.generation, &index.generation);
            (texts, index) = (next, made);
            let anew = whole(&texts);
            for literal in [true, false] {
                let (own, expected) = (found(&index, &texts, &WORDS, literal), found(&anew, &texts, &WORDS, literal));
                for ((word, own), expected) in WORDS.iter().zip(own).zip(expected) {
                    prop_assert_eq!(own, expected, "{} literal {}", word, literal);
                }
            }
        }
    }
}

/// The pages of each form, as a query that looks it up in its shard sees them; and where a form of a class stands, the class must be the same.
fn by_form(index: &Index) -> BTreeMap<String, Vec<u32>> {
    let lexicon = &index.lexicon;
    let shards: Vec<Opened<'_>> = lexicon.shards.iter().map(|shard| Opened::new(shard)).collect();
    let head = Opened::new(&lexicon.head);
    let mut found = BTreeMap::new();
    let mut lines: BTreeMap<&str, &str> = BTreeMap::new();
    for (place, shard) in shards.iter().enumerate() {
        for line in &shard.lines {
            assert_eq!(*lines.entry(line.0).or_insert(line.1), line.1, "two of one class");
            for (form, list) in line.0.split(' ').zip(lists(*line, &lexicon.lists)) {
                let key = shard_key(form);
                if lexicon.shards.partition_point(|shard| shard.key <= key).saturating_sub(1) == place {
                    let pages = list.into_iter().map(|posting| posting.0).collect();
                    assert!(found.insert(form.to_owned(), pages).is_none(), "{form} is in two classes");
                }
            }
        }
    }
    for line in &head.lines {
        assert_eq!(lines.get(line.0), Some(&line.1), "the head has another class than the shards");
    }
    found
}

/// A word for a number: three syllables, so that the keys are many.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 16] = ["ba", "do", "fi", "gu", "ka", "lo", "mi", "nu", "pa", "ro", "si", "tu", "za", "je", "che", "vo"];
    [number % 16, number / 16 % 16, number / 256 % 16].map(|n| SYLLABLES[n]).concat()
}

/// A page of a large language. Some words are on nearly all pages, most on few.
fn large(page: usize, version: usize) -> [String; 3] {
    let text: Vec<String> = (0..40)
        .map(|n| {
            let seed = (page * 7919 + n * 104_729 + version * 31_337) % 1_000_003;
            word(if n < 20 { seed % 60 } else { seed % 4096 })
        })
        .collect();
    [word(page % 4096), text.join(" "), if version > 0 { format!("new{version}") } else { String::new() }]
}

#[test]
fn many_shards_lists_and_common_words_follow_too() {
    let mut texts: Texts = (0..1_200).map(|page| large(page, 0)).collect();
    let mut index = whole(&texts);
    index.one = false;
    assert!(index.lexicon.shards.len() > 10 && index.lexicon.lists.len() > 10 && !index.lexicon.head.words.is_empty());
    let mut generations = HashSet::from([index.generation.clone()]);
    for save in 1..6 {
        let mut next = texts.clone();
        for page in [save * 37, 1_199 - save, 600] {
            next[page] = large(page, save);
        }
        // The word of save before is on no page any more, or on fewer.
        index = revised(&index, &texts, &next).unwrap();
        texts = next;
        assert_eq!(by_form(&index), by_form(&whole(&texts)), "save {save}");
        assert!(generations.insert(index.generation.clone()));
    }
    let queries = ["new5", "new1", "badobado", "bababa", "dobaba", "police"];
    assert_eq!(found(&index, &texts, &queries, true), found(&whole(&texts), &texts, &queries, true));
    let shared = |old: &Index| old.lexicon.shards.iter().zip(&index.lexicon.shards).filter(|(a, b)| Arc::ptr_eq(a, b)).count();
    let next: Texts = texts
        .iter()
        .enumerate()
        .map(|(n, t)| if n == 3 { [t[0].clone(), format!("{} zeqvub", t[1]), t[2].clone()] } else { t.clone() })
        .collect();
    let after = revised(&index, &texts, &next).unwrap();
    assert!(shared(&after) + 12 > index.lexicon.shards.len(), "one word more makes few shards new");
}

#[test]
fn another_kind_or_nothing_to_revise_is_made_anew() {
    let texts: Texts = vec![[String::new(), "one two".to_owned(), String::new()]];
    let (before, mut after) = (entry(&texts, 0), entry(&texts, 0));
    after.kind = "page";
    assert!(whole(&texts).revised(&[Edit { place: 0, before: before.clone(), after }]).is_none());
    let none: Texts = vec![[String::new(), String::new(), String::new()]];
    assert!(whole(&none).revised(&[Edit { place: 0, before, after: entry(&none, 0) }]).is_none());
}
