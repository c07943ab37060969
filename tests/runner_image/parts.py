"""The modules of the box, imported as they are in the image: beside each other, before all else."""

import importlib
import sys
from pathlib import Path

_BOX = str(Path(__file__).resolve().parents[2] / "runner-image" / "box")

sys.path.insert(0, _BOX)
try:
    facts, meter, nursery, pipes, subject, tags = (
        importlib.import_module(name)
        for name in ("facts", "meter", "nursery", "pipes", "subject", "tags")
    )
finally:
    sys.path.remove(_BOX)
