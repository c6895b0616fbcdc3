//! Pages, terms and languages as search knows them. In: what `site` fills in. Out: what is indexed, and what the browser shows of a page.

use serde::Serialize;

/// A page that can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Id, the same in every language.
    pub id: String,
    /// Address relative to the root of the site, with `index.html`.
    pub url: String,
    /// Title.
    pub title: String,
    /// Description, or nothing.
    pub description: String,
    /// Content type: `law`, `sop`.
    pub kind: String,
    /// Ids of the audiences.
    pub audience: Vec<String>,
    /// Ids of the jurisdictions.
    pub jurisdiction: Vec<String>,
    /// Words that are searched and never shown: tags, a code such as SOP-01, the number of an Act, names of glossary terms.
    pub keywords: Vec<String>,
    /// The page's text in order. The part before the first heading has no id and no title.
    pub sections: Vec<Section>,
}

/// A heading and the text up to the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Anchor on the page.
    pub id: String,
    /// Heading as text.
    pub title: String,
    /// Text with single spaces; words of different table cells are apart.
    pub text: String,
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

/// What the browser gets of a page: id, address, title, description, sections as id, title, text.
#[derive(Serialize)]
pub(super) struct Shown<'a>(&'a str, &'a str, &'a str, &'a str, Vec<[&'a str; 3]>);

impl Entry {
    pub(super) fn shown(&self) -> Shown<'_> {
        let sections = self.sections.iter().map(|s| [s.id.as_str(), s.title.as_str(), s.text.as_str()]).collect();
        Shown(&self.id, &self.url, &self.title, &self.description, sections)
    }

    /// A hash of everything that search knows of the page, and the size of what is shown.
    pub(super) fn digest(&self) -> ([u8; 16], usize) {
        let (mut hash, mut size) = (blake3::Hasher::new(), 0);
        let mut add = |text: &str| {
            hash.update(text.as_bytes()).update(&[0]);
            size += text.len() + 4;
        };
        [&self.id, &self.url, &self.title, &self.description, &self.kind].into_iter().for_each(|text| add(text));
        self.sections.iter().for_each(|s| [&s.id, &s.title, &s.text].into_iter().for_each(|text| add(text)));
        let mut short = [0; 16];
        short.copy_from_slice(&hash.finalize().as_bytes()[..16]);
        (short, size)
    }
}
