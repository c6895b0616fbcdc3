//! The state of a page's text as short hashes, for staleness. In: title, description and body. Out: one hash for title and description,
//! one for the text before the first level-2 heading, one for each level-2 section. Lines are trimmed and end with LF, so that white
//! space alone never makes a translation stale.

use crate::model::page::Digest;

/// Hashes a page's pieces. `sections` are the byte offsets of level-2 headings in `body`, with their text.
pub(super) fn pieces(title: &str, description: Option<&str>, body: &str, sections: &[(usize, String)]) -> Vec<Digest> {
    let mut list = Vec::with_capacity(sections.len() + 2);
    list.push(Digest { hash: hash(&[title, description.unwrap_or_default()]), title: String::new() });
    let first = sections.first().map_or(body.len(), |(at, _)| *at);
    list.push(Digest { hash: hash(&[&body[..first]]), title: String::new() });
    for (n, (start, title)) in sections.iter().enumerate() {
        let end = sections.get(n + 1).map_or(body.len(), |(at, _)| *at);
        list.push(Digest { hash: hash(&[&body[*start..end]]), title: title.clone() });
    }
    list
}

fn hash(texts: &[&str]) -> String {
    // Hashed in one go: line by line costs twice as much.
    let mut all = String::with_capacity(texts.iter().map(|text| text.len() + 2).sum());
    for text in texts {
        let text = text.trim();
        // An empty text has no line at all.
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain((!text.is_empty()).then_some(text.len()));
        let mut from = 0;
        for end in ends {
            all.push_str(text[from..end].trim());
            all.push('\n');
            from = end + 1;
        }
        all.push('\0');
    }
    let [first, second, third, ..] = *blake3::hash(all.as_bytes()).as_bytes();
    format!("{first:02x}{second:02x}{third:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_changes_nothing_and_words_change_one_piece() {
        let body = "intro\n## A\none\n## B\ntwo\n";
        let sections = |b: &str| {
            b.match_indices("## ").map(|(at, _)| (at, b[at + 3..].lines().next().unwrap_or_default().trim().to_owned())).collect::<Vec<_>>()
        };
        let before = pieces("T", Some("D"), body, &sections(body));
        let spaced = "intro  \n\n## A  \none\n## B\ntwo\n\n";
        assert_eq!(before.len(), 4);
        assert_eq!(before, pieces("T", Some("D"), spaced, &sections(spaced)));
        let changed = "intro\n## A\none more\n## B\ntwo\n";
        let after = pieces("T", Some("D"), changed, &sections(changed));
        let differs: Vec<bool> = before.iter().zip(&after).map(|(a, b)| a.hash != b.hash).collect();
        assert_eq!(differs, [false, false, true, false]);
    }
}
