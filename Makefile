# The one list of commands. `make help` lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CARGO ?= cargo
export PYTHONDONTWRITEBYTECODE := 1

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(BIN)/.ready: python/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r python/requirements.txt
	@touch $@

build: $(BIN)/.ready ## Build the library and the Python package into .venv (dev profile)
	cd python && VIRTUAL_ENV=$(CURDIR)/$(VENV) $(CURDIR)/$(BIN)/maturin develop --quiet > $(CURDIR)/$(VENV)/build.log

demo: build ## Diagnosis of Warmia-Mazury on the embedded figures: report, tables, projection
	rm -rf out/demo && mkdir -p out
	$(BIN)/diagnoza report --unit 28 --lang pl --out out/demo
	$(BIN)/diagnoza project --units subregions:28 --scenario main --until 2050 --by unit,year --out out/demo_subregions.csv
	@echo "Diagnoza Warmii i Mazur: otwórz $(CURDIR)/out/demo/index.html; tabele CSV, Parquet i XLSX obok"

test: build ## All tests: Rust, Python, notebooks, README
	$(CARGO) test --workspace --quiet
	$(BIN)/python -m pytest python/tests
	$(MAKE) --no-print-directory notebooks

lint: build ## rustfmt, clippy, ruff, mypy, stubs, documentation
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --quiet -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --quiet --exclude diagnoza-tests --exclude diagnoza-benches
	$(BIN)/ruff check --config python/pyproject.toml python crates/diagnoza-data/embedded benches notebooks docs
	$(BIN)/ruff format --check --config python/pyproject.toml python crates/diagnoza-data/embedded benches notebooks docs
	cd python && ../$(BIN)/mypy diagnoza
	cd python && VIRTUAL_ENV=$(CURDIR)/$(VENV) $(CURDIR)/$(BIN)/maturin generate-stubs --quiet --out $(CURDIR)/$(VENV)/stubs
	cmp $(VENV)/stubs/diagnoza/_native.pyi python/diagnoza/_native.pyi || { echo 'run make stubs'; exit 1; }
	cd python && ../$(BIN)/python -m mypy.stubtest diagnoza._native --allowlist stubtest.txt

stubs: build ## Generate python/diagnoza/_native.pyi from the Rust signatures
	cd python && VIRTUAL_ENV=$(CURDIR)/$(VENV) $(CURDIR)/$(BIN)/maturin generate-stubs --quiet --out .

bench: build ## Benches of the core (optimised) beside NumPy and the machine's limits
	$(BIN)/python benches/run.py

bench-smoke: build ## Run every bench once, untimed, so that they cannot rot
	$(BIN)/python benches/run.py --smoke

notebooks: build ## Execute the notebooks
	$(BIN)/python notebooks/run.py

docs: ## Documentation of the Rust crates
	$(CARGO) doc --workspace --no-deps

data: $(BIN)/.ready ## Rebuild the embedded tables from ../shared/data
	$(BIN)/python crates/diagnoza-data/embedded/build.py ../shared/data

clean: ## Remove what was built
	$(CARGO) clean
	rm -rf $(VENV) out

.PHONY: help build demo test lint stubs bench bench-smoke notebooks docs data clean
