# Needs make and a Python of 3.12 or later with venv. Everything else comes into this folder.
.DEFAULT_GOAL := help
SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DELETE_ON_ERROR:

UV_VERSION := 0.13.9
BIN := .venv/bin
UV = $$(command -v uv || echo .tools/bin/uv)
# A journey waits for its browser half of the time, and more browsers than that wait for each other:
# one worker more than there are cores, 8 at most.
WORKERS = $$(cores=$$(nproc 2>/dev/null || echo 2); echo $$((cores < 8 ? cores + 1 : 8)))
PYTEST = $(BIN)/pytest -n $(WORKERS) --dist worksteal
# What a database can change is in the verbs and in what reads for pages: the pages, the API, who may
# do what, what a book and its questions say and the commands ask little else of it, and are tried on
# one. `make trust` tries them on both.
ON_ONE := --ignore tests/leaks --ignore tests/test_access.py --ignore tests/api --ignore tests/web \
  --ignore tests/items --ignore tests/content --ignore tests/management \
  --ignore tests/assessment/test_first_pack_quizzes.py
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable
TEMPLATES = $$(git ls-files 'quizzes/templates/*.html' 'quizzes/templates/*.txt')

.PHONY: help setup run test check journeys bench bench-memory trust lock python browser

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
	  || sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1  \2/p' $(MAKEFILE_LIST)

setup: .venv/run.stamp ## install what the site needs, nothing else

run: .venv/run.stamp ## open the site with its demo on http://localhost:8000/ (or PORT)
	@exec env STUDYAPP_DEMO=on $(BIN)/python manage.py serve --prepare

test: .venv/dev.stamp browser ## run every test on SQLite, and on PostgreSQL what a database can change
	$(PYTEST)
	$(BIN)/python tests/postgresql.py $(PYTEST) -m "database and not journey" $(ON_ONE)

check: .venv/dev.stamp ## lint, format, types, import contracts, migrations, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/djade --check --target-version 6.1 $(TEMPLATES)

journeys: .venv/dev.stamp browser ## run only the tests that walk through the site in a browser
	$(PYTEST) -m journey

bench: .venv/dev.stamp browser ## measure: how long writers wait, a learner for a card, a download, and what pages of a class cost
	$(BIN)/python -m benchmarks.sqlite_writers
	$(BIN)/python -m benchmarks.study_screen
	$(BIN)/python -m benchmarks.item_analysis
	$(BIN)/python -m benchmarks.class_pages
	$(BIN)/python -m benchmarks.download

bench-memory: .venv/dev.stamp ## measure: what the memory model knows, and what its schedule is worth
	$(BIN)/python -m benchmarks.memory $(if $(LOG),--log "$(LOG)")

trust: .venv/dev.stamp browser ## run the tests with every example, response and round that we publish
	TEST_PROFILE=trust $(PYTEST)
	$(BIN)/python tests/postgresql.py $(PYTEST) -m "database and not journey"

lock: .tools/python ## choose versions anew within the ranges of pyproject.toml
	$(UV) pip compile $(LOCK) --upgrade --output-file requirements.lock pyproject.toml
	$(UV) pip compile $(LOCK) --upgrade --output-file requirements-dev.lock pyproject.toml \
	  --group dev --constraint requirements.lock

LOCK = --quiet --universal --python-version 3.12 --generate-hashes --no-emit-index-url \
  --no-annotate --custom-compile-command "make lock"

# The development set holds the run set, so that it serves both; never the other way round.
.venv/run.stamp: requirements.lock | .venv/bin/python
	@echo "Installing what the site needs."
	@$(UV) pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock
	@rm -f .venv/dev.stamp
	@touch $@

.venv/dev.stamp: requirements-dev.lock | .venv/bin/python
	@echo "Installing what the site, its tests and its checks need."
	@$(UV) pip sync --quiet --require-hashes --python $(BIN)/python requirements-dev.lock
	@touch $@ .venv/run.stamp

.venv/bin/python: | .tools/python
	@$(UV) venv --quiet --allow-existing --python "$$(cat .tools/python)" .venv

# The first Python that really runs and is new enough: a name on the PATH may be an empty promise.
.tools/python:
	@mkdir -p .tools
	@for candidate in python3.13 python3.14 python3.12 python3 \
	    "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.13*/bin/python \
	    "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.1[24]*/bin/python; do \
	  if "$$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then \
	    "$$candidate" -c 'import sys; print(sys.executable)' > $@; break; \
	  fi; \
	done; \
	if ! test -s $@; then \
	  echo "Reading Room needs Python 3.12 or later with venv (Debian: apt install python3-venv)." >&2; \
	  echo "Found: $$(python3 --version 2>&1 || echo no python3 that runs)." >&2; \
	  exit 2; \
	fi
	@command -v uv >/dev/null || { "$$(cat $@)" -m venv .tools/venv \
	  && .tools/venv/bin/pip install --quiet --target .tools --upgrade uv==$(UV_VERSION); }

browser:
	@for name in $(BROWSERS); do command -v $$name >/dev/null && exit 0; done; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
	  echo "Installing Debian's chromium for the tests."; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium >/dev/null; \
	else \
	  echo "The tests walk through the site in Chromium: install it (Debian: sudo apt install chromium)." >&2; \
	  exit 2; \
	fi
