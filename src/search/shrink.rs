//! JavaScript made smaller without changing what it does: comments and spaces go, and names of the script's own get one or two letters. In: the
//! sources in `runtime`, which are written for it. Out: the same program.
//! A name that stands anywhere as a property keeps it everywhere, so a mistake can only make the result larger. It reads no JavaScript but
//! that of `runtime`: templates in backticks and regular expressions after a closing bracket are not known.

use std::collections::{BTreeMap, BTreeSet};

/// Names that are not the script's own.
const KEPT: &str = "break case catch class const continue default do else finally for function if in instanceof let new of return switch throw \
    try typeof var void while async await null true false undefined Infinity Math Map Set Array Object String Number Promise RegExp JSON Error \
    Function require module globalThis window document Float64Array __filename TABLES LEVELS INLINE CALL TERMS SHELVES";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Name,
    Number,
    Text,
    Sign,
}

/// A token, and whether a space stands before it.
type Token<'a> = (Kind, &'a str, bool);

/// The script with short names.
pub(super) fn shrink(source: &str) -> String {
    let tokens = tokens(source);
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut fixed: BTreeSet<&str> = KEPT.split_whitespace().collect();
    let mut open = Vec::new();
    for (place, (kind, text, _)) in tokens.iter().enumerate() {
        let before = place.checked_sub(1).map_or("", |p| tokens[p].1);
        let after = tokens.get(place + 1).map_or("", |t| t.1);
        match *text {
            "(" | "[" | "{" => open.push(*text),
            ")" | "]" | "}" => drop(open.pop()),
            _ => {}
        }
        if *kind == Kind::Name {
            *uses.entry(text).or_default() += 1;
            let listed = open.last() == Some(&"{") && matches!(before, "{" | ",") && matches!(after, "," | "}" | ":");
            if before == "." || listed {
                fixed.insert(text);
            }
        }
    }
    let mut own: Vec<(&str, usize)> = uses.iter().filter(|(name, _)| !fixed.contains(*name)).map(|(name, n)| (*name, *n)).collect();
    own.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
    let letters: Vec<char> = ('a'..='z').chain('A'..='Z').collect();
    let short = letters.iter().map(char::to_string).chain(letters.iter().flat_map(|a| letters.iter().map(move |b| format!("{a}{b}"))));
    let names: BTreeMap<&str, String> =
        own.iter().map(|(name, _)| *name).zip(short.filter(|name| !fixed.contains(name.as_str()))).collect();
    let mut out = String::with_capacity(source.len() / 2);
    for (place, (kind, text, spaced)) in tokens.iter().enumerate() {
        let wordy = |kind: Kind| matches!(kind, Kind::Name | Kind::Number);
        let glued = place.checked_sub(1).map(|p| tokens[p]);
        let apart = glued.is_some_and(|(k, t, _)| (wordy(k) && wordy(*kind)) || (*spaced && t == *text && matches!(t, "+" | "-")));
        if apart {
            out.push(' ');
        }
        out.push_str(names.get(text).filter(|_| *kind == Kind::Name).map_or(text, String::as_str));
    }
    out
}

/// The tokens of a script; a line that ends a statement without `;` is none of ours.
fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut list: Vec<Token<'_>> = Vec::new();
    let (mut rest, mut spaced) = (source, false);
    while let Some(first) = rest.chars().next() {
        let (kind, length) = match first {
            _ if first.is_whitespace() => (None, first.len_utf8()),
            '/' if rest.starts_with("//") => (None, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (None, rest.find("*/").map_or(rest.len(), |end| end + 2)),
            '\'' | '"' => (Some(Kind::Text), closed(rest, first)),
            '/' if begins_expression(list.last()) => (Some(Kind::Text), expression(rest)),
            'a'..='z' | 'A'..='Z' | '_' | '$' => {
                (Some(Kind::Name), rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$').unwrap_or(rest.len()))
            }
            '0'..='9' => (Some(Kind::Number), rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())),
            '.' if rest.starts_with("...") => (Some(Kind::Sign), 3),
            _ => (Some(Kind::Sign), first.len_utf8()),
        };
        let (token, after) = rest.split_at(length);
        list.extend(kind.map(|kind| (kind, token, spaced)));
        spaced = kind.is_none();
        rest = after;
    }
    list
}

/// Length of a text in quotes.
fn closed(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

/// Whether a slash is the beginning of a regular expression here.
fn begins_expression(before: Option<&Token<'_>>) -> bool {
    before.is_none_or(|(kind, text, _)| *text == "return" || (*kind == Kind::Sign && !matches!(*text, ")" | "]" | "}")))
}

/// Length of a regular expression with its flags.
fn expression(text: &str) -> usize {
    let (mut escaped, mut class) = (false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => return text[at + 1..].find(|c: char| !c.is_ascii_alphabetic()).map_or(text.len(), |flags| at + 1 + flags),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_shorten_and_texts_stay() {
        let source = "// One\nconst longer = { kind: 'a // b', to };\n/** Two */\nfunction other(value) { return value + + longer.kind / 2; }\nconst found = longer.match(/[/ \\]]x/g) || other;\n";
        let small = shrink(source);
        assert_eq!(small, "const a={kind:'a // b',to};function b(c){return c+ +a.kind/2;}const d=a.match(/[/ \\]]x/g)||b;");
    }

    #[test]
    fn properties_keep_their_names() {
        assert_eq!(shrink("let weight = 1; o.weight = weight; let a = b;"), "let weight=1;c.weight=weight;let a=b;");
    }
}
