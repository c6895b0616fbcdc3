//! Front matter of one page. In: YAML between the fences. Out: `FrontMatter`, with what each type requires checked. It sees no other file:
//! ids from vocabularies are checked by `resolve`.

use super::fields::{Fields, Keys, Reader};
use super::yaml;
use crate::diag::Diagnostic;
use crate::model::front::{
    Change, Claim, EventFront, FrontMatter, LawFront, PageType, Participant, STAGES, Sensitivity, SopFront, SourceWork, TrainingFront,
    Withdrawn,
};
use crate::path::SourcePath;
use crate::text::lines::Lines;

const SOP_STATUS: &[&str] = &["draft", "in-force", "under-review", "superseded"];

/// Reads the front matter that begins at `offset` of the file.
pub(super) fn read(file: &SourcePath, lines: &Lines<'_>, text: &str, offset: usize) -> (Option<FrontMatter>, Vec<Diagnostic>) {
    let mut r = Reader::new(file, lines, text, offset);
    let map: Keys = match serde_yaml::from_str(if text.trim().is_empty() { "{}" } else { text }) {
        Ok(map) => map,
        Err(error) => return (None, vec![yaml::diagnose(file, lines, text, offset, &error, &r.places)]),
    };
    let mut f = Fields::top(map);
    let front = all(&mut r, &mut f);
    r.finish(&f);
    (Some(FrontMatter { places: r.places, ..front }), r.found)
}

fn all(r: &mut Reader<'_>, f: &mut Fields) -> FrontMatter {
    let names = PageType::ALL.map(|(_, name)| name);
    let page_type = f.choice(r, "type", &names).and_then(|t| PageType::parse(&t)).unwrap_or_default();
    let mut front = FrontMatter {
        page_type,
        title: title(r, f),
        neutral_title: f.text(r, "neutral_title"),
        description: f.text(r, "description"),
        id: f.text(r, "id"),
        slug: f.text(r, "slug"),
        aliases: f.texts(r, "aliases"),
        date: f.date(r, "date"),
        updated: f.date(r, "updated"),
        reviewed: f.date(r, "reviewed"),
        review_by: f.date(r, "review_by"),
        approved_on: f.date(r, "approved_on"),
        publish_on: f.date(r, "publish_on"),
        expires_on: f.date(r, "expires_on"),
        audience: f.texts(r, "audience"),
        jurisdiction: f.texts(r, "jurisdiction"),
        tags: f.texts(r, "tags"),
        stage: f.choice(r, "stage", STAGES),
        owner: f.text(r, "owner"),
        reviewed_by: f.text(r, "reviewed_by"),
        approved_by: f.text(r, "approved_by"),
        verification: f.choice(r, "verification", &["verified", "partly", "needs-check"]),
        translation_review: f.choice(r, "translation_review", &["none", "done"]),
        translated_from: translated_from(r, f),
        sources: sources(r, f),
        draft: f.flag(r, "draft"),
        withdrawn: withdrawn(r, f),
        weight: f.integer(r, "weight").unwrap_or(0),
        related: f.texts(r, "related"),
        sensitivity: match f.choice(r, "sensitivity", &["public", "advisory", "quick-exit"]).as_deref() {
            Some("advisory") => Sensitivity::Advisory,
            Some("quick-exit") => Sensitivity::QuickExit,
            _ => Sensitivity::Public,
        },
        ..FrontMatter::default()
    };
    match page_type {
        PageType::Sop => front.sop = Some(Box::new(sop(r, f))),
        PageType::Law => front.law = Some(Box::new(law(r, f, &front.jurisdiction))),
        PageType::Event => front.event = event(r, f, front.date).map(Box::new),
        PageType::Training => {
            front.training = Some(Box::new(TrainingFront { duration: f.text(r, "duration"), objectives: f.texts(r, "objectives") }));
        }
        _ => {}
    }
    front
}

fn title(r: &mut Reader<'_>, f: &mut Fields) -> String {
    let title = f.required(r, "title", "");
    if matches!(title.as_str(), "~" | "null") {
        r.error(
            f,
            "missing-key",
            "title",
            format!("`title` is `{title}`, which means nothing in YAML"),
            "write the title, in quotes if it really is this word",
        );
    }
    title
}

fn translated_from(r: &mut Reader<'_>, f: &mut Fields) -> Option<String> {
    let text = f.verbatim(r, "translated_from")?;
    let good = text.split('.').all(|part| part.len() == 6 && part.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()));
    if good {
        return Some(text);
    }
    r.error(
        f,
        "invalid-value",
        "translated_from",
        "`translated_from` is not a record of a source text".to_owned(),
        "delete the line; `rahnuma translated PAGE` writes it again",
    );
    None
}

fn sources(r: &mut Reader<'_>, f: &mut Fields) -> Vec<SourceWork> {
    f.maps(r, "sources")
        .into_iter()
        .map(|mut s| {
            let work = SourceWork {
                title: s.required(r, "title", ""),
                work: s.text(r, "work"),
                url: web_address(r, &mut s, "url"),
                accessed: s.date(r, "accessed"),
                read_in_copy: s.flag(r, "read_in_copy"),
                confidence: s.choice(r, "confidence", &["A", "A-scan", "B", "SYN"]),
            };
            r.finish(&s);
            work
        })
        .collect()
}

