"""Models of the wire: examples that are valid, and a domain that survives the journey."""

import inspect
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from judge import wire
from judge.model import Counterexample, Judgement, Phase, TestResult, TestState, Verdict
from judge.wire.base import Asked
from tests.builders import SOURCE, a_counterexample, a_judgement, a_test, a_trial

MODELS = [
    model for _, model in inspect.getmembers(wire, inspect.isclass) if issubclass(model, BaseModel)
]
SHOWN = [model for model in MODELS if "examples" in model.model_json_schema()]
TEXT = st.text(max_size=20)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
TESTS = st.builds(
    TestResult, name=TEXT, group=TEXT, sample=st.just(True), state=st.sampled_from(TestState),
    verdict=st.none() | st.sampled_from(Verdict), cpu_seconds=NUMBER, memory_mib=NUMBER,
    message=st.none() | TEXT, stdout=st.none() | st.text(min_size=1), round_trips=st.just(0),
)  # fmt: skip
JUDGEMENTS = st.builds(
    Judgement, problem=TEXT, problem_version=TEXT, image=TEXT, runner_version=TEXT,
    verdict=st.sampled_from(Verdict), points=st.integers(), max_points=st.integers(),
    tests=st.lists(TESTS, max_size=3).map(tuple), message=st.none() | TEXT, machine=TEXT,
    counterexample=st.none() | st.builds(Counterexample, TEXT, TEXT, st.none() | TEXT),
    cpu_seconds=NUMBER, wall_seconds=NUMBER, peak_memory_mib=NUMBER, judging_seconds=NUMBER,
    phases=st.lists(st.builds(Phase, TEXT, st.datetimes(timezones=st.just(UTC))), max_size=2).map(
        tuple
    ),
)  # fmt: skip


@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model.__name__)
def test_an_example_is_what_it_is_an_example_of(model: type[BaseModel]) -> None:
    for example in model.model_json_schema()["examples"]:
        read = model.model_validate(example)
        said = read.model_dump(mode="json")
        assert {key: said[key] for key in example} == example
        if not issubclass(model, Asked) and model is not wire.Trouble:
            assert set(example) == set(model.model_fields), "an answer has all its keys"


def test_what_can_be_asked_and_what_is_mainly_answered_is_shown() -> None:
    names = {model.__name__ for model in SHOWN}

    assert names >= {
        "NewSubmission", "NewRun", "Cancel", "NewLink", "Submission", "Run", "SubmissionList",
        "ProblemList", "ProblemDetail", "Judgement", "Version", "Readiness", "Link", "Trouble",
    }  # fmt: skip


@given(JUDGEMENTS)
def test_a_judgement_survives_the_journey(judgement: Judgement) -> None:
    sent = wire.Judgement.of(judgement).model_dump_json()

    assert wire.Judgement.model_validate_json(sent).judgement() == judgement


def test_a_moment_keeps_its_zone_and_its_microseconds() -> None:
    phase = Phase("box", datetime(2025, 1, 2, 3, 4, 5, 678901, tzinfo=UTC))
    sent = wire.Judgement.of(a_judgement(phases=(phase,))).model_dump_json()

    assert "2025-01-02T03:04:05.678901Z" in sent


def test_what_a_hidden_test_printed_is_not_said_however_it_comes() -> None:
    hidden = a_test("hidden/01", Verdict.WA, stdout="secret")
    stored = {"name": "hidden/01", "group": "hidden", "sample": False, "state": "judged",
              "verdict": "WA", "cpu_seconds": 0.1, "memory_mib": 1.0, "stdout": "secret",
              "round_trips": 12}  # fmt: skip

    for test in (wire.Test.of(hidden), wire.Test.model_validate(stored)):
        assert "secret" not in test.model_dump_json()
        assert "round_trips" not in test.model_dump_json()
    assert wire.Test.of(a_test("test_two", stdout="shown")).stdout == "shown"


def test_a_client_reads_answers_that_say_more_than_it_knows() -> None:
    sent = wire.Version(judge="9").model_dump() | {"mood": "good"}

    assert wire.Version.model_validate(sent).judge == "9"


@pytest.mark.parametrize("model", [m for m in MODELS if issubclass(m, Asked)])
def test_a_server_takes_no_key_that_it_does_not_know(model: type[BaseModel]) -> None:
    (example, *_) = model.model_json_schema()["examples"]

    with pytest.raises(ValidationError, match="mood"):
        model.model_validate(example | {"mood": "good"})


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_nothing_that_was_said_is_changed_afterwards(model: type[BaseModel]) -> None:
    assert model.model_config["frozen"] is True


def test_a_source_is_bounded_before_it_is_looked_at() -> None:
    with pytest.raises(ValidationError, match="source"):
        wire.NewSubmission(problem="p", source="x" * (256 * 1024 + 1))
    assert wire.NewSubmission(problem="p", source=SOURCE).key is None


def test_a_trial_and_a_counterexample_say_everything() -> None:
    trial = wire.Trial.model_validate(a_trial(matches=None, expected=None), from_attributes=True)
    judgement = wire.Judgement.of(a_judgement(counterexample=a_counterexample()))

    assert trial.model_dump()["output"] == "4"
    assert judgement.judgement().counterexample == a_counterexample()
