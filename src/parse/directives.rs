//! What each directive must have, as far as one file can tell. In: an opened directive. Out: diagnostics, and the link that an attribute
//! names added to the page's links. Roles, services and data files are checked by `resolve`.

use super::destination;
use crate::diag::Diagnostic;
use crate::model::body::DirectiveName;
use crate::model::{Directive, ParsedLink};
use crate::path::SourcePath;

/// Checks a directive's attributes and gives `law` and `src` a place among the links.
pub(super) fn check(file: &SourcePath, directive: &mut Directive, links: &mut Vec<ParsedLink>, found: &mut Vec<Diagnostic>) {
    let name = directive.name.as_str();
    let mut problem = |message: String, help: &str| {
        found.push(Diagnostic::error("directive-attributes", message).at(file, directive.region).help(help));
    };
    match directive.name {
        DirectiveName::Step => {
            let basis = directive.get("basis");
            if directive.get("within").is_some() && basis.is_none() {
                problem("a time has its basis".into(), "add basis=law with law=\"…\", or basis=practice");
            }
            if basis.is_some_and(|b| b != "law" && b != "practice") {
                problem(format!("basis cannot be `{}`", basis.unwrap_or_default()), "write basis=law or basis=practice");
            }
            if (basis == Some("law")) != directive.get("law").is_some() {
                problem("basis=law and law=\"page#section\" belong together".into(), "write basis=law law=\"law/ptpa-2018#s-8\"");
            }
        }
        DirectiveName::Figure => {
            for key in ["src", "alt"] {
                if directive.get(key).is_none_or(str::is_empty) {
                    problem(format!("`:::figure` needs `{key}`"), "write :::figure{src=\"../../assets/x.svg\" alt=\"what it shows\"}");
                }
            }
        }
        DirectiveName::Chart if directive.get("show").is_some_and(|s| !["bars", "columns", "table"].contains(&s)) => {
            problem(
                format!("`show` cannot be `{}`", directive.get("show").unwrap_or_default()),
                "write show=bars, show=columns or show=table",
            );
        }
        DirectiveName::Chart if directive.get("status").is_some_and(|s| !["claim", "estimate"].contains(&s)) => {
            problem(
                format!("`status` cannot be `{}`", directive.get("status").unwrap_or_default()),
                "write status=claim or status=estimate",
            );
        }
        DirectiveName::Chart | DirectiveName::Diagram if directive.get("data").is_none() => {
            problem(format!("`:::{name}` needs `data`"), "name a file of content/data/");
        }
        DirectiveName::Contacts if directive.get("service").is_some() == directive.get("ids").is_some() => {
            problem(
                "`:::contacts` needs `service` or `ids`".into(),
                "write :::contacts{service=emergency} or :::contacts{ids=\"police-15\"}",
            );
        }
        _ => {}
    }
    let wanted = match directive.name {
        DirectiveName::Step => directive.get("law").map(|law| (format!("ref:{law}"), destination::Use::Link)),
        DirectiveName::Figure => directive.get("src").map(|src| (src.to_owned(), destination::Use::Image)),
        _ => None,
    };
    if let Some((target, usage)) = wanted {
        match destination::read(file, &target, usage) {
            Ok(destination) => {
                directive.link = Some(links.len() as u32);
                links.push(ParsedLink { destination, region: directive.region });
            }
            Err((message, help)) => found.push(Diagnostic::error("bad-link", message).at(file, directive.region).help(help)),
        }
    }
}
