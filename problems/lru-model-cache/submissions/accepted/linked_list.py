class Node:
    __slots__ = ("name", "model", "size", "pinned", "older", "younger")

    def __init__(self, name=None, model=None, size=0):
        self.name = name
        self.model = model
        self.size = size
        self.pinned = False
        self.older = self.younger = self


class ModelCache:
    """A ring of evictable nodes around a sentinel; pinned nodes are only in the dictionary."""

    def __init__(self, capacity_mb: int):
        self._capacity = capacity_mb
        self._free = capacity_mb
        self._reachable = capacity_mb  # free room plus what could be evicted
        self._nodes: dict[str, Node] = {}
        self._ring = Node()
        self._counts = {"hits": 0, "misses": 0, "evictions": 0}

    def get(self, name, load):
        node = self._nodes.get(name)
        if node is not None:
            self._counts["hits"] += 1
            if not node.pinned:
                self._unlink(node)
                self._link(node)
            return node.model

        self._counts["misses"] += 1
        model, size = load(name)
        if size > self._reachable:
            return model
        while self._free < size:
            oldest = self._ring.younger
            self._unlink(oldest)
            del self._nodes[oldest.name]
            self._free += oldest.size
            self._counts["evictions"] += 1
        node = self._nodes[name] = Node(name, model, size)
        self._free -= size
        self._link(node)
        return model

    def pin(self, name):
        node = self._nodes[name]
        if not node.pinned:
            node.pinned = True
            self._reachable -= node.size
            self._unlink(node)

    def unpin(self, name):
        node = self._nodes[name]
        if node.pinned:
            node.pinned = False
            self._reachable += node.size
            self._link(node)

    def stats(self):
        return {
            **self._counts,
            "models": len(self._nodes),
            "used_mb": self._capacity - self._free,
        }

    def _link(self, node):
        youngest = self._ring.older
        node.older, node.younger = youngest, self._ring
        youngest.younger = self._ring.older = node

    @staticmethod
    def _unlink(node):
        node.older.younger = node.younger
        node.younger.older = node.older
