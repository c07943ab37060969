"""One input of a learner's own, tried on their submission and on the reference."""

import ast
import importlib
import traceback
from collections.abc import Callable
from typing import Any

from judge.proxy.caller import Remote
from judge.proxy.channel import BadReply, Delivery, MissingEntry, Stopped
from judge.proxy.rebuilt import RemoteError
from judge.proxy.solution import ProgramSolution, Solution
from judge.testing.explain import classify
from judge.testing.reference import Reference, new_solution
from judge.testing.rendering import value_text


def try_input(
    remote: Remote,
    started: Callable[[], Delivery | None],
    reference: Reference,
    spec: dict[str, Any],
) -> dict[str, Any]:
    """Return output, expected output and what went wrong, each as text or None.

    `spec["trial"]` holds `args` (a list, for a function) or `stdin` (for a program). The package's
    `inputs.validate` is asked first; an input it refuses reaches nobody.
    """
    program = spec["kind"] == "program"
    result: dict[str, Any] = {"output": None, "expected": None, "failure": None, "refused": None}
    given = spec["trial"]["stdin"] if program else _typed(spec["trial"]["args"], spec["signature"])
    result["refused"] = _refusal(given, program=program)
    if result["refused"] is not None:
        return result
    result |= _attempt(remote, started, given, spec)
    if reference.exists:
        try:
            result["expected"] = _ask(reference.fresh(), given, spec)
        except RemoteError as error:
            result["expected"] = f"raises {error.described.get('type')}: {error}"
    return result


def _attempt(
    remote: Remote, started: Callable[[], Delivery | None], given: Any, spec: dict[str, Any]
) -> dict[str, Any]:
    loading = True
    try:
        remote.accept_loading(_loaded(started))
        loading = False
        solution = new_solution(remote, spec["entry"], program=spec["kind"] == "program")
        return {"output": _ask(solution, given, spec)}
    except (Stopped, BadReply, MissingEntry, RemoteError) as error:
        return {"failure": classify(error) | {"loading": loading}}


def _loaded(started: Callable[[], Delivery | None]) -> Delivery:
    loaded = started()
    if loaded is None:
        raise Stopped
    return loaded


def _ask(solution: Solution | ProgramSolution, given: Any, spec: dict[str, Any]) -> str:
    if isinstance(solution, ProgramSolution):
        return solution.run(given).stdout
    return value_text(getattr(solution, spec["entry"][0])(*given))


def _refusal(given: Any, *, program: bool) -> str | None:
    try:
        validate = importlib.import_module("inputs").validate
    except (ImportError, AttributeError):
        return None
    try:
        validate(given) if program else validate(*given)
    except (ValueError, AssertionError) as error:
        return str(error) or "this input is outside the problem's constraints"
    except Exception:  # noqa: BLE001 (a value of a wrong type may make a validator stumble)
        return f"this input does not fit: {traceback.format_exc(limit=0).strip().splitlines()[-1]}"
    return None


def _typed(args: list[Any], signature: str) -> list[Any]:
    """Give JSON values the types that the signature asks for: arrays and tuples."""
    try:
        definition = ast.parse(signature.rstrip(":") + ": ...").body[0]
    except SyntaxError:
        return args
    if not isinstance(definition, ast.FunctionDef):
        return args
    annotations = [ast.unparse(a.annotation) if a.annotation else "" for a in definition.args.args]
    annotations += [""] * (len(args) - len(annotations))
    return [_as(annotation, value) for annotation, value in zip(annotations, args, strict=False)]


def _as(annotation: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    if "ndarray" in annotation:
        import numpy as np  # noqa: PLC0415 (only where a signature asks for arrays)

        return np.array(value)
    return tuple(value) if annotation.startswith("tuple") else value
