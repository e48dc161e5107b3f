"""Exports: each read back by another reader, each the same bytes twice."""

from __future__ import annotations

import hashlib
import json
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest

from probatum.atlas.exports.references import csl
from probatum.atlas.figures.prisma import flow
from probatum.cli.base import EXPORTS
from probatum.documents.read import collect
from probatum.flow.export import KINDS
from probatum.model.document import Identifiers
from probatum.model.work import Work

DOCUMENT = "00aa00aa00aa00aa"


@pytest.fixture
def written(view, tmp_path):
    def write(kind):
        folder = tmp_path / kind
        folder.mkdir()
        count = KINDS[kind](view, folder)
        assert count == sum(path.is_file() for path in folder.rglob("*"))
        return folder

    return write


def test_the_command_names_every_kind():
    assert EXPORTS.split(", ") == list(KINDS)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "site"])
def test_twice_the_same_bytes(view, tmp_path, kind):
    found = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        KINDS[kind](view, tmp_path / name)
        paths = sorted((tmp_path / name).iterdir())
        found.append([(p.name, hashlib.sha256(p.read_bytes()).digest()) for p in paths])
    assert found[0] == found[1]
    assert found[0]


def test_parquet_has_the_rows_of_the_tables_with_types(written):
    folder = written("parquet")
    studies = pq.read_table(folder / "studies.parquet").to_pylist()
    assert [row["row_id"] for row in studies] == ["C1", "C2", "C3", "C4", "C5", "C6"]
    assert studies[0]["mean_exp"] == 12.1
    answers = pq.read_table(folder / "answers.parquet")
    assert answers.schema.field("estimate").type == "double"
    assert answers.schema.field("k").type == "int64"
    assert answers.schema.field("n_known").type == "bool"


def test_ris_is_read_by_our_own_reader(written):
    data = (written("ris") / "works.ris").read_bytes()
    reading = collect(data, "works.ris")
    assert reading.accounting.rejected == 0
    found = {d.metadata.title: d.metadata for d in reading.documents}
    assert set(found) == {"A trial of calmroot in unrest", "Retraction of a trial of calmroot"}
    told = found["A trial of calmroot in unrest"]
    assert (told.year, told.identifiers.doi) == (2001, "10.5555/root.1")
    assert [author.family for author in told.authors][:1] == ["Aster B"] or len(told.authors) == 2


def test_csl_holds_what_is_known_and_nothing_else(written):
    items = {i["id"]: i for i in json.loads((written("csl") / "works.json").read_text())}
    assert items["doi:10.5555/root.1"]["DOI"] == "10.5555/root.1"
    assert items["doi:10.5555/root.1"]["type"] == "article-journal"
    assert items["w2"] == {
        "id": "w2", "type": "document", "title": "Retraction of a trial of calmroot"
    }  # fmt: skip


def test_what_pubmed_holds_is_an_article_without_its_journal() -> None:
    known = Work("w1", (), identifiers=Identifiers(pmid="15804361"), title="On calm")
    assert csl(known, None)["type"] == "article-journal"
    assert csl(Work("w2", (), title="On calm"), None)["type"] == "document"


def test_annotations_find_their_words_again(view, written):
    folder = written("annotations")
    page = json.loads((folder / f"{DOCUMENT}.jsonld").read_text())
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    text = view.document(DOCUMENT).text
    kinds = []
    for item in page["items"]:
        if "partOf" not in item:
            kinds.append(item["id"].split(":")[2])
        assert item["type"] == "Annotation"
        assert item["body"]
        if isinstance(item["target"], str):
            continue
        quote, place = item["target"]["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text.index(quote["prefix"] + quote["exact"] + quote["suffix"]) >= 0
    assert kinds == ["flag", "flag", "statement", "statement", "statement", "claim"]
    assert len({item["id"] for item in page["items"]}) == len(page["items"])


def test_a_crate_describes_every_file_with_its_digest(written):
    folder = written("ro-crate")
    crate = json.loads((folder / "ro-crate-metadata.json").read_text())
    things = {thing["@id"]: thing for thing in crate["@graph"]}
    assert things["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    root = things["./"]
    assert {"name", "description", "datePublished", "license"} <= set(root)
    parts = {part["@id"] for part in root["hasPart"]}
    assert parts == {path.name for path in folder.glob("*.csv")}
    for name in parts:
        data = (folder / name).read_bytes()
        assert things[name]["sha256"] == hashlib.sha256(data).hexdigest()
        assert things[name]["contentSize"] == str(len(data))


def test_prisma_counts_add_up_and_the_figure_is_a_document(view, written):
    folder = written("prisma")
    told = json.loads((folder / "prisma.json").read_text())
    counts = flow(view)
    assert told["study_rows"] == counts.study_rows == 6
    assert (counts.rows_without_question, counts.rows_not_pooled) == (1, 1)
    assert (counts.studies_shown, counts.studies_pooled) == (5, 4)
    assert (counts.works, counts.duplicates) == (2, 0)
    came = counts.documents + counts.pack_records + counts.named_studies
    assert came - counts.duplicates == counts.works
    root = ET.fromstring((folder / "prisma.svg").read_text())  # noqa: S314, our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"


def test_fhir_is_valid_r5_and_every_reference_leads_somewhere(written):
    bundle_module = pytest.importorskip("fhir.resources.bundle")
    data = json.loads((written("fhir") / "evidence.json").read_text())
    bundle = bundle_module.Bundle.model_validate(data)
    kinds = [entry.resource.__resource_type__ for entry in bundle.entry]
    assert kinds.count("Evidence") == kinds.count("ArtifactAssessment") == 2
    assert kinds.count("Citation") == 1
    assert kinds.count("EvidenceVariable") == 8
    known = {entry["fullUrl"] for entry in data["entry"]}
    assert len(known) == len(data["entry"])
    asked = set(_references(data))
    assert asked
    assert asked <= known
    evidence = next(
        e["resource"] for e in data["entry"] if e["resource"]["id"] == "unrest-score-short"
    )
    assert evidence["statistic"][0]["quantity"] == {"value": -2.71}


def _references(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "reference" and isinstance(inner, str):
                yield inner
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
