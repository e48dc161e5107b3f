"""The tools for a language model, called through the client of the protocol's own package."""

from __future__ import annotations

import asyncio
import json
import sys

import pytest

from probatum.flow.base import open_base
from probatum.flow.making import add_documents, init_base
from probatum.flow.pipeline import build

mcp = pytest.importorskip("mcp")
from probatum.web.tools import mcp_server  # noqa: E402, after the skip


def call(server, *calls):
    """Call tools one after the other; gives (is_error, structured or text) of each."""

    async def ask():
        async with mcp.Client(server) as client:
            names = [tool.name for tool in (await client.list_tools()).tools]
            told = [await client.call_tool(name, values) for name, values in calls]
            return names, [(r.is_error, r.structured_content or r.content[0].text) for r in told]

    return asyncio.run(ask())


def test_four_tools_and_what_they_give(view):
    names, told = call(
        mcp_server(lambda: view),
        ("search", {"query": "calm", "kind": "question"}),
        ("get_answer", {"question": "unrest-score-short"}),
        ("get_document", {"document": "00aa00aa00aa00aa", "start": 9, "length": 3}),
        ("check_claim", {"text": "Calmroot cures all unrest."}),
    )
    assert names == ["search", "check_claim", "get_answer", "get_document"]
    assert [error for error, _ in told] == [False] * 4
    hits, answer, document, checked = (content for _, content in told)
    assert [hit["id"] for hit in hits["hits"]] == ["unrest-score-short"]
    assert answer["estimate"] == -2.71
    assert [study["row_id"] for study in answer["studies"]] == ["C1", "C2", "C3"]
    assert answer["studies"][0]["effect"] < 0 < answer["studies"][0]["weight_percent"]
    assert [one["id"] for one in answer["said"]] == answer["knowledge"]
    assert {step["domain"] for step in answer["certainty_steps"]} >= {"imprecision"}
    assert (document["text"], document["start"]) == ("for", 9)
    assert {flag["severity"] for flag in document["flags"]} == {"concern", "serious"}
    assert [verdict["type"] for verdict in checked["verdicts"]] == ["verdict"]


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("get_answer", {"question": "nope"}, "find its id with search"),
        ("get_document", {"document": "../x"}, "find its id with search"),
        ("check_claim", {"text": "x" * 20_001}, "at most 20000"),
    ],
)
def test_a_bad_call_says_what_to_do(view, name, values, said):
    _, [(error, text)] = call(mcp_server(lambda: view), (name, values))
    assert error
    assert said in text


def test_over_standard_input_and_output(tmp_path, project_root):
    pack = next(p.parent for p in sorted((project_root / "examples/packs").glob("*/pack.toml")))
    folder = init_base(tmp_path / "base", pack=str(pack), as_of="2026-01-01")
    add_documents(folder, [project_root / "examples" / "README.md"])
    build(folder)
    arguments = ["-m", "probatum", "mcp", "--base", str(folder.path)]
    server = mcp.StdioServerParameters(command=sys.executable, args=arguments)
    words = open_base(folder.path).answers()[0].question.label
    _, [(error, found), (refused, why)] = call(
        server,
        ("search", {"query": words, "kind": "question"}),
        ("search", {"query": words, "kind": "book"}),
    )
    assert not error
    assert found["hits"]
    assert refused
    assert "known: question, document, work, statement" in why
    json.dumps(found)
