"""From a save to the new page and to the new search: starts `serve`, changes one page again and again, each time by a word that no page had,
asks for the page until it has the word, then for search until it has it; and then the word must find the page."""

import http.client
import os
import re
import shutil
import signal
import statistics
import subprocess
import time

from corpus import address

HERE = os.path.dirname(os.path.abspath(__file__))
PAUSE = 0.001
PATIENCE = 20
# Between saves: short, as people save, and so long that the save falls into what serve does when nobody saves.
RESTS = [0.3, 1.7, 5.6]


def port_of(process):
    for line in process.stdout:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if found:
            return int(found.group(1))
    raise SystemExit("serve did not start")


def fetch(connection, path):
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.read()


def wait_for(asker, word):
    if asker.stdout.readline() != f"{word}\n":
        raise SystemExit(f"the new word was not {word} within {PATIENCE} s")


def figures(times):
    # The first save warms up what every later one finds warm.
    return {"median_ms": round(statistics.median(times[1:]), 1), "max_ms": round(max(times[1:]), 1)}


def measured(binary, corpus, folder, pairs, edits):
    """Milliseconds from the close of a changed file to the first page that has the change, and to the first search that has it."""
    root = os.path.join(folder, "site")
    shutil.copytree(os.path.join(corpus, "content"), os.path.join(root, "content"))
    command = [binary, "serve", root, "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    pages, searches, asker = [], [], None
    try:
        port = port_of(process)
        connection = http.client.HTTPConnection("127.0.0.1", port)
        ask = ["node", os.path.join(HERE, "searched.mjs"), str(port), str(PATIENCE)]
        asker = subprocess.Popen(ask, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        for edit in range(edits + 1):
            number = (edit * 37) % pairs
            language = ["en", "ur"][edit % 2]
            source = os.path.join(root, f"content/{language}/{address(number)}.md")
            page = f"{language}/{address(number)}/"
            mark = "zeqvub" + "".join("abcdefghij"[int(digit)] for digit in str(edit))
            with open(source, encoding="utf-8") as file:
                text = file.read()
            fetch(connection, f"/{page}")
            time.sleep(RESTS[edit // 2 % len(RESTS)])
            with open(source, "w", encoding="utf-8") as file:
                file.write(text.replace("\n\n## ", f" {mark}\n\n## ", 1))
            start = time.perf_counter()
            while mark.encode() not in fetch(connection, f"/{page}"):
                if time.perf_counter() - start > PATIENCE:
                    raise SystemExit(f"the change of {source} was not served within {PATIENCE} s")
                time.sleep(PAUSE)
            pages.append((time.perf_counter() - start) * 1000)
            asker.stdin.write(f"{language} {mark} {page}index.html\n")
            asker.stdin.flush()
            wait_for(asker, "served")
            searches.append((time.perf_counter() - start) * 1000)
            wait_for(asker, "found")
    finally:
        if asker:
            asker.kill()
            asker.wait()
        process.send_signal(signal.SIGINT)
        process.stdout.close()
        process.wait()
    return {"save_to_page": figures(pages), "save_to_search": figures(searches)}
