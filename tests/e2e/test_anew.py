"""Judged by a server, replayed and judged anew beside it, reported and adopted."""

from pathlib import Path

import pytest

from tests.e2e.commands import PROPERTY, judged, run_judge
from tests.served import served

pytestmark = pytest.mark.docker

WRONG = "def double(n):\n    return 2 * n if n < 57 else 0\n"


def test_a_verdict_from_its_report_to_the_one_that_supersedes_it(
    problems: Path, tmp_path: Path
) -> None:
    file = tmp_path / "double.py"
    file.write_text(WRONG)
    bank = {"JUDGE_PROBLEMS": str(problems)}
    with served(tmp_path / "data", environment=bank) as server:

        def call(*arguments: object) -> tuple[int, dict]:
            done = run_judge(*arguments, "--json", **bank, **server.environment)
            assert done.stdout, done.stderr
            return done.returncode, judged(done)

        number = call("submit", file)[1]["submission_id"]
        code, replayed = call("replay", number)
        assert (code, replayed["differences"]) == (0, []), "the same seeds, the same results"
        assert all(one["same"] for one in replayed["conditions"])

        before = call("status", number)[1]["judgement"]
        assert call("report", number, "57 is beyond what the statement allows")[0] == 0
        adopted = run_judge("problem", "adopt", number, "ac", **bank, **server.environment)
        assert adopted.returncode == 0, adopted.stderr
        tests = problems / "double" / "tests" / "test_hidden.py"
        tests.write_text(PROPERTY.partition("@given")[0])

        code, proposed = call("rejudge", number)
        assert (code, proposed["changes"]) == (1, 1)
        assert call("status", number)[1]["judgement"] == before
        assert call("rejudge", "--apply", proposed["set"])[0] == 0

        now, old = call("status", number, "--all")[1]["rounds"]
        assert (now["judgement"]["verdict"], old["judgement"]) == ("AC", before)
        assert now["judgement"]["problem_version"] != before["problem_version"]
        assert call("status", number)[1]["judgement"] == now["judgement"]
