"""Sample tests: input as it is typed, output compared token by token."""


def test_detour_is_cheaper(solution):
    stdin = "4 4 0\n0 1 10\n0 2 3\n2 1 4\n1 3 1\n"

    assert solution.run(stdin=stdin).stdout.split() == ["0", "7", "3", "8"]


def test_links_are_one_way(solution):
    stdin = "3 2 1\n0 1 5\n1 2 2\n"

    assert solution.run(stdin=stdin).stdout.split() == ["inf", "0", "2"]


def test_single_node(solution):
    assert solution.run(stdin="1 0 0\n").stdout.split() == ["0"]
