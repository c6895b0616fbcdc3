//! Reading and parsing, all at once or only what changed. In: a tree. Out: parsed content that stays in memory. A file that cannot be read or
//! parsed leaves its diagnostics; the others stand.

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::asset::{Asset, ThemeFiles};
use crate::model::config::PersonalData;
use crate::model::diagram::Diagram;
use crate::model::site::SEARCH_LIMIT;
use crate::model::{Date, Language, LanguageCode, ParsedPage, SiteConfig};
use crate::parse;
use crate::parse::privacy::Allowed;
use crate::path::SourcePath;
use crate::render::Theme;
use crate::resolve::{ParsedData, SITE_FILE};
use crate::text::bidi::Direction;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where files come from: a disk, or memory in tests.
pub trait Tree: Sync {
    /// All files below `content/`, with what could not be listed. `content/_templates/` is not content.
    fn content(&self) -> (BTreeSet<SourcePath>, Vec<Diagnostic>);
    /// The bytes of one file.
    fn read(&self, file: &SourcePath) -> Result<Vec<u8>, Box<Diagnostic>>;
    /// A theme's files: the site's own over the built-in ones. The text is the folder to name in diagnostics.
    fn theme(&self, name: &str) -> Result<(String, ThemeFiles), Box<Diagnostic>>;
    /// Day of the last change of each file by the version history, and a remark where it cannot be told.
    fn history(&self) -> (BTreeMap<SourcePath, Date>, Option<Diagnostic>);
}

type Parsed = (Option<Arc<ParsedPage>>, Vec<Diagnostic>);

/// Everything that was read, parsed.
pub struct Content {
    files: BTreeSet<SourcePath>,
    listing: Vec<Diagnostic>,
    config: Option<SiteConfig>,
    languages: Vec<Language>,
    config_found: Vec<Diagnostic>,
    pages: BTreeMap<SourcePath, Parsed>,
    data: ParsedData,
    data_found: Vec<Diagnostic>,
    allowed: Arc<Allowed>,
    assets: BTreeMap<SourcePath, Arc<Asset>>,
    assets_found: BTreeMap<SourcePath, Vec<Diagnostic>>,
    theme: Option<Arc<Theme>>,
    theme_found: Diagnostics,
    history: BTreeMap<SourcePath, Date>,
    history_found: Option<Diagnostic>,
}

impl Content {
    /// Reads and parses everything.
    pub fn load(tree: &dyn Tree) -> Self {
        let (files, listing) = tree.content();
        let mut content = Self {
            files,
            listing,
            config: None,
            languages: Vec::new(),
            config_found: Vec::new(),
            pages: BTreeMap::new(),
            data: ParsedData::default(),
            data_found: Vec::new(),
            allowed: Arc::new(Allowed::default()),
            assets: BTreeMap::new(),
            assets_found: BTreeMap::new(),
            theme: None,
            theme_found: Diagnostics::new(),
            history: BTreeMap::new(),
            history_found: None,
        };
        content.load_config(tree);
        content.find_languages();
        content.load_data(tree);
        content.load_theme(tree);
        let files: Vec<SourcePath> = content.files.iter().cloned().collect();
        content.parse_pages(tree, &files);
        content.load_assets(tree, &files);
        if content.pages.values().any(|(page, _)| page.as_ref().is_some_and(|p| p.front.updated.is_none())) {
            (content.history, content.history_found) = tree.history();
            content.apply_history();
        }
        content
    }

    /// The content after these files changed, came or went. `false` means that nothing did.
    pub fn reload(&mut self, tree: &dyn Tree, changed: &[SourcePath]) -> bool {
        let plain = |file: &SourcePath| file.extension() == "md" && self.files.contains(file) && self.language_of(file).is_some();
        if changed.iter().all(plain) && self.config.is_some() {
            let before: Vec<Option<String>> = changed.iter().map(|f| self.fingerprint(f)).collect();
            let gone: Vec<&SourcePath> = changed.iter().filter(|f| tree.read(f).is_err()).collect();
            if gone.is_empty() {
                self.parse_pages(tree, changed);
                self.apply_history();
                return changed.iter().map(|f| self.fingerprint(f)).ne(before);
            }
        }
        let history = std::mem::take(&mut self.history);
        *self = Self::load(tree);
        if self.history.is_empty() {
            self.history = history;
        }
        true
    }

