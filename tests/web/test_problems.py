"""The list of problems and the statement of one."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.docker
CACHE = "Size-Aware LRU Model Cache"


def test_the_list_shows_what_there_is_and_how_far_one_has_come(page):
    page.goto("/")

    rows = page.get_by_role("listitem")
    row = rows.filter(has_text=CACHE)

    expect(rows).to_have_count(5)
    expect(page).to_have_title("Problems · judge")
    for text in ("medium", "class", "30 min", "2G.1", "new"):
        expect(row).to_contain_text(text)


def test_filters_stand_in_the_address_and_survive_a_reload(page):
    page.goto("/")
    page.get_by_role("searchbox").fill("logistic")
    page.get_by_label("difficulty").select_option("easy")

    expect(page.get_by_role("listitem")).to_have_count(1)
    expect(page).to_have_url("/?search=logistic&difficulty=easy")
    page.reload()

    expect(page.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_role("searchbox")).to_have_value("logistic")
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("listitem")).to_have_count(5)


def test_a_problem_shows_statement_samples_limits_and_libraries(page):
    page.goto("/problems/lru-model-cache")
    statement = page.get_by_role("tabpanel", name="Statement")

    expect(page).to_have_title(f"{CACHE} · judge")
    expect(statement.locator(".katex").first).to_be_visible()
    expect(statement.get_by_role("table")).to_contain_text('"evictions"')
    for text in ("test_second_get_does_not_load", "4 s of CPU", "256 MiB", "Python 3.", "numpy"):
        expect(statement).to_contain_text(text)
    expect(statement).to_contain_text("functools.lru_cache")


def test_an_unknown_problem_and_an_unknown_submission_are_said_to_be_so(page):
    page.goto("/problems/score-pair-sums")
    expect(page.get_by_role("heading")).to_have_text("There is no problem “score-pair-sums”")
    expect(page.get_by_text("did you mean score-pair-sum")).to_be_visible()

    page.goto("/submissions/987654321")
    expect(page.get_by_role("heading")).to_have_text("There is no submission 987654321")
    page.get_by_role("link", name="All problems").click()
    expect(page.get_by_role("listitem")).to_have_count(5)


def test_a_name_that_stands_in_a_package_twice_takes_nothing_from_the_page(page, changed):
    changed(tags=["a", "b", "a"], topics=["t", "t"], forbidden=["numpy", "numpy"])
    page.goto("/")
    row = page.get_by_role("listitem").filter(has_text=CACHE)
    expect(row).to_contain_text("aba")

    row.get_by_role("link").click()
    expect(page.get_by_role("tabpanel", name="Statement")).to_contain_text("numpy, numpy")
