"""The server held against its own description, with requests that nobody would think of."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from probatum.web.app import create_app

schemathesis = pytest.importorskip("schemathesis")
INVENTED = runpy.run_path(str(Path(__file__).parent.parent / "atlas" / "invented.py"))
APP = create_app(INVENTED["InventedBase"], allowed_hosts=["testserver"])
# Tables and figures of a page come from the page that makes them.
SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", APP).exclude(path_regex=r"\.csv$|name")


@SCHEMA.parametrize()
@settings(
    max_examples=3,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_what_is_described_is_what_is_answered(case):
    answer = case.call()
    assert answer.status_code < 500
    assert answer.headers["content-security-policy"][0].startswith("default-src 'none'")
    if answer.status_code == 200:
        case.validate_response(answer)
    else:
        assert answer.status_code in {303, 400, 403, 404, 405, 413, 422}
        assert "Traceback" not in answer.text
