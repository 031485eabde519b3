# Everything sets up what it needs: only python3 (3.11 or newer), make and a package registry are assumed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: run setup trial test lint format check bench lock clean
.DEFAULT_GOAL := check

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Teate needs Python 3.11 or newer; set PYTHON=python3.x"; exit 2; }
	@echo "Setting up $(VENV) (once, about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

run: $(READY)       ## the real bot with a token in the environment or .env, else the trial
	@if [ -n "$$TELEGRAM_BOT_TOKEN" ] || grep -qsE '^(export )?TELEGRAM_BOT_TOKEN=.+' .env; \
	then exec $(BIN)/python -m bot run; else exec $(BIN)/python -m bot trial; fi

trial: $(READY)     ## the trial page, whatever is in .env
	@$(BIN)/python -m bot trial

test: $(READY)      ## everything that this machine can test
	@$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(READY)      ## format, lint, types, import rules, knowledge
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m bot check

check: lint test

format: $(READY)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY)     ## speed and memory of the index, figures of the public sets if given
	@$(BIN)/python -m tests.benchmarks

lock: $(READY)      ## renew requirements.lock from pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.8
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache

setup: $(READY)     ## walk through the settings: token, the clinic's group, e-mail
	@$(BIN)/python -m bot setup
