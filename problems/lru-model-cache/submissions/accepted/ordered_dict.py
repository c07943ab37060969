from collections import OrderedDict


class ModelCache:
    def __init__(self, capacity_mb):
        self.capacity_mb = capacity_mb
        self.evictable = OrderedDict()  # name -> (model, size), oldest first
        self.pinned = {}
        self.used_mb = self.pinned_mb = 0
        self.hits = self.misses = self.evictions = 0

    def get(self, name, load):
        if name in self.evictable:
            self.hits += 1
            self.evictable.move_to_end(name)
            return self.evictable[name][0]
        if name in self.pinned:
            self.hits += 1
            return self.pinned[name][0]
        self.misses += 1
        model, size = load(name)
        if size <= self.capacity_mb - self.pinned_mb:
            self._make_room(size)
            self.evictable[name] = (model, size)
            self.used_mb += size
        return model

    def pin(self, name):
        if name in self.pinned:
            return
        entry = self.evictable.pop(name)
        self.pinned[name] = entry
        self.pinned_mb += entry[1]

    def unpin(self, name):
        if name in self.evictable:
            return
        entry = self.pinned.pop(name)
        self.evictable[name] = entry
        self.pinned_mb -= entry[1]

    def stats(self):
        return {
            "hits": self.hits,
            "misses": self.misses,
            "evictions": self.evictions,
            "models": len(self.evictable) + len(self.pinned),
            "used_mb": self.used_mb,
        }

    def _make_room(self, size):
        while self.used_mb + size > self.capacity_mb:
            _, (_, freed) = self.evictable.popitem(last=False)
            self.used_mb -= freed
            self.evictions += 1
