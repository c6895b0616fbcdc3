//! Interface texts. In: `i18n/<lang>.yaml` of a theme. Out: one catalogue for each language of the site; keys must be the same in all,
//! and each text has the plural forms of its language. A language without texts falls back to the theme's first one with a note.

use super::theme::{Files, text};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::SiteConfig;
use crate::path::SourcePath;
use crate::text::locale::Locale;
use minijinja::value::{Kwargs, Object, ObjectRepr, ValueKind, from_args};
use minijinja::{Error, ErrorKind, State, Value};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Texts that the program itself puts into pages; a theme's templates may ask for more.
const NEEDED: [&str; 19] = [
    "alert.caution",
    "alert.important",
    "alert.note",
    "alert.tip",
    "alert.warning",
    "anchor.label",
    "az.title",
    "doors.enter",
    "footnotes.back",
    "footnotes.title",
    "nav.home",
    "not-found.text",
    "not-found.title",
    "offline.title",
    "preview.banner",
    "redirect.title",
    "search.open",
    "search.title",
    "table.label",
];

/// One text, or its plural forms.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Text {
    One(Shared),
    Forms(BTreeMap<String, String>),
}

impl Text {
    /// The plural forms, where it has some.
    fn forms(&self) -> Option<&BTreeMap<String, String>> {
        match self {
            Self::One(_) => None,
            Self::Forms(forms) => Some(forms),
        }
    }
}

/// A text that templates get without a copy.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String")]
struct Shared(Arc<str>);

impl From<String> for Shared {
    fn from(text: String) -> Self {
        Self(Arc::from(text))
    }
}

/// The interface texts of one language.
#[derive(Clone, Debug, Default)]
pub(super) struct Catalogue {
    texts: BTreeMap<String, Text>,
}

impl Catalogue {
    /// A text without arguments; empty when there is none, which loading has reported.
    pub(super) fn get(&self, key: &str) -> &str {
        match self.texts.get(key) {
            Some(Text::One(Shared(text))) => text,
            Some(Text::Forms(forms)) => forms.get("other").map_or("", String::as_str),
            None => "",
        }
    }

    /// Whether there is such a text.
    pub(super) fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }
}

impl Catalogue {
    /// The texts that are wanted, as JSON that is JavaScript too.
    pub(super) fn json(&self, wanted: impl Fn(&str) -> bool) -> String {
        let value = |text: &Text| match text {
            Text::One(Shared(text)) => serde_json::Value::from(text.as_ref()),
            Text::Forms(forms) => forms.iter().map(|(form, text)| (form.clone(), text.as_str())).collect(),
        };
        let all: serde_json::Map<String, serde_json::Value> =
            self.texts.iter().filter(|(key, _)| wanted(key)).map(|(key, text)| (key.clone(), value(text))).collect();
        serde_json::Value::from(all).to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
    }
}

/// `t("key", n=3, name="…")` for one language.
pub(super) fn function(catalogue: Arc<Catalogue>, locale: Arc<Locale>) -> Value {
    Value::from_object(Translate { catalogue, locale })
}

#[derive(Debug)]
struct Translate {
    catalogue: Arc<Catalogue>,
    locale: Arc<Locale>,
}

impl Object for Translate {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, values: &[Value]) -> Result<Value, Error> {
        // Most texts take no arguments; a page has a hundred of them.
        if let [key] = values
            && let Some(Text::One(Shared(text))) = key.as_str().and_then(|key| self.catalogue.texts.get(key))
        {
            return Ok(Value::from(Arc::clone(text)));
        }
        let (key, arguments): (&str, Kwargs) = from_args(values)?;
        self.filled(key, &arguments).map(Value::from)
    }
}

