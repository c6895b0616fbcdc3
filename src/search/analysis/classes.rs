//! Which forms of a vocabulary are forms of one word.
use super::stem;
use std::collections::HashMap;

/// For each form of a vocabulary, with how often it occurs, the place in the list of the form that stands for its class.
/// The list must not hold a form twice.
pub fn classes(vocabulary: &[(&str, u32)]) -> Vec<u32> {
    let mut heads: HashMap<String, u32> = HashMap::new();
    (0..).zip(vocabulary).map(|(place, (form, _))| *heads.entry(stem(form).into_owned()).or_insert(place)).collect()
}
