# The commands of this project. Needs Python 3.11 or later and make, nothing else.
# DATABASE_URL, PORT and DEMO_PASSWORD from the environment are respected; .env.example lists the rest.

.DELETE_ON_ERROR:
# Progress as it happens, also through a pipe; and nobody's shell points these commands at other settings.
export PYTHONUNBUFFERED := 1
unexport DJANGO_SETTINGS_MODULE
unexport PYTHONPATH
.PHONY: help run serve-ready test lint format lock messages clean

PY := .venv/bin/python
PIP_INSTALL := $(PY) -m pip install --disable-pip-version-check --no-input --require-hashes
# Files and folders: a folder's own time changes when a file is taken away.
STATIC := $(shell find static */static -not -path 'var/*' 2>/dev/null)

help:
	@echo "make run       serve the portal with its demo counties on 127.0.0.1:8000 (PORT, DATABASE_URL, DEMO_PASSWORD)"
	@echo "make test      every test, on SQLite and on a PostgreSQL of its own (ARGS='-k word' goes to pytest)"
	@echo "make lint      ruff check and format check"
	@echo "make format    ruff format and what ruff can mend"
	@echo "make messages  collect texts for translation and compile the translations"
	@echo "make lock      work out requirements*.txt anew from pyproject.toml"

run: serve-ready
	@exec .venv/bin/python -m gunicorn -c township_portal/gunicorn.py

# Everything a server needs, without the server.
serve-ready: .venv/.run .env-complete var/static/.collected
	@echo "==> Database"
	@$(PY) manage.py migrate --no-input
	@echo "==> Demo counties"
	@$(PY) manage.py make_demo

test: .venv/.test
	@$(PY) -m tests.both_databases $(ARGS)

lint: .venv/.test
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

format: .venv/.test
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

messages: .venv/.test
	@$(PY) -m tests.messages

# --no-config and no index: what comes out is the same on every machine, with the hashes of all platforms.
LOCK := uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" pyproject.toml $(LOCK_ARGS)
lock: .venv/.made
	@set -e; tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	$(PY) -m venv "$$tools"; "$$tools/bin/python" -m pip install --quiet --disable-pip-version-check uv; \
	PATH="$$tools/bin:$$PATH"; \
	$(LOCK) -o requirements.txt; \
	$(LOCK) --group dev -c requirements.txt -o requirements-dev.txt
	@echo "Locked. LOCK_ARGS='--upgrade' takes newer versions."

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis var/static

# An environment that somebody made is taken as it is; one whose making was interrupted is made anew.
.venv/.made:
	@echo "==> Virtual environment"
	@if $(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && $(PY) -m pip --version >/dev/null 2>&1; \
	then touch $@; exit 0; fi; \
	for candidate in python3.11 python3 python3.12 python3.13 python3.14 python; do \
		if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or later is needed and was not found on PATH." >&2; exit 1; fi; \
	if ! $$python -m venv --clear .venv; then \
		echo "$$python cannot make a virtual environment here; on Debian and Ubuntu the package python3-venv is missing." >&2; exit 1; \
	fi
	@touch $@

.venv/.run: requirements.txt .venv/.made
	@echo "==> Dependencies"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

# The development lock contains the other one, pin by pin.
.venv/.test: requirements-dev.txt .venv/.made
	@echo "==> Dependencies, with those for tests"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

.PHONY: .env-complete
.env-complete: .venv/.run
	@$(PY) -m township_portal.environment

var/static/.collected: .venv/.run township_portal/settings.py $(STATIC) | .env-complete
	@echo "==> Static files"
	@$(PY) manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@
