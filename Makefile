# Everything a person or a machine does with this project; `make help` lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PY := .venv/bin/python
PYTEST := $(PY) -m pytest
DATA ?= $(if $(PROBATUM_DATA),$(PROBATUM_DATA),../shared/data)
TRAIN_PY ?= $(PY)

.PHONY: help
help:  ## List these targets
	@sed -n 's/^\([a-z -]*\):.*  ## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "  make %-14s %s\n", $$1, $$2 }'

.PHONY: demo
demo: install  ## Install, build the ketamine base, print its answers, serve the atlas (DEMO_SERVE=0: stop after the table)
	@.venv/bin/probatum demo $(if $(filter 0,$(DEMO_SERVE)),--no-serve)

.PHONY: test
test: install-dev chromium  ## Run the whole suite, doctests and browser tests included
	@$(PYTEST) -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: check
check: install-dev  ## Hold the house rules: style, types, imports, sizes (under a minute)
	@$(MAKE) --no-print-directory -k -j2 -O check-types check-style check-imports check-house

.PHONY: bench
bench: install-dev  ## Time what must be fast, beside its peers
	@$(PY) -m bench

# One room: make bench-stats, bench-read, bench-trust, bench-link, bench-scale (SCALE=1000000).
bench-%: install-dev
	@$(PY) -m bench $*

.PHONY: kills
kills: install-dev  ## Kill builds at KILLS random moments (20); they end in the same bytes
	@KILLS=$(or $(KILLS),20) $(PYTEST) -q -o faulthandler_timeout=3600 tests/flow/test_crashes.py -k random

.PHONY: parity
parity: install-dev  ## Compare every reference case of the statistics; write docs/reference/parity.md and stats.md
	@$(PY) -m validation.parity

.PHONY: coverage-study
coverage-study: install-dev  ## Simulate a million meta-analyses; write docs/explanation/coverage.md
	@OPENBLAS_NUM_THREADS=1 $(PY) -m validation.coverage

.PHONY: bench-claims
bench-claims: install-dev  ## Measure statements, sentence roles and numbers; write validation/floors.json
	@$(PY) -m validation.bench_claims $(DATA)

# Needs the extra `train` (scikit-learn), in this venv or another: make train-stance TRAIN_PY=...
.PHONY: train-stance
train-stance:  ## Train the shipped model of stance from the labelled citations
	@PYTHONPATH=src:. $(TRAIN_PY) -m validation.train_stance $(DATA)/claims/citation_stance_gold.jsonl \
	  $(DATA)/documents/jats_trials.tar.gz

.PHONY: train-roles
train-roles:  ## Train the shipped model of sentence roles from trial abstracts with headings
	@PYTHONPATH=src:. $(TRAIN_PY) -m validation.train_roles $(DATA)/claims/sentence_roles.json.gz \
	  $(DATA)/documents/jats_trials.tar.gz

.PHONY: train-direction
train-direction:  ## Train the shipped model of an effect's direction on Evidence Inference
	@PYTHONPATH=src:. $(TRAIN_PY) -m validation.train_direction $(DATA)/claims/evidence_inference.tar.gz

.PHONY: train-alignment
train-alignment: install-dev  ## Train the shipped model that sets sentences beside evidence
	@OPENBLAS_NUM_THREADS=1 $(PY) -m validation.train_alignment

.PHONY: train-remarks
train-remarks:  ## Train the shipped model of an editor's remarks from marked passages (.cache/trust: validation/clean_texts.py)
	@PYTHONPATH=src:. $(TRAIN_PY) -m validation.train_remarks .cache/trust/trials.jsonl

# WORDNET: the folder of WordNet 3.0's files (Debian: wordnet-base); MOBY: words.txt of the Moby Thesaurus. The shared
# data and .cache/trust as above. Five CPU-minutes for the network, eight for the limits; the same bytes each time.
WORDNET ?= /usr/share/wordnet
MOBY ?= .cache/moby/words.txt
SPUN_FROM = .cache/trust validation/labels $(DATA) $(WORDNET) $(MOBY)
.PHONY: train-spun
train-spun:  ## Train the shipped network of machine-spun words and set the limits of documents (WORDNET=, MOBY=)
	@OPENBLAS_NUM_THREADS=1 PYTHONPATH=src:. $(TRAIN_PY) -m validation.replaced_model $(SPUN_FROM)
	@OPENBLAS_NUM_THREADS=1 PYTHONPATH=src:. $(TRAIN_PY) -m validation.spun_model $(SPUN_FROM)

.PHONY: screenshots
screenshots: install-dev chromium  ## Take the pictures of docs/images with Debian's chromium
	@$(PY) scripts/screenshots.py

.PHONY: reference
reference: install-dev  ## Write docs/reference and the figures of the methods page anew
	@$(PY) scripts/reference.py && $(PY) scripts/measured.py

.PHONY: lock
lock: install-dev  ## Write constraints.txt anew from what .venv holds
	@$(PY) scripts/lock.py

.PHONY: clean
clean:  ## Remove caches and built files; .venv and bases stay
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: install install-dev chromium
install:
	@scripts/bootstrap core
install-dev:
	@scripts/bootstrap dev
chromium:
	@scripts/chromium

.PHONY: check-style check-types check-imports check-house
check-style:
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
check-types:
	@.venv/bin/mypy
check-imports:
	@.venv/bin/lint-imports
check-house:
	@$(PYTEST) -q -p no:cacheprovider tests/house && $(PY) scripts/sizes.py
