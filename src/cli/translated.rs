//! `rahnuma translated`: writes into a translation that it has been checked against its original as it is now. Only that line changes.

use super::args::Translated;
use super::build::root;
use super::{End, Failure, files, terminal};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{ParsedPage, SiteConfig};
use crate::parse::{self, privacy::Allowed};
use crate::path::SourcePath;
use crate::pipeline::{Content, Tree};
use crate::resolve;
use crate::source::Disk;
use crate::text::suggest::nearest;
use std::path::Path;
use std::sync::Arc;

pub(super) fn run(args: &Translated) -> Result<End, Failure> {
    let disk = Disk::new(&root(&args.root)?);
    let content = Content::load(&disk);
    let pages = content.pages();
    let Some(config) = content.config() else { return Ok(problems(content.diagnostics(), &disk)) };
    let Some(page) = find(&args.page, &disk, &pages) else {
        return Ok(problems(missing(&args.page, &disk, &content, &pages), &disk));
    };
    let Some(original) = resolve::original(config, &pages, page.id()).filter(|o| o.source != page.source) else {
        return Ok(problems([not_a_translation(page, &pages)], &disk));
    };
    let record = resolve::record(original);
    let before = disk.read(&page.source).map_err(|d| Failure(d.message))?;
    let Some(after) = parse::with_record(&before, &record).filter(|bytes| reads_back(page, config, bytes, &record)) else {
        let unusual = Diagnostic::error("unusual-front-matter", "the front matter is written in a form that cannot take another line")
            .at(&page.source, page.front.place("title"))
            .help(format!("write one key on each line, and add `translated_from: {record}`"));
        return Ok(problems([unusual], &disk));
    };
    if after == before {
        terminal::say(&format!("{}: already recorded as made from {} as it is now", page.source, original.source));
        return Ok(End::Fine);
    }
    files::replace(&disk.root().join(page.source.as_str()), &after)?;
    terminal::say(&format!("{}: recorded as made from {} as it is now", page.source, original.source));
    terminal::say(&format!("translated_from: {record}"));
    Ok(End::Fine)
}

fn problems(found: impl IntoIterator<Item = Diagnostic>, disk: &Disk) -> End {
    let mut list = Diagnostics::new();
    list.extend(found);
    list.sort();
    terminal::show(&list, disk);
    End::Problems
}

/// Whether the page with the new line says what it should.
fn reads_back(page: &ParsedPage, config: &SiteConfig, bytes: &[u8], record: &str) -> bool {
    let parsed = config.language(&page.language).and_then(|l| parse::page(&page.source, l, &page.path, bytes, &Allowed::default()).0);
    parsed.is_some_and(|p| p.front.translated_from.as_deref() == Some(record))
}

/// The page of this name: a path from here or from the root, or a language and an id.
fn find<'a>(name: &Path, disk: &Disk, pages: &'a [Arc<ParsedPage>]) -> Option<&'a Arc<ParsedPage>> {
    let text = plain(name);
    let here = name.canonicalize().ok().and_then(|path| disk.source_path(&path));
    let by_source = |source: &SourcePath| pages.iter().find(|p| p.source == *source);
    here.as_ref()
        .and_then(by_source)
        .or_else(|| by_source(&SourcePath::new(&text)))
        .or_else(|| pages.iter().find(|p| address(p) == text.strip_suffix(".md").unwrap_or(&text)))
}

/// What was typed, with `/` between parts.
fn plain(name: &Path) -> String {
    let text = name.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

/// Language and id: `ur/sop/interview`.
fn address(page: &ParsedPage) -> String {
    format!("{}/{}", page.language, page.id())
}

/// Why there is no such page: what is wrong with the file, or the page that was meant.
fn missing(name: &Path, disk: &Disk, content: &Content, pages: &[Arc<ParsedPage>]) -> Vec<Diagnostic> {
    let text = plain(name);
    let file = name.canonicalize().ok().and_then(|path| disk.source_path(&path)).unwrap_or_else(|| SourcePath::new(&text));
    let broken: Vec<Diagnostic> = content.diagnostics().into_iter().filter(|d| d.file.as_ref() == Some(&file)).collect();
    if !broken.is_empty() {
        return broken;
    }
    let diagnostic = Diagnostic::error("no-page", format!("there is no page {text}"));
    let translations: Vec<String> = pages.iter().filter(|p| p.id() == text).map(|p| p.source.to_string()).collect();
    let names: Vec<(String, &SourcePath)> =
        pages.iter().flat_map(|p| [(p.source.to_string(), &p.source), (address(p), &p.source)]).collect();
    let near = nearest(&text, names.iter().map(|(name, _)| name.as_str()));
    vec![diagnostic.help(match near.and_then(|near| names.iter().find(|(name, _)| name == near)) {
        _ if !translations.is_empty() => format!("name the file: {}", translations.join(" or ")),
        Some((_, source)) => format!("did you mean {source}?"),
        None => "give the file of a translation, such as content/ur/index.md".to_owned(),
    })]
}

fn not_a_translation(page: &ParsedPage, pages: &[Arc<ParsedPage>]) -> Diagnostic {
    let others: Vec<&Arc<ParsedPage>> = pages.iter().filter(|p| p.id() == page.id() && p.source != page.source).collect();
    let diagnostic = Diagnostic::error("not-a-translation", "this page is the original, so there is nothing to compare it with")
        .at(&page.source, page.front.place("title"));
    diagnostic.help(match others.first() {
        None => "no other language has this page; it becomes an original when a translation is written".to_owned(),
        Some(other) => format!(
            "name its translation, {}; if that was written first, put `translated_from: {}` into this page",
            other.source,
            resolve::record(other)
        ),
    })
}
