"""Drafts, and leaving the editor."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Bench
from tests.web.sources import RIGHT, WRONG

pytestmark = pytest.mark.docker
SAVED_WITHIN_MS = 500  # see web/src/lib/work.svelte.ts


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


def test_submissions_opened_in_a_row_leave_the_draft_at_hand(problem, judge):
    sources = ("# first\n", "# second\r\n")
    ids = [
        judge.post("/api/submissions", {"problem": "score-pair-sum", "source": source})["id"]
        for source in sources
    ]
    problem.write("# half an idea\n")
    for one, name in zip(ids, ("first", "second"), strict=True):
        problem.page.goto(f"/submissions/{one}")
        problem.page.get_by_role("link", name="Open in editor").click()
        expect(problem.editor).to_contain_text(name)
    problem.page.goto(f"/problems/score-pair-sum?from={ids[0]}")
    expect(problem.editor).to_contain_text("first")

    problem.press("Restore previous draft")
    expect(problem.editor).to_contain_text("half an idea")


def test_another_tab_with_the_same_draft_is_told(problem, context):
    other = context.new_page()
    other.goto("/problems/score-pair-sum")
    other.get_by_role("textbox", name="Your solution in Python").click()
    other.keyboard.insert_text("# from elsewhere\n")

    problem.press("Take that version")
    expect(problem.editor).to_contain_text("from elsewhere")


def test_what_another_tab_wrote_can_be_had_after_writing_over_it(problem, context):
    problem.write("# mine\n")
    problem.page.wait_for_timeout(SAVED_WITHIN_MS)
    other = Bench(context.new_page()).open("score-pair-sum").write("# from elsewhere\n")
    expect(problem.page.get_by_role("button", name="Take that version")).to_be_visible()
    other.page.close()
    problem.editor.press("Control+End")
    problem.page.keyboard.type("# and more")

    problem.press("Restore previous draft")
    expect(problem.editor).to_contain_text("from elsewhere")
    problem.press("Restore previous draft")
    expect(problem.editor).to_contain_text("# and more")
