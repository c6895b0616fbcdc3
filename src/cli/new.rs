//! `rahnuma new`: a new article in every language from the templates. The pages are tried in memory first; nothing is written that `check`
//! would refuse.

use super::args::New;
use super::build::root;
use super::{End, Failure, files, template, terminal};
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::model::asset::ThemeFiles;
use crate::model::front::PageType;
use crate::model::{Date, SiteConfig};
use crate::parse;
use crate::path::SourcePath;
use crate::pipeline::{self, Content, Timings, Tree};
use crate::resolve::{self, Settings};
use crate::source::Disk;
use crate::text::slug::slug;
use crate::text::suggest::nearest;
use std::collections::{BTreeMap, BTreeSet};

type Pages = BTreeMap<SourcePath, Vec<u8>>;

pub(super) fn run(args: &New) -> Result<End, Failure> {
    let page_type = page_type(&args.page_type)?;
    let disk = Disk::new(&root(&args.root)?);
    let content = Content::load(&disk);
    let Some(config) = content.config() else {
        return Ok(problems(&content.diagnostics(), &disk));
    };
    name(&args.name, config)?;
    let titles = titles(&args.title, config)?;
    let today = terminal::today(None)?;
    let mut pages = Pages::new();
    let codes: Vec<&str> = config.languages.iter().map(|l| l.code.as_str()).collect();
    for code in &codes {
        let template = template::choose(&disk, page_type, code, &codes)
            .ok_or_else(|| Failure(format!("there is no template for {}; write content/_templates/{0}.{code}.md", page_type.as_str())))?;
        let title = titles.get(*code).cloned().unwrap_or_else(|| provisional(&args.name));
        let source = SourcePath::new(format!("content/{code}/{}.md", args.name));
        if disk.root().join(source.as_str()).symlink_metadata().is_ok() {
            return Err(Failure(format!("{source} exists; choose another name, or edit that page")));
        }
        pages.insert(source, template::fill(&template, &title, today).into_bytes());
    }
    record(&mut pages, config, &args.name);
    let refused = refusals(&disk, &pages, today);
    if !refused.is_empty() {
        terminal::remark(
            "nothing was written: the new pages would stop the build. If the site has its own ids, put templates that use them into content/_templates/",
        );
        let mut list = Diagnostics::new();
        list.extend(refused);
        list.sort();
        return Ok(problems(&list, &Overlay { disk: &disk, pages: &pages }));
    }
    files::create(pages.iter().map(|(source, bytes)| (disk.root().join(source.as_str()), bytes.as_slice())))?;
    for source in pages.keys() {
        terminal::say(&format!("written: {source}"));
    }
    let untitled: Vec<&str> = codes.iter().copied().filter(|c| !titles.contains_key(*c)).collect();
    if !untitled.is_empty() {
        terminal::say(&format!(
            "next: write the title in {}, then the text; replace every sentence of the template",
            untitled.join(" and ")
        ));
    } else {
        terminal::say("next: write the text; replace every sentence of the template");
    }
    terminal::say(&format!("then: rahnuma check {}", args.root.display()));
    for source in translations(&pages, config) {
        terminal::say(&format!("when the translation is finished: rahnuma translated {source} {}", args.root.display()));
    }
    Ok(End::Fine)
}

fn problems(found: &Diagnostics, tree: &dyn Tree) -> End {
    terminal::show(found, tree);
    End::Problems
}

fn page_type(word: &str) -> Result<PageType, Failure> {
    let names = PageType::ALL.map(|(_, name)| name);
    PageType::parse(word).ok_or_else(|| {
        let list = names.join(", ");
        Failure(match nearest(word, names.into_iter()) {
            Some(near) => format!("`{word}` is no type of page; did you mean `{near}`? There are: {list}"),
            None => format!("`{word}` is no type of page; there are: {list}"),
        })
    })
}

/// Names go into addresses in both languages, so they are short, ASCII and lower-case.
fn name(name: &str, config: &SiteConfig) -> Result<(), Failure> {
    let mended = mended(name, config);
    if mended.as_deref() == Some(name) {
        return Ok(());
    }
    let rule = "a name is lower-case English words with hyphens, with `/` between folder and page";
    Err(Failure(match mended {
        Some(mended) => format!("`{name}` cannot be a name: {rule}; try `{mended}`"),
        None => format!("`{name}` cannot be a name: {rule}, such as `guidance/age-doubt`"),
    }))
}

