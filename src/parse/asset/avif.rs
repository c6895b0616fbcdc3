//! AVIF. In: bytes that begin like one. Out: the same bytes, every offset in place, in which all that is not picture is zero: EXIF, XMP,
//! thumbnails, names, private boxes, data no picture refers to. It deliberately refuses what it does not understand, animations among it.
//! The boxes are those of ISO/IEC 14496-12 (8.11) and 23008-12.

use std::ops::Range;

use super::{Picture, Problem};

/// Items that draw: AV1 pictures and what is composed of them.
const PICTURES: [&[u8; 4]; 6] = [b"av01", b"grid", b"iden", b"iovl", b"tmap", b"sato"];
/// The boxes of `meta` that describe items.
const DESCRIPTIONS: [&[u8; 4]; 9] = [b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp", b"iref", b"idat", b"grpl", b"dinf"];

/// More than the tiles of any picture and the pieces of any tile.
const MAX_ITEMS: u64 = 4096;
const MAX_EXTENTS: u64 = 64;

/// Blanks everything in an AVIF that is not picture.
pub(super) fn clean(bytes: &[u8]) -> Result<Picture, Problem> {
    let mut out = bytes.to_vec();
    blank(&mut out).ok_or_else(|| {
        Problem::new(
            "the AVIF is animated or built in a way that cannot be cleaned of metadata",
            "Save it as WebP or JPEG, or export it again as a single AVIF picture.",
        )
    })?;
    let size = imagesize::blob_size(&out).ok().and_then(|s| Some((u32::try_from(s.width).ok()?, u32::try_from(s.height).ok()?)));
    Ok((out, size))
}

/// A box: its four letters, where they stand, and the bytes after its header.
struct Span {
    kind: [u8; 4],
    kind_at: usize,
    body: Range<usize>,
}

/// One item of `iloc`: where its data lies in the file.
struct Item {
    id: u64,
    extents: Vec<Range<usize>>,
}

fn blank(file: &mut [u8]) -> Option<()> {
    let top = boxes(file, 0..file.len())?;
    let meta = one(&top, b"meta")?.body.clone();
    let parts = boxes(file, meta.start.checked_add(4)?..meta.end)?;
    let idat = parts.iter().find(|part| &part.kind == b"idat").map(|part| part.body.clone());
    let kept_ids = blank_items(file, &parts)?;
    let items = locations(file, one(&parts, b"iloc")?.body.clone(), idat.as_ref())?;
    let data: Vec<Range<usize>> = top.iter().filter(|span| &span.kind == b"mdat").map(|span| span.body.clone()).chain(idat).collect();
    let (kept, dropped): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| kept_ids.contains(&item.id));
    let mut pixels: Vec<Range<usize>> = kept.iter().flat_map(|item| item.extents.iter().cloned()).collect();
    pixels.sort_by_key(|range| range.start);
    let inside = |range: &Range<usize>| !range.is_empty() && data.iter().any(|d| d.start <= range.start && range.end <= d.end);
    let shared = |range: &Range<usize>| pixels.iter().any(|p| p.start < range.end && range.start < p.end);
    if !pixels.iter().all(inside) || dropped.iter().flat_map(|item| &item.extents).any(shared) {
        return None;
    }
    for range in &data {
        let mut done = range.start;
        for pixel in pixels.iter().filter(|p| range.start <= p.start && p.end <= range.end) {
            file.get_mut(done..pixel.start.max(done))?.fill(0);
            done = done.max(pixel.end);
        }
        file.get_mut(done..range.end)?.fill(0);
    }
    for span in &top {
        match &span.kind {
            b"ftyp" | b"meta" | b"mdat" => {}
            // A sequence of pictures has metadata of its own.
            b"moov" | b"moof" => return None,
            _ => free(file, span)?,
        }
    }
    parts.iter().filter(|part| !DESCRIPTIONS.contains(&&part.kind)).try_for_each(|part| free(file, part))
}

/// Empties a box and makes it one that every reader skips.
fn free(file: &mut [u8], span: &Span) -> Option<()> {
    file.get_mut(span.kind_at..span.kind_at + 4)?.copy_from_slice(b"free");
    file.get_mut(span.body.clone())?.fill(0);
    Some(())
}

