# One target for each verb. Continuous integration runs these and nothing else.

CARGO ?= cargo
FUZZ_SECONDS ?= 1800

BENCH_TARGET ?= benches/target

# Where `install` puts the C library, and the cargo profile it is built with.
PREFIX ?= /usr/local
PROFILE ?= release
CARGO_TARGET_DIR ?= target

.PHONY: help check test test-ffi install bench bench-hostile bench-peers bench-all fuzz generate deny

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

test: ## every test of the workspace
	$(CARGO) test --workspace --locked

test-ffi: ## the C interface by C, C++ and Go programs, under sanitizers and valgrind
	$(MAKE) install PREFIX=$(CARGO_TARGET_DIR)/ffi PROFILE=dev DESTDIR=
	ffi/tests/run $(abspath $(CARGO_TARGET_DIR))/ffi

install: ## the C library, its header and its pkg-config file, [PREFIX=/usr/local] [DESTDIR=]
	$(CARGO) build --profile $(PROFILE) --locked -p sluicegate-ffi
	ffi/install $(CARGO_TARGET_DIR)/$(if $(filter dev,$(PROFILE)),debug,$(PROFILE)) $(abspath $(PREFIX)) $(DESTDIR)

bench: ## speed of the built-in catalogue and of imported rules, FILE=text [RULES=list.tsv]
	$(CARGO) run --release --locked -p sluicegate-cli -- bench --input $(FILE)
ifdef RULES
	$(CARGO) run --release --locked -p sluicegate --example parity -- $(RULES) $(FILE)
endif

bench-hostile: ## speed on the worst inputs and at twice their size, [HOSTILE="--rules FILE --line"]
	$(CARGO) run --release --locked -p sluicegate-tests --example hostile -- $(HOSTILE)

bench-peers: ## build the runner and the engines it compares; says which could not be built
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

fuzz: ## each fuzz target for FUZZ_SECONDS (needs the nightly toolchain and cargo-fuzz)
	for target in boundary compile load scan; do \
		$(CARGO) +nightly fuzz run --fuzz-dir tests/fuzz $$target -- \
			-max_total_time=$(FUZZ_SECONDS) -timeout=60 -rss_limit_mb=4096 || exit 1; \
	done

generate: ## schema, diagnostics, command reference, golden files
	$(CARGO) run --locked -p sluicegate-model --example generate
	UPDATE_GOLDEN=1 $(CARGO) test --workspace --locked --quiet
