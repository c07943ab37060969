# fails: recency
# misconception: the model loaded first is the least recently used one
from collections import OrderedDict


class ModelCache:
    def __init__(self, capacity_mb):
        self.capacity = capacity_mb
        self.used = 0
        self.locked = 0
        self.models = {}
        self.sizes = {}
        self.queue = OrderedDict()
        self.pins = set()
        self.hits = 0
        self.misses = 0
        self.evictions = 0

    def get(self, name, load):
        if name in self.models:
            self.hits += 1
            return self.models[name]
        self.misses += 1
        model, size = load(name)
        if size > self.capacity - self.locked:
            return model
        while self.used + size > self.capacity:
            self.evict()
        self.models[name] = model
        self.sizes[name] = size
        self.queue[name] = True
        self.used += size
        return model

    def evict(self):
        victim, _ = self.queue.popitem(last=False)
        del self.models[victim]
        self.used -= self.sizes.pop(victim)
        self.evictions += 1

    def pin(self, name):
        if name not in self.models:
            raise KeyError(name)
        if name not in self.pins:
            self.pins.add(name)
            self.locked += self.sizes[name]
            del self.queue[name]

    def unpin(self, name):
        if name not in self.models:
            raise KeyError(name)
        if name in self.pins:
            self.pins.remove(name)
            self.locked -= self.sizes[name]
            self.queue[name] = True

    def stats(self):
        return {
            "hits": self.hits,
            "misses": self.misses,
            "evictions": self.evictions,
            "models": len(self.models),
            "used_mb": self.used,
        }
