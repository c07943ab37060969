"""A loader that stays outside the box and notes when it is asked."""

from judge.testing import expose


class Warehouse:
    """Hands out models that name the load they come from; sizes can change between loads."""

    def __init__(self, **sizes):
        self.sizes = sizes
        self.log = []

    def load(self, name):
        """Return a new model and its size, or raise OSError where no size is known."""
        self.log.append(name)
        if name not in self.sizes:
            raise OSError(f"no weights for {name}")
        return f"{name} from load {len(self.log)}", self.sizes[name]

    def get_all(self, cache, names):
        """Ask `cache` for every model of `names` (a string of one-letter names), in order."""
        return [cache.get(name, expose(self.load)) for name in names]

    def loads_for(self, cache, names):
        """Ask for every model of `names` and return those that were loaded for it, in order."""
        self.log.clear()
        self.get_all(cache, names)
        return self.log
