"""What people judged about the risk of bias of studies, one judgement a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from probatum.flow.judgements import ROB_DOMAINS
from probatum.model.answer import RiskOfBias
from probatum.model.study import Judgement

OVERALL = ROB_DOMAINS[0]
# Without an overall judgement these five of RoB 2 must all be judged before a study counts as low.
CORE = ROB_DOMAINS[1:6]
_GRAVITY = ("low", "some concerns", "high")


def judgement(row: Mapping[str, str]) -> Judgement:
    """Make a judgement of a line of rob.csv."""
    return Judgement(*(row[n] for n in ("study", "domain", "judgement", "who", "when", "why")))


def judged(decisions: Sequence[Mapping[str, str]]) -> dict[str, RiskOfBias]:
    """Give the risk of bias of each study that somebody judged.

    Of several judgements of one reviewer on one domain the latest counts (``when``, then the
    order of the lines). The latest consensus holds; until there is one, the gravest of the
    reviewers. An overall judgement holds; without one, a high domain makes the study high, and
    the gravest of the five domains of RoB 2 counts once all of them are judged.
    """
    by_study: dict[str, list[Judgement]] = {}
    for row in sorted(decisions, key=lambda row: row["when"]):
        if row["domain"] in ROB_DOMAINS:
            by_study.setdefault(row["study"], []).append(judgement(row))
    return {study: _of_study(study, rows) for study, rows in sorted(by_study.items())}


def settled(rows: Sequence[Judgement]) -> Judgement:
    """Give the judgement that holds of those on one domain, in the order of time."""
    agreed = [row for row in rows if row.consensus]
    if agreed:
        return agreed[-1]
    latest = {row.who: row for row in rows}
    return max(reversed(latest.values()), key=lambda row: _GRAVITY.index(row.judgement))


def _of_study(study: str, rows: Sequence[Judgement]) -> RiskOfBias:
    by_domain: dict[str, list[Judgement]] = {}
    for row in rows:
        by_domain.setdefault(row.domain, []).append(row)
    held = {name: settled(by_domain[name]) for name in ROB_DOMAINS if name in by_domain}
    domains = tuple((name, row.judgement) for name, row in held.items())
    last = max(held.values(), key=lambda row: row.when)
    return RiskOfBias(
        study, _overall(dict(domains)), domains, f"{last.who}, {last.when}: {last.why}"
    )


def _overall(domains: Mapping[str, str]) -> str | None:
    if OVERALL in domains:
        return domains[OVERALL]
    gravest = max(domains.values(), key=_GRAVITY.index)
    settled_all = gravest == "high" or all(name in domains for name in CORE)
    return gravest if settled_all else None
