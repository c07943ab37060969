"""Drivers that play scripts on a cache and note what happens; they hold no right answers."""


class Model:
    """A loaded model; `label` is its name and the number of the load that made it."""

    def __init__(self, label):
        self.label = label


class LoadFailed(Exception):
    """What a load raises when a script wants it to fail."""


def play(cache_class, capacity_mb, script):
    """Play a script on a new cache; return what each step brought, and the statistics at the end.

    Steps are ("get", name, size_mb), ("pin", name) and ("unpin", name). A size of None makes the
    load fail. "a#2 loaded" says that step called the loader and got the model it returned, made
    by the second load of the script; "a#2 cached" says that it got that very object again.
    """
    cache = cache_class(capacity_mb)
    loads = _Loads()
    outcomes = [_step(cache, loads, *step) for step in script]
    return outcomes, cache.stats()


def replay(cache_class, capacity_mb, names, sizes, pinned=0):
    """Make one `get` per entry of `names` (integers) and return load counts and the statistics.

    `sizes[k]` is the size of model k. The first `pinned` models asked for are pinned at once.
    Also returned: a checksum of the loads in their order, and how many models were wrong ones.
    """
    cache = cache_class(capacity_mb)
    sizes = sizes.tolist()
    labels = [f"model-{k}" for k in range(len(sizes))]
    models = {label: (Model(label), size) for label, size in zip(labels, sizes, strict=True)}
    loads = checksum = wrong = 0

    def load(name):
        nonlocal loads, checksum
        loads += 1
        checksum = (checksum * 31 + models[name][1] + loads) % 1_000_000_007
        return models[name]

    for turn, k in enumerate(names.tolist()):
        name = labels[k]
        if cache.get(name, load) is not models[name][0]:
            wrong += 1
        if turn < pinned:
            cache.pin(name)
    return {"loads": loads, "checksum": checksum, "wrong": wrong, "stats": cache.stats()}


class _Loads:
    """The loads of one script: every load makes a new model."""

    def __init__(self):
        self.models = {}
        self.size = None

    def load(self, name):
        if self.size is None:
            raise LoadFailed(name)
        label = f"{name}#{len(self.models) + 1}"
        self.models[label] = Model(label)
        return self.models[label], self.size


def _step(cache, loads, action, name, size=None):
    before = len(loads.models)
    loads.size = size
    try:
        found = getattr(cache, action)(name, *([loads.load] if action == "get" else []))
    except (KeyError, LoadFailed) as error:
        return type(error).__name__
    if action != "get":
        return "ok"
    label = getattr(found, "label", None)
    if label is None or loads.models.get(label) is not found:
        return "not a loaded model"
    return f"{label} {'cached' if len(loads.models) == before else 'loaded'}"
