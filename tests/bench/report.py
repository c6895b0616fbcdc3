"""Figures as Markdown, with the bars beside them."""

# Of a build without search, and of the whole.
CPU_BAR = {"pages": 0.20, "rahnuma": 0.45}
MEMORY_BAR = {("pages", 5000): 300, ("rahnuma", 5000): 450}
GROWTH_BAR = 1.3
SEARCH_BAR = 0.25
SAVE_BAR = {1000: 60, 5000: 120}
NAMES = {"rahnuma": "Rahnuma", "pages": "Rahnuma without search", "floor": "bare floor", "hugo": "Hugo", "pagefind": "Pagefind (index only)"}


def verdict(value, bar):
    return f"{value:g} (bar {bar:g}: {'met' if value <= bar else 'missed'})"


def table(results):
    lines = ["| pairs | what | CPU a page, ms | of the floor | wall, s | memory, MB | memory a page, KB |", "|--:|---|--:|--:|--:|--:|--:|"]
    for result in results:
        floor = result["floor"]["cpu_ms_a_page"]
        for key in [key for key in NAMES if key in result]:
            one = result[key]
            cpu = verdict(one["cpu_ms_a_page"], CPU_BAR[key]) if key in CPU_BAR else f"{one['cpu_ms_a_page']:g}"
            bar = MEMORY_BAR.get((key, result["pairs"]))
            memory = verdict(one["memory_mb"], bar) if bar else f"{one['memory_mb']:g}"
            ratio = one["cpu_ms_a_page"] / floor
            lines.append(
                f"| {result['pairs']:,} | {NAMES[key]} | {cpu} | {ratio:.1f}× | {one['wall_s']:.2f} | {memory} | {one['memory_kb_a_page']:g} |"
            )
    return "\n".join(lines + [""] + remarks(results))


def remarks(results):
    lines = []
    first, last = results[0], results[-1]
    if last is not first:
        growth = round(last["pages"]["cpu_ms_a_page"] / first["pages"]["cpu_ms_a_page"], 2)
        lines.append(f"- CPU a page without search at {last['pairs']:,} pairs against {first['pairs']:,}: {verdict(growth, GROWTH_BAR)}.")
    for result in results:
        search = round(result["rahnuma"]["cpu_ms_a_page"] - result["pages"]["cpu_ms_a_page"], 3)
        lines.append(f"- Search's CPU a page at {result['pairs']:,} pairs: {verdict(search, SEARCH_BAR)} ms.")
        corpus = ", ".join(f"{one['forms']:,} different words in {code}, {one['words_a_page']} a page" for code, one in result["corpus"].items())
        lines.append(f"- The corpus of {result['pairs']:,} pairs: {corpus}.")
        for key, what in {"save_to_page": "the new page", "save_to_search": "search that has the new word"}.items():
            save = result.get(key)
            if save:
                bar = SAVE_BAR.get(result["pairs"])
                middle = verdict(save["median_ms"], bar) if bar else f"{save['median_ms']:g}"
                lines.append(f"- From a save to {what} at {result['pairs']:,} pairs: {middle} ms in the middle, {save['max_ms']:g} ms at worst.")
    return lines


def document(results):
    return f"""# What a build costs

Measured by `tests/bench/run` on two shared cores (Linux, release build). A page is one Markdown file of about 650 words;
a pair is the page in English and in Urdu. Each figure is of the run with the least CPU of several: read, parse, resolve,
render and write into an empty folder in memory, with the source files in the system's cache. CPU is user and system time
together; memory is the largest resident set. A save is one word more in one page; the clock stops when `serve` gives the page with it,
and when it gives the part of the search index in which a browser finds it. Some saves fall into the time in which the index is made anew. The bare floor reads the same files, turns them into HTML with pulldown-cmark
and writes that, and does nothing else. Search's cost is the difference of the builds with and without it.
Hugo and Pagefind were measured in the same run on the same pages: Hugo with a theme of equal shape (the same stylesheet
inlined, side list of the section, contents, crumbs, neighbours, topic and section lists), Pagefind on Rahnuma's output.

{table(results)}
"""
