//! A template's source taken apart. In: the source. Out: texts, outputs, conditions, loops and other tags, white space control applied, so that
//! the parts can be put together in another way. It understands no expression; what it does not know at all it refuses, and the template is
//! then used as it stands.

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Text as it goes out.
    Text(String),
    /// `{{ expression }}`.
    Output(String),
    /// `{% if %}` with its `elif`s and `else`: an arm without a condition is the `else`.
    If(Vec<(Option<String>, Vec<Node>)>),
    /// `{% for head %}` with everything up to `endfor`, an `else` among it.
    For(String, Vec<Node>),
    /// `{% include "name" %}` of one fixed name.
    Include(String),
    /// Any other tag, its inside as written.
    Tag(String),
}

/// Tags whose content means something else than what it says elsewhere.
const REFUSED: [&str; 2] = ["raw", "autoescape"];

/// The parts of a template; `None` for what is not known here, and for what the template engine will refuse too.
pub(super) fn parse(source: &str) -> Option<Vec<Node>> {
    let source = source.strip_suffix('\n').unwrap_or(source);
    let source = source.strip_suffix('\r').unwrap_or(source);
    let mut tokens = tokens(source)?.into_iter();
    let (nodes, end) = nodes(&mut tokens)?;
    end.is_none().then_some(nodes)
}

#[derive(Debug)]
enum Token<'a> {
    Text(&'a str),
    Output(&'a str),
    Tag(&'a str),
}

fn tokens(source: &str) -> Option<Vec<Token<'_>>> {
    let mut list = Vec::new();
    let (mut rest, mut trim) = (source, false);
    loop {
        let open = memchr::memchr_iter(b'{', rest.as_bytes()).find(|at| matches!(rest.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#')));
        let mut text = &rest[..open.unwrap_or(rest.len())];
        if std::mem::take(&mut trim) {
            text = text.trim_start();
        }
        let Some(open) = open else {
            list.push(Token::Text(text));
            return Some(list);
        };
        let inside = &rest[open + 2..];
        let text = if inside.starts_with('-') { text.trim_end() } else { text };
        // With what may come to stand behind it, this could begin a tag.
        if text.ends_with('{') {
            return None;
        }
        list.push(Token::Text(text));
        let close = if rest[open..].starts_with("{#") { inside.find("#}")? } else { closing(inside, &rest[open..])? };
        let content = &inside[..close];
        rest = &inside[close + 2..];
        trim = content.ends_with('-');
        let content = content.strip_prefix('-').unwrap_or(content);
        let content = content.strip_suffix('-').unwrap_or(content).trim();
        match inside.as_bytes().first() {
            Some(b'+') => return None,
            _ if content.ends_with('+') => return None,
            _ => {}
        }
        match source.as_bytes()[source.len() - rest.len() - 2] {
            b'}' => list.push(Token::Output(content)),
            b'%' => list.push(Token::Tag(content)),
            _ => {}
        }
    }
}

/// Where the tag that `whole` begins with ends. Strings may hold anything, and maps stand in braces.
fn closing(inside: &str, whole: &str) -> Option<usize> {
    let end = if whole.starts_with("{{") { b'}' } else { b'%' };
    let bytes = inside.as_bytes();
    let (mut at, mut braces) = (0, 0_usize);
    while at < bytes.len() {
        match bytes[at] {
            b'"' | b'\'' => at = string_end(bytes, at)?,
            b'{' => braces += 1,
            byte if braces == 0 && byte == end && bytes.get(at + 1) == Some(&b'}') => return Some(at),
            b'}' => braces = braces.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where the string that begins at `start` ends: the place of its second quote.
pub(super) fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            byte if *byte == bytes[start] => return Some(at),
            _ => at += 1,
        }
    }
}

/// Parts up to a tag that ends or divides what they are in; that tag is given too.
fn nodes<'a>(tokens: &mut impl Iterator<Item = Token<'a>>) -> Option<(Vec<Node>, Option<&'a str>)> {
    let mut list = Vec::new();
    while let Some(token) = tokens.next() {
        let tag = match token {
            Token::Text("") => continue,
            Token::Text(text) => {
                list.push(Node::Text(text.to_owned()));
                continue;
            }
            Token::Output(expression) => {
                list.push(Node::Output(expression.to_owned()));
                continue;
            }
            Token::Tag(tag) => tag,
        };
        let (word, argument) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        match word {
            "if" => list.push(condition(argument, tokens)?),
            "for" => list.push(repetition(argument, tokens)?),
            "endif" | "elif" | "else" | "endfor" => return Some((list, Some(tag))),
            "include" => list.push(match quoted(argument) {
                Some(name) => Node::Include(name.to_owned()),
                None => Node::Tag(tag.to_owned()),
            }),
            _ if REFUSED.contains(&word) => return None,
            _ => list.push(Node::Tag(tag.to_owned())),
        }
    }
    Some((list, None))
}

fn condition<'a>(first: &str, tokens: &mut impl Iterator<Item = Token<'a>>) -> Option<Node> {
    let mut arms = Vec::new();
    let mut condition = Some(first.to_owned());
    loop {
        let (body, end) = nodes(tokens)?;
        arms.push((condition, body));
        condition = match end?.split_once(char::is_whitespace) {
            Some(("elif", next)) => Some(next.to_owned()),
            None if end == Some("else") => None,
            None if end == Some("endif") => return Some(Node::If(arms)),
            _ => return None,
        };
    }
}

fn repetition<'a>(head: &str, tokens: &mut impl Iterator<Item = Token<'a>>) -> Option<Node> {
    let (mut body, mut end) = nodes(tokens)?;
    if end == Some("else") {
        body.push(Node::Tag("else".to_owned()));
        let (otherwise, last) = nodes(tokens)?;
        body.extend(otherwise);
        end = last;
    }
    (end == Some("endfor")).then(|| Node::For(head.to_owned(), body))
}

