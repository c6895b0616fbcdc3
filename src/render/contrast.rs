//! Colours of a theme that stand on each other, and whether they can be read there. In: the stylesheets and the pairs that theme.yaml names.
//! Out: a diagnostic for each pair whose contrast (WCAG 2.2) falls below its ratio, in light or dark colours. It knows hexadecimal colours and
//! `var()`; anything else is told as what cannot be checked.

use crate::diag::{Diagnostic, Diagnostics};
use crate::path::SourcePath;
use crate::text::lines::{Lines, Region};
use serde::Deserialize;
use std::collections::BTreeMap;

/// An entry of `contrast` in theme.yaml.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    /// Name of a custom property without its dashes.
    text: String,
    /// Grounds that it stands on.
    on: Vec<String>,
    /// The least ratio.
    at_least: f64,
}

/// A custom property as written, with its place.
#[derive(Debug)]
struct Declared {
    value: String,
    file: String,
    region: Region,
}

type Colours = BTreeMap<String, Declared>;

/// Checks all pairs. `sheets` are names and texts of the stylesheets in the order of the cascade.
pub(super) fn check(folder: &str, pairs: &[Pair], sheets: &[(String, String)], found: &mut Diagnostics) {
    if pairs.is_empty() {
        return;
    }
    let (mut light, mut dark) = (Colours::new(), Colours::new());
    for (name, css) in sheets {
        declared(name, css, &mut light, &mut dark);
    }
    for pair in pairs {
        for ground in &pair.on {
            for (mode, night) in [("light", false), ("dark", true)] {
                let colour = |name: &str| resolve(name, &light, &dark, night, 0);
                let place = |name: &str| dark.get(name).filter(|_| night).or_else(|| light.get(name));
                match (colour(&pair.text), colour(ground)) {
                    (Ok(text), Ok(on)) => {
                        let ratio = ratio(text, on);
                        if ratio < pair.at_least {
                            let message = format!(
                                "--{} on --{ground} has a contrast of {ratio:.2} in {mode} colours, {} is needed",
                                pair.text, pair.at_least
                            );
                            let help = "make one of the two lighter or darker; `contrast` in theme.yaml names the pairs";
                            found.push(at(folder, place(&pair.text), Diagnostic::error("contrast", message)).help(help));
                        }
                    }
                    (text, on) => {
                        let (name, reason) = match (text, on) {
                            (Err(reason), _) => (&pair.text, reason),
                            (_, on) => (ground, on.err().unwrap_or_default()),
                        };
                        let message = format!("the contrast of --{} on --{ground} cannot be checked: {reason}", pair.text);
                        let help = "write both as hexadecimal colours, `#rgb` or `#rrggbb`, in a `:root` rule";
                        found.push(at(folder, place(name), Diagnostic::error("contrast", message)).help(help));
                    }
                }
            }
        }
    }
}

fn at(folder: &str, place: Option<&Declared>, diagnostic: Diagnostic) -> Diagnostic {
    match place {
        Some(declared) => diagnostic.at(&SourcePath::new(format!("{folder}/assets/{}", declared.file)), declared.region),
        None => diagnostic.in_file(&SourcePath::new(format!("{folder}/theme.yaml"))),
    }
}

/// The custom properties of `:root` rules outside any condition (light), and of those that only dark colours have.
fn declared(name: &str, css: &str, light: &mut Colours, dark: &mut Colours) {
    let lines = Lines::new(css);
    let bare = without_comments(css);
    let mut open: Vec<&str> = Vec::new();
    let mut from = 0;
    for (at, sign) in bare.char_indices().filter(|(_, c)| matches!(c, '{' | '}' | ';')) {
        let piece = &bare[from..at];
        if sign == '{' {
            open.push(piece.trim());
        } else {
            let root = open.last().is_some_and(|rule| rule.split(',').any(|selector| selector.trim() == ":root"));
            let night = open.first().is_some_and(|rule| rule.starts_with("@media") && rule.contains("prefers-color-scheme: dark"));
            let target = match open.len() {
                1 if root => Some(&mut *light),
                2 if root && night => Some(&mut *dark),
                _ => None,
            };
            if let (Some(target), Some((property, value))) = (target, piece.split_once(':'))
                && let Some(property) = property.trim().strip_prefix("--")
            {
                let start = from + piece.len() - piece.trim_start().len();
                let region = lines.region(start..from + piece.trim_end().len());
                target.insert(property.to_owned(), Declared { value: value.trim().to_owned(), file: name.to_owned(), region });
            }
            if sign == '}' {
                open.pop();
            }
        }
        from = at + 1;
    }
}