    /// What a page's text and findings come to, for telling whether a save changed anything.
    fn fingerprint(&self, file: &SourcePath) -> Option<String> {
        let (page, found) = self.pages.get(file)?;
        let page = page.as_ref().map(|p| format!("{:?}{:?}", p.front, p.body));
        Some(blake3::hash(format!("{page:?}{found:?}").as_bytes()).to_hex().to_string())
    }

    fn load_config(&mut self, tree: &dyn Tree) {
        let file = SourcePath::new(SITE_FILE);
        if !self.files.contains(&file) {
            let diagnostic = if self.files.is_empty() {
                Diagnostic::error("no-content", "there is no content/ folder with files here")
                    .help("give the folder that holds content/, or start a site with `rahnuma init DIR`")
            } else {
                Diagnostic::error("no-settings", "content/site.yaml is missing")
                    .in_file(&file)
                    .help("copy one from `rahnuma init`: it names title, languages and navigation")
            };
            self.config_found.push(diagnostic);
            return;
        }
        match tree.read(&file) {
            Ok(bytes) => {
                (self.config, self.config_found) = parse::config::site(&file, &bytes);
                self.config_found.extend(parse::public_text(&file, &bytes));
            }
            Err(diagnostic) => self.config_found.push(*diagnostic),
        }
    }

    fn load_data(&mut self, tree: &dyn Tree) {
        let codes: Vec<String> = self.languages.iter().map(|l| l.code.as_str().to_owned()).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let files: Vec<SourcePath> = self.files.iter().filter(|f| f.strip("content/data").is_some()).cloned().collect();
        let mut texts = Vec::new();
        for file in files {
            let bytes = match tree.read(&file) {
                Ok(bytes) => bytes,
                Err(diagnostic) => {
                    self.data_found.push(*diagnostic);
                    continue;
                }
            };
            let name = file.strip("content/data").unwrap_or_default().to_owned();
            match (name.as_str(), file.extension().as_str()) {
                ("glossary.yaml", _) => {
                    let (terms, found) = parse::data::glossary(&file, &bytes, &codes);
                    self.data.glossary = terms;
                    self.data_found.extend(found);
                }
                ("directory.yaml", _) => {
                    let (contacts, found) = parse::data::directory(&file, &bytes);
                    self.data.directory = contacts;
                    self.data_found.extend(found);
                    self.data_found.extend(parse::public_text(&file, &bytes));
                    continue;
                }
                (_, "csv") if !name.contains('/') => {
                    let (table, found) = parse::data::table(&file, &bytes);
                    self.data.tables.insert(name.clone(), table);
                    self.data_found.extend(found);
                }
                (_, "yaml") => {
                    let (diagram, found) = parse::diagram::diagram(&file, &bytes, &codes);
                    self.data_found.extend(found);
                    // One that could not be read has been reported; pages that show it are not to be blamed as well.
                    self.data.diagrams.insert(name.clone(), diagram.unwrap_or(Diagram::Path(Vec::new())));
                }
                _ => self.data_found.push(
                    Diagnostic::error("unknown-file", "content/data/ holds .yaml and .csv files")
                        .in_file(&file)
                        .help("put other files into content/assets/"),
                ),
            }
            texts.push((file, bytes));
        }
        let numbers = self
            .data
            .directory
            .iter()
            .flat_map(|(c, _)| c.phones.iter())
            .flat_map(|p| std::iter::once(p.display.as_str()).chain(p.dial.as_deref()));
        self.allowed = Arc::new(Allowed::new(numbers));
        for (file, bytes) in texts {
            self.data_found.extend(parse::file_name(&file, &self.allowed));
            self.data_found.extend(parse::data_text(&file, &bytes, &self.allowed));
        }
    }

