# make run            set up on first use, then run the bot (ARGS=--once for a single cycle)
# make test           set up on first use, then run every test (ARGS="tests/bot -k slots" for some)
# make soak           kill bots at random for minutes (ARGS="--kills 300 --seed 7")
# make lint types eval bench check lock clean
# make postgres       set up with the driver for a database on PostgreSQL
# make messages       bring digests/locale up to date with the words in the source
# make french         set up with the model for French articles (make french postgres: with both)
# make train ARGS=labelled.jsonl   make the engine's weights again from labelled articles
#
# PYTHON=python3.12 chooses the interpreter: 3.11, 3.12 or 3.13, with its venv module.

SUITABLE := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	if "$$python" -c '$(SUITABLE)' 2>/dev/null; then echo "$$python"; break; fi; done)
ARGS ?=
VERSION := $(shell "$(PYTHON)" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null)
VENV := .venv
BIN := $(VENV)/bin/python
STAMP := $(VENV)/.ready-$(VERSION)
UV := $(shell command -v uv 2>/dev/null)
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test postgres french unit lint types eval bench soak train messages check lock clean
.DELETE_ON_ERROR:

run: $(STAMP)-run
	@$(BIN) -m bot run $(ARGS)

test: $(STAMP)-dev
	@$(BIN) -m pytest $(ARGS)

postgres: $(STAMP)-postgres

french: $(STAMP)-french

unit: $(STAMP)-dev
	@$(BIN) -m pytest -m "not wire and not model and not postgres and not crash and not eval and not slow" $(ARGS)

lint: $(STAMP)-dev
	@$(BIN) -m ruff check .
	@$(BIN) -m ruff format --check .
	@$(BIN) -c 'import sys; from importlinter.cli import lint_imports_command as lint; sys.argv = ["lint-imports"]; lint()'

types: $(STAMP)-dev
	@$(BIN) -m mypy

eval: $(STAMP)-dev
	@$(BIN) -m tests.eval.report $(ARGS)

bench: $(STAMP)-dev
	@$(BIN) -m tests.bench.run $(ARGS)

soak: $(STAMP)-dev
	@$(BIN) -m tests.crash.soak $(ARGS)

train: $(STAMP)-train
	@$(BIN) -m tools.train $(ARGS)

LOCALE := digests/locale
messages: $(STAMP)-dev
	@mkdir -p build
	@$(BIN) -m babel.messages.frontend --quiet extract --omit-header --sort-by-file --add-location=file \
		--keywords=pgettext:1c,2 --output-file=build/onrecord.pot bot digests
	@$(BIN) -m babel.messages.frontend --quiet update --ignore-pot-creation-date --no-fuzzy-matching \
		--ignore-obsolete --width=100 --domain=onrecord --input-file=build/onrecord.pot --output-dir=$(LOCALE)
	@$(BIN) -m babel.messages.frontend --quiet compile --domain=onrecord --directory=$(LOCALE)

check: lint types test

# Pins every package for all supported Pythons and platforms, with hashes and without addresses.
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-annotate --no-emit-index-url \
	--no-emit-find-links --python-version 3.11 --custom-compile-command "make lock"

lock:
	@test -n "$(UV)" || { echo "make lock needs uv: see https://docs.astral.sh/uv/"; exit 1; }
	$(COMPILE) $(ARGS) pyproject.toml -o requirements.txt
	$(COMPILE) $(ARGS) --extra postgres -c requirements.txt pyproject.toml -o requirements-postgres.txt
	$(COMPILE) $(ARGS) --extra french -c requirements.txt pyproject.toml -o requirements-french.txt
	$(COMPILE) $(ARGS) --extra french --extra postgres --group dev -c requirements-postgres.txt pyproject.toml -o requirements-dev.txt
	$(COMPILE) $(ARGS) --group train -c requirements-dev.txt pyproject.toml -o requirements-train.txt

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(STAMP)-run: requirements.txt pyproject.toml
	@$(call set-up,requirements.txt)

$(STAMP)-postgres: requirements-postgres.txt pyproject.toml
	@$(call set-up,requirements-postgres.txt)
	@touch "$(STAMP)-run"

$(STAMP)-french: requirements-french.txt pyproject.toml
	@$(call set-up,requirements-french.txt)
	@touch "$(STAMP)-run"

$(STAMP)-dev: requirements-dev.txt pyproject.toml
	@$(call set-up,requirements-dev.txt)
	@touch "$(STAMP)-run"

$(STAMP)-train: requirements-train.txt pyproject.toml
	@$(call set-up,requirements-train.txt)

# Makes the environment anew where it was made by another Python; installs with uv where it is found.
define set-up
	if [ -z "$(VERSION)" ]; then \
		echo "Onrecord needs Python 3.11, 3.12 or 3.13 with venv. Name one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
		exit 1; \
	fi; \
	"$(PYTHON)" -c '$(SUITABLE)' || { echo "$(PYTHON) is $(VERSION): Onrecord needs 3.11, 3.12 or 3.13 with venv" >&2; exit 1; }; \
	set -e; \
	if ! ls $(VENV)/.ready-$(VERSION)-* >/dev/null 2>&1; then rm -rf $(VENV); "$(PYTHON)" -m venv $(VENV); fi; \
	echo "Installing $(1) into $(VENV) (Python $(VERSION)) ..." >&2; \
	if [ -n "$(UV)" ]; then \
		"$(UV)" pip install --quiet --python $(BIN) --require-hashes --compile-bytecode -r $(1); \
	else \
		$(BIN) -m pip install --quiet --require-hashes -r $(1); \
	fi; \
	$(BIN) -m pip install --quiet --no-deps --no-build-isolation -e . ; \
	$(BIN) -m compileall -q bot config digests; \
	touch "$@"
endef
