//! Addresses from names. In: a title, a file name or a heading. Out: the ASCII part of a URL, or the id of a heading.
//! It deliberately does not make them unique; two equal names give two equal addresses, and the caller decides.

use deunicode::deunicode_with_tofu;
use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;

/// The most bytes in a slug: what still shows whole in a search result and a printed footer.
const MAX_BYTES: usize = 60;

/// A slug of `a-z`, `0-9` and single hyphens, at most 60 bytes, cut at a hyphen where there is one. Urdu is transliterated.
/// Never empty: without a usable letter it is `p-` and 8 hexadecimal digits of the name's hash.
pub fn slug(name: &str) -> String {
    let ascii = deunicode_with_tofu(name, " ");
    let mut out = String::with_capacity(MAX_BYTES);
    for c in ascii.chars().filter(|c| *c != '\'' && *c != '`') {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    if out.len() > MAX_BYTES {
        let cut = out[..=MAX_BYTES].rfind('-').unwrap_or(MAX_BYTES);
        out.truncate(cut);
    }
    let kept = out.trim_end_matches('-').len();
    out.truncate(kept);
    if out.is_empty() { hashed("p-", name) } else { out }
}

/// The id of a heading: its letters and numbers in lower case, Urdu kept, a hyphen for each stretch of spaces or dashes, other signs dropped.
/// Never empty: a heading of signs alone gets `h-` and 8 hexadecimal digits of its hash.
pub fn heading_id(heading: &str) -> String {
    if heading.is_ascii() {
        return ascii_id(heading);
    }
    // Plain letters, which nearly all headings have alone, are composed already.
    let composed = match heading.chars().all(|c| c.is_ascii() || is_plain_letter(c)) {
        true => Cow::Borrowed(heading),
        false => ComposingNormalizerBorrowed::new_nfc().normalize(heading),
    };
    let mut out = String::with_capacity(composed.len());
    let mut gap = false;
    for c in composed.chars() {
        let plain = is_plain_letter(c);
        if plain || c.is_alphanumeric() || c == '_' {
            if gap && !out.is_empty() {
                out.push('-');
            }
            if plain {
                out.push(c);
            } else {
                out.extend(c.to_lowercase());
            }
            gap = false;
        } else {
            gap |= c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−');
        }
    }
    if out.is_empty() { hashed("h-", heading) } else { out }
}

/// The same for ASCII, which needs no tables.
fn ascii_id(heading: &str) -> String {
    let mut out = String::with_capacity(heading.len());
    let mut gap = false;
    for byte in heading.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            if gap && !out.is_empty() {
                out.push('-');
            }
            out.push(char::from(byte.to_ascii_lowercase()));
            gap = false;
        } else {
            gap |= char::from(byte).is_whitespace() || byte == b'-';
        }
    }
    if out.is_empty() { hashed("h-", heading) } else { out }
}

/// Letters of Urdu and its neighbours that have no case and compose with nothing before them.
fn is_plain_letter(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{63A}' | '\u{641}'..='\u{64A}' | '\u{671}'..='\u{6D3}')
}

fn hashed(prefix: &str, name: &str) -> String {
    format!("{prefix}{}", &blake3::hash(name.as_bytes()).to_hex()[..8])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slugs_are_ascii() {
        for (name, expected) in [
            ("Prevention of Trafficking in Persons Act, 2018", "prevention-of-trafficking-in-persons-act-2018"),
            ("Don't sign — Café", "dont-sign-cafe"),
            ("  --SOP_01.md ", "sop-01-md"),
            ("انسانی اسمگلنگ", "nsny-smglng"),
            ("ایف\u{200c}آئی اے ۱۵", "yfayy-y-15"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
    }

    #[test]
    fn long_slugs_end_at_a_hyphen() {
        assert_eq!(slug(&"word ".repeat(20)), "word-word-word-word-word-word-word-word-word-word-word-word");
        assert_eq!(slug(&"a".repeat(80)), "a".repeat(60));
        assert_eq!(slug(&format!("{} b", "a".repeat(60))), "a".repeat(60));
    }

    #[test]
    fn nothing_usable_gives_a_hash() {
        assert_eq!(slug("؟!"), "p-3205ad8c");
        assert_eq!(slug(""), "p-af1349b9");
        assert_eq!(heading_id("؟!"), "h-3205ad8c");
    }

    #[test]
    fn heading_ids_keep_urdu() {
        assert_eq!(heading_id("Who can help?  (1099)"), "who-can-help-1099");
        assert_eq!(heading_id("قانون کیا کہتا ہے؟"), "قانون-کیا-کہتا-ہے");
        assert_eq!(heading_id("Section 3 — سزا"), "section-3-سزا");
        assert_eq!(heading_id("ا\u{653}ئین"), "آئین");
        assert_eq!(heading_id("- a -"), "a");
    }

    proptest! {
        #[test]
        fn slugs_are_short_clean_and_never_empty(s in any::<String>()) {
            let slug = slug(&s);
            prop_assert!((1..=MAX_BYTES).contains(&slug.len()), "{slug}");
            prop_assert!(slug.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())), "{slug}");
            prop_assert!(!heading_id(&s).is_empty());
        }

        #[test]
        fn plain_letters_are_letters_that_normalizing_leaves_alone(s in "[\u{620}-\u{63A}\u{641}-\u{64A}\u{671}-\u{6D3} a-z]*") {
            prop_assert_eq!(ComposingNormalizerBorrowed::new_nfc().normalize(&s), s.as_str());
            prop_assert!(s.chars().all(|c| c == ' ' || c.is_alphanumeric() && c.to_lowercase().eq([c])), "{}", s);
        }
    }
}
