//! Pages, terms and languages as search knows them. In: what `site` fills in. Out: what is indexed, and what the browser shows of a page.

use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A page that can be found. Its texts are the site's own, but for those of its sections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Id, the same in every language.
    pub id: &'a str,
    /// Address relative to the root of the site, with `index.html`.
    pub url: &'a str,
    /// The same page in other languages: code and address. What stands in for a translation is none.
    pub twins: Vec<(&'a str, &'a str)>,
    /// Title.
    pub title: &'a str,
    /// Description, or nothing.
    pub description: &'a str,
    /// Content type: `law`, `sop`.
    pub kind: &'a str,
    /// Ids of the audiences.
    pub audience: &'a [String],
    /// Ids of the jurisdictions.
    pub jurisdiction: &'a [String],
    /// Words that are searched and never shown: tags, a code such as SOP-01, the number of an Act, names of glossary terms.
    pub keywords: Vec<Cow<'a, str>>,
    /// The page's text in order. The part before the first heading has no id and no title.
    pub sections: Vec<Section<'a>>,
}

/// A heading and the text up to the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section<'a> {
    /// Anchor on the page.
    pub id: &'a str,
    /// Heading as text.
    pub title: &'a str,
    /// Text; words of different table cells are apart.
    pub text: Cow<'a, str>,
}

/// One thing of the glossary and all its names. A search for one finds pages that use another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Term {
    /// Names by language code, the preferred one first, synonyms after it.
    pub names: Vec<(String, Vec<String>)>,
    /// Urdu in Latin letters.
    pub roman: Vec<String>,
}

/// A language with an index, as other parts of a page need to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edition<'a> {
    /// Language code.
    pub code: &'a str,
    /// Name in the language itself.
    pub name: &'a str,
    /// `ltr` or `rtl`.
    pub dir: &'a str,
}

/// What the browser gets of a page: id, address, title, description, sections as id, title, text with single spaces, translations by language.
#[derive(Serialize)]
pub(super) struct Shown<'a>(&'a str, &'a str, &'a str, &'a str, Vec<(&'a str, &'a str, SingleSpaced<'a>)>, BTreeMap<&'a str, &'a str>);

struct SingleSpaced<'a>(&'a str);

impl Serialize for SingleSpaced<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&single_spaced(self.0))
    }
}

/// A text whose words have one space between them and none around them.
pub(super) fn single_spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    // Words are copied whole. Few characters are neither ASCII nor letters, so few have to be asked.
    while let Some(word) = text.get(from..).map(|rest| rest.trim_start_matches(char::is_whitespace)).filter(|rest| !rest.is_empty()) {
        let length = word_length(word);
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word.get(..length).unwrap_or_default());
        from = text.len() - word.len() + length;
    }
    out
}

/// Where the first space of a text stands.
fn word_length(text: &str) -> usize {
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'\t'..=b'\r' | b' ' => return at,
            // What begins the spaces that Unicode has beyond ASCII.
            0xC2 | 0xE1..=0xE3 if text.get(at..).is_some_and(|rest| rest.starts_with(char::is_whitespace)) => return at,
            _ => at += 1,
        }
    }
    at
}

impl Entry<'_> {
    pub(super) fn shown(&self) -> Shown<'_> {
        let sections = self.sections.iter().map(|s| (s.id, s.title, SingleSpaced(&s.text))).collect();
        Shown(self.id, self.url, self.title, self.description, sections, self.twins.iter().copied().collect())
    }

    /// A hash of everything that search knows of the page, and the size of what is shown.
    pub(super) fn digest(&self) -> ([u8; 16], usize) {
        let (mut hash, mut size) = (blake3::Hasher::new(), 0);
        let mut add = |text: &str| {
            hash.update(text.as_bytes()).update(&[0]);
            size += text.len() + 4;
        };
        [self.id, self.url, self.title, self.description, self.kind].into_iter().for_each(&mut add);
        self.twins.iter().for_each(|(code, url)| [*code, *url].into_iter().for_each(&mut add));
        self.sections.iter().for_each(|s| [s.id, s.title, &s.text].into_iter().for_each(&mut add));
        let mut short = [0; 16];
        short.copy_from_slice(&hash.finalize().as_bytes()[..16]);
        (short, size)
    }
}

#[cfg(test)]
mod tests {
    use super::single_spaced;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn spaces_are_single(text in "[a-c پ۔é\u{85}\u{a0}\u{1680}\u{2003}\u{2028}\u{202f}\u{205f}\u{3000}\u{200c}\n\t😀]{0,30}") {
            prop_assert_eq!(single_spaced(&text), text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}
