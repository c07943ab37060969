"""A judgement and a check as JSON, the form scripts read; units are part of a key."""

import json
from collections.abc import Mapping

import typer

from judge.judging.check import CheckReport
from judge.model import Judgement, TestResult


def print_json(content: object) -> None:
    """Print one object on standard output, indented, in ASCII."""
    typer.echo(json.dumps(content, indent=2))


def judgement_json(judgement: Judgement, submission_id: int | None = None) -> Mapping[str, object]:
    """Return the object of `judge submit --json`; the id is None where nothing is stored."""
    from judge import wire

    said = wire.Judgement.of(judgement).model_dump(mode="json")
    return {"submission_id": submission_id, **said}


def check_json(report: CheckReport) -> Mapping[str, object]:
    """Return what `judge problem check --json` says about one problem."""
    return {
        "problem": report.problem,
        "ok": report.ok,
        "complaints": list(report.complaints),
        "warnings": list(report.warnings),
        "submissions": [
            {
                "file": one.labelled.name,
                "expected": one.labelled.expected,
                "verdict": one.judgement.verdict,
                "ok": not one.failures,
                "cached": one.cached,
                "failures": list(one.failures),
                "tests": [_test(result) for result in one.judgement.tests],
            }
            for one in report.results
        ],
    }


def _test(result: TestResult) -> Mapping[str, object]:
    return {
        "name": result.name,
        "group": result.group,
        "sample": result.sample,
        "state": result.state,
        "verdict": result.verdict,
        "cpu_seconds": result.cpu_seconds,
        "wall_seconds": result.wall_seconds,
        "memory_mib": result.memory_mib,
        "message": result.message,
    }
