# Everything a person or a machine does with this project. `make` alone lists it.
PYTHON ?= python3
BIN := .venv/bin
IN_GROUP := scripts/in_group
FIRST := problems/score-pair-sum/submissions/accepted/two_pointers.py

.DEFAULT_GOAL := help
.PHONY: help up down logs test setup engine image web browser gvisor fmt check test-fast bench lock clean

help:  ## list what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

up: image web  ## set up everything, run the judge in the background, judge a first submission
	@$(IN_GROUP) $(BIN)/judge serve --detach
	@$(BIN)/judge submit $(FIRST)

down:  ## stop the judge; what is being judged is judged when it is up again
	@$(BIN)/judge stop

logs:  ## follow the log of the judge in the background
	@$(BIN)/judge logs --follow

test: image web browser gvisor  ## set up everything and run all tests
	@$(IN_GROUP) $(BIN)/pytest

setup:  ## make .venv with the judge command
	@$(PYTHON) scripts/setup_environment.py

engine: setup  ## make a container engine answer, installing one where there is none
	@$(IN_GROUP) $(BIN)/python scripts/setup_engine.py

image: engine  ## build the images of all profiles
	@$(IN_GROUP) $(BIN)/python scripts/setup_images.py

web: setup  ## build the page that the judge serves
	@$(BIN)/python scripts/setup_web.py

browser: setup  ## make a Chromium answer that the tests of the page drive
	@$(BIN)/python scripts/setup_browser.py

gvisor: engine  ## make gVisor a runtime of the engine, for JUDGE_RUNTIME=runsc
	@$(IN_GROUP) $(BIN)/python scripts/setup_gvisor.py

fmt: setup  ## format the code and mend what ruff can mend
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

check: setup  ## lint, formatting, types (the host's and the image's), layers, the page
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy --python-version 3.13 runner-image
	$(BIN)/lint-imports
	$(BIN)/python scripts/setup_web.py --check

test-fast: setup  ## run the tests that need no container engine
	@$(BIN)/pytest -m "not docker"

bench: image  ## run the benchmarks
	@set -e; for file in bench/*.py; do [ -e "$$file" ] || { echo "no benchmarks yet"; break; }; \
		echo "==> $$file"; $(IN_GROUP) $(BIN)/python "$$file"; done

lock: setup  ## pin the newest allowed versions of everything anew (needs uv)
	@scripts/lock

clean:  ## remove .venv and caches; images, engine and data directory stay
	rm -rf judge/page web/node_modules
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	find judge tests scripts runner-image -name __pycache__ -type d -prune -exec rm -rf {} +
