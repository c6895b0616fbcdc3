//! `content/site.yaml`. In: its bytes. Out: `SiteConfig`, or what is wrong with it.

use super::fields::Reader;
use super::{document, yaml};
use crate::diag::Diagnostic;
use crate::model::SiteConfig;
use crate::model::config::{Localized, PersonalData, Stage};
use crate::model::front::Places;
use crate::path::SourcePath;
use crate::text::lines::Lines;
use crate::text::suggest::nearest;
use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;

/// Whether a site can have this address: full, and without a query, a fragment or what must be escaped in an address (RFC 3986, 2); and with
/// nothing escaped in it that would end a line of the settings for web servers, nor a `$`, which begins a variable there.
pub fn is_base_url(url: &str) -> bool {
    let full = url.starts_with("https://") || url.starts_with("http://");
    let escaped = percent_decode_str(url).decode_utf8_lossy();
    full && !url.contains(|c: char| c.is_whitespace() || "?#\"<>\\^`{|}".contains(c))
        && !escaped.contains(|c: char| c.is_control() || c == '$')
}

/// Reads the settings and checks what they say of each other.
pub fn site(file: &SourcePath, bytes: &[u8]) -> (Option<SiteConfig>, Vec<Diagnostic>) {
    let text = match document::text(file, bytes) {
        Ok(text) => text,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let lines = Lines::new(&text);
    let reader = Reader::new(file, &lines, &text, 0);
    let mut config: SiteConfig = match serde_yaml::from_str(&text) {
        Ok(config) => config,
        Err(error) => return (None, unreadable(file, &lines, &text, &error, &reader.places)),
    };
    config.places = reader.places;
    let place = |key: &str| config.place(key);
    let mut found = Vec::new();
    let mut error =
        |key: &str, message: String, help: &str| found.push(Diagnostic::error("site-settings", message).at(file, place(key)).help(help));
    let codes: BTreeSet<&str> = config.languages.iter().map(|l| l.code.as_str()).collect();
    if codes.is_empty() {
        error(
            "languages",
            "the site has no language".into(),
            "add `languages:` with at least `- {code: en, name: English, dir: ltr, locale: en-PK}`",
        );
    }
    if codes.len() < config.languages.len() {
        error("languages", "a language stands twice".into(), "each code once");
    }
    for code in codes.iter().filter(|c| c.is_empty() || !c.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')) {
        error(
            "languages",
            format!("`{code}` cannot be a language code"),
            "use a code such as `ur` or `pa-Arab`: it is a folder name and a `lang` attribute",
        );
    }
    if !codes.contains(config.default_language.as_str()) {
        error("default_language", format!("`{}` is not among the languages", config.default_language), "name one of `languages`");
    }
    if !matches!(config.numerals.as_str(), "western" | "native") {
        error("numerals", format!("numerals cannot be `{}`", config.numerals), "write `western` or `native`");
    }
    if config.stage == Stage::Live && config.personal_data == PersonalData::Report {
        error(
            "personal_data",
            "a live site refuses personal data".into(),
            "delete `personal_data: report`; it is for collections that stay at `stage: preview`",
        );
    }
    if config.theme.is_empty() || config.theme.contains(['/', '\\', '.']) {
        error("theme", format!("`{}` cannot be a theme", config.theme), "write the name of a folder below themes/, such as `default`");
    }
    let addresses = [
        ("base_url", config.base_url.as_deref()),
        ("exit", config.exit.as_ref().map(|e| e.url.as_str())),
        ("publisher", config.publisher.as_ref().and_then(|p| p.url.as_deref())),
        ("repository", config.repository.as_ref().map(|r| r.url.as_str())),
    ];
    for (key, url) in addresses {
        if let Some(url) = url.filter(|u| !u.starts_with("https://") && !u.starts_with("http://")) {
            error(key, format!("`{url}` is not a full web address"), "write it with https://");
        }
    }
    if let Some(url) = config.base_url.as_deref().filter(|url| url.starts_with("http") && !is_base_url(url)) {
        error("base_url", format!("`{url}` cannot be the address of a site"), "leave out spaces, quotes, `?`, `#` and `$`");
    }
    for (key, texts) in [("title", &config.title), ("description", &config.description)] {
        for missing in codes.iter().filter(|c| !(texts.contains_key(**c) || key == "description" && texts.is_empty())) {
            error(key, format!("`{key}` has no text for `{missing}`"), "add one for each language");
        }
    }
    let labels = [&config.vocabularies.audience, &config.vocabularies.jurisdiction, &config.vocabularies.role, &config.vocabularies.tag];
    let missing: Vec<(&str, String)> = labels
        .into_iter()
        .flat_map(|vocabulary| vocabulary.iter())
        .flat_map(|(id, texts)| codes.iter().filter(|c| !texts.contains_key(**c)).map(move |c| (*c, id.to_owned())))
        .collect();
    for (code, id) in missing {
        error("vocabularies", format!("the vocabulary entry `{id}` has no label for `{code}`"), "add one for each language");
    }
    unknown_codes(&config.title, &codes).into_iter().for_each(|code| {
        error("title", format!("`{code}` is not among the languages"), "add the language, or delete the text");
    });
    let good = found.is_empty();
    (good.then_some(config), found)
}

/// All that keeps the settings from being read: each top-level key is tried by itself, because the library stops at the first problem.
fn unreadable(file: &SourcePath, lines: &Lines<'_>, text: &str, error: &serde_yaml::Error, places: &Places) -> Vec<Diagnostic> {
    let told = |text: &str, error: &serde_yaml::Error| {
        unknown_field(file, lines, error).unwrap_or_else(|| yaml::diagnose(file, lines, text, 0, error, places))
    };
    if serde_yaml::from_str::<serde_yaml::Value>(text).is_err() {
        return vec![told(text, error)];
    }
    let mut found: Vec<Diagnostic> = alone(text)
        .iter()
        .filter_map(|one| serde_yaml::from_str::<SiteConfig>(one).err().map(|error| (one, error)))
        // Alone, every key lacks the other required ones; that is known below, and only if nothing else is wrong is it said here.
        .filter(|(_, error)| !error.to_string().starts_with("missing field"))
        .map(|(one, error)| told(one, &error))
        .collect();
    if found.is_empty() {
        return vec![told(text, error)];
    }
    for key in SiteConfig::REQUIRED.iter().filter(|key| places.get(key).is_none()) {
        found.push(
            Diagnostic::error("wrong-type", format!("`{key}` is missing"))
                .at(file, lines.region(0..1))
                .help(format!("add a line `{key}: …`")),
        );
    }
    found
}

/// The text once for each of its top-level keys, all other lines empty, so that places stay what they are.
fn alone(text: &str) -> Vec<String> {
    let starts: Vec<usize> =
        line_starts(text).filter(|at| text[*at..].starts_with(|c: char| !c.is_whitespace() && !"#-}]".contains(c))).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let blank = |text: &str| text.chars().map(|c| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) }).collect::<String>();
    starts.iter().zip(ends).map(|(start, end)| format!("{}{}", blank(&text[..*start]), &text[*start..end])).collect()
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1))
}

