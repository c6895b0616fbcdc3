//! Templates with everything worked out that is the same on all pages of a language and depth: interface texts, addresses of the shell,
//! conditions on settings, included pieces, the shell around a page. In: a theme's templates and the known values. Out: sources that give the same
//! bytes with less work; of a hundred values in the default theme's shell ten are left for each page. A template that this does not understand is
//! left as it is, and an error is always told from the template as written (see `Theme::page`).

use super::nodes::{Node, parse, push_source, string_end};
use super::shells::with_shell;
use super::theme::Files;
use minijinja::{Environment, Value};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Names with the same value on every page of a language and depth.
const KNOWN: [&str; 8] = ["lang", "root", "t", "number", "asset", "scripts", "search_js", "site"];
/// Words of expressions that are no names.
const WORDS: [&str; 12] = ["and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "True", "False"];
/// Includes in includes that are put in place.
const DEPTH: usize = 8;
/// Stands between known values that are worked out together; no text of a theme holds it.
const APART: &str = "\u{1}";

/// Whether no template gives a known name another meaning. One that does, or that cannot be told, makes all templates stay as they are.
pub(super) fn is_foldable(files: &Files) -> bool {
    let templates = files.iter().filter(|(path, _)| path.starts_with("templates/"));
    templates.map(|(_, bytes)| parse(std::str::from_utf8(bytes).ok()?)).all(|nodes| nodes.is_some_and(|nodes| keeps_names(&nodes)))
}

fn keeps_names(nodes: &[Node]) -> bool {
    let free = |names: &str| !names.split(|c: char| !c.is_alphanumeric() && c != '_').any(|name| KNOWN.contains(&name));
    nodes.iter().all(|node| match node {
        Node::Tag(tag) if ["macro ", "call", "import ", "from "].iter().any(|word| tag.starts_with(word)) => free(tag),
        Node::Tag(tag) if tag.starts_with("set ") => free(tag.split('=').next().unwrap_or_default()),
        Node::Tag(tag) if tag.starts_with("with ") => tag[5..].split(',').all(|one| free(one.split('=').next().unwrap_or_default())),
        Node::If(arms) => arms.iter().all(|(_, body)| keeps_names(body)),
        Node::For(head, body) => free(head.split(" in ").next().unwrap_or_default()) && keeps_names(body),
        _ => true,
    })
}

/// What folding needs.
pub(super) struct Fold {
    files: Arc<Files>,
    shells: bool,
    environment: Environment<'static>,
    known: Value,
    /// Templates by name, each folded when it is first needed; `None` for one that cannot be taken apart.
    parts: BTreeMap<String, OnceLock<Option<Vec<Node>>>>,
}

impl Fold {
    /// Folds with an environment that has the theme's filters and no templates, and a map of the known names. `shells` is what
    /// [`super::shells::has_whole_shells`] says.
    pub(super) fn new(files: Arc<Files>, environment: Environment<'static>, known: Value, shells: bool) -> Self {
        let names = files.keys().filter_map(|path| path.strip_prefix("templates/"));
        let parts = names.map(|name| (name.to_owned(), OnceLock::new())).collect();
        Self { files, shells, environment, known, parts }
    }

    /// A template's source, folded where that is possible. `None` where there is no such template.
    pub(super) fn source(&self, name: &str) -> Option<String> {
        let written = self.written(name)?;
        let Some(nodes) = self.nodes(name) else { return Some(written.to_owned()) };
        let mut out = String::with_capacity(written.len() * 2);
        match with_shell(nodes, &|name| self.nodes(name)).filter(|_| self.shells) {
            Some(whole) => push_source(&mut out, &whole),
            None => push_source(&mut out, nodes),
        }
        // The engine takes one line end off the end.
        out.push('\n');
        Some(out)
    }

    fn nodes(&self, name: &str) -> Option<&[Node]> {
        let nodes = self.parts.get(name)?.get_or_init(|| {
            let mut nodes = self.with_includes(name, DEPTH)?;
            let mut asked = Vec::new();
            questions(&nodes, &mut asked);
            let mut answers = self.answers(&asked).into_iter();
            fold(&mut nodes, &mut answers);
            Some(nodes)
        });
        nodes.as_deref()
    }

    fn written(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(&format!("templates/{name}"))?).ok()
    }

    /// A template's parts with those of the pieces it includes.
    fn with_includes(&self, name: &str, depth: usize) -> Option<Vec<Node>> {
        Some(self.included(parse(self.written(name)?)?, depth))
    }

    fn included(&self, nodes: Vec<Node>, depth: usize) -> Vec<Node> {
        let mut list = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Include(name) => match depth.checked_sub(1).and_then(|d| self.with_includes(&name, d)).filter(|p| is_piece(p)) {
                    Some(piece) => list.extend(piece),
                    None => list.push(Node::Include(name)),
                },
                Node::If(arms) => list.push(Node::If(arms.into_iter().map(|(c, body)| (c, self.included(body, depth))).collect())),
                Node::For(head, body) => list.push(Node::For(head, self.included(body, depth))),
                other => list.push(other),
            }
        }
        list
    }

    /// What each question comes to; `None` for what cannot be told. All together at first: one template is cheaper than fifty.
    fn answers(&self, asked: &[String]) -> Vec<Option<String>> {
        let render = |source: &str| self.environment.render_str(source, self.known.clone()).ok();
        let together = render(&asked.join(APART));
        match together.map(|all| all.split(APART).map(|one| Some(one.to_owned())).collect::<Vec<_>>()) {
            Some(answers) if answers.len() == asked.len() => answers,
            _ => asked.iter().map(|one| render(one)).collect(),
        }
    }
}

