"""What a network says, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from probatum.effects.material import RATIOS
from probatum.effects.words import figure
from probatum.model.network import Compared, LeagueCell, Network
from probatum.stats.network.decompose import Decomposition

NO_LOOP = "no closed loop: inconsistency cannot be tested"


def told_inconsistency(
    parts: Decomposition, loops: int, compared: Sequence[Compared], labels: Mapping[str, str]
) -> str:
    """Say whether direct and indirect evidence agree, or that there is nothing to hold together.

    A loop within one study of several arms is none: its contrasts agree by the way they are made.
    """
    told = (
        f"between designs Q {figure(parts.Q_inc)} on {parts.df_inc} df, p {figure(parts.pval_inc)}"
    )
    if loops == 0 and parts.df_inc > 0:
        return f"{NO_LOOP} (studies of the same pair with and without a third arm: {told})"
    if loops == 0:
        return NO_LOOP
    told = f"{loops} closed loop{'s' if loops > 1 else ''}: {told}"
    apart = [one for one in compared if one.p is not None and one.p < 0.1]
    if not apart:
        return f"{told}; no comparison's direct and indirect evidence disagree (p < 0.1)"
    named = "; ".join(
        f"{labels.get(one.first, one.first)} v {labels.get(one.second, one.second)} "
        f"(p {figure(one.p or 0.0)})"
        for one in apart
    )
    return f"{told}; direct and indirect evidence disagree for {named}"


def said(network: Network, notes: tuple[str, ...]) -> Network:
    """Return a network with its summary and notes."""
    people = "" if network.people is None else f" with {network.people:.0f} people"
    names = {one.id: one.label for one in network.treatments}
    clear = [cell for cell in network.league if _clear(cell, network.measure)]
    better = [cell for cell in clear if _better(cell, network)]
    told = (
        f"{len(network.treatments)} treatments in {len(network.studies)} studies{people}, "
        f"{len(network.compared)} pairs compared directly"
    )
    if not clear:
        found = "no interval of any pair excludes no difference, so the order of ranks is chance"
    elif network.benefit is None:
        found = f"{len(clear) // 2} of {len(network.league) // 2} pairs exclude no difference"
    else:
        found = "; ".join(
            f"{_inside(names[c.row])} over {_inside(names[c.column])} ({network.measure} "
            f"{figure(c.effect)}, {figure(c.low)} to {figure(c.high)})"
            for c in better[:_MOST]
        )
        found = f"intervals favour {found}"
        found += f" and {len(better) - _MOST} more pairs" if len(better) > _MOST else ""
        found += "; every other interval includes no difference"
    return replace(network, text=f"{told}: {found}", notes=notes)


_MOST = 4


def _inside(name: str) -> str:
    """Give a name as it stands inside a sentence: a capital stays where it means something."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def _clear(cell: LeagueCell, measure: str) -> bool:
    null = 1.0 if measure in RATIOS else 0.0
    return cell.low > null or cell.high < null


def _better(cell: LeagueCell, network: Network) -> bool:
    null = 1.0 if network.measure in RATIOS else 0.0
    return (cell.effect < null) == (network.benefit == "lower")


def notes_of(
    network: Network, conditions: Counter[str], several: Sequence[str]
) -> tuple[str, ...]:
    """Return what must be said beside a network's numbers."""
    notes = []
    if network.tau2 is None:
        notes.append(
            "as many independent contrasts as treatments less one: heterogeneity cannot be "
            "estimated and is taken as none, so the intervals are too narrow if studies differ"
        )
    if several:
        notes.append(
            f"studies of three or more arms, with the correlation of their contrasts: "
            f"{', '.join(several)}"
        )
    single = [one for one in network.compared if len(one.studies) == 1]
    if single:
        count = len(network.compared)
        notes.append(f"{len(single)} of {count} direct comparisons are of one study each")
    if len(conditions) > 1:
        named = ", ".join(f"{name} ({n})" for name, n in sorted(conditions.items()))
        notes.append(
            f"indirect comparisons hold only if the studies would have found the same in each "
            f"other's patients; theirs were {named}"
        )
    notes.append(
        "certainty is rated for each pair of the network; that of a question rests on its own "
        "studies alone and may differ"
    )
    return tuple(notes)
