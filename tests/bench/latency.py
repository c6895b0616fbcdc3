"""From a save to the new page: starts `serve`, changes one page again and again, and asks for it until it is new."""

import http.client
import os
import re
import shutil
import signal
import statistics
import subprocess
import time

from corpus import address

PAUSE = 0.001
PATIENCE = 10


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


def median(binary, corpus, folder, pairs, edits):
    """Median milliseconds from the close of a changed file to the first answer that holds the change."""
    root = os.path.join(folder, "site")
    shutil.copytree(os.path.join(corpus, "content"), os.path.join(root, "content"))
    command = [binary, "serve", root, "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    times = []
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port_of(process))
        for edit in range(edits + 1):
            number = (edit * 37) % pairs
            language = ["en", "ur"][edit % 2]
            source = os.path.join(root, f"content/{language}/{address(number)}.md")
            mark = f"marker{edit}x"
            with open(source, encoding="utf-8") as file:
                text = file.read()
            fetch(connection, f"/{language}/{address(number)}/")
            time.sleep(0.3)
            with open(source, "w", encoding="utf-8") as file:
                file.write(text.replace("\n\n## ", f" {mark}\n\n## ", 1))
            start = time.perf_counter()
            while mark.encode() not in fetch(connection, f"/{language}/{address(number)}/"):
                if time.perf_counter() - start > PATIENCE:
                    raise SystemExit(f"the change of {source} was not served within {PATIENCE} s")
                time.sleep(PAUSE)
            times.append((time.perf_counter() - start) * 1000)
    finally:
        process.send_signal(signal.SIGINT)
        process.stdout.close()
        process.wait()
    # The first save warms up what every later one finds warm.
    return statistics.median(times[1:]), max(times[1:])