/// The name as it should have been written; `None` when nothing is left of it.
fn mended(name: &str, config: &SiteConfig) -> Option<String> {
    let name = name.replace('\\', "/");
    let name = name.strip_suffix(".md").unwrap_or(&name);
    let mut parts: Vec<&str> = name.split('/').filter(|p| !matches!(*p, "" | "." | "..")).collect();
    if parts.len() > 1 && parts[0] == "content" {
        parts.remove(0);
    }
    if parts.len() > 1 && config.language_index(parts[0]).is_some() {
        parts.remove(0);
    }
    let parts: Vec<String> = parts.into_iter().map(slug).collect();
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// `--title LANG=TEXT` by language.
fn titles(given: &[String], config: &SiteConfig) -> Result<BTreeMap<String, String>, Failure> {
    let codes = || config.languages.iter().map(|l| l.code.as_str());
    let mut titles = BTreeMap::new();
    for one in given {
        let Some((code, text)) = one.split_once('=') else {
            return Err(Failure(format!("--title {one}: write the language before it, such as --title \"en={one}\"")));
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if config.language_index(code).is_none() {
            return Err(Failure(format!(
                "--title {one}: the site has no language `{code}`; it has {}",
                codes().collect::<Vec<_>>().join(", ")
            )));
        }
        if text.is_empty() || titles.insert(code.to_owned(), text).is_some() {
            return Err(Failure(format!("--title {one}: give one title for each language, with words in it")));
        }
    }
    Ok(titles)
}

/// A title to begin with, from the name: `guidance/age-doubt` gives `Age doubt`.
fn provisional(name: &str) -> String {
    let page = name.strip_suffix("/index").unwrap_or(name);
    let words = page.rsplit('/').next().unwrap_or(page).replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// The new pages that are not in the site's default language.
fn translations<'a>(pages: &'a Pages, config: &SiteConfig) -> impl Iterator<Item = &'a SourcePath> {
    let folder = format!("content/{}", config.default_language);
    pages.keys().filter(move |source| source.strip(&folder).is_none())
}

/// Records in every translation the state of the original that it is to be made from.
pub(super) fn record(pages: &mut Pages, config: &SiteConfig, name: &str) {
    let original = SourcePath::new(format!("content/{}/{name}.md", config.default_language));
    let Some(language) = config.language(&config.default_language) else { return };
    let parsed = pages.get(&original).and_then(|bytes| parse::page(&original, language, name, bytes, &Default::default()).0);
    let Some(record) = parsed.map(|page| resolve::record(&page)) else { return };
    for (_, bytes) in pages.iter_mut().filter(|(source, _)| **source != original) {
        if let Some(recorded) = parse::with_record(bytes, &record) {
            *bytes = recorded;
        }
    }
}

/// The errors that the site would have with these pages and does not have without them.
fn refusals(disk: &Disk, pages: &Pages, today: Date) -> Vec<Diagnostic> {
    let found = |tree: &dyn Tree| {
        let settings = Settings { today, drafts: false, base_url: None };
        pipeline::prepare(&Content::load(tree), &settings, &mut Timings::default()).diagnostics
    };
    let before = found(disk);
    let after = found(&Overlay { disk, pages });
    after.into_iter().filter(|d| d.severity == Severity::Error && !before.iter().any(|b| b == d)).collect()
}

/// The site as it would be with the new pages.
struct Overlay<'a> {
    disk: &'a Disk,
    pages: &'a Pages,
}

impl Tree for Overlay<'_> {
    fn content(&self) -> (BTreeSet<SourcePath>, Vec<Diagnostic>) {
        let (mut files, found) = self.disk.content();
        files.extend(self.pages.keys().cloned());
        (files, found)
    }

    fn read(&self, file: &SourcePath) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.pages.get(file).map_or_else(|| self.disk.read(file), |bytes| Ok(bytes.clone()))
    }

    fn theme(&self, name: &str) -> Result<(String, ThemeFiles), Box<Diagnostic>> {
        self.disk.theme(name)
    }

    fn history(&self) -> (BTreeMap<SourcePath, Date>, Option<Diagnostic>) {
        self.disk.history()
    }
}
