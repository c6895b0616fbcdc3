//! Stylesheets: which ones a page needs, inlined with their policy. In: the list of `theme.yaml` and the files. Out: CSS and the
//! Content-Security-Policy that allows exactly it. A page carries only the rules of its own template, so that it fits the first packets.

use super::theme::{Files, text};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::body::DirectiveName;
use crate::model::site::LanguageIndex;
use crate::model::{Block, SiteConfig};
use crate::path::OutputPath;
use base64::Engine;
use minijinja::Value;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// What a text has that may need rules of its own: a bit for each directive and part of Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Held(u32);

impl Held {
    /// Plain text.
    pub(super) const NONE: Self = Self(0);

    /// A directive or a part of Markdown by its name in `theme.yaml`.
    fn named(name: &str) -> Option<Self> {
        let part = PARTS.iter().position(|(part, _)| *part == name).map(|n| n + DirectiveName::ALL.len());
        DirectiveName::parse(name).map(|directive| directive as usize).or(part).map(|bit| Self(1 << bit))
    }

    /// Takes in what another text has.
    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Parts of Markdown that few texts have: their names in `theme.yaml`, and how the parser writes them.
const PARTS: [(&str, &str); 9] = [
    ("alert", "<aside class=\"alert"),
    ("code", "<code"),
    ("definitions", "<dl"),
    ("footnotes", "<section class=\"footnotes"),
    ("quote", "<blockquote"),
    ("rule", "<hr"),
    ("table", "<table"),
    ("tasks", "<ul class=\"tasks"),
    ("wide", "<table class=\"data wide"),
];

/// The directives and parts of a text.
pub(super) fn held(blocks: &[Block]) -> Held {
    let mut held = Held::NONE;
    for block in blocks {
        match block {
            Block::Directive(directive) => {
                held.add(Held(1 << directive.name as usize));
                held.add(self::held(&directive.body));
            }
            Block::Prose(prose) => held.add(parts(prose.html.as_bytes())),
        }
    }
    held
}

/// The parts of Markdown in HTML. Two letters tell nearly every tag from all of them.
fn parts(html: &[u8]) -> Held {
    let mut held = Held::NONE;
    for at in memchr::memchr_iter(b'<', html) {
        let tag = &html[at..];
        if PARTS.iter().any(|(_, written)| tag.get(1..3) == written.as_bytes().get(1..3)) {
            for (n, _) in PARTS.iter().enumerate().filter(|(_, (_, written))| tag.starts_with(written.as_bytes())) {
                held.add(Held(1 << (n + DirectiveName::ALL.len())));
            }
        }
    }
    held
}

/// An entry of `style` in `theme.yaml`.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Entry {
    /// On every page.
    Everywhere(String),
    /// On some.
    Some(Condition),
}

/// A stylesheet and the pages it is for. Absent conditions are met.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Condition {
    file: String,
    /// Templates.
    #[serde(default)]
    on: Vec<String>,
    /// Directives and parts of Markdown that the page's text has.
    #[serde(default)]
    holds: Vec<String>,
    /// Languages whose text the page shows.
    #[serde(default)]
    shows: Vec<String>,
    /// Languages of the page's own shell.
    #[serde(default)]
    shell: Vec<String>,
}

/// The files of the stylesheets, in the order of the cascade.
pub(super) fn names(entries: &[Entry]) -> Vec<String> {
    let file = |entry: &Entry| match entry {
        Entry::Everywhere(file) | Entry::Some(Condition { file, .. }) => file.clone(),
    };
    entries.iter().map(file).collect()
}

/// A stylesheet ready to be put into pages.
#[derive(Clone, Debug)]
pub(super) struct Style {
    /// Safe CSS.
    pub(super) css: Value,
    /// The policy that allows it.
    pub(super) csp: Value,
}

#[derive(Debug)]
struct Sheet {
    css: String,
    on: Vec<String>,
    holds: Option<Held>,
    shows: Option<Vec<LanguageIndex>>,
    shell: Option<Vec<LanguageIndex>>,
}

/// A list of styles that grows at its end, each made for the first page that needs it. A site has a few dozen.
#[derive(Debug, Default)]
struct Made(OnceLock<Box<Entered>>);

