from collections.abc import Callable


class ModelCache:
    """Keeps loaded models up to a total size; throws out the least recently used ones first."""

    def __init__(self, capacity_mb: int) -> None:
        raise NotImplementedError

    def get(self, name: str, load: Callable[[str], tuple[object, int]]) -> object:
        """Return the model called `name`, loading it with `load(name)` if it is not cached."""
        raise NotImplementedError

    def pin(self, name: str) -> None:
        """Protect a cached model from eviction; raise KeyError if it is not cached."""
        raise NotImplementedError

    def unpin(self, name: str) -> None:
        """Allow eviction again and count as a use; raise KeyError if it is not cached."""
        raise NotImplementedError

    def stats(self) -> dict[str, int]:
        """Return hits, misses, evictions, models and used_mb."""
        raise NotImplementedError
