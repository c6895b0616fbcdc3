//! Pages in order. In: parts of a query and the lists of their words. Out: pages with scores, and how each was found. Everything is counted in
//! integers, as in the browser.

use super::files::Shelf;
use super::resolve::FULL;
use super::{Kind, Other, Part, Slot};
use crate::search::analysis::logarithm;
use std::collections::{HashMap, HashSet};

/// k1 of BM25, in the unit of `LEVELS`.
const SATURATION: u64 = 77;

/// A page that was found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) page: u32,
    pub(super) score: u64,
    /// How much of what the words say it has.
    share: u64,
}

type Scores = HashMap<u32, u64>;

/// A slot with the scores of all that may be meant by it.
pub(super) struct Scored {
    from: usize,
    /// For each form that may be meant: its kind, scores, and the pages that have it and not only another form of its class.
    others: Vec<(Kind, Scores, HashSet<u32>)>,
    /// What each form is worth to a reader, for excerpts.
    pub(super) weights: Vec<u64>,
    best: Scores,
    weight: u64,
}

/// A part with scores.
pub(super) struct ScoredPart {
    pub(super) slots: Vec<Scored>,
    /// For each way: its kind, its scores, its slots.
    pub(super) ways: Vec<(Kind, Scores, Vec<Scored>)>,
}

fn rarity(shelf: &Shelf<'_>, pages: u64) -> u64 {
    let all = u64::from(shelf.pages);
    logarithm(2 * all + 2, 2 * pages.min(all) + 1)
}

fn sated(weight: u64) -> u64 {
    weight * 4096 / (weight + SATURATION)
}

fn worth(kind: Kind) -> u64 {
    match kind {
        Kind::Exact | Kind::Form | Kind::Typo => FULL,
        Kind::Glossary => 180,
        Kind::Roman => 205,
        Kind::Split => 230,
        Kind::Start => 90,
    }
}

/// Pages and what they score for one form that may be meant: BM25 of the form and of its class.
fn scores(shelf: &Shelf<'_>, other: &Other, form_rarity: u64, class_rarity: u64) -> Result<(Scores, HashSet<u32>), String> {
    let mut all: HashMap<u32, (u64, u64)> = HashMap::new();
    for (place, list) in shelf.lists(&other.class)?.into_iter().enumerate() {
        for (page, weight) in list {
            let entry = all.entry(page).or_default();
            entry.0 += u64::from(weight);
            if Some(place) == other.place {
                entry.1 = u64::from(weight);
            }
        }
    }
    let one = |(any, own)| other.worth * (class_rarity * sated(any) + if own > 0 { form_rarity * sated(own) } else { 0 });
    let own = all.iter().filter(|(_, (_, own))| *own > 0).map(|(page, _)| *page).collect();
    Ok((all.into_iter().map(|(page, weights)| (page, one(weights))).collect(), own))
}

/// Scores of all pages for a slot: the best of what may be meant. Guesses share the rarity of all of them together.
fn score_slot(shelf: &Shelf<'_>, slot: &Slot) -> Result<Scored, String> {
    let is_guess = |o: &&Other| matches!(o.kind, Kind::Roman | Kind::Typo | Kind::Start);
    let top = slot.others.iter().find(is_guess).map_or(1, |o| o.worth);
    let sum = |of: &dyn Fn(&Other) -> u64| slot.others.iter().filter(is_guess).map(|o| of(o) * o.worth / top).sum::<u64>();
    let own = |o: &Other| o.place.map_or(0, |place| u64::from(o.class.pages[place]));
    let (guess_form, guess_class) = (sum(&own), sum(&|o| u64::from(o.class.all)));
    let mut scored = Scored { from: slot.from, others: Vec::new(), weights: Vec::new(), best: HashMap::new(), weight: 0 };
    for other in &slot.others {
        let guess = is_guess(&other);
        let form = if other.place.is_none() { 0 } else { rarity(shelf, if guess { guess_form } else { own(other) }) };
        let class = rarity(shelf, if guess { guess_class } else { u64::from(other.class.all) });
        let (scores, own) = scores(shelf, other, form, class)?;
        scored.weight = scored.weight.max(class);
        scored.weights.push(class);
        // A word that is on every page says nothing of any.
        for (page, score) in scores.iter().filter(|(_, score)| **score > 0) {
            let best = scored.best.entry(*page).or_default();
            *best = (*best).max(*score);
        }
        scored.others.push((other.kind, scores, own));
    }
    if slot.others.is_empty() {
        scored.weight = rarity(shelf, 0);
    }
    Ok(scored)
}