#[derive(Debug)]
struct Entered {
    key: (u64, usize),
    style: Style,
    rest: Made,
}

impl Made {
    fn get(&self, key: (u64, usize), make: &dyn Fn() -> Style) -> Style {
        let mut list = self;
        loop {
            let entered = list.0.get_or_init(|| Box::new(Entered { key, style: make(), rest: Made::default() }));
            if entered.key == key {
                return entered.style.clone();
            }
            list = &entered.rest;
        }
    }
}

/// All stylesheets of a theme.
#[derive(Debug, Default)]
pub(super) struct Styles {
    sheets: Vec<Sheet>,
    /// Styles by which sheets they hold (a bit each) and depth of the page.
    made: Made,
}

impl Styles {
    /// Reads the stylesheets; more than 64 would need a wider set.
    pub(super) fn load(folder: &str, files: &Files, entries: Vec<Entry>, config: &SiteConfig, found: &mut Diagnostics) -> Self {
        let mut sheets = Vec::new();
        // An absent condition is met; words that name nothing are met never.
        let languages = |codes: &[String]| {
            (!codes.is_empty()).then(|| codes.iter().filter_map(|code| config.language_index(code)).collect::<Vec<LanguageIndex>>())
        };
        let held = |names: &[String]| {
            let mut held = Held::NONE;
            names.iter().filter_map(|name| Held::named(name)).for_each(|one| held.add(one));
            (!names.is_empty()).then_some(held)
        };
        for entry in entries.into_iter().take(64) {
            let condition = match entry {
                Entry::Everywhere(file) => Condition { file, on: Vec::new(), holds: Vec::new(), shows: Vec::new(), shell: Vec::new() },
                Entry::Some(condition) => condition,
            };
            for template in condition.on.iter().filter(|t| !files.contains_key(&format!("templates/{t}"))) {
                found.push(
                    Diagnostic::error("theme", format!("{} is for templates/{template}, which is not there", condition.file))
                        .in_file(&crate::path::SourcePath::new(format!("{folder}/theme.yaml")))
                        .help("name a template, or take the word out"),
                );
            }
            for part in condition.holds.iter().filter(|name| Held::named(name).is_none()) {
                let parts = PARTS.map(|(name, _)| name).join(", ");
                found.push(
                    Diagnostic::error("theme", format!("{} is for texts with `{part}`, which no text has", condition.file))
                        .in_file(&crate::path::SourcePath::new(format!("{folder}/theme.yaml")))
                        .help(format!("name a directive or one of: {parts}")),
                );
            }
            match text(folder, files, &format!("assets/{}", condition.file)) {
                Ok(css) => {
                    let Condition { on, holds, shows, shell, .. } = condition;
                    let css = squeeze(&css);
                    sheets.push(Sheet { css, on, holds: held(&holds), shows: languages(&shows), shell: languages(&shell) });
                }
                Err(diagnostic) => found.push(*diagnostic),
            }
        }
        Self { sheets, made: Made::default() }
    }

    /// The style of a page: its template, its shell's language, what its text holds and in which languages, its depth.
    pub(super) fn get(
        &self,
        template: &str,
        shell: LanguageIndex,
        shows: &[LanguageIndex],
        holds: Held,
        depth: usize,
        link: &dyn Fn(&str) -> Option<OutputPath>,
    ) -> Style {
        let mask = self.mask(template, shell, shows, holds);
        let root = "../".repeat(depth);
        self.made.get((mask, depth), &|| self.make(mask, &|name| link(name).map(|o| format!("{root}{o}"))))
    }

    /// The same with links of the caller's own, for files that stand alone.
    pub(super) fn standalone(
        &self,
        template: &str,
        shell: LanguageIndex,
        shows: &[LanguageIndex],
        holds: Held,
        link: &dyn Fn(&str) -> Option<String>,
    ) -> Style {
        self.make(self.mask(template, shell, shows, holds), link)
    }

    /// The sheets of a page, a bit each.
    fn mask(&self, template: &str, shell: LanguageIndex, shows: &[LanguageIndex], holds: Held) -> u64 {
        let wanted = |sheet: &Sheet| {
            sheet.holds.is_none_or(|held| held.meets(holds))
                && sheet.shell.as_ref().is_none_or(|languages| languages.contains(&shell))
                && sheet.shows.as_ref().is_none_or(|languages| languages.iter().any(|l| shows.contains(l)))
                && (sheet.on.is_empty() || sheet.on.iter().any(|t| t == template))
        };
        self.sheets.iter().enumerate().filter(|(_, s)| wanted(s)).fold(0, |mask, (n, _)| mask | (1 << n))
    }

