//! SVG. In: the bytes of a drawing. Out: the same drawing without comments, metadata and editor data; or the reason it is refused: anything
//! that runs, loads or could be made to. It deliberately repairs nothing that is refused: the author decides what to do without it.

use std::ops::Range;

use roxmltree::{Attribute, Document, Node, ParsingOptions};

use super::{Picture, Problem, text};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Elements that run or embed something, in lower case.
const REFUSED: [&str; 11] =
    ["script", "foreignobject", "handler", "listener", "iframe", "embed", "object", "audio", "video", "canvas", "link"];

/// More nodes than any drawing a page can show.
const MAX_NODES: u32 = 500_000;

/// Cleans a drawing, or says why not.
pub(super) fn clean(bytes: &[u8]) -> Result<Picture, Problem> {
    let text = text(bytes)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected => Problem::new("the SVG has a DOCTYPE", "Delete the line that begins with `<!DOCTYPE`."),
        error => Problem::new(format!("the SVG is not well-formed: {error}"), "Export it again as plain SVG."),
    })?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(Problem::new(
            "the file ends in `.svg` but its first element is not an SVG drawing",
            format!("Begin it with `<svg xmlns=\"{SVG}\">`."),
        ));
    }
    // An XML declaration could name another encoding than the one checked here.
    let mut cuts: Vec<Range<usize>> =
        text.strip_prefix("<?xml").and_then(|rest| rest.find("?>")).map(|end| 0..end + 7).into_iter().collect();
    for node in document.descendants() {
        check_element(&node)?;
        if is_private(&node) {
            cuts.push(node.range());
        }
        for attribute in node.attributes() {
            check_attribute(&node, &attribute)?;
            if attribute.namespace().is_some_and(|namespace| namespace != XLINK && namespace != XML) {
                cuts.push(attribute.range());
            }
        }
    }
    Ok((without(text, cuts).into_bytes(), size(&root)))
}

/// Comments, instructions, metadata, and everything of an editor's or another vocabulary.
fn is_private(node: &Node) -> bool {
    let foreign = node.is_element() && (node.tag_name().namespace() != Some(SVG) || node.tag_name().name() == "metadata");
    node.is_comment() || node.is_pi() || foreign
}

fn check_element(node: &Node) -> Result<(), Problem> {
    let name = node.tag_name().name().to_ascii_lowercase();
    if REFUSED.contains(&name.as_str()) {
        return Err(refused(
            node,
            &format!("has a `{}` element", node.tag_name().name()),
            "Delete it: a drawing here may not run or embed anything.",
        ));
    }
    if name == "style" {
        // Joined, because a browser joins the pieces around a comment.
        let css: String = node.descendants().filter(Node::is_text).filter_map(|t| t.text()).collect();
        check_css(node, &css)?;
    }
    Ok(())
}

fn check_attribute(node: &Node, attribute: &Attribute) -> Result<(), Problem> {
    let (name, value) = (attribute.name().to_ascii_lowercase(), attribute.value());
    if name.starts_with("on") {
        return Err(refused(node, &format!("has an event handler, `{}`", attribute.name()), "Delete the attribute."));
    }
    if matches!(name.as_str(), "href" | "src" | "base" | "ping" | "formaction" | "srcdoc")
        && !(name == "href" && value.trim().starts_with('#'))
    {
        let help = "Only links to a part of the same drawing (`#id`) are possible. Save an embedded picture as a file of its own.";
        return Err(refused(node, &format!("refers to something outside, in `{}`", attribute.name()), help));
    }
    let sets_href = name == "attributename" && value.trim().to_ascii_lowercase().ends_with("href");
    if sets_href {
        return Err(refused(node, "has an animation that changes a link", "Delete the animation."));
    }
    let prose = name.starts_with("aria-") || name.starts_with("data-") || matches!(name.as_str(), "id" | "class" | "title");
    if prose { Ok(()) } else { check_css(node, value) }
}

/// Style sheets, `style` attributes and presentation attributes may refer to `#id` and to nothing else. No escapes: they hide the rest.
fn check_css(node: &Node, css: &str) -> Result<(), Problem> {
    let css = css.to_ascii_lowercase();
    let outside =
        css.split("url(").skip(1).any(|argument| !argument.trim_start().trim_start_matches(['"', '\'']).trim_start().starts_with('#'));
    let loads = ["@import", "image-set(", "image(", "src(", "expression(", "-moz-binding", "behavior:", "javascript:"];
    let what = if outside {
        "url("
    } else if let Some(found) = loads.into_iter().find(|l| css.contains(l)) {
        found
    } else if css.contains('\\') {
        "\\"
    } else {
        return Ok(());
    };
    Err(refused(node, &format!("has `{what}` in its styles"), "Styles may only refer to a part of the same drawing: `url(#id)`."))
}

fn refused(node: &Node, what: &str, help: &str) -> Problem {
    Problem::new(format!("the SVG {what} (line {})", node.document().text_pos_at(node.range().start).row), help)
}

/// The text without the ranges, some of which lie inside others.
fn without(text: &str, mut cuts: Vec<Range<usize>>) -> String {
    cuts.sort_by_key(|cut| cut.start);
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for cut in cuts {
        out.push_str(text.get(done..cut.start).unwrap_or_default());
        done = done.max(cut.end);
    }
    out.push_str(&text[done..]);
    out
}

