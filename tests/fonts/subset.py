#!/usr/bin/env python3
"""Make the Urdu web font of the default theme, "Rahnuma Nastaliq".

    python tests/fonts/subset.py INPUT.woff2 OUTPUT.woff2

What it does
    Cuts Noto Nastaliq Urdu Regular down to the characters of modern Urdu
    (characters.txt, beside this script), keeping every layout feature and
    dropping hints and glyph names; rebalances the vertical metrics so that
    the text sits in the middle of its line; renames the family. Outlines,
    advance widths and shaping are those of the original.

Input
    files/noto-nastaliq-urdu-arabic-400-normal.woff2 of the npm package
    @fontsource/noto-nastaliq-urdu 5.3.0 (font version 3.007), 159,368 bytes:
        npm pack @fontsource/noto-nastaliq-urdu@5.3.0
        sha256 fecd45d69436d911d79ff10fc39ca7f7022cbe05214bc07f931820b7c7a7d15c
    It holds no ASCII but the space: digits 0-9, Latin letters and
    + = @ # & * _ % < > ~ are left to the page's Latin face.

Output
    themes/default/assets/fonts/rahnuma-nastaliq.woff2, 106,928 bytes:
        sha256 73a900136e79fac548314e7b469ee64441ba57a6f3e45317bfe486ce4c2ab146
    The same bytes on every run with fonttools 4.68.0 and brotli 1.2.1
    (pip install fonttools==4.68.0 brotli==1.2.1). Exit status 1 if the bytes
    differ from this hash; the file is written all the same, to be looked at.

To add a character: add its line to characters.txt, run, look at the result in
a browser, then correct EXPECTED and the size and hash above.

Licence: the font is under the SIL Open Font License 1.1, and so is the output;
LICENSE-OFL.txt stays beside it.
"""

import hashlib
import io
import sys
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = "fecd45d69436d911d79ff10fc39ca7f7022cbe05214bc07f931820b7c7a7d15c"
EXPECTED = "73a900136e79fac548314e7b469ee64441ba57a6f3e45317bfe486ce4c2ab146"

FAMILY = "Rahnuma Nastaliq"
POSTSCRIPT = "RahnumaNastaliq-Regular"

# In em. Shipped: 1.904 / 0.596, which puts the text low in its line.
ASCENT, DESCENT = 1.42, 0.77
# What old Windows programs clip to; browsers do not read it.
WIN_ASCENT, WIN_DESCENT = 2.4, 0.7

# Seconds since 1904, as in the source: fixed, so that runs agree.
CREATED, MODIFIED = 3726188377, 3742219373


def characters(path):
    """The code points of a list with lines `U+XXXX NAME`."""
    points = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        code, _, name = line.partition(" ")
        point = int(code.removeprefix("U+"), 16)
        if unicodedata.name(chr(point)) != name:
            sys.exit(f"{path.name}:{number}: {code} is {unicodedata.name(chr(point))}")
        points.append(point)
    if points != sorted(set(points)):
        sys.exit(f"{path.name}: not sorted, or a character twice")
    return points


def cut(font, points):
    missing = [p for p in points if p not in font.getBestCmap()]
    # Invisible controls (U+200F) need no glyph; a letter does.
    letters = [p for p in missing if unicodedata.category(chr(p)) != "Cf"]
    if letters:
        sys.exit("not in the font: " + " ".join(f"U+{p:04X}" for p in letters))

    options = subset.Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.glyph_names = False
    options.name_IDs = ["*"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)


def set_metrics(font):
    em = font["head"].unitsPerEm
    hhea, os2 = font["hhea"], font["OS/2"]
    hhea.ascent = os2.sTypoAscender = round(ASCENT * em)
    hhea.descent = os2.sTypoDescender = -round(DESCENT * em)
    hhea.lineGap = os2.sTypoLineGap = 0
    os2.usWinAscent = round(WIN_ASCENT * em)
    os2.usWinDescent = round(WIN_DESCENT * em)
    os2.fsSelection |= 1 << 7  # USE_TYPO_METRICS


def rename(font):
    """The copyright (0) and licence address (14) stay as they are."""
    for number, text in {
        1: FAMILY,
        3: f"3.007;{POSTSCRIPT}",
        4: f"{FAMILY} Regular",
        6: POSTSCRIPT,
        10: "Noto Nastaliq Urdu 3.007 cut to modern Urdu, with other vertical metrics.",
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
    }.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].achVendID = "NONE"


def build(source):
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    # The packer written in Python: the other one is used only where uharfbuzz
    # happens to be installed, and its tables compress 14 KB worse.
    font.cfg["fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER"] = False
    cut(font, characters(Path(__file__).with_name("characters.txt")))
    set_metrics(font)
    rename(font)
    font["head"].created, font["head"].modified = CREATED, MODIFIED
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: subset.py INPUT.woff2 OUTPUT.woff2")
    source = Path(sys.argv[1]).read_bytes()
    if hashlib.sha256(source).hexdigest() != SOURCE:
        sys.exit("input is not the file named in this script's first lines")
    result = build(source)
    Path(sys.argv[2]).write_bytes(result)
    digest = hashlib.sha256(result).hexdigest()
    print(f"{len(result)} bytes, sha256 {digest}")
    if digest != EXPECTED:
        sys.exit("the bytes are not those expected: other tool versions, or a change")


if __name__ == "__main__":
    main()
