"""Problem packages on disk: found, read once, checked strictly, hashed."""

from judge.catalog.adopted import write_labelled
from judge.catalog.catalog import Catalog
from judge.catalog.examples import example_complaints
from judge.catalog.package import load_problem
from judge.catalog.problem import LIBRARIES, Adapter, Explained, Kind, Labelled, Problem, Shape
from judge.catalog.scaffold import write_package
from judge.catalog.shelf import Shelf
from judge.catalog.source import check_source, read_source
from judge.catalog.starter import starter_text

__all__ = [
    "LIBRARIES",
    "Adapter",
    "Catalog",
    "Explained",
    "Kind",
    "Labelled",
    "Problem",
    "Shape",
    "Shelf",
    "check_source",
    "example_complaints",
    "load_problem",
    "read_source",
    "starter_text",
    "write_labelled",
    "write_package",
]
