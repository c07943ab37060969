# fails: large
# misconception: entries of the heap that are out of date do no harm
import heapq
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
    heap = [(0, s)]
    while heap:
        d, u = heapq.heappop(heap)
        for v, w in graph[u]:
            if d + w < dist[v]:
                dist[v] = d + w
                heapq.heappush(heap, (d + w, v))
    print(*dist)


main()
