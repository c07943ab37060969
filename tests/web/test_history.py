"""Submissions: the list of all, and one."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import JUDGED_WITHIN_MS, look
from tests.web.sources import SLOW, WRONG

pytestmark = pytest.mark.docker
PAGE = 25  # see web/src/views/History.svelte


@pytest.fixture
def many(judge):
    """More submissions than fit on a page; the ids, newest first."""
    ids = []
    for _ in range(PAGE + 1):
        body = {"problem": "logreg-iris-sklearn", "source": "def train_iris(): pass\n"}
        one = judge.post("/api/submissions", body)
        judge.post(f"/api/submissions/{one['id']}/cancel", {})
        ids.insert(0, one["id"])
    return ids


def test_older_submissions_are_a_page_further(page, many):
    page.goto("/submissions?problem=logreg-iris-sklearn")
    numbers = page.get_by_role("row").get_by_role("link")

    expect(numbers).to_have_text([f"#{one}" for one in many[:PAGE]])
    page.get_by_role("link", name="Older").click()
    expect(numbers).to_have_text([f"#{one}" for one in many[PAGE:]])
    expect(page.get_by_role("link", name="Older")).to_have_count(0)
    page.go_back()
    expect(numbers).to_have_count(PAGE)


def test_a_submission_is_followed_while_it_is_judged_and_shows_its_source(page, judge):
    one = judge.post("/api/submissions", {"problem": "score-pair-sum", "source": SLOW})["id"]
    page.goto(f"/submissions/{one}")
    results = page.get_by_role("region", name="Results")

    expect(results).to_contain_text("of 19 tests", timeout=JUDGED_WITHIN_MS)
    expect(results).to_contain_text("100 of 100 points", timeout=JUDGED_WITHIN_MS)
    expect(page.get_by_label(f"Source of submission {one}")).to_contain_text("time.sleep(0.1)")
    expect(page).to_have_title(f"Submission {one} · judge")


@pytest.mark.parametrize("source", ["1," * 100_000, "\n" * 200_000, "# \u202d\n" * 40_000])
def test_a_source_of_very_many_tokens_or_lines_is_cut_and_shown_as_text(page, judge, source):
    body = {"problem": "score-pair-sum", "source": f"first = 1\n{source}"}
    one = judge.post("/api/submissions", body)["id"]
    judge.post(f"/api/submissions/{one}/cancel", {})
    page.goto(f"/submissions/{one}")
    page.get_by_role("button", name="Show all").click()

    shown = page.get_by_label(f"Source of submission {one}")
    expect(shown).to_contain_text("first = 1")
    expect(shown.locator("span")).to_have_count(0)


def test_the_list_waits_for_verdicts(page, judge):
    one = judge.post("/api/submissions", {"problem": "score-pair-sum", "source": WRONG})["id"]
    page.goto("/submissions")
    row = page.get_by_role("row").filter(has_text=f"#{one}")

    expect(row).to_contain_text("wrong answer", timeout=JUDGED_WITHIN_MS)
    row.get_by_role("link").click()
    expect(page).to_have_url(f"/submissions/{one}")


def test_the_list_has_what_was_submitted_elsewhere_when_somebody_comes_back(page, judge):
    with page.expect_response("**/api/submissions?*"):
        page.goto("/submissions")
    look(page, away=True)
    body = {"problem": "score-pair-sum", "source": "def pair_indices(): pass\n"}
    one = judge.post("/api/submissions", body)["id"]
    judge.post(f"/api/submissions/{one}/cancel", {})
    look(page, away=False)

    expect(page.get_by_role("link", name=f"#{one}")).to_be_visible()
