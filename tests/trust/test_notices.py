"""The offline join with the snapshot of notices."""

from __future__ import annotations

import csv
import io
import tarfile
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.model.document import Identifiers, Metadata, Reference
from probatum.model.pack import Pack
from probatum.text.identifiers import normal_doi
from probatum.trust.appraise import appraise
from probatum.trust.notices import listed

# DOIs of notices that are known to everyone in the field.
RETRACTED = "10.1016/s0140-6736(20)31180-6"


def test_a_listed_doi_is_flagged_with_the_snapshot(page, pack: Pack) -> None:
    document = page("A text.", metadata=Metadata(identifiers=Identifiers(doi=RETRACTED)))
    appraisal = appraise(document, pack, ())
    (flag,) = [f for f in appraisal.flags if f.kind == "retracted"]
    assert "is listed as retracted in Crossref Retraction Watch, snapshot 2025" in flag.evidence
    assert flag.severity == appraisal.profile.integrity == "serious"


def test_a_doi_that_is_not_listed_gets_no_word(page, pack: Pack) -> None:
    document = page("A text.", metadata=Metadata(identifiers=Identifiers(doi="10.5555/unheard")))
    flags = appraise(document, pack, ()).flags
    assert not [f for f in flags if f.dimension == "records"]
    assert "not retracted" not in " ".join(f.explanation + f.evidence for f in flags)


def test_a_cited_work_that_is_listed_is_a_note_in_its_place(page, pack: Pack) -> None:
    cited = Reference("1", "1", start=8, end=14, identifiers=Identifiers(doi=RETRACTED))
    document = replace(page("A text.\n1. Mehra."), references=(cited,))
    (flag,) = [f for f in appraise(document, pack, ()).flags if f.kind == "retracted"]
    assert (flag.severity, flag.scope, flag.quote) == ("note", "span", "1. Meh")


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=40))
def test_what_was_never_registered_is_not_listed(name: str) -> None:
    assert listed(f"10.5555/none/{name}") is None


def test_the_join_is_exact(shared_data) -> None:
    with tarfile.open(shared_data / "trust/retraction_notices.tar.gz") as archive:
        name = next(n for n in archive.getnames() if n.endswith(".csv"))
        file = archive.extractfile(name)
        assert file is not None
        rows = list(csv.DictReader(io.TextIOWrapper(file, "utf-8")))
    plain = {"Retraction": "retraction", "Correction": "correction", "Reinstatement": None,
             "Expression of concern": "expression-of-concern",
             "Correction;Retraction": "retraction"}  # fmt: skip
    seen: dict[str, set[str]] = {}
    for row in rows:
        seen.setdefault(normal_doi(row["doi"]) or "", set()).add(row["retractionwatch"])
    known = [
        (d, next(iter(n))) for d, n in seen.items() if d and len(n) == 1 and n <= plain.keys()
    ]
    wrong = [doi for doi, nature in known if listed(doi) != plain[nature]]
    assert not wrong
    assert len(known) > 50_000
