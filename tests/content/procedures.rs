//! What a procedure has to say to be used on the spot. In: the published procedures of both languages. Out: a list of what is missing.

use super::{library, support};
use rahnuma::model::body::DirectiveName;
use rahnuma::model::{Block, Directive, ParsedPage};

fn procedures() -> Vec<&'static ParsedPage> {
    let found: Vec<&ParsedPage> = library().0.iter().map(AsRef::as_ref).filter(|p| p.front.sop.is_some()).collect();
    assert!(found.len() >= 14, "only {} procedures in both languages", found.len());
    found
}

fn all<'a>(blocks: &'a [Block], into: &mut Vec<&'a Directive>) {
    for block in blocks {
        if let Block::Directive(d) = block {
            into.push(d);
            all(&d.body, into);
        }
    }
}

fn source(page: &ParsedPage) -> String {
    std::fs::read_to_string(support::root().join(format!("content/{}/{}.md", page.language, page.id()))).expect("the page's file")
}

#[test]
fn each_step_says_who_acts_and_on_what_basis_and_practice_says_when() {
    let mut wrong = Vec::new();
    for page in procedures() {
        let mut found = Vec::new();
        all(&page.body, &mut found);
        let steps: Vec<&&Directive> = found.iter().filter(|d| d.name == DirectiveName::Step).collect();
        if steps.len() < 5 {
            wrong.push(format!("{} {}: only {} steps", page.language, page.id(), steps.len()));
        }
        for step in steps {
            let ok = match step.get("basis") {
                Some("practice") => step.get("within").is_some(),
                Some("law") => step.get("law").is_some(),
                _ => false,
            };
            if step.get("role").is_none() || !ok {
                wrong.push(format!("{} {}: step {} has {:?}", page.language, page.id(), step.number, step.attributes));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_procedure_has_its_parts_and_says_that_it_is_a_draft() {
    use DirectiveName::{Card, Contacts, Decision, Do, Dont};
    let mut wrong = Vec::new();
    for page in procedures() {
        let mut found = Vec::new();
        all(&page.body, &mut found);
        let needed = [(Do, "do"), (Dont, "dont"), (Contacts, "contacts"), (Card, "card"), (Decision, "decision")];
        for (name, label) in needed {
            if !found.iter().any(|d| d.name == name) {
                wrong.push(format!("{} {}: no {label}", page.language, page.id()));
            }
        }
        if !page.headings.iter().any(|h| h.explicit.as_deref() == Some("field-card")) {
            wrong.push(format!("{} {}: no field card", page.language, page.id()));
        }
        let html = library().1.text(&format!("{}/{}/index.html", page.language, page.id()));
        if !html.contains("class=\"working-draft\"") {
            wrong.push(format!("{} {}: does not say that it is a draft", page.language, page.id()));
        }
        if source(page).contains("issued_by:") || source(page).contains("in_force_from:") || source(page).contains("approved") {
            wrong.push(format!("{} {}: claims an authority", page.language, page.id()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_form_says_that_it_holds_case_data() {
    let marks = [
        ("en", "**Contains case data: keep in the case file, do not photograph or send."),
        ("ur", "**اس میں مقدمے کا مواد ہے: مثل میں رکھیں، نہ تصویر لیں نہ کہیں بھیجیں۔"),
    ];
    for (code, mark) in marks {
        let mut forms = 0;
        for page in library().0.iter().filter(|p| p.language.as_str() == code) {
            if page.headings.iter().any(|h| h.explicit.as_deref() == Some("form")) {
                forms += 1;
                let text = source(page);
                let form = text.split_once("{#form}").map(|(_, rest)| rest).unwrap_or_default();
                assert!(form.trim_start().starts_with(":::card"), "{code} {}: the form is no sheet of its own", page.id());
                assert!(form.contains(mark), "{code} {}: the form lacks its mark", page.id());
            }
        }
        assert!(forms >= 4, "{code}: only {forms} forms");
    }
}

#[test]
fn the_charge_matrix_has_its_columns_under_its_head_sentence() {
    let english = |id| library().0.iter().find(|p| p.id() == id && p.language.as_str() == "en").expect("the page");
    let text = source(english("guidance/charge-matrix"));
    let matrix = text.split_once("{#matrix}").expect("the matrix").1;
    let mut lines = matrix.lines().filter(|l| !l.trim().is_empty());
    assert_eq!(
        lines.next(),
        Some("Penalties and trial court in the 2018 Act may have changed in 2025: check current text before you write the challan.")
    );
    let head = lines.find(|l| l.starts_with('|')).expect("a table");
    assert_eq!(
        head,
        "| Element to prove | Who may register and investigate | Cognizable | Bailable | Court | Read in | Confirm with prosecutor |"
    );
    let rows = lines.skip(1).take_while(|l| l.starts_with('|')).collect::<Vec<_>>();
    assert!(rows.len() >= 13, "only {} rows", rows.len());
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        assert!(cells.len() == 7 && cells.iter().all(|c| !c.is_empty()), "an empty cell says `Confirm`: {row}");
        assert!(!row.contains("369-A"), "369-A is not charged: {row}");
    }
    let procedure = source(english("sop/fir-sections"));
    assert!(procedure.contains("](../guidance/charge-matrix.md)"), "the procedure leads to the matrix");
    assert!(!text.contains("all sections") && !procedure.contains("all sections"), "the sections whose elements the facts show, never all");
}
