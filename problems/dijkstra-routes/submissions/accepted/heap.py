import sys
from heapq import heappop, heappush


def main():
    n, m, start, *numbers = map(int, sys.stdin.buffer.read().split())
    links = [[] for _ in range(n)]
    for u, v, w in zip(numbers[0::3], numbers[1::3], numbers[2::3]):
        links[u].append((v, w))

    prices = [float("inf")] * n
    prices[start] = 0
    heap = [(0, start)]
    while heap:
        price, u = heappop(heap)
        if price > prices[u]:
            continue  # stale: u became cheaper after this entry was pushed
        for v, w in links[u]:
            if price + w < prices[v]:
                prices[v] = price + w
                heappush(heap, (price + w, v))

    print(*prices)


main()