    fn load_theme(&mut self, tree: &dyn Tree) {
        let Some(config) = &self.config else { return };
        match tree.theme(&config.theme) {
            Ok((folder, files)) => {
                let (theme, found) = Theme::load(&folder, files, config);
                self.theme = theme.map(Arc::new);
                self.theme_found = found;
            }
            Err(diagnostic) => self.theme_found.push(*diagnostic),
        }
    }

    /// The languages of the settings. Where those cannot be read, every folder that may be one, so that the pages' own problems are told
    /// in the same run.
    fn find_languages(&mut self) {
        self.languages = match &self.config {
            Some(config) => config.languages.clone(),
            None => {
                let folders = self.files.iter().filter_map(|f| Some(f.strip("content")?.split_once('/')?.0));
                let codes: BTreeSet<&str> = folders.filter(|name| !matches!(*name, "data" | "assets")).collect();
                let guess = |code| Language { code: LanguageCode::new(code), name: code.to_owned(), dir: Direction::Ltr, locale: None };
                codes.into_iter().map(guess).collect()
            }
        };
    }

    /// The language of a page's folder.
    fn language_of(&self, file: &SourcePath) -> Option<(&Language, String)> {
        let rest = file.strip("content")?;
        let (code, path) = rest.split_once('/')?;
        let language = self.languages.iter().find(|l| l.code.as_str() == code)?;
        let stem = path.strip_suffix(".md").or_else(|| path.strip_suffix(".MD"))?;
        Some((language, stem.to_owned()))
    }

    fn parse_pages(&mut self, tree: &dyn Tree, files: &[SourcePath]) {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for (language, _) in self.files.iter().filter_map(|file| self.language_of(file)) {
            *count.entry(language.code.as_str()).or_default() += 1;
        }
        let parsed: Vec<(SourcePath, Parsed)> = files
            .par_iter()
            .filter_map(|file| {
                let (language, path) = self.language_of(file)?;
                let (mut page, mut found) = match tree.read(file) {
                    Ok(bytes) => parse::page(file, language, &path, &bytes, &self.allowed),
                    Err(diagnostic) => (None, vec![*diagnostic]),
                };
                found.extend(parse::file_name(file, &self.allowed));
                let found = self.judged(found);
                // The text of a large site is as much as all else together, and nothing would read it.
                if count.get(language.code.as_str()).is_some_and(|pages| *pages > SEARCH_LIMIT)
                    && let Some(page) = &mut page
                {
                    page.text = Vec::new();
                }
                Some((file.clone(), (page.map(Arc::new), found)))
            })
            .collect();
        self.pages.extend(parsed);
    }

    /// Findings as the settings want them: personal data is a warning where the site may pass it on.
    fn judged(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let report = self.config.as_ref().is_some_and(|config| config.personal_data == PersonalData::Report);
        found.into_iter().map(|d| if report && d.code == parse::PERSONAL_DATA { d.as_warning() } else { d }).collect()
    }

    fn load_assets(&mut self, tree: &dyn Tree, files: &[SourcePath]) {
        let cleaned: Vec<(SourcePath, Result<Asset, Vec<Diagnostic>>)> = files
            .par_iter()
            .filter_map(|file| file.strip("content/assets").map(|name| (file, name)))
            .map(|(file, name)| (file.clone(), clean(tree, file, name, &self.allowed)))
            .collect();
        for (file, result) in cleaned {
            match result {
                Ok(asset) => {
                    self.assets.insert(file, Arc::new(asset));
                }
                Err(found) => {
                    self.assets_found.insert(file, found);
                }
            }
        }
        for file in files {
            if self.language_of(file).is_none() && !known_place(file) && self.config.is_some() {
                let rest = file.strip("content").unwrap_or_default();
                let help = match rest.split_once('/') {
                    Some((folder, _)) if self.config.as_ref().is_some_and(|c| c.language_index(folder).is_some()) => {
                        "pages are .md files; other files belong into content/assets/".to_owned()
                    }
                    Some((folder, _)) => format!("`{folder}` is no language of site.yaml; pages lie in content/<language>/"),
                    None => "pages lie in content/<language>/, data in content/data/, files in content/assets/".to_owned(),
                };
                self.assets_found.insert(
                    file.clone(),
                    vec![Diagnostic::error("unknown-file", "this file is in no place that the build knows").in_file(file).help(help)],
                );
            }
        }
    }

