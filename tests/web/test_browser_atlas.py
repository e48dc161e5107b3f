"""The atlas in a real browser: nothing runs that should not, nothing overflows, keys suffice."""

from __future__ import annotations

import hashlib
import socket
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from probatum.web.app import create_app
from probatum.web.door import EditDoor

sync_api = pytest.importorskip("playwright.sync_api")
TOKEN = "browser-token"  # noqa: S105, of a test
AXE = (Path(__file__).parent.parent / "vendor/axe-core/axe.min.js").read_text(encoding="utf-8")
DOCUMENT = "/documents/00aa00aa00aa00aa"
SAVED_PAGE = "/documents/11bb11bb11bb11bb"
PAGES = [
    "/", "/questions", "/questions/unrest-score-short", "/questions/unrest-score-short?without=C2",
    "/questions/unrest-score-short#all", "/findings", "/findings/unrest", "/networks",
    "/networks/unrest-score-short",
    "/documents", DOCUMENT, SAVED_PAGE, "/works", "/works/doi~3A10.5555~2Froot.1", "/duplicates",
    "/search?q=calm", "/data", "/methods", "/reviews", "/releases",
    "/check", "/check?text=Calmroot+cures+unrest.",
]  # fmt: skip
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


@contextmanager
def serving(app):
    """Serve on a free port of loopback, in a thread, until the block ends."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()  # before the address is given away: an early caller waits
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@pytest.fixture(scope="module")
def decided():
    return []


@pytest.fixture(scope="module")
def address(view, decided):
    door = EditDoor(TOKEN, lambda kind, fields: decided.append(dict(fields)))
    with serving(create_app(lambda: view, edit=door)) as found:
        yield found


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(chromium), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def tab(browser, address):
    """A page that remembers what was said on the console and what was asked for elsewhere."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.said, page.elsewhere = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("dialog", lambda dialog: (page.said.append("dialog"), dialog.dismiss()))
    page.on("request", lambda r: r.url.startswith(address) or page.elsewhere.append(r.url))
    yield page
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_quiet_keeps_to_itself_and_fits_360_pixels(tab, path):
    tab.goto(path)
    tab.set_viewport_size({"width": 360, "height": 740})
    wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    assert tab.said == []
    assert tab.elsewhere == []


def test_axe_is_the_file_that_its_makers_publish():
    told = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
    assert hashlib.sha256(AXE.encode()).hexdigest() == told


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(browser, address, path, scheme):
    # Our policy lets no script in, which axe is; everything else stays as it is served.
    context = browser.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(path)
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    grave = [
        f"{one['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]
    context.close()
    assert grave == []


def test_a_script_in_a_saved_page_does_not_run(tab):
    tab.goto(SAVED_PAGE)
    assert "broken" not in tab.title().split("<")[0]
    assert tab.evaluate("document.title").startswith("<script>")
    assert tab.locator("main script, main img").count() == 0
    assert "onerror=alert(1)" in tab.locator(".words").inner_text()
    assert tab.said == []


def test_the_policy_stops_a_script_that_gets_in_all_the_same(tab):
    tab.goto("/")
    tab.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s); }"
    )
    assert tab.evaluate("window.ran") is None
    assert any("Content Security Policy" in said for said in tab.said)


