"""The commands as a person or another program calls them: output, exit codes, one clear line."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import shlex
import shutil
import socket
import struct
import subprocess
import sys
import termios
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main

from probatum.cli.app import EXAMPLES, PANELS, app
from probatum.cli.output import stacked
from probatum.cli.verdicts import told
from probatum.flow.folder import BaseFolder
from probatum.flow.making import add_documents, init_base
from probatum.flow.pipeline import build
from probatum.model.answer import Evidence, Verdict


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


def run(*words: object, cwd: Path | None = None, given: bytes = b"") -> Ran:
    """Run the command line in a process of its own."""
    done = subprocess.run(  # noqa: S603  # our own interpreter and module
        [sys.executable, "-m", "probatum", *map(str, words)],
        input=given,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
        timeout=120,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> BaseFolder:
    """Build a base of the invented pack and the example documents."""
    pack = next(p.parent for p in sorted((project_root / "examples/packs").glob("*/pack.toml")))
    folder = init_base(tmp_path_factory.mktemp("cli") / "base", pack=str(pack), as_of="2026-01-01")
    examples = sorted((project_root / "examples").iterdir())
    add_documents(folder, [p for p in examples if p.is_file() and p.name != "README.md"])
    build(folder)
    return folder


def test_the_version_is_told() -> None:
    assert run("--version").out.startswith("probatum ")


def test_a_new_base_is_made_filled_built_and_asked(tmp_path: Path, project_root: Path) -> None:
    mine = tmp_path / "mine"
    pack = next(p.parent for p in sorted((project_root / "examples/packs").glob("*/pack.toml")))
    assert run("init", mine, "--pack", pack).code == 0
    assert "is a base already" in run("init", mine).err
    added = run("add", project_root / "examples" / "leaflet.txt", cwd=mine)
    assert added.out == "added  leaflet.txt\n"
    assert run("add", project_root / "examples" / "leaflet.txt", cwd=mine).out.startswith("known")
    assert run("build", cwd=mine).out.startswith("built ")
    assert run("build", cwd=mine).out == "nothing new: every part stands\n"
    answers = run("answers", "--json", cwd=mine).lines
    assert {line["type"] for line in answers} == {"answer"}
    assert any(line["k"] >= 2 for line in answers)


def test_reading_prints_documents_and_where_the_bytes_went(project_root: Path) -> None:
    done = run("read", project_root / "examples" / "search-export.ris", "--json")
    *documents, accounting = done.lines
    assert done.code == 0
    assert {line["type"] for line in documents} == {"document"}
    assert accounting["bytes"] == sum(accounting[k] for k in ("parsed", "ignored", "rejected"))


def test_text_is_exact_and_several_documents_ask_for_one(
    tmp_path: Path, project_root: Path
) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes("\ufeffOne line.\r\nAnother \u2013 line.\r".encode())
    assert run("text", path).out == "One line.\nAnother \u2013 line.\n"
    several = run("text", project_root / "examples" / "search-export.ris")
    assert several.code == 2
    assert "--document" in several.err


def test_linking_extracting_and_appraising_print_their_shapes(project_root: Path) -> None:
    examples = project_root / "examples"
    linked = run("link", examples / "harbour-trial.xml", examples / "harbour.nbib", "--json")
    assert {line["type"] for line in linked.lines} == {"duplicate", "work"}
    found = run("extract", examples / "harbour-trial.xml", "--json")
    assert "statement" in {line["type"] for line in found.lines}
    text = run("text", examples / "harbour-trial.xml").out
    for line in found.lines:
        assert text[line["start"] : line["end"]] == line["quote"]
    marked = run("appraise", examples / "vendor-page.html", "--json")
    assert marked.code == 1
    assert marked.lines[-1]["type"] == "profile"
    (page,) = run("appraise", examples / "vendor-page.html", "--annotations").lines
    assert page["type"] == "AnnotationPage"
    assert len(page["items"]) == len(marked.lines) - 1
    plain = run("appraise", examples / "vendor-page.html").out
    assert "identity " in plain.splitlines()[2]
    assert "serious" in plain


@pytest.mark.parametrize("width", [80, 120])
def test_a_check_is_read_in_a_terminal(width: int) -> None:
    long = "The drug lowers the score " + "and the pressure of blood " * 9 + "by 12 % in all."
    found = Verdict(
        "d", 0, 9, long, "overstated", "claimed 70 %, pooled 45 to 60 %",
        (
            Evidence("pooled", "q", "It may lower it.", "one study (A1)", None, supports=True),
            Evidence("statement", "K1", "It does not.", "review", f"https://a.example/{'b' * 120}",
                     supports=False),
            *(Evidence("claim", f"c{i}", f"Claim {i}.", "title", None, supports=True)
              for i in range(3)),
        ),
        ("overclaim",), "It may lower it.",
    )  # fmt: skip
    idle = Verdict("d", 10, 12, "It rained.", "not_checkable", "no claim was recognised")
    lines = [line for line, _ in told((found, idle), "Held against a base.", width)]
    whole = " ".join(" ".join(lines).split())
    assert [line for line in lines if len(line) > width] == [
        line for line in lines if "bbb" in line
    ]
    for words in (
        "▲ overstated: claimed 70%, pooled 45 to 60%", "flagged overclaim",
        "faithful It may lower it.", "for the faithful sentence above", "answer: one study (A1)",
        "against It does not.", "and 2 more for (--all)",
        "2 sentences: 1 overstated, 1 not checkable.", "Held against a base.",
    ):  # fmt: skip
        assert words in whole
    assert whole.count("Claim ") == 1
    every = " ".join(line for line, _ in told((found,), "", width, every=True))
    assert every.count("Claim ") == 3
    assert "more" not in every


def test_a_check_prints_its_counts_on_stdout_without_colour(base: BaseFolder) -> None:
    checked = run("check", "-", "--base", base.path, given=b"Nothing to see here.")
    assert checked.code == 0
    assert "1 sentence: 1 not checkable." in checked.out
    assert "\x1b" not in checked.out


def test_search_and_check_on_a_base(base: BaseFolder) -> None:
    hits = run("search", "trial", "--base", base.path, "--json", "--limit", "3").lines
    assert 0 < len(hits) <= 3
    checked = run("check", "-", "--base", base.path, "--json", given=b"Nothing to see here.")
    assert checked.code == 0
    assert [line["verdict"] for line in checked.lines] == ["not_checkable"]


def test_releases_are_kept_and_compared(base: BaseFolder) -> None:
    assert run("release", "one", "--base", base.path).code == 0
    assert "never altered" in run("release", "one", "--base", base.path).err
    unchanged = run("diff", "one", "--base", base.path)
    assert unchanged.out == ""
    assert "nothing changed between one and current" in unchanged.err
    assert "known: one, current" in run("diff", "two", "--base", base.path).err


def test_pooling_a_table(tmp_path: Path) -> None:
    table = tmp_path / "trials.csv"
    table.write_text("study,yi,vi\nA,0.2,0.04\nB,0.5,0.05\nC,0.1,0.02\n")
    done = run("meta", table, "--method", "EE", "--test", "z", "--json")
    assert done.code == 0, done.err
    line = done.lines[0]
    assert line["estimate"] == pytest.approx((5 + 10 + 5) / 95)
    assert [study["label"] for study in line["studies"]] == ["A", "B", "C"]
    table.write_text("study,yi,vi\nA,0.2,0.04\n")
    alone = run("meta", table).out
    assert "not estimable" in alone
    assert "nan" not in alone
    drawn = run("meta", table, "--forest", tmp_path / "forest.svg")
    assert drawn.code == 0
    assert (tmp_path / "forest.svg").read_text().startswith("<svg")


def test_a_site_is_exported_once(base: BaseFolder, tmp_path: Path) -> None:
    assert run("export", "site", tmp_path / "site", "--base", base.path).code == 0
    assert (tmp_path / "site" / "index.html").is_file()
    assert (
        "not an empty folder" in run("export", "site", tmp_path / "site", "--base", base.path).err
    )
    assert "known: site, csv" in run("export", "fax", tmp_path / "x", "--base", base.path).err


BAD = {
    "empty": (b"", "empty-file"),
    "binary": (bytes(range(256)) * 40, None),
    "bomb": (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]>'
        b"<article><front/><body><p>&y;</p></body></article>",
        None,
    ),
    "external": (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<article><front/><body><p>&x;</p></body></article>",
        None,
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_problems_not_crashes(tmp_path: Path, name: str) -> None:
    data, code = BAD[name]
    path = tmp_path / f"{name}.xml"
    path.write_bytes(data)
    done = run("read", path, "--json")
    accounting = done.lines[-1]
    assert accounting["problems"], done.out
    assert code is None or accounting["problems"][0]["code"] == code
    assert done.code == (1 if accounting["rejected"] else 0)
    assert "root:" not in done.out
    assert "Traceback" not in done.err


def test_a_truncated_archive_is_one_problem(tmp_path: Path) -> None:
    path = tmp_path / "pile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "some text " * 100)
    path.write_bytes(path.read_bytes()[:60])
    done = run("read", path, "--json")
    assert (done.code, len(done.lines[-1]["problems"])) == (1, 1)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("read", "not-there.xml"), "no such file or folder"),
        (("build",), "no probatum.toml"),
        (("answers", "--base", "."), "no probatum.toml"),
        (("init", "x", "--pack", "nothing"), "unknown pack 'nothing'; known: "),
        (("appraise", "x", "--pack", "nothing"), "unknown pack"),
        (("check", "not-there"), "no such file"),
        (("meta", "not-there.csv"), "no such file"),
        (("meta", "."), "is a folder; name a CSV table"),
        (("read", ".", "--columns", "title"), "write field=column"),
    ],
)
def test_bad_calls_are_one_line_and_exit_2(
    tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.code == 2
    assert message in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_told(base: BaseFolder) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--base", base.path, "--port", port)
    assert done.code == 2
    assert "choose another --port" in done.err


def test_wrong_columns_name_the_known_ones(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("colour,shape\nred,round\nblue,square\n")
    problems = run("read", table, "--json").lines[-1]["problems"]
    assert any("--columns" in problem["reason"] for problem in problems)


COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
# Not typed here: two wait for readers, two ask the network, one takes a minute.
_ELSEWHERE = {"serve", "mcp", "fetch", "update", "demo"}
_STUDIES = "study,m1i,sd1i,n1i,m2i,sd2i,n2i\nA,10,4,30,12,4,30\nB,9,5,25,12,5,26\n"


def in_terminal(words: list[str], cwd: Path, columns: int = 80) -> str:
    """Run the command line on a terminal of so many columns and give what it shows."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {name: told for name, told in os.environ.items() if name != "COLUMNS"}
    with subprocess.Popen(  # noqa: S603  # our own interpreter and module
        [sys.executable, "-m", "probatum", *words],
        stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, cwd=cwd,
        env=kept | {"TERM": "xterm", "NO_COLOR": "1"},
    ):  # fmt: skip
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # how a terminal says that its other side has gone
            pass
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode()).replace("\r", "")


