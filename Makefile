# One target for each verb. Continuous integration runs these and nothing else.

CARGO ?= cargo
FUZZ_SECONDS ?= 1800

BENCH_TARGET ?= benches/target
# The interpreter that the binding is built for, and what is built and installed for it.
PYTHON ?= python3
PYTHON_TARGET ?= target/python
PYTHON_ENVIRONMENT = $(PYTHON_TARGET)/environment-$(shell $(PYTHON) -c \
	"import sys; print('%d.%d' % sys.version_info[:2])")
PYTHON_FEATURES = $(shell $(PYTHON) -c \
	"import sys; print('borrow' if sys.version_info >= (3, 11) else 'pyo3/abi3-py39')")

# Where the Node binding is built, and the empty folder that it is installed into to be tested.
NODE_TARGET ?= target/node
NODE_FOLDER = $(NODE_TARGET)/installed

# The peers of `bench-peers`, and its figures; PEERS holds more arguments of the comparison.
PEERS_TARGET ?= target/peers

# Labelled cases, and which of the texts beside them should have no findings.
CASES ?= target/cases
BENIGN ?= prose.txt code.txt markdown.txt mail.txt logs.txt diff.txt multilingual.txt tool-calls.jsonl

# Where `install` puts the C library, and the cargo profile it is built with.
PREFIX ?= /usr/local
PROFILE ?= release
CARGO_TARGET_DIR ?= target

.PHONY: help check test test-ffi install bench bench-hostile bench-engines bench-all \
	bench-peers compare-peers cases eval eval-peers fuzz generate deny \
	python test-python bench-python node test-node bench-node

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

check: ## format, lints, documentation, dependency policy
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked
	$(CARGO) doc --workspace --no-deps --locked --quiet
	@if $(CARGO) deny --version >/dev/null 2>&1; then $(MAKE) deny; \
	else echo "cargo-deny is not installed: dependency policy not checked"; fi

deny: ## licences, sources and duplicates of dependencies
	$(CARGO) deny --locked check licenses bans sources
	for binding in python node; do \
		$(CARGO) deny --locked --manifest-path bindings/$$binding/Cargo.toml --config deny.toml \
			check licenses bans sources || exit 1; \
	done

test: ## every test of the workspace
	$(CARGO) test --workspace --locked

test-ffi: ## the C interface by C, C++ and Go programs, under sanitizers and valgrind
	$(MAKE) install PREFIX=$(CARGO_TARGET_DIR)/ffi PROFILE=dev DESTDIR=
	ffi/tests/run $(abspath $(CARGO_TARGET_DIR))/ffi

install: ## the C library, its header and its pkg-config file, [PREFIX=/usr/local] [DESTDIR=]
	$(CARGO) build --profile $(PROFILE) --locked -p sluicegate-ffi
	ffi/install $(CARGO_TARGET_DIR)/$(if $(filter dev,$(PROFILE)),debug,$(PROFILE)) $(abspath $(PREFIX)) $(DESTDIR)

python test-python bench-python: export CARGO_TARGET_DIR := $(abspath $(PYTHON_TARGET))

python: ## the wheel of the Python binding, in target/python/wheels
	$(PYTHON) -m pip wheel --quiet --no-deps --wheel-dir $(PYTHON_TARGET)/wheels ./bindings/python

test-python: ## the Python binding: lints, types, examples, the shared suite, memory, [PYTHON=python3.9]
	$(CARGO) fmt --manifest-path bindings/python/Cargo.toml --check
	$(PYTHON) -m venv $(PYTHON_ENVIRONMENT)
	$(PYTHON_ENVIRONMENT)/bin/pip install --quiet "maturin>=1.16,<2"
	. $(PYTHON_ENVIRONMENT)/bin/activate && \
		$(CARGO) clippy --manifest-path bindings/python/Cargo.toml --locked --all-targets \
			--features $(PYTHON_FEATURES)
	rm -rf $(PYTHON_TARGET)/checked
	$(PYTHON_ENVIRONMENT)/bin/maturin build --quiet --locked \
		--manifest-path bindings/python/Cargo.toml \
		--interpreter $(PYTHON_ENVIRONMENT)/bin/python --out $(PYTHON_TARGET)/checked
	$(PYTHON_ENVIRONMENT)/bin/pip install --quiet --force-reinstall \
		"$$(ls $(PYTHON_TARGET)/checked/*.whl)[test]"
	. $(PYTHON_ENVIRONMENT)/bin/activate && cd bindings/python && \
		mypy && pyright && python -m mypy.stubtest sluicegate._sluicegate && python -m pytest

bench-python: ## the cost of a call, batches and threads beside Rust, FILE=text
	$(PYTHON) -m venv $(PYTHON_ENVIRONMENT)
	$(PYTHON_ENVIRONMENT)/bin/pip install --quiet --force-reinstall ./bindings/python
	$(CARGO) build --release --locked --manifest-path bindings/python/Cargo.toml --examples
	$(PYTHON_ENVIRONMENT)/bin/python bindings/python/benches/speed.py \
		$(PYTHON_TARGET)/release/examples $(FILE)

node test-node bench-node: export CARGO_TARGET_DIR := $(abspath $(NODE_TARGET))

