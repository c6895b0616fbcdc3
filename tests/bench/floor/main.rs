//! The bare floor of the benchmark: every `.md` below a folder is read, turned into HTML by pulldown-cmark and written.
//! In: `floor CONTENT OUT`. Out: one `index.html` a page. No front matter, no template, no link is resolved.

use pulldown_cmark::{Options, Parser, html};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(content), Some(out)) = (arguments.next(), arguments.next()) else { return Err("floor CONTENT OUT".into()) };
    let mut page = String::new();
    folder(&content, &out, &mut page)
}

fn folder(from: &Path, to: &Path, page: &mut String) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_stem().unwrap_or_default());
        if path.is_dir() {
            folder(&path, &target, page)?;
        } else if path.extension().is_some_and(|e| e == "md") {
            let text = fs::read_to_string(&path)?;
            let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text.as_str(), |(_, body)| body);
            page.clear();
            html::push_html(page, Parser::new_ext(body, Options::all()));
            fs::create_dir_all(&target)?;
            fs::write(target.join("index.html"), page.as_bytes())?;
        }
    }
    Ok(())
}
