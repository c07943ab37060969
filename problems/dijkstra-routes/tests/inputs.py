"""What a valid input is, and random small ones."""

from hypothesis import strategies as st

MAX_NODES = 100_000
MAX_LINKS = 300_000
MAX_PRICE = 10**12


def validate(stdin):
    """Raise ValueError naming the constraint that an input breaks."""
    try:
        rows = [[int(token) for token in line.split()] for line in stdin.strip().splitlines()]
    except ValueError:
        raise ValueError("the input must consist of integers") from None
    if not rows or any(len(row) != 3 for row in rows):
        raise ValueError("the input must have a line 'n m s' and m lines 'u v w'")
    n, m, start = rows[0]
    if not 1 <= n <= MAX_NODES:
        raise ValueError(f"n must lie between 1 and {MAX_NODES}")
    if not 0 <= m <= MAX_LINKS or len(rows) != m + 1:
        raise ValueError(f"m must lie between 0 and {MAX_LINKS} and be the number of links given")
    if not 0 <= start < n or not all(0 <= u < n and 0 <= v < n for u, v, _ in rows[1:]):
        raise ValueError("nodes must lie between 0 and n - 1")
    if not all(0 <= w <= MAX_PRICE for _, _, w in rows[1:]):
        raise ValueError(f"prices must lie between 0 and {MAX_PRICE}")


def strategy():
    """Up to five nodes with many links, parallel ones and loops included."""
    return st.integers(1, 5).flatmap(_with_nodes).map(lambda stdin: (stdin,))


def compare(found, right, _stdin):
    """Fail unless the same tokens were printed, whatever lies between them."""
    assert found.split() == right.split()


def _with_nodes(n):
    node = st.integers(0, n - 1)
    piece = st.lists(st.tuples(node, node, st.integers(0, 9)), max_size=8)
    links = st.builds(list.__add__, piece, piece)  # two short lists make a long one likely
    return st.builds(_written, st.just(n), node, links)


def _written(n, start, links):
    lines = [(n, len(links), start), *links]
    return "".join(f"{a} {b} {c}\n" for a, b, c in lines)
