"""Read passages with an editor's marks, ``validation/labels/remarks_*.txt``: invented, our own.

Passages are parted by blank lines; the first line is ``# register | topic``, each other one a
sentence; a mark is ⟦kind|words⟧. Lines that begin with ``%`` say what the file is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "labels"
WRITERS = tuple(f"remarks_{number}" for number in range(1, 9))
# Who wrote when the model stood: not learnt, there to measure by.
LATER = ("remarks_9", "remarks_10")
# Sentences that stand alone, half of them on dangers and status: to learn, and to measure by.
SINGLE = ("sentences_1", "sentences_2", "sentences_3", "sentences_4", "sentences_6")
SINGLE_LATER = ("sentences_5", "sentences_7")
KINDS = {
    "D": "safety_contradiction", "S": "regulatory_misstatement", "O": "overclaim",
    "W": "safety_statement", "T": "regulatory_statement", "N": "",
}  # fmt: skip
_MARK = re.compile(r"⟦(\w+)\|(.*?)⟧")
Mark = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage: its register, its sentences, their marks as (kind, start, end), its topic."""

    writer: str
    register: str
    sentences: tuple[str, ...]
    marks: tuple[tuple[Mark, ...], ...]
    topic: str = ""


def marked_passages(writer: str) -> Iterator[Passage]:
    """Give the passages of a writer."""
    text = (FOLDER / f"{writer}.txt").read_text(encoding="utf-8")
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in part.split("\n") if line.strip() and not line.startswith("%")]
        if lines:
            read = [_read(line) for line in lines[1:]]
            register, _, topic = (part.strip() for part in lines[0].lstrip("# ").partition("|"))
            texts, marks = (tuple(column) for column in zip(*read, strict=True))
            yield Passage(writer, register, texts, marks, topic)


def single_sentences(name: str) -> Iterator[Passage]:
    """Give sentences that stand alone, or behind one other, each as a passage.

    A line is a label of ``KINDS``, a tab and the sentence; what stands before it, and ` ¦ `,
    come first where there is something.
    """
    text = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8")
    for line in (line for line in text.splitlines() if "\t" in line and line[0] != "%"):
        label, _, told = line.partition("\t")
        texts = tuple(part.strip() for part in told.split(" ¦ "))
        kind = KINDS[label]
        mark = ((kind, 0, len(texts[-1])),) if kind else ()
        yield Passage(name, "sentences", texts, (*(() for _ in texts[1:]), mark))


def _read(line: str) -> tuple[str, tuple[Mark, ...]]:
    text, marks, at = "", [], 0
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        marks.append((match[1], len(text), len(text) + len(match[2])))
        text += match[2]
        at = match.end()
    return text + line[at:], tuple(marks)