@pytest.fixture(scope="module")
def clone(base: BaseFolder, tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    """Give a folder that holds the examples, a table and a base of one's own."""
    place = tmp_path_factory.mktemp("clone")
    shutil.copytree(base.path, place / "my-base")
    (place / "examples").symlink_to(project_root / "examples")
    (place / "studies.csv").write_text(_STUDIES)
    return place


def test_every_help_closes_with_an_example_that_works(clone: Path) -> None:
    for verb, example in EXAMPLES.items():
        assert COMMANDS[verb].epilog == f"Example: {example}"
        if verb in _ELSEWHERE:
            continue
        words = shlex.split(example)[1:]
        done = run(*(["init", "another"] if verb == "init" else words), cwd=clone)
        found = verb == "appraise"  # exits with 1: it finds flags
        assert done.code == int(found), f"{example}: {done.err}"


def test_help_shows_every_command_under_what_one_comes_for() -> None:
    listed = [name for names in PANELS.values() for name in names]
    assert sorted(listed) == sorted(EXAMPLES)
    for panel, names in PANELS.items():
        assert {COMMANDS[name].rich_help_panel for name in names} == {panel}


def test_an_unknown_runner_is_told_where_nothing_is_new(base: BaseFolder) -> None:
    done = run("build", "--base", base.path, "--runner", "slurm")
    assert (done.code, done.out) == (2, "")
    assert "unknown runner 'slurm'; known: dask, local" in done.err


@pytest.mark.parametrize(
    "verb", ["answers", "search", "read", "link", "extract", "appraise", "add-study", "meta"]
)
def test_a_terminal_of_80_columns_is_enough(clone: Path, verb: str) -> None:
    shown = in_terminal(shlex.split(EXAMPLES[verb])[1:], clone)
    assert shown.strip()
    assert [line for line in shown.splitlines() if len(line) > 80] == []


def test_a_row_too_wide_for_a_terminal_loses_no_column() -> None:
    row = ["w" * 30, "a question that is told in more words than a line of a terminal has", "low"]
    lines = list(stacked(("id", "question", "certainty"), [row], 1, 50))
    assert " ".join(lines[:2]) == row[1]
    assert lines[2:] == [f"  id {row[0]} \u00b7", "  certainty low"]


def test_what_is_not_there_is_said(base: BaseFolder, tmp_path: Path) -> None:
    empty = run("read", tmp_path)
    kind = run("search", "harbour", "--kind", "foo", "--base", base.path)
    nothing = run("search", "zzzzqq", "--base", base.path)
    workers = run("build", "--workers", "0", "--base", base.path)
    assert (empty.code, kind.code, nothing.code, workers.code) == (2, 2, 0, 2)
    assert "no file in this folder" in empty.err
    assert "known: question, document, work, statement" in kind.err
    assert nothing.out == ""
    assert "nothing found for 'zzzzqq'" in nothing.err


def test_a_sentence_is_no_file_and_a_document_must_be_there(base: BaseFolder) -> None:
    sentence = run("check", "It helps.", "--base", base.path)
    document = run("add-study", "zzz", "--base", base.path)
    assert (sentence.code, document.code) == (2, 2)
    assert "'It helps.': no such file" in sentence.err
    assert "| probatum check -" in sentence.err
    assert "no document 'zzz'; 'probatum search WORDS' prints their ids" in document.err


def test_results_that_fit_nothing_are_said(tmp_path: Path, project_root: Path) -> None:
    pack = next(p.parent for p in sorted((project_root / "examples/packs").glob("*/pack.toml")))
    folder = init_base(tmp_path / "base", pack=str(pack), as_of="2026-01-01")
    add_documents(folder, [project_root / "examples" / "leaflet.txt"])
    build(folder)
    done = run("add-study", "--base", folder.path)
    assert (done.code, done.out) == (0, "")
    assert "no result of 0 articles fits a question" in done.err
