"""netmeta's references: whole networks, their splits and their inconsistency."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from validation.metafor import Judged
from validation.reference import Case, distance, load, worst
from validation.runners.networks import LONG, WIDE, netmeta

from probatum.errors import ProbatumError

SPLITS = ("k", "direct", "direct_se", "indirect", "indirect_se", "diff", "diff_se", "p")


def judged(only: Sequence[str] = ()) -> list[Judged]:
    """Judge every network as three cases: the fit, the node splits, the inconsistency."""
    if only and not any(name.startswith("netmeta") for name in only):
        return []
    out: list[Judged] = []
    for number, (key, net) in enumerate(load("netmeta_reference.json.gz")["nets"].items()):
        out.extend(_network(number, key, net))
    return out


def _network(number: int, key: str, net: Mapping[str, Any]) -> list[Judged]:
    name, measure, method = key.split("|")
    opts = {"measure": measure, "method": method}
    case = Case(number, name, "netmeta", opts, net, net.get("error"))
    if "error" in net:
        return [Judged(case, math.inf, "", f"netmeta refuses: {net['error']}")]
    if name not in LONG and name not in WIDE:
        return [Judged(case, math.inf, "", "the contrasts are not among the data")]
    try:
        ours = netmeta(name, measure, method, net["trts"])
    except ProbatumError as error:
        return [Judged(case, math.inf, "", f"refused: {error}")]
    fit = Judged(case, *worst({k: v for k, v in ours.items() if k != "decomp"}, net), "")
    parts = Case(number, name, "netmeta decomp.design", opts, net, None)
    splits = Case(number, name, "netmeta netsplit", opts, net, None)
    return [
        fit,
        Judged(parts, *worst(ours["decomp"], net["decomp"]), ""),
        Judged(splits, *_splits(ours["split_"], net["netsplit"]), ""),
    ]


def _splits(ours: Any, reference: Mapping[str, Any]) -> tuple[float, str]:
    """Compare splits whatever the direction in which each side names a comparison."""
    found = {frozenset((s.first, s.second)): s for s in ours}
    worst_yet = (0.0, "")
    for i, name in enumerate(reference["comparison"]):
        first, second = name.split(":")
        key = frozenset((first, second)) & {t for s in ours for t in (s.first, s.second)}
        split = found.get(key) or found[frozenset(x.lstrip("T") for x in (first, second))]
        sign = 1.0 if split.first in {first, first.lstrip("T")} else -1.0
        values = (
            split.k, sign * split.direct, split.direct_se, sign * split.indirect,
            split.indirect_se, sign * split.difference, split.difference_se, split.pval,
        )  # fmt: skip
        for field, value in zip(SPLITS, values, strict=True):
            error = distance(value, reference[field][i])
            if error > worst_yet[0]:
                worst_yet = (error, f"{field} of {name}")
    return worst_yet