node: ## the package of the Node binding, as target/node/sluicegate-VERSION.tgz
	mkdir -p $(NODE_TARGET)
	rm -f $(NODE_TARGET)/*.tgz
	npm pack --silent --pack-destination $(NODE_TARGET) ./bindings/node

test-node: node ## the Node binding: lints, types, examples, the shared suite, workers, memory
	$(CARGO) fmt --manifest-path bindings/node/Cargo.toml --check
	$(CARGO) clippy --manifest-path bindings/node/Cargo.toml --release --locked --lib --examples
	rm -rf $(NODE_FOLDER)
	cp -r bindings/node/test $(NODE_FOLDER)
	cd $(NODE_FOLDER) && npm install --silent --no-package-lock $(abspath $(NODE_TARGET))/*.tgz
	cd $(NODE_FOLDER) && npx --no tsc && \
		CASES=$(abspath tests) README=$(abspath bindings/node/README.md) \
		node --expose-gc --test

bench-node: node ## the cost of a call and of batches beside Rust, FILE=text
	$(CARGO) build --release --locked --manifest-path bindings/node/Cargo.toml --example scan_pieces
	rm -rf $(NODE_FOLDER)
	cp -r bindings/node/benches $(NODE_FOLDER)
	npm install --silent --no-package-lock --prefix $(NODE_FOLDER) $(abspath $(NODE_TARGET))/*.tgz
	node $(NODE_FOLDER)/speed.mjs $(NODE_TARGET)/release/examples/scan_pieces $(FILE)

bench: ## speed of the built-in catalogue and of imported rules, FILE=text [RULES=list.tsv]
	$(CARGO) run --release --locked -p sluicegate-cli -- bench --input $(FILE)
ifdef RULES
	$(CARGO) run --release --locked -p sluicegate --example parity -- $(RULES) $(FILE)
endif

bench-hostile: ## speed on the worst inputs and at twice their size, [HOSTILE="--rules FILE --line"]
	$(CARGO) run --release --locked -p sluicegate-tests --example hostile -- $(HOSTILE)

bench-engines: ## build the runner and the engines it compares; says which could not be built
	$(CARGO) build --release --locked --manifest-path benches/Cargo.toml --target-dir $(BENCH_TARGET)
	@failed=; for folder in benches/engines/*/; do \
		name=$$(basename $$folder); \
		if [ -f $$folder/Cargo.toml ]; then \
			$(CARGO) build --release --locked --manifest-path $$folder/Cargo.toml \
				--target-dir $(BENCH_TARGET); \
		else \
			python3 -m venv $(BENCH_TARGET)/release/python/$$name && \
			$(BENCH_TARGET)/release/python/$$name/bin/pip install --quiet \
				-r $$folder/requirements.txt; \
		fi || failed="$$failed $$name"; \
	done; echo "could not be built:$${failed:- none}"

bench-all: ## every definition with every engine, DATA=folder DATE=day of the record
	$(BENCH_TARGET)/release/sluicegate-bench --programs $(BENCH_TARGET)/release \
		--cache benches/cache --data $(DATA) --date $(DATE)

cases: ## labelled cases of public sets, FOLDER=where they are, into target/cases
	$(CARGO) run --release --locked -p sluicegate-corpus -- adapt $(FOLDER) -o $(CASES)

eval: cases ## how good the classifiers are on these, and a report in target/eval.html, FOLDER=sets
	$(CARGO) build --release --locked -p sluicegate-cli
	cd $(CASES) && $(abspath $(CARGO_TARGET_DIR))/release/sluicegate eval $$(ls *.jsonl | grep -v -e -bare) --classes classes \
		$(addprefix --benign benign/,$(BENIGN)) --json ../eval.json --html ../eval.html

eval-peers: cases ## the same cases and rules for Kingfisher, detect-secrets and Presidio, FOLDER=sets
	$(CARGO) build --release --locked -p sluicegate-cli
	$(PYTHON) -m venv $(PEERS_TARGET)/environment
	$(PEERS_TARGET)/environment/bin/pip install --quiet -r benches/peers/requirements.txt
	SLUICEGATE_BINARY=$(abspath $(CARGO_TARGET_DIR))/release/sluicegate \
		$(PEERS_TARGET)/environment/bin/python benches/peers/accuracy.py \
		--cases $(CASES) --out $(PEERS_TARGET)/accuracy

bench-peers: ## texts a second and findings beside other scanners, TEXTS=folder or file of cases
	@if [ -e "$(TEXTS)" ]; then $(MAKE) --no-print-directory compare-peers; \
	else echo "no texts: TEXTS names a folder or file of cases (benches/peers/README.md)"; fi

compare-peers:
	$(CARGO) build --release --locked -p sluicegate-cli
	$(PYTHON) -m venv $(PEERS_TARGET)/environment
	$(PEERS_TARGET)/environment/bin/pip install --quiet -r benches/peers/requirements.txt
	CARGO_TARGET_DIR=$(abspath $(PYTHON_TARGET)) $(PEERS_TARGET)/environment/bin/pip install --quiet \
		--force-reinstall ./bindings/python
	SLUICEGATE_BINARY=$(abspath $(CARGO_TARGET_DIR))/release/sluicegate \
		$(PEERS_TARGET)/environment/bin/python benches/peers/compare.py \
		--texts $(TEXTS) --out $(PEERS_TARGET) $(PEERS)

fuzz: ## each fuzz target for FUZZ_SECONDS (needs the nightly toolchain and cargo-fuzz)
	for target in boundary compile load redact rows scan; do \
		$(CARGO) +nightly fuzz run --fuzz-dir tests/fuzz $$target -- \
			-max_total_time=$(FUZZ_SECONDS) -timeout=60 -rss_limit_mb=4096 || exit 1; \
	done

generate: ## schema, diagnostics, command reference, golden files
	$(CARGO) run --locked -p sluicegate-model --example generate
	UPDATE_GOLDEN=1 $(CARGO) test --workspace --locked --quiet
