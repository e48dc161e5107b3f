"""Take the pictures of docs/images: the atlas of the demo base, as a person sees it.

Makes the demo base in a temporary folder, serves it on a free port, and photographs a page of each
kind at 1280 and 360 pixels with Debian's chromium. A picture is written only when it changed.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
HEIGHT = 900
# How much of a long page is shown, by the width of the window.
MOST = {1280: 1400, 360: 1800}
# Chromium must not look for anything outside.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def served_demo(folder: Path) -> Iterator[str]:
    """Build the demo base in ``folder`` and serve it; gives the address."""
    probatum = Path(sys.executable).with_name("probatum")
    subprocess.run([probatum, "demo", "--no-serve"], cwd=folder, check=True)
    base = next(folder.rglob("probatum.toml")).parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(probatum), "serve", "--base", str(base), "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urlopen(address, timeout=5).close()  # noqa: S310
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"screenshots: nothing answers at {address}")


def _ask(address: str, path: str) -> Any:
    with urlopen(f"{address}{path}", timeout=30) as answer:  # noqa: S310
        return json.load(answer)


def _path(collection: str, key: str) -> str:
    return f"/{collection}/{quote(key, safe='')}"


def pages(address: str) -> dict[str, str]:
    """Choose the page of each kind that shows most: the largest pool, the most cited work."""
    answers = _ask(address, "/questions.json")
    question = max(answers, key=lambda one: (one["k"], one["question"]))["question"]
    documents = _ask(address, "/documents.json")
    document = max(documents, key=lambda one: (one["kind"] == "article", one["flags"], one["id"]))
    works = [_path("works", one["id"]) for one in _ask(address, "/works.json")]
    drug = _ask(address, "/data.json")["pack"]["name"].capitalize()
    condition = max(answers, key=lambda one: (one["k"], one["question"]))["label"].split(":")[0]
    text = f"{drug} cures {condition.lower()}. {drug} may help in {condition.lower()}. It rained."
    return {
        "overview": "/",
        "question": _path("questions", question),
        "check": f"/check?{urlencode({'text': text})}",
        "document": _path("documents", document["id"]),
        "work": max(works, key=lambda path: len(_ask(address, f"{path}.json")["statements"])),
    }


def photograph(browser: Browser, url: str, name: str, width: int) -> bool:
    """Take one picture; says whether it differs from the one that was there."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT})
    answer = page.goto(url)
    if answer is None or not answer.ok:
        raise SystemExit(f"screenshots: {url} answers {answer and answer.status}")
    wide, high = page.evaluate(
        "[document.documentElement.scrollWidth, document.body.scrollHeight]"
    )
    if wide > width:
        print(f"screenshots: {name} at {width} px is {wide - width} px too wide", file=sys.stderr)
    picture = page.screenshot(
        full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(high, MOST[width])}
    )
    page.close()
    file = IMAGES / f"{name}-{width}.png"
    changed = not file.exists() or file.read_bytes() != picture
    if changed:
        file.write_bytes(picture)
    return changed


def main() -> None:
    """Take all pictures."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("screenshots: chromium is missing; run: apt-get install chromium")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served_demo(Path(folder)) as address,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, path in pages(address).items():
            for width in MOST:
                changed = photograph(browser, address + path, name, width)
                print(f"{name}-{width}.png {'written' if changed else 'unchanged'}  {path}")
        browser.close()


if __name__ == "__main__":
    os.environ.setdefault("NO_COLOR", "1")
    main()
