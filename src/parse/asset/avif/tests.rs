//! A small AVIF made here: a picture, its EXIF, XMP and thumbnail, a private box and data nothing refers to.

use crate::parse::asset::clean;

fn boxed(kind: &[u8; 4], body: &[&[u8]]) -> Vec<u8> {
    let body = body.concat();
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..], kind, &body].concat()
}

type Change<'a> = &'a dyn Fn(&mut Vec<u8>);

const FULL: &[u8] = &[0, 0, 0, 0];

fn infe(id: u8, kind: &[u8; 4], names: &[u8]) -> Vec<u8> {
    boxed(b"infe", &[&[2, 0, 0, 0], &[0, id, 0, 0], kind, names])
}

/// The names and data differ between the dirty and the clean file; everything else is the same bytes.
struct Parts {
    items: [Vec<u8>; 4],
    private: Vec<u8>,
    xml: Vec<u8>,
    data: [&'static [u8]; 5],
}

fn file(parts: &Parts) -> Vec<u8> {
    let ftyp = boxed(b"ftyp", &[b"avif", FULL, b"avifmif1"]);
    let meta = |offsets: [u32; 4]| {
        let mut iloc = [FULL, &[0x44, 0, 0, 4]].concat();
        for (n, offset) in offsets.into_iter().enumerate() {
            let length = u32::try_from(parts.data[n].len()).unwrap();
            iloc.extend([0, u8::try_from(n + 1).unwrap(), 0, 0, 0, 1]);
            iloc.extend([offset.to_be_bytes(), length.to_be_bytes()].concat());
        }
        let ispe = boxed(b"ispe", &[FULL, &[0, 0, 0, 2, 0, 0, 0, 3]]);
        boxed(
            b"meta",
            &[
                FULL,
                &boxed(b"hdlr", &[&[0; 8], b"pict", &[0; 13]]),
                &boxed(b"pitm", &[FULL, &[0, 1]]),
                &boxed(b"iloc", &[&iloc]),
                &boxed(b"iinf", &[FULL, &[0, 4], &parts.items.concat()]),
                &boxed(b"iref", &[FULL, &boxed(b"cdsc", &[&[0, 2, 0, 1, 0, 1]]), &boxed(b"thmb", &[&[0, 4, 0, 1, 0, 1]])]),
                &boxed(b"iprp", &[&boxed(b"ipco", &[&ispe])]),
                &parts.xml,
            ],
        )
    };
    let start = u32::try_from(ftyp.len() + meta([0; 4]).len() + parts.private.len() + 8).unwrap();
    let mut offsets = [start; 4];
    for n in 1..4 {
        offsets[n] = offsets[n - 1] + u32::try_from(parts.data[n - 1].len()).unwrap();
    }
    [ftyp, meta(offsets), parts.private.clone(), boxed(b"mdat", &parts.data)].concat()
}

fn dirty() -> Parts {
    Parts {
        items: [
            infe(1, b"av01", b"Ali\0"),
            infe(2, b"Exif", b"\0"),
            infe(3, b"mime", b"x\0application/rdf+xml\0"),
            infe(4, b"av01", b"\0"),
        ],
        private: boxed(b"uuid", &[b"by Ali"]),
        xml: boxed(b"xml ", &[b"<x/>"]),
        data: [b"PIXELS", b"GPS31", b"<rdf>", b"thumb", b"orphan"],
    }
}

#[test]
fn everything_but_the_picture_is_blank() {
    let zero = |n: usize| vec![0; n];
    let expected = file(&Parts {
        items: [infe(1, b"av01", &zero(4)), infe(2, b"skip", &zero(1)), infe(3, b"skip", &zero(22)), infe(4, b"skip", &zero(1))],
        private: boxed(b"free", &[&zero(6)]),
        xml: boxed(b"free", &[&zero(4)]),
        data: [b"PIXELS", &[0; 5], &[0; 5], &[0; 5], &[0; 6]],
    });
    let cleaned = clean("avif", &file(&dirty())).unwrap();
    assert_eq!(cleaned.bytes, expected);
    assert_eq!((cleaned.size, cleaned.media_type), (Some((2, 3)), "image/avif"));
    assert_eq!(clean("avif", &cleaned.bytes).unwrap(), cleaned);
}

#[test]
fn what_is_not_understood_is_refused() {
    let good = file(&dirty());
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = good.clone();
        change(&mut bytes);
        clean("avif", &bytes).map(|c| c.size)
    };
    let find = |what: &[u8]| good.windows(what.len()).position(|w| w == what).unwrap();
    assert_eq!(with(&|_| ()).unwrap(), Some((2, 3)));
    let changes: [Change; 7] = [
        &|b| b.extend(b"tail"),
        &|b| b.truncate(b.len() - 1),
        &|b| b.extend(boxed(b"moov", &[b""])),
        &|b| b[find(b"av01")] = b'x',
        &|b| b[find(b"infe") + 4] = 1,
        &|b| b[find(b"iloc") + 4] = 3,
        &|b| b[find(b"iloc") + 8] = 0x54,
    ];
    for (n, change) in changes.into_iter().enumerate() {
        let problem = with(change).unwrap_err();
        assert_eq!(problem.message, "the AVIF is animated or built in a way that cannot be cleaned of metadata", "{n}");
    }
}
