# `make demo` and `make test` need nothing but Python 3.11+, Node (for the browser libraries) and make; they bring the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export NO_MKDOCS_2_WARNING := 1

.PHONY: demo test lint bench docs clean tools faults fuzz lock help

help:
	@echo "make demo   build, package and verify every brand; says what to open"
	@echo "make test   lint, types and all tests"
	@echo "make lint   ruff and mypy only"
	@echo "make bench  the benchmarks behind the figures in the docs"
	@echo "make faults fail and kill every command at its system calls, three times each, for hours"
	@echo "make fuzz   search every parser of partner input for what it does not survive, ten minutes each"
	@echo "make docs   take the pictures of README and docs anew"
	@echo "make lock   resolve requirements.lock anew"
	@echo "make clean  remove build output"

$(READY): requirements.lock pyproject.toml hatch_build.py themekit/site/browser/package-lock.json \
		$(shell find themekit/studio/browser -type f -not -path "*/node_modules/*")
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing what requirements.lock names, about two minutes"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: $(READY)
	$(BIN)/themekit build
	$(BIN)/themekit package
	$(BIN)/themekit verify build/dist/*.zip
	@$(BIN)/python .ci/what_to_open.py

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

tools:
	@sh .ci/tools.sh

# A browser and its server want both cores, so these run one at a time, after all others.
BROWSER_TESTS := tests/e2e/preview tests/e2e/studio tests/e2e/test_audit.py tests/e2e/test_console.py tests/e2e/test_shots.py
test: lint tools
	$(BIN)/pytest --numprocesses auto --dist loadfile --reruns 1 --rerun-show-tracebacks $(BROWSER_TESTS:%=--ignore=%) --cov --cov-report=
	$(BIN)/pytest --reruns 1 --rerun-show-tracebacks $(BROWSER_TESTS) --cov --cov-append --cov-report=term

bench: $(READY)
	@for script in tests/bench/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

faults: $(READY) tools
	$(BIN)/python tests/faults/inject.py --spread 3

# One parser after another, ten minutes each; FUZZ="svg page" and FUZZ_SECONDS=60 for less.
FUZZ ?= brand dtcg imports policy openapi svg page configuration bundle patch sums minisign keys provenance tuf listing lock
FUZZ_SECONDS ?= 600
fuzz: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --target build/.fuzz "atheris>=3"
	@for parser in $(FUZZ); do echo "== $$parser"; \
		PYTHONPATH=build/.fuzz $(BIN)/python tests/fuzz/fuzz.py $$parser --seconds $(FUZZ_SECONDS) || exit 1; done

docs: $(READY) tools
	$(BIN)/python .ci/pictures.py
	$(BIN)/python .ci/studio_pictures.py

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra dart-sass --extra dask --extra gateway --extra other-languages --extra remote --extra sample-fonts --extra skia --group dev pyproject.toml -o requirements.lock

clean:
	git clean -fdXq build
