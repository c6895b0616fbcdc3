"""A deterministic bilingual corpus: `corpus.py ROOT PAIRS RAHNUMA` writes ROOT/content.

Words are made from syllables and drawn by Zipf's law (in Mandelbrot's form) with a seeded generator; nothing comes from evaluation data or
from real pages. Every page has about 650 words, headings, lists, a table, links to other pages, tags and the front
matter of a real page; a section holds 50 pages; of ten sections six are guidance, two procedures, two law.
"""

import itertools
import json
import os
import random
import subprocess
import sys

SECTION = 50
WORDS = 650
AUDIENCE = ["police", "fia", "prosecutors", "labour", "welfare", "providers"]
JURISDICTION = ["federal", "punjab", "sindh", "kp"]
KINDS = ["guidance", "guidance", "sop", "guidance", "law", "guidance", "guidance", "sop", "guidance", "law"]

ENGLISH = (
    ["", "b", "br", "c", "d", "f", "g", "gr", "h", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "w"],
    ["a", "e", "i", "o", "u", "ea", "ou"],
    ["", "", "n", "r", "s", "t", "l", "nd", "st"],
)
URDU = (
    ["ا", "ب", "پ", "ت", "ٹ", "ج", "چ", "ح", "خ", "د", "ڈ", "ر", "ز", "س", "ش", "ع", "غ", "ف", "ق", "ک", "گ", "ل", "م", "ن", "و", "ہ", "ی"],
    ["ا", "و", "ی", "ے", "", "ھا"],
    ["", "", "ں", "ر", "ن", "ت", "م", "د"],
)


class Language:
    """Words of one language by rank, and sentences of them."""

    def __init__(self, code, syllables, forms, stop, comma, seed):
        self.code, self.stop, self.comma = code, stop, comma
        draw = random.Random(seed)
        words, seen = [], set()
        while len(words) < forms:
            # Frequent words are short.
            least = 1 if len(words) < 300 else 2
            count = draw.randint(least, least + 2)
            word = "".join(draw.choice(part) for _ in range(count) for part in syllables)
            if len(word) > 1 and word not in seen:
                seen.add(word)
                words.append(word)
        self.words = words
        self.weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(1, forms + 1)))

    def draw(self, random_, count):
        return random_.choices(self.words, cum_weights=self.weights, k=count)

    def title(self, random_):
        return " ".join(self.draw(random_, random_.randint(3, 6))).capitalize()

    def sentences(self, random_, count, inserts=()):
        """About `count` words as sentences; each of `inserts` (links, references) stands somewhere in them."""
        words = self.draw(random_, count)
        for text in inserts:
            words[random_.randrange(count)] = text
        out = []
        while words:
            length = random_.randint(8, 20)
            sentence, words = words[:length], words[length:]
            if len(sentence) > 11:
                sentence[5] += self.comma
            out.append(sentence[0][:1].upper() + " ".join(sentence)[1:] + self.stop)
        return " ".join(out)


def address(number):
    return f"section-{number // SECTION:03}/page-{number:05}"


def headings(language, random_, kind):
    """The same for both languages of a page in number and level; a law's sections carry ids."""
    suffix = (lambda n: f" {{#s-{n}}}") if kind == "law" else (lambda _: "")
    return [f"## {language.title(random_)}{suffix(n)}" for n in range(1, 7)]