/// `width` and `height` in pixels, or else the size of the `viewBox`, rounded.
fn size(root: &Node) -> Option<(u32, u32)> {
    let pixels = |value: &str| value.trim().trim_end_matches("px").parse::<f64>().ok();
    let length = |name| root.attribute(name).and_then(pixels);
    let view_box = || {
        let mut numbers = root.attribute("viewBox")?.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty()).skip(2).map(pixels);
        Some((numbers.next()??, numbers.next()??))
    };
    let (width, height) = length("width").zip(length("height")).or_else(view_box)?;
    let fits = |n: &f64| (0.5..100_000.0).contains(n);
    (fits(&width) && fits(&height)).then(|| (width.round() as u32, height.round() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> String {
        format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\" viewBox=\"0 0 24 12.6\">{inside}</svg>")
    }

    #[test]
    fn comments_metadata_and_editor_data_go() {
        let dirty = "<?xml version='1.0' encoding='utf-8'?><?xml-stylesheet href='http://x'?><!-- Ali --><svg xmlns='http://www.w3.org/2000/svg' \
                     xmlns:i='http://www.inkscape.org/namespaces/inkscape' width='20px' height='10' i:export='/home/ali'><metadata><i:x/></metadata>\
                     <i:view><!-- x --></i:view><title>سزا</title><path d='M0 0'/></svg>";
        let (bytes, size) = clean(dirty.as_bytes()).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:i='http://www.inkscape.org/namespaces/inkscape' width='20px' height='10' >\
             <title>سزا</title><path d='M0 0'/></svg>"
        );
        assert_eq!(size, Some((20, 10)));
    }

    #[test]
    fn drawings_that_refer_to_themselves_stay_as_they_are() {
        for inside in [
            "<use href=\"#a\"/><use xlink:href=\"#a\"/><rect fill=\"url(#g)\" style=\"mask: url( '#m' )\" transform=\"rotate(45)\"/>",
            "<style>.a{fill:url(#g)}</style><animate attributeName=\"x\" to=\"1\"/>",
            "<text aria-label=\"image(s) in C:\\\" class=\"a\">onload javascript: &lt;script&gt;</text>",
        ] {
            let text = svg(inside);
            assert_eq!(clean(text.as_bytes()).unwrap(), (text.into_bytes(), Some((24, 13))), "{inside}");
        }
    }

    #[test]
    fn what_runs_or_loads_is_refused() {
        for (inside, message) in [
            ("<script>1</script>", "the SVG has a `script` element (line 1)"),
            ("\n<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\"/>", "the SVG has a `script` element (line 2)"),
            ("<foreignObject/>", "the SVG has a `foreignObject` element (line 1)"),
            ("<g onload=\"x()\"/>", "the SVG has an event handler, `onload` (line 1)"),
            ("<image href=\"https://x/a.png\"/>", "the SVG refers to something outside, in `href` (line 1)"),
            ("<a xlink:href=\" javascript:x()\"/>", "the SVG refers to something outside, in `href` (line 1)"),
            ("<use href=\"data:text/html,x\"/>", "the SVG refers to something outside, in `href` (line 1)"),
            ("<g xml:base=\"http://x/\"/>", "the SVG refers to something outside, in `base` (line 1)"),
            ("<set attributeName=\"xlink:href\" to=\"javascript:x()\"/>", "the SVG has an animation that changes a link (line 1)"),
            ("<style>@Im<!-- -->port 'x.css';</style>", "the SVG has `@import` in its styles (line 1)"),
            ("<style>a{background:URL( \"//x\")}</style>", "the SVG has `url(` in its styles (line 1)"),
            ("<g style=\"fill:ur\\6c(//x)\"/>", "the SVG has `\\` in its styles (line 1)"),
            ("<g filter=\"url(x.svg#f)\"/>", "the SVG has `url(` in its styles (line 1)"),
            ("<set attributeName=\"fill\" to=\"url(//x)\"/>", "the SVG has `url(` in its styles (line 1)"),
        ] {
            assert_eq!(clean(svg(inside).as_bytes()).unwrap_err().message, message, "{inside}");
        }
    }

    #[test]
    fn what_is_not_an_svg_is_refused() {
        assert_eq!(clean(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>").unwrap_err().message, "the SVG has a DOCTYPE");
        assert_eq!(clean(b"<svg/>").unwrap_err().message, "the file ends in `.svg` but its first element is not an SVG drawing");
        assert!(clean(b"<svg>").unwrap_err().message.starts_with("the SVG is not well-formed: "));
        assert!(clean(format!("{}{}", svg("<g>").replace("</svg>", &"<g>".repeat(200_000)), "x").as_bytes()).is_err());
        assert_eq!(clean(b"\xFF\xFE<").unwrap_err().message, "the file is not UTF-8 at byte 0");
    }

    #[test]
    fn size_needs_pixels_or_a_view_box() {
        let size_of = |attributes: &str| clean(format!("<svg xmlns='{SVG}' {attributes}/>").as_bytes()).unwrap().1;
        assert_eq!(size_of("width='100%' height='5em' viewBox='0,0,30,40'"), Some((30, 40)));
        assert_eq!(size_of("width='3.6' height='1px'"), Some((4, 1)));
        assert_eq!(size_of("width='0' height='-5'"), None);
        assert_eq!(size_of(""), None);
    }
}
