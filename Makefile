# Every target does its own set-up: `make demo` or `make test` on a fresh machine is enough.
PY     ?= python3
BIN    := .venv/bin
STAMP  := .venv/.ready
SYSTEM := .venv/.system

.PHONY: help setup demo test lint bench soak lock clean serve

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements.lock pyproject.toml
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "dondoc needs Python 3.11 or newer")'
	@test -x $(BIN)/python || $(PY) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv
	@$(BIN)/uv pip sync -q --python $(BIN)/python --compile-bytecode --require-hashes requirements.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

setup: $(STAMP)  ## prepare .venv from the lock

$(SYSTEM): deploy/system.sh | $(STAMP)
	@bash deploy/system.sh
	@touch $@

demo: setup  ## one reporting season of the five plans, in ./var/demo
	@rm -rf var/demo  # ours, from the run before
	@$(BIN)/dondoc demo --home var/demo

serve: setup  ## portal and scheduler on this machine
	@$(BIN)/dondoc serve

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: setup $(SYSTEM) lint  ## everything that must hold, with a closing pytest line
	@$(BIN)/pytest -n 2 --dist loadfile

bench: setup  ## ours beside the obvious way; writes benchmarks/results.json
	@$(BIN)/python -m benchmarks

soak: setup  ## the long proofs; writes docs/soak.md
	@$(BIN)/python -m tests.soak

lock:  ## recompute requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url -q -o requirements.lock

clean:
	rm -rf .venv var
