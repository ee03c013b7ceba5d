# What README.md and CONTRIBUTING.md say, by name. Set up .venv first (README.md, Development).
BIN ?= .venv/bin

.PHONY: serve build test long review check site lock noble

serve:  ## open the workshop
	$(BIN)/workshop-kit serve

build:  ## write the notebooks' words from the content files
	$(BIN)/workshop-kit build

test:  ## the everyday tests
	$(BIN)/python -m pytest

long:  ## the everyday tests and the long ones
	$(BIN)/python -m pytest -m "long or not long"

review:  ## take the trees and pictures of the pages anew; read and look at what changed
	WORKSHOP_KIT_REVIEW=1 WORKSHOP_KIT_PINNED=1 $(BIN)/python -m pytest -n 0 \
		tests/test_served_trees.py tests/test_served_screens.py

check:  ## style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

site:  ## make a site of the documents, in build/site
	$(BIN)/sphinx-build -W --keep-going -q -b html -c docs . build/site

lock:  ## pin every dependency anew; needs uv on the path
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile pyproject.toml \
		--all-extras --universal --python-version 3.11 --no-annotate --upgrade --quiet --output-file requirements.lock

VENDOR = workshop_kit/widgets/parts/vendor
noble:  ## bundle the page's cryptography anew, as $(VENDOR)/noble.txt says; needs npm
	npm install --silent --no-save --prefix build/noble \
		@noble/hashes@2.4.0 @noble/ciphers@2.4.0 esbuild@0.28.2
	printf '%s\n' 'export { scryptAsync } from "@noble/hashes/scrypt.js";' \
		'export { chacha20poly1305 } from "@noble/ciphers/chacha.js";' > build/noble/noble.js
	cd build/noble && node_modules/.bin/esbuild noble.js --bundle --format=iife --global-name=noble \
		--target=es2022 --log-level=warning --banner:js="$$(cat ../../$(VENDOR)/noble.txt)" \
		--outfile=../../$(VENDOR)/noble.js
