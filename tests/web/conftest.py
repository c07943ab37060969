"""A real judge, a real browser that is let into it, and what every page has to keep to."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.served import Served, served

# In this order; scripts/setup_browser.py looks for the same.
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",  # Chromium's own sandbox refuses to work for root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGE = Path(__file__).parents[2] / "judge" / "page" / "index.html"
SOLUTION = "score-pair-sum"
JUDGED_WITHIN_MS = 30_000


@dataclass(frozen=True)
class Judge:
    """The judge as a learner has it: an address and a token."""

    server: Served
    client: httpx.Client

    @property
    def url(self) -> str:
        return self.server.url

    def get(self, path: str, **query: str) -> dict:
        return self._ask("GET", path, params=query)

    def post(self, path: str, body: dict) -> dict:
        return self._ask("POST", path, json=body)

    def link(self) -> str:
        return self.url + self.post("/api/links", {})["path"]

    def _ask(self, method: str, path: str, **options: object) -> dict:
        headers = {"Authorization": f"Bearer {self.server.token}"}
        answer = self.client.request(method, self.url + path, headers=headers, **options)
        answer.raise_for_status()
        return answer.json()


@pytest.fixture(scope="session")
def judge(engine, tmp_path_factory) -> Iterator[Judge]:
    if not PAGE.is_file():
        pytest.fail("the page has not been built: `make web`")
    with served(tmp_path_factory.mktemp("served")) as server, httpx.Client() as client:
        yield Judge(server, client)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright) -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("there is no Chromium: `make browser`")
    with playwright.chromium.launch(executable_path=found, args=FLAGS) as launched:
        yield launched


@pytest.fixture(scope="session")
def session(judge, browser) -> dict:
    """What a browser keeps of having been let in, once for all tests."""
    context = browser.new_context()
    context.new_page().goto(judge.link())
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def context(judge, browser, session) -> Iterator[BrowserContext]:
    """A browser that was let in and has nothing in it yet."""
    opened = browser.new_context(base_url=judge.url, storage_state=session)
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context) -> Iterator[Page]:
    with watched(context.new_page()) as opened:
        yield opened


def look(page: Page, *, away: bool) -> None:
    """Have a page believe that it is looked at, or away from; headless, every page is looked at."""
    page.evaluate(
        """away => {
            Object.defineProperty(document, "hidden", { value: away, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        away,
    )


class watched:  # noqa: N801 (used like a function, as context managers are)
    """Fail when a page breaks its content security policy or throws."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self._hear(said.text))

    def _hear(self, text: str) -> None:
        if "Content Security Policy" in text or "Content-Security-Policy" in text:
            self.wrong.append(text)

    def __enter__(self) -> Page:
        return self.page

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            assert self.wrong == []


@pytest.fixture
def changed(page):
    """Have the page believe that problems have other fields than they have."""

    def change(**fields):
        def answer(route):
            answered = route.fetch()
            said = answered.json()
            for one in said.get("problems", [said]):
                one.update({name: fields[name] for name in fields.keys() & one.keys()})
            route.fulfill(response=answered, json=said)

        page.route(re.compile("/api/problems"), answer)

    return change


@pytest.fixture
def problem(page) -> "Bench":
    return Bench(page).open(SOLUTION)


class Bench:
    """A problem's page in the hands of somebody."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.editor = page.get_by_role("textbox", name="Your solution in Python")
        self.results = page.get_by_role("region", name="Results")

    def open(self, slug: str) -> "Bench":
        self.page.goto(f"/problems/{slug}")
        expect(self.editor).to_be_visible()
        return self

    def write(self, source: str) -> "Bench":
        self.editor.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)
        return self

    def press(self, button: str) -> "Bench":
        self.page.get_by_role("button", name=button, exact=True).click()
        return self

    def own_input(self, text: str) -> "Bench":
        self.page.get_by_label("Run with").select_option("Own input")
        self.page.locator("#own-input").fill(text)
        return self

    def shows(self, *texts: str) -> "Bench":
        for text in texts:
            expect(self.results).to_contain_text(text, timeout=JUDGED_WITHIN_MS)
        return self
