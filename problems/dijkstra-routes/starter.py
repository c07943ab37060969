"""Read a graph from standard input, print the price of a cheapest route to every node."""

import sys


def main() -> None:
    """Read "n m s" and m lines "u v w"; print n tokens, each a price or inf."""
    raise NotImplementedError(sys.stdin.readline())


if __name__ == "__main__":
    main()
