# The commands of this project. `make setup` is all a fresh machine needs besides git, Python >= 3.11 and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready
LOCK   := $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 \
          --custom-compile-command "make lock" --quiet

.PHONY: demo test golden previews recorded histories fuzz years mutants mutation adapters schemas chaos setup lock system-deps clean

demo: setup  ## the whole SOP on real protocols (ARGS="--headless --out DIR")
	$(BIN)/siaga demo $(ARGS)

test: setup  ## linters, types, import rules and tests (ARGS="-k name")
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder $(ARGS)

golden: setup  ## what is understood of the invented letters in tests/golden, field by field
	$(BIN)/python -m scripts.golden

previews: setup  ## every mail that can be written, drawn into build/pratinjau; their list and sums in docs/pratinjau
	$(BIN)/python -m scripts.previews

recorded: setup  ## all that an eventful run produces, for `diff -r` (ARGS=OUT), or its manifest anew (ARGS=--renew)
	$(BIN)/python -m scripts.recorded_run $(ARGS)

histories: setup  ## what follows otherwise now than in the recorded histories; then records them anew
	$(BIN)/python -m scripts.histories

fuzz: setup  ## mutated mails and documents, for long (EXAMPLES=20000)
	FUZZ_EXAMPLES=$(or $(EXAMPLES),20000) $(BIN)/pytest -q tests/parsers/test_fuzz.py

years: setup  ## N lives of the simulated office, a week each (N=1000 DAYS=7 SEED=1 JOBS=2), and one that is killed at every operation
	$(BIN)/python -m tests.year.run $(or $(SEED),1) --lives $(or $(N),20) --days $(or $(DAYS),7) --jobs $(or $(JOBS),2)
	$(BIN)/python -m tests.year.everywhere $(or $(SEED),1) --jobs $(or $(JOBS),2)

mutants: setup  ## fifty faults planted one at a time: does the simulated year notice? (ARGS="3,7 --workers 2 --out FILE")
	$(BIN)/python -m tests.year.mutants $(ARGS)

mutation: setup  ## small changes to sop, register and outbox: do their tests notice? (ROOMS=sop SAMPLE=200 SEED=1; an hour each)
	@test -d build/cosmic-ray || $(BIN)/python -m pip install --quiet --disable-pip-version-check --target build/cosmic-ray 'cosmic-ray==8.7.0'
	nice -n 19 $(BIN)/python -m scripts.mutation $(ROOMS) --sample $(or $(SAMPLE),200) --seed $(or $(SEED),1) $(ARGS)

adapters: setup  ## write into docs/mailboxes.md what the suites prove of each mailbox adapter
	$(BIN)/python -m scripts.adapters

schemas: setup  ## the JSON Schemas by which editors complete siaga.toml, pejabat.yaml and a procedure
	$(BIN)/python -m scripts.schemas

setup: $(STAMP)

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Siaga needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up $(VENV) (the first time takes a few minutes) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

lock:  ## renew both locks (needs the network)
	@test -x $(BIN)/uv || { test -x $(BIN)/python || $(PYTHON) -m venv $(VENV); $(BIN)/python -m pip install --quiet uv; }
	$(LOCK) -o requirements.lock
	$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock

system-deps:  ## Debian packages that more tests and OCR can use (root)
	@command -v apt-get >/dev/null || { echo "system-deps knows Debian only; install dovecot, postfix, tesseract with your own package manager."; exit 1; }
	@if [ "$$(id -u)" = 0 ]; then sh scripts/system-deps.sh; else sudo sh scripts/system-deps.sh; fi

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist *.egg-info

chaos: setup  ## the demo on every kind of mailbox, every reader with every long run, kill -9 at every failpoint, thousands at random, a storm of letters (CRASHES=800 LIVES=60 LETTERS=2000 SEED=1; hours)
	$(BIN)/pytest -q -m "chaos or not chaos" tests/siaga/test_demo.py
	CHAOS_SEED=$(or $(SEED),1) $(BIN)/pytest -q -m chaos --numprocesses 2 tests/parsers tests/field tests/handlers tests/attacks
	CHAOS_CRASHES=$(or $(CRASHES),100000) CHAOS_LIVES=$(or $(LIVES),60) CHAOS_SEED=$(or $(SEED),1) $(BIN)/pytest -q -s -m "chaos or not chaos" tests/crashes
	STORM_LETTERS=$(or $(LETTERS),2000) STORM_KILLS=50 STORM_SEED=$(or $(SEED),1) $(BIN)/pytest -q -s tests/storm
