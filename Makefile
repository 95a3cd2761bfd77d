# make demo    installs what is missing, builds, and tells the main story on the shipped fixtures
# make test    installs what is missing, and runs every test
# make check   what CI runs: format, warnings as errors, tests
# make format  formats the sources in place
# make torture long runs of the crash and damage tests
# make help    shows this

.PHONY: demo test check format torture build dependencies help

SOURCES = Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources
PACKAGES = liblmdb-dev libzstd-dev libsimdjson-dev pkg-config tzdata
STORE = $(or $(TMPDIR),/tmp)/auditcli-demo-$(shell id -u)

help:
	@sed -n 's/^# //p' Makefile

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

test: dependencies
	swift build --build-tests
	SWIFT_BACKTRACE=enable=no swift test --skip-build --parallel

check: dependencies
	swift format lint --strict --parallel --recursive $(wildcard $(SOURCES))
	$(MAKE) test

format:
	swift format --in-place --parallel --recursive $(wildcard $(SOURCES))

torture: dependencies
	AUDIT_TORTURE=1 SWIFT_BACKTRACE=enable=no swift test
