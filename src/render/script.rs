//! Scripts of a theme without their comments and indentation, which a phone need not fetch. In: a script as written. Out: the same program.
//! It knows no JavaScript: it leaves out whole lines only, and leaves a file alone where a line might be part of a text.

/// The script without lines that are comments and without indentation. Code with a backquote, whose texts may run over lines, stays as it is.
pub(super) fn lean(script: &str) -> Option<String> {
    let mut out = String::with_capacity(script.len());
    let mut comment = false;
    let mut continued = false;
    for line in script.lines() {
        let bare = line.trim();
        let kept = if continued {
            Some(line)
        } else if comment || bare.starts_with("/*") {
            match bare.find("*/") {
                Some(end) if end + 2 < bare.len() && comment => return None,
                Some(end) if end + 2 < bare.len() => Some(line.trim_start()),
                end => {
                    comment = end.is_none();
                    None
                }
            }
        } else {
            (!bare.is_empty() && !bare.starts_with("//")).then(|| line.trim_start())
        };
        if let Some(line) = kept {
            out.push_str(line);
            out.push('\n');
            continued = line.ends_with('\\');
        }
    }
    (!out.contains('`')).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::lean;

    #[test]
    fn comments_and_indentation_go() {
        let script = "// `head`\n/** @param {string} x */\nfunction f(x) {\n  /*\n   * more\n   */\n  return x; // why\n\n}\n";
        assert_eq!(lean(script).as_deref(), Some("function f(x) {\nreturn x; // why\n}\n"));
    }

    #[test]
    fn a_comment_before_code_on_its_line_stays() {
        assert_eq!(lean("/* a */ f();\n/* b */ g(); /* c */\n").as_deref(), Some("/* a */ f();\n/* b */ g(); /* c */\n"));
        assert_eq!(lean("/* a\n b */ f();\n"), None);
    }

    #[test]
    fn texts_that_run_over_lines_are_left_alone() {
        assert_eq!(lean("f(`\n// text\n`);"), None);
        assert_eq!(lean("f('a \\\n  // b');\n").as_deref(), Some("f('a \\\n  // b');\n"));
    }
}
