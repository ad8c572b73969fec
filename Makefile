# The commands of the book. `make book` works from a bare checkout.
.PHONY: book pdf slides-pdf serve check test style benchmarks lock links clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
# What checks the JavaScript, installed by the npm that is here, or else by the one among the requirements.
CHECKERS := node_modules/ready
NPM := PATH="$$PATH:$(CURDIR)/$(BIN)" npm
CORES := $(shell getconf _NPROCESSORS_ONLN)
# One more at once than there are cores, since a worker waits now and then for a page or a kernel.
WORKERS ?= $(shell echo $$(($(CORES) + 1)))
PYTEST = $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup
# A part of the tests: make test TESTS=tests/lessons
TESTS ?=

book: $(READY)
	@$(BIN)/jupyter-book build .
	@echo "The book is at file://$(CURDIR)/_build/html/index.html"
	@echo "The figures that come to life need a server: make serve"

pdf: $(READY)
	@$(BIN)/python tools/book_pdf.py

slides-pdf: $(READY)
	@$(BIN)/python tools/slides_pdf.py

serve: $(READY)
	@$(BIN)/python tools/serve.py

# Here no worker waits. Where Python may not keep what it compiled (containers), each would compile all of it.
check: WORKERS = $(CORES)
check: style
	@env -u PYTHONDONTWRITEBYTECODE $(PYTEST) --quiet -m "not slow"

test: style
	@$(PYTEST) --durations 10 --junitxml _build/tests.xml $(TESTS)

style: $(READY) $(CHECKERS)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/zizmor --offline --quiet .github/workflows
	@$(NPM) run --silent check

# Renews what the page of benchmarks shows; on a machine that does nothing else.
benchmarks: book
	@$(BIN)/python tests/benchmarks/training_speed.py
	@$(BIN)/python tests/benchmarks/word2vec_speed.py
	@$(BIN)/python tests/benchmarks/lighthouse/measure.py _build/html --record book
	@$(BIN)/python tests/benchmarks/asset_speed.py
	@$(BIN)/python tests/benchmarks/playground_speed.py
	@$(BIN)/python tests/benchmarks/face_sliders_speed.py _build/html
	@$(BIN)/python tests/benchmarks/similar_speed.py
	@$(BIN)/python tests/benchmarks/search_speed.py

links: $(READY)
	@$(BIN)/jupyter-book build . --builder linkcheck

lock: $(READY)
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --upgrade \
		pyproject.toml --output-file requirements.txt

clean:
	@rm -rf _build

$(READY): requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
		echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name yours: make book PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "The book needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name a newer one: make book PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "Python cannot make a virtual environment here. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing the locked requirements into $(VENV); the first time this takes minutes."
	@# The lock names everything, so nothing is resolved; Python compiles what is used.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile -r requirements.txt || { \
		echo "The requirements could not be installed. If the message above speaks of a connection: there is no network, or pip's index does not answer."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $(READY)

$(CHECKERS): package.json package-lock.json .npmrc | $(READY)
	@echo "Installing what checks the JavaScript into node_modules."
	@$(NPM) ci --loglevel=error || { \
		echo "What checks the JavaScript could not be installed. If the message above speaks of a connection: there is no network, or npm's registry does not answer."; exit 1; }
	@touch $(CHECKERS)
