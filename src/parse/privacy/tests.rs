//! What the personal-data check must find and must leave alone.

use super::*;
use proptest::prelude::*;

fn found(text: &str) -> Vec<(&str, Kind)> {
    scan(text, &Allowed::default()).iter().map(|f| (&text[f.range.clone()], f.kind)).collect()
}

#[test]
fn personal_numbers_are_found_in_every_spelling() {
    for (text, written, kind) in [
        ("CNIC 35202-1234567-1 of", "35202-1234567-1", Kind::Cnic),
        ("CNIC:3520212345671.", "3520212345671", Kind::Cnic),
        ("شناختی کارڈ ۳۵۲۰۲-۱۲۳۴۵۶۷-۱ ہے", "۳۵۲۰۲-۱۲۳۴۵۶۷-۱", Kind::Cnic),
        ("35202 1234567 1", "35202 1234567 1", Kind::Cnic),
        ("35202.1234567.1", "35202.1234567.1", Kind::Cnic),
        ("call 0333-1234567 now", "0333-1234567", Kind::Mobile),
        ("call 03331234567.", "03331234567", Kind::Mobile),
        ("(0333) 123 4567", "0333) 123 4567", Kind::Mobile),
        ("+92 333 1234567", "+92 333 1234567", Kind::Mobile),
        ("+92 (0) 333-123-4567", "+92 (0) 333-123-4567", Kind::Mobile),
        ("0092-333-1234567", "0092-333-1234567", Kind::Mobile),
        ("0333/1234567", "0333/1234567", Kind::Mobile),
        ("0333\u{200e}-1234567", "0333\u{200e}-1234567", Kind::Mobile),
        ("https://wa.me/923331234567", "923331234567", Kind::Mobile),
        ("tel:+923331234567", "+923331234567", Kind::Mobile),
        ("نمبر٠٣٣٣ ١٢٣٤٥٦٧", "٠٣٣٣ ١٢٣٤٥٦٧", Kind::Mobile),
        ("+971 50 123 4567", "+971 50 123 4567", Kind::Mobile),
        ("phone 051-9107219,", "051-9107219", Kind::Landline),
        ("(042) 99213871", "042) 99213871", Kind::Landline),
        ("042-99213871-5", "042-99213871", Kind::Landline),
        ("051 910 7219", "051 910 7219", Kind::Landline),
        ("+92 51 9107219", "+92 51 9107219", Kind::Landline),
        ("0992-123456", "0992-123456", Kind::Landline),
        ("022-123456", "022-123456", Kind::Landline),
        ("0519107219", "0519107219", Kind::Landline),
        ("UAN 111-345-786", "111-345-786", Kind::Uan),
        ("111345786", "111345786", Kind::Uan),
        ("051-111-345-786", "051-111-345-786", Kind::Uan),
        ("۱۱۱ ۳۴۵ ۷۸۶", "۱۱۱ ۳۴۵ ۷۸۶", Kind::Uan),
        ("write to ali.khan+1@mail.example.pk.", "ali.khan+1@mail.example.pk", Kind::Email),
        ("mailto:0333-1234567@x.com", "0333-1234567@x.com", Kind::Email),
        ("PK36SCBL0000001123456702", "PK36SCBL0000001123456702", Kind::Iban),
        ("pk36 SCBL 0000 0011 2345 6702", "pk36 SCBL 0000 0011 2345 6702", Kind::Iban),
        ("passport AB1234567 issued", "AB1234567", Kind::Passport),
        ("at 31.5204, 74.3587 near", "31.5204, 74.3587", Kind::Position),
        ("?q=31.520412,74.358712", "31.520412,74.358712", Kind::Position),
        ("Lat: 31.5204, Long: 74.3587", "31.5204, Long: 74.3587", Kind::Position),
        ("31.520°N 74.358°E", "31.520°N 74.358°E", Kind::Position),
        ("31.5204N74.3587E", "31.5204N74.3587E", Kind::Position),
        ("31.5204, -74.3587", "31.5204, -74.3587", Kind::Position),
        ("31°33'12\"N 74°21'31\"E", "31°33'12\"N 74°21'31\"E", Kind::Position),
        ("FIR No. 123/2023 u/s", "123/2023", Kind::FirNumber),
        ("Case FIR 03/2023", "03/2023", Kind::FirNumber),
        ("مقدمہ نمبر ۱۲/۲۰۲۳", "۱۲/۲۰۲۳", Kind::FirNumber),
        ("ایف آئی آر 12/23", "12/23", Kind::FirNumber),
    ] {
        assert_eq!(found(text), [(written, kind)], "{text}");
    }
}

#[test]
fn several_in_one_text_come_in_its_order() {
    let text = "0333-1234567/0300-7654321, a@b.co 35202-1234567-1 2018 051-9107219";
    let kinds: Vec<Kind> = scan(text, &Allowed::default()).iter().map(|f| f.kind).collect();
    assert_eq!(kinds, [Kind::Mobile, Kind::Mobile, Kind::Email, Kind::Cnic, Kind::Landline]);
}

