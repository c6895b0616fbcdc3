//! A page's template in the shell that it extends, in one piece. In: templates taken apart. Out: the outermost with each block in its place, so
//! that no block is looked for while a page is made. A template that asks for a block by name keeps its shell apart, and all others theirs.

use super::nodes::{Node, parse, quoted};
use super::theme::Files;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Shells around shells, and blocks in blocks, that are put in place.
const DEPTH: usize = 8;

/// What blocks hold, by name.
type Blocks<'a> = BTreeMap<&'a str, &'a [Node]>;

/// Whether every template that extends another can be put together with it. One that cannot needs the blocks of its parents where they are, so
/// all templates then keep theirs.
pub(super) fn has_whole_shells(files: &Files) -> bool {
    let parts = |(path, bytes): (&String, &Arc<[u8]>)| {
        Some((path.strip_prefix("templates/")?.to_owned(), parse(std::str::from_utf8(bytes).ok()?).unwrap_or_default()))
    };
    let parts: BTreeMap<String, Vec<Node>> = files.iter().filter_map(parts).collect();
    parts.values().all(|nodes| !has_tag(nodes, "extends") || with_shell(nodes, &|name| Some(parts.get(name)?)).is_some())
}

/// A template that extends others, in one piece: the outermost of them with each block in its place. `None` for one that extends nothing.
pub(super) fn with_shell<'a>(nodes: &'a [Node], template: &dyn Fn(&str) -> Option<&'a [Node]>) -> Option<Vec<Node>> {
    let (mut outer, mut blocks) = (nodes, Blocks::new());
    for _ in 0..DEPTH {
        collect(outer, &mut blocks)?;
        let parent = extended(outer).filter(|_| is_only_blocks(outer))?;
        outer = template(parent)?;
        if !has_tag(outer, "extends") {
            collect(outer, &mut blocks)?;
            return placed(outer, &blocks, DEPTH);
        }
    }
    None
}

/// Whether a tag begins with a word, in conditions and loops too.
fn has_tag(nodes: &[Node], word: &str) -> bool {
    nodes.iter().any(|node| match node {
        Node::Tag(tag) => tag.starts_with(word),
        Node::If(arms) => arms.iter().any(|(_, body)| has_tag(body, word)),
        Node::For(_, body) => has_tag(body, word),
        _ => false,
    })
}

/// The name of the template that one extends.
fn extended(nodes: &[Node]) -> Option<&str> {
    nodes.iter().find_map(|node| match node {
        Node::Tag(tag) => quoted(tag.strip_prefix("extends ")?),
        _ => None,
    })
}

/// Whether a template that extends another does nothing else but define blocks.
fn is_only_blocks(nodes: &[Node]) -> bool {
    let mut depth = 0_usize;
    nodes.iter().all(|node| {
        match node {
            Node::Tag(tag) if tag.starts_with("block ") => depth += 1,
            Node::Tag(tag) if tag.starts_with("endblock") => depth = depth.saturating_sub(1),
            Node::Tag(tag) if tag.starts_with("extends ") => {}
            Node::Text(text) if text.trim().is_empty() => {}
            _ => return depth > 0,
        }
        true
    })
}

/// The block that begins at a place: its name and what it holds.
fn block_at(nodes: &[Node], at: usize) -> Option<(&str, &[Node])> {
    let Node::Tag(tag) = &nodes[at] else { return None };
    let name = tag.strip_prefix("block ")?;
    let mut depth = 0_usize;
    let end = nodes[at..].iter().position(|node| {
        match node {
            Node::Tag(tag) if tag.starts_with("block ") => depth += 1,
            Node::Tag(tag) if tag.starts_with("endblock") => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    Some((name, &nodes[at + 1..at + end]))
}

/// Takes in blocks that no template before had. `None` where one is asked for by name, as `super()` does.
fn collect<'a>(nodes: &'a [Node], blocks: &mut Blocks<'a>) -> Option<()> {
    let asks = |text: &str| text.contains("super(") || text.contains("self.");
    for (at, node) in nodes.iter().enumerate() {
        match node {
            Node::Output(text) | Node::Tag(text) if asks(text) => return None,
            Node::For(head, body) => collect(body, blocks).filter(|()| !asks(head))?,
            Node::If(arms) => {
                for (condition, body) in arms {
                    collect(body, blocks).filter(|()| !condition.as_deref().is_some_and(asks))?;
                }
            }
            _ => {
                // A `required` one has a name of two words, which no place asks for.
                if let Some((name, body)) = block_at(nodes, at) {
                    blocks.entry(name).or_insert(body);
                }
            }
        }
    }
    Some(())
}

/// Parts with every block in its place; `None` where one is missing.
fn placed(nodes: &[Node], blocks: &Blocks<'_>, depth: usize) -> Option<Vec<Node>> {
    let depth = depth.checked_sub(1)?;
    let (mut list, mut at) = (Vec::with_capacity(nodes.len()), 0);
    while let Some(node) = nodes.get(at) {
        at += 1;
        match node {
            Node::If(arms) => {
                let arm = |(condition, body): &(Option<String>, Vec<Node>)| Some((condition.clone(), placed(body, blocks, depth)?));
                list.push(Node::If(arms.iter().map(arm).collect::<Option<_>>()?));
            }
            Node::For(head, body) => list.push(Node::For(head.clone(), placed(body, blocks, depth)?)),
            Node::Tag(tag) if tag.starts_with("block ") => {
                let (name, own) = block_at(nodes, at - 1)?;
                at += own.len() + 1;
                let body = *blocks.get(name.trim_end_matches(" required"))?;
                // Names that a block gives are its own.
                let names = has_tag(body, "set ");
                list.extend(names.then(|| Node::Tag("with".to_owned())));
                list.extend(placed(body, blocks, depth)?);
                list.extend(names.then(|| Node::Tag("endwith".to_owned())));
            }
            other => list.push(other.clone()),
        }
    }
    Some(list)
}