impl Translate {
    fn filled(&self, key: &str, arguments: &Kwargs) -> Result<String, Error> {
        let missing = || Error::new(ErrorKind::UndefinedError, format!("the theme has no text `{key}`"));
        let number: Option<i64> = arguments.get("n")?;
        let mut text = match self.catalogue.texts.get(key).ok_or_else(missing)? {
            Text::One(Shared(text)) => text.to_string(),
            Text::Forms(forms) => {
                let form = number.map_or("other", |n| self.locale.plural(n));
                forms.get(form).or_else(|| forms.get("other")).cloned().unwrap_or_default()
            }
        };
        if let Some(n) = number {
            text = text.replace("{n}", &self.locale.number(n));
        }
        for name in arguments.args() {
            if name != "n" {
                let value: Value = arguments.get(name)?;
                let shown = if value.kind() == ValueKind::None { String::new() } else { value.to_string() };
                text = text.replace(&format!("{{{name}}}"), &shown);
            }
        }
        arguments.assert_all_used()?;
        Ok(text)
    }
}

/// Loads the catalogue of every language and compares their keys.
pub(super) fn load(folder: &str, files: &Files, config: &SiteConfig, found: &mut Diagnostics) -> Vec<Arc<Catalogue>> {
    let mut all: BTreeMap<String, Catalogue> = BTreeMap::new();
    for path in files.keys().filter(|p| p.starts_with("i18n/") && p.ends_with(".yaml")) {
        let code = path.trim_start_matches("i18n/").trim_end_matches(".yaml").to_owned();
        let read = text(folder, files, path).and_then(|source| {
            serde_yaml::from_str::<BTreeMap<String, Text>>(&source).map_err(|error| {
                Box::new(
                    Diagnostic::error("theme-texts", format!("the texts cannot be read: {error}"))
                        .in_file(&SourcePath::new(format!("{folder}/{path}")))
                        .help("keys with a text, or with plural forms"),
                )
            })
        });
        match read {
            Ok(texts) => {
                all.insert(code, Catalogue { texts });
            }
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    let needed = NEEDED.iter().map(|key| (*key).to_owned());
    let keys: BTreeSet<String> = all.values().flat_map(|c| c.texts.keys().cloned()).chain(needed).collect();
    for (code, catalogue) in &all {
        let missing: Vec<&str> = keys.iter().filter(|k| !catalogue.texts.contains_key(*k)).map(String::as_str).collect();
        if !missing.is_empty() {
            found.push(
                Diagnostic::error("theme-texts", format!("texts are missing: {}", missing.join(", ")))
                    .in_file(&SourcePath::new(format!("{folder}/i18n/{code}.yaml")))
                    .help("every language of a theme has the same keys"),
            );
        }
    }
    for (code, catalogue) in &all {
        let tag = config.languages.iter().find(|l| l.code.as_str() == code).and_then(|l| l.locale.as_deref());
        let forms = Locale::new(tag.unwrap_or(code), config.numerals()).0.plural_forms();
        for (key, texts) in catalogue.texts.iter().filter_map(|(key, text)| Some((key, text.forms()?))) {
            let missing: Vec<&str> = forms.iter().copied().filter(|form| !texts.contains_key(*form)).collect();
            if !missing.is_empty() {
                found.push(
                    Diagnostic::error("theme-texts", format!("`{key}` lacks plural forms: {}", missing.join(", ")))
                        .in_file(&SourcePath::new(format!("{folder}/i18n/{code}.yaml")))
                        .help(format!("counts in this language take {}", forms.join(", "))),
                );
            }
        }
    }
    let fallback =
        all.get(config.default_language.as_str()).or_else(|| all.get("en")).or_else(|| all.values().next()).cloned().unwrap_or_default();
    config
        .languages
        .iter()
        .map(|language| match all.get(language.code.as_str()) {
            Some(catalogue) => Arc::new(catalogue.clone()),
            None => {
                found.push(
                    Diagnostic::note(
                        "theme-language",
                        format!("the theme has no texts in {}, so its interface is shown in another language", language.name),
                    )
                    .in_file(&SourcePath::new(format!("{folder}/i18n")))
                    .help(format!("add themes/<name>/i18n/{}.yaml with the keys of the others", language.code)),
                );
                Arc::new(fallback.clone())
            }
        })
        .collect()
}
