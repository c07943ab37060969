"""What requests and answers look like, for the documentation; every one of them is valid."""

from pydantic.config import JsonDict

Example = JsonDict

SLUG = "score-pair-sum"
SOURCE = "def pair_indices(scores, target):\n    return None\n"
KEY = "kYo2xm3_9vQ"
WAITING: Example = {
    "id": 12,
    "problem": SLUG,
    "state": "judged",
    "position": None,
    "reason": None,
    "attempts": 1,
    "created_at": "2026-01-05T10:00:00.120000Z",
    "started_at": "2026-01-05T10:00:00.140000Z",
    "finished_at": "2026-01-05T10:00:01.310000Z",
    "source": SOURCE,
}
JUDGEMENT: Example = {
    "problem": SLUG,
    "problem_version": "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
    "verdict": "WA",
    "points": 0,
    "max_points": 100,
    "message": "wrong answer",
    "cpu_seconds": 0.08,
    "wall_seconds": 0.11,
    "peak_memory_mib": 21.0,
    "judging_seconds": 1.1,
    "image": "sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
    "runner_version": "d4735e3a265e",
    "machine": "2 cores",
    "tests": [
        {
            "name": "test_finds_the_pair",
            "group": "samples",
            "sample": True,
            "state": "judged",
            "verdict": "AC",
            "cpu_seconds": 0.021,
            "memory_mib": 1.2,
            "message": None,
            "stdout": None,
            "pitfall": None,
        },
        {
            "name": "hidden/01",
            "group": "hidden",
            "sample": False,
            "state": "judged",
            "verdict": "WA",
            "cpu_seconds": 0.02,
            "memory_mib": 1.0,
            "message": "wrong answer",
            "stdout": None,
            "pitfall": None,
        },
    ],
    "counterexample": {
        "input": "pair_indices([0, 0], 0)",
        "output": "None",
        "expected": "(0, 1)",
        "minimal": True,
    },
    "phases": [{"name": "box", "started_at": "2026-01-05T10:00:00.200000Z"}],
    "speed": None,
}
SUBMISSION: Example = {**WAITING, "judgement": JUDGEMENT}
RUN: Example = {
    **WAITING,
    "args": [[2, 7, 11], 9],
    "stdin": None,
    "judgement": None,
    "trial": {
        "output": "None",
        "expected": "(0, 1)",
        "matches": False,
        "error": None,
        "stdout": "",
        "cpu_seconds": 0.02,
        "refused": None,
    },
}
SUMMARY: Example = {
    "id": 12,
    "problem": SLUG,
    "state": "judged",
    "verdict": "WA",
    "points": 0,
    "max_points": 100,
    "cpu_seconds": 0.08,
    "peak_memory_mib": 21.0,
    "created_at": "2026-01-05T10:00:00.120000Z",
    "finished_at": "2026-01-05T10:00:01.310000Z",
}
PROBLEM: Example = {
    "problem": SLUG,
    "title": "Pair of scores with a given sum",
    "kind": "function",
    "difficulty": "easy",
    "topics": ["hash maps"],
    "tags": [],
    "minutes": 15,
    "profile": "python",
    "version": "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
    "progress": "tried",
}
PROBLEM_DETAIL: Example = {
    **PROBLEM,
    "statement": "# Pair of scores\n\nReturn the two indices …\n",
    "starter": "def pair_indices(scores, target):\n    ...\n",
    "samples": "def test_finds_the_pair(solution):\n    ...\n",
    "prelude": None,
    "entry": ["pair_indices"],
    "signatures": ["def pair_indices(scores: list[int], target: int) -> tuple[int, int] | None"],
    "forbidden": [],
    "limits": {
        "cpu_seconds": 4.0,
        "wall_seconds": 12.0,
        "memory_mib": 256,
        "output_kib": 256,
        "value_kib": 16384,
    },
    "libraries": {"python": "3.13.5", "versions": {"numpy": "2.2.1"}},
}


def shown(*examples: Example) -> JsonDict:
    """Return what a model's configuration says of its examples."""
    return {"examples": list(examples)}