/// Pages, the best first, and the parts with their scores.
pub(super) fn rank(shelf: &Shelf<'_>, parts: &[Part], phrases: &[Vec<usize>]) -> Result<(Vec<Found>, Vec<ScoredPart>), String> {
    let mut total: HashMap<u32, (u64, u64)> = HashMap::new();
    let mut scored = Vec::new();
    let mut all = 0;
    for part in parts {
        let slots: Vec<Scored> = part.slots.iter().map(|slot| score_slot(shelf, slot)).collect::<Result<_, _>>()?;
        let weight: u64 = slots.iter().map(|s| s.weight).sum();
        let mut sum: HashMap<u32, (u64, u64)> = HashMap::new();
        for slot in &slots {
            for (page, points) in &slot.best {
                let entry = sum.entry(*page).or_default();
                entry.0 += points;
                entry.1 += slot.weight;
            }
        }
        let mut ways = Vec::new();
        for way in &part.ways {
            let slots: Vec<Scored> = way.slots.iter().map(|slot| score_slot(shelf, slot)).collect::<Result<_, _>>()?;
            // Other words for a thing say no more than the thing's own: a long name does not outrank a short one.
            let whole = slots.iter().map(|s| s.weight).sum::<u64>().max(1);
            let mut scores = Scores::new();
            for page in slots[0].best.keys() {
                let points: Option<u64> = slots.iter().map(|slot| slot.best.get(page)).sum();
                let Some(points) = points.map(|p| p * worth(way.kind) / FULL * weight.min(whole) / whole) else { continue };
                scores.insert(*page, points);
                let entry = sum.entry(*page).or_default();
                if points > entry.0 {
                    *entry = (points, weight);
                }
            }
            ways.push((way.kind, scores, slots));
        }
        all += weight;
        for (page, (points, share)) in sum {
            let entry = total.entry(page).or_default();
            entry.0 += points;
            entry.1 += share;
        }
        scored.push(ScoredPart { slots, ways });
    }
    // A page with every word counts twice what its words say, one with half of them one and a half times.
    let whole = |score: u64, share: u64| score + score * (FULL * share / all.max(1)) / FULL;
    let mut hits: Vec<Found> = total
        .into_iter()
        .filter(|(_, (score, _))| *score > 0)
        .map(|(page, (score, share))| Found { page, score: whole(score, share), share })
        .collect();
    for phrase in phrases {
        hits.retain(|hit| phrase.iter().all(|from| exactly(&scored, *from, hit.page)));
    }
    // Once a page has every word, those with less than half of what the words say are left out.
    if hits.iter().any(|hit| hit.share == all) {
        hits.retain(|hit| 2 * hit.share >= all);
    }
    hits.sort_by(|a, b| b.score.cmp(&a.score).then(a.page.cmp(&b.page)));
    Ok((hits, scored))
}

fn exactly(parts: &[ScoredPart], from: usize, page: u32) -> bool {
    let has = |(kind, _, own): &(Kind, Scores, HashSet<u32>)| *kind == Kind::Exact && own.contains(&page);
    parts.iter().flat_map(|p| &p.slots).any(|slot| slot.from == from && slot.others.iter().any(has))
}

impl ScoredPart {
    /// The kinds by which a page was found: that of the best of what may be meant, for each word.
    pub(super) fn kinds(&self, page: u32) -> Vec<Kind> {
        let (mut points, mut kinds) = (0, Vec::new());
        for slot in &self.slots {
            let Some(best) = slot.best.get(&page) else { continue };
            points += best;
            let meant = slot.others.iter().find(|(_, scores, _)| scores.get(&page) == Some(best));
            kinds.extend(meant.map(|(kind, _, own)| if *kind == Kind::Exact && !own.contains(&page) { Kind::Form } else { *kind }));
        }
        for (kind, scores, _) in &self.ways {
            if let Some(score) = scores.get(&page).filter(|score| **score > points) {
                points = *score;
                kinds = vec![*kind];
            }
        }
        kinds
    }
}

impl Scored {
    /// Whether something that may be meant found one of these pages.
    pub(super) fn shows(&self, other: usize, pages: &HashSet<u32>) -> bool {
        self.others[other].1.keys().any(|page| pages.contains(page))
    }
}