/// Pieces of law, statistics and code that have digits and are nobody's.
const CLEAN: [&str; 45] = [
    "in 2018 and 2019-2020",
    "2026-11-23",
    "23-11-2026",
    "23.11.2026 09:30",
    "sections 3, 4, 5",
    "sections 3 4 5 and 6",
    "Rs 1,000,000",
    "Rs. 500000/-",
    "PLD 1990 SC 513",
    "2019 PCrLJ 1234",
    "S.R.O. 970(I)/2004",
    "Act No. XXXIV of 2018",
    "Ordinance 2002 (LIX)",
    "pages 699-703",
    "pp. 1001-1010",
    "#section-3-2-1",
    "fnref:12-2018",
    "v1.2.3",
    "0.21.2",
    "192.168.10.25",
    "a1b2c3.d4e5f6.012345",
    "deadbeef.0512345678",
    "550e8400-e29b-41d4-a716-446655440000",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "https://www.dawn.com/news/1795921",
    "https://x.pk/2023/11/25/0512345678-title",
    "ISBN 978-969-1234-56-7",
    "ISBN 9789691234567",
    "helpline 1099, 1121 or 15",
    "0800-22227",
    "21/5/2018",
    "12/2018",
    "Article 11(3), s. 374",
    "12.5% of 1 234 567",
    "31.52, 74.35",
    "0.1234, 0.5678",
    "31.5204-74.3587",
    "user@localhost",
    "logo@2x.png",
    "@handle and a @ b",
    "SOP-01-2020",
    "دفعہ ۳، ۴، ۵ سال ۲۰۱۸",
    "۲۳-۱۱-۲۰۲۶",
    "2018 12 31 1 2 3",
    "Convention 1949, 96 UNTS 271",
];

#[test]
fn years_sections_and_hashes_are_left_alone() {
    for text in CLEAN {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn published_numbers_are_allowed_however_written() {
    let allowed = Allowed::new(["111-345-786", "0333 1110566", "+92-51-9107219", "042-99213871-5", "Info@FIA.gov.pk", "15", ""]);
    for text in ["111 345 786", "051-111-345-786", "+923331110566", "0092 51 9107219", "(042) 99213871", "info@fia.gov.pk", "۰۳۳۳-۱۱۱۰۵۶۶"]
    {
        assert_eq!(scan(text, &allowed), [], "{text}");
    }
    assert_eq!(scan("0333-1110567", &allowed).len(), 1);
    assert_eq!(scan("111-345-787", &allowed).len(), 1);
    assert_eq!(scan("35202-1234567-1", &Allowed::new(["3520212345671"])).len(), 1);
}

#[test]
fn findings_are_masked() {
    let masks: Vec<String> = scan("35202-1234567-1 ۰۳۳۳-۱۱۱۰۵۶۶ ali@b.pk", &Allowed::default()).into_iter().map(|f| f.masked).collect();
    assert_eq!(masks, ["35…1", "۰۳…۶", "al…k"]);
    assert!(Kind::Cnic.is_error() && !Kind::FirNumber.is_error());
    assert_eq!(Kind::Uan.name(), "UAN number");
}

#[test]
fn what_is_printed_is_veiled_in_its_place() {
    assert_eq!(veiled("title: x 35202-1234567-1, ali@b.pk"), "title: x 35••••••••••••1, al•••••k");
    assert_eq!(veiled("۰۳۳۳-۱۱۱۰۵۶۶ ہے"), "۰۳•••••••••۶ ہے");
    assert!(matches!(veiled("section 371-A of 1860"), std::borrow::Cow::Borrowed(_)));
}

proptest! {
    #[test]
    fn a_veil_keeps_lines_and_columns(text in "[0-9۰-۹ \n@a-z.-]{0,60}") {
        let veiled = veiled(&text);
        prop_assert_eq!(veiled.chars().count(), text.chars().count());
        prop_assert_eq!(veiled.lines().count(), text.lines().count());
        prop_assert_eq!(found(&veiled), []);
    }

    #[test]
    fn any_text_is_accepted(text in any::<String>()) {
        for finding in scan(&text, &Allowed::default()) {
            prop_assert!(text.get(finding.range).is_some());
        }
    }

    #[test]
    fn any_mixture_of_digits_is_accepted(text in "[0-9۰-۹٠-٩+(). /°'\"@A-Zپک,-]{0,60}") {
        for finding in scan(&text, &Allowed::default()) {
            prop_assert!(finding.masked.chars().count() <= 4 && text.get(finding.range).is_some());
        }
    }

    #[test]
    fn clean_pieces_in_a_row_stay_clean(pieces in prop::collection::vec(prop::sample::select(&CLEAN[..]), 1..8)) {
        let text = pieces.join("; ");
        prop_assert_eq!(found(&text), []);
    }

    #[test]
    fn a_card_number_is_found_anywhere(before in "[a-zپک ]{0,40}", digits in "[1-8][0-9]{4}-[0-9]{7}-[0-9]") {
        let text = format!("{before} {digits} ہے");
        prop_assert_eq!(found(&text), [(digits.as_str(), Kind::Cnic)]);
    }
}
