"""Running and submitting, with real boxes behind it."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import JUDGED_WITHIN_MS, Bench
from tests.web.sources import HOSTILE, RIGHT, SLEEPING, WRONG

pytestmark = pytest.mark.docker


def test_a_right_solution_is_accepted(problem):
    problem.write(RIGHT).press("Submit")

    problem.shows("AC", "accepted", "100 of 100 points", "19 of 19 tests")
    expect(problem.page.get_by_role("tabpanel", name="Statement")).to_contain_text("solved")


def test_a_wrong_solution_gets_its_counterexample(problem):
    problem.write(WRONG)
    problem.page.keyboard.press("Control+Shift+Enter")

    problem.shows("WA", "wrong answer", "of 100 points", "duplicates/02", "not run")
    counterexample = problem.page.get_by_role("region", name="Counterexample")
    expect(counterexample).to_contain_text("pair_indices([0], 0)")
    expect(counterexample.get_by_label("Your output")).to_have_text("(0, 0)")
    expect(counterexample.get_by_label("Expected")).to_have_text("None")
    expect(problem.results).to_contain_text("Hint: One example cannot be paired with itself.")
    expect(problem.results.locator("[aria-live=polite]")).to_have_text(
        "WA, wrong answer, 46 of 100 points"
    )


def test_run_tries_the_samples_and_says_that_there_is_more(problem):
    problem.write(
        "def pair_indices(scores, target):\n    print('seen', scores)\n    return (0, 1)\n"
    )
    problem.page.keyboard.press("Control+Enter")

    problem.shows("1 of 4 sample tests; hidden tests run on submit", "seen [2, 7, 11]")
    expect(problem.results).not_to_contain_text("points")


def test_run_takes_an_input_of_ones_own_to_the_last_digit(problem):
    problem.write("def pair_indices(scores, target):\n    print(scores)\n    return (0, 1)\n")
    problem.own_input("[[9007199254740993, 7], 9007199254741000]").press("Run")

    problem.shows("As expected", "(0, 1)", "[9007199254740993, 7]")


def test_an_input_that_is_no_json_list_is_refused_at_once(problem):
    sent = []
    problem.page.on("request", lambda request: sent.append(request.method))
    problem.write(RIGHT).own_input("[[2, 7], 9").press("Run")

    expect(problem.page.get_by_text("This is not JSON")).to_be_visible()
    assert "POST" not in sent


def test_an_input_the_problem_does_not_allow_is_said_to_be_so(problem):
    problem.write(RIGHT).own_input('[["two", 7], 9]').press("Run")

    problem.shows("The problem does not allow this input", "Reason")


def test_a_source_that_is_refused_says_why_and_says_it_once(problem):
    problem.write(" ").press("Submit")

    problem.shows("This could not be judged", "source")
    reason = problem.results.get_by_label("Reason").inner_text()
    assert len(reason.splitlines()) == 1, reason


def test_waiting_can_be_cancelled(problem):
    problem.write(SLEEPING).press("Submit")
    problem.shows("Judging", "running the tests")
    problem.press("Cancel")

    problem.shows("Cancelled")
    expect(problem.page.get_by_role("button", name="Submit")).to_have_attribute(
        "aria-disabled", "false"
    )


def test_the_place_in_the_queue_is_shown_and_given_up_by_cancel(problem, judge):
    body = {"problem": "score-pair-sum", "source": SLEEPING}
    before = [judge.post("/api/submissions", body)["id"] for _ in range(5)]
    problem.write(RIGHT).press("Submit")

    problem.shows("Queued", "before it")
    problem.press("Cancel")
    problem.shows("Cancelled")
    for one in before:
        judge.post(f"/api/submissions/{one}/cancel", {})


def test_hostile_output_is_shown_and_does_nothing(problem):
    asked = []
    problem.page.on("dialog", lambda dialog: asked.append(dialog.message) or dialog.dismiss())
    problem.write(HOSTILE).press("Run")

    problem.shows(
        "<script>document.title = 'taken'</script><img src=x onerror=alert(1)>",
        "\\x1b[31mred\\x1b[0m \\u202edesrever\\u202c",
        "<b>bold</b>\\u2066",
    )
    expect(problem.page).to_have_title("Pair of Scores Hitting a Target · judge")
    assert problem.results.locator("script, img, b").count() == 0
    assert asked == []


def test_a_program_reads_the_input_that_is_typed(page):
    bench = Bench(page).open("dijkstra-routes").write("print(input().upper())\n")
    bench.own_input("1 0 0\n").press("Run")

    expect(bench.results.get_by_label("Your output")).to_contain_text(
        "1 0 0", timeout=JUDGED_WITHIN_MS
    )
