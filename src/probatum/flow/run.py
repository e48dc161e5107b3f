"""One build while it runs: which parts stand, which have to be made, who is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from probatum.engine.runner import Outcome, Runner, attempt
from probatum.engine.tables import Tables
from probatum.errors import ProbatumError
from probatum.flow.digests import code_digest, digest
from probatum.flow.ledger import Ledger, Part, Place
from probatum.flow.reporter import Reporter

Shard = TypeVar("Shard")

# Starting workers costs 2 CPU-seconds each; fewer shards of these stages than so, which read only
# tables of our own, are done sooner by the process that has them.
_FEW = {"answer": 8, "network": 8}


@dataclass(frozen=True, slots=True)
class Run:
    """The means of one build, and the names of the parts of each stage that it went through."""

    ledger: Ledger
    runner: Runner
    reporter: Reporter
    parts: dict[str, list[str]] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)

    def key(self, stage: str, *inputs: object) -> str:
        """Digest what a part of a stage depends on: the code and the inputs."""
        return digest(stage, code_digest(), *inputs)

    def stage(
        self,
        name: str,
        keys: Sequence[str],
        shard: Callable[[int, Place], Shard],
        work: Callable[[Shard], str],
        *,
        otherwise: Callable[[Shard, str], str] | None = None,
    ) -> list[Part]:
        """Bring a stage up to date and give its parts in the order of the keys.

        ``shard`` makes the shard of a key's place in the list; it is asked for missing parts only.
        ``otherwise`` writes the part of a shard that failed, with the reason.
        """
        missing = [at for at, key in enumerate(keys) if self.ledger.find(name, key) is None]
        shards = [shard(at, self.ledger.place(name, keys[at])) for at in missing]
        for made in self.each(name, work, shards, otherwise=otherwise):
            self._made(name, made)
        parts = [part for key in keys if (part := self.ledger.find(name, key)) is not None]
        self.parts[name] = [part.name for part in parts]
        return parts

    def each(
        self,
        name: str,
        work: Callable[[Shard], str],
        shards: Sequence[Shard],
        *,
        otherwise: Callable[[Shard, str], str] | None = None,
    ) -> Iterator[str]:
        """Run the work of a stage on each shard, in order, and tell the reporter.

        A shard that failed is an error where nothing is to be done ``otherwise``.
        """
        self.reporter.stage(name, len(shards))
        few = len(shards) < _FEW.get(name, 0)
        done = (attempt(work, shard) for shard in shards) if few else self.runner.map(work, shards)
        for outcome in done:
            yield _settled(name, outcome, otherwise)
            self.reporter.advance()

    def whole(self, name: str, key: str, make: Callable[[], Tables]) -> Part:
        """Bring a stage of one part, made from all the parts before it, up to date."""
        part = self.ledger.find(name, key)
        self.reporter.stage(name, 0 if part else 1)
        if part is None:
            written = self.ledger.place(name, key).write(make())
            part = self._made(name, written)
            self.reporter.advance()
        self.parts[name] = [part.name]
        return part

    def _made(self, stage: str, name: str) -> Part:
        self.made.append(f"{stage}/{name}")
        return self.ledger.part(stage, name)


def _settled(
    name: str, outcome: Outcome[Shard, str], otherwise: Callable[[Shard, str], str] | None
) -> str:
    if outcome.result is not None:
        return outcome.result
    reason = outcome.failure or "no result"
    if otherwise is None:
        raise ProbatumError(f"stage {name} failed: {reason}; please report this as a defect")
    return otherwise(outcome.shard, reason)
