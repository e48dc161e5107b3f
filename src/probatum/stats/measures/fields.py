"""The fields of k studies as a formula receives them."""

from __future__ import annotations

from dataclasses import dataclass, field

from probatum.stats.inputs import Floats

Pair = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Fields:
    """Arrays by field name; ``raw`` holds counts before the zero-cell rule changed them."""

    values: dict[str, Floats]
    raw: dict[str, Floats] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Floats:
        return self.values[name]

    def take(self, *names: str) -> list[Floats]:
        """Return several fields in the order asked for."""
        return [self.values[name] for name in names]
