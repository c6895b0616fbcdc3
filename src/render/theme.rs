//! A theme ready for use: templates compiled, texts checked, assets named by their content. In: the theme's files, its own over the built-in
//! ones. Out: `Theme`, or diagnostics with the template's line. It renders nothing.

use super::fold::{Fold, is_foldable};
use super::shells::has_whole_shells;
use super::strings::Catalogue;
use super::style::{Held, Style, Styles};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::SiteConfig;
use crate::model::site::LanguageIndex;
use crate::path::{OutputPath, SourcePath};
use crate::text::bidi::push_isolated;
use crate::text::html::{push_prose, write_attr};
use crate::text::lines::{Lines, Region};
use crate::text::script::{Unreadable, small};
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, Value};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) use crate::model::asset::ThemeFiles as Files;

/// Instructions a template may use on one page, against endless loops; a long page of the default theme uses about 60,000.
const FUEL: u64 = 20_000_000;

/// Bytes that a page's buffer starts with: most pages of the default theme have 60 to 100 KB, half of it the stylesheet.
const PAGE: usize = 112 * 1024;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    #[serde(default, rename = "name")]
    _name: String,
    #[serde(default)]
    style: Vec<super::style::Entry>,
    #[serde(default)]
    scripts: Vec<String>,
    #[serde(default)]
    on_demand: Vec<String>,
    /// Files made of others, joined in this order.
    #[serde(default)]
    bundles: BTreeMap<String, Vec<String>>,
    /// Texts for scripts: name of the file, and how the keys begin that it holds.
    #[serde(default)]
    texts: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    contrast: Vec<super::contrast::Pair>,
}

/// A loaded theme.
#[derive(Debug)]
pub struct Theme {
    environment: Environment<'static>,
    /// Whether templates may be folded.
    foldable: bool,
    /// Whether they may stand in their shells.
    shells: bool,
    /// Interface texts by place in `SiteConfig::languages`.
    pub(super) catalogues: Vec<Arc<Catalogue>>,
    /// Stylesheets.
    pub(super) styles: Styles,
    /// Scripts of every page, by name.
    pub(super) scripts: Vec<String>,
    /// Where each asset goes.
    pub(super) assets: Arc<BTreeMap<String, OutputPath>>,
    /// Where its files lie, for diagnostics.
    folder: String,
    files: Arc<Files>,
}

impl Theme {
    /// Loads a theme. `folder` is where its own files lie, for diagnostics.
    pub fn load(folder: &str, mut files: Files, config: &SiteConfig) -> (Option<Theme>, Diagnostics) {
        let mut found = Diagnostics::new();
        shrink(folder, &mut files, &mut found);
        let manifest = match manifest(folder, &files) {
            Ok(manifest) => manifest,
            Err(diagnostic) => {
                found.push(*diagnostic);
                return (None, found);
            }
        };
        let catalogues = super::strings::load(folder, &files, config, &mut found);
        join(folder, &mut files, &manifest, &mut found);
        serve_scripts(&mut files, &manifest, config, &catalogues);
        let named = |name: &str| manifest.scripts.iter().chain(&manifest.on_demand).any(|n| n == name);
        let joined = |name: &str| manifest.bundles.values().flatten().any(|n| n == name);
        let mut assets = BTreeMap::new();
        for (path, bytes) in &files {
            if let Some(name) = path.strip_prefix("assets/")
                && (named(name) || !name.ends_with(".css") && !joined(name))
            {
                assets.insert(name.to_owned(), fingerprinted(name, bytes));
            }
        }
        for name in manifest.scripts.iter().chain(&manifest.on_demand).filter(|n| !assets.contains_key(*n)) {
            found.push(missing(folder, &format!("assets/{name}")));
        }
        let sheets = super::style::names(&manifest.style);
        let sheets: Vec<(String, String)> =
            sheets.into_iter().filter_map(|name| Some((name.clone(), text(folder, &files, &format!("assets/{name}")).ok()?))).collect();
        super::contrast::check(folder, &manifest.contrast, &sheets, &mut found);
        let styles = Styles::load(folder, &files, manifest.style, config, &mut found);
        let environment = environment(folder, &files, &mut found);
        let theme = Theme {
            environment,
            foldable: is_foldable(&files),
            shells: has_whole_shells(&files),
            catalogues,
            styles,
            scripts: manifest.scripts,
            assets: Arc::new(assets),
            folder: folder.to_owned(),
            files: Arc::new(files),
        };
        ((!found.has_errors()).then_some(theme), found)
    }

    /// Where each asset goes, with its name.
    pub fn asset_outputs(&self) -> impl Iterator<Item = (&String, &OutputPath)> {
        self.assets.iter()
    }

    /// An asset's bytes.
    pub fn asset_bytes(&self, name: &str) -> Option<&Arc<[u8]>> {
        self.files.get(&format!("assets/{name}"))
    }

    /// The style of a page: its template, its shell's language, what its text holds and in which languages, its depth.
    pub(super) fn style(&self, template: &str, shell: LanguageIndex, shows: &[LanguageIndex], holds: Held, depth: usize) -> Style {
        self.styles.get(template, shell, shows, holds, depth, &|name| self.assets.get(name).cloned())
    }

