# fails: samples, tiny
# misconception: the route with the fewest links is the cheapest
import sys
from collections import deque


def main():
    data = sys.stdin.read().split()
    n, m, s = int(data[0]), int(data[1]), int(data[2])
    graph = [[] for _ in range(n)]
    for i in range(m):
        u, v, w = (int(x) for x in data[3 + 3 * i : 6 + 3 * i])
        graph[u].append((v, w))
    dist = [float("inf")] * n
    dist[s] = 0
    queue = deque([s])
    while queue:
        u = queue.popleft()
        for v, w in graph[u]:
            if dist[v] == float("inf"):
                dist[v] = dist[u] + w
                queue.append(v)
    print(*dist)


main()
