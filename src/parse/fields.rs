//! Typed reading of a YAML mapping, every problem reported with the place of its key. In: a mapping and the places of its keys.
//! Out: values; diagnostics for wrong types, unknown keys, impossible dates. It knows no page type.

use crate::diag::Diagnostic;
use crate::model::Date;
use crate::model::front::Places;
use crate::path::SourcePath;
use crate::text::fold::fold_digits;
use crate::text::lines::{Lines, Region};
use crate::text::suggest::nearest;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_yaml::{Mapping, Value};
use std::fmt;

/// Where front matter stands and what has been found wrong with it.
pub(super) struct Reader<'a> {
    /// The file.
    pub(super) file: &'a SourcePath,
    /// Places of the top-level keys.
    pub(super) places: Places,
    /// What stands behind each top-level key on its line, because YAML loses how a number was written: `1.10`.
    written: Vec<(&'a str, &'a str)>,
    /// Findings so far.
    pub(super) found: Vec<Diagnostic>,
}

/// Keys with their values. The library's own mapping costs several times as much: it hashes keys, and tries whether each is a number.
pub(super) struct Keys(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Keys;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a YAML mapping")
            }
            fn visit_unit<E>(self) -> Result<Keys, E> {
                Ok(Keys(Vec::new()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Keys, A::Error> {
                let mut keys: Vec<(String, Value)> = Vec::with_capacity(24);
                while let Some(key) = entries.next_key::<String>()? {
                    if keys.iter().any(|(known, _)| *known == key) {
                        return Err(A::Error::custom(format!("duplicate entry with key {key:?}")));
                    }
                    keys.push((key, entries.next_value()?));
                }
                Ok(Keys(keys))
            }
        }
        deserializer.deserialize_map(Any)
    }
}

impl From<Mapping> for Keys {
    fn from(map: Mapping) -> Self {
        Self(map.into_iter().map(|(key, value)| (key.as_str().unwrap_or("?").to_owned(), value)).collect())
    }
}

/// One mapping being read; keys that nobody asked for are unknown in the end.
pub(super) struct Fields {
    map: Keys,
    known: Vec<&'static str>,
    /// Top-level key whose place is shown, and the words before a nested key: `sources[2].`
    parent: Option<(&'static str, String)>,
}

impl<'a> Reader<'a> {
    /// A reader for a YAML text that begins at `offset` of the file's text.
    pub(super) fn new(file: &'a SourcePath, lines: &Lines<'_>, yaml: &'a str, offset: usize) -> Self {
        let (mut places, mut written) = (Places::default(), Vec::with_capacity(24));
        let mut at = offset;
        for line in yaml.split_inclusive('\n') {
            if let Some(colon) = line.find(':')
                && !line.starts_with([' ', '\t', '#', '-'])
            {
                let key = line[..colon].trim_matches(|c| c == '"' || c == '\'');
                let place = lines.region(at..at + line.trim_end().len());
                written.push((key, &line[colon + 1..]));
                if !places.insert(key, place) {
                    // The library names a duplicate without its place; the second one is the one to remove.
                    places.insert(&format!("duplicate {key}"), place);
                }
            }
            at += line.len();
        }
        Self { file, places, written, found: Vec::new() }
    }

    /// A value as written on its key's line.
    pub(super) fn written(&self, key: &str) -> Option<&str> {
        let (_, value) = self.written.iter().find(|(k, _)| *k == key)?;
        Some(value.split(" #").next().unwrap_or(value).trim())
    }

    fn place(&self, key: &str) -> Region {
        self.places.get(key).unwrap_or(Region { line: 1, column: 1, end_line: 1, end_column: 4 })
    }

    /// Reports a problem at a key.
    pub(super) fn error(&mut self, fields: &Fields, code: &'static str, key: &str, message: String, help: impl Into<String>) {
        let place = self.place(fields.parent.as_ref().map_or(key, |(p, _)| p));
        self.found.push(Diagnostic::error(code, message).at(self.file, place).help(help));
    }

