"""Keys that share a hash: each of them costs as much as all before it, and they can be made to."""

from collections import Counter
from collections.abc import Sequence

from judge.proxy.codes import Malformed

MAX_SHARED_HASH = 8


def refuse_collisions(keys: Sequence[object]) -> None:
    """Raise Malformed for many keys that share a hash, TypeError for one that has none."""
    if len(keys) <= MAX_SHARED_HASH:
        return
    [(_, most)] = Counter(map(hash, keys)).most_common(1)
    if most > MAX_SHARED_HASH:
        raise Malformed("keys that share their hashes")
