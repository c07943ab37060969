"""What happens when the judge does not answer, does not let in, or is another one."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.waiting import eventually
from tests.web.conftest import Bench, look, watched
from tests.web.sources import RIGHT, SLEEPING, SLOW
from tests.web.wire import wire_to

pytestmark = pytest.mark.docker
LOST = "Connection lost, trying again"
CONNECTIONS = 6  # that a browser opens to one host at most


@pytest.fixture
def wire(judge):
    with wire_to(urlsplit(judge.url).port) as laid:
        yield laid


@pytest.fixture
def wired(wire, browser, judge):
    """A page whose connections all go through the wire."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{wire.port}")
    context.set_default_timeout(10_000)
    with watched(context.new_page()) as page:
        page.goto(judge.link().removeprefix(judge.url))
        yield page
    context.close()


def test_who_was_not_let_in_is_told_how_to_get_in(browser, judge):
    context = browser.new_context(base_url=judge.url)
    with watched(context.new_page()) as page:
        page.goto("/problems/score-pair-sum")
        expect(page.get_by_text("judge link", exact=True)).to_be_visible()

        page.goto(judge.link())
        expect(page.get_by_role("listitem")).to_have_count(5)
    context.close()


def test_a_submit_whose_answer_is_lost_is_repeated_and_counts_once(problem, judge):
    before = {one["id"] for one in judge.get("/api/submissions", limit="100")["submissions"]}
    lost = []

    def lose(route):
        if len(lost) < 3:
            lost.append(route.fetch().json()["id"])
            route.abort("connectionreset")
        else:
            route.continue_()

    problem.page.route("**/api/submissions", lose)
    problem.write(RIGHT).press("Submit")
    expect(problem.page.get_by_text(LOST)).to_be_visible()
    problem.shows("100 of 100 points")

    after = {one["id"] for one in judge.get("/api/submissions", limit="100")["submissions"]}
    assert len(lost) == 3
    assert after - before == set(lost)
    assert len(set(lost)) == 1


def test_a_cut_stream_of_events_goes_on_where_it_was(wired, wire):
    streams = []
    wired.on("request", lambda sent: streams.append(sent) if "/events" in sent.url else None)
    bench = Bench(wired).open("score-pair-sum").write(SLOW).press("Submit")
    bench.shows("test_no_pair")
    wire.cut()
    expect(wired.get_by_text(LOST)).to_be_visible()
    wire.mend()

    bench.shows("100 of 100 points")
    expect(wired.get_by_text(LOST)).to_be_hidden()
    expect(bench.results.get_by_role("row")).to_have_count(1 + 19)
    assert int(streams[-1].all_headers()["last-event-id"]) > 0


def test_what_is_written_and_sent_while_the_connection_is_cut_arrives(wired, wire):
    bench = Bench(wired).open("score-pair-sum")
    wire.cut()
    bench.write(RIGHT).press("Submit")
    expect(wired.get_by_text(LOST)).to_be_visible()
    wire.mend()

    bench.shows("100 of 100 points")
    expect(wired.get_by_text(LOST)).to_be_hidden()


def test_what_is_sent_while_the_connection_is_cut_arrives_though_one_has_left(wired, wire, judge):
    def newest():
        return judge.get("/api/submissions", limit="1")["submissions"][0]["id"]

    before = newest()
    bench = Bench(wired).open("score-pair-sum")
    wire.cut()
    bench.write(RIGHT).press("Submit")
    expect(wired.get_by_text(LOST)).to_be_visible()
    wired.get_by_role("link", name="Submissions").click()
    wire.mend()

    eventually(lambda: newest() > before)
    expect(wired.get_by_text(LOST)).to_be_hidden()


def test_pages_nobody_looks_at_leave_connections_to_others(context, judge):
    body = {"problem": "score-pair-sum", "source": SLEEPING}
    ids = [judge.post("/api/submissions", body)["id"] for _ in range(CONNECTIONS)]
    pages = [context.new_page() for _ in ids]
    for page, one in zip(pages, ids, strict=True):
        with page.expect_request("**/events"):
            page.goto(f"/submissions/{one}")
        look(page, away=True)
    Bench(context.new_page()).open("score-pair-sum")

    for page, one in zip(pages, ids, strict=True):
        judge.post(f"/api/submissions/{one}/cancel", {})
        look(page, away=False)
        expect(page.get_by_role("region", name="Results")).to_contain_text("Cancelled")


def test_a_page_nobody_looked_at_misses_nothing(problem):
    problem.write(SLOW).press("Submit").shows("of 19 tests")
    look(problem.page, away=True)
    problem.page.wait_for_timeout(1_000)
    look(problem.page, away=False)

    problem.shows("100 of 100 points")
    expect(problem.results.get_by_role("row")).to_have_count(1 + 19)


def test_a_problem_that_was_left_before_it_was_there_follows_nothing(page, judge):
    body = {"problem": "score-pair-sum", "source": SLEEPING}
    one = judge.post("/api/submissions", body)["id"]
    held, followed = [], []

    def hold(route):
        route.continue_() if held else held.append(route)

    page.on("request", lambda sent: followed.append(sent) if "/events" in sent.url else None)
    page.route(f"**/api/submissions/{one}", hold)
    with page.expect_request(f"**/api/submissions/{one}"):
        page.goto(f"/problems/score-pair-sum?from={one}")
    page.get_by_role("link", name="Problems").click()
    expect(page.get_by_role("listitem")).to_have_count(5)
    held[0].continue_()
    page.wait_for_timeout(1_000)
    judge.post(f"/api/submissions/{one}/cancel", {})

    assert followed == []


def test_a_list_comes_by_itself_when_the_judge_is_back(wired, wire):
    wired.goto("/submissions")
    expect(wired.get_by_role("heading", level=1)).to_have_text("Submissions")
    wire.cut()
    wired.get_by_role("link", name="Problems").click()
    expect(wired.get_by_text(LOST)).to_be_visible()
    wire.mend()

    expect(wired.get_by_role("listitem")).to_have_count(5)
    expect(wired.get_by_text(LOST)).to_be_hidden()


def test_a_newer_judge_asks_for_a_reload_and_the_draft_is_kept(page):
    def newer(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "judge-api": "2"})

    bench = Bench(page).open("score-pair-sum").write("# half an idea\n")
    page.route("**/api/**", newer)
    page.get_by_role("link", name="judge").click()
    page.get_by_role("button", name="Reload").click()
    page.unroute("**/api/**")
    bench.open("score-pair-sum")

    expect(bench.editor).to_contain_text("half an idea")
