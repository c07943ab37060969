"""Linked lists and trees become the submission's own nodes inside and plain values outside."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.proxy.channel import BadReply
from judge.proxy.codes import Malformed
from judge.proxy.rebuilt import RemoteError
from judge.proxy.structures import Adapter, LinkedList, Tree, from_wire
from judge.testing import linked_list, tree
from tests.fakes import MemoryChannel

LIST = Adapter("ListNode", "linked_list", {"value": "val", "next": "next"}, cyclic=False)
RING = Adapter("ListNode", "linked_list", {"value": "val", "next": "next"}, cyclic=True)
TREE = Adapter("TreeNode", "tree", {"value": "val", "left": "left", "right": "right"}, cyclic=False)
PRELUDE = """
class ListNode:
    def __init__(self, val=0, next=None):
        self.val, self.next = val, next

class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val, self.left, self.right = val, left, right
"""
SOURCE = """
from prelude import ListNode, TreeNode

def same(node): return node
def values(node):
    found = []
    while node:
        found.append(node.val)
        node = node.next
    return found
def reverse(node):
    before = None
    while node:
        node.next, node, before = before, node.next, node
    return before
def mirror(root):
    if root:
        root.left, root.right = mirror(root.right), mirror(root.left)
    return root
def ring():
    a, b = ListNode(1), ListNode(2)
    a.next, b.next = b, a
    return a
def shared():
    leaf = TreeNode(1)
    return TreeNode(0, leaf, leaf)
def endless():
    node = TreeNode(1)
    node.left = node
    return node
def broken():
    node = ListNode(1)
    del node.next
    return node
def both(): return [ListNode(1), {"t": TreeNode(2)}]
def is_ring(node): return node.next.next is node
"""


def solution_with(*adapters: Adapter) -> Any:
    return MemoryChannel(SOURCE, prelude=PRELUDE, adapters=adapters).solution


@pytest.fixture(scope="module")
def solution() -> Any:
    return solution_with(LIST, TREE)


@given(st.lists(st.integers() | st.text()))
def test_a_list_goes_in_and_comes_out(solution: Any, values: list[object]) -> None:
    given_list = linked_list(values)

    assert solution.values(given_list) == values
    assert solution.same(given_list) == (given_list if values else None)
    assert solution.reverse(given_list) == (linked_list(values[::-1]) if values else None)


@pytest.mark.parametrize(
    ("values", "mirrored"),
    [
        ([], None),
        ([None], None),
        ([1], [1]),
        ([1, 2, 3], [1, 3, 2]),
        ([1, None, 2], [1, 2]),
        ([1, 2, None, 3], [1, None, 2, None, 3]),
        ([1, None, 2, 3], [1, 2, None, None, 3]),
        ([0, False, ""], [0, "", False]),
    ],
)
def test_a_tree_goes_in_and_comes_out(
    solution: Any, values: list[object], mirrored: list[object] | None
) -> None:
    assert solution.mirror(tree(values)) == (None if mirrored is None else Tree(mirrored))


def test_a_tree_of_one_side_crosses_in_level_order(solution: Any) -> None:
    chain: list[object] = [0]
    for value in range(1, 200):
        chain += [None, value]

    assert solution.same(tree(chain)) == Tree(chain)


def test_structures_inside_containers_cross(solution: Any) -> None:
    assert solution.both() == [LinkedList([1]), {"t": Tree([2])}]


def test_a_ring_crosses_where_the_problem_says_so() -> None:
    solution = solution_with(RING)

    assert solution.ring() == LinkedList([1, 2], cycle=0)
    assert solution.is_ring(linked_list([1, 2], cycle=0)) is True
    assert solution.same(linked_list([1, 2, 3], cycle=1)) == LinkedList([1, 2, 3], cycle=1)


@pytest.mark.parametrize(
    ("name", "said"),
    [("ring", "cycle"), ("shared", "reached twice"), ("endless", "reached twice")],
)
def test_what_is_no_list_or_tree_is_refused_in_words(solution: Any, name: str, said: str) -> None:
    with pytest.raises(BadReply, match=said):
        getattr(solution, name)()


def test_a_node_without_its_attribute_is_an_exception_of_the_submission(solution: Any) -> None:
    with pytest.raises(RemoteError, match="next"):
        solution.broken()


@pytest.mark.parametrize("cycle", [-1, 3, 7])
def test_a_cycle_to_no_position_is_refused(cycle: int) -> None:
    with pytest.raises(ValueError, match="no position"):
        linked_list([1, 2, 3], cycle=cycle)


@pytest.mark.parametrize(
    ("shape", "data"),
    [
        ("linked_list", []),
        ("linked_list", [[1]]),
        ("linked_list", [[1], 1]),
        ("linked_list", [[1], -1]),
        ("linked_list", [(1,), None]),
        ("linked_list", [[1], "0"]),
        ("tree", []),
        ("tree", [[1], None]),
        ("tree", [{1: 2}]),
        ("graph", [[1]]),
    ],
    ids=repr,
)
def test_a_structure_of_no_known_shape_is_malformed(shape: str, data: list[Any]) -> None:
    with pytest.raises(Malformed):
        from_wire(shape, data)