    fn make(&self, mask: u64, link: &dyn Fn(&str) -> Option<String>) -> Style {
        let mut css = String::with_capacity(48 * 1024);
        for (_, sheet) in self.sheets.iter().enumerate().filter(|(n, _)| mask & (1 << n) != 0) {
            push_linked(&mut css, &sheet.css, link);
        }
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(css.as_bytes()));
        let policy = policy(&format!("'sha256-{hash}'"));
        Style { css: Value::from_safe_string(css), csp: Value::from_safe_string(policy) }
    }
}

/// The Content-Security-Policy of a page with these styles.
pub fn policy(styles: &str) -> String {
    format!(
        "default-src 'none'; style-src 'self' {styles}; script-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'"
    )
}

/// Copies CSS with every `asset("name")` replaced by a quoted link. A rule whose asset has no link is left out, so that no browser
/// asks for it.
fn push_linked(out: &mut String, css: &str, link: &dyn Fn(&str) -> Option<String>) {
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("asset(") {
        out.push_str(before);
        let Some((argument, tail)) = after.split_once(')') else {
            rest = after;
            break;
        };
        rest = tail;
        match link(argument.trim_matches(|c| c == '"' || c == '\'')) {
            Some(link) => out.extend(["\"", &link, "\""]),
            None => {
                let open = out.rfind('{').unwrap_or_default();
                out.truncate(out[..open].rfind(['{', '}']).map_or(0, |end| end + 1));
                rest = rest.split_once('}').map_or("", |(_, after)| after);
            }
        }
    }
    out.push_str(rest);
}

/// A stylesheet without comments and needless white space; strings are kept.
pub(super) fn squeeze(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("/*") {
        out.push_str(&rest[..at]);
        rest = rest[at + 2..].split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let mut joined = lines.join("\n");
    for (from, to) in [(" {\n", "{"), (",\n", ","), (";\n}", "}"), (";\n", ";"), ("}\n", "}"), ("{\n", "{")] {
        joined = joined.replace(from, to);
    }
    // Every second piece stands between quotation marks.
    let pieces = joined.split('"').enumerate().map(|(n, piece)| if n % 2 == 0 { tight(piece) } else { piece.to_owned() });
    pieces.collect::<Vec<String>>().join("\"")
}

/// CSS outside strings, without spaces that mean nothing. A space before a colon or around `+` means something.
fn tight(css: &str) -> String {
    [(": ", ":"), (", ", ","), (" > ", ">"), (" !", "!")].iter().fold(css.to_owned(), |css, (from, to)| css.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stylesheets_lose_comments_and_line_breaks_only() {
        assert_eq!(squeeze("/* c */\na:hover {\n  b: c;\n  --d: \"e ; f: g\";\n}\n"), "a:hover{b:c;--d:\"e ; f: g\"}");
        assert_eq!(squeeze("@media (a: b) {\n  a > b, c { c: d; }\n}\n"), "@media (a:b){a>b,c { c:d; }}");
        assert_eq!(
            squeeze("a :is(b) + c {\n  d: calc(1px + 2px) \"e, f: g\" !important;\n}\n"),
            "a :is(b) + c{d:calc(1px + 2px) \"e, f: g\"!important}"
        );
    }

    #[test]
    fn assets_become_links() {
        let mut css = String::new();
        push_linked(&mut css, "a{src:url(asset(\"x.woff2\")) b}", &|name| Some(format!("../{name}")));
        assert_eq!(css, "a{src:url(\"../x.woff2\") b}");
    }

    #[test]
    fn a_rule_whose_asset_has_no_link_goes() {
        let mut css = String::new();
        push_linked(&mut css, "a{b:c}@font-face{src:url(asset(\"x\")) d;e:f}g{h:i}@media print{j{k:url(asset(\"x\"))}l{m:n}}", &|_| None);
        assert_eq!(css, "a{b:c}g{h:i}@media print{l{m:n}}");
    }
}
