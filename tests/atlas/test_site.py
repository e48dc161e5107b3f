"""The static site: every link leads to a file, twice the same bytes, nothing fetched."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree
from lxml import html as lxml_html

from probatum.atlas.page import DataTable
from probatum.atlas.render import as_csv
from probatum.atlas.site import export_csv, export_site


@pytest.fixture(scope="module")
def site(view, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("site")
    count = export_site(view, out)
    assert count == sum(path.is_file() for path in out.rglob("*"))
    return out


def test_every_link_leads_to_a_file_and_every_fragment_to_a_place(site):
    anchors = {}
    for page in site.rglob("*.html"):
        tree = lxml_html.fromstring(page.read_bytes())
        anchors[page.resolve()] = {e.get("id") for e in tree.iter() if e.get("id")}
    checked = 0
    for page in site.rglob("*.html"):
        tree = lxml_html.fromstring(page.read_bytes())
        for element, _, address, _ in tree.iterlinks():
            parts = urlsplit(address)
            if parts.scheme:
                assert element.tag == "a"
                continue
            target = (
                (page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()
            )
            assert target.is_file(), (page.name, address)
            if parts.fragment and target.suffix == ".html":
                assert unquote(parts.fragment) in anchors[target], (page.name, address)
            checked += 1
    assert checked > 200


def test_nothing_in_a_folder_asks_a_server(site):
    for page in site.rglob("*.html"):
        told = page.read_text(encoding="utf-8")
        assert "<form" not in told
        assert 'href="/' not in told
        assert 'src="/' not in told


def test_the_same_build_gives_the_same_bytes(view, site, tmp_path):
    export_site(view, tmp_path)
    for path in site.rglob("*"):
        if path.is_file():
            assert (tmp_path / path.relative_to(site)).read_bytes() == path.read_bytes()


def test_figures_are_whole_documents(site):
    figures = list(site.rglob("forest.svg"))
    assert figures
    for figure in figures:
        assert etree.parse(figure).getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_csv_holds_every_table_and_reads_back(view, tmp_path):
    count = export_csv(view, tmp_path)
    found = sorted(tmp_path.iterdir())
    assert count == len(found)
    names = {path.stem for path in found}
    assert {"answers", "map", "documents", "works", "studies", "not-assigned"} <= names
    with (tmp_path / "studies.csv").open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["row_id"] for row in rows] == ["C1", "C2", "C3", "C4", "C5", "C6"]
    assert rows[0]["mean_exp"] == "12.1"


@pytest.mark.parametrize("cell", ["=1+1", "@x", "+cmd", "-cmd|x", "\tx"])
def test_a_spreadsheet_runs_nothing(cell):
    assert as_csv(DataTable("", "", ("a",), ((cell,),))).splitlines()[1].lstrip('"')[0] == "'"


@pytest.mark.parametrize("cell", ["-0.87 (-1.2 to 0)", "+3", "-.5", "a=b", "2019"])
def test_printed_numbers_stay_as_they_are(cell):
    assert as_csv(DataTable("", "", ("a",), ((cell,),))).splitlines()[1].strip('"') == cell
