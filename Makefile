# One target for each verb. Continuous integration runs these and nothing else.

CARGO ?= cargo
FUZZ_SECONDS ?= 1800

.PHONY: help check test bench fuzz generate deny

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

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

bench: ## speed of the built-in catalogue and of imported rules, FILE=text [RULES=list.tsv]
	$(CARGO) run --release --locked -p sluicegate-cli -- bench --input $(FILE)
ifdef RULES
	$(CARGO) run --release --locked -p sluicegate --example parity -- $(RULES) $(FILE)
endif

fuzz: ## each fuzz target for FUZZ_SECONDS (needs the nightly toolchain and cargo-fuzz)
	for target in compile load scan; do \
		$(CARGO) +nightly fuzz run --fuzz-dir tests/fuzz $$target -- \
			-max_total_time=$(FUZZ_SECONDS) -timeout=60 -rss_limit_mb=4096 || exit 1; \
	done

generate: ## schema, diagnostics, command reference, golden files
	$(CARGO) run --locked -p sluicegate-model --example generate
	UPDATE_GOLDEN=1 $(CARGO) test --workspace --locked --quiet
