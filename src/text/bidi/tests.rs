//! What is isolated on a right-to-left page and what is not.

use super::*;
use proptest::prelude::*;

/// The isolated HTML with short tags: `⟦…⟫` for a run, `⟪…⟫` for an English phrase, `=` before a code that stays on one line.
fn marked(s: &str) -> String {
    let mut out = String::new();
    push_isolated(&mut out, s);
    let out = out.replace("<bdi dir=\"ltr\" lang=\"en\">", "⟪").replace("<bdi dir=\"ltr\">", "⟦").replace("</bdi>", "⟫");
    out.replace("<bdi dir=\"ltr\" class=\"nb\">", "⟦=").replace("<span class=\"nb\">", "=").replace("</span>", "")
}

#[test]
fn direction_is_read_and_written() {
    assert_eq!(Direction::parse("RTL"), Some(Direction::Rtl));
    assert_eq!(Direction::parse("ltr").map(Direction::as_str), Some("ltr"));
    assert_eq!(Direction::parse("auto"), None);
}

#[test]
fn runs_that_would_be_torn_apart_are_isolated() {
    for (text, html) in [
        ("فون 051-9107219 پر", "فون ⟦051-9107219⟫ پر"),
        ("فون (051) 9107219 پر", "فون ⟦(051) 9107219⟫ پر"),
        ("موبائل +92 333 1234567۔", "موبائل ⟦+92 333 1234567⟫۔"),
        ("سائز 6.2 MB، PDF", "سائز ⟦6.2 MB⟫، PDF"),
        ("تاریخ 2018-05-12 کو", "تاریخ ⟦2018-05-12⟫ کو"),
        ("دفعہ s. 3(2) کے", "دفعہ ⟦s. 3(2)⟫ کے"),
        ("دیکھیے SOP-01 میں", "دیکھیے ⟦=SOP-01⟫ میں"),
        ("دفعہ 371-A PPC یا 377-B", "دفعہ ⟦=371-A PPC⟫ یا ⟦=377-B⟫"),
        ("لنک https://fia.gov.pk/a?b=1&c=2 ہے", "لنک ⟦https://fia.gov.pk/a?b=1&amp;c=2⟫ ہے"),
        ("پتہ https://fia.gov.pk/ پر", "پتہ ⟦https://fia.gov.pk/⟫ پر"),
        ("قانون Prevention of Trafficking in Persons Act 2018 ہے", "قانون ⟪Prevention of Trafficking in Persons Act 2018⟫ ہے"),
        ("یہ (Act, 2018) ہے", "یہ (⟦Act, 2018⟫) ہے"),
        ("یہ (FIA) Act ہے", "یہ ⟪(FIA) Act⟫ ہے"),
        ("شرح 20% اور 18+ ہے", "شرح ⟦20%⟫ اور ⟦18+⟫ ہے"),
        ("ضابطہ S.R.O. 970(I)/2004 ہے", "ضابطہ ⟦S.R.O. 970(I)/2004⟫ ہے"),
        ("ملک U.K. ہے", "ملک ⟦U.K.⟫ ہے"),
        ("فائل .pdf ہے", "فائل ⟦.pdf⟫ ہے"),
        ("رقم Rs 1,000,000 ہے", "رقم ⟦Rs 1,000,000⟫ ہے"),
        ("کام Anti-Trafficking ہے", "کام ⟪Anti-Trafficking⟫ ہے"),
        ("نوٹ \"Trafficking in Persons\" ہے", "نوٹ \"⟪Trafficking in Persons⟫\" ہے"),
        ("a<b اور", "⟦a&lt;b⟫ اور"),
        ("٭ ۰۳۳۳-۱۲۳۴۵۶۷ اور ۱۱۱-۲۴۷-۷۸۶", "٭ ⟦۰۳۳۳-۱۲۳۴۵۶۷⟫ اور ⟦۱۱۱-۲۴۷-۷۸۶⟫"),
    ] {
        assert_eq!(marked(text), html, "{text}");
    }
}

#[test]
fn plain_words_integers_and_urdu_are_left_alone() {
    for text in [
        "ایف آئی اے FIA کا",
        "سال 2018 میں",
        "دفعات 3, 4, 5 کے",
        "FIA.",
        "FIR/ایف آئی آر",
        "ضمیمہ-1",
        "(PTPA)",
        "don't",
        "۱۰-۱۲",
        "سب ٹھیک ہے۔",
        "",
        "naïve",
        "Name ........ 15 .",
    ] {
        assert_eq!(marked(text), text, "{text}");
    }
}

#[test]
fn sentence_punctuation_stays_outside() {
    assert_eq!(marked("یہ FIA Act 1974. پھر"), "یہ ⟪FIA Act 1974⟫. پھر");
    assert_eq!(marked("کیا 6.2 MB? ہاں: 1/2!"), "کیا ⟦6.2 MB⟫? ہاں: ⟦1/2⟫!");
}

fn without_tags(html: &str) -> String {
    let tags = [
        "<bdi dir=\"ltr\" lang=\"en\">",
        "<bdi dir=\"ltr\" class=\"nb\">",
        "<bdi dir=\"ltr\">",
        "</bdi>",
        "<span class=\"nb\">",
        "</span>",
    ];
    tags.iter().fold(html.to_owned(), |html, tag| html.replace(tag, ""))
}

proptest! {
    #[test]
    fn only_tags_are_added(s in "[a-zA-Z0-9 .,:;/()+%@\"'’“”<>&\\-–#انسکیے۔،۰-۹٠\u{200c}é]{0,60}") {
        let (mut isolated, mut plain) = (String::new(), String::new());
        push_isolated(&mut isolated, &s);
        push_text(&mut plain, &s);
        let stripped = without_tags(&isolated);
        prop_assert_eq!(stripped, plain);
    }

    #[test]
    fn any_text_is_accepted(s in any::<String>()) {
        let (mut isolated, mut plain) = (String::new(), String::new());
        push_isolated(&mut isolated, &s);
        push_text(&mut plain, &s);
        let stripped = without_tags(&isolated);
        prop_assert_eq!(stripped, plain);
    }
}
