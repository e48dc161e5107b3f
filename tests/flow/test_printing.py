"""Pages made at a build: the same bytes as on request, the same whatever the workers."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from tests.flow.conftest import MakeBase
from tests.flow.page_work import dying_once

from probatum.atlas.links import Links
from probatum.atlas.page import Ask
from probatum.atlas.publish import Wanted, publish
from probatum.atlas.routes import ROUTES
from probatum.engine.runner import LocalRunner
from probatum.flow import readypages
from probatum.flow.base import Base, open_base
from probatum.flow.folder import BaseFolder
from probatum.flow.packs import load_pack
from probatum.flow.pipeline import build
from probatum.flow.printing import print_pages, shards


@pytest.fixture(scope="module")
def base(built_once: BaseFolder) -> Base:
    return open_base(built_once.path)


def test_a_page_made_at_the_build_is_the_page_made_on_request(base: Base) -> None:
    view = base.view()
    made = 0
    for route in (route for route in ROUTES if not (route.fresh or route.many)):
        for key in route.keys(view) if route.keys else ("",):
            address = route.at(key)
            text = publish(route, Ask(view, Links(address), key), Wanted())
            packed = base.ready_page(address)
            assert text is not None
            assert packed is not None, address
            assert gzip.decompress(packed).decode() == text
            made += 1
    assert made > len(view.answers())


def test_what_is_asked_of_a_page_and_what_grows_with_the_documents_is_not_made(base: Base) -> None:
    view = base.view()
    addresses = ["/releases", f"/documents/{view.documents()[0].id}", "/none", "../current.json"]
    assert [base.ready_page(address) for address in addresses] == [None] * len(addresses)


def test_pages_are_the_same_bytes_whatever_the_workers(
    base: Base, tmp_path: Path, make_base: MakeBase
) -> None:
    other = make_base(tmp_path / "elsewhere")
    build(other, workers=2)
    found = [sorted(folder.pages.iterdir()) for folder in (base.folder, other)]
    assert [path.name for path in found[0]] == [path.name for path in found[1]]
    assert found[0][0].read_bytes() == found[1][0].read_bytes()


def test_pages_that_are_gone_or_damaged_are_made_again(
    tmp_path: Path, make_built: MakeBase
) -> None:
    folder = make_built(tmp_path / "base")
    (kept,) = folder.pages.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])
    assert open_base(folder.path).ready_page("/") is None
    kept.unlink()
    done = build(folder)
    assert done.made == ()
    assert kept.read_bytes() == whole


def test_a_damaged_page_is_not_given(tmp_path: Path) -> None:
    path = tmp_path / "pages.zip"
    readypages.save(path, [("/", b"packed page"), ("/methods", b"another")])
    path.write_bytes(path.read_bytes().replace(b"packed page", b"pecked page"))
    pages = readypages.ReadyPages(path)
    assert (pages.get("/"), pages.get("/methods")) == (None, b"another")


def test_a_killed_worker_and_a_killed_build_change_nothing_in_the_pages(
    base: Base, tmp_path: Path, make_built: MakeBase
) -> None:
    folder = make_built(tmp_path / "base")
    manifest, location = base.standing(), str(folder.path / "pack")
    place = readypages.place(folder, manifest)
    whole = place.read_bytes()
    place.unlink()
    (one,) = shards(folder, manifest, (location, load_pack(location)))
    portions = [replace(one, number=number, of=3) for number in range(3)]
    print_pages(portions[2])  # by the build that was killed
    with LocalRunner(2) as runner:
        names = [outcome.result for outcome in runner.map(dying_once, portions[:2])]
    assert names == ["0000.zip", "0001.zip"]
    assert (one.pending.parent / "died").exists()
    readypages.bind(folder, manifest)
    assert place.read_bytes() == whole


def test_portions_that_stand_are_not_made_again_and_go_with_the_build(
    base: Base, tmp_path: Path, make_built: MakeBase
) -> None:
    folder = make_built(tmp_path / "base")
    (place,) = folder.pages.iterdir()
    whole, pack = place.read_bytes(), str(folder.path / "pack")
    place.unlink()
    (one,) = shards(folder, base.standing(), (pack, load_pack(pack)))
    print_pages(one)
    assert shards(folder, base.standing(), (pack, load_pack(pack))) == []
    build(folder)
    assert [path.read_bytes() for path in folder.pages.iterdir()] == [whole]
