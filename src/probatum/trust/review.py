"""What reviewers decided about flags: a rejected one keeps its reason and counts for nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from probatum.model.flag import Appraisal, Flag, FlagDecision, Profile

_ORDER = ("none", "note", "concern", "serious")
_LINES = {
    "identity": ("identity",),
    "integrity": ("integrity", "records"),  # what concerns a record counts as its integrity
    "interest": ("interest",),
    "support": ("support",),
    "certainty": ("certainty",),
}


def gravest(flags: Sequence[Flag], line: str) -> str:
    """Give the gravest flag on a line of the profile that nobody rejected."""
    counted = [f for f in flags if f.dimension in _LINES[line] and f.state != "rejected"]
    return _ORDER[max((_ORDER.index(flag.severity) for flag in counted), default=0)]


def reviewed(appraisal: Appraisal, decisions: Mapping[str, FlagDecision]) -> Appraisal:
    """Write the decisions (by flag id) beside the flags, and the profile that is left."""
    known = [decisions.get(flag.id) for flag in appraisal.flags]
    if not any(known):
        return appraisal
    flags = tuple(
        replace(flag, state=found.state, said=found.said) if found else flag
        for flag, found in zip(appraisal.flags, known, strict=True)
    )
    return Appraisal(appraisal.document, flags, _profile(appraisal.profile, flags))


def _profile(before: Profile, flags: Sequence[Flag]) -> Profile:
    def left(line: str) -> str:
        was: str = getattr(before, line)
        return was if was == "not assessed" else gravest(flags, line)

    rejected = any(f.kind == "machine_spun" and f.state == "rejected" for f in flags)
    return replace(
        before,
        identity=left("identity"),
        integrity=left("integrity"),
        interest=left("interest"),
        support=left("support"),
        certainty=left("certainty"),
        spun=before.spun and not rejected,
    )
