"""The box's half: loads a source, does the calls it is asked to do, replies in plain data.

Runs in the submission's own process, so nothing it says is trusted: it can lie about what the
submission returned, as the submission itself can.
"""

import linecache
import operator
import sys
import types
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from judge.proxy.codec import Codec
from judge.proxy.codes import CannotCross, Malformed
from judge.proxy.objects import MissingName, Objects
from judge.proxy.raised import SOURCE_NAME, describe
from judge.proxy.structures import Adapter

MAX_WARNINGS = 20
OPERATORS: dict[str, Callable[..., Any]] = {
    "setattr": setattr,
    "len": len, "iter": iter, "next": next, "repr": repr, "str": str, "float": float, "int": int,
    "getitem": operator.getitem, "setitem": operator.setitem, "delitem": operator.delitem,
    "contains": operator.contains, "neg": operator.neg, "abs": abs, "reversed": reversed,
    "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge,
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "truediv": operator.truediv,
    "floordiv": operator.floordiv, "mod": operator.mod, "pow": operator.pow,
    "matmul": operator.matmul, "and": operator.and_, "or": operator.or_, "xor": operator.xor,
    "radd": lambda a, b: b + a, "rsub": lambda a, b: b - a, "rmul": lambda a, b: b * a,
    "rtruediv": lambda a, b: b / a, "rmatmul": lambda a, b: b @ a, "rpow": lambda a, b: b**a,
}  # fmt: skip

_METHODS = (types.FunctionType, types.MethodType, types.BuiltinMethodType)

Request = dict[str, Any]
Reply = dict[str, Any]


class Callee:
    """A loaded source and the objects of it that somebody outside holds handles to."""

    def __init__(self, ask: Callable[[bytes], bytes]) -> None:
        """Store `ask`, which takes a question about an exposed object outside to its answer."""
        self._objects = Objects(ask)
        self._codec = Codec(self._objects.refer, self._objects.resolve)
        self._has_loaded = False
        self._failed: bytes | None = None  # the reply to a loading that failed, and to all after it
        self._operations: dict[str, Callable[[Request], Reply]] = {
            "load": self._load, "call": self._call, "batch": self._batch,
            "attribute": self._attribute, "operate": self._operate,
        }  # fmt: skip

    def serve(self, request: bytes) -> bytes:
        """Do one request and return its reply; SystemExit passes, it ends the process.

        A call may have been sent before it was known that the source does not load.
        """
        if self._failed is not None:
            return self._failed
        try:
            reply = self._perform(self._codec.decode(request))
        except SystemExit:
            raise
        except MissingName as missing:
            reply = {"missing": missing.name}
        except Malformed as error:
            reply = {"uncrossable": f"an argument that cannot be read: {error}"}
        except BaseException as error:  # noqa: BLE001 (whatever the submission raises is its answer)
            reply = {"raised": describe(error)}
        encoded = self._encode(reply)
        if not self._has_loaded:
            self._failed = encoded
        return encoded

    def _encode(self, reply: Reply) -> bytes:
        try:
            return self._codec.encode(reply)
        except CannotCross as error:
            return self._codec.encode({"uncrossable": str(error)})
        except BaseException as error:  # noqa: BLE001 (properties of a node class may raise)
            return self._codec.encode({"raised": describe(error)})

    def _perform(self, request: Request) -> Reply:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            reply = self._operations[request["op"]](request)
        if caught:
            reply["warnings"] = [_warning(w) for w in caught[:MAX_WARNINGS]]
        return reply

    def _load(self, request: Request) -> Reply:
        self._objects.adapters = {row[0]: Adapter(*row) for row in request["adapters"]}
        if request["prelude"] is not None:
            self._objects.modules["prelude"] = load_module(
                "prelude", request["prelude"], "prelude.py"
            )
        module = load_module("solution", request["source"], SOURCE_NAME)
        self._objects.modules["solution"] = module
        for name in request["entry"]:
            if not hasattr(module, name):
                raise MissingName(name)
        self._has_loaded = True
        return {"value": None}

    def _call(self, request: Request) -> Reply:
        args, kwargs = list(request["args"]), request["kwargs"]
        reply: Reply = {"value": self._objects.call(request["target"], args, kwargs)}
        if request["echo"]:
            reply |= {"args": args, "kwargs": kwargs}
        return reply

    def _batch(self, request: Request) -> Reply:
        return {"value": [self._objects.call(*call) for call in request["calls"]]}

    def _attribute(self, request: Request) -> Reply:
        value = getattr(request["of"], request["name"])
        if isinstance(value, _METHODS):
            return {"method": True}
        return {"value": value}

    def _operate(self, request: Request) -> Reply:
        return {"value": OPERATORS[request["name"]](request["of"], *request["args"])}


def load_module(name: str, source: str, file_name: str) -> types.ModuleType:
    """Compile and run a source as a module that can be imported and shown in tracebacks."""
    linecache.cache[file_name] = (len(source), None, source.splitlines(keepends=True), file_name)
    code = compiled(source, file_name)
    module = types.ModuleType(name)
    module.__file__ = file_name
    sys.modules[name] = module
    exec(code, module.__dict__)  # noqa: S102 (this is the box; running it is its purpose)
    return module


def compiled(source: str, file_name: str) -> types.CodeType:
    """Compile a source; raise SyntaxError also for one that is too complex to be parsed."""
    try:
        return compile(source, file_name, "exec", dont_inherit=True)
    except (MemoryError, RecursionError) as error:
        if not str(error):  # memory is what it lacks
            raise
        raise SyntaxError(str(error), (file_name, 1, None, None)) from None


def _warning(caught: warnings.WarningMessage) -> str:
    return f"{caught.category.__name__}: {caught.message}"[:300]


def load_request(
    source: str, entry: Sequence[str], prelude: str | None, adapters: Sequence[Adapter]
) -> Request:
    """Return the request that loads a source and checks that it defines its entry points."""
    rows = [[a.name, a.shape, dict(a.fields), a.cyclic] for a in adapters]
    return {
        "op": "load", "source": source, "entry": list(entry), "prelude": prelude, "adapters": rows,
    }  # fmt: skip
