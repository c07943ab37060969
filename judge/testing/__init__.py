"""What problem authors import. Runs in the grader and in a learner's own pytest alike.

Fixtures `solution`, `reference` and `data_dir` come without an import; see docs/authoring.md.
"""

from judge.proxy.caller import CallResult
from judge.proxy.exposed import expose
from judge.proxy.rebuilt import RemoteError as SubmissionError
from judge.proxy.solution import ProgramResult
from judge.proxy.structures import LinkedList, Tree
from judge.testing.closeness import (
    close,
    close_up_to_order,
    close_up_to_rotation,
    close_up_to_sign,
    gradient_check,
    same_labels,
)
from judge.testing.conduct import (
    deterministic,
    frequencies_are,
    learns,
    mean_is,
    same_items,
    unchanged,
    valid,
)
from judge.testing.forms import layouts

__all__ = [
    "CallResult",
    "LinkedList",
    "ProgramResult",
    "SubmissionError",
    "Tree",
    "close",
    "close_up_to_order",
    "close_up_to_rotation",
    "close_up_to_sign",
    "deterministic",
    "expose",
    "frequencies_are",
    "gradient_check",
    "layouts",
    "learns",
    "linked_list",
    "mean_is",
    "same_items",
    "same_labels",
    "tree",
    "unchanged",
    "valid",
]


def linked_list(values: list[object], cycle: int | None = None) -> LinkedList:
    """Return a linked list to pass to a submission.

    Args:
        values: the values of its nodes in order; empty means None in the box.
        cycle: the 0-based position that the last node points back to, or None.

    Raises:
        ValueError: `cycle` is no position of the list.
    """
    if cycle is not None and not 0 <= cycle < len(values):
        raise ValueError(f"cycle {cycle} is no position of a list of {len(values)}")
    return LinkedList(list(values), cycle)


def tree(values: list[object]) -> Tree:
    """Return a binary tree to pass to a submission, from its values in level order.

    None stands for an absent child; children of absent nodes are left out; an empty list means
    None in the box.
    """
    return Tree(list(values))
