"""One input of a learner's own, tried on their submission and on the reference."""

import ast
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from judge.proxy.channel import BadReply, Channel, Delivery, MissingEntry, Stopped
from judge.proxy.rebuilt import RemoteError
from judge.proxy.solution import Interface, ProgramSolution, Solution
from judge.testing.explain import classify
from judge.testing.reference import Reference
from judge.testing.rendering import value_text

Started = Callable[[], Delivery | None]


@dataclass(frozen=True, slots=True)
class Trial:
    """An input and how the problem is used; `args` for a function, `stdin` for a program."""

    interface: Interface
    signature: str
    args: list[Any] | None
    stdin: str | None

    def run(self, channel: Channel, started: Started, reference: Reference) -> dict[str, Any]:
        """Return output, expected output and what went wrong, each as text or None.

        The package's `inputs.validate` is asked first; an input it refuses reaches nobody.
        """
        result: dict[str, Any] = dict.fromkeys(("output", "expected", "failure", "refused"))
        try:
            given = self._given()
        except ValueError as error:  # rows of different lengths are no array
            return result | {"refused": f"this input does not fit: {error}"}
        result["refused"] = self._miscounted(given) or _refusal(given)
        if result["refused"] is not None:
            return result
        result |= self._attempt(channel, started, given)
        if reference.exists:
            try:
                result["expected"] = self._ask(reference.fresh(), given)
            except RemoteError as error:
                result["expected"] = f"raises {error.described.get('type')}: {error}"
        return result

    def _given(self) -> list[Any]:
        if self.interface.program:
            return [self.stdin or ""]
        return _typed(self.args or [], self.signature)

    def _miscounted(self, given: list[Any]) -> str | None:
        definition = None if self.interface.program else _definition(self.signature)
        if definition is None or definition.args.vararg is not None:
            return None
        names = [one.arg for one in _arguments(definition)]
        least = len(names) - len(definition.args.defaults)
        if least <= len(given) <= len(names):
            return None
        return f"the arguments are {', '.join(names)}, and {len(given)} were given"

    def _attempt(self, channel: Channel, started: Started, given: list[Any]) -> dict[str, Any]:
        remote = self.interface.connect(channel)
        loading = True
        try:
            remote.accept_loading(_loaded(started))
            loading = False
            return {"output": self._ask(self.interface.solution(remote), given)}
        except (Stopped, BadReply, MissingEntry, RemoteError) as error:
            return {"failure": classify(error) | {"loading": loading}}

    def _ask(self, solution: Solution | ProgramSolution, given: list[Any]) -> str:
        if isinstance(solution, ProgramSolution):
            return solution.run(*given).stdout
        return value_text(getattr(solution, self.interface.entry[0])(*given))


def _loaded(started: Started) -> Delivery:
    loaded = started()
    if loaded is None:
        raise Stopped
    return loaded


def _refusal(given: list[Any]) -> str | None:
    try:
        validate = importlib.import_module("inputs").validate
    except (ImportError, AttributeError):
        return None
    try:
        validate(*given)
    except (ValueError, AssertionError) as error:
        return str(error) or "this input is outside the problem's constraints"
    except Exception as error:  # noqa: BLE001 (a value of a wrong type may make a validator stumble)
        return f"this input does not fit: {type(error).__name__}: {error}"
    return None


def _definition(signature: str) -> ast.FunctionDef | None:
    try:
        found = ast.parse(signature.rstrip(":") + ": ...").body[0]
    except SyntaxError:
        return None
    return found if isinstance(found, ast.FunctionDef) else None


def _arguments(definition: ast.FunctionDef) -> list[ast.arg]:
    return [*definition.args.posonlyargs, *definition.args.args]


def _typed(args: list[Any], signature: str) -> list[Any]:
    """Give JSON values the types that the signature asks for: arrays and tuples."""
    definition = _definition(signature)
    if definition is None:
        return args
    annotations = [
        ast.unparse(a.annotation) if a.annotation else "" for a in _arguments(definition)
    ]
    annotations += [""] * (len(args) - len(annotations))
    return [_as(annotation, value) for annotation, value in zip(annotations, args, strict=False)]


def _as(annotation: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    if "ndarray" in annotation:
        import numpy as np  # noqa: PLC0415 (only where a signature asks for arrays)

        return np.array(value)
    return tuple(value) if annotation.startswith("tuple") else value
