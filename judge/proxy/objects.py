"""What stays in the box and is only referred to: objects of the submission, names, stubs."""

import types
from collections.abc import Callable
from typing import Any

from judge.proxy.codec import Codec, Ref, Reference
from judge.proxy.codes import Malformed
from judge.proxy.extensions import base_value, type_name
from judge.proxy.layouts import laid_out
from judge.proxy.rebuilt import rebuild
from judge.proxy.structures import Adapter


class MissingName(Exception):
    """The submission does not define a name that a test asks for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Objects:
    """The table of objects handed out as handles, and what references mean inside the box."""

    def __init__(self, ask: Callable[[bytes], bytes]) -> None:
        self.adapters: dict[str, Adapter] = {}
        self.modules: dict[str, types.ModuleType] = {}
        self._ask = ask
        self._by_number: dict[int, object] = {}
        self._numbers: dict[int, int] = {}
        self._codec = Codec(self.refer, self.resolve)

    def call(self, target: Any, args: Any, kwargs: dict[str, Any]) -> object:
        """Call a decoded target, `function` or `[object, method]`; a new object gets a handle."""
        function = getattr(target[0], target[1]) if isinstance(target, list) else target
        result = function(*args, **kwargs)
        if isinstance(function, type) and type(result).__name__ not in self.adapters:
            self._number(result)
        return result

    def refer(self, value: object) -> Reference | None:
        """Return how a value that is not plain data crosses; None for a subclass of plain data."""
        if isinstance(value, Exposed):
            return Reference(Ref.EXPOSED, [object.__getattribute__(value, "_number")])
        adapter = self.adapters.get(type(value).__name__)
        if adapter is not None:
            return Reference(Ref.STRUCTURE, [adapter.shape, adapter.name, adapter.to_plain(value)])
        if id(value) not in self._numbers and base_value(value) is not None:
            return None
        return Reference(Ref.HANDLE, [self._number(value), type_name(value)])

    def resolve(self, reference: Reference) -> object:
        """Return the object a reference from outside means here."""
        match reference.kind, reference.data:
            case Ref.HANDLE, [int(number), _] if number in self._by_number:
                return self._by_number[number]
            case Ref.NAME, [str(module), str(name)]:
                return self._named(module, name)
            case Ref.STRUCTURE, [str(shape), _, list(data)]:
                return self._structure(shape, data)
            case Ref.EXPOSED, [int(number), list(methods), list(attributes)]:
                return Exposed(self._question, number, methods, attributes)
            case Ref.LAYOUT, [str(form), array]:
                return laid_out(form, array)
            case _:
                raise Malformed("a reference to nothing")

    def _named(self, module: str, name: str) -> object:
        try:
            return getattr(self.modules[module], name)
        except (KeyError, AttributeError):
            raise MissingName(name if module == "solution" else f"{module}.{name}") from None

    def _structure(self, shape: str, data: list[Any]) -> object:
        adapter = next((a for a in self.adapters.values() if a.shape == shape), None)
        if adapter is None:
            raise Malformed(f"no [adapters] entry of shape '{shape}'")
        module = self.modules.get("prelude", self.modules["solution"])
        owner = module if hasattr(module, adapter.name) else self.modules["solution"]
        return adapter.from_plain(data, getattr(owner, adapter.name))

    def _number(self, value: object) -> int:
        number = self._numbers.setdefault(id(value), len(self._numbers))
        self._by_number[number] = value  # keeps it alive, so that its id stays its own
        return number

    def _question(self, question: dict[str, Any]) -> object:
        answer = self._codec.decode(self._ask(self._codec.encode(question)))
        if "raised" in answer:
            raise rebuild(answer["raised"])
        return answer["value"]


class Exposed:
    """A stand-in for an object of the test: the listed names, plain data in and out."""

    __slots__ = ("_attributes", "_methods", "_number", "_question")
    _attributes: frozenset[str]
    _methods: frozenset[str]
    _number: int
    _question: Callable[[dict[str, Any]], object]

    def __init__(
        self,
        question: Callable[[dict[str, Any]], object],
        number: int,
        methods: list[str],
        attributes: list[str],
    ) -> None:
        object.__setattr__(self, "_question", question)
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_methods", frozenset(methods))
        object.__setattr__(self, "_attributes", frozenset(attributes))

    def __getattr__(self, name: str) -> object:
        if name in self._attributes:
            return self._question({"of": self._number, "attribute": name})
        if name in self._methods:
            return lambda *args, **kwargs: self._invoke(name, args, kwargs)
        raise AttributeError(f"this object has no attribute '{name}' for you")

    def __call__(self, *args: object, **kwargs: object) -> object:
        if "__call__" not in self._methods:
            raise TypeError("this object is not callable")
        return self._invoke("__call__", args, kwargs)

    def _invoke(self, name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
        return self._question({"of": self._number, "method": name, "args": args, "kwargs": kwargs})