/// Blanks names and content types in `iinf` and renames the items that are not pictures, thumbnails included. Returns the ids that stay.
fn blank_items(file: &mut [u8], parts: &[Span]) -> Option<Vec<u64>> {
    let thumbnails = thumbnails(file, parts)?;
    let mut info = Reader { file, at: one(parts, b"iinf")?.body.start };
    let version = info.version()?;
    let count = info.uint(if version == 0 { 2 } else { 4 })?;
    let entries = boxes(file, info.at..one(parts, b"iinf")?.body.end)?;
    if u64::try_from(entries.len()).ok() != Some(count) {
        return None;
    }
    let mut kept = Vec::new();
    for entry in entries {
        let mut reader = Reader { file, at: entry.body.start };
        let version = reader.version().filter(|v| &entry.kind == b"infe" && (2..=3).contains(v))?;
        let id = reader.uint(if version == 2 { 2 } else { 4 })?;
        let kind_at = reader.at.checked_add(2)?;
        let kind = file.get(kind_at..kind_at + 4)?;
        if PICTURES.iter().any(|picture| *picture == kind) && !thumbnails.contains(&id) {
            kept.push(id);
        } else {
            file.get_mut(kind_at..kind_at + 4)?.copy_from_slice(b"skip");
        }
        file.get_mut(kind_at + 4..entry.body.end)?.fill(0);
    }
    let mut primary = Reader { file, at: one(parts, b"pitm")?.body.start };
    let width = if primary.version()? == 0 { 2 } else { 4 };
    primary.uint(width).filter(|id| kept.contains(id)).map(|_| kept)
}

/// The items that `iref` calls thumbnails of others. They may show what was cut out of the picture.
fn thumbnails(file: &[u8], parts: &[Span]) -> Option<Vec<u64>> {
    let Some(references) = parts.iter().find(|part| &part.kind == b"iref") else { return Some(Vec::new()) };
    let mut reader = Reader { file, at: references.body.start };
    let width = if reader.version()? == 0 { 2 } else { 4 };
    let found = boxes(file, reader.at..references.body.end)?;
    found.iter().filter(|span| &span.kind == b"thmb").map(|span| Reader { file, at: span.body.start }.uint(width)).collect()
}

/// Reads `iloc`. Only data in this file, by offset or in `idat`, is understood.
fn locations(file: &[u8], body: Range<usize>, idat: Option<&Range<usize>>) -> Option<Vec<Item>> {
    let mut reader = Reader { file: file.get(..body.end)?, at: body.start };
    let version = reader.version().filter(|v| *v <= 2)?;
    let widths = reader.uint(2)?;
    let width = |shift: u32| Some((widths >> shift) & 15).filter(|w| matches!(w, 0 | 4 | 8));
    let (offset_width, length_width, base_width) = (width(12)?, width(8).filter(|w| *w > 0)?, width(4)?);
    let index_width = if version == 0 { 0 } else { width(0)? };
    let count = reader.uint(if version < 2 { 2 } else { 4 })?.min(MAX_ITEMS + 1);
    let mut items = Vec::new();
    for _ in 0..count {
        let id = reader.uint(if version < 2 { 2 } else { 4 })?;
        let method = if version == 0 { 0 } else { reader.uint(2)? & 15 };
        let elsewhere = reader.uint(2)? != 0;
        let base = reader.uint(base_width)?;
        let origin = match method {
            0 if !elsewhere => 0,
            1 if !elsewhere => idat?.start,
            _ => return None,
        };
        let mut item = Item { id, extents: Vec::new() };
        for _ in 0..reader.uint(2).filter(|n| *n <= MAX_EXTENTS)? {
            reader.uint(index_width)?;
            let offset = usize::try_from(base.checked_add(reader.uint(offset_width)?)?).ok()?;
            let start = origin.checked_add(offset)?;
            item.extents.push(start..start.checked_add(usize::try_from(reader.uint(length_width)?).ok()?)?);
        }
        items.push(item);
    }
    (count <= MAX_ITEMS).then_some(items)
}

/// The boxes that fill a range exactly.
fn boxes(file: &[u8], range: Range<usize>) -> Option<Vec<Span>> {
    let mut found = Vec::new();
    let mut reader = Reader { file: file.get(..range.end)?, at: range.start };
    while reader.at < range.end {
        let start = reader.at;
        let mut size = reader.uint(4)?;
        let kind_at = reader.at;
        let kind = reader.uint(4)?;
        match size {
            0 => size = u64::try_from(range.end - start).ok()?,
            1 => size = reader.uint(8)?,
            _ => {}
        }
        let end = start.checked_add(usize::try_from(size).ok()?).filter(|end| reader.at <= *end && *end <= range.end)?;
        found.push(Span { kind: u32::try_from(kind).ok()?.to_be_bytes(), kind_at, body: reader.at..end });
        reader.at = end;
    }
    Some(found)
}

/// The only box of a kind.
fn one<'a>(spans: &'a [Span], kind: &[u8; 4]) -> Option<&'a Span> {
    let mut same = spans.iter().filter(|span| &span.kind == kind);
    same.next().filter(|_| same.next().is_none())
}

/// Big-endian numbers, one after another.
struct Reader<'a> {
    file: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// A number of this many bytes, at most 8.
    fn uint(&mut self, width: u64) -> Option<u64> {
        let end = self.at.checked_add(usize::try_from(width).ok()?)?;
        let value = self.file.get(self.at..end)?.iter().fold(0, |value, byte| value << 8 | u64::from(*byte));
        self.at = end;
        Some(value)
    }

    /// The version of a full box; its flags are skipped.
    fn version(&mut self) -> Option<u64> {
        self.uint(4).map(|word| word >> 24)
    }
}

#[cfg(test)]
mod tests;
