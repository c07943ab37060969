"""Hidden tests: outputs are compared token by token, whatever the white space."""

import numpy as np
import pytest
from graphs import cheapest, hub, path, random_graph, shortcuts, tokens
from hypothesis import given, settings
from inputs import strategy

group, points, hint = pytest.mark.group, pytest.mark.points, pytest.mark.hint


def printed(program, stdin):
    """Run a program and return the tokens it printed."""
    return program.run(stdin=stdin).stdout.split()


@group("tiny")
@points(6)
@hint("There may be nodes without any link, and graphs without any.")
def test_no_links(solution):
    assert printed(solution, "1 0 0\n") == ["0"]
    assert printed(solution, "3 0 2\n") == ["inf", "inf", "0"]


@group("tiny")
@points(6)
@hint("The start node can be any node, and not every node can be reached.")
def test_start_in_the_middle(solution):
    stdin = "5 4 2\n0 1 1\n2 3 4\n3 4 5\n4 2 6\n"

    assert printed(solution, stdin) == ["inf", "inf", "0", "4", "9"]


@group("tiny")
@points(8)
@hint("A route with more links can be cheaper.")
def test_more_links_are_cheaper(solution):
    stdin = "6 7 0\n0 1 9\n0 2 2\n2 3 2\n3 4 2\n4 1 2\n1 5 1\n0 5 10\n"

    assert printed(solution, stdin) == ["0", "8", "2", "4", "6", "9"]


@group("tiny")
@points(8)
@hint("Links are one-way: a cheap link back does not help.")
def test_cheap_links_back(solution):
    stdin = "4 6 0\n0 1 10\n1 2 10\n2 3 10\n2 0 1\n3 0 1\n3 1 1\n"

    assert printed(solution, stdin) == ["0", "10", "20", "30"]


@group("odd-links")
@points(8)
@hint("Of several links from u to v the cheapest counts, not the last.")
@pytest.mark.pitfall("duplicates_and_ties")
def test_parallel_links(solution):
    stdin = "3 6 0\n0 1 7\n0 1 3\n0 1 5\n1 2 4\n1 2 1\n1 2 9\n"

    assert printed(solution, stdin) == ["0", "3", "4"]


@group("odd-links")
@points(5)
@hint("A link may lead from a node to itself.")
def test_loops(solution):
    stdin = "3 5 0\n0 0 0\n0 1 2\n1 1 5\n1 2 3\n2 2 0\n"

    assert printed(solution, stdin) == ["0", "2", "5"]


@group("odd-links")
@points(7)
@hint("A price may be 0, also all the way round a circle.")
def test_free_links(solution):
    stdin = "5 6 0\n0 1 0\n1 2 0\n2 0 0\n2 3 4\n1 3 5\n3 4 0\n"

    assert printed(solution, stdin) == ["0", "0", "0", "4", "4"]


@group("large-prices")
@points(10)
@hint("Prices are integers of any size: a float cannot hold them exactly.")
def test_large_prices(solution):
    graph = path(12_001, 10**12 - 1, backwards=False)  # the last price is above 2**53

    assert printed(solution, graph.text()) == tokens(np.arange(12_001) * (10**12 - 1))


@group("random")
@points(12)
@hint("Compared with a reference solution on random small graphs.")
@settings(max_examples=50)
@given(case=strategy())
def test_agrees_with_the_reference(solution, reference, case):
    (stdin,) = case

    assert printed(solution, stdin) == printed(reference, stdin)


@group("large", after="tiny")
@points(6)
@hint("A route can have 100,000 links; those of the far end may be listed first.")
def test_long_path(solution):
    graph = path(100_000, 10**12, backwards=True)

    assert printed(solution, graph.text()) == tokens(np.arange(100_000) * 10**12)


@group("large", after="tiny")
@points(8)
@hint("100,000 nodes and 300,000 links between random nodes.")
def test_random_graph(solution):
    graph = random_graph(100_000, 300_000, seed=31)

    assert printed(solution, graph.text()) == cheapest(graph)


@group("large", after="tiny")
@points(8)
@hint("A node may become cheaper many times before it is final. What happens to its older entries?")
def test_hub(solution):
    graph = hub(spokes=49_000, leaves=50_000)

    assert printed(solution, graph.text()) == cheapest(graph)


@group("large", after="tiny")
@points(8)
@hint("A long chain with dear shortcuts: looking again at everything that changed is quadratic.")
def test_shortcuts(solution):
    graph = shortcuts(100_000)

    assert printed(solution, graph.text()) == ["0", *map(str, range(10, 10 + 99_999))]
