"""Choose from validation/floors.json what the page of methods tells of every model's error."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "src" / "probatum" / "atlas" / "measured.csv"
COLUMNS = ("model", "figure", "value", "low", "high", "n", "measured_on")
# Of each model: (its name, what the figure is, the floor that holds it).
CHOSEN = (
    ("Stance of a citation", "F1, supporting", "stance F1 supporting"),
    ("Stance of a citation", "F1, contrasting", "stance F1 contrasting"),
    ("Stance of a citation", "right where it does not abstain",
     "stance accuracy when not abstaining"),
    ("Stance of a citation", "share for which it does not abstain", "stance coverage"),
    ("Stance of a citation", "macro-F1 on others' clinical labels",
     "stance macro-F1 clinical set"),
    ("Own evidence or relayed", "F1", "own evidence F1"),
    ("Role of a sentence", "right", "sentence roles accuracy"),
    ("Claims", "found", "frames claims found, held out"),
    ("Claims", "every part right", "frames exact, held out"),
    ("Claims", "direction right", "frames direction, held out"),
    ("Claims", "negation right", "frames negation, held out"),
    ("Direction of an effect", "macro-F1", "direction of effect macro-F1"),
    ("Numbers looked up in a report", "rows for which values are given",
     "looked up rows with values, articles looked at later"),
    ("Numbers looked up in a report", "values given that are wrong",
     "looked up values that are wrong, articles looked at later"),
    ("Machine paraphrase", "spun pages recognised",
     "trust: documents judged spun, our own pages, not trained on"),
    ("Machine paraphrase", "clean news called spun", "trust: clean news judged spun"),
    ("Machine paraphrase", "clean abstracts called spun", "trust: clean abstracts judged spun"),
    ("Repeated sentences", "recall, rewritten phrases", "twins: recall, phrases, strength 0.35"),
    ("Repeated sentences", "precision, rewritten phrases",
     "twins: precision, phrases, strength 0.35"),
)  # fmt: skip


def measured() -> str:
    """Return the table, as CSV."""
    floors = json.loads((ROOT / "validation" / "floors.json").read_text("utf-8"))
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(COLUMNS)
    for model, figure, name in CHOSEN:
        floor = floors[name]
        numbers = ["" if floor[key] is None else floor[key] for key in ("value", "low", "high")]
        lines.writerow([model, figure, *numbers, floor["n"], floor["split"]])
    return written.getvalue()


if __name__ == "__main__":
    FILE.write_text(measured(), "utf-8")
