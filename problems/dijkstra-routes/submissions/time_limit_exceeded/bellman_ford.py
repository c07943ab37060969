# fails: large
# misconception: going over all links until nothing changes is fast enough
import sys


def main():
    data = sys.stdin.read().split()
    n, m, s = int(data[0]), int(data[1]), int(data[2])
    links = []
    for i in range(m):
        u, v, w = (int(x) for x in data[3 + 3 * i : 6 + 3 * i])
        links.append((u, v, w))
    dist = [float("inf")] * n
    dist[s] = 0
    changed = True
    while changed:
        changed = False
        for u, v, w in links:
            if dist[u] + w < dist[v]:
                dist[v] = dist[u] + w
                changed = True
    print(*dist)


main()
