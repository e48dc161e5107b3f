"""What the checks of single signs found, for those that weigh a document as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from probatum.model.flag import Flag
from probatum.trust.spun import Spun


@dataclass(frozen=True, slots=True)
class Findings:
    """The flags so far, and the judgement on machine paraphrase that they gave rise to."""

    flags: tuple[Flag, ...]
    spun: Spun
