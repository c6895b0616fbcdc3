//! The analysis of thousands of words, for the browser's twin to be held against. In: `tests/js/fixture/words.txt`, the words of this
//! library at some time, the strange ones below, and noise. Out: `tests/js/fixture/analysis.json`, checked to be what the code makes
//! now; `RAHNUMA_BLESS=1 cargo test` rewrites it. `tests/js/analysis.test.mjs` compares.

use super::words::Word;
use super::{channel, prior, skeletons, stem, tables, typo, words};
use serde_json::{Value, json};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/js/fixture/");

/// So many words share a digest: few enough to be shown when it differs.
const GROUP: usize = 50;

/// Texts that are easy to get wrong.
const STRANGE: &str = "labour labourers labouring police policies ponies agreed hopping relational organised precise 371-A 371A ۳۷۱–ب s.371-AB/c SOP-02 e.g. \
    O'Hara don’t kiln’s 's ma'loom maʼlum naïve maẓdūr Ⅳ ½ ﬁle ＦＩＲ ﻋﺮﺑﯽ ﷺ نبیﷺ ﷲ ﷻ گئے گیے چاہئے مؤثر علماء زکوٰۃ رحمٰن گۓ مےں اےک ھے کھا تمھارا اپ‌ڈیٹ ذمہ‌داران \
    ۱٬۲۳۴٫۵ ٢٠٢٤ عَلِیؑ ــ كتاب يہاں هم تھانے راستے جرائم قوانین نتائج مسائل سمگلنگ اسمگلنگ اسکول سکول اسکا ہسپتال بچیوں لڑکیاں کارروائیاں افسران سیکشنز ایجنٹس \
    بیانات متاثرین صوبائی رویہ گواہوں بیوہ FIRدرج 😀 ❤️ 1️⃣ ـَ hukm-e-imtinai Muqaddama-i-Shahid e-mail x-e- -e-x __proto__ constructor <img onerror=x> \
    किताब Ёлка ΟΔΟΣ İstanbul ߊߋ 漢字 한국어 ก็ 1e\u{301} ے\u{64E}\u{654} ے\u{654}\u{654}ا";

/// Letters, marks, joiners and signs in an order that no one writes, the same in each run.
fn noise() -> Vec<String> {
    let pool: Vec<char> = ('\u{600}'..='\u{6FF}')
        .chain('\u{8D3}'..='\u{8E2}')
        .chain("ےںھھھےںیبتےںئؤۂ\u{200C}\u{200C}\u{200D}\u{200F}\u{2066}\u{FEFF}\u{AD}\u{653}\u{654}\u{655} -.'’–12aesIÉé\u{301}\u{308}Zß\u{FB56}\u{FEFB}\u{FC5E}\u{FE71}ﷺ\u{1D400}\u{3A3}\u{FE0F}".chars())
        .collect();
    let mut state = 1_u32;
    let mut next = |n: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % n
    };
    (0..600).map(|_| (0..=next(12)).map(|_| pool[next(pool.len())]).collect()).collect()
}

/// The words of a text with places as JavaScript counts them.
fn read(text: &str) -> Value {
    let units = |at: usize| text.get(..at).unwrap_or_default().encode_utf16().count();
    let one = |w: Word<'_>| json!([units(w.start), units(w.end), w.form, w.part]);
    words(text).iter().map(one).collect()
}

/// All that the analysis says of each word, in one line; costs against the word before it in the other letters, and in any.
fn lines(list: &str) -> Vec<String> {
    let (mut roman, mut urdu, mut last) = (String::new(), String::new(), String::new());
    let mut line = |(number, word): (usize, &str)| {
        let forms: Vec<String> = words(word).iter().map(|w| w.form.to_owned()).collect();
        let form = forms.first().cloned().unwrap_or_default();
        if form.bytes().all(|b| b.is_ascii_lowercase()) {
            roman.clone_from(&form);
        } else {
            urdu.clone_from(&form);
        }
        let typo = typo(&last, &form).map_or("-".to_owned(), |cost| cost.to_string());
        last.clone_from(&form);
        let (stem, keys) = (stem(&form), skeletons(&form).join(","));
        format!("{word}|{}|{stem}|{keys}|{}|{}|{typo}", forms.join(","), channel(&roman, &urdu), prior(number as u32))
    };
    list.lines().enumerate().map(&mut line).collect()
}

/// FNV-1a, 32 bits.
fn digest(lines: &[String]) -> u32 {
    let bytes = lines.iter().flat_map(|line| line.bytes().chain([b'\n']));
    bytes.fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test that keeps a file in step, on demand")]
fn the_fixture_of_the_browsers_analysis_is_up_to_date() {
    let list = std::fs::read_to_string(format!("{FOLDER}words.txt")).expect("the list of words is there");
    assert!(list.lines().count() > 7000);
    let digests: Vec<u32> = lines(&list).chunks(GROUP).map(digest).collect();
    let mut texts: Vec<String> = STRANGE.split(' ').map(str::to_owned).chain(noise()).collect();
    texts.push(STRANGE.to_owned());
    texts.push("پ".repeat(60));
    let texts: Vec<Value> = texts.iter().map(|text| json!([text, read(text)])).collect();
    let rows = texts.iter().map(Value::to_string).collect::<Vec<_>>().join(",\n");
    let made = format!("{{\"tables\":{},\n\"group\":{GROUP},\"digests\":{},\n\"texts\":[\n{rows}\n]}}\n", json!(tables()), json!(digests));
    let path = format!("{FOLDER}analysis.json");
    if std::env::var("RAHNUMA_BLESS").is_ok() {
        std::fs::write(&path, &made).expect("the fixture can be written");
    }
    let found = std::fs::read_to_string(&path).expect("the fixture exists: RAHNUMA_BLESS=1 cargo test makes it");
    assert!(found == made, "analysis.json is not what the code makes: RAHNUMA_BLESS=1 cargo test makes it anew");
}
