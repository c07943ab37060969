"""Drafts, and leaving the editor."""

import pytest
from playwright.sync_api import expect

from tests.web.sources import RIGHT, WRONG

pytestmark = pytest.mark.docker


def test_a_draft_survives_a_reload(problem):
    problem.write("# half an idea\n")
    problem.page.reload()

    expect(problem.editor).to_contain_text("half an idea")


def test_a_draft_belongs_to_its_problem(problem):
    problem.write("# half an idea\n")
    problem.open("lru-model-cache")

    expect(problem.editor).to_contain_text("class ModelCache")
    expect(problem.editor).not_to_contain_text("half an idea")


def test_a_reset_can_be_taken_back_even_after_a_reload(problem):
    problem.write("# half an idea\n").press("Reset to starter")
    expect(problem.editor).to_contain_text("raise NotImplementedError")
    problem.page.reload()
    problem.press("Restore previous draft")

    expect(problem.editor).to_contain_text("half an idea")


def test_tab_indents_and_escape_then_tab_leaves(problem):
    problem.write("x")
    problem.page.keyboard.press("Home")
    problem.page.keyboard.press("Tab")
    assert problem.editor.locator(".cm-line").first.inner_text() == "    x"

    problem.page.keyboard.press("Escape")
    expect(problem.page.get_by_text("Tab leaves the editor now")).to_be_visible()
    problem.page.keyboard.press("Tab")

    expect(problem.page.get_by_label("Run with")).to_be_focused()


def test_a_submission_opens_in_the_editor_and_the_draft_stays_at_hand(problem, judge):
    body = {"problem": "score-pair-sum", "source": WRONG}
    submission = judge.post("/api/submissions", body)["id"]
    problem.write(RIGHT)
    problem.page.goto(f"/submissions/{submission}")
    problem.page.get_by_role("link", name="Open in editor").click()

    expect(problem.editor).to_contain_text(WRONG.splitlines()[-1].strip())
    expect(problem.page).to_have_url("/problems/score-pair-sum")
    problem.press("Restore previous draft")
    expect(problem.editor).to_contain_text(RIGHT.splitlines()[-1].strip())


def test_another_tab_with_the_same_draft_is_told(problem, context):
    other = context.new_page()
    other.goto("/problems/score-pair-sum")
    other.get_by_role("textbox", name="Your solution in Python").click()
    other.keyboard.insert_text("# from elsewhere\n")

    problem.press("Take that version")
    expect(problem.editor).to_contain_text("from elsewhere")
