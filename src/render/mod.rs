//! From the resolved site to outputs. In: `Site`, `Theme`, one route. Out: the bytes of one file; one page is one pure call, so pages are
//! rendered in parallel, and `serve` renders only what is asked for. It writes nothing.

mod beside;
mod body;
mod chapters;
mod chart;
mod contrast;
mod diagram;
mod drawings;
mod entries;
mod fold;
mod glossary;
mod lists;
mod machine;
mod narrow;
mod nodes;
mod over;
mod page;
mod qr;
mod shared;
mod shells;
mod special;
mod stages;
mod strings;
mod style;
mod theme;
mod values;

pub use chapters::{POCKET_LIMIT, Pocket};
pub use special::Download;
pub use style::policy;
pub use theme::Theme;
pub(crate) use theme::fingerprinted;

use crate::diag::Diagnostic;
use crate::model::Site;
use crate::model::site::Route;
use crate::path::OutputPath;
use entries::Entries;
use shared::Shared;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A site and a theme with what all pages share rendered once.
pub struct Renderer {
    site: Arc<Site>,
    theme: Arc<Theme>,
    shared: Shared,
    entries: Arc<Entries>,
    downloads: Vec<Download>,
    addresses: BTreeMap<OutputPath, Route>,
}

impl Renderer {
    /// Prepares a site for rendering: navigation, footers and lists that many pages show.
    pub fn new(site: Arc<Site>, theme: Arc<Theme>) -> Result<Self, Box<Diagnostic>> {
        let shared = Shared::new(&site, &theme)?;
        let mut addresses = site.routes.clone();
        for (name, output) in theme.asset_outputs() {
            addresses.insert(output.clone(), Route::ThemeAsset(name.clone()));
        }
        let entries = Arc::new(Entries::new(&site, &theme, shared.levels.iter().map(|depths| &depths[0].base)));
        let mut renderer = Self { site, theme, shared, entries, downloads: Vec::new(), addresses };
        renderer.rails()?;
        Ok(renderer)
    }

    /// The same site with downloads, which the offline page then offers.
    #[must_use]
    pub fn offering(&self, downloads: Vec<Download>) -> Self {
        Self {
            site: Arc::clone(&self.site),
            theme: Arc::clone(&self.theme),
            shared: self.shared.clone(),
            entries: Arc::clone(&self.entries),
            downloads,
            addresses: self.addresses.clone(),
        }
    }

    /// The site.
    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// All addresses in order, those of the theme's assets among them.
    pub fn addresses(&self) -> &BTreeMap<OutputPath, Route> {
        &self.addresses
    }

    /// The bytes of one output.
    pub fn output(&self, path: &OutputPath, route: &Route) -> Result<Vec<u8>, Box<Diagnostic>> {
        match route {
            Route::Page(index) => self.page(*index, path),
            Route::Fallback { article, language } => self.fallback(*article, *language, path),
            Route::Section { section, language, number } => self.section(*section, *language, *number, path),
            Route::Facet { value, language, number } => self.facet(*value, *language, *number, path),
            Route::Narrowed { list, language, number } => self.narrowed(*list, *language, *number, path),
            Route::Contacts { list, language } => self.contact_list(*list, *language, path),
            Route::Az(language) => self.az(*language, path),
            Route::Search(language) => self.search(*language, path),
            Route::Offline(language) => self.offline(*language, path),
            Route::Doors => self.doors(path),
            Route::NotFound => self.not_found(path),
            Route::Redirect(to) => self.redirect(path, to),
            Route::Blank => Ok(special::BLANK.as_bytes().to_vec()),
            Route::Asset(source) => Ok(self.site.assets.get(source).map(|a| a.bytes.to_vec()).unwrap_or_default()),
            Route::ThemeAsset(name) => Ok(self.theme.asset_bytes(name).map(|b| b.to_vec()).unwrap_or_default()),
            Route::Table(name) => Ok(self.table(name)),
            Route::Calendar(page) => Ok(self.calendar(*page)),
            Route::Feed(language) => Ok(self.feed(*language)),
            Route::Sitemap => Ok(self.sitemap()),
            Route::Robots => Ok(self.robots()),
            Route::PagesJson => Ok(self.pages_json()),
        }
    }
}