/// A full `https:` or `http:` address; anything else could run code or lead nowhere.
fn web_address(r: &mut Reader<'_>, f: &mut Fields, key: &'static str) -> Option<String> {
    let url = f.text(r, key)?;
    if url.starts_with("https://") || url.starts_with("http://") {
        return Some(url);
    }
    r.error(f, "invalid-value", key, format!("`{key}` is not a full web address: {url}"), "write it with https://");
    None
}

fn withdrawn(r: &mut Reader<'_>, f: &mut Fields) -> Option<Withdrawn> {
    let mut w = f.map(r, "withdrawn")?;
    let withdrawn =
        Withdrawn { date: w.date(r, "date"), reason: w.required(r, "reason", ": readers are told why"), instead: w.text(r, "instead") };
    r.finish(&w);
    Some(withdrawn)
}

fn sop(r: &mut Reader<'_>, f: &mut Fields) -> SopFront {
    let why = ": every procedure has it";
    let sop = SopFront {
        code: f.required(r, "code", why),
        version: f.required(r, "version", why),
        status: {
            let before = r.found.len();
            let status = f.choice(r, "status", SOP_STATUS);
            if status.is_none() && r.found.len() == before {
                r.error(
                    f,
                    "missing-key",
                    "status",
                    format!("`status` is missing{why}"),
                    format!("add `status: draft`; allowed: {}", SOP_STATUS.join(", ")),
                );
            }
            status.unwrap_or_default()
        },
        issued_by: f.text(r, "issued_by"),
        issued_ref: f.text(r, "issued_ref"),
        in_force_from: f.date(r, "in_force_from"),
        superseded_by: f.text(r, "superseded_by"),
        changes: f
            .maps(r, "changes")
            .into_iter()
            .map(|mut c| {
                let change = Change { version: c.required(r, "version", ""), date: c.date(r, "date"), note: c.required(r, "note", "") };
                r.finish(&c);
                change
            })
            .collect(),
    };
    if sop.status == "in-force" && (sop.issued_by.is_none() || sop.issued_ref.is_none()) {
        r.error(
            f,
            "no-authority",
            "status",
            "a procedure in force names who issued it and under which reference".to_owned(),
            "add `issued_by` and `issued_ref`, or write `status: draft`",
        );
    }
    sop
}

fn law(r: &mut Reader<'_>, f: &mut Fields, jurisdiction: &[String]) -> LawFront {
    let why = ": every law page has it";
    let before = r.found.len();
    let year = f.integer(r, "year");
    if year.is_none() && r.found.len() == before {
        r.error(f, "missing-key", "year", format!("`year` is missing{why}"), "add a line `year: 2018`");
    }
    if jurisdiction.is_empty() {
        r.error(f, "missing-key", "jurisdiction", format!("`jurisdiction` is missing{why}"), "add a line `jurisdiction: [federal]`");
    }
    LawFront {
        short_title: f.required(r, "short_title", why),
        number: f.required(r, "number", why),
        year: year.unwrap_or(0) as i32,
        status: f.text(r, "status"),
        official_source: f.text(r, "official_source"),
        retrieved: f.date(r, "retrieved"),
        authoritative_language: f.text(r, "authoritative_language"),
    }
}

fn event(r: &mut Reader<'_>, f: &mut Fields, date: Option<crate::model::Date>) -> Option<EventFront> {
    let before = r.found.len();
    let start = f.date(r, "start").or(date);
    if start.is_none() && r.found.len() == before {
        r.error(f, "missing-key", "date", "an event has `date` or `start`".to_owned(), "add a line `date: 2026-11-23`");
    }
    let rest = EventFront {
        start: start.unwrap_or(crate::model::Date { year: 1970, month: 1, day: 1 }),
        end: f.date(r, "end"),
        date_basis: f.choice(r, "date_basis", &["event", "report"]),
        date_note: f.text(r, "date_note"),
        venue: f.text(r, "venue"),
        city: f.text(r, "city"),
        organiser: f.text(r, "organiser"),
        participants: f
            .maps(r, "participants")
            .into_iter()
            .map(|mut p| {
                let one = Participant {
                    name: p.required(r, "name", ""),
                    role: p.text(r, "role"),
                    as_printed: p.text(r, "as_printed"),
                    note: p.text(r, "note"),
                };
                r.finish(&p);
                one
            })
            .collect(),
        claims: f
            .maps(r, "claims")
            .into_iter()
            .map(|mut c| {
                let claim = Claim {
                    speaker: c.required(r, "speaker", ": a claim without its speaker reads as ours"),
                    text: c.required(r, "text", ""),
                    status: c.text(r, "status"),
                };
                r.finish(&c);
                claim
            })
            .collect(),
        outcomes: f.texts(r, "outcomes"),
    };
    start.map(|_| rest)
}
