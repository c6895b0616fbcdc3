//! Which assets are published: those that a published page shows or links. In: the site with its links resolved. Out: the same without the
//! others, so that a draft's picture is in no output, and a note for each file that no page refers to at all.

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::site::Target;
use crate::model::{Destination, ParsedPage, Site};
use crate::path::SourcePath;
use std::collections::HashSet;
use std::sync::Arc;

/// Takes unused assets out of the site. `all` holds unpublished pages too.
pub(super) fn keep_used(site: &mut Site, all: &[&Arc<ParsedPage>], found: &mut Diagnostics) {
    if site.assets.is_empty() {
        return;
    }
    let shown = site.pages.iter().filter(|p| p.parsed.front.withdrawn.is_none()).flat_map(|p| &p.targets);
    let used: HashSet<SourcePath> = shown.filter_map(|t| if let Target::Asset(file) = t { Some(file.clone()) } else { None }).collect();
    let links = all.iter().flat_map(|p| &p.links);
    let named: HashSet<&SourcePath> =
        links.filter_map(|l| if let Destination::File(file, _) = &l.destination { Some(file) } else { None }).collect();
    for file in site.assets.keys().filter(|file| !named.contains(file)) {
        found.push(
            Diagnostic::note("unused-asset", "no page shows or links this file, so it is not published")
                .in_file(file)
                .help("link it from a page, or delete it"),
        );
    }
    site.assets.retain(|file, _| used.contains(file));
}