/// `"name"` and nothing else.
pub(super) fn quoted(argument: &str) -> Option<&str> {
    let name = argument.trim().strip_prefix('"')?.strip_suffix('"')?;
    (!name.contains('"')).then_some(name)
}

/// Puts parts back together as a source.
pub(super) fn push_source(out: &mut String, nodes: &[Node]) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Output(expression) => out.extend(["{{ ", expression, " }}"]),
            Node::If(arms) => {
                for (n, (condition, body)) in arms.iter().enumerate() {
                    match condition {
                        Some(condition) => out.extend([if n == 0 { "{% if " } else { "{% elif " }, condition, " %}"]),
                        None => out.push_str("{% else %}"),
                    }
                    push_source(out, body);
                }
                out.push_str("{% endif %}");
            }
            Node::For(head, body) => {
                out.extend(["{% for ", head, " %}"]);
                push_source(out, body);
                out.push_str("{% endfor %}");
            }
            Node::Include(name) => out.extend(["{% include \"", name, "\" %}"]),
            Node::Tag(tag) => out.extend(["{% ", tag, " %}"]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(source: &str) -> Option<String> {
        let mut out = String::new();
        push_source(&mut out, &parse(source)?);
        Some(out)
    }

    #[test]
    fn white_space_control_is_applied_once() {
        assert_eq!(again("a {{- b -}} c\n").as_deref(), Some("a{{ b }}c"));
        assert_eq!(again("a {#- note {{ x }} -#} b\n\n").as_deref(), Some("ab\n"));
        assert_eq!(
            again("{% if a -%} 1 {%- elif b %} 2 {% else %}3{% endif %}").as_deref(),
            Some("{% if a %}1{% elif b %} 2 {% else %}3{% endif %}")
        );
        assert_eq!(
            again("{% for x in y %}{{ x }}{% else %}-{% endfor %}").as_deref(),
            Some("{% for x in y %}{{ x }}{% else %}-{% endfor %}")
        );
    }

    #[test]
    fn strings_may_hold_what_ends_a_tag() {
        assert_eq!(parse("{{ t('%} }}') }}"), Some(vec![Node::Output("t('%} }}')".to_owned())]));
        assert_eq!(parse("{{ t('a\\'%}', {'b': 1}) }}"), Some(vec![Node::Output("t('a\\'%}', {'b': 1})".to_owned())]));
        assert_eq!(parse("{% include \"a.html\" %}"), Some(vec![Node::Include("a.html".to_owned())]));
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for source in [
            "{% raw %}{{ x }}{% endraw %}",
            "{% if a %}",
            "{% endfor %}",
            "{{ a",
            "{% autoescape false %}{% endautoescape %}",
            "{%+ if a %}{% endif %}",
        ] {
            assert_eq!(parse(source), None, "{source}");
        }
    }
}
