"""Reporting a verdict from the page that shows it."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import JUDGED_WITHIN_MS
from tests.web.sources import WRONG

pytestmark = pytest.mark.docker


@pytest.fixture
def judged(page, judge):
    """The page of a submission that has a verdict, and its number."""
    one = judge.post("/api/submissions", {"problem": "score-pair-sum", "source": WRONG})["id"]
    page.goto(f"/submissions/{one}")
    expect(page.get_by_role("button", name="Report this verdict")).to_be_visible(
        timeout=JUDGED_WITHIN_MS
    )
    return one


def test_a_verdict_is_reported_and_the_report_changed(page, judge, judged):
    results = page.get_by_role("region", name="Results")
    field = page.get_by_label("What is wrong with this verdict?")
    page.get_by_role("button", name="Report this verdict").click()
    expect(field).to_be_focused()
    page.get_by_role("button", name="Send report").click()
    expect(results).to_contain_text("Say what is wrong with it.")

    field.fill("Both pairs add up.")
    page.get_by_role("button", name="Send report").click()
    expect(results).to_contain_text("Reported; the author will look at it.")
    assert judge.get(f"/api/submissions/{judged}/report")["text"] == "Both pairs add up."
    expect(page.get_by_role("button", name="Change your report")).to_be_focused()

    page.reload()
    page.get_by_role("button", name="Report this verdict").click()
    expect(field).to_have_value("Both pairs add up.")
    field.fill("Still.")
    page.get_by_role("button", name="Send report").click()
    expect(field).to_have_count(0)
    assert judge.get(f"/api/submissions/{judged}/report")["text"] == "Still."


def test_nothing_is_said_by_who_changes_their_mind(page, judged):
    page.get_by_role("button", name="Report this verdict").click()
    page.get_by_label("What is wrong with this verdict?").fill("no, I see")
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Report this verdict")).to_be_focused()
    page.reload()
    page.get_by_role("button", name="Report this verdict").click()
    expect(page.get_by_label("What is wrong with this verdict?")).to_have_value("")
