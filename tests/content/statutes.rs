//! Statutes: who cites a section leads to it, and every page of the law library says what it is worth. In: the published pages as written.
//! Out: a list of lines. Law pages are the place where a section is told, so their own lines may name sections without a link.

use super::{library, support};
use rahnuma::model::ParsedPage;

/// Lines of a page's body with their number in the file, without headings, cards to print and the answers of a quiz.
fn lines(page: &ParsedPage) -> Vec<(usize, String)> {
    let file = support::root().join(format!("content/{}/{}.md", page.language, page.id()));
    let index = support::root().join(format!("content/{}/{}/index.md", page.language, page.id()));
    let text = std::fs::read_to_string(if file.exists() { file } else { index }).expect("the page's file");
    let mut open: Vec<String> = Vec::new();
    let mut fences = 0;
    let mut kept = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line == "---" && fences < 2 {
            fences += 1;
            continue;
        }
        if fences < 2 {
            continue;
        }
        if let Some(name) = line.strip_prefix(":::") {
            match name.split('{').next() {
                Some("") => drop(open.pop()),
                Some(name) => open.push(name.to_owned()),
                None => {}
            }
            continue;
        }
        let answer = open.iter().any(|n| n == "quiz") && line.trim_start().starts_with("- [");
        if !line.starts_with('#') && !answer && !open.iter().any(|n| n == "card") {
            kept.push((at + 1, line.to_owned()));
        }
    }
    kept
}

/// Whether a line names a section: the word and a number after it.
fn cites(line: &str) -> bool {
    const WORDS: [&str; 11] = ["section", "sections", "s.", "ss.", "article", "articles", "ppc", "دفعہ", "دفعات", "آرٹیکل", "شق"];
    let plain = line.replace('*', "");
    let words: Vec<String> = plain.split([' ', '(', '[', '\u{a0}']).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
    words.windows(2).any(|w| WORDS.contains(&w[0].as_str()) && number(&w[1]))
        || words.iter().any(|w| w.strip_prefix("ss.").or_else(|| w.strip_prefix("s.")).is_some_and(number))
}

fn leads_to_law(line: &str) -> bool {
    line.split("](").skip(1).any(|rest| {
        let target = rest.split(')').next().unwrap_or_default();
        (target.starts_with("../law/") || target.starts_with("law/") || target.starts_with("ref:law/")) && target.contains('#')
    })
}

#[test]
fn every_line_that_cites_a_section_leads_to_a_law_page() {
    let mut wrong = Vec::new();
    let mut cited = 0;
    for page in library().0.iter().filter(|p| !p.id().starts_with("law")) {
        for (at, line) in lines(page).into_iter().filter(|(_, line)| cites(line)) {
            cited += 1;
            if !leads_to_law(&line) {
                wrong.push(format!("content/{}/{}.md:{at}: {line}", page.language, page.id()));
            }
        }
    }
    assert!(cited > 300, "only {cited} lines cite a section");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_law_page_has_a_dated_notice_on_amendments_and_is_no_legal_advice() {
    let says = [("en", "**Notice of ", "not legal advice"), ("ur", "**اس نوٹس کی تاریخ: ", "قانونی مشورہ")];
    let mut wrong = Vec::new();
    let mut pages = 0;
    for page in library().0.iter().filter(|p| p.id().starts_with("law/") && p.id() != "law/index") {
        pages += 1;
        let (_, dated, advice) = says.iter().find(|(code, ..)| *code == page.language.as_str()).expect("English or Urdu");
        if !page.headings.iter().any(|h| h.explicit.as_deref() == Some("check")) {
            wrong.push(format!("{} {}: no notice", page.language, page.id()));
        }
        let notice = lines(page).into_iter().find(|(_, line)| line.contains(dated));
        if !notice.is_some_and(|(_, line)| line.contains(advice)) {
            wrong.push(format!("{} {}: the notice lacks its date or what it is not", page.language, page.id()));
        }
    }
    assert!(pages >= 20, "only {pages} law pages");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn penalties_of_the_2018_acts_are_labelled_and_penal_code_penalties_stay_out() {
    let mut labelled = 0;
    for page in library().0.iter() {
        let (en, id) = (page.language.as_str() == "en", page.id());
        let mark = if en { "2018 text" } else { "2018 کا متن" };
        let years =
            |l: &str| if en { l.contains(" years in prison") } else { l.contains(" سال قید") || l.contains(" سال تک قید") };
        for (at, line) in lines(page).into_iter().filter(|(_, l)| years(l)) {
            assert!(!["law/penal-code", "sop/fir-sections", "guidance/charge-matrix"].contains(&id), "{id}:{at}: a penalty: {line}");
            if id == "law/ptpa-2018" || id == "law/psma-2018" {
                assert!(line.contains(mark), "{id}:{at}: not labelled as the text of 2018: {line}");
                labelled += 1;
            }
        }
    }
    assert!(labelled >= 14, "only {labelled} penalties found");
}
