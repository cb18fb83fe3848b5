# Throughline. Needs python3 (3.11 or later) with venv, and make; everything else is installed into .venv.
#
#   make demo      a sample district's plan on the screen, its board packet and workbook in a folder
#   make test      every test
#   make check     the gate before a commit: lint, format, types, import rules, contracts, engine tests
#   make golden    write the golden outputs anew (then read the difference before committing it)
#   make reference write docs/reference anew from what is registered
#   make messages  write the message catalog of the pages anew (needs GNU gettext)
#   make bench     measure speed and memory against the peers named in docs/benchmarks.md
#   make facts     move every fact of the sample districts, one at a time: explanations and runs move alike; work out
#                  every line and share of the large one (minutes)
#   make lock      resolve the dependencies anew into req/*.lock
#   make clean     remove the environment and caches
#
# PYTEST=... adds arguments to pytest, for example: make test PYTEST="-k funds".

PY ?= python3
PYTEST ?=
V := .venv
BIN := $(V)/bin
# The build backend looks for its program on the path.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Behind a filtering proxy, as schools have, it is the machine's own certificates that count.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem),)
export UV_SYSTEM_CERTS ?= true
endif
# uv installs in seconds; where it has no wheel, plain pip reads the same hashed files.
INSTALL = if test -x $(BIN)/uv; then $(BIN)/uv pip install -q --python $(BIN)/python "$$@"; else $(BIN)/python -m pip install -q "$$@"; fi
WHEEL = $(BIN)/python -m pip install -q --disable-pip-version-check --only-binary :all:
# Where the build backend has no wheel either, a path file and a script do what an editable install does.
LINK = import pathlib, sysconfig; \
	pathlib.Path(sysconfig.get_path("purelib"), "throughline.pth").write_text("$(CURDIR)/src\n"); \
	script = pathlib.Path("$(BIN)/throughline"); \
	script.write_text("\#!$(CURDIR)/$(BIN)/python\nfrom throughline.cli.main import main\nraise SystemExit(main())\n"); \
	script.chmod(0o755)
LOCK = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -q

.PHONY: demo test check golden reference messages bench facts lock clean lint types imports locks
.DEFAULT_GOAL := demo

$(V)/.base: req/base.lock pyproject.toml
	@$(PY) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Throughline needs Python 3.11 or later; make PY=python3.12 names one")'
	@test -x $(BIN)/python || { echo "Preparing .venv (once, about a minute)"; $(PY) -m venv $(V); }
	@test -x $(BIN)/uv || $(WHEEL) "uv>=0.9,<1" 2>/dev/null || echo "no uv for this platform; installing with pip"
	@$(BIN)/python -c "import uv_build" 2>/dev/null || $(WHEEL) "uv_build>=0.9,<1" 2>/dev/null || true
	@set -- --require-hashes -r req/base.lock; $(INSTALL)
	@if $(BIN)/python -c "import uv_build" 2>/dev/null; then set -- --no-deps --no-build-isolation -e .; $(INSTALL); \
	else $(BIN)/python -c '$(LINK)'; fi
	@touch $@

$(V)/.dev: $(V)/.base req/dev.lock
	@set -- --require-hashes -r req/dev.lock; $(INSTALL)
	@touch $@

demo: $(V)/.base
	@$(BIN)/throughline demo

test: $(V)/.dev
	@$(BIN)/python -m pytest -q -n auto $(PYTEST)

check: lint types imports locks
	@$(BIN)/python -m pytest -q tests/contracts tests/engine $(PYTEST)

lint: $(V)/.dev
	@$(BIN)/ruff check -q
	@$(BIN)/ruff format -q --check

types: $(V)/.dev
	@THROUGHLINE_DATA=$(CURDIR)/$(V)/types $(BIN)/mypy --no-error-summary

imports: $(V)/.dev
	@$(BIN)/lint-imports --no-logo >$(V)/imports.log || { cat $(V)/imports.log; exit 1; }

# Lock files name packages, versions and hashes; an address in them would tie the build to one index.
locks:
	@! grep -nE '://|^-(i|-index|-extra|-find)' req/*.lock

golden: $(V)/.dev
	@$(BIN)/python -m tests.golden.regenerate
	@$(BIN)/python -m tests.reports.regenerate

reference: $(V)/.dev
	@$(BIN)/python docs/reference/generate.py

messages: $(V)/.dev
	@$(BIN)/python -m tests.contracts.catalog

bench: $(V)/.dev
	@$(BIN)/python -m benchmarks

facts: $(V)/.dev
	@$(BIN)/python -m benchmarks explanations large

lock: $(V)/.base
	@$(LOCK) -o req/base.lock
	@$(LOCK) --group test --group lint --all-extras -o req/dev.lock

clean:
	@rm -rf $(V) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
