"""The tables of the base as an RO-Crate (1.1): data and what is said of them in one folder."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from probatum.atlas.site import all_tables, export_csv
from probatum.model.view import BaseView

NAME = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.1"
TERMS = (
    "Facts, and statements in the words of this base's pack, are shipped under the licence of the"
    " pack; quotations remain those of their authors and are given for checking."
)


def export_crate(view: BaseView, out: Path) -> int:
    """Write the tables and the crate's metadata into a folder; gives the number of files."""
    count = export_csv(view, out)
    titles = {f"{name}.csv": table.title for name, table in all_tables(view)}
    files = [_file(path, titles.get(path.name, path.name)) for path in sorted(out.glob("*.csv"))]
    graph = [_descriptor(), _root(view, files), *files, _terms(), _software()]
    crate = {"@context": f"{PROFILE}/context", "@graph": graph}
    (out / NAME).write_text(json.dumps(crate, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return count + 1


def _descriptor() -> dict[str, Any]:
    about = {"conformsTo": {"@id": PROFILE}, "about": {"@id": "./"}}
    return {"@id": NAME, "@type": "CreativeWork", **about}


def _root(view: BaseView, files: list[dict[str, Any]]) -> dict[str, Any]:
    pack = view.pack
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": view.title,
        "description": f"{pack.title}: answers, studies and documents. {pack.notice}".strip(),
        "datePublished": pack.as_of,
        "version": f"pack {pack.version}, build {view.build_id}",
        "license": {"@id": "#terms"},
        "hasPart": [{"@id": file["@id"]} for file in files],
        "creator": {"@id": "#probatum"},
    }


def _file(path: Path, title: str) -> dict[str, Any]:
    data = path.read_bytes()
    return {
        "@id": path.name,
        "@type": "File",
        "name": title,
        "encodingFormat": "text/csv",
        "contentSize": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _terms() -> dict[str, Any]:
    return {"@id": "#terms", "@type": "CreativeWork", "name": "Terms", "description": TERMS}


def _software() -> dict[str, Any]:
    told = {"name": "Probatum", "version": version("probatum")}
    return {"@id": "#probatum", "@type": "SoftwareApplication", **told}