def test_from_the_map_to_a_source_by_keyboard(tab):
    tab.goto("/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    tab.keyboard.press("Enter")
    for _ in range(16):
        tab.keyboard.press("Tab")
        if "unrest-score" in (tab.evaluate("document.activeElement.getAttribute('href')") or ""):
            break
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/questions/unrest-score-short")
    tab.get_by_role("link", name="Statements", exact=True).focus()
    tab.keyboard.press("Enter")
    tab.locator("#statements ~ article a", has_text="see it in the text").first.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/documents/**")
    assert tab.locator(".place:target").count() == 1


def test_notes_are_reached_by_key_and_lead_back(tab):
    tab.goto(DOCUMENT)
    tab.keyboard.press("n")
    assert tab.evaluate("document.activeElement.className").startswith("ref")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.querySelector('.remark:target') !== null")


def test_a_place_without_a_mark_is_shown_by_the_script(tab):
    tab.goto(f"{DOCUMENT}#s=2-6")
    assert tab.locator(".sought").count() == 1


def test_without_scripts_everything_still_works(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/questions/unrest-score-short")
    page.get_by_role("link", name="Forest plot and models").click()
    page.locator("summary", has_text="Leave rows out").click()
    page.locator("input[value=C2]").check()
    page.get_by_role("button", name="Recompute").click()
    assert "without=C2" in page.url
    assert "Recomputed, not the published" in page.get_by_role("status").inner_text()
    page.goto("/works/doi~3A10.5555~2Froot.1")
    page.locator("summary", has_text="Filter by stance").click()
    page.get_by_label("contrasting").check()
    page.get_by_role("button", name="Show").click()
    assert page.locator("blockquote").count() == 1
    context.close()


def test_one_part_of_a_question_at_a_time_and_all_in_print(tab):
    tab.goto("/questions/unrest-score-short")
    seen = ".panel:has(> *)"
    shown = f"[...document.querySelectorAll('{seen}')].filter((e) => e.checkVisibility()).length"
    every = tab.locator(".panel").count()
    assert tab.evaluate(shown) == 1
    tab.get_by_role("link", name="Dose", exact=True).click()
    assert tab.evaluate(shown) == 1
    assert tab.locator("h2#dose").is_visible()
    tab.goto("/questions/unrest-score-short#row-C1")
    assert tab.locator("#row-C1").is_visible()
    tab.get_by_role("link", name="All on one page").click()
    assert tab.evaluate(shown) == every
    tab.goto("/questions/unrest-score-short#dose")
    tab.emulate_media(media="print")
    assert tab.evaluate(shown) == every


def test_a_decision_goes_through_the_form(tab, decided):
    tab.goto("/duplicates")
    form = tab.locator("form.decide").first
    form.get_by_label("different works").check()
    form.get_by_label("Who you are").fill("Ida")
    form.get_by_label("Why").fill("two trials")
    form.get_by_label("Token").fill(TOKEN)
    form.get_by_role("button").click()
    tab.wait_for_url("**/duplicates?done=1")
    assert decided[-1]["verdict"] == "different"
    assert TOKEN not in tab.url


@pytest.mark.parametrize("path", ["/", "/questions/unrest-score-short", DOCUMENT])
def test_a_page_prints(tab, path):
    tab.goto(path)
    assert tab.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/questions/unrest-score-short", DOCUMENT])
def test_words_stand_out_from_the_ground(tab, path, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.goto(f"{path}#all" if path.startswith("/questions/") else path)
    assert tab.evaluate(CONTRAST, 4.5) == []
    assert len(tab.evaluate(CONTRAST, 22)) > 20


# Elements with words whose contrast (WCAG 2) with the nearest painted ground is below ``least``.
CONTRAST = """(least) => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = (c) => { canvas.clearRect(0,0,1,1); canvas.fillStyle = c; canvas.fillRect(0,0,1,1);
    return [...canvas.getImageData(0,0,1,1).data]; };
  const light = (c) => { const [r,g,b] = c.map((v) => { v /= 255;
    return v <= .03928 ? v/12.92 : ((v+.055)/1.055)**2.4; }); return .2126*r+.7152*g+.0722*b; };
  const ground = (e) => { for (; e; e = e.parentElement) {
    const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] > 250) return c; }
    return [255,255,255,255]; };
  const poor = [];
  for (const e of document.querySelectorAll('main *, header *, footer *')) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || e.closest('.unseen, svg, [aria-hidden=true]') || !e.checkVisibility()) continue;
    const [a, b] = [light(rgba(getComputedStyle(e).color)), light(ground(e))];
    const ratio = (Math.max(a,b)+.05)/(Math.min(a,b)+.05);
    const told = [e.className, e.textContent.slice(0,30), ratio.toFixed(2)].join(' ');
    if (ratio < least) poor.push(told);
  }
  return poor;
}"""


def test_names_of_rows_keep_room_at_360_pixels(tab):
    tab.set_viewport_size({"width": 360, "height": 740})
    width = (
        "[...document.querySelectorAll('.scroller tbody th[scope=row]')]"
        ".filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect().width)"
    )
    for path in ("/documents", "/works", "/questions/unrest-score-short#certainty"):
        tab.goto(path)
        found = tab.evaluate(width)
        assert found, path
        assert min(found) >= 150, path


def test_print_leaves_out_what_paper_cannot_do_and_is_black_on_white_in_the_dark(browser, address):
    context = browser.new_context(base_url=address, color_scheme="dark")
    page = context.new_page()
    page.goto(DOCUMENT)
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".keys").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
    page.goto("/")
    assert not page.locator("form[role=search]").is_visible()
    kept = page.evaluate("getComputedStyle(document.querySelector('tr.group')).breakAfter")
    assert kept == "avoid"
    context.close()


def test_who_comes_by_a_search_engine_finds_words_and_a_search(tab):
    tab.goto("/")
    tab.get_by_label("Find a question, a study or a sentence").fill("calm")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=calm")
    tab.get_by_role("link", name="words and signs explained").click()
    tab.wait_for_url("**/methods#*")
    assert tab.evaluate("document.querySelector(':target').textContent") == "Words and signs"
