"""escalc: the same measures from the same raw numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from probatum.stats import MEASURES, escalc

Unit = Mapping[str, Any]


def run(unit: Unit, opts: Mapping[str, Any]) -> dict[str, Any]:
    """Return yi and vi; a measure's fields are picked out of the unit."""
    fields = dict(unit)
    if "arm" in opts:
        fields |= {"xi": unit[f"x{opts['arm']}i"], "ti": unit[f"t{opts['arm']}i"]}
    row = MEASURES[opts["measure"]]
    given: dict[str, Any] = {name: np.array(fields[name], dtype=float) for name in row.needs}
    options = {name: opts[name] for name in ("vtype", "to", "drop00") if name in opts}
    es = escalc(row.name, **given, **options)
    return {"yi": es.yi, "vi": es.vi}
