"""Pages as HTML, JSON and CSV. Every value is escaped; a document's HTML is only ever text."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from probatum.atlas import wording
from probatum.atlas.claim_parts import elsewhere, quoted
from probatum.atlas.figures import glyph
from probatum.atlas.kept_templates import KeptTemplates
from probatum.atlas.page import Ask, Cell, DataTable, Page
from probatum.atlas.routes import NAVIGATION, SERVED_ONLY
from probatum.atlas.study_rows import printed_effect
from probatum.model.effect import MEASURES

# A spreadsheet runs text that begins so; a number such as -0.5 is none of these.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.]+(?:$|[\s(,;]))")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("probatum.atlas"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=KeptTemplates(Path(__file__)),
    )
    named = [
        "number",
        "printed",
        "brief",
        "behind",
        "model_name",
        "interval_by",
        "typeset",
        "finding",
        "sentence",
        "interval",
        "p_value",
        "effect",
        "in_full",
        "spelled",
        "below",
    ]
    named += ["source_name", "web_address", "host", "place_of"]
    environment.filters |= {name: getattr(wording, name) for name in named}
    environment.filters["printed_effect"] = printed_effect
    environment.filters["words"] = lambda value: str(value).replace("_", " ").replace("-", " ")
    environment.filters |= {"parts_marked": quoted, "parts_elsewhere": elsewhere}
    environment.globals |= {
        "glyph": glyph,
        "null_of": wording.null_of,
        "RATIOS": wording.RATIOS,
        "MEANS": wording.MEANS,
        "MEASURES": MEASURES,
    }
    return environment


def compile_templates() -> None:
    """Compile every template and keep it, for processes that may not write beside the program."""
    environment = _environment()
    for name in environment.list_templates():
        environment.get_template(name)


def html(page: Page, ask: Ask, path: str) -> str:
    """Draw a page; ``path`` is where it stands in the atlas."""
    links = ask.links
    query = {name: list(values) for name, values in ask.query.items()}
    beside = "/index" if path == "/" else path
    navigation = [entry for entry in NAVIGATION if not (links.static and entry[0] in SERVED_ONLY)]
    return (
        _environment()
        .get_template(page.template)
        .render(
            **page.context,
            page=page,
            path=path,
            to=links.to,
            thing=links.thing,
            span=links.span,
            hit_address=links.hit,
            static=links.static,
            editable=ask.editable,
            navigation=navigation,
            base_title=ask.view.title,
            pack=ask.view.pack,
            build_id=ask.view.build_id,
            json_address=links.to(f"{beside}.json", query),
            csv_address=lambda table: links.to(table.path(path), query),
            svg_address=lambda name: links.to(f"{path}/{name}.svg", query),
            again=lambda **changed: links.to(path, _changed(query, changed)),
        )
    )


def notice(title: str, told: str, remedy: list[str], links_to: Any) -> str:
    """Draw a page that says what went wrong and what to do; it needs no base."""
    template = _environment().get_template("notice.html")
    return template.render(title=title, told=told, remedy=remedy, to=links_to)


def _changed(query: dict[str, list[str]], changed: dict[str, object]) -> dict[str, list[str]]:
    kept = {name: values for name, values in query.items() if name not in changed}
    return kept | {name: [str(value)] for name, value in changed.items() if value is not None}


def as_json(data: object) -> str:
    r"""Write data as JSON; a number that is not finite becomes null.

    >>> as_json({"b": float("nan"), "a": (1, "é")})
    '{"b": null, "a": [1, "é"]}\n'
    """
    return json.dumps(_finite(data), ensure_ascii=False, allow_nan=False) + "\n"


def _finite(data: object) -> object:
    if isinstance(data, float) and not math.isfinite(data):
        return None
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items()}
    return [_finite(item) for item in data] if isinstance(data, list | tuple) else data


def as_csv(table: DataTable) -> str:
    """Write a table as CSV (RFC 4180); text that a spreadsheet would run is made harmless.

    >>> print(as_csv(DataTable("", "", ("a", "b"), (("=1+1", -0.5), ("-0.5 (NS)", None)))))
    a,b
    '=1+1,-0.5
    -0.5 (NS),
    <BLANKLINE>
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return text.getvalue()


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str) and _FORMULA.match(cell):
        return "'" + cell
    return cell