/// Whether parts may stand in another template: no blocks, no shell of their own.
fn is_piece(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Tag(tag) => !["block", "extends", "macro", "call", "import", "from"].iter().any(|word| tag.starts_with(word)),
        Node::If(arms) => arms.iter().all(|(_, body)| is_piece(body)),
        Node::For(_, body) => is_piece(body),
        _ => true,
    })
}

/// The sources whose result is known, in the order in which [`fold`] takes the answers.
fn questions(nodes: &[Node], asked: &mut Vec<String>) {
    for node in nodes {
        match node {
            Node::If(arms) => {
                for (condition, body) in arms {
                    if let Some(condition) = condition.as_deref().filter(|c| is_known(c, &[])) {
                        asked.push(format!("{{% if {condition} %}}1{{% endif %}}"));
                    }
                    questions(body, asked);
                }
            }
            node if is_known_node(node, &[]) => asked.push(source(node)),
            Node::For(_, body) => questions(body, asked),
            _ => {}
        }
    }
}

fn source(node: &Node) -> String {
    let mut out = String::new();
    push_source(&mut out, std::slice::from_ref(node));
    out
}

/// Puts the answers in place.
fn fold(nodes: &mut Vec<Node>, answers: &mut impl Iterator<Item = Option<String>>) {
    let mut list = Vec::with_capacity(nodes.len());
    for node in std::mem::take(nodes) {
        match node {
            Node::If(arms) => fold_if(arms, answers, &mut list),
            node if is_known_node(&node, &[]) => match answers.next().flatten() {
                // A brace could begin a tag.
                Some(text) if !text.contains(['{', '}']) => list.push(Node::Text(text)),
                _ => list.push(node),
            },
            Node::For(head, mut body) => {
                fold(&mut body, answers);
                list.push(Node::For(head, body));
            }
            other => list.push(other),
        }
    }
    *nodes = list;
}

/// Arms that are never taken go; one that is always taken ends the list, or stands alone.
fn fold_if(arms: Vec<(Option<String>, Vec<Node>)>, answers: &mut impl Iterator<Item = Option<String>>, list: &mut Vec<Node>) {
    // A block in an arm is one of the template's blocks whatever the condition says.
    let keep_all = !arms.iter().all(|(_, body)| is_piece(body));
    let mut kept: Vec<(Option<String>, Vec<Node>)> = Vec::with_capacity(arms.len());
    let mut done = false;
    for (condition, mut body) in arms {
        let known = condition.as_deref().filter(|c| is_known(c, &[])).map(|_| answers.next().flatten());
        fold(&mut body, answers);
        match known.flatten().as_deref().filter(|_| !keep_all) {
            _ if done => {}
            Some("") => {}
            Some(_) => {
                kept.push((None, body));
                done = true;
            }
            None => {
                done = condition.is_none();
                kept.push((condition, body));
            }
        }
    }
    match kept.first() {
        None => {}
        Some((None, _)) => list.extend(kept.into_iter().flat_map(|(_, body)| body)),
        Some(_) => list.push(Node::If(kept)),
    }
}

