import heapq

INF = float("inf")


class Node:
    def __init__(self):
        self.out = []
        self.cost = INF


n, m, s = [int(x) for x in input().split()]
nodes = [Node() for _ in range(n)]
for _ in range(m):
    u, v, w = [int(x) for x in input().split()]
    nodes[u].out.append((nodes[v], v, w))

nodes[s].cost = 0
queue = [(0, s)]
while len(queue) > 0:
    cost, number = heapq.heappop(queue)
    node = nodes[number]
    if cost > node.cost:
        continue
    for other, other_number, price in node.out:
        if cost + price < other.cost:
            other.cost = cost + price
            heapq.heappush(queue, (other.cost, other_number))

for node in nodes:
    print(node.cost)
