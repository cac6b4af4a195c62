# Two commands are all a newcomer needs: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

# Programs are begun again and again, most of all by the tests: what Python has compiled is kept, whatever else is set.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run setup test bench chaos pictures lock clean

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

run: .venv/run ## set everything up, show the starter campaign's dry run, and open its pages
	@$(BIN)/python scheduler.py demo

setup: .venv/dev ## set up for development

# One process more than cores, since many tests wait for a program. Whole files, so that what a file makes is made once.
JOBS ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )))
PYTEST = CAMPAIGN_CONFIG=tests/defaults.toml $(BIN)/python -m pytest -q -rfEs -n $(JOBS) --dist loadfile --no-loadscope-reorder

# What walks pages, browsers and old databases is not even read.
NOT_READ = tests/web tests/browser tests/decisions/test_acts.py tests/database/test_migrations.py
QUICKLY = -m "not program" $(NOT_READ:%=--ignore=%) --hypothesis-profile=few

# Types are looked at beside the tests: without its cache, mypy needs half a minute of one core.
test: .venv/dev ## format, lint, types, layers and all tests (COVERAGE=1: with coverage; FAST=1: without pages, programs, browsers and old databases)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/djangofmt --check campaign
	@$(BIN)/lint-imports --no-cache
	@mkdir -p .mypy_cache; $(BIN)/mypy >.mypy_cache/said.txt 2>&1 & types=$$!; \
	$(PYTEST) $(if $(FAST),$(QUICKLY)) $(if $(COVERAGE),--cov --cov-report=); tests=$$?; \
	wait $$types; types=$$?; cat .mypy_cache/said.txt; exit $$((tests || types))
	@$(if $(COVERAGE),$(BIN)/coverage report --fail-under=95)

bench: .venv/dev ## the benchmarks, each as a ratio to a named baseline
	@$(BIN)/python -m bench

chaos: .venv/dev ## the long proof that nothing is sent twice and nothing is lost
	@$(BIN)/python -m tests.chaos

pictures: .venv/dev ## take the guides' screenshots anew (needs Chromium)
	@$(BIN)/python -m tests.browser.pictures

lock: ## renew the lock files, or one package in them (make lock ONLY=pillow), and say what changed (needs uv)
	@$(PYTHON) -m tests.locks $(ONLY)

clean: ## remove what was set up (never a database)
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis .coverage

# Setting up. .venv/run and .venv/dev keep what .venv was made from: the folder, the Python and the lock. They are compared
# each time, so that a touched file changes nothing, and another lock, another Python, a moved folder or a set-up that broke
# off does.
.PHONY: .venv/run .venv/dev
AGAIN = Then do this again.
# A Python that somebody names has to be the one in .venv; python3 may be another tomorrow.
NAMED = $(if $(filter file,$(origin PYTHON)),,$(PYTHON))
made_from = { pwd; for python in $(BIN)/python $(NAMED); do $$python -V; done | sort -u; cat $(1); } 2>&1
fits = { $(call made_from,$(2)) | cmp -s - $(1); }
else_say = || { echo "$(1)"; exit 1; }

define new_venv
command -v $(PYTHON) >/dev/null $(call else_say,There is no $(PYTHON) here: install Python 3.11 or newer. $(AGAIN)); \
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	$(call else_say,Python 3.11 or newer is needed; name it with: make run PYTHON=python3.12); \
$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	$(call else_say,This Python lacks its venv: install it (on Debian: apt install python3-venv). $(AGAIN)); \
echo "Setting up (once, about a minute)…"; \
rm -rf .venv && $(PYTHON) -m venv .venv $(call else_say,The folder .venv could not be made; Python says why above. $(AGAIN))
endef

# Exactly the locked files. No dependency is looked for, so that no newer release in an index can come in between; a test holds
# that the locks are complete. -I: no module of this folder or of PYTHONPATH takes part. pip's warnings are noise at this place.
PIP_INSTALL = $(BIN)/python -I -m pip install -qq --disable-pip-version-check --no-user --no-deps --require-hashes --only-binary :all:
define install
$(PIP_INSTALL) -r $(2) 2>.venv/pip.txt || { grep -v ^WARNING .venv/pip.txt; \
	echo "The packages could not be installed. If the network was away, do this again when it is back."; exit 1; }; \
$(call made_from,$(2)) >$(1)
endef

.venv/run:
	@$(call fits,$@,requirements.lock) && { test ! -e .venv/dev || $(call fits,.venv/dev,requirements-dev.lock); } || { \
	$(new_venv); $(call install,$@,requirements.lock); }

.venv/dev: .venv/run
	@$(call fits,$@,requirements-dev.lock) || { echo "Setting up what the tests need (once, about a minute)…"; \
	$(call install,$@,requirements-dev.lock); }