fn is_known_node(node: &Node, local: &[&str]) -> bool {
    match node {
        Node::Text(_) => !local.is_empty(),
        Node::Output(expression) => is_known(expression, local),
        Node::If(arms) => {
            arms.iter().all(|(c, body)| c.as_deref().is_none_or(|c| is_known(c, local)) && body.iter().all(|n| is_known_node(n, local)))
        }
        Node::For(head, body) => {
            let Some((targets, over)) = head.split_once(" in ") else { return false };
            let targets = targets.split(',').map(|t| t.trim_matches(['(', ')', ' ']));
            let local: Vec<&str> = local.iter().copied().chain(targets).chain(["loop"]).collect();
            is_known(over, &local) && body.iter().all(|n| is_known_node(n, &local))
        }
        Node::Include(_) | Node::Tag(_) => false,
    }
}

/// Whether an expression names nothing but what is known. Names of attributes, filters, tests and arguments are no names of values.
fn is_known(expression: &str, local: &[&str]) -> bool {
    let bytes = expression.as_bytes();
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let (mut at, mut before, mut word_before) = (0, b' ', "");
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b'"' || byte == b'\'' {
            let Some(end) = string_end(bytes, at) else { return false };
            at = end + 1;
            (before, word_before) = (b'"', "");
        } else if is_name(byte) {
            let end = bytes[at..].iter().position(|b| !is_name(*b)).map_or(bytes.len(), |n| at + n);
            let word = &expression[at..end];
            let rest = expression[end..].trim_start();
            let argument = rest.starts_with('=') && !rest.starts_with("==");
            let apart =
                byte.is_ascii_digit() || before == b'.' || before == b'|' || argument || word_before == "is" || word_before == "is not";
            if !apart && !WORDS.contains(&word) && !KNOWN.contains(&word) && !local.contains(&word) {
                return false;
            }
            word_before = if word == "not" && word_before == "is" { "is not" } else { word };
            (at, before) = (end, b'a');
        } else {
            if !byte.is_ascii_whitespace() {
                (before, word_before) = (byte, "");
            }
            if !byte.is_ascii() {
                return false;
            }
            at += 1;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::shells::has_whole_shells;
    use minijinja::context;

    fn folded(files: &[(&str, &str)]) -> String {
        let files = files.iter().map(|(name, text)| (format!("templates/{name}"), Arc::from(text.as_bytes()))).collect();
        let known = context! { root => "../", lang => context! { code => "en" }, site => context! { exit => true, none => (), list => ["a", "b"] } };
        let mut environment = Environment::new();
        environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
        let shells = has_whole_shells(&files);
        Fold::new(Arc::new(files), environment, known, shells).source("a").expect("there is one")
    }

    #[test]
    fn what_is_known_is_worked_out() {
        assert_eq!(folded(&[("a", "{{ root }}x {{ page.title }}\n")]), "../x {{ page.title }}\n");
        assert_eq!(folded(&[("a", "{% if site.exit %}1{{ page }}{% else %}2{% endif %}")]), "1{{ page }}\n");
        assert_eq!(
            folded(&[("a", "{% if site.none %}1{% elif page %}2{% elif site.exit %}3{% else %}4{% endif %}")]),
            "{% if page %}2{% else %}3{% endif %}\n"
        );
        assert_eq!(folded(&[("a", "{% for x in site.list %}{{ x }}{% if not loop.last %},{% endif %}{% endfor %}")]), "a,b\n");
        assert_eq!(
            folded(&[("a", "{% for x in site.list %}{{ x }}{{ page }}{{ root }}{% endfor %}")]),
            "{% for x in site.list %}{{ x }}{{ page }}../{% endfor %}\n"
        );
        assert_eq!(folded(&[("a", "<{% include \"b\" %}>"), ("b", "{{ lang.code }}{{ e }}\n")]), "<en{{ e }}>\n");
    }

    #[test]
    fn a_shell_stands_around_its_page() {
        let shell = ("s", "<{% block t %}{{ lang.code }}{% endblock %}>{% block c required %}{% endblock %}{% block e %}e{% endblock %}\n");
        let middle = ("m", "{% extends \"s\" %}\n{% block c %}[{% block i %}{% endblock %}]{% endblock %}\n");
        let page = "{% extends \"m\" %}\n{% block i %}{% set x = page %}{{ x }}{% endblock %}\n";
        assert_eq!(folded(&[("a", page), middle, shell]), "<en>[{% with %}{% set x = page %}{{ x }}{% endwith %}]e\n");
        // Left as they are: a required block without content, what asks for a block by name, what does more than define blocks.
        for page in [
            "{% extends \"s\" %}",
            "{% extends \"s\" %}{% block c %}{{ super() }}{% endblock %}",
            "{% extends \"s\" %}{% set x = page %}{% block c %}{% endblock %}",
        ] {
            assert_eq!(folded(&[("a", page), shell]), format!("{page}\n"));
        }
        // What such a template extends keeps its blocks for it.
        let middle = "{% extends \"s\" %}{% block c %}c{% endblock %}";
        let other = ("o", "{% extends \"a\" %}{% block c %}{{ super() }}{% endblock %}");
        assert_eq!(folded(&[("a", middle), other, shell]), format!("{middle}\n"));
    }

    #[test]
    fn what_is_not_known_stays() {
        for source in [
            "{{ page.root }}",
            "{{ t(x) }}",
            "{{ lang.missing }}",
            "{% if page %}{{ lang.missing.more }}{% endif %}",
            "{% set x = root %}{{ x }}",
            "{% include \"nowhere\" %}",
            "{% include name %}",
            "{% block b %}{% endblock %}",
            "{% if site.none %}{% block b %}{% endblock %}{% endif %}",
        ] {
            assert_eq!(folded(&[("a", source)]), format!("{source}\n"));
        }
    }

    #[test]
    fn expressions_are_known_by_their_names() {
        for known in [
            "lang.code == 'page'",
            "t('it\\'s page')",
            "site.exit is not none and root",
            "t(\"a\", n=3)",
            "site.list[:2] | length > 1",
            "root is defined",
        ] {
            assert!(is_known(known, &[]), "{known}");
        }
        for unknown in ["page", "lang[page]", "t(page.kind)", "t('a', n=page.n)", "x.site", "loop.first", "root ~ y", "root if x else lang"]
        {
            assert!(!is_known(unknown, &[]), "{unknown}");
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test reads the default theme")]
    fn the_default_theme_is_folded() {
        let mut files = Files::new();
        let mut folders = vec![std::path::PathBuf::from("themes/default/templates")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                match entry.path() {
                    path if path.is_dir() => folders.push(path),
                    path => {
                        let name = path.strip_prefix("themes/default").expect("below it").to_string_lossy().into_owned();
                        let text = std::fs::read(&path).expect("a template");
                        assert!(parse(std::str::from_utf8(&text).expect("text")).is_some(), "{name}");
                        files.insert(name, Arc::from(text));
                    }
                }
            }
        }
        assert!(files.len() > 30 && is_foldable(&files));
    }

    #[test]
    fn a_theme_that_gives_a_known_name_another_meaning_is_not_folded() {
        let files = |text: &str| [("templates/a".to_owned(), Arc::from(text.as_bytes()))].into_iter().collect::<Files>();
        assert!(is_foldable(&files("{% set x = root %}{% for a, b in site.list %}{% endfor %}")));
        for source in [
            "{% macro m(a, site) %}{% endmacro %}",
            "{% import \"x\" as t %}",
            "{% raw %}{% endraw %}",
            "{% set root = 1 %}",
            "{% if a %}{% for a, t in b %}{% endfor %}{% endif %}",
            "{% with a = 1, lang = 2 %}{% endwith %}",
        ] {
            assert!(!is_foldable(&files(source)), "{source}");
        }
    }
}
