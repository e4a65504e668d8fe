# Set-up is two commands: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
# Where the CPU build of PyTorch comes from on Linux; without it the same version brings 2 GB of CUDA packages.
# Example: make demo TORCH_INDEX="--index-url <address of PyTorch's CPU wheels>"  (the README tells the address)
TORCH_INDEX ?=
DEMO_HOME := .demo

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint score clean

help:  ## What can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

setup: .venv/.ready  ## The environment in .venv/

.venv/.ready: pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON): install Python 3.11 or newer (Debian: apt install python3 python3-venv)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "No venv: on Debian and Ubuntu, apt install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check $(TORCH_INDEX) -c constraints.txt torch
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: setup  ## Read, index and search the sample papers
	@PARAGRAF_HOME=$(DEMO_HOME) PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/demo.sh

test: setup  ## Everything, offline
	$(BIN)/pytest -n auto --dist worksteal

lint: setup  ## Format, lint, types, arrows
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

score: setup  ## Precision and recall of the finds, and the search measures
	$(BIN)/python -m tests.score

clean:  ## Forget the environment and the demo
	rm -rf .venv $(DEMO_HOME) build dist
