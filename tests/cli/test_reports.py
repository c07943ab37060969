"""Reports of verdicts: said by a learner, read by the author, adopted into the package."""

import json
from pathlib import Path

import pytest

from judge.address import Address
from judge.catalog import load_problem
from judge.cli.parts import Parts
from judge.model import Verdict
from tests.api.conftest import TOKEN, Api, new_api
from tests.builders import SOURCE
from tests.cli.conftest import Judge
from tests.cli.stored import Stored, stored_at
from tests.stored import a_judged


@pytest.fixture
def stored(bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    return stored_at(tmp_path / "data", monkeypatch)


@pytest.fixture
def reported(stored: Stored) -> int:
    number = stored.judged(SOURCE + "# mine\n" * 20)
    with stored.open() as store:
        store.reports.report(store.submissions.of_anybody(number), "2 + 2 \x1b[31mis 4")
    return number


def served(api: Api) -> Parts:
    return Parts(find_server=lambda _settings: Address(api.url, 1, "0"))


def test_a_learner_reports_a_verdict_and_reads_it_again(
    judge: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUDGE_TOKEN", TOKEN)
    with new_api(tmp_path) as api:
        number = a_judged(api.store, api.me, Verdict.WA).id
        said = judge("report", number, "it is right", parts=served(api))
        shown = judge("report", number, "--json", parts=served(api))
        empty = judge("report", number, " ", parts=served(api))
        unknown = judge("report", 99, "why?", parts=served(api))
        rounds = judge("status", number, "--all", parts=served(api))
        as_json = judge("status", number, "--all", "--json", parts=served(api))

    assert said.code == 0
    assert f"WA of submission {number} is reported" in said.out
    assert json.loads(shown.out)["text"] == "it is right"
    assert (empty.code, unknown.code) == (2, 2)
    assert "there is no submission 99" in unknown.err
    assert rounds.code == 1
    assert "current" in rounds.out
    (only,) = json.loads(as_json.out)["rounds"]
    assert only["judgement"]["problem_version"] == "0" * 64


def test_all_judgements_are_of_one_submission(judge: Judge) -> None:
    assert judge("status", "--all").code == 2


def test_an_author_reads_what_was_said_about_what(judge: Judge, reported: int) -> None:
    result = judge("problem", "reports")

    assert result.code == 0
    assert f"submission {reported}, double: WA, 0 of 100 points" in result.out
    assert "2 + 2 is 4" in result.out
    assert "source, first 12 of 22 lines" in result.out
    assert judge("problem", "reports", "size").err.startswith("error: unknown problem 'size'")
    (one,) = json.loads(judge("problem", "reports", "double", "--json").out)["reports"]
    assert one["source"].endswith("# mine\n")
    assert one["judgement"]["verdict"] == one["verdict"] == "WA"


def test_a_report_is_closed(judge: Judge, reported: int) -> None:
    assert judge("problem", "reports", "--close", reported).code == 0
    assert judge("problem", "reports").out == "no open reports\n"
    assert judge("problem", "reports", "--close", 99).code == 2
    assert judge("problem", "reports", "double", "--close", reported).code == 2


def test_a_reported_submission_becomes_a_labelled_one(
    judge: Judge, bank: Path, reported: int
) -> None:
    before = load_problem(bank / "double").version
    result = judge("problem", "adopt", reported, "ac", "twice")
    path = bank / "double" / "submissions" / "accepted" / "twice.py"
    note, _, source = path.read_text().partition("\n\n")

    assert result.code == 0
    assert str(path) in result.out
    assert note.startswith(f"# Adopted from submission {reported}, which was judged WA")
    assert source == SOURCE + "# mine\n" * 20
    assert "me" not in note.split()
    problem = load_problem(bank / "double")
    assert "accepted/twice.py" in [one.name for one in problem.submissions]
    assert problem.version != before
    assert judge("problem", "reports").out == "no open reports\n"


def test_what_is_there_is_not_overwritten(judge: Judge, bank: Path, reported: int) -> None:
    result = judge("problem", "adopt", reported, "WA", "b")

    assert result.code == 2
    assert "is there already" in result.err
    assert "mine" not in (bank / "double/submissions/wrong_answer/b.py").read_text()
    assert "2 + 2" in judge("problem", "reports").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["AC", "_"], "would come before a.py and be the reference"),
        (["JE"], "expected to get JE"),
        (["WA", "../b"], "cannot name a file"),
        (["XX"], "XX"),
    ],
)
def test_what_cannot_be_adopted_is_refused(
    judge: Judge, reported: int, arguments: list[str], said: str
) -> None:
    result = judge("problem", "adopt", reported, *arguments)

    assert result.code == 2
    assert said in result.err


def test_only_what_was_reported_is_adopted_under_a_name_of_its_own(
    judge: Judge, bank: Path, reported: int, stored: Stored
) -> None:
    assert judge("problem", "adopt", stored.judged(SOURCE), "WA").code == 2
    assert judge("problem", "adopt", reported, "WA").code == 0
    assert (bank / f"double/submissions/wrong_answer/reported_{reported}.py").is_file()
