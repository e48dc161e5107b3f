"""What people decided, as a build takes it in: about flags, and about the bias of studies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from probatum.flow import added
from probatum.flow.folder import BaseFolder
from probatum.flow.judgements import load
from probatum.flow.ledger import Part
from probatum.flow.riskofbias import judgement
from probatum.model.added import AddedResult
from probatum.model.flag import Appraisal, Flag, FlagDecision, Profile
from probatum.model.study import Judgement
from probatum.trust.review import reviewed


def decided(folder: BaseFolder) -> dict[type, Sequence[object]]:
    """Load the decisions on flags and results, the latest of each, and all judgements of bias."""
    latest = {
        row["flag"]: FlagDecision(
            row["flag"],
            row["state"],  # type: ignore[arg-type]  # loading allows these values only
            f"{row['who']}, {row['when']}: {row['why']}",
        )
        for row in sorted(load(folder, "flags")[0], key=lambda row: row["when"])
    }
    return {
        FlagDecision: [latest[name] for name in sorted(latest)],
        Judgement: [judgement(row) for row in load(folder, "rob")[0]],
        AddedResult: added.decided(folder),
    }


def by_flag(part: Part) -> dict[str, FlagDecision]:
    """Read the decisions on flags of a build."""
    return {row.flag: row for row in part.read(FlagDecision)}


def profiles(parts: Iterable[Part], decisions: Mapping[str, FlagDecision]) -> Iterator[Profile]:
    """Give the profiles as reviewers left them; flags are read only where some were judged."""
    for part in parts:
        rows = part.read(Profile)
        ids = part.columns(Flag, ("id", "document")) if decisions else []
        touched = {row["document"] for row in ids if row["id"] in decisions}
        flags = part.read(Flag) if touched else []
        for row in rows:
            if row.document in touched:
                own = tuple(flag for flag in flags if flag.document == row.document)
                yield reviewed(Appraisal(row.document, own, row), decisions).profile
            else:
                yield row