    /// Reports keys that nobody asked for.
    pub(super) fn finish(&mut self, fields: &Fields) {
        for (name, _) in &fields.map.0 {
            let shown = fields.shown(name);
            let help = if name.chars().any(is_mark) {
                "the key holds an invisible direction mark; delete the line and type it again".to_owned()
            } else if let Some(close) = nearest(name, fields.known.iter().copied()) {
                format!("did you mean `{close}`?")
            } else {
                format!("known keys here: {}", fields.known.join(", "))
            };
            self.error(fields, "unknown-key", name, format!("unknown key `{shown}`"), help);
        }
    }
}

/// Quotes that phones and word processors put in place of straight ones.
pub(super) fn is_curly(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl Fields {
    /// The top level of a front matter.
    pub(super) fn top(map: Keys) -> Self {
        Self { map, known: Vec::new(), parent: None }
    }

    fn shown(&self, key: &str) -> String {
        self.parent.as_ref().map_or_else(|| key.to_owned(), |(_, prefix)| format!("{prefix}{key}"))
    }

    fn take(&mut self, key: &'static str) -> Option<Value> {
        self.known.push(key);
        let place = self.map.0.iter().position(|(name, _)| name == key)?;
        Some(self.map.0.swap_remove(place).1).filter(|v| !v.is_null())
    }

    /// A value of the top level that must stay as it is written, even if YAML takes it for a number.
    pub(super) fn verbatim(&mut self, r: &mut Reader<'_>, key: &'static str) -> Option<String> {
        match self.take(key)? {
            Value::Number(_) => r.written(key).map(str::to_owned),
            value => self.as_text(r, key, &value),
        }
    }

    /// A text. Whole numbers count as text, other values need quotes.
    pub(super) fn text(&mut self, r: &mut Reader<'_>, key: &'static str) -> Option<String> {
        let value = self.take(key)?;
        self.as_text(r, key, &value)
    }

    fn as_text(&self, r: &mut Reader<'_>, key: &'static str, value: &Value) -> Option<String> {
        match value {
            Value::String(s) if s.trim().is_empty() => None,
            Value::String(s) => Some(s.trim().to_owned()),
            Value::Number(n) if n.is_i64() || n.is_u64() => Some(n.to_string()),
            Value::Number(_) => {
                let written = r.written(key).filter(|_| self.parent.is_none()).unwrap_or("…").to_owned();
                let message = format!("`{}` is read as a number", self.shown(key));
                r.error(self, "wrong-type", key, message, format!("put it in quotes: {key}: \"{written}\""));
                None
            }
            other => {
                r.error(
                    self,
                    "wrong-type",
                    key,
                    format!("`{}` must be a text, not {}", self.shown(key), kind(other)),
                    "put the text in quotes",
                );
                None
            }
        }
    }

    /// A text that must be there.
    pub(super) fn required(&mut self, r: &mut Reader<'_>, key: &'static str, why: &str) -> String {
        let before = r.found.len();
        self.text(r, key).unwrap_or_else(|| {
            if r.found.len() == before {
                r.error(self, "missing-key", key, format!("`{}` is missing{why}", self.shown(key)), format!("add a line `{key}: …`"));
            }
            String::new()
        })
    }

    /// A date, `YYYY-MM-DD`.
    pub(super) fn date(&mut self, r: &mut Reader<'_>, key: &'static str) -> Option<Date> {
        let text = self.text(r, key)?;
        Date::parse(&text).or_else(|| {
            let folded = fold_digits(&text).replace(['–', '—', '−', '/', '۔', '.'], "-");
            let help = match Date::parse(&folded) {
                Some(date) => format!("write `{key}: {date}`, in Western digits with hyphens"),
                None => format!("dates are written YYYY-MM-DD, for example `{key}: 2026-11-23`"),
            };
            r.error(self, "invalid-date", key, format!("`{}` is no date: {text}", self.shown(key)), help);
            None
        })
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, r: &mut Reader<'_>, key: &'static str) -> bool {
        match self.take(key) {
            None => false,
            Some(Value::Bool(b)) => b,
            Some(other) => {
                r.error(
                    self,
                    "wrong-type",
                    key,
                    format!("`{}` is `true` or `false`, not {}", self.shown(key), kind(&other)),
                    format!("write `{key}: true`"),
                );
                false
            }
        }
    }

    /// A whole number.
    pub(super) fn integer(&mut self, r: &mut Reader<'_>, key: &'static str) -> Option<i64> {
        let value = self.take(key)?;
        let number = value.as_i64().or_else(|| fold_digits(value.as_str()?).trim().parse().ok());
        if number.is_none() {
            let example = if key == "year" { "2018" } else { "10" };
            r.error(self, "wrong-type", key, format!("`{}` must be a whole number", self.shown(key)), format!("write `{key}: {example}`"));
        }
        number
    }

    /// One of a few words.
    pub(super) fn choice(&mut self, r: &mut Reader<'_>, key: &'static str, words: &[&'static str]) -> Option<String> {
        let text = self.text(r, key)?;
        if words.contains(&text.as_str()) {
            return Some(text);
        }
        let help = match nearest(&text, words.iter().copied()) {
            Some(close) => format!("did you mean `{close}`? Allowed: {}", words.join(", ")),
            None => format!("allowed: {}", words.join(", ")),
        };
        r.error(self, "invalid-value", key, format!("`{}` cannot be `{text}`", self.shown(key)), help);
        None
    }

    /// A list of texts; a single text counts as a list of one.
    pub(super) fn texts(&mut self, r: &mut Reader<'_>, key: &'static str) -> Vec<String> {
        match self.take(key) {
            None => Vec::new(),
            Some(Value::Sequence(list)) => list.iter().filter_map(|v| self.as_text(r, key, v)).collect::<Vec<_>>(),
            Some(other) => self.as_text(r, key, &other).into_iter().collect(),
        }
        .into_iter()
        .filter(|text| {
            let wrong = text.contains('،') && matches!(key, "audience" | "jurisdiction" | "tags" | "aliases" | "related");
            if wrong {
                let help = format!("separate with the Latin comma: [{}]", text.split('،').map(str::trim).collect::<Vec<_>>().join(", "));
                r.error(self, "urdu-comma", key, format!("`{}` holds an Urdu comma, so it is one entry: {text}", self.shown(key)), help);
                return false;
            }
            let curly = text.starts_with(is_curly) && text.ends_with(is_curly) && key != "outcomes" && key != "objectives";
            if curly {
                let help = format!("write {}, or put straight quotes around it", text.trim_matches(is_curly));
                r.error(self, "curly-quotes", key, format!("`{}` has typographic quotes around an entry: {text}", self.shown(key)), help);
            }
            !curly
        })
        .collect()
    }

    /// A list of mappings.
    pub(super) fn maps(&mut self, r: &mut Reader<'_>, key: &'static str) -> Vec<Fields> {
        match self.take(key) {
            None => Vec::new(),
            Some(Value::Sequence(list)) => list
                .into_iter()
                .enumerate()
                .filter_map(|(n, value)| match value {
                    Value::Mapping(map) => {
                        Some(Fields { map: map.into(), known: Vec::new(), parent: Some((key, format!("{key}[{}].", n + 1))) })
                    }
                    other => {
                        let message = format!("`{key}[{}]` must have keys of its own, not be {}", n + 1, kind(&other));
                        r.error(self, "wrong-type", key, message, format!("write `{key}:` and below it `  - title: …`"));
                        None
                    }
                })
                .collect(),
            Some(other) => {
                r.error(
                    self,
                    "wrong-type",
                    key,
                    format!("`{key}` must be a list, not {}", kind(&other)),
                    "start each entry with `- ` on a line of its own",
                );
                Vec::new()
            }
        }
    }

    /// One nested mapping.
    pub(super) fn map(&mut self, r: &mut Reader<'_>, key: &'static str) -> Option<Fields> {
        match self.take(key)? {
            Value::Mapping(map) => Some(Fields { map: map.into(), known: Vec::new(), parent: Some((key, format!("{key}."))) }),
            other => {
                r.error(
                    self,
                    "wrong-type",
                    key,
                    format!("`{key}` must have keys of its own, not be {}", kind(&other)),
                    "put them below it, indented",
                );
                None
            }
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true/false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "keys and values",
        Value::Tagged(_) => "a tagged value",
    }
}
