//! Scripts of a theme as pages get them. In: a script's source; the interface's texts. Out: the same script without comments and indentation;
//! texts as a script. It changes nothing else: a script that this could change is left as it is.

use super::strings::Catalogue;

/// The script without lines that are only a comment, and without indentation. Licences (`/*!`) stay. A script with a template literal or a
/// continued string stays whole, because its lines may be text; so does one with code behind a comment.
pub(super) fn bare(source: &str) -> Option<String> {
    let mut out = String::with_capacity(source.len());
    let mut comment = false;
    for line in source.lines().map(str::trim) {
        if comment || (line.starts_with("/*") && !line.starts_with("/*!")) {
            comment = match line.find("*/") {
                None => true,
                Some(end) if end + 2 == line.len() => false,
                Some(_) => return None,
            };
        } else if !line.is_empty() && !line.starts_with("//") {
            if line.contains('`') || line.ends_with('\\') {
                return None;
            }
            out.push_str(line);
            out.push('\n');
        }
    }
    Some(out)
}

/// The texts whose keys begin so, as a classic script: `rahnumaTexts.<name>` is an object from key to text, or to plural forms with `{n}`.
pub(super) fn texts(name: &str, beginnings: &[String], catalogue: &Catalogue) -> String {
    let chosen = catalogue.json(|key| beginnings.iter().any(|b| key.starts_with(b.as_str())));
    format!("(window.rahnumaTexts=window.rahnumaTexts||{{}})[{}]={chosen};\n", serde_json::Value::from(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        let source = "// One\n/** Two\n * three */\nfunction a() {\n  return 'x // y';   // four\n}\n\n/*! licence */\n";
        assert_eq!(bare(source).as_deref(), Some("function a() {\nreturn 'x // y';   // four\n}\n/*! licence */\n"));
    }

    #[test]
    fn what_could_change_is_left() {
        assert_eq!(bare("const a = `\n  // text\n`;"), None);
        assert_eq!(bare("const a = 'one \\\n  two';"), None);
        assert_eq!(bare("/* a */ b();"), None);
        assert_eq!(bare("/*\n*/ b();"), None);
    }
}
