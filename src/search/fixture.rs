//! A small library in two languages, and words with their analysis, for the tests of the browser's part in `tests/js`.
//! In: the texts below. Out: `tests/js/fixture/`, checked to be what the code makes now; `RAHNUMA_BLESS=1 cargo test` rewrites it.

use super::analysis::{Analysis, old_words as words};
use super::{Edition, Entry, Section, Term, documents, index, script};
use crate::text::fold::fold;
use elasticlunr::Language;

/// Id, type, then for English and Urdu: title, description, keywords, and sections as `id | title | text`.
type Page = (&'static str, &'static str, Option<Side>, Option<Side>);
type Side = (&'static str, &'static str, &'static str, &'static [&'static str]);

const PAGES: &[Page] = &[
    (
        "guidance/signs",
        "guidance",
        Some((
            "Signs of forced labour",
            "What a visitor can notice.",
            "identification",
            &[
                "|| Someone works and cannot leave. The signs seldom stand alone.",
                "papers | Papers are kept | The employer keeps the identity card of each labourer. Ask who holds the papers.",
                "debt | A debt that never ends | An advance called peshgi grows faster than the wages of a family at a brick kiln can pay it back. The account book is not shown.",
            ],
        )),
        Some((
            "جبری مشقت کی علامات",
            "آنے والا کیا دیکھ سکتا ہے۔",
            "شناخت",
            &[
                "|| کوئی کام کرتا ہے اور چھوڑ کر جا نہیں سکتا۔ علامات اکثر اکٹھی ملتی ہیں۔",
                "papers | کاغذات رکھ لیے جاتے ہیں | مالک ہر مزدور کا شناختی کارڈ اپنے پاس رکھتا ہے۔ پوچھیں کہ کاغذات کس کے پاس ہیں۔",
                "debt | قرض جو ختم نہیں ہوتا | پیشگی کی رقم بھٹے پر کام کرنے والے مزدوروں کی اجرت سے تیز بڑھتی ہے۔ کھاتہ دکھایا نہیں جاتا۔",
            ],
        )),
    ),
    (
        "sop/interview",
        "sop",
        Some((
            "First interview",
            "How to talk with someone who may be a victim.",
            "SOP-02",
            &[
                "room | A room apart | Find a quiet room. No one from the workplace is present. An interpreter is not a relative.",
                "questions | Questions | Ask open questions. Let the victim tell it in their own order; do not ask twice what hurts.",
            ],
        )),
        Some((
            "پہلا انٹرویو",
            "اس فرد سے بات کیسے کی جائے جو متاثرہ ہو سکتا ہے۔",
            "SOP-02",
            &[
                "room | الگ کمرہ | پرسکون کمرہ تلاش کریں۔ کام کی جگہ کا کوئی شخص موجود نہ ہو۔ مترجم رشتے دار نہ ہو۔",
                "questions | سوالات | کھلے سوالات پوچھیں۔ متاثرین کو اپنی ترتیب سے بتانے دیں۔",
            ],
        )),
    ),
    (
        "law/bonded-labour",
        "law",
        Some((
            "Bonded labour: the law in our words",
            "",
            "1992",
            &[
                "s-1 | What the word means | Work that someone must do because of a debt.",
                "s-2 | Old debts | The text says what becomes of an advance. FIR درج of the debt.",
            ],
        )),
        Some((
            "بانڈڈ لیبر: قانون ہمارے الفاظ میں",
            "",
            "۱۹۹۲",
            &[
                "s-1 | لفظ کے معنی | وہ کام جو قرض کی وجہ سے کرنا پڑے۔ قوانین صوبوں میں الگ ہیں۔",
                "s-2 | پرانے قرضے | متن بتاتا ہے کہ پیشگی کا کیا ہوگا۔ FIR درج کریں۔ رپورٹ ۲۰۲۴ میں۔",
            ],
        )),
    ),
    (
        "guidance/kilns",
        "guidance",
        Some(("Visiting brick kilns", "", "", &["|| Kilns stand outside the town. Families live at the kiln. Count the children."])),
        None,
    ),
    (
        "guidance/terms",
        "guidance",
        None,
        Some(("رہنما الفاظ", "", "", &["|| گیارہ علامات میں سے ایک پر شک کریں؛ تھانے جائیں۔ سکول اور ہسپتال سے پوچھیں۔"])),
    ),
    ("constructor", "page", Some(("<img src=x onerror=alert(1)> __proto__", "</script>", "toString", &[])), None),
    ("twin-1", "page", Some(("Twins", "", "", &["|| hasOwnProperty constructor"])), None),
    ("twin-2", "page", Some(("Twins", "", "", &["|| hasOwnProperty constructor"])), None),
];

const TERMS: &[(&[&str], &[&str], &[&str])] = &[
    (&["Forced labour"], &["جبری مشقت"], &["jabri mushaqqat", "jabri mushakat"]),
    (&["Bonded labour"], &["بانڈڈ لیبر"], &["bandhua mazdoori"]),
    (&["Advance"], &["پیشگی"], &["peshgi"]),
    (&["Brick kiln"], &["بھٹہ", "اینٹوں کا بھٹہ"], &["bhatta"]),
    (&["Victim"], &["متاثرہ فرد"], &["mutasira fard"]),
];

const EDITIONS: [Edition<'_>; 2] = [Edition { code: "en", name: "English", dir: "ltr" }, Edition { code: "ur", name: "اردو", dir: "rtl" }];

/// Words whose analysis is easy to get wrong, besides those of the pages and noise.
const WORDS: &str = "labour labourers labouring police policies ponies agreed hopping relational 371-A SOP-02 e.g. O'Hara naïve Ⅳ ½ ﬁle ＦＩＲ ﻋﺮﺑﯽ ﷺ نبیﷺ \
    گئے گیے چاہئے مؤثر علماء زکوٰۃ رحمٰن گۓ مےں اےک ھے کھا تمھارا اپ‌ڈیٹ ۱٬۲۳۴٫۵ ٢٠٢٤ عَلِیؑ ــ كتاب يہاں هم تھانے راستے جرائم قوانین نتائج مسائل \
    سمگلنگ اسمگلنگ اسکول سکول اسکا ہسپتال بچیوں لڑکیاں کارروائیاں افسران ذمہ‌داران سیکشنز ایجنٹس بیانات متاثرین صوبائی رویہ گواہوں بیوہ FIRدرج 😀 ـَ";

fn library(code: &str) -> Vec<Entry> {
    let sides = PAGES.iter().filter_map(|page| Some((page, if code == "en" { page.2 } else { page.3 }?)));
    let mut entries: Vec<Entry> = sides.map(|(page, side)| entry(code, page.0, page.1, side)).collect();
    let days = (1..=12)
        .map(|day| entry(code, &format!("training/day-{day}"), "training", ("Training day", "", "", &["|| The whole group meets."])));
    entries.extend(days.filter(|_| code == "en"));
    entries
}

fn entry(code: &str, id: &str, kind: &str, (title, description, keywords, sections): Side) -> Entry {
    let section = |line: &&str| {
        let mut parts = line.split('|').map(|part| part.trim().to_owned());
        let mut next = || parts.next().unwrap_or_default();
        Section { id: next(), title: next(), text: next() }
    };
    Entry {
        id: id.to_owned(),
        url: format!("{code}/{id}/index.html"),
        title: title.to_owned(),
        description: description.to_owned(),
        kind: kind.to_owned(),
        lang: code.to_owned(),
        audience: vec![if kind == "sop" { "police" } else { "labour" }.to_owned()],
        jurisdiction: Vec::new(),
        keywords: keywords.split_whitespace().map(str::to_owned).collect(),
        sections: sections.iter().map(section).collect(),
    }
}

fn terms() -> Vec<Term> {
    let list = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    TERMS.iter().map(|(en, ur, roman)| Term { en: list(en), ur: list(ur), roman: list(roman) }).collect()
}

/// Letters, marks, joiners and signs in an order that no one writes, the same in each run.
fn noise() -> Vec<String> {
    let pool: Vec<char> = ('\u{600}'..='\u{6FF}')
        .chain('\u{8D3}'..='\u{8E2}')
        .chain("ےںھھھےںیبتےںئؤۂ\u{200C}\u{200D}\u{200F}\u{2066}\u{FEFF}\u{AD}\u{653}\u{654}\u{655} -.'aeÉé\u{301}\u{308}Zß\u{FB56}\u{FEFB}\u{FC5E}\u{FE71}ﷺ\u{1D400}\u{3A3}".chars())
        .collect();
    let mut state = 1_u32;
    let mut next = |n: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % n
    };
    (0..400).map(|_| (0..=next(9)).map(|_| pool[next(pool.len())]).collect()).collect()
}

fn analysed() -> String {
    let (language, pipeline) = (Analysis::new("ur"), Analysis::new("ur").make_pipeline());
    let pages = ["en", "ur"]
        .into_iter()
        .flat_map(library)
        .flat_map(|e| [e.title, e.description].into_iter().chain(e.sections.into_iter().map(|s| s.text)));
    let mut texts: Vec<String> =
        WORDS.split(' ').map(str::to_owned).chain(pages.flat_map(|t| t.split(' ').map(str::to_owned).collect::<Vec<_>>())).collect();
    texts.sort();
    texts.dedup();
    texts.extend(noise());
    texts.push("پ".repeat(60));
    let row = |text: &String| serde_json::json!([text, fold(text), words(text), pipeline.run(language.tokenize(text))]).to_string();
    format!("[\n{}\n]\n", texts.iter().map(row).collect::<Vec<_>>().join(",\n"))
}

#[test]
fn the_fixture_of_the_browser_tests_is_up_to_date() {
    let shelf = |code: &str| {
        let entries = library(code);
        script(code, &EDITIONS, &index(code, &documents(&entries)), &entries, &terms())
    };
    check("index-en.js", &shelf("en"));
    check("index-ur.js", &shelf("ur"));
    check("analysis.json", &analysed());
}

#[expect(clippy::disallowed_methods, reason = "a test that keeps a file in step, on demand")]
fn check(name: &str, expected: &str) {
    let path = format!("{}/tests/js/fixture/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var("RAHNUMA_BLESS").is_ok() {
        std::fs::create_dir_all(format!("{}/tests/js/fixture", env!("CARGO_MANIFEST_DIR"))).expect("the folder can be made");
        std::fs::write(&path, expected).expect("the fixture can be written");
    }
    let found = std::fs::read_to_string(&path).expect("the fixture exists: RAHNUMA_BLESS=1 cargo test makes it");
    assert!(found == expected, "{name} is not what the code makes: RAHNUMA_BLESS=1 cargo test makes it anew");
}
