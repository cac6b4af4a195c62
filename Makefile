# Two commands are all a newcomer needs: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run setup test bench chaos pictures lock clean

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

run: .venv/run ## set everything up, show the starter campaign's dry run, and open its pages
	@$(BIN)/python scheduler.py demo

setup: .venv/dev ## set up for development

test: .venv/dev ## format, lint, types, layers and all tests with coverage
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@CAMPAIGN_CONFIG=tests/defaults.toml $(BIN)/python -m pytest -q -rfEs -n 3 --dist worksteal --cov --cov-report=
	@$(BIN)/coverage report --fail-under=95

bench: .venv/dev ## the benchmarks, each as a ratio to a named baseline
	@$(BIN)/python -m bench

chaos: .venv/dev ## the long proof that nothing is sent twice and nothing is lost
	@$(BIN)/python -m tests.chaos

pictures: .venv/dev ## take the guides' screenshots anew (needs Chromium)
	@$(BIN)/python -m tests.browser.pictures

lock: ## write the lock files anew (needs uv)
	uv pip compile --universal --generate-hashes --no-annotate --quiet pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-annotate --quiet pyproject.toml --group dev -o requirements-dev.lock

clean: ## remove what was set up (never a database)
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis .coverage

.venv/run: requirements.lock
	@echo "Setting up (once, about a minute)…"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with: make run PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

.venv/dev: .venv/run requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@
