# fails: large
# misconception: looking again only at nodes that changed is fast enough
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
    waiting = [False] * n
    while queue:
        u = queue.popleft()
        waiting[u] = False
        for v, w in graph[u]:
            if dist[u] + w < dist[v]:
                dist[v] = dist[u] + w
                if not waiting[v]:
                    waiting[v] = True
                    queue.append(v)
    print(*dist)


main()
