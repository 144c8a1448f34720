# Every target sets itself up: a fresh machine needs Python 3.11 or newer and nothing else.
# `make PYTHON=/path/to/python3.12 setup` chooses the interpreter.

PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SAMPLE := $(VENV)/share/floorwalker/sample
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
UV := $(BIN)/uv pip
PYTEST := $(BIN)/python -m pytest
# One more than a small machine has cores, as tests wait for servers, locks and clocks now and then.
WORKERS ?= 3
ROUNDS ?= 5

# Compiled modules make the second start several times faster, so a shell that switches them off is overruled.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH
unexport VIRTUAL_ENV

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test lint check test-full bench soak judges baselines lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(SAMPLE)/sample.json ## virtual environment in .venv with every extra, pinned by hash, and the sample for the demo

# uv, itself from the lock, installs three times as fast as pip; pip is there for machines on which only pip knows its
# index. The stamp is written last, so an interrupted installation is taken up again by the next call.
$(STAMP): requirements.lock pyproject.toml
	@set -eu; \
	new_enough() { "$$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }; \
	if ! new_enough $(BIN)/python; then \
	  for candidate in $(if $(PYTHON),"$(PYTHON)",python3 python3.14 python3.13 python3.12 python3.11 python); do \
	    if new_enough "$$candidate"; then found="$$candidate"; break; fi; \
	  done; \
	  if [ -z "$${found:-}" ]; then \
	    echo "floorwalker needs Python 3.11 or newer$(if $(PYTHON),; $(PYTHON) is not,; none was found on the PATH). Install it, or name it: make PYTHON=/path/to/python3.12 setup" >&2; \
	    exit 1; \
	  fi; \
	  "$$found" -m venv --clear $(VENV) || { \
	    echo "$$found cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }; \
	fi
	@awk '/^uv==/ {on = 1} on {print} on && !/\\$$/ {exit}' requirements.lock > $(VENV)/uv.txt
	$(PIP) install --quiet --require-hashes -r $(VENV)/uv.txt
	$(UV) install --python $(BIN)/python --quiet --compile-bytecode --require-hashes -r requirements.lock || \
	  $(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# Laid out once here, copied by every demo that starts in an empty folder within a month.
$(SAMPLE)/sample.json: $(STAMP)
	$(BIN)/python -m agent.sample

demo: $(SAMPLE)/sample.json ## the whole bot on this machine with sample data; prints "ready" and the page's address
	$(BIN)/floorwalker demo $(ARGS)

test: $(STAMP) ## the test suite; the browser test skips itself where no Chromium is installed
	$(PYTEST) -n $(WORKERS) $(ARGS)

test-full: $(STAMP) ## the same with every platform, every page of commands and every comparison with the sample
	$(PYTEST) --full -n $(WORKERS) $(ARGS)

lint: $(STAMP) ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint ## the same and the quick tests: run before every commit
	$(PYTEST) -q -n $(WORKERS) -m "not e2e and not browser and not slow" $(ARGS)

bench: $(STAMP) ## benchmarks, each with its figures and the ratio to its baseline
	$(BIN)/floorwalker bench $(ARGS)

soak: $(STAMP) ## the long enumerations, then the slow and end-to-end tests ROUNDS times over, each time in another order
	$(PYTEST) -q --full --soak -m soak -n $(WORKERS) --timeout 1800 $(ARGS)
	@set -eu; round=1; while [ $$round -le $(ROUNDS) ]; do \
	  echo "round $$round of $(ROUNDS)"; $(PYTEST) -q --full -m "e2e or slow" $(ARGS); round=$$((round + 1)); \
	done

judges: $(STAMP) ## hold our requests against the vendors' own documents (needs npm; see tests/judges)
	npm install --prefix .judges --no-fund --no-audit --silent @stoplight/prism-cli@5 @shopify/dev-mcp@1.16.0
	$(PIP) install --quiet --upgrade --target .judges/python "graphql-core>=3.2,<4"
	$(PYTEST) -q tests/judges $(ARGS)

baselines: $(STAMP) ## what `make bench` compares the loader with, in an environment of its own
	test -x .venv-baselines/bin/python || $(BIN)/python -m venv .venv-baselines
	.venv-baselines/bin/python -m pip --disable-pip-version-check --no-input install --quiet "dlt[duckdb]>=1.31,<2" "duckdb>=1.5.6,<2"

lock: $(STAMP) ## resolve requirements.lock again, keeping what still fits (ARGS=--upgrade for the newest)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --all-extras --python-version 3.11 \
	  --no-emit-index-url --no-strip-extras --no-header pyproject.toml -o requirements.lock $(ARGS)

clean: ## remove what the targets made, except the bot's own state
	rm -rf $(VENV) .venv-baselines .judges .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage build dist test-artifacts
	find agent tools connectors prompts tests -type d -name __pycache__ -prune -exec rm -rf {} +
