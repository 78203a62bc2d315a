# The two that matter: make run, make test. Settings: PORT, PYTHON, WORKERS, ONLY, QUICK, NOTE.

PYTHON ?= python3
PORT ?= 8501
WORKERS ?= 2

VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/requirements.stamp
DEV_STAMP := $(VENV)/requirements-dev.stamp
BENCH_STAMP := bench/.venv/requirements.stamp
INSTALL := bash scripts/install_packages.sh $(BIN)/python

.PHONY: run build venv dev-venv wheelhouse browser lint lint-style lint-types lint-sql checked test test-all screenshots bench audit guides clean
.DELETE_ON_ERROR:

run: venv ## Open the dashboard at http://localhost:8501 (other port: make run PORT=8600)
	@$(BIN)/python -m dashboard serve --port $(PORT)

build: venv ## Take in the record and build the marts, without opening the dashboard
	$(BIN)/python -m dashboard build

venv: $(RUN_STAMP) ## What is needed to run, in .venv

dev-venv: $(DEV_STAMP) ## What is needed to test, in the same .venv

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no $(PYTHON) here. Install it (Debian, Ubuntu: apt-get install python3 python3-venv)."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, and $(PYTHON) is older. Name another: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make virtual environments. Install python3-venv (Debian, Ubuntu: apt-get install python3-venv)."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements.txt | $(BIN)/python
	@$(INSTALL) requirements.txt
	@touch $@

$(DEV_STAMP): requirements-dev.txt $(RUN_STAMP)
	@$(INSTALL) requirements-dev.txt
	@touch $@

wheelhouse: | $(BIN)/python ## Every package to run, as wheels with their sums, for a closed network
	rm -rf wheelhouse
	$(BIN)/python -m pip --disable-pip-version-check download --quiet --only-binary :all: -d wheelhouse -r requirements.txt
	$(BIN)/python scripts/wheelhouse.py wheelhouse

browser: | $(BIN)/python ## A Chromium, an nginx and a PostgreSQL for the tests, unless there are
	@bash tests/browser/install_chromium.sh
	@bash tests/browser/install_nginx.sh
	@bash tests/store/install_postgresql.sh

lint: lint-style lint-types lint-sql ## Style, types, SQL, and who may import whom

lint-style: dev-venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

lint-types: dev-venv
	$(BIN)/mypy

lint-sql: dev-venv
	$(BIN)/sqlfluff lint queries

checked:
	@$(MAKE) --no-print-directory -j$(WORKERS) browser lint

test: checked ## Every check and every test but the long ones
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not long"

test-all: checked ## The same with the long tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

screenshots: dev-venv browser ## Pictures of every page, and an index.html to look through them
	rm -rf tests/browser/screenshots
	$(BIN)/python -m pytest tests/browser/take_screenshots.py -n $(WORKERS) -k "$(ONLY)"
	@echo "Look through them: tests/browser/screenshots/index.html"

$(BENCH_STAMP): bench/requirements.txt
	$(PYTHON) -m venv bench/.venv
	bench/.venv/bin/python -m pip --disable-pip-version-check install --quiet -r bench/requirements.txt
	@touch $@

bench: dev-venv browser $(BENCH_STAMP) ## Compare with Dash, Panel, Vizro and an empty page: docs/benchmark.md (an hour; QUICK=1: 12 minutes)
	$(BIN)/python -m bench.run $(if $(QUICK),--quick) --note "$(NOTE)"

audit: venv ## Known vulnerabilities of the packages, as of today (asks the internet)
	@$(BIN)/python -m pip install --quiet pip-audit==2.10.1
	$(BIN)/pip-audit --requirement requirements.txt --no-deps --disable-pip

guides: dev-venv browser ## Take the pictures of docs/guides anew, walking each tour
	$(BIN)/python -m pytest tests/browser/take_guide_pictures.py

clean: ## Remove .venv and caches; the accepted record in workspace/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
