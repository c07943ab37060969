"""Mutants judged: fates, explanations, suspects, what is kept, and what is not asked again."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from judge.bootstrap.kept import KeptJudgements
from judge.catalog import Problem
from judge.catalog.problem import HIDDEN
from judge.errors import ProblemError, RequestError
from judge.judging.bench import Cache, NoCache
from judge.judging.mutation import Fate, MutationReport, Selection, hurried, mutate_problem
from judge.model import Judgement, Limits, Verdict
from tests.builders import a_judgement, a_problem, a_test

REFERENCE = "def double(n):\n    if n < 0:\n        return -n * 2\n    return n + n\n"
INPUTS = "def strategy(): ...\n"
ACCEPTED = {"submissions/accepted/a.py": REFERENCE}

Verdicts = Callable[[Problem, str], Verdict]


class Judge:
    """Gives verdicts by a function of what is judged; notes what that was."""

    def __init__(self, verdicts: Verdicts) -> None:
        self.verdicts = verdicts
        self.judged: list[tuple[Problem, str]] = []
        self.threads: set[int] = set()

    def judge(self, problem: Problem, source: str, *, brief: bool = False) -> Judgement:
        assert brief == (source != REFERENCE)
        self.judged.append((problem, source))
        self.threads.add(threading.get_ident())
        return a_judgement(self.verdicts(problem, source))


def kills(*survivors: str) -> Verdicts:
    """Kill every mutant but those that contain one of some texts."""

    def verdict(_problem: Problem, source: str) -> Verdict:
        lives = source == REFERENCE or any(text in source for text in survivors)
        return Verdict.AC if lives else Verdict.WA

    return verdict


def mutated(
    problem: Problem,
    *judges: Judge,
    selection: Selection = Selection(),  # noqa: B008 (it is frozen)
    cache: Cache | None = None,
) -> MutationReport:
    return mutate_problem(judges, problem, selection, cache or NoCache())


def test_all_killed(tmp_path: Path) -> None:
    report = mutated(a_problem(tmp_path, files=ACCEPTED), Judge(kills()))

    assert report.percentage == 100
    assert report.reference == "accepted/a.py"
    assert {one.fate for one in report.outcomes} == {Fate.KILLED}
    assert report.outcomes[0].words == "WA hidden/01"
    lines = [one.mutant.line for one in report.outcomes]
    assert lines == sorted(lines)


def test_a_survivor_counts_until_it_is_explained(tmp_path: Path) -> None:
    judge = Judge(kills("n <= 0"))
    report = mutated(a_problem(tmp_path / "a", files=ACCEPTED), judge)
    total = len(report.outcomes)
    (survivor,) = [one for one in report.outcomes if one.fate is Fate.SURVIVED]

    assert (survivor.mutant.before, survivor.mutant.after) == ("if n < 0:", "if n <= 0:")
    assert report.percentage == 100 * (total - 1) / total

    why = "[[explained]]\nbefore = 'if n < 0:'\nafter = 'if n <= 0:'\nwhy = '0 is 0'\n"
    explained = a_problem(tmp_path / "b", files={**ACCEPTED, "mutants.toml": why})
    report = mutated(explained, judge)

    assert report.percentage == 100
    assert [one.words for one in report.outcomes if one.fate is Fate.EXPLAINED] == ["0 is 0"]
    assert report.complaints == ()


def test_an_entry_without_after_is_about_all_of_a_line(tmp_path: Path) -> None:
    why = "[[explained]]\nbefore = 'if n < 0:'\nwhy = 'both branches are right'\n"
    problem = a_problem(tmp_path, files={**ACCEPTED, "mutants.toml": why})
    report = mutated(problem, Judge(kills("n <= 0", "n < 1")))

    assert report.count(Fate.EXPLAINED) == 2


@pytest.mark.parametrize(
    ("before", "reason"),
    [("if n < 0:", "every mutant it is about is killed"), ("x = 1", "there is no such mutant")],
)
def test_an_entry_that_explains_nothing_is_a_complaint(
    tmp_path: Path, before: str, reason: str
) -> None:
    why = f"[[explained]]\nbefore = '{before}'\nwhy = 'who knows'\n"
    problem = a_problem(tmp_path, files={**ACCEPTED, "mutants.toml": why})

    (complaint,) = mutated(problem, Judge(kills())).complaints

    assert complaint == f"mutants.toml explains `{before}`, but {reason}: take the entry away"


def test_an_entry_about_what_was_left_out_is_no_complaint(tmp_path: Path) -> None:
    why = "[[explained]]\nbefore = 'if n < 0:'\nwhy = 'who knows'\n"
    problem = a_problem(tmp_path, files={**ACCEPTED, "mutants.toml": why})

    assert mutated(problem, Judge(kills()), selection=Selection(line=4)).complaints == ()


def test_who_answers_like_the_reference_everywhere_is_a_suspect(tmp_path: Path) -> None:
    problem = a_problem(tmp_path, files={**ACCEPTED, "tests/inputs.py": INPUTS})

    def verdict(asked: Problem, source: str) -> Verdict:
        if b"test_answers_like_the_reference" in asked.files[HIDDEN]:
            return Verdict.AC if "n <= 0" in source else Verdict.WA
        return kills("n <= 0", "n < 1")(asked, source)

    report = mutated(problem, Judge(verdict))
    fates = {one.mutant.after: one.fate for one in report.outcomes}

    assert fates["if n <= 0:"] is Fate.SUSPECT
    assert fates["if n < 1:"] is Fate.SURVIVED
    assert report.percentage < 100


def test_nobody_is_suspected_where_nothing_was_asked(tmp_path: Path) -> None:
    manifest = "title = 'T'\nentry = 'class Double'\n"
    files = {**ACCEPTED, "tests/inputs.py": INPUTS, "problem.toml": manifest}

    report = mutated(a_problem(tmp_path, files=files), Judge(kills("n <= 0")))

    assert report.count(Fate.SURVIVED) == 1
    assert report.count(Fate.SUSPECT) == 0


@pytest.fixture
def cache(tmp_path: Path) -> KeptJudgements:
    (tmp_path / "kept").mkdir()
    return KeptJudgements(tmp_path / "kept", lambda _profile: "this image")


def test_what_could_not_be_judged_is_not_killed_and_asked_again(
    tmp_path: Path, cache: Cache
) -> None:
    problem = a_problem(tmp_path, files=ACCEPTED)
    failing = Judge(lambda _, source: Verdict.AC if source == REFERENCE else Verdict.JE)
    report = mutated(problem, failing, cache=cache)

    assert (report.percentage, report.count(Fate.UNJUDGED)) == (0, len(report.outcomes))
    assert mutated(problem, Judge(kills()), cache=cache).percentage == 100


def test_what_is_known_is_not_judged_again(tmp_path: Path, cache: Cache) -> None:
    first = mutated(a_problem(tmp_path / "a", files=ACCEPTED), Judge(kills("n <= 0")), cache=cache)
    again = Judge(kills())
    why = "[[explained]]\nbefore = 'if n < 0:'\nafter = 'if n <= 0:'\nwhy = '0 is 0'\n"
    more = {"mutants.toml": why, "statement.md": "more\n"}
    second = mutated(a_problem(tmp_path / "b", files={**ACCEPTED, **more}), again, cache=cache)

    assert again.judged == []
    assert (first.count(Fate.SURVIVED), second.count(Fate.EXPLAINED)) == (1, 1)
    assert first.count(Fate.KILLED) == second.count(Fate.KILLED)


def test_other_tests_are_another_question(tmp_path: Path, cache: Cache) -> None:
    judge = Judge(kills())
    mutated(a_problem(tmp_path / "a", files=ACCEPTED), judge, cache=cache)
    count = len(judge.judged)
    mutated(a_problem(tmp_path / "b", files={**ACCEPTED, HIDDEN: "..."}), judge, cache=cache)

    assert len(judge.judged) == 2 * count


def test_a_sample_is_the_same_each_time_and_a_line_is_that_line(tmp_path: Path) -> None:
    problem = a_problem(tmp_path, files=ACCEPTED)
    samples = [
        mutated(problem, Judge(kills()), selection=Selection(limit=3)).outcomes for _ in range(2)
    ]
    only = mutated(problem, Judge(kills()), selection=Selection(line=4))

    assert samples[0] == samples[1]
    assert len(samples[0]) == 3
    assert {one.mutant.line for one in only.outcomes} == {4}


def test_a_line_without_mutants_is_refused_with_those_that_have_some(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no mutant begins in line 9; lines with mutants: 2, 3"):
        mutated(a_problem(tmp_path, files=ACCEPTED), Judge(kills()), selection=Selection(line=9))


def test_a_reference_that_fails_is_not_mutated(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="the reference itself gets WA"):
        mutated(a_problem(tmp_path, files=ACCEPTED), Judge(lambda _, __: Verdict.WA))


def test_without_a_reference_there_is_nothing_to_mutate(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="nothing to mutate"):
        mutated(a_problem(tmp_path, files={"submissions/accepted/a.py": None}), Judge(kills()))


def test_each_judge_is_used_by_one_thread_at_a_time(tmp_path: Path) -> None:
    judges = [Judge(kills()), Judge(kills())]
    report = mutated(a_problem(tmp_path, files=ACCEPTED), *judges)

    assert sum(len(judge.judged) for judge in judges) == len(report.outcomes) + 1
    assert len(judges[0].threads | judges[1].threads) <= 3


def test_a_failure_of_the_engine_ends_it_and_what_was_judged_is_kept(
    tmp_path: Path, cache: Cache
) -> None:
    count = iter(range(100))

    def verdict(problem: Problem, source: str) -> Verdict:
        if next(count) == 4:
            raise ConnectionError
        return kills()(problem, source)

    problem, again = a_problem(tmp_path, files=ACCEPTED), Judge(kills())
    with pytest.raises(ConnectionError):
        mutated(problem, Judge(verdict), cache=cache)
    report = mutated(problem, again, cache=cache)
    assert len(again.judged) <= len(report.outcomes) - 3


def test_mutants_get_ten_times_what_the_reference_took() -> None:
    took = a_judgement(tests=(a_test(cpu_seconds=0.15), a_test(cpu_seconds=0.01)))
    slow = replace(took, tests=(a_test(cpu_seconds=3.0),))

    assert hurried(Limits(), took).cpu_seconds == 1.5
    assert hurried(Limits(), took).wall_seconds == 4.5
    assert hurried(Limits(), a_judgement(tests=())).cpu_seconds == 1.0
    assert hurried(Limits(), slow) == Limits()
