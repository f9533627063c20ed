# make help lists what there is. Everything a target needs, it installs into .venv/.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: help run build test test-faults test-a11y test-server test-newcomer lint lock sbom audit bench mutants screenshots release clean

help:
	@echo "make run          set up, build the guide into dist/ and serve it at http://127.0.0.1:$(PORT)/"
	@echo "make build        build the guide into dist/"
	@echo "make test         set up (browsers and fonts too) and run every test; TESTS=tests/test_urls.py runs a part"
	@echo "make test-faults  every browser test in every browser, every fault, kills at twenty points: about half an hour"
	@echo "make test-a11y    every page in every look with axe, sizes of what is touched, zoom, every task by keys, valid HTML: about half an hour"
	@echo "make test-server  10,000 odd requests, the image built and run, Caddy before the server: some minutes"
	@echo "make test-newcomer  a fresh Debian: clone, make run, a phone that keeps the guide, offline, a part of make test"
	@echo "make lint         ruff and mypy --strict"
	@echo "make mutants PACKAGE=review  change the code in small ways and list what no test notices; some minutes a module"
	@echo "make bench        measure sizes and speed into docs/benchmarks.md: more than an hour; python -m bench NAME takes some of it"
	@echo "make screenshots  phone screenshots of every kind of page into docs/screenshots/"
	@echo "make lock         write the lock files anew"
	@echo "make sbom         write what the guide is made with to sbom.cdx.json"
	@echo "make release      the source archive of the last commit, if CHANGELOG.md names the guide that it builds"
	@echo "make clean        take away dist/ and what was kept to build faster"
	@echo "make audit        ask whether a locked package is known to be vulnerable; before every release"

# A port that is taken is told before anything is set up or built.
run:
	@$(PYTHON) -m fieldguide.ports $(PORT)
	@$(MAKE) --no-print-directory build
	$(BIN)/python build_pwa.py serve --port $(PORT)

build: $(VENV)/.run
	$(BIN)/python build_pwa.py build

test: browser $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist worksteal $(TESTS)

test-faults: browser $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "browser and not a11y" tests/browser

test-a11y: browser $(VENV)/.dev
	sh tests/install_validator.sh
	$(BIN)/python -m pytest -n 2 --dist worksteal -m a11y tests/browser tests/test_html.py tests/workbench/test_html.py

test-server: $(VENV)/.dev
	sh tests/install.sh mmdebstrap buildah netavark bubblewrap caddy
	$(BIN)/python -m pytest -m full tests/test_requests.py tests/test_serve.py tests/test_image.py tests/test_cli.py tests/test_handon.py tests/test_outputs.py tests/test_docs_commands.py

test-newcomer: browser $(VENV)/.dev
	sh tests/install.sh mmdebstrap bubblewrap git
	$(BIN)/python -m pytest -m full tests/test_newcomer.py

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

mutants: $(VENV)/.dev
	$(BIN)/python -m tests.mutants $(PACKAGE)

bench: browser $(VENV)/.dev
	sh tests/install.sh wrk
	$(BIN)/python -m bench

screenshots: browser $(VENV)/.dev
	$(BIN)/python docs/make_screenshots.py

lock: $(VENV)/.venv
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra sign pyproject.toml -o requirements-sign.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra sign --group dev pyproject.toml -o requirements-dev.lock

sbom: $(VENV)/.run
	$(BIN)/python -m fieldguide.sbom > sbom.cdx.json

# Before a release, not for every change: a mirror of the index that lists no vulnerabilities lets everything pass, one that
# does not know a package stops everything, and a new entry would stop a change that has nothing to do with it.
audit: $(VENV)/.venv
	$(BIN)/pip install --quiet uv
	$(BIN)/uv tool run pip-audit --strict --disable-pip --require-hashes --requirement requirements-dev.lock

# The list names every file of the guide with its hash, so that its own stands for all of them. Compressed copies are not in
# it: other systems compress otherwise.
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)

release: build
	@told=$$(sha256sum dist/.well-known/fieldguide.json | cut -d' ' -f1) && grep -q "$$told" CHANGELOG.md || \
	  { echo "CHANGELOG.md does not name what this builds: $$told"; exit 1; }
	git archive --format=tar --prefix=field-guide-$(VERSION)/ HEAD | gzip -9n > field-guide-$(VERSION).tar.gz
	sha256sum field-guide-$(VERSION).tar.gz dist/.well-known/fieldguide.json

.PHONY: browser
browser:
	@sh tests/install_browser.sh
	@sh tests/unpack_servers.sh

$(VENV)/.venv:
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.run: requirements.lock | $(VENV)/.venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

# quickjs has no wheel for the newest Pythons: it is compiled there.
$(VENV)/.dev: requirements-dev.lock | $(VENV)/.venv
	@command -v cc >/dev/null || sh tests/install.sh gcc libc6-dev python3-dev
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@ $(VENV)/.run

clean:
	rm -rf dist .cache
