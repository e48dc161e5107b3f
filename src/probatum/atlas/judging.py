"""Judgements of bias as pages show them: by study and domain, and how far two people agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from probatum.model.study import AMSTAR_ITEMS, Judgement
from probatum.model.work import STUDY, Work
from probatum.stats.agreement import Agreement, cohen_kappa

ROB, AMSTAR = "RoB 2", "AMSTAR 2"


@dataclass(frozen=True, slots=True)
class Judged:
    """One domain of one study: each reviewer's latest judgement, and the consensus if any."""

    domain: str
    rows: tuple[Judgement, ...]
    consensus: Judgement | None

    @property
    def agreed(self) -> bool | None:
        """Whether two reviewers or more say the same; None for fewer."""
        return None if len(self.rows) < 2 else len({row.judgement for row in self.rows}) == 1


def study_name(work: Work) -> str:
    """Give the name under which a study is judged: the pack's label, else the work's id."""
    labels = sorted(
        d[len(STUDY) :].split("#", 1)[0] for d in work.documents if d.startswith(STUDY)
    )
    return labels[0] if labels else work.id


def judged(rows: Iterable[Judgement], study: str) -> dict[str, Judged]:
    """Give what was judged of one study, by domain."""
    found: dict[str, list[Judgement]] = {}
    for row in sorted(rows, key=lambda row: row.when):
        if row.study == study:
            found.setdefault(row.domain, []).append(row)
    return {domain: _judged(domain, own) for domain, own in found.items()}


def _judged(domain: str, rows: Sequence[Judgement]) -> Judged:
    latest = {row.who: row for row in rows if not row.consensus}
    agreed = [row for row in rows if row.consensus]
    return Judged(domain, tuple(latest.values()), agreed[-1] if agreed else None)


def agreement(rows: Sequence[Judgement]) -> dict[str, Agreement]:
    """Measure, by instrument, how far the first two reviewers of each domain agree."""
    pairs: dict[str, list[tuple[str, str]]] = {ROB: [], AMSTAR: []}
    for study in sorted({row.study for row in rows}):
        for domain, found in judged(rows, study).items():
            if len(found.rows) >= 2:
                one, other = sorted(found.rows, key=lambda row: row.who)[:2]
                instrument = AMSTAR if domain in AMSTAR_ITEMS else ROB
                pairs[instrument].append((one.judgement, other.judgement))
    return {name: cohen_kappa(own) for name, own in pairs.items()}
