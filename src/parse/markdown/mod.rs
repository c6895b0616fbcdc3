//! Markdown to HTML with holes. In: a masked body and its fences. Out: blocks, headings, links, and diagnostics.
//! It resolves nothing, and no HTML of an author gets through but a short list of tags whose every form is known.

mod footnotes;
mod heading;
mod quiz;
mod raw;
mod table;
mod words;

use self::footnotes::Footnotes;
use self::heading::OpenHeading;
use self::quiz::Quiz;
use self::table::Table;
use super::fences::{Fence, Fences};
use super::{destination, directives};
use crate::diag::Diagnostic;
use crate::model::body::{DirectiveName, TextKey};
use crate::model::{Block, Directive, Heading, Hole, HoleKind, ParsedLink, Prose};
use crate::path::SourcePath;
use crate::text::bidi::{self, Direction};
use crate::text::html::{push_attr, push_prose, push_text};
use crate::text::lines::{Lines, Region};
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Deepest nesting of lists and quotes that is rendered.
const MAX_DEPTH: usize = 50;

/// What a body becomes.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) blocks: Vec<Block>,
    pub(super) headings: Vec<Heading>,
    pub(super) links: Vec<ParsedLink>,
    /// Byte offset in the body and text of each level-2 heading.
    pub(super) sections: Vec<(usize, String)>,
    pub(super) words: u32,
    pub(super) found: Vec<Diagnostic>,
}

/// Renders a body that begins at `offset` of the file.
pub(super) fn render(file: &SourcePath, lines: &Lines<'_>, masked: &str, offset: usize, fences: Fences, dir: Direction) -> Body {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS;
    let mut w = Writer {
        file,
        lines,
        source: masked,
        offset,
        dir,
        fences: fences.into_iter().peekable(),
        out: Body::default(),
        prose: Prose { html: String::with_capacity(masked.len() * 3 / 2), holes: Vec::new() },
        open: Vec::new(),
        depth: 0,
        too_deep: false,
        heading: None,
        image: None,
        label_open: false,
        table: Table::default(),
        code_block: false,
        html_block: None,
        footnotes: Footnotes::default(),
        has_marks: memchr::memmem::find(masked.as_bytes(), b"[^").is_some(),
        ids: HashMap::new(),
        numbers: BTreeMap::new(),
        quiz: Quiz::default(),
    };
    for (event, range) in TextMergeWithOffset::new(Parser::new_ext(masked, options).into_offset_iter()) {
        w.event(event, range);
    }
    w.finish()
}

/// A directive that is not closed yet, with the blocks before it.
struct Open {
    directive: Directive,
    outer: Vec<Block>,
}

struct Writer<'a> {
    file: &'a SourcePath,
    lines: &'a Lines<'a>,
    source: &'a str,
    offset: usize,
    dir: Direction,
    fences: std::iter::Peekable<std::vec::IntoIter<(usize, Fence)>>,
    out: Body,
    prose: Prose,
    open: Vec<Open>,
    depth: usize,
    too_deep: bool,
    heading: Option<OpenHeading>,
    /// Alternative text being collected.
    image: Option<String>,
    label_open: bool,
    table: Table,
    code_block: bool,
    /// An HTML block being collected: its lines come one by one, a comment over several lines among them.
    html_block: Option<String>,
    footnotes: Footnotes,
    /// Whether anything in the source looks like a footnote.
    has_marks: bool,
    ids: HashMap<String, u32>,
    numbers: BTreeMap<DirectiveName, u32>,
    quiz: Quiz,
}