    fn apply_history(&mut self) {
        for (file, (page, _)) in &mut self.pages {
            if let (Some(page), Some(date)) = (page, self.history.get(file))
                && page.changed != Some(*date)
            {
                Arc::make_mut(page).changed = Some(*date);
            }
        }
    }

    /// All findings of reading and parsing.
    pub fn diagnostics(&self) -> Diagnostics {
        let mut all = Diagnostics::new();
        all.extend(self.listing.iter().cloned());
        all.extend(self.config_found.iter().cloned());
        all.extend(self.data_found.iter().cloned());
        all.extend(self.theme_found.iter().cloned());
        all.extend(self.pages.values().flat_map(|(_, found)| found.iter().cloned()));
        all.extend(self.assets_found.values().flatten().cloned());
        all.extend(self.history_found.clone());
        all
    }

    /// The site's settings, where they could be read.
    pub fn config(&self) -> Option<&SiteConfig> {
        self.config.as_ref()
    }

    /// All parsed pages in path order.
    pub fn pages(&self) -> Vec<Arc<ParsedPage>> {
        self.pages.values().filter_map(|(page, _)| page.clone()).collect()
    }

    pub(super) fn data(&self) -> &ParsedData {
        &self.data
    }

    /// Files that could not be read, parsed or cleaned, each with a diagnostic of its own.
    pub(super) fn failed(&self) -> BTreeSet<SourcePath> {
        let pages = self.pages.iter().filter(|(_, (page, _))| page.is_none()).map(|(file, _)| file);
        pages.chain(self.assets_found.keys()).cloned().collect()
    }

    pub(super) fn assets(&self) -> &BTreeMap<SourcePath, Arc<Asset>> {
        &self.assets
    }

    pub(super) fn theme(&self) -> Option<&Arc<Theme>> {
        self.theme.as_ref()
    }
}

fn known_place(file: &SourcePath) -> bool {
    file.as_str() == SITE_FILE || file.strip("content/data").is_some() || file.strip("content/assets").is_some()
}

/// Reads and cleans an asset. Its name in the output is short, lower-case ASCII with a fingerprint of the cleaned content.
fn clean(tree: &dyn Tree, file: &SourcePath, name: &str, allowed: &Allowed) -> Result<Asset, Vec<Diagnostic>> {
    let mut found = parse::file_name(file, allowed);
    let bytes = tree.read(file).map_err(|d| vec![*d])?;
    let extension = file.extension();
    match parse::asset::clean(&extension, &bytes) {
        Ok(clean) => {
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            let path: Vec<String> = stem.split('/').map(crate::text::slug::slug).collect();
            let output = crate::render::fingerprinted(&format!("files/{}.{extension}", path.join("/")), &clean.bytes);
            if matches!(extension.as_str(), "svg" | "csv" | "ics") {
                found.extend(parse::data_text(file, &clean.bytes, allowed));
            }
            if found.is_empty() {
                Ok(Asset { source: file.clone(), output, size: clean.size, bytes: Arc::from(clean.bytes) })
            } else {
                Err(found)
            }
        }
        Err(problem) => {
            found.push(Diagnostic::error("asset", problem.message).in_file(file).help(problem.help));
            Err(found)
        }
    }
}
