"""Large graphs as arrays of links, their text, and cheapest prices by another algorithm."""

from typing import NamedTuple

import numpy as np

UNREACHED = np.iinfo(np.int64).max


class Graph(NamedTuple):
    """Link k leads from `tails[k]` to `heads[k]` at `prices[k]`."""

    n: int
    start: int
    tails: np.ndarray
    heads: np.ndarray
    prices: np.ndarray

    def text(self):
        """Return the graph as a program reads it."""
        rows = zip(self.tails.tolist(), self.heads.tolist(), self.prices.tolist(), strict=True)
        body = "".join(f"{u} {v} {w}\n" for u, v, w in rows)
        return f"{self.n} {len(self.tails)} {self.start}\n{body}"


def cheapest(graph):
    """Return the tokens of the right answer; Bellman-Ford, all links of a round at once.

    Takes one round per link of the longest cheapest route, so it suits graphs with short ones.
    """
    prices = np.full(graph.n, UNREACHED)
    prices[graph.start] = 0
    while True:
        usable = prices[graph.tails] < UNREACHED
        offers = prices[graph.tails[usable]] + graph.prices[usable]
        cheaper = prices.copy()
        np.minimum.at(cheaper, graph.heads[usable], offers)
        if np.array_equal(cheaper, prices):
            return tokens(prices)
        prices = cheaper


def tokens(prices):
    """Return prices as a program prints them."""
    return ["inf" if price == UNREACHED else str(price) for price in prices.tolist()]


def random_graph(n, m, seed, largest=10**9):
    """Return links between random nodes; some nodes are out of reach."""
    rng = np.random.default_rng(seed)
    tails, heads = rng.integers(0, n, m), rng.integers(0, n, m)
    return Graph(n, 0, tails, heads, rng.integers(0, largest, m, endpoint=True))


def path(n, price, backwards):
    """Return a path from node 0 to node n - 1; its links are listed last one first if wanted."""
    tails = np.arange(n - 1)
    order = tails[::-1] if backwards else tails
    return Graph(n, 0, order, order + 1, np.full(n - 1, price))


def hub(spokes, leaves):
    """Return a hub that gets cheaper with every spoke that is settled, and its many leaves.

    Spoke i costs i and reaches the hub for 2 (spokes - i) more: every spoke offers one less.
    """
    spoke = np.arange(1, spokes + 1)
    centre = spokes + 1
    leaf = np.arange(centre + 1, centre + 1 + leaves)
    tails = np.concatenate([np.zeros(spokes, int), spoke, np.full(leaves, centre)])
    heads = np.concatenate([spoke, np.full(spokes, centre), leaf])
    prices = np.concatenate([spoke, 3 * spokes - 2 * spoke, np.ones(leaves, int)])
    return Graph(spokes + leaves + 2, 0, tails, heads, prices)


def shortcuts(n):
    """Return a chain with a direct link to each of its nodes, ten times as dear as the chain.

    The direct links are listed from the far end. A queue of nodes to look at again then works on
    the whole chain once per node.
    """
    node = np.arange(1, n)
    tails = np.concatenate([np.zeros(n - 1, int), node[:-1]])
    heads = np.concatenate([node[::-1], node[1:]])
    prices = np.concatenate([10 * node[::-1], np.ones(n - 2, int)])
    return Graph(n, 0, tails, heads, prices)
