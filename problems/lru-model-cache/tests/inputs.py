"""What a valid script is, and random ones."""

from itertools import chain

from hypothesis import strategies as st

MAX_CAPACITY = 10**9
MAX_SIZE = 10**9
MAX_NAME = 50
MAX_STEPS = 1_000_000


def validate(capacity_mb, script):
    """Raise ValueError naming the constraint that an input of `prelude.play` breaks."""
    if not _is_integer(capacity_mb) or not 0 <= capacity_mb <= MAX_CAPACITY:
        raise ValueError(f"capacity_mb must be an integer from 0 to {MAX_CAPACITY}")
    if not isinstance(script, list) or len(script) > MAX_STEPS:
        raise ValueError(f"the script must be a list of at most {MAX_STEPS} steps")
    for step in script:
        _validate_step(step)


def _validate_step(step):
    match step:
        case ("get", str(name), size):
            if size is not None and not (_is_integer(size) and 1 <= size <= MAX_SIZE):
                raise ValueError(f"a size must be None or an integer from 1 to {MAX_SIZE}")
        case ("pin" | "unpin", str(name)):
            pass
        case _:
            raise ValueError("a step is ('get', name, size_mb), ('pin', name) or ('unpin', name)")
    if not 1 <= len(name) <= MAX_NAME:
        raise ValueError(f"names must have 1 to {MAX_NAME} characters")


def strategy():
    """Small caches and few names, so that hits, evictions and full pins all happen."""
    name = st.sampled_from("abcd")
    get = st.tuples(st.just("get"), name, st.sampled_from([1, 2, 3, 4, 5, None]))
    pin = st.tuples(st.sampled_from(["pin", "unpin"]), name)
    piece = st.lists(get | get | pin, max_size=10)  # several short lists make a long one likely
    script = st.tuples(piece, piece, piece, piece).map(lambda pieces: list(chain(*pieces)))
    return st.tuples(st.integers(0, 9), script)


def ask(solution, capacity_mb, script):
    """Return what each step of a script brought, and the statistics at the end."""
    return solution.prelude.play(solution.ModelCache, capacity_mb, script)


def _is_integer(value):
    return isinstance(value, int) and not isinstance(value, bool)
