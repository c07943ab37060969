# Everything a person or a machine does with this project. `make` alone lists it.
PYTHON ?= python3
BIN := .venv/bin
IN_GROUP := scripts/in_group

.DEFAULT_GOAL := help
.PHONY: help up test setup engine image fmt check test-fast bench lock clean

help:  ## list what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

up: image  ## set up everything and judge the reference of every problem for real
	@$(IN_GROUP) $(BIN)/judge problem check --references

test: image  ## set up everything and run all tests
	@$(IN_GROUP) $(BIN)/pytest

setup:  ## make .venv with the judge command
	@$(PYTHON) scripts/setup_environment.py

engine: setup  ## make a container engine answer, installing one where there is none
	@$(IN_GROUP) $(BIN)/python scripts/setup_engine.py

image: engine  ## build the images of all profiles
	@$(IN_GROUP) $(BIN)/python scripts/setup_images.py

fmt: setup  ## format the code and mend what ruff can mend
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

check: setup  ## lint, formatting, types (the host's and the image's), layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy --python-version 3.13 runner-image
	$(BIN)/lint-imports

test-fast: setup  ## run the tests that need no container engine
	@$(BIN)/pytest -m "not docker"

bench: image  ## run the benchmarks
	@set -e; for file in bench/*.py; do [ -e "$$file" ] || { echo "no benchmarks yet"; break; }; \
		echo "==> $$file"; $(IN_GROUP) $(BIN)/python "$$file"; done

lock: setup  ## pin the newest allowed versions of everything anew (needs uv)
	@scripts/lock

clean:  ## remove .venv and caches; images, engine and data directory stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	find judge tests scripts runner-image -name __pycache__ -type d -prune -exec rm -rf {} +
