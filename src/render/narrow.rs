//! Choosing without a script: links from a section or the directory to a list for each value, and those lists. In: the resolved site. Out: template
//! values and HTML.

use super::Renderer;
use super::over::{over, record};
use super::values::none;
use crate::diag::Diagnostic;
use crate::model::front::Sensitivity;
use crate::model::site::{ArticleIndex, ContactKind, LanguageIndex, SectionIndex, numbered};
use crate::path::OutputPath;
use minijinja::Value;

/// A kind of value with its links, in the order they are offered.
type Groups = Vec<(&'static str, Vec<(usize, Value)>)>;

/// Adds a link to the group of its kind; kinds come in the order of the site's lists.
fn push(groups: &mut Groups, kind: &'static str, place: usize, link: Value) {
    match groups.iter_mut().find(|(known, _)| *known == kind) {
        Some((_, links)) => links.push((place, link)),
        None => groups.push((kind, vec![(place, link)])),
    }
}

/// `[{kind, values [{label, href, count, current}]}]`, values in the order of their vocabulary.
fn finish(groups: Groups) -> Value {
    let group = |(kind, mut links): (&'static str, Vec<(usize, Value)>)| {
        links.sort_by_key(|(place, _)| *place);
        record! { kind => kind, values => links.into_iter().map(|(_, link)| link).collect::<Value>() }
    };
    groups.into_iter().map(group).collect()
}

impl Renderer {
    /// The values that a section can be narrowed by; `current` is the list that is being shown.
    pub(super) fn section_facets(
        &self,
        section: SectionIndex,
        current: Option<usize>,
        language: LanguageIndex,
        path: &OutputPath,
    ) -> Value {
        let site = &self.site;
        let first = site.narrowed.partition_point(|n| n.section < section);
        let mut groups = Groups::new();
        for (n, list) in site.narrowed.iter().enumerate().skip(first).take_while(|(_, list)| list.section == section) {
            let value = &site.facets[list.value];
            let vocabularies = &site.config.vocabularies;
            let place = match value.facet {
                crate::model::site::Facet::Tag => &vocabularies.tag,
                crate::model::site::Facet::Audience => &vocabularies.audience,
                crate::model::site::Facet::Jurisdiction => &vocabularies.jurisdiction,
            }
            .place(&value.id);
            let link = record! {
                label => value.labels[language].as_str(), href => path.link_to(&list.outputs[language]),
                count => list.articles[language].len(), current => current == Some(n),
            };
            push(&mut groups, value.facet.as_str(), place, link);
        }
        finish(groups)
    }

    /// A section narrowed to one value.
    pub(super) fn narrowed(
        &self,
        list: usize,
        language: LanguageIndex,
        number: usize,
        path: &OutputPath,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let site = &self.site;
        let narrowed = &site.narrowed[list];
        let value = &site.facets[narrowed.value];
        let section = &site.sections[narrowed.section];
        let (label, title) = (value.labels[language].as_str(), self.section_title(section, language));
        let outputs: Vec<OutputPath> = narrowed.outputs.iter().map(|o| numbered(o, number)).collect();
        let listed: Vec<ArticleIndex> = narrowed.articles[language].iter().copied().filter(|a| self.listed(*a, language)).collect();
        let page = self.plain_page(&format!("{title}: {label}"), "tag", language, &outputs, path);
        let context = record! {
            label => label,
            kind => value.facet.as_str(),
            entries => self.slice(&listed, number, language, path),
            pages => self.pages(listed.len(), number, &narrowed.outputs[language], path),
            section => record! { title => title, href => path.link_to(&section.outputs[language]) },
            facets => self.section_facets(narrowed.section, Some(list), language, path),
            page => over(record! { breadcrumbs => self.section_crumbs(narrowed.section, language, path) }, page),
        };
        self.html("tag.html", &[language], path, over(context, self.base(language, path, Some(&section.outputs[language]))))
    }

    /// The values that the directory can be narrowed by.
    pub(super) fn contact_facets(&self, current: Option<usize>, language: LanguageIndex, path: &OutputPath) -> Value {
        let mut groups = Groups::new();
        for (n, list) in self.site.contact_lists.iter().enumerate() {
            let vocabularies = &self.site.config.vocabularies;
            let place = match list.kind {
                ContactKind::Service => 0,
                ContactKind::Jurisdiction => vocabularies.jurisdiction.place(&list.id),
                ContactKind::Audience => vocabularies.audience.place(&list.id),
            };
            let link = record! {
                label => self.contact_label(list.kind, &list.id, language), href => path.link_to(&list.outputs[language]),
                count => list.contacts.len(), current => current == Some(n),
            };
            push(&mut groups, list.kind.as_str(), place, link);
        }
        finish(groups)
    }

    /// What a service, place or audience of the directory is called.
    pub(super) fn contact_label(&self, kind: ContactKind, id: &str, language: LanguageIndex) -> String {
        let config = &self.site.config;
        let vocabulary = match kind {
            ContactKind::Service => {
                let (catalogue, key) = (&self.theme.catalogues[language], format!("service.{id}"));
                return if catalogue.has(&key) { catalogue.get(&key).to_owned() } else { id.to_owned() };
            }
            ContactKind::Jurisdiction => &config.vocabularies.jurisdiction,
            ContactKind::Audience => &config.vocabularies.audience,
        };
        vocabulary.get(id).map_or(id, |labels| config.pick(labels, &config.languages[language].code)).to_owned()
    }

    /// The contacts that share a value. Where the directory is a page to leave in a hurry, so are its lists.
    pub(super) fn contact_list(&self, list: usize, language: LanguageIndex, path: &OutputPath) -> Result<Vec<u8>, Box<Diagnostic>> {
        let site = &self.site;
        let list_values = &site.contact_lists[list];
        let label = self.contact_label(list_values.kind, &list_values.id, language);
        let page = self.plain_page(&label, "contacts", language, &list_values.outputs, path);
        let (mut title, mut href, mut hurry, mut tab) = (none(), none(), false, Value::from(label.as_str()));
        if let Some(article) = site.directory {
            let front = &site.shown_in(article, language).parsed.front;
            hurry = front.sensitivity == Sensitivity::QuickExit;
            title = Value::from(front.title.as_str());
            href = Value::from(path.link_to(&site.articles[article].outputs[language]));
            if hurry {
                tab = Value::from(front.neutral_title.as_deref().unwrap_or_else(|| self.neutral(language)));
            }
        }
        let context = record! {
            label => label, kind => list_values.kind.as_str(),
            contacts => list_values.contacts.iter().map(|n| self.contact(&site.data.directory[*n], language)).collect::<Value>(),
            facets => self.contact_facets(Some(list), language, path),
            directory => record! { title => title, href => href },
            page => over(record! { breadcrumbs => self.section_crumbs(0, language, path), tab_title => tab, quick_exit => hurry }, page),
        };
        let current = site.directory.map(|a| &site.articles[a].outputs[language]);
        self.html("contacts.html", &[language], path, over(context, self.base(language, path, current)))
    }
}
