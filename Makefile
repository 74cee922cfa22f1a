SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules

PYTHON ?= python3
PY := .venv/bin/python
RUN := $(PY) -m scripts.toolchain
FORGE := scripts/toolchain/forge
PYTEST := $(PY) -m pytest
BACKEND_PYTEST := $(PYTEST) -p no:pytest-brownie
SOURCES := backend scripts $(wildcard tests)
export SOLCX_BINARY_PATH := $(CURDIR)/scripts/toolchain

# Parts of the repository that are still to come pass, and say so.
has = $(wildcard $(1))

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: ## Install everything, once for each state of the lock files
	@$(PYTHON) scripts/toolchain/setup.py

.PHONY: lock
lock: setup ## Write requirements.lock and package-lock.json anew
	.venv/bin/uv pip compile pyproject.toml --extra dev --universal --quiet --upgrade \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--output-file requirements.lock
	npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved

.PHONY: build compile
compile: setup
	@mkdir -p var
	@$(RUN) brownie compile > var/compile.log 2>&1 || { cat var/compile.log; exit 1; }

build: compile ## Compile the contracts and export their interfaces
ifneq ($(call has,scripts/export_abi.py scripts/export_abi/__main__.py),)
	@$(PY) -m scripts.export_abi
endif

# Side by side, each one's output in one piece where this make can do that.
SIDE_BY_SIDE = $(MAKE) -j2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.PHONY: check check-python check-web check-contracts
check: setup ## Linters, types, layers and static analysis
	@$(SIDE_BY_SIDE) check-contracts check-python check-web

check-python: setup
	@$(RUN) ruff check $(SOURCES)
	@$(RUN) ruff format --check $(SOURCES)
	@$(RUN) mypy
	@$(RUN) lint-imports --no-cache
	@$(PY) -m scripts.reference --check

check-web: setup
	@$(PY) -m scripts.web_types --check
	@npm --prefix web run --silent check
	@npm --prefix web run --silent test

check-contracts: setup
ifneq ($(call has,contracts),)
	@$(FORGE) fmt --check contracts $(wildcard tests/invariants)
	@FOUNDRY_PROFILE=lint $(FORGE) lint contracts --severity high med -D warnings
	@# Left out: local variables start at zero by the language's own rule, and what is compared for
	@# equality are ledgers of our own, which no stranger can push off a value.
	@FOUNDRY_PROFILE=analysis $(RUN) slither . --foundry-compile-all --fail-medium \
		--exclude uninitialized-local,incorrect-equality --exclude-low --exclude-informational --exclude-optimization \
		--filter-paths "node_modules|contracts/test|tests/"
else
	@echo "check-contracts: no contracts yet"
endif

.PHONY: format
format: setup ## Format Python, Solidity and the pages
	@$(RUN) ruff check --fix $(SOURCES)
	@$(RUN) ruff format $(SOURCES)
	@$(FORGE) fmt $(wildcard contracts tests/invariants)
	@npm --prefix web run --silent format

.PHONY: test test-static test-toolchain test-contracts test-invariants test-fuzz-and-gas test-backend
.PHONY: test-browsers test-web test-e2e
PARTS = test-static test-toolchain test-contracts test-fuzz-and-gas test-backend test-browsers
test: setup ## Everything that must pass, and how long each part took
	@for part in $(PARTS); do began=$$SECONDS; $(MAKE) $$part; \
		echo "$$part: $$(( (SECONDS - began) / 60 )) min $$(( (SECONDS - began) % 60 )) s"; done

# Two by two what leaves a core to spare: the compilers and analysers have one thread each.
test-static: setup
	@$(SIDE_BY_SIDE) check-contracts compile check-python check-web

test-fuzz-and-gas: compile
	@$(SIDE_BY_SIDE) test-invariants gas-check

# Each of the two waits for a chain and a service most of the time.
test-browsers: compile web
	@$(SIDE_BY_SIDE) test-web test-e2e

test-toolchain: compile ## Tests of the tools themselves
	@$(BACKEND_PYTEST) tests/toolchain

test-contracts: compile ## Unit and scenario tests of the contracts (Brownie)
ifneq ($(call has,tests/contracts tests/scenarios),)
	@$(PYTEST) -n auto --dist loadfile --no-loadscope-reorder $(wildcard tests/contracts tests/scenarios)
else
	@echo "test-contracts: no tests/contracts yet"
endif

test-invariants: setup ## Fuzzing and invariants of the contracts (Foundry)
ifneq ($(call has,tests/invariants),)
	@mkdir -p var
	@$(FORGE) test 2>&1 | tee var/test-invariants.log
	@grep -qE '[1-9][0-9]* tests? passed' var/test-invariants.log || { echo "test-invariants: no test ran"; exit 1; }
else
	@echo "test-invariants: no tests/invariants yet"
endif

test-backend: compile ## Tests of the service
ifneq ($(call has,tests/backend),)
	@$(BACKEND_PYTEST) -W error -n auto --dist worksteal tests/backend
else
	@echo "test-backend: no tests/backend yet"
endif

test-web: compile web ## Tests of the pages in Chromium
	@$(PY) scripts/toolchain/chromium.py
	@$(BACKEND_PYTEST) tests/web

test-e2e: compile ## Tests of the whole, on a real chain
ifneq ($(call has,tests/e2e),)
	@$(BACKEND_PYTEST) tests/e2e
else
	@echo "test-e2e: no tests/e2e yet"
endif

.PHONY: web
web: setup ## Build the pages into backend/web
	@mkdir -p var
	@npm --prefix web run --silent build > var/web.log 2>&1 || { cat var/web.log; exit 1; }
	@$(PY) -m scripts.web_size

.PHONY: web-pictures web-speed
web-pictures: compile web ## Take the pictures of README anew, in docs/pictures
	@$(PY) scripts/toolchain/chromium.py
	@$(PY) -m tests.web.pictures

web-speed: compile web ## Measure how soon the first page is there
	@$(PY) scripts/toolchain/chromium.py
	@$(PY) -m tests.web.speed

.PHONY: gas gas-check
gas: setup ## Measure gas, and write it to tests/gas/snapshot
	@$(PY) -m tests.gas

gas-check: compile ## Compare gas with tests/gas/snapshot, and that with its goals
	@$(PY) -m tests.gas --check
	@$(BACKEND_PYTEST) tests/gas

.PHONY: chaos
chaos: compile ## Reorganise, kill and cheat an indexer at random (ROUNDS=1000)
	@$(PY) -m tests.backend.chaos --rounds $(or $(ROUNDS),1000)

.PHONY: demo dev
demo: build ## Play a market on a chain of its own, and compare (KEEP=1: stay up)
	@$(PY) -m scripts.demo $(if $(KEEP),--keep)

dev: build web ## Chain, contracts, seeds, indexer, API and pages on this machine
	@$(PY) -m scripts.dev

.PHONY: clean
clean: ## Remove what was built, not what was installed
	rm -rf build out cache backend/web reports crytic-export var .pytest_cache .mypy_cache .ruff_cache
	rm -rf .hypothesis .import_linter_cache ./*.egg-info
	find backend scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: bench
bench: compile ## How fast a whole chain is read, beside the floor and web3.py (EVENTS=200000)
	@$(PY) -m tests.bench --events $(or $(EVENTS),200000)
