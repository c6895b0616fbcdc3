//! The words of the Urdu pages, and what belongs to one page alone. In: the published pages as written. Out: a list of what is wrong.

use super::{library, support};
use rahnuma::model::ParsedPage;

fn source(page: &ParsedPage) -> String {
    let file = |tail: &str| support::root().join(format!("content/{}/{}{tail}", page.language, page.id()));
    std::fs::read_to_string(file(".md")).or_else(|_| std::fs::read_to_string(file("/index.md"))).expect("the page's file")
}

#[test]
fn the_words_of_the_police_station_are_used_and_marked_for_the_legal_editor() {
    const WORDS: [&str; 12] =
        ["مدعی", "روزنامچ", "رپٹ", "مراسلہ", "ضمنی", "مثل", "فردِ مقبوضگی", "نقشہ موقع", "ریمانڈ", "میڈیکو لیگل", " ت پ", " ض ف"];
    let urdu = |id: &str| library().0.iter().find(|p| p.language.as_str() == "ur" && p.id() == id).map(|p| source(p)).expect("the page");
    let list = urdu("law/procedure-and-evidence");
    let table = list.split_once("{#station-words}").expect("the list of words").1;
    assert!(table.contains("قانونی مدیر نے ان کی تصدیق ابھی نہیں کی"), "the list is not marked for the legal editor");
    let procedures: String =
        library().0.iter().filter(|p| p.language.as_str() == "ur" && p.front.sop.is_some()).map(|p| source(p)).collect();
    for word in WORDS {
        assert!(procedures.contains(word), "no procedure uses {word}");
        assert!(table.contains(word.trim()), "{word} is not in the list");
    }
    assert!(urdu("law/penal-code").contains("371-A ت پ"), "a search for `371-A ت پ` needs the words together");
}

#[test]
fn urdu_pages_keep_the_accused_and_the_victim_apart_and_avoid_what_blames() {
    const AVOIDED: [&str; 5] = ["انسانی تاجر", "بندھوا", "طوائف", "بھکاری", "ملزمہ"];
    let mut wrong = Vec::new();
    // The glossary and the media guide name the words to say which not to use.
    let teaches = |p: &ParsedPage| p.id().starts_with("glossary") || p.id() == "guidance/media";
    for page in library().0.iter().filter(|p| p.language.as_str() == "ur" && !teaches(p)) {
        let text = source(page);
        for word in AVOIDED.iter().filter(|word| text.contains(*word)) {
            wrong.push(format!("{}: {word}", page.id()));
        }
        // مجرم is who has been convicted; مجرمانہ (criminal) is another word.
        let convict = text.match_indices("مجرم").any(|(at, word)| !text[at + word.len()..].starts_with("انہ"));
        if convict && ["sop/", "law/", "training/", "events/"].iter().any(|folder| page.id().starts_with(folder)) {
            wrong.push(format!("{}: مجرم", page.id()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_crimes_are_told_apart_where_a_reader_first_meets_them() {
    for id in ["guidance/what-is-trafficking", "guidance/trafficking-or-smuggling", "law/ptpa-2018"] {
        let page = library().0.iter().find(|p| p.language.as_str() == "ur" && p.id() == id).expect("the page");
        let text = source(page);
        let body = text.splitn(3, "---\n").nth(2).expect("a body");
        let first =
            body.split("\n\n").map(str::trim).find(|block| !block.is_empty() && !block.starts_with(['#', '>', ':'])).unwrap_or_default();
        assert!(first.contains("انسانی اسمگلنگ"), "{id}: the first paragraph does not name the everyday word: {first}");
    }
}

#[test]
fn names_and_figures_of_the_event_stand_on_its_page_alone() {
    const ALONE: [&str; 6] = ["Waseem Riaz", "Naveed Atif", "Kausar Abbas", "Saleh Mughal", "1,100", "1100 FIR"];
    let mut wrong = Vec::new();
    for page in library().0.iter().filter(|p| !p.id().starts_with("events/")) {
        let text = source(page);
        wrong.extend(ALONE.iter().filter(|name| text.contains(*name)).map(|name| format!("{} {}: {name}", page.language, page.id())));
    }
    for (path, bytes) in &library().1.outputs {
        let event = path.contains("/events/ssdo-workshop-rawalpindi-2022/");
        if path.ends_with(".html") && !event {
            let html = String::from_utf8_lossy(bytes);
            wrong.extend(ALONE.iter().filter(|name| html.contains(*name)).map(|name| format!("{path}: {name}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