    /// The templates with these values worked out, each made when it is first asked for.
    pub(super) fn folded(&self, known: Value) -> Environment<'static> {
        if !self.foldable {
            return self.environment.clone();
        }
        let fold = Fold::new(Arc::clone(&self.files), engine(), known, self.shells);
        let mut environment = engine();
        environment.set_loader(move |name| Ok(fold.source(name)));
        environment
    }

    /// Renders a template as written; an error is a diagnostic with the template's line.
    pub(super) fn render(&self, name: &str, context: Value) -> Result<String, Box<Diagnostic>> {
        let run = || self.environment.get_template(name)?.render(context);
        run().map_err(|error| Box::new(template_error(&self.folder, &error, name)))
    }

    /// Renders a part of a page. An error is told from the template as written, whose lines its author knows.
    pub(super) fn part(&self, folded: &Environment<'static>, name: &str, context: Value) -> Result<String, Box<Diagnostic>> {
        self.try_part(folded, name, context).map_err(|error| Box::new(template_error(&self.folder, &error, name)))
    }

    /// The same with the engine's own error.
    pub(super) fn try_part(&self, folded: &Environment<'static>, name: &str, context: Value) -> Result<String, minijinja::Error> {
        let render = |environment: &Environment<'static>, context| environment.get_template(name)?.render(context);
        render(folded, context.clone()).or_else(|_| render(&self.environment, context))
    }

    /// Renders a page's template to bytes, into one buffer that need not grow. Errors as for [`Theme::part`].
    pub(super) fn page(&self, folded: &Environment<'static>, name: &str, context: Value) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut out = Vec::with_capacity(PAGE);
        match folded.get_template(name).and_then(|template| template.render_captured_to(context.clone(), &mut out).map(drop)) {
            Ok(()) => Ok(out),
            Err(_) => self.render(name, context).map(String::into_bytes),
        }
    }
}

/// Makes the theme's own scripts small; those of others, in `assets/vendor`, go out as they came.
fn shrink(folder: &str, files: &mut Files, found: &mut Diagnostics) {
    let own = |path: &str| path.starts_with("assets/") && path.ends_with(".js") && !path.starts_with("assets/vendor/");
    for (path, bytes) in files.iter_mut().filter(|(path, _)| own(path)) {
        let Ok(source) = std::str::from_utf8(bytes) else {
            found.push(not_utf8("script", folder, path));
            continue;
        };
        match small(source) {
            Ok(made) => *bytes = Arc::from(made.into_bytes()),
            Err(Unreadable { message, at }) => found.push(
                Diagnostic::error("theme-script", message)
                    .at(&SourcePath::new(format!("{folder}/{path}")), Lines::new(source).region(at..at + 1))
                    .help("mend the script; one that was not written for this theme can lie in assets/vendor/ and goes out as it is"),
            ),
        }
    }
}

/// Joins files to those that pages load at once, so that each page asks less often and what scripts share packs better.
fn join(folder: &str, files: &mut Files, manifest: &Manifest, found: &mut Diagnostics) {
    for (name, parts) in &manifest.bundles {
        let mut whole = Vec::new();
        for part in parts {
            match files.get(&format!("assets/{part}")) {
                Some(bytes) => whole.extend_from_slice(bytes),
                None => found.push(missing(folder, &format!("assets/{part}"))),
            }
        }
        files.insert(format!("assets/{name}"), Arc::from(whole));
    }
}

/// Makes the stylesheets that scripts load small, and adds the texts that scripts need.
fn serve_scripts(files: &mut Files, manifest: &Manifest, config: &SiteConfig, catalogues: &[Arc<Catalogue>]) {
    for name in manifest.on_demand.iter().filter(|name| name.ends_with(".css")) {
        if let Some(bytes) = files.get_mut(&format!("assets/{name}"))
            && let Ok(css) = std::str::from_utf8(bytes)
        {
            *bytes = Arc::from(super::style::squeeze(css).into_bytes());
        }
    }
    for (name, beginnings) in &manifest.texts {
        for (language, catalogue) in config.languages.iter().zip(catalogues) {
            let texts = catalogue.json(|key| beginnings.iter().any(|b| key.starts_with(b.as_str())));
            let script = format!("(window.rahnumaTexts=window.rahnumaTexts||{{}})[{}]={texts};\n", serde_json::Value::from(name.as_str()));
            files.insert(format!("assets/texts/{name}.{}.js", language.code), Arc::from(script.into_bytes()));
        }
    }
}

/// Adds the first ten digits of the content's hash to a name, keeping its extension.
pub(crate) fn fingerprinted(name: &str, bytes: &[u8]) -> OutputPath {
    let hash = &blake3::hash(bytes).to_hex()[..10];
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let dot = if extension.is_empty() { "" } else { "." };
    OutputPath::new(format!("assets/{stem}.{hash}{dot}{extension}"))
}

