//! Pages and terms as the browser gets them. In: entries, terms, an index. Out: one classic script for each language, which works
//! over HTTP and from a folder alike because it is neither fetched nor a module. It quotes no markup: the browser only ever makes
//! text of what stands here.

use super::Output;
use super::analysis::{Tables, tables};
use serde::Serialize;

/// A page that can be found. Its place in the list is its reference in the index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
    #[serde(rename = "type")]
    pub kind: String,
    /// Language of the text.
    pub lang: String,
    /// Ids of the audiences.
    pub audience: Vec<String>,
    /// Ids of the jurisdictions.
    pub jurisdiction: Vec<String>,
    /// Words that are searched and never shown: tags, a code such as SOP-01, the number of an Act.
    #[serde(skip)]
    pub keywords: Vec<String>,
    /// The page's text in order. The part before the first heading has no id and no title.
    pub sections: Vec<Section>,
}

/// A heading and the text up to the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
    /// English names, the preferred one first, synonyms after it.
    pub en: Vec<String>,
    /// Urdu names, the preferred one first, synonyms after it.
    pub ur: Vec<String>,
    /// Urdu in Latin letters.
    pub roman: Vec<String>,
}

/// A language with an index, as other parts of a page need to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Edition<'a> {
    /// Language code.
    pub code: &'a str,
    /// Name in the language itself.
    pub name: &'a str,
    /// `ltr` or `rtl`.
    pub dir: &'a str,
}

#[derive(Serialize)]
struct Shelf<'a> {
    editions: &'a [Edition<'a>],
    tables: Tables,
    terms: &'a [Term],
    entries: &'a [Entry],
}

/// The script `search/index-<code>.js`: hands pages, terms, tables and index of one language to `rahnumaSearch.load`.
/// `editions` are all languages that have such a script, this one among them; `entries` are in the order of the index.
pub fn script(code: &str, editions: &[Edition<'_>], index: &Output, entries: &[Entry], terms: &[Term]) -> String {
    let shelf = json(&Shelf { editions, tables: tables(), terms, entries });
    let index = &index.json;
    format!("rahnumaSearch.load({},{shelf},{index});\n", json(&code))
}

/// JSON that is JavaScript too: the two line separators that older browsers refuse inside strings are escaped.
fn json<T: Serialize>(value: &T) -> String {
    // Serialising fails only for keys that are not text and for writers that fail; here is neither.
    serde_json::to_string(value).unwrap_or_default().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{documents, index};

    const EDITIONS: [Edition<'_>; 1] = [Edition { code: "ur", name: "اردو", dir: "rtl" }];

    #[test]
    fn the_script_is_one_call_in_raw_utf8() {
        let entries = [Entry {
            id: "law/x".to_owned(),
            url: "ur/law/x/index.html".to_owned(),
            title: "قانون".to_owned(),
            kind: "law".to_owned(),
            lang: "ur".to_owned(),
            keywords: vec!["پوشیدہ".to_owned()],
            sections: vec![Section { id: "s-1".to_owned(), title: "دفعہ 1".to_owned(), text: "متن".to_owned() }],
            ..Entry::default()
        }];
        let terms = [Term { en: vec!["law".to_owned()], ur: vec!["قانون".to_owned()], roman: vec!["qanoon".to_owned()] }];
        let script = script("ur", &EDITIONS, &index("ur", &documents(&entries)), &entries, &terms);
        assert!(
            script
                .starts_with("rahnumaSearch.load(\"ur\",{\"editions\":[{\"code\":\"ur\",\"name\":\"اردو\",\"dir\":\"rtl\"}],\"tables\":{")
        );
        assert!(script.contains(r#""terms":[{"en":["law"],"ur":["قانون"],"roman":["qanoon"]}],"entries":[{"id":"law/x","url":"ur/law/x/index.html","title":"قانون","description":"","type":"law","lang":"ur","audience":[],"jurisdiction":[],"sections":[{"id":"s-1","title":"دفعہ 1","text":"متن"}]}]},{"fields":["#));
        assert!(!script.contains("پوشیدہ"));
        assert!(script.ends_with("});\n"));
        assert_eq!(script.lines().count(), 1);
    }

    #[test]
    fn text_that_ends_scripts_or_lines_stays_text() {
        let entries = [Entry { title: "</script><img onerror=x> \u{2028}\u{2029} \" \\".to_owned(), ..Entry::default() }];
        let script = script("ur", &EDITIONS, &index("ur", &documents(&entries)), &entries, &[]);
        assert!(script.contains(r#""title":"</script><img onerror=x> \u2028\u2029 \" \\""#));
    }
}
