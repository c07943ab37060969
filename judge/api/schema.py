"""Prints the OpenAPI document: `python -m judge.api.schema`; the page's types are made from it."""

import json
import sys
import tempfile
from pathlib import Path

from judge.api import Parts, create_app
from judge.catalog import Catalog, Shelf
from judge.store import open_store


def main() -> None:
    """Print the document of an application without problems."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        app = create_app(Parts(store, Shelf(Catalog(()))))
        json.dump(app.openapi(), sys.stdout, indent=2)
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
