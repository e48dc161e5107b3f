"""Our own list of usual words and what paraphrasing machines put for them on pages on health."""

from __future__ import annotations

from pathlib import Path

PAGES = Path(__file__).parent / "spinner_words.txt"


def from_pages() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Read our own list of words on pages: near words of words, and of phrases."""
    words: dict[str, list[str]] = {}
    phrases: dict[str, list[str]] = {}
    for line in PAGES.read_text(encoding="utf-8").splitlines():
        word, _, others = line.partition(" = ")
        if others:
            kept = [other.strip().replace("-", " ") for other in others.split(",")]
            (phrases if "-" in word else words)[word.replace("-", " ")] = kept
    return words, phrases
