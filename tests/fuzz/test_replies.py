"""Whatever a box answers is a value, or an end of the test in words that name the submission."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.proxy.caller import Remote
from judge.proxy.channel import BadReply, Delivery, MissingEntry, ProgramRun
from judge.proxy.codec import Codec, Ref, Reference
from judge.proxy.exposed import expose
from judge.proxy.rebuilt import RemoteError
from judge.proxy.solution import Solution
from tests.fuzz.examples import edited, edits, json_values, many, objects

ENDS = (BadReply, MissingEntry, RemoteError)
MAX_EXCHANGES = 50


class Forged:
    """A box with one answer for everything, and maybe a question before it."""

    def __init__(self, payload: bytes, question: bytes | None = None) -> None:
        self.payload, self.question = payload, question
        self.exchanges = 0

    def exchange(self, request: bytes, answer: Callable[[bytes], bytes]) -> Delivery:
        self.exchanges += 1
        assert self.exchanges <= MAX_EXCHANGES, "an answer that makes the test ask for ever"
        if self.question is not None:
            assert isinstance(answer(self.question), bytes)
        return Delivery(self.payload)

    def run_program(self, stdin: bytes, argv: list[str]) -> ProgramRun:
        return ProgramRun("", "", 1, payload=self.payload)


codec = Codec(
    lambda value: value if isinstance(value, Reference) else None,
    lambda reference: reference,
)
references = st.builds(
    Reference,
    st.sampled_from(Ref),
    st.lists(json_values, max_size=3)
    | st.tuples(st.integers(0, 2), st.text(max_size=3)).map(list)
    | st.tuples(
        st.sampled_from(["tree", "linked_list"]), st.just(""), st.lists(st.lists(st.integers()))
    ).map(list),
)
values = st.recursive(
    json_values | references,
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=3).map(tuple),
    max_leaves=6,
)
described = objects(
    "type", "text", "args", "builtins", "lines", "missing_module", "syntax", values=values
) | st.fixed_dictionaries(
    {"type": st.text(max_size=3), "text": st.text(max_size=3)},
    optional={
        "builtins": values | st.lists(st.sampled_from(["ValueError", "StopIteration", "exit"])),
        "lines": values,
        "syntax": values,
        "args": values,
    },
)
replies = (
    objects("value", "args", "kwargs", "warnings", "missing", "uncrossable", "method",
            values=values)
    | st.fixed_dictionaries({"raised": described})
    | values
)  # fmt: skip
payloads = st.builds(edited, replies.map(codec.encode), edits.filter(lambda e: len(e) < 2))


def attempt(ask: Callable[[], object]) -> None:
    try:
        ask()
    except ENDS as end:
        str(end)


@many
@given(payloads)
def test_a_reply_of_any_content_is_a_value_or_an_end(payload: bytes) -> None:
    remote = Remote(Forged(payload), ["Model"])
    solution: Any = Solution(remote, ["solve", "Model"])

    attempt(lambda: solution.solve(1))
    attempt(lambda: solution.solve.call([1], echo_args=True))
    attempt(lambda: getattr(solution.Model(1), "fit", None))
    attempt(lambda: solution.batch([(solution.solve, (1,))]))
    attempt(lambda: remote.accept_loading(Delivery(payload)))
    attempt(lambda: remote.program_failure(ProgramRun("", "", 1, payload=payload)))


@many
@given(payloads | st.binary(max_size=20), payloads)
def test_a_question_of_any_content_is_answered(question: bytes, payload: bytes) -> None:
    solution: Any = Solution(Remote(Forged(payload, question), []), ["solve"])

    attempt(lambda: solution.solve(expose([1, 2], methods=["index"]), expose(lambda x: x)))


@pytest.mark.parametrize("field", ["type", "text", "args", "builtins", "lines", "syntax"])
def test_an_object_in_a_description_is_never_asked_for_its_parts(field: str) -> None:
    handle = Reference(Ref.HANDLE, [0, "A"])
    for value in (handle, [handle], [[handle] * 3]):
        box = Forged(codec.encode({"raised": {"type": "E", "text": "", field: value}}))

        attempt(lambda box=box: Solution(Remote(box, []), ["solve"]).solve())

        assert box.exchanges == 1
