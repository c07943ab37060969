"""Every page at the width of a phone and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import JUDGED_WITHIN_MS, Bench, watched
from tests.web.sources import WRONG

pytestmark = pytest.mark.docker
WIDTH = 360
LONG = "W" * 300
WIDER = """names => names.flatMap(name => [...document.querySelectorAll(name)])
    .filter(one => one.scrollWidth > one.clientWidth)
    .map(one => `${one.tagName} ${one.className} ${one.scrollWidth}`)"""


@pytest.fixture
def phone(browser, judge, session):
    context = browser.new_context(
        base_url=judge.url,
        storage_state=session,
        viewport={"width": WIDTH, "height": 740},
        has_touch=True,
        is_mobile=True,
    )
    context.set_default_timeout(10_000)
    with watched(context.new_page()) as page:
        yield page
    context.close()


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= WIDTH


def test_no_page_is_wider_than_a_phone(phone, judge):
    one = judge.post("/api/submissions", {"problem": "score-pair-sum", "source": WRONG})["id"]
    phone.goto(f"/submissions/{one}")
    expect(phone.get_by_role("region", name="Counterexample")).to_be_visible(
        timeout=JUDGED_WITHIN_MS
    )
    wide = [] if fits(phone) else [phone.url]
    for address, sign in (
        ("/", "li"),
        ("/submissions", "tbody tr"),
        ("/problems/logreg-from-scratch", ".katex-display"),
        ("/problems/lru-model-cache", ".prose table"),
        ("/problems/none", "h1"),
    ):
        phone.goto(address)
        expect(phone.locator(sign).first).to_be_visible()
        wide += [] if fits(phone) else [address]

    assert wide == []


@pytest.mark.parametrize("width", [390, 1280])
def test_no_word_makes_a_page_wider_than_its_window(page, judge, changed, width):
    one = judge.post("/api/submissions", {"problem": "dijkstra-routes", "source": LONG})["id"]
    judge.post(f"/api/submissions/{one}/cancel", {})
    changed(
        title=LONG,
        tags=[LONG],
        topics=[LONG],
        forbidden=[LONG],
        signatures=[LONG],
        statement=f"# {LONG}\n\n{LONG}\n\n> {LONG}\n\n{'>' * 40} {LONG}\n\n{'* ' * 40}{LONG}\n\n"
        f"[{LONG}](/x) `{LONG}`\n\n|a|b|\n|-|-|\n|{LONG}|b|\n\n${LONG}$\n",
    )
    page.set_viewport_size({"width": width, "height": 800})
    wider = {}
    for address, sign in (
        ("/", "li"),
        ("/problems/dijkstra-routes", ".katex"),
        ("/submissions", ".problem"),
        (f"/submissions/{one}", ".about a"),
    ):
        page.goto(address)
        expect(page.locator(sign).filter(has_text=LONG).first).to_be_attached()
        wider[address] = page.evaluate(WIDER, ["html", ".panel", ".table"])

    assert not any(wider.values()), wider


def test_a_problem_is_solved_on_a_phone(phone):
    bench = Bench(phone)
    phone.goto("/problems/score-pair-sum")
    phone.get_by_role("tab", name="Code").click()
    bench.write(WRONG).press("Submit")

    bench.shows("WA", "46 of 100 points")
    assert fits(phone)
    expect(bench.results.get_by_text("wrong answer", exact=True).first).to_be_in_viewport()


def test_a_list_is_walked_by_keyboard(page):
    page.goto("/")
    expect(page.get_by_role("listitem")).to_have_count(5)
    page.get_by_label("progress").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page).to_have_url("/problems/dijkstra-routes")