fn unknown_codes(texts: &Localized, codes: &BTreeSet<&str>) -> Vec<String> {
    texts.keys().filter(|c| !codes.contains(c.as_str())).map(|c| c.as_str().to_owned()).collect()
}

/// serde's "unknown field `x`, expected one of `a`, `b`" with a suggestion.
pub(super) fn unknown_field(file: &SourcePath, lines: &Lines<'_>, error: &serde_yaml::Error) -> Option<Diagnostic> {
    let message = error.to_string();
    let rest = message.split_once("unknown field `")?.1;
    let (field, rest) = rest.split_once('`')?;
    let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    let at = error.location().map_or(0, |l| l.index());
    let help = match nearest(field, known.iter().copied()) {
        Some(close) => format!("did you mean `{close}`?"),
        None => format!("known keys here: {}", known.join(", ")),
    };
    Some(Diagnostic::error("unknown-key", format!("unknown key `{field}`")).at(file, lines.region(at..at + field.len())).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_nothing_that_ends_a_line() {
        for url in ["https://example.org", "https://example.org/%D8%B1%DB%81/a%20(1)/", "http://localhost:8000/x"] {
            assert!(is_base_url(url), "{url}");
        }
        for url in
            ["example.org", "https://example.org/?x", "https://example.org/a b", "https://example.org/%0Ab", "https://example.org/%24b"]
        {
            assert!(!is_base_url(url), "{url}");
        }
    }
}
