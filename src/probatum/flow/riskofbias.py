"""What people judged about the risk of bias of studies, one judgement a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from probatum.flow.judgements import ROB_DOMAINS
from probatum.model.answer import RiskOfBias

OVERALL = ROB_DOMAINS[0]
# Without an overall judgement these five of RoB 2 must all be judged before a study counts as low.
CORE = ROB_DOMAINS[1:6]
_GRAVITY = ("low", "some concerns", "high")


def judged(decisions: Sequence[Mapping[str, str]]) -> dict[str, RiskOfBias]:
    """Give the risk of bias of each study that somebody judged.

    Of several judgements on one domain the latest counts (``when``, then the order of the lines).
    An overall judgement holds; without one, a high domain makes the study high, and the gravest of
    the five domains of RoB 2 counts once all of them are judged.
    """
    latest: dict[str, dict[str, Mapping[str, str]]] = {}
    for row in sorted(decisions, key=lambda row: row["when"]):
        latest.setdefault(row["study"], {})[row["domain"]] = row
    return {study: _of_study(study, rows) for study, rows in sorted(latest.items())}


def _of_study(study: str, rows: Mapping[str, Mapping[str, str]]) -> RiskOfBias:
    domains = tuple((name, rows[name]["judgement"]) for name in ROB_DOMAINS if name in rows)
    last = max(rows.values(), key=lambda row: row["when"])
    said = f"{last['who']}, {last['when']}: {last['why']}"
    return RiskOfBias(study, _overall(dict(domains)), domains, said)


def _overall(domains: Mapping[str, str]) -> str | None:
    if OVERALL in domains:
        return domains[OVERALL]
    gravest = max(domains.values(), key=_GRAVITY.index)
    settled = gravest == "high" or all(name in domains for name in CORE)
    return gravest if settled else None