fn manifest(folder: &str, files: &Files) -> Result<Manifest, Box<Diagnostic>> {
    let source = text(folder, files, "theme.yaml")?;
    serde_yaml::from_str(&source).map_err(|error| {
        let line = error.location().map_or(1, |l| l.line()) as u32;
        let region = Region { line, column: 1, end_line: line, end_column: 2 };
        Box::new(
            Diagnostic::error(
                "theme",
                format!("theme.yaml cannot be read: {}", error.to_string().split(" at line ").next().unwrap_or_default()),
            )
            .at(&SourcePath::new(format!("{folder}/theme.yaml")), region)
            .help("see themes/README.md"),
        )
    })
}

pub(super) fn text(folder: &str, files: &Files, path: &str) -> Result<String, Box<Diagnostic>> {
    let bytes = files.get(path).ok_or_else(|| Box::new(missing(folder, path)))?;
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| Box::new(not_utf8("file", folder, path)))
}

fn not_utf8(what: &str, folder: &str, path: &str) -> Diagnostic {
    Diagnostic::error("not-utf8", format!("the {what} is not UTF-8 text"))
        .in_file(&SourcePath::new(format!("{folder}/{path}")))
        .help("save it again as UTF-8")
}

fn missing(folder: &str, path: &str) -> Diagnostic {
    Diagnostic::error("theme", format!("the theme has no {path}"))
        .in_file(&SourcePath::new(format!("{folder}/theme.yaml")))
        .help("add the file, or take its name out of theme.yaml")
}

/// The template engine as all themes get it.
fn engine() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(200);
    environment.set_formatter(|out, state, value| {
        // An absent value is empty in HTML, not the word None.
        if value.is_none() {
            return Ok(());
        }
        match value.as_str() {
            Some(text) if value.is_safe() => push_all(out, text),
            // Attributes of our templates stand in double quotes, so a slash or an apostrophe needs no entity.
            Some(text) if matches!(state.auto_escape(), AutoEscape::Html) => write_attr(out, text).map_err(minijinja::Error::from),
            _ => minijinja::escape_formatter(out, state, value),
        }
    });
    environment.add_filter("bidi", |text: &Value| isolated(text));
    environment
}

/// All templates as written.
fn environment(folder: &str, files: &Files, found: &mut Diagnostics) -> Environment<'static> {
    let mut environment = engine();
    environment.set_debug(true);
    for (path, bytes) in files {
        let Some(name) = path.strip_prefix("templates/") else { continue };
        let Ok(source) = std::str::from_utf8(bytes) else {
            found.push(not_utf8("template", folder, path));
            continue;
        };
        if let Err(error) = environment.add_template_owned(name.to_owned(), source.to_owned()) {
            found.push(template_error(folder, &error, name));
        }
    }
    environment
}

fn push_all(out: &mut minijinja::Output<'_>, html: &str) -> Result<(), minijinja::Error> {
    std::fmt::Write::write_str(out, html).map_err(minijinja::Error::from)
}

/// `{{ text | bidi }}`: a text as HTML, its Latin and number runs kept in their own direction where the text is written from right to left.
fn isolated(text: &Value) -> Value {
    match text.as_str() {
        Some(plain) if !text.is_safe() => {
            let mut html = String::with_capacity(plain.len() + 32);
            if !plain.is_ascii() && plain.chars().any(is_right_to_left) {
                push_isolated(&mut html, plain);
            } else {
                push_prose(&mut html, plain);
            }
            Value::from_safe_string(html)
        }
        _ => text.clone(),
    }
}

/// Letters of the Hebrew, Arabic, Syriac and Thaana blocks and their presentation forms.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// A template's error as a diagnostic. The innermost cause is the one to mend.
fn template_error(folder: &str, error: &minijinja::Error, name: &str) -> Diagnostic {
    let mut inner: &minijinja::Error = error;
    while let Some(next) = std::error::Error::source(inner).and_then(|s| s.downcast_ref::<minijinja::Error>()) {
        inner = next;
    }
    let template = inner.name().or(error.name()).unwrap_or(name);
    let line = inner.line().or(error.line()).unwrap_or(1) as u32;
    let detail = inner.detail().map(|d| format!(": {d}")).unwrap_or_default();
    let mut message = format!("{}{detail}", inner.kind());
    if let Some(range) = inner.range()
        && inner.kind() == ErrorKind::UndefinedError
        && let Some(source) = inner.template_source()
        && let Some(expression) = source.get(range)
    {
        message = format!("`{expression}` has no value here");
    }
    let start = inner.range().map(|range| range.start).zip(inner.template_source());
    let column = start.and_then(|(at, source)| source.get(..at)).map_or(1, |before| {
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        before[line_start..].chars().count() as u32 + 1
    });
    Diagnostic::error("template", message)
        .at(&SourcePath::new(format!("{folder}/templates/{template}")), Region { line, column, end_line: line, end_column: column + 1 })
        .help("themes/README.md lists what each template gets")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_keep_folder_and_extension() {
        assert_eq!(fingerprinted("fonts/a.woff2", b"x").as_str(), format!("assets/fonts/a.{}.woff2", &blake3::hash(b"x").to_hex()[..10]));
    }
}