impl Writer<'_> {
    fn region(&self, range: &Range<usize>) -> Region {
        // A block's range ends with its line break; the place shown should not.
        let slice = &self.source[range.clone()];
        let end = range.start + slice.trim_end().len().max(1);
        self.lines.region(self.offset + range.start..self.offset + end.max(range.start))
    }

    fn first_line(&self, range: &Range<usize>) -> Region {
        let line = self.source[range.clone()].lines().next().unwrap_or_default();
        self.lines.region(self.offset + range.start..self.offset + range.start + line.len().max(1))
    }

    fn error(&mut self, code: &'static str, range: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let region = self.region(range);
        self.out.found.push(Diagnostic::error(code, message).at(self.file, region).help(help));
    }

    fn hole(&mut self, kind: HoleKind) {
        self.prose.holes.push(Hole { at: self.prose.html.len() as u32, kind });
    }

    fn push(&mut self, html: &str) {
        self.prose.html.push_str(html);
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.too_deep {
            return;
        }
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    self.too_deep = true;
                    let region = self.first_line(&range);
                    self.out.found.push(
                        Diagnostic::error("too-deep", format!("lists and quotes nest more than {MAX_DEPTH} deep"))
                            .at(self.file, region)
                            .help("write it flatter"),
                    );
                    return;
                }
                self.start(tag, &range);
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                self.end(tag, &range);
            }
            Event::Text(text) => self.text(&text, &range),
            Event::Code(code) => {
                self.plain(&code);
                if self.image.is_none() {
                    self.push("<code dir=\"ltr\">");
                    push_text(&mut self.prose.html, &code);
                    self.push("</code>");
                }
            }
            Event::InlineHtml(html) | Event::Html(html) => match &mut self.html_block {
                Some(block) => block.push_str(&html),
                None => self.raw(&html, &range),
            },
            Event::SoftBreak => {
                self.plain(" ");
                if self.image.is_none() {
                    self.push("\n");
                }
            }
            Event::HardBreak => {
                self.plain(" ");
                if self.image.is_none() {
                    self.push("<br>\n");
                }
            }
            Event::Rule => self.rule(&range),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::TaskListMarker(checked) => self.task(checked),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, &range),
        }
    }

    /// Text for the reader and for search.
    fn text(&mut self, text: &str, range: &Range<usize>) {
        self.plain(text);
        if self.image.is_some() {
            return;
        }
        match self.dir {
            _ if self.code_block => push_text(&mut self.prose.html, text),
            Direction::Ltr => push_prose(&mut self.prose.html, text),
            Direction::Rtl => bidi::push_isolated(&mut self.prose.html, text),
        }
        if !self.has_marks {
            return;
        }
        // As written: an escaped bracket is no footnote.
        let source = &self.source[range.clone()];
        let mark =
            memchr::memchr_iter(b'[', source.as_bytes()).find(|at| source[at + 1..].starts_with('^') && !source[..*at].ends_with('\\'));
        if let Some(at) = mark
            && source[at..].contains(']')
            && !self.code_block
        {
            self.error("undefined-footnote", range, "this footnote has no text", "add a line `[^1]: …` with the same mark");
        }
    }

    /// Takes words without markup to the alternative text, the heading, or what else wants to know them.
    fn plain(&mut self, text: &str) {
        if let Some(alt) = &mut self.image {
            alt.push_str(text);
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
            return;
        }
        self.table.heads(text);
        self.quiz.hears(text);
        self.out.words += words::count(text);
    }

    fn close_label(&mut self) {
        if std::mem::take(&mut self.label_open) {
            self.push("</span></label>");
            self.quiz.option_ends();
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.push("<p>"),
            Tag::Heading { level, id, .. } => self.heading_begins(level, id.map(|id| id.to_string()), range),
            Tag::BlockQuote(kind) => self.quote(kind),
            Tag::CodeBlock(kind) => {
                self.code_block = true;
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
                self.push("<pre dir=\"ltr\" tabindex=\"0\"><code");
                if !language.is_empty() {
                    self.push(" class=\"language-");
                    push_attr(&mut self.prose.html, language);
                    self.push("\"");
                }
                self.push(">");
            }
            Tag::List(start) => {
                self.close_label();
                self.quiz.list_begins();
                match start {
                    None if is_task_list(&self.source[range.clone()]) => self.push("<ul class=\"tasks\">\n"),
                    None => self.push("<ul>\n"),
                    Some(1) => self.push("<ol>\n"),
                    Some(n) => self.push(&format!("<ol start=\"{n}\">\n")),
                }
            }
            Tag::Item => self.push("<li>"),
            Tag::FootnoteDefinition(label) => {
                let outer = std::mem::take(&mut self.prose);
                self.footnotes.outer = Some((label.to_string(), outer));
            }
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            Tag::Table(alignments) => self.table_begins(alignments),
            Tag::TableHead => self.head_begins(),
            Tag::TableRow => self.row_begins(range),
            Tag::TableCell => self.cell_begins(range),
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Superscript => self.push("<sup>"),
            Tag::Subscript => self.push("<sub>"),
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url, range),
            Tag::Image { dest_url, .. } => {
                let link = self.add_link(&dest_url, range, destination::Use::Image);
                self.push("<img");
                self.hole(HoleKind::Image(link));
                self.image = Some(String::new());
            }
            Tag::HtmlBlock => self.html_block = Some(String::new()),
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph => {
                self.close_label();
                self.push("</p>\n");
            }
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(kind) => self.push(if kind.is_some() { "</aside>\n" } else { "</blockquote>\n" }),
            TagEnd::CodeBlock => {
                self.code_block = false;
                self.push("</code></pre>\n");
            }
            TagEnd::List(ordered) => {
                self.push(if ordered { "</ol>\n" } else { "</ul>\n" });
                if self.quiz.list_ends() {
                    self.answer();
                }
            }
            TagEnd::Item => {
                self.close_label();
                self.end_question(range);
                self.push("</li>\n");
            }
            TagEnd::FootnoteDefinition => {
                if let Some((label, outer)) = self.footnotes.outer.take() {
                    let text = std::mem::replace(&mut self.prose, outer);
                    self.footnotes.defined.insert(label, text);
                }
            }
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => {
                self.push("</dt>\n");
            }
            TagEnd::DefinitionListDefinition => {
                self.push("</dd>\n");
            }
            TagEnd::Table => self.push("</tbody></table></div>\n"),
            TagEnd::TableHead => self.head_ends(),
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => self.cell_ends(),
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Superscript => self.push("</sup>"),
            TagEnd::Subscript => self.push("</sub>"),
            TagEnd::Link => self.push("</a>"),
            TagEnd::Image => self.end_image(range),
            TagEnd::HtmlBlock => {
                if let Some(block) = self.html_block.take() {
                    self.raw(&block, range);
                }
            }
            _ => {}
        }
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            self.push("<blockquote>\n");
            return;
        };
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", TextKey::AlertNote),
            BlockQuoteKind::Tip => ("tip", TextKey::AlertTip),
            BlockQuoteKind::Important => ("important", TextKey::AlertImportant),
            BlockQuoteKind::Warning => ("warning", TextKey::AlertWarning),
            BlockQuoteKind::Caution => ("caution", TextKey::AlertCaution),
        };
        self.push(&format!("<aside class=\"alert {class}\">\n<p class=\"alert-title\">"));
        self.hole(HoleKind::Text(title));
        self.push("</p>\n");
    }

    fn add_link(&mut self, target: &str, range: &Range<usize>, usage: destination::Use) -> u32 {
        let region = self.region(range);
        let destination = destination::read(self.file, target, usage).unwrap_or_else(|(message, help)| {
            self.out.found.push(Diagnostic::error("bad-link", message).at(self.file, region).help(help));
            crate::model::Destination::Unreadable
        });
        self.out.links.push(ParsedLink { destination, region });
        self.out.links.len() as u32 - 1
    }

    fn link(&mut self, kind: LinkType, target: &str, range: &Range<usize>) {
        let usage = if matches!(kind, LinkType::WikiLink { .. }) { destination::Use::Term } else { destination::Use::Link };
        let link = self.add_link(target, range, usage);
        let attributes = match self.out.links[link as usize].destination {
            crate::model::Destination::Term(_) => "<a class=\"term\" href=\"",
            crate::model::Destination::External(_) => "<a rel=\"external noreferrer\" href=\"",
            _ => "<a href=\"",
        };
        self.push(attributes);
        self.hole(HoleKind::Href(link));
        self.push("\">");
    }

    fn end_image(&mut self, range: &Range<usize>) {
        let alt = self.image.take().unwrap_or_default();
        if alt.trim().is_empty() {
            self.error(
                "missing-alt",
                range,
                "the image has no description",
                "write what it shows between the brackets: ![two officers at a table](…)",
            );
        }
        self.push(" alt=\"");
        push_attr(&mut self.prose.html, alt.trim());
        self.push("\" loading=\"lazy\" decoding=\"async\">");
    }

    fn raw(&mut self, html: &str, range: &Range<usize>) {
        if self.image.is_some() {
            return;
        }
        let lines = || html.lines().map(raw::clean).collect::<Option<String>>();
        match raw::clean(html).or_else(lines) {
            Some(clean) => self.push(&clean),
            None => {
                let open = html.trim_start().starts_with("<!--") && !html.contains("-->");
                let (message, help) = if open {
                    ("this comment is not closed", "end it with `-->`")
                } else {
                    (
                        "raw HTML is not allowed here",
                        "write it in Markdown; a few tags such as <bdi> and <abbr> are allowed (see CONTRIBUTING)",
                    )
                };
                self.error("raw-html", range, message, help);
                push_text(&mut self.prose.html, html);
            }
        }
    }

    fn flush(&mut self) {
        if !self.prose.html.is_empty() {
            // A copy of just its length is kept; the long buffer serves the next block.
            let prose = Prose { html: self.prose.html.as_str().to_owned(), holes: self.prose.holes.as_slice().to_owned() };
            self.out.blocks.push(Block::Prose(prose));
            self.prose.html.clear();
            self.prose.holes.clear();
        }
    }

    /// A thematic break, or a fence in its mask.
    fn rule(&mut self, range: &Range<usize>) {
        let Some((_, fence)) = self.fences.next_if(|(at, _)| *at == range.start) else {
            self.push("<hr>\n");
            return;
        };
        self.fence(fence);
    }

    fn fence(&mut self, fence: Fence) {
        self.flush();
        match fence {
            Fence::Open { name, attributes, region } => {
                let number = self.numbers.entry(name).or_insert(0);
                *number += 1;
                let mut directive = Directive { name, attributes, region, body: Vec::new(), link: None, number: *number };
                directives::check(self.file, &mut directive, &mut self.out.links, &mut self.out.found);
                self.open.push(Open { directive, outer: std::mem::take(&mut self.out.blocks) });
            }
            Fence::Close => {
                if let Some(Open { mut directive, outer }) = self.open.pop() {
                    if directive.name == DirectiveName::Quiz {
                        self.quiz = Quiz::default();
                    }
                    directive.body = std::mem::replace(&mut self.out.blocks, outer);
                    self.out.blocks.push(Block::Directive(Box::new(directive)));
                }
            }
        }
    }

    fn finish(mut self) -> Body {
        if !self.too_deep {
            while let Some((at, fence)) = self.fences.next() {
                if at < self.source.len() {
                    let region = self.lines.region(self.offset + at..self.offset + at + 3);
                    self.out.found.push(
                        Diagnostic::error("directive-inside", "a directive cannot stand inside this block")
                            .at(self.file, region)
                            .help("put an empty line before it, and keep it out of HTML comments"),
                    );
                }
                self.fence(fence);
            }
            self.write_footnotes();
        }
        while !self.open.is_empty() {
            self.fence(Fence::Close);
        }
        self.flush();
        // All pages stay in memory until the last is written.
        self.out.links.shrink_to_fit();
        self.out.headings.shrink_to_fit();
        self.out
    }
}

/// Whether a list's first item is a task.
fn is_task_list(list: &str) -> bool {
    let item = list.trim_start().trim_start_matches(['-', '*', '+']).trim_start();
    item.starts_with("[ ]") || item.starts_with("[x]") || item.starts_with("[X]")
}
