# fails: large-prices, large
# misconception: recursion can be as deep as the graph
import sys


def main():
    data = sys.stdin.read().split()
    n, m, s = int(data[0]), int(data[1]), int(data[2])
    graph = [[] for _ in range(n)]
    for i in range(m):
        u, v, w = (int(x) for x in data[3 + 3 * i : 6 + 3 * i])
        graph[u].append((v, w))
    dist = [float("inf")] * n
    dist[s] = 0

    def relax(u):
        for v, w in graph[u]:
            if dist[u] + w < dist[v]:
                dist[v] = dist[u] + w
                relax(v)

    relax(s)
    print(*dist)


main()
