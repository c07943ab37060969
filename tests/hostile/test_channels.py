"""What a program says or claims in a hidden test reaches nobody, and steers no terminal."""

import io
import json
import unicodedata
from dataclasses import asdict
from pathlib import Path

import pytest
from rich.console import Console

from judge import wire
from judge.bootstrap import LocalJudge
from judge.catalog import Problem, load_problem
from judge.cli.judgement import show_judgement
from judge.judging.events import Event, TestEnded
from judge.model import Verdict
from tests.builders import a_problem

pytestmark = pytest.mark.docker

HERE = Path(__file__).resolve().parent
# `secret` is text made of the argument, so that it stands in no source and no answer of the judge.
WAYS = {
    "stdout": "print(secret)",
    "stderr": "print(secret, file=sys.stderr)",
    "warning": "warnings.warn(secret)",
    "log": "logging.getLogger().error(secret)",
    "returned text": "return secret",
    "returned in a list": "return [secret, {secret: secret}]",
    "text of an exception": "raise ValueError(secret)",
    "arguments of an exception": "raise ValueError(1, secret)",
    "type of an exception": "raise type(secret, (ValueError,), {})",
    "cause of an exception": "raise ValueError from KeyError(secret)",
    "note of an exception": "error = ValueError(); error.add_note(secret); raise error",
    "group of exceptions": "raise ExceptionGroup(secret, [ValueError(secret)])",
    "missing key": "return {}[secret]",
    "missing attribute": "return getattr(sys, secret)",
    "missing library": "__import__(secret)",
    "missing file": "open('/tmp/' + secret)",
    "failed assertion": "assert not secret, secret",
    "exit text": "sys.exit(secret)",
    "syntax error": "compile(secret + ' =', 'solution.py', 'exec')",
    "lines of the source": "raise SyntaxError(secret, ('solution.py', 1, 1, secret))",
    "name of a function": "exec(f'def {secret}(): raise ValueError\\n{secret}()', {})",
    "file of a function": "exec(compile('1 / 0', secret, 'exec'))",
    "source that it shows": "linecache.cache['solution.py'] = 1, None, [secret] * 99, ''; 1 / 0",
    "line it has not": "exec(compile('\\n' * int(secret[6:]) + '1 / 0', 'solution.py', 'exec'))",
    "type that cannot cross": "return type(secret, (), {})()",
}
SOURCE = """\
import linecache, logging, sys, warnings

def double(n):
    if n != {when}:
        return 2 * n
    secret = "needle" + str(n * 99_991)
    {way}
    return 0
"""
HIDDEN_ARGUMENT, SAMPLE_ARGUMENT = 21, 2


@pytest.fixture(scope="module")
def problem() -> Problem:
    return load_problem(HERE / "package")


def everything_said(judge: LocalJudge, problem: Problem, source: str) -> tuple[Verdict, str]:
    """Judge, and return the verdict and all that a learner can get to see."""
    told: list[Event] = []
    judgement = judge.judge(problem, source, told.append)
    shown = io.StringIO()
    show_judgement(Console(file=shown, width=1_000, markup=False), judgement)
    results = [event.result for event in told if isinstance(event, TestEnded)]
    said = [
        shown.getvalue(),
        json.dumps(wire.Judgement.of(judgement).model_dump(mode="json")),
        json.dumps(asdict(judgement), default=str),
        *(json.dumps(asdict(result)) for result in results),
    ]
    return judgement.verdict, "\n".join(said)


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_a_hidden_test_is_no_channel(judge: LocalJudge, problem: Problem, way: str) -> None:
    source = SOURCE.format(when=HIDDEN_ARGUMENT, way=way)

    verdict, said = everything_said(judge, problem, source)

    assert verdict in {Verdict.WA, Verdict.RE}
    assert str(HIDDEN_ARGUMENT * 99_991) not in said


@pytest.mark.parametrize("name", ["stdout", "text of an exception", "returned text"])
def test_a_sample_shows_it(judge: LocalJudge, problem: Problem, name: str) -> None:
    source = SOURCE.format(when=SAMPLE_ARGUMENT, way=WAYS[name])

    _, said = everything_said(judge, problem, source)

    assert str(SAMPLE_ARGUMENT * 99_991) in said


def test_a_forged_reply_says_nothing_of_its_cost(judge: LocalJudge, problem: Problem) -> None:
    source = """\
import os, struct, time

# {"value": 44, "cpu_seconds": 0.0, "exit": "answered"}
ANSWER = b"\\x83\\xa5value\\x2c\\xabcpu_seconds\\xcb" + bytes(8) + b"\\xa4exit\\xa8answered"

def double(n):
    if n == 22:
        while time.process_time() < 0.4:
            pass
        os.write(3, struct.pack(">BI", 4, len(ANSWER)) + ANSWER)
        time.sleep(60)
    return 2 * n
"""
    judgement = judge.judge(problem, source)

    [attack] = [test for test in judgement.tests if test.group == "attack"]
    assert judgement.verdict is Verdict.RE  # for what is no field of a reply
    assert 0.3 < attack.cpu_seconds < 1
    assert attack.memory_mib < 1_000


STEERING = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066\r\0\x08\x7f"
STEERED = {
    "exception": f"def double(n):\n raise type({STEERING[:9]!r}, (OSError,), {{}})({STEERING!r})",
    "source line": f"def double(n):\n    raise ValueError  # {STEERING[:-3]}".replace("\r", ""),
    "stdout": f"def double(n):\n    print({STEERING!r})\n    return 0",
    "returned": f"def double(n):\n    return {STEERING!r}",
    "warning": f"import warnings\ndef double(n):\n    warnings.warn({STEERING!r})\n    return 0",
    "type": f"def double(n):\n    return type({STEERING[:-3]!r}, (), {{}})()",
    "library": f"import importlib\nimportlib.import_module({STEERING[:-3]!r})",
    "syntax": f"def double(n):\n    return '{STEERING[:9]}",
    "while it is loaded": f"raise ValueError({STEERING!r})\ndef double(n):\n    return 0",
}


@pytest.mark.parametrize("source", STEERED.values(), ids=list(STEERED))
def test_nothing_that_is_shown_steers_a_terminal(
    judge: LocalJudge, problem: Problem, source: str, caplog: pytest.LogCaptureFixture
) -> None:
    judgement = judge.judge(problem, source)
    shown = io.StringIO()
    show_judgement(Console(file=shown, width=1_000, markup=False), judgement)

    assert judgement.verdict in {Verdict.WA, Verdict.RE, Verdict.CE}
    assert judgement.tests[0].message
    for text in (shown.getvalue(), caplog.text):
        left = {unicodedata.category(one) for one in text if one != "\n"}
        assert left.isdisjoint({"Cc", "Cf", "Cs"})
    # Spelled out in a source line or a repr it is text; where it was a sequence, it is gone.
    assert "owned" not in shown.getvalue().replace("]0;owned", "")


def test_a_sample_of_every_program_that_steers_is_shown_as_text(
    judge: LocalJudge, tmp_path: Path
) -> None:
    sample = "def test_attack(solution):\n    assert solution.double(21) == 42\n"
    problem = a_problem(tmp_path, files={"tests/test_samples.py": sample})
    named = [*HERE.glob("*/*control_characters.py"), *HERE.glob("*/*steers_a_terminal.py")]
    assert len(named) >= 2
    for path in named:
        _, said = everything_said(judge, problem, path.read_text())
        shown = said.partition('{"problem"')[0]
        left = {unicodedata.category(one) for one in shown if one != "\n"}
        assert left.isdisjoint({"Cc", "Cf", "Cs"}), path
