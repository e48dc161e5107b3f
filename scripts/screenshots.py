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
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
WIDTHS = {1280: 900, 360: 740}
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


def _ask(address: str, path: str) -> list[dict[str, object]]:
    with urlopen(f"{address}{path}", timeout=30) as answer:  # noqa: S310
        found = json.load(answer)
    return found if isinstance(found, list) else next(v for v in found.values() if _rows(v))


def _rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def pages(address: str) -> dict[str, str]:
    """Choose the page of each kind that shows most: the largest pool, the longest document."""
    answers = _ask(address, "/questions.json")
    pooled = max(answers, key=lambda one: int(str(one.get("k") or 0)))
    documents = _ask(address, "/documents.json")
    document = max(documents, key=lambda one: (one.get("kind") == "article", str(one.get("id"))))
    works = _ask(address, "/works.json")
    work = max(works, key=lambda one: (len(str(one.get("documents", ""))), str(one.get("id"))))
    question = quote(str(pooled.get("question", pooled.get("id"))), safe="")
    return {
        "overview": "/",
        "question": f"/questions/{question}",
        "document": f"/documents/{quote(str(document['id']), safe='')}",
        "work": f"/works/{quote(str(work['id']), safe='')}",
    }


def photograph(browser: Browser, url: str, name: str, width: int) -> bool:
    """Take one picture; says whether it differs from the one that was there."""
    page = browser.new_page(viewport={"width": width, "height": WIDTHS[width]})
    page.goto(url)
    picture = page.screenshot(full_page=False)
    overflow = page.evaluate("document.documentElement.scrollWidth") - width
    page.close()
    if overflow > 0:
        print(f"screenshots: {name} at {width} px is {overflow} px too wide", file=sys.stderr)
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
            for width in WIDTHS:
                changed = photograph(browser, address + path, name, width)
                print(f"{name}-{width}.png {'written' if changed else 'unchanged'}  {path}")
        browser.close()


if __name__ == "__main__":
    os.environ.setdefault("NO_COLOR", "1")
    main()
