"""An invented pack with four pooled answers."""

from __future__ import annotations

import pytest

from probatum.model.answer import Answer, Certainty, Level
from probatum.model.effect import Pooled
from probatum.model.pack import Pack, PackStatement, Question, SourceLink, Term, Vocabulary


def _pack() -> Pack:
    vocabulary = Vocabulary(
        drugs=(Term("x", "drug X"), Term("y", "drug Y")),
        routes=(Term("oral", "oral"), Term("nasal", "nasal")),
        indications=(
            Term("pain", "pain"),
            Term("nerve-pain", "nerve pain", parent="pain"),
            Term("gout", "gout"),
            Term("asthma", "asthma"),
            Term("cough", "cough"),
        ),
        outcomes=(Term("remission", "remission"),),
        comparators=(Term("placebo", "placebo"), Term("rest", "rest")),
        harms=(Term("nausea", "nausea"),),
    )
    texts = (
        ("F1", "Drug X is approved for gout; not approved for any other condition."),
        ("F2", "After drug X: supervise at least 2 h."),
    )
    statements = tuple(
        PackStatement(
            name, "regulatory", None, text, (SourceLink("https://example.org/l"),), "label", "high"
        )
        for name, text in texts
    )
    return Pack(
        "invented", "Invented", "1", "0" * 64, "2025-01-01", "invented", vocabulary, (), (), (),
        statements, (),
    )  # fmt: skip


def _answer(
    condition: str, estimate: tuple[float, float, float], level: Level, **fields: str
) -> Answer:
    given = {"aspect": "efficacy", "outcome": "severity", "comparator": "placebo", **fields}
    name = "-".join((condition, *given.values()))
    question = Question(
        name,
        name,
        condition,
        measure="SMD",
        benefit="lower",
        **given,  # type: ignore[arg-type]
    )
    value, low, high = estimate
    pooled = Pooled(
        name, "SMD", "REML", 3, 100.0, True, value, low, high, None, None, None, None, None, None,
        (), (), (),
    )  # fmt: skip
    return Answer(question, pooled, Certainty(level, "high", ()), 0, 0, f"What is held on {name}.")


@pytest.fixture(scope="session")
def pack() -> Pack:
    """A therapy of two drugs, invented."""
    return _pack()


@pytest.fixture(scope="session")
def answers() -> tuple[Answer, ...]:
    """Pain and gout are helped, asthma is not, cough gets worse, nausea is caused."""
    return (
        _answer("pain", (-0.5, -0.8, -0.2), "high"),
        _answer("gout", (-0.5, -0.8, -0.2), "low"),
        _answer("asthma", (-0.1, -0.5, 0.3), "moderate"),
        _answer("cough", (0.5, 0.2, 0.8), "moderate"),
        _answer("cough", (-0.5, -0.8, -0.2), "high", comparator="rest"),
        _answer("pain", (0.5, 0.2, 0.8), "high", aspect="safety", outcome="nausea"),
    )
