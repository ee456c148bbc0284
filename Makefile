# Everything runs in a virtual environment of its own (.venv), made once and made again only when
# the dependencies change. Nothing is installed on the machine itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RAW ?= ../shared/data
# A file's tests stay together and share what they open; the longest files are begun first.
SPREAD := --numprocesses=auto --dist=loadfile --no-loadscope-reorder
FAST := -m 'not slow and not browser and not java and not shared_data'

# Tests of the whole: other areas published, a wheel, browsers and validators, benchmarks run small,
# runs with their kernels and workers, disks that fail, a whole archive counted by hand, sentences
# held against whole reports. They take longer than all the others, and CI passes both.
GATE := $(addprefix tests/,second_area/test_gate.py faults benchmarks test_wheel.py \
  $(addprefix commentary/claims/,test_claims_in_reports.py test_claims_narrative.py) \
  $(addprefix command/,test_doctor.py test_signals.py) \
  $(addprefix explore/,test_in_jupyterlab.py test_periods_outside_the_plan.py test_tutorial.py) \
  findings/summary/test_narratives_at_random.py \
  $(addprefix production/,test_faults.py test_fingerprints.py test_leaks.py test_outcomes.py test_roots.py \
  test_run.py test_soak.py test_warm.py test_workers.py) \
  $(addprefix publication/,test_exporters.py test_filled_pages.py test_in_browser.py test_pictures.py \
  test_run_files.py test_threads.py test_validators.py) \
  $(addprefix reports/,test_national.py test_sensitive_entries.py) \
  $(addprefix store/,test_figure_sources.py test_real_data.py) notebooks/test_shipped_notebooks.py)

# What is compiled once is kept: hundreds of processes would compile all of it again.
unexport PYTHONDONTWRITEBYTECODE

# uv installs in a fifth of the processor time. Where it can't (it reads its own settings, not those
# of pip), pip does it all.
INSTALL = @by_pip() { $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt "$$@"; }; \
  by_uv() { $(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt "$$@"; }; \
  install() { by_pip uv && by_uv "$$@" || { echo "uv could not; pip installs"; by_pip "$$@"; }; }; \
  install

.DEFAULT_GOAL := help
.PHONY: help assess test gate test-fast coverage lint format bench mutate look golden fuzz faults docs wheel sbom data constraints clean

help:  ## Say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

# One set-up serves the assessments, with all that reports of the plan use: tests and checks add
# theirs to it, and no report differs afterwards.
$(VENV)/.ready: pyproject.toml constraints.txt
	@echo "Setting up $(VENV): this happens once and takes a few minutes"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which with: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --editable '.[explore,places]'
	@touch $@

$(VENV)/.ready-for-tests: $(VENV)/.ready
	@echo "Adding what the tests and checks need"
	$(INSTALL) --editable '.[explore,places,test,lint]'
	@touch $@

assess: $(VENV)/.ready  ## Publish the default plan (data/plan.yml) to outputs/
	$(BIN)/cspanalysis run

test: $(VENV)/.ready-for-tests  ## Pass the tests, but for those of the whole
	@echo "Running the tests"
	$(BIN)/python -m pytest $(SPREAD) $(addprefix --ignore=,$(GATE))

gate: $(VENV)/.ready-for-tests  ## Pass the tests of the whole: second areas, wheel, browsers, validators, benchmarks, faults
	$(BIN)/python -m pytest $(SPREAD) $(GATE)

test-fast: $(VENV)/.ready-for-tests  ## Pass the tests that need no browser, no Java, no ../shared and no patience
	$(BIN)/python -m pytest $(SPREAD) $(FAST)

coverage: $(VENV)/.ready-for-tests  ## Pass the fast tests and hold what they reach of the package to its floor (build/coverage)
	$(BIN)/python -m pytest $(SPREAD) $(FAST) --cov --cov-report=html:build/coverage --quiet

lint: $(VENV)/.ready-for-tests  ## Check style, types, directions, notebooks, spelling and workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/nbstripout --verify notebooks/*.ipynb
	$(BIN)/codespell
	$(BIN)/bandit --quiet --recursive cspanalysis --configfile pyproject.toml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml

format: $(VENV)/.ready-for-tests  ## Put the code in its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.ready-for-tests  ## Run the benchmarks
	$(BIN)/python -m benchmarks

mutate: $(VENV)/.ready-for-tests  ## Change the methods and see whether a test fails (takes hours)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'mutmut>=3.8'
	$(BIN)/python -m benchmarks.mutation

faults: $(VENV)/.ready-for-tests  ## Run the tests of docs/faults.md row by row (takes many minutes)
	$(BIN)/python -m tests.faults

docs: $(VENV)/.ready  ## Build the documentation as a site (build/docs); a warning is an error
	$(INSTALL) --editable '.[docs]'
	$(BIN)/python -m sphinx -W --keep-going --quiet -b html docs build/docs

wheel: $(VENV)/.ready-for-tests  ## Build the wheel that makes workspaces (dist/)
	$(BIN)/python -m hatchling build -t wheel

look: $(VENV)/.ready-for-tests  ## Put all pages of outputs/ in all forms on one sheet (build/look/index.html)
	$(BIN)/python -m tests.publication.contact_sheet $(or $(OUTPUTS),outputs) build/look

golden: assess  ## Keep what the default plan publishes as golden: after a change that is meant to change pages
	$(BIN)/python -m tests.golden

fuzz: $(VENV)/.ready-for-tests  ## Hand in broken files for ten minutes; what ends badly is kept in tests/fuzz/corpus
	PYTHONPATH=. $(BIN)/python -m tests.fuzz 600

sbom: $(VENV)/.ready  ## List what is installed, with licences (dist/sbom.cdx.json, CycloneDX)
	$(INSTALL) --editable '.[sbom]'
	$(BIN)/python docs/write_sbom.py dist/sbom.cdx.json

data: $(VENV)/.ready  ## Rebuild the data the project ships from the raw files in $(RAW)
	$(BIN)/python -m cspanalysis.store.rebuild $(RAW)

constraints:  ## Pin anew what the dependencies resolve to today
	rm -rf build/pins && $(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[explore,places,test,lint,docs,sbom,setup]'
	{ echo "# What the project was tested with: plain pins, made by \`make constraints\` from a fresh environment."; build/pins/bin/python -m pip freeze --exclude-editable; } > constraints.txt
	rm -rf build/pins

clean:  ## Remove the environment, caches and what was published
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find outputs -mindepth 1 ! -name README.md -delete
