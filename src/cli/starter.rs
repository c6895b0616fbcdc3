//! The files of a new site. In: the day. Out: paths and bytes. What the repository has already is taken from there: templates, vocabularies
//! and the safety page stand once.

use super::new::record;
use super::template;
use crate::model::front::PageType;
use crate::model::{Date, SiteConfig};
use crate::parse;
use crate::path::SourcePath;
use crate::resolve::SITE_FILE;
use crate::source;
use std::collections::BTreeMap;

/// Sections with their titles in English and Urdu.
const SECTIONS: [(&str, &str, &str); 5] = [
    ("guidance", "Guidance", "رہنمائی"),
    ("sop", "Procedures", "طریقۂ کار"),
    ("law", "Laws", "قوانین"),
    ("events", "Events", "تقریبات"),
    ("training", "Training", "تربیت"),
];

/// One page of each type that has no file of its own in the starter: type, name and titles.
const EXAMPLES: [(PageType, &str, &str, &str); 8] = [
    (PageType::Guidance, "guidance/example", "Example of an article", "مضمون کا نمونہ"),
    (PageType::Sop, "sop/example", "Example of a procedure", "طریقۂ کار کا نمونہ"),
    (PageType::Law, "law/example", "Example of a law summary", "قانون کے خلاصے کا نمونہ"),
    (PageType::Event, "events/example", "Example of an event", "تقریب کا نمونہ"),
    (PageType::Training, "training/example", "Example of a training session", "تربیتی نشست کا نمونہ"),
    (PageType::Statistics, "statistics", "Example of statistics", "اعداد و شمار کا نمونہ"),
    (PageType::Glossary, "glossary", "Glossary", "فرہنگ"),
    (PageType::Page, "about", "About", "تعارف"),
];

/// The page that is older than its original, and the sentence that its original got since.
const STALE: (&str, &str) = (
    "guidance/example",
    "\nThis sentence was added after the Urdu page was written. That page and `rahnuma check` therefore say which section has changed.\n",
);

/// All files of a new site by path.
pub(super) fn files(today: Date) -> BTreeMap<SourcePath, Vec<u8>> {
    let mut files = BTreeMap::new();
    let day = today.to_string();
    for (name, bytes) in source::starter() {
        let path = name.strip_prefix("dot-").map_or_else(|| name.clone(), |rest| format!(".{rest}"));
        let text = String::from_utf8_lossy(&bytes).replace("{{date}}", &day).replace("{{repository}}", repository());
        files.insert(SourcePath::new(path), text.into_bytes());
    }
    for (name, bytes) in source::library() {
        if name == "site.yaml" {
            add_vocabularies(&mut files, &String::from_utf8_lossy(&bytes));
        } else {
            files.insert(SourcePath::new(format!("content/{name}")), bytes.to_vec());
        }
    }
    for (language, title) in [("en", 0), ("ur", 1)] {
        for (weight, (folder, english, urdu)) in SECTIONS.into_iter().enumerate() {
            let text = format!("---\ntype: page\ntitle: {}\nupdated: {day}\nweight: {}\n---\n", [english, urdu][title], (weight + 1) * 10);
            files.insert(page(language, &format!("{folder}/index")), text.into_bytes());
        }
        for (page_type, name, english, urdu) in EXAMPLES {
            let template = template::built_in(page_type, language).unwrap_or_default();
            files.insert(page(language, name), template::fill(&template, [english, urdu][title], today).into_bytes());
        }
    }
    record_translations(&mut files);
    if let Some(original) = files.get_mut(&page("en", STALE.0)) {
        original.extend_from_slice(STALE.1.as_bytes());
    }
    files
}

/// `OWNER/NAME` on GitHub, where the package says it.
fn repository() -> &'static str {
    env!("CARGO_PKG_REPOSITORY").trim_start_matches("https://github.com/")
}

fn page(language: &str, name: &str) -> SourcePath {
    SourcePath::new(format!("content/{language}/{name}.md"))
}

/// Ids as the templates use them: those of this repository's own site.
fn add_vocabularies(files: &mut BTreeMap<SourcePath, Vec<u8>>, own: &str) {
    if let (Some(settings), Some(at)) = (
        files.get_mut(&SourcePath::new(SITE_FILE)),
        own.find(
            "
vocabularies:",
        ),
    ) {
        settings.extend_from_slice(&own.as_bytes()[at..]);
    }
}

fn record_translations(files: &mut BTreeMap<SourcePath, Vec<u8>>) {
    let file = SourcePath::new(SITE_FILE);
    let config: Option<SiteConfig> = files.get(&file).and_then(|bytes| parse::config::site(&file, bytes).0);
    let Some(config) = config else { return };
    let names: Vec<String> = files.keys().filter_map(|f| Some(f.strip("content/en")?.strip_suffix(".md")?.to_owned())).collect();
    for name in names {
        let mut pair: BTreeMap<SourcePath, Vec<u8>> =
            ["en", "ur"].into_iter().filter_map(|language| files.remove_entry(&page(language, &name))).collect();
        record(&mut pair, &config, &name);
        files.append(&mut pair);
    }
}