def link(language, random_, number, pairs):
    """To a page near by, or anywhere."""
    near = min(pairs - 1, number // SECTION * SECTION + random_.randrange(SECTION))
    target = near if random_.random() < 0.6 else random_.randrange(pairs)
    return f"[{' '.join(language.draw(random_, 2))}](../{address(target)}.md)"


def front(language, random_, number, pairs, kind, tags, title):
    lines = [
        "---",
        f"type: {kind}",
        f'title: "{title}"',
        f'description: "{language.sentences(random_, 18)}"',
        f"updated: 2026-{random_.randint(1, 9):02}-{random_.randint(1, 28):02}",
        f"audience: [{', '.join(sorted(random_.sample(AUDIENCE, 2)))}]",
        f"jurisdiction: [{random_.choice(JURISDICTION)}]",
        "stage: identify",
        f"tags: [{', '.join(tags)}]",
        f"weight: {random_.randint(1, 9) * 10}",
        "verification: partly",
        f"related: [{address(random_.randrange(pairs))}, {address(random_.randrange(pairs))}]",
    ]
    if kind == "sop":
        lines += [f"code: SOP-{number}", 'version: "0.1"', "status: draft"]
    if kind == "law":
        lines += [f'short_title: "{title}"', f'number: "{number}"', "year: 2018"]
    for _ in range(2):
        lines += [f'  - title: "{language.title(random_)}"', f'    work: "{language.title(random_)}"', "    confidence: A"]
        if "sources:" not in lines:
            lines.insert(-3, "sources:")
    return lines + ["---", ""]


def page(language, random_, number, pairs, kind, tags):
    title = language.title(random_)
    lines = front(language, random_, number, pairs, kind, tags, title)
    latin = ["PTPA 2018", "370"] if language.code == "ur" else ["Section", "370"]
    text = lambda count, links=1: language.sentences(
        random_, count, [link(language, random_, number, pairs) for _ in range(links)] + latin
    )
    parts = headings(language, random_, kind)
    lines += [text(60, 2), "", parts[0], "", text(85), ""]
    lines += [f"- {language.sentences(random_, 10)}" for _ in range(5)]
    lines += ["", parts[1], "", text(75), ""]
    cells = lambda count: "| " + " | ".join(" ".join(language.draw(random_, count)) for _ in range(3)) + " |"
    lines += [cells(1), "|---|---|---|"] + [cells(4) for _ in range(5)]
    lines += ["", parts[2], ""]
    if kind == "sop":
        for step in range(3):
            lines += [':::step{role=first-responder within="2 h" basis=practice}', f"### {language.title(random_)}", "", text(25), ""]
            lines += [f"- [ ] {language.sentences(random_, 8)}" for _ in range(2)] + [":::", ""]
    else:
        lines += [text(80), "", f"### {language.title(random_)}", "", text(40), ""]
    lines += [parts[3], "", text(70), "", f"> [!NOTE]\n> {language.sentences(random_, 20)}", ""]
    lines += [parts[4], "", text(70) + "[^1]", ""]
    lines += [f"1. **{' '.join(language.draw(random_, 2))}** {language.sentences(random_, 9)}" for _ in range(4)]
    lines += ["", parts[5], "", text(45), "", f"[^1]: {language.sentences(random_, 12)}", ""]
    return "\n".join(lines)


def settings():
    """A `site.yaml` with everything on."""
    names = lambda ids: "".join(f"    {i}: {{en: {i.capitalize()}, ur: {i.upper()}}}\n" for i in ids)
    return (
        "title: {en: Bench, ur: پیمائش}\ndescription: {en: A corpus for measuring., ur: پیمائش کے لیے صفحات۔}\n"
        "base_url: https://bench.example\nstage: preview\ndefault_language: en\n"
        "languages:\n  - {code: en, name: English, dir: ltr, locale: en-PK}\n  - {code: ur, name: اردو, dir: rtl, locale: ur-PK}\n"
        "theme: default\nnumerals: western\n"
        "nav:\n  - {ref: section-000/index, label: {en: First, ur: پہلا}}\n  - {ref: helplines}\n"
        "helplines: [help]\n"
        "exit: {url: https://www.bbc.co.uk/weather, label: {en: Leave, ur: نکلیں}, approved: false}\n"
        "repository: {url: https://code.example/bench, branch: main}\n"
        f"vocabularies:\n  audience:\n{names(AUDIENCE)}  jurisdiction:\n{names(JURISDICTION)}"
        "  role:\n    first-responder: {en: First officer, ur: پہلا اہلکار}\n"
    )


DIRECTORY = """- id: help
  name: {en: Helpline, ur: ہیلپ لائن}
  phones: [{display: "15", dial: "15"}]
  service: [emergency]
  audience: []
  jurisdiction: []
  source: {en: Bench, ur: پیمائش}
  source_date: "2026"
"""


def write(root, path, text):
    full = os.path.join(root, "content", path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def generate(root, pairs):
    growth = max(1.0, (pairs / 1000) ** 0.4)
    languages = [
        Language("en", ENGLISH, int(36_000 * growth), ".", ",", 11),
        Language("ur", URDU, int(50_000 * growth), "۔", "،", 12),
    ]
    write(root, "site.yaml", settings())
    write(root, "data/directory.yaml", DIRECTORY)
    for language in languages:
        draw = random.Random(language.code)
        for name in ["index", "helplines"]:
            title, text = language.title(draw), language.sentences(draw, 120)
            write(root, f"{language.code}/{name}.md", f'---\ntype: page\ntitle: "{title}"\nupdated: 2026-01-01\n---\n\n{text}\n')
    topics = [f"topic-{n:02}" for n in range(40)]
    for number in range(pairs):
        kind = KINDS[number // SECTION % len(KINDS)]
        tags = sorted(random.Random(number).sample(topics, 3))
        for language in languages:
            draw = random.Random(f"{language.code}-{number}")
            write(root, f"{language.code}/{address(number)}.md", page(language, draw, number, pairs, kind, tags))


def record(root, binary):
    """Writes into each translation which state of its original it was made from, as the diagnostic proposes it."""
    command = [binary, "check", root, "--format", "json", "--today", "2026-11-23"]
    found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout)["diagnostics"]
    errors = [d for d in found if d["severity"] == "error"]
    if errors:
        raise SystemExit(f"the corpus has errors, the first: {errors[0]}")
    for diagnostic in found:
        if diagnostic["code"] == "not-compared":
            path = os.path.join(root, diagnostic["file"])
            with open(path, encoding="utf-8") as file:
                text = file.read()
            state = diagnostic["help"].rsplit("translated_from: ", 1)[1].rstrip("`")
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(text.replace("\n---\n", f'\ntranslated_from: "{state}"\n---\n', 1))


if __name__ == "__main__":
    generate(sys.argv[1], int(sys.argv[2]))
    record(sys.argv[1], sys.argv[3])
