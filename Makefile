# make demo         installs what is missing, builds, and tells the main story on the shipped fixtures
# make test         installs what is missing, and runs every test
# make check        what CI runs: format, warnings as errors, half a minute of fuzzing, tests
# make clients      gets the servers and clients of others that some tests talk to
# make format       formats the sources in place
# make bench        measures beside SQLite, LMDB and jq, in one run; QUICK=1 for less than two minutes, FLOWS=1 for flows alone, HISTORY=1 for a long history alone
# make bench-serve  measures deliveries over HTTP beside an empty handler of Hummingbird's
# make bench-peers  asks Temporal's Replayer for its verdicts beside ours; with their programs in PEERS, the speed of it and of DBOS
# make fuzz         ten minutes of flows made of bytes for loader and interpreter
# make torture      long runs of the crash and damage tests, and make fuzz
# make help         shows this

.PHONY: demo test check clients format torture build dependencies help bench bench-serve bench-peers bench-build fuzz

SOURCES = Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources \
  Benchmarks/EmptyHandler/Package.swift Benchmarks/EmptyHandler/Sources \
  Fuzzing/Fuzz
PACKAGES = liblmdb-dev libzstd-dev nettle-dev libsimdjson-dev libpcre2-dev libcurl4-openssl-dev pkg-config \
  tzdata ca-certificates
# What the benchmarks take from beside the project, each left out where it is not there.
SHARED ?= ../shared
PEERS ?= $(SHARED)/tools/peers
GENERATOR = $(wildcard $(SHARED)/tools/acceptance/gen_events.py)
EXPORTS = $(or $(wildcard $(SHARED)/data/okta-templates),fixtures/flows)
# Servers and clients of others; tests that need them are skipped where they cannot be had.
CLIENTS = .build/clients
CLIENT_PACKAGES = aiosmtpd==1.4.6 slack_sdk==3.48.0 standardwebhooks==1.1.0 okta==3.4.4
PEERS_PYTHON = .build/bench-peers/bin/python
PEERS_PACKAGES = temporalio==1.35.0 dbos==3.4.0
BENCH = Benchmarks/.build/release/Benchmarks --program .build/release/auditcli $(if $(QUICK),--quick) $(if $(FLOWS),--flows) $(if $(HISTORY),--history)
# What the last `make test` printed; what failed is told again at its end.
TEST_LOG = .build/test.log
STORE = $(or $(TMPDIR),/tmp)/auditcli-demo-$(shell id -u)

help:
	@sed -n '/^#/!q; s/^# //p' Makefile

dependencies:
	@command -v swift >/dev/null || { echo "A Swift 6.3 toolchain is needed; see swift.org/install."; exit 1; }
	@missing=; for p in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then \
	    echo "Installing$$missing"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	  else echo "Missing packages. Run: sudo apt-get install$$missing"; exit 1; fi; fi

build: dependencies
	swift build -c release --product auditcli

demo: build
	@rm -rf $(STORE)
	@.build/release/auditcli --store $(STORE) demo --fixtures fixtures

# A third of the tests' time is saved for a minute and a half more to build.
test: export TESTS = optimized
test: dependencies
	swift build --build-tests
	@rm -f $(TEST_LOG); { SWIFT_BACKTRACE=enable=no swift test --skip-build --parallel 2>&1; \
	  echo $$? > $(TEST_LOG).status; } | tee $(TEST_LOG); \
	status=$$(cat $(TEST_LOG).status); [ $$status = 0 ] || { echo "What failed, again:"; \
	  grep -A 3 -E 'recorded an issue|Fatal error|unexpected signal' $(TEST_LOG); \
	  grep -E '✘ (Suite|Test)' $(TEST_LOG); exit $$status; }

clients: PACKAGES += python3-venv
clients: dependencies
	@[ "$$(cat $(CLIENTS)/packages 2>/dev/null)" = "$(CLIENT_PACKAGES)" ] || { python3 -m venv $(CLIENTS) \
	  && $(CLIENTS)/bin/python -m pip install --quiet $(CLIENT_PACKAGES) \
	  && echo "$(CLIENT_PACKAGES)" > $(CLIENTS)/packages; } || rm -rf $(CLIENTS)

check: dependencies clients
	swift format lint --strict --parallel --recursive $(wildcard $(SOURCES))
	$(MAKE) fuzz FUZZ_SECONDS=30 FUZZING=1
	$(MAKE) test

format:
	swift format --in-place --parallel --recursive $(wildcard $(SOURCES))

torture: fuzz
	AUDIT_TORTURE=1 $(MAKE) test

FUZZ_SECONDS ?= 600
FUZZ_CORPUS = .build/fuzzing
FUZZING ?= optimized
fuzz: dependencies
	FUZZING=$(FUZZING) swift build --product Fuzz
	@mkdir -p $(FUZZ_CORPUS); for f in fixtures/flows/*.flopack; do \
	  { printf '\0'; cat $$f; } > $(FUZZ_CORPUS)/$$(basename $$f); done
	FUZZ_FLOWS=fixtures/flows SWIFT_BACKTRACE=enable=no .build/debug/Fuzz \
	  -max_total_time=$(FUZZ_SECONDS) -timeout=20 -rss_limit_mb=3000 -max_len=200000 \
	  -print_final_stats=1 -verbosity=0 -artifact_prefix=.build/ $(FUZZ_CORPUS)

bench-build: PACKAGES += libsqlite3-dev
bench-build: build
	swift build -c release --package-path Benchmarks
	$(CC) -O2 -shared -fPIC -o Benchmarks/.build/release/libSlowSync.so Benchmarks/SlowSync/SlowSync.c

bench: bench-build
	@$(BENCH) --packs $(EXPORTS) $(if $(and $(GENERATOR),$(shell command -v python3)),--generator $(GENERATOR))

bench-serve: PACKAGES += libsqlite3-dev wrk
bench-serve: bench-build
	swift build -c release --package-path Benchmarks/EmptyHandler
	@$(BENCH) --serve

bench-peers: bench-build
	@if ! command -v python3 >/dev/null; then echo "The peers need python3, which is not installed."; \
	else \
	  [ -x $(PEERS_PYTHON) ] || { python3 -m venv .build/bench-peers \
	    && $(PEERS_PYTHON) -m pip install --quiet $(PEERS_PACKAGES); } || { rm -rf .build/bench-peers; exit 1; }; \
	  [ -d "$(PEERS)" ] || echo "Only verdicts: no programs for speed in $(PEERS); set PEERS to their folder." >&2; \
	  $(BENCH) $(if $(wildcard $(PEERS)),--peers $(PEERS)) --python $(PEERS_PYTHON); fi
