"""An answer as a program or a notebook holds it."""

from __future__ import annotations

from dataclasses import dataclass

from probatum.model.answer import Answer
from probatum.model.pack import Pack


@dataclass(frozen=True, slots=True, repr=False)
class Answered:
    """One answer: its numbers are in ``answer``; as text its sentence, in a notebook a page."""

    answer: Answer
    pack: Pack

    def __str__(self) -> str:
        return self.answer.sentence

    def __repr__(self) -> str:
        return f"{self.answer.question.label}: {self.answer.sentence}"

    def _repr_html_(self) -> str:
        """Draw the answer for a notebook."""
        from probatum.atlas.notebook import notebook_html  # noqa: PLC0415, figures and templates

        return notebook_html(self.answer, self.pack)
