"""Linked lists and trees of a submission as plain data, and back into its own classes."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from judge.proxy.codes import CannotCross, Malformed

MAX_NODES = 1_000_000


@dataclass(frozen=True)
class LinkedList:
    """A linked list by value: its values in order, and the position its tail points back to."""

    values: list[Any]
    cycle: int | None = None


@dataclass(frozen=True)
class Tree:
    """A binary tree by value, in level order; None stands for an absent child."""

    values: list[Any]


SHAPES: dict[str, type[LinkedList] | type[Tree]] = {"linked_list": LinkedList, "tree": Tree}


@dataclass(frozen=True, slots=True)
class Adapter:
    """How instances of one class of the problem cross: as which shape, under which attributes."""

    name: str
    shape: str
    fields: dict[str, str]
    cyclic: bool

    def to_plain(self, node: Any) -> list[Any]:
        """Return the data of the structure that starts at a node."""
        return self._list_plain(node) if self.shape == "linked_list" else self._tree_plain(node)

    def from_plain(self, data: list[Any], make: Callable[[Any], Any]) -> Any:
        """Build the structure out of nodes that `make(value)` gives; None when it is empty."""
        if self.shape == "linked_list":
            return self._list_nodes(data, make)
        return self._tree_nodes(data, make)

    def _list_plain(self, node: Any) -> list[Any]:
        value, following = self.fields["value"], self.fields["next"]
        values: list[Any] = []
        seen: dict[int, int] = {}
        while node is not None and id(node) not in seen:
            seen[id(node)] = len(values)
            values.append(getattr(node, value))
            if len(values) > MAX_NODES:
                raise CannotCross(f"a linked list of more than {MAX_NODES} nodes")
            node = getattr(node, following)
        if node is not None and not self.cyclic:
            raise CannotCross("a linked list with a cycle")
        return [values, None if node is None else seen[id(node)]]

    def _list_nodes(self, data: list[Any], make: Callable[[Any], Any]) -> Any:
        values, cycle = data
        nodes = [make(value) for value in values]
        for node, following in itertools.pairwise(nodes):
            setattr(node, self.fields["next"], following)
        if cycle is not None and nodes:
            setattr(nodes[-1], self.fields["next"], nodes[cycle])
        return nodes[0] if nodes else None

    def _tree_plain(self, root: Any) -> list[Any]:
        value, left, right = (self.fields[key] for key in ("value", "left", "right"))
        values: list[Any] = []
        level, seen = [root], {id(root)}
        while any(node is not None for node in level):
            values += [None if node is None else getattr(node, value) for node in level]
            level = [
                getattr(node, side) for node in level if node is not None for side in (left, right)
            ]
            for node in level:
                if node is not None and id(node) in seen:
                    raise CannotCross("a tree in which a node is reached twice")
                seen.add(id(node))
            if len(seen) > MAX_NODES:
                raise CannotCross(f"a tree of more than {MAX_NODES} nodes")
        while values and values[-1] is None:
            values.pop()
        return [values]

    def _tree_nodes(self, data: list[Any], make: Callable[[Any], Any]) -> Any:
        [values] = data
        if not values or values[0] is None:
            return None
        root = make(values[0])
        waiting, rest = [root], iter(values[1:])
        for parent in waiting:
            for side in ("left", "right"):
                value = next(rest, None)
                if value is not None:
                    child = make(value)
                    setattr(parent, self.fields[side], child)
                    waiting.append(child)
        return root


def from_wire(shape: str, data: list[Any]) -> LinkedList | Tree:
    """Return the structure that came out of a box, or raise Malformed."""
    match shape, data:
        case "linked_list", [list(values), None]:
            return LinkedList(values)
        case "linked_list", [list(values), int(cycle)] if 0 <= cycle < len(values):
            return LinkedList(values, cycle)
        case "tree", [list(values)]:
            return Tree(values)
        case _:
            raise Malformed("a structure of no known shape")
