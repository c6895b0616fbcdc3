"""How many different words the corpus has, and how long its pages are: a corpus with fewer would flatter every tool."""

import glob
import os
import re
import unicodedata

# What a corpus of 1,000 pairs must have at least.
FORMS = {"en": 25_000, "ur": 35_000}
PAIRS = 1000


def letters(word):
    return any(unicodedata.category(c).startswith("L") for c in word)


def count(folder):
    """Different words and words a page, by language, of titles and text without front matter's other keys, links and codes."""
    result = {}
    for language in FORMS:
        forms, words, pages = set(), 0, 0
        for path in glob.glob(os.path.join(folder, "content", language, "section-*", "*.md")):
            with open(path, encoding="utf-8") as file:
                text = file.read().split("\n---\n", 1)[1]
            text = re.sub(r"\]\([^)]*\)|^:::.*$|[\[\]|*#>`{}]", " ", text, flags=re.MULTILINE)
            found = [word for word in (w.strip(".,،۔;:!?()\"'").lower() for w in text.split()) if letters(word)]
            forms.update(found)
            words, pages = words + len(found), pages + 1
        result[language] = {"forms": len(forms), "words_a_page": round(words / max(pages, 1))}
    return result


def check(folder, pairs):
    """Counts; ends the benchmark where a corpus of the size that the bars are for is too poor."""
    found = count(folder)
    poor = [f"{code}: {found[code]['forms']} of {least}" for code, least in FORMS.items() if found[code]["forms"] < least]
    if pairs >= PAIRS and poor:
        raise SystemExit(f"the corpus has too few different words ({', '.join(poor)}); tests/bench/corpus.py makes it")
    return found
