//! Page templates with their gaps filled. In: a template, titles and the day. Out: the bytes of a new page. It writes
//! nothing.

use crate::model::Date;
use crate::model::front::PageType;
use crate::path::SourcePath;
use crate::pipeline::Tree;
use crate::source::{self, Disk};

/// The built-in template of a type in a language.
pub(super) fn built_in(page_type: PageType, language: &str) -> Option<String> {
    source::template(&format!("{}.{language}.md", page_type.as_str()))
}

/// The template of a type in a language: the site's own, the built-in one, or that of the site's first language which has one.
pub(super) fn choose(disk: &Disk, page_type: PageType, language: &str, others: &[&str]) -> Option<String> {
    let one = |language: &str| {
        let own = SourcePath::new(format!("content/_templates/{}.{language}.md", page_type.as_str()));
        let text = disk.read(&own).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        text.or_else(|| built_in(page_type, language))
    };
    one(language).or_else(|| others.iter().find_map(|l| one(l))).or_else(|| one("en"))
}

/// Puts title and day into a template. In the front matter the title stays one YAML value, whatever signs it has.
pub(super) fn fill(template: &str, title: &str, today: Date) -> String {
    let mut fences = 0;
    let filled = template.split_inclusive('\n').map(|line| {
        fences += usize::from(line.trim_end() == "---");
        let line = line.replace("{{date}}", &today.to_string());
        match line.find("{{title}}") {
            None => line,
            Some(_) if fences > 1 => line.replace("{{title}}", title),
            Some(at) => {
                let before = &line[..at];
                let whole = before.trim_end().ends_with(':') && line[at + "{{title}}".len()..].trim().is_empty();
                match before.split_once(": ").map_or("", |(_, value)| value.trim_start()).chars().next() {
                    Some('"') => line.replace("{{title}}", &escaped(title)),
                    Some('\'') => line.replace("{{title}}", &title.replace('\'', "''")),
                    _ if whole => line.replace("{{title}}", &format!("\"{}\"", escaped(title))),
                    _ => line.replace("{{title}}", title),
                }
            }
        }
    });
    filled.collect()
}

/// A text for between double quotes in YAML.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stay_one_value() {
        let today = Date { year: 2026, month: 11, day: 23 };
        let template = "---\ntitle: \"{{title}}\"\nshort_title: {{title}}\nslug: '{{title}}'\ndate: {{date}}\n---\n# {{title}}\n";
        assert_eq!(
            fill(template, "A \"b\": it's \\ c", today),
            "---\ntitle: \"A \\\"b\\\": it's \\\\ c\"\nshort_title: \"A \\\"b\\\": it's \\\\ c\"\nslug: 'A \"b\": it''s \\ c'\ndate: 2026-11-23\n---\n# A \"b\": it's \\ c\n"
        );
    }

    #[test]
    fn every_type_has_a_template_in_both_languages() {
        for (page_type, name) in PageType::ALL {
            for language in ["en", "ur"] {
                assert!(built_in(page_type, language).is_some_and(|t| t.contains(&format!("\ntype: {name}\n"))), "{name}.{language}");
            }
        }
    }
}