/// The same text with comments as spaces, so that places stay.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        let (comment, tail) = after.split_once("*/").unwrap_or((after, ""));
        let blank = 2 + comment.len() + if tail.is_empty() && !after.ends_with("*/") { 0 } else { 2 };
        out.push_str(before);
        out.extend(std::iter::repeat_n(' ', blank));
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A property's colour, through `var()`.
fn resolve(name: &str, light: &Colours, dark: &Colours, night: bool, depth: u8) -> Result<[u8; 3], String> {
    let declared = dark.get(name).filter(|_| night).or_else(|| light.get(name));
    let value = declared.map(|d| d.value.as_str()).ok_or_else(|| format!("no `:root` rule sets --{name}"))?;
    if let Some(other) = value.strip_prefix("var(--").and_then(|v| v.strip_suffix(')'))
        && depth < 8
    {
        return resolve(other.trim(), light, dark, night, depth + 1);
    }
    hexadecimal(value).ok_or_else(|| format!("--{name} is `{value}`"))
}

fn hexadecimal(value: &str) -> Option<[u8; 3]> {
    let digits: Vec<u8> = value.strip_prefix('#')?.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<_>>()?;
    match digits[..] {
        [r, g, b] => Some([r * 17, g * 17, b * 17]),
        [r, s, g, h, b, i] => Some([r * 16 + s, g * 16 + h, b * 16 + i]),
        _ => None,
    }
}

/// The contrast of two colours, from 1 to 21.
fn ratio(a: [u8; 3], b: [u8; 3]) -> f64 {
    let light = |colour: [u8; 3]| {
        let [r, g, b] = colour.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    };
    let (a, b) = (light(a), light(b));
    a.max(b) / a.min(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(css: &str, at_least: f64) -> Vec<String> {
        let mut found = Diagnostics::new();
        let pairs = [Pair { text: "ink".into(), on: vec!["paper".into()], at_least }];
        check("themes/x", &pairs, &[("a.css".to_owned(), css.to_owned())], &mut found);
        let line = |d: &Diagnostic| d.region.map_or(0, |r| r.line);
        found.iter().map(|d| format!("{} {}", line(d), d.message)).collect()
    }

    #[test]
    fn the_ratio_is_that_of_the_standard() {
        assert_eq!(format!("{:.2}", ratio([0, 0, 0], [255, 255, 255])), "21.00");
        assert_eq!(format!("{:.2}", ratio([0x77, 0x77, 0x77], [255, 255, 255])), "4.48");
    }

    #[test]
    fn a_pair_is_checked_in_light_and_dark() {
        let css = ":root {\n  --ink: #000; /* } */\n  --paper: var(--white);\n  --white: #ffffff;\n}\n@media (prefers-color-scheme: dark) {\n  :root {\n    --ink: #888;\n  }\n}\np { --ink: red }";
        assert_eq!(findings(css, 3.0), Vec::<String>::new());
        assert_eq!(findings(css, 4.5), ["8 --ink on --paper has a contrast of 3.54 in dark colours, 4.5 is needed"]);
    }

    #[test]
    fn what_cannot_be_checked_is_told() {
        let found = findings(":root{--ink:red;--paper:#fff}", 4.5);
        assert_eq!(found[0], "1 the contrast of --ink on --paper cannot be checked: --ink is `red`");
        assert!(findings(":root{--paper:#fff}", 4.5)[0].contains("no `:root` rule sets --ink"));
        assert!(findings(":root{--ink:var(--ink);--paper:#fff}", 4.5)[0].contains("var(--ink)"));
    }
}
