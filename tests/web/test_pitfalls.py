"""From a failed test to what is said about its pitfall."""

import pytest
from playwright.sync_api import expect

from tests.web.sources import WRONG

pytestmark = pytest.mark.docker


def test_a_failed_test_leads_to_its_pitfall_and_stays_where_it_is(problem):
    problem.write(WRONG).press("Submit")
    problem.shows("WA", "Pitfall: duplicates and ties")

    with problem.page.expect_popup() as opened:
        problem.results.get_by_role("link", name="duplicates and ties").first.click()

    page = opened.value
    expect(page.get_by_role("heading", level=1)).to_have_text("Duplicates and ties")
    expect(page).to_have_title("Duplicates and ties · judge")
    expect(page.get_by_text("a set forgets how often")).to_be_visible()
    expect(page.locator("pre code")).to_contain_text('np.argsort(scores, kind="stable")')
    expect(problem.results).to_contain_text("wrong answer")


def test_an_unknown_pitfall_is_said_to_be_so(page):
    page.goto("/pitfalls/one_clas")

    expect(page.get_by_role("heading")).to_have_text("There is no pitfall “one_clas”")
    expect(page.get_by_text("did you mean one_class")).to_be_visible()
