# fails: large
# misconception: the cheapest node can be found by looking at all of them
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
    todo = set(range(n))
    while todo:
        u = min(todo, key=lambda k: dist[k])
        if dist[u] == float("inf"):
            break
        todo.remove(u)
        for v, w in graph[u]:
            if dist[u] + w < dist[v]:
                dist[v] = dist[u] + w
    print(*dist)


main()
