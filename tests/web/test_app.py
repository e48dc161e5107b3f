"""The server: pages in every form, clean errors, headers of safety, one build a page."""

from __future__ import annotations

import pytest

from probatum.atlas.routes import ROUTES
from probatum.web.app import create_app
from probatum.web.guard import HEADERS, LARGEST_BODY

PAGES = [
    "/", "/questions", "/questions/unrest-score-short", "/documents", "/works",
    "/documents/00aa00aa00aa00aa", "/works/doi~3A10.5555~2Froot.1", "/duplicates", "/search?q=a",
    "/data", "/methods", "/reviews", "/releases", "/check", "/check?text=Calmroot+cures+unrest.",
]  # fmt: skip


@pytest.fixture(scope="module")
def client(view, client_of):
    return client_of(create_app(lambda: view))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_html_and_has_json_beside_it(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    where, _, query = path.partition("?")
    beside = ("/index" if where == "/" else where) + ".json"
    told = client.get(f"{beside}?{query}" if query else beside)
    assert told.status_code == 200
    assert told.headers["content-type"] == "application/json"
    told.json()


@pytest.mark.parametrize(
    ("path", "media"),
    [
        ("/answers.csv", "text/csv; charset=utf-8"),
        ("/map.json", "application/json"),
        ("/documents.csv", "text/csv; charset=utf-8"),
        ("/works.csv", "text/csv; charset=utf-8"),
        ("/data/studies.csv", "text/csv; charset=utf-8"),
        ("/data/studies.json", "application/json"),
        ("/questions/unrest-score-short/studies.csv", "text/csv; charset=utf-8"),
        ("/questions/unrest-score-short/forest.svg", "image/svg+xml"),
        ("/works/doi~3A10.5555~2Froot.1/statements.csv", "text/csv; charset=utf-8"),
        ("/static/site.css", "text/css; charset=utf-8"),
        ("/static/site.js", "text/javascript; charset=utf-8"),
    ],
)
def test_tables_figures_and_files_have_their_media_type(client, path, media):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media


@pytest.mark.parametrize("path", [*PAGES, "/nope", "/questions.json", "/static/site.css"])
def test_every_answer_has_the_headers_of_safety(client, path):
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_an_unchanged_build_is_not_sent_again(client):
    tag = client.get("/").headers["etag"]
    again = client.get("/", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_name_that_means_nothing_costs_no_new_page(view, client_of):
    made = []

    class Counted(type(view)):
        def duplicates(self):
            made.append(1)
            return super().duplicates()

    counted = Counted()
    asking = client_of(create_app(lambda: counted))
    pages = [asking.get(f"/duplicates?{query}").text for query in ("", "n=1", "n=2&m=3", "page=1")]
    before = len(made)
    assert pages[0] == pages[1] == pages[2]
    asking.get("/duplicates?n=7&page=1")
    assert len(made) == before


def test_head_is_get_without_the_body(client):
    answer = client.request("HEAD", "/questions")
    assert answer.status_code == 200
    assert answer.content == b""


def test_a_page_is_made_of_one_view(view, client_of):
    opened = []

    def open_view():
        opened.append(1)
        return view

    client_of(create_app(open_view)).get("/")
    assert len(opened) == 2  # what is kept is looked up first, by the name of the build


@pytest.mark.parametrize(
    "path",
    [
        "/nope", "/questions/nope", "/documents/nope", "/works/nope", "/static/nope.css",
        "/static/..%2frender.py", "/static/../render.py", "/documents/..%2f..%2fetc%2fpasswd",
        "/documents/~2E~2E~2Fetc", "/works/%00", "/questions/unrest-score-short/nope.csv",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_clean_404(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "What you can do" in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/questions?certainty=%3Cscript%3E", "/documents?page=-1", "/works?q=" + "x" * 600,
        "/documents/00aa00aa00aa00aa?s=abc", "/?" + "&".join(f"a{i}=1" for i in range(600)),
        "/questions/unrest-score-short?without=nope",
    ],
)  # fmt: skip
def test_a_malformed_address_is_a_400_that_says_what_to_do(client, path):
    answer = client.get(path)
    if path.startswith("/?"):
        path = "/questions?" + path[2:]
    assert answer.status_code == 400
    assert "<script>" not in answer.text


def test_errors_of_json_are_json(client):
    told = client.get("/questions/nope.json")
    assert told.status_code == 404
    assert told.json()["remedy"]


def test_a_fault_of_ours_tells_nothing_of_itself(view, client_of):
    class Broken(type(view)):
        def answers(self):
            raise RuntimeError("secret path")

    answer = client_of(create_app(Broken)).get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil", ""])
def test_a_foreign_host_is_refused(client, host):
    assert client.get("/", headers={"Host": host}).status_code in {400, 421}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9", "[::1]:8000", "LOCALHOST:1"])
def test_loopback_hosts_are_answered(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_a_configured_host_is_answered(view, client_of):
    app = create_app(lambda: view, allowed_hosts=["Atlas.Example"])
    assert client_of(app, "http://atlas.example").get("/").status_code == 200


def test_too_much_is_refused_said_or_unsaid(client):
    assert client.post("/search", content=b"x" * (LARGEST_BODY + 1)).status_code == 413
    answer = client.post("/search", headers={"Content-Length": "abc"})
    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_without_editing_nothing_takes_a_write(client, method):
    for path in [*PAGES, "/duplicates/decisions"]:
        refused = {403, 400} if method == "POST" and path.startswith("/check") else {404, 405}
        assert client.request(method, path).status_code in refused
    routes = client.get("/openapi.json").json()["paths"]
    assert {verb for ways in routes.values() for verb in ways} == {"get", "post"}
    # These hold a text against the base and write nothing.
    posted = {path for path, ways in routes.items() if "post" in ways}
    assert posted == {"/check", "/check.csv", "/check.json"}


def test_every_page_is_in_the_description(client):
    routes = client.get("/openapi.json").json()["paths"]
    for route in ROUTES:
        assert (f"{route.path}/{{key}}" if route.keys else route.path) in routes
