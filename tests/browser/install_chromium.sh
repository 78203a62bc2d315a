#!/usr/bin/env bash
# Makes sure that there is a Chromium for the browser tests: installs it with apt where that needs no password.
set -euo pipefail

# CHROMIUM names another browser of its kind; tests/browser/conftest.py looks in the same places.
works() {
    # Where Ubuntu's package is a stub that asks for a snap, it is there but does not start.
    "${CHROMIUM:-chromium}" --version >/dev/null 2>&1
}

give_up() {
    echo "The browser tests need Chromium: $1" >&2
    echo "Tests without a browser: .venv/bin/python -m pytest -m 'not browser and not long'" >&2
    exit 1
}

if works; then
    exit 0
fi

if [ -n "${CHROMIUM:-}" ]; then
    give_up "CHROMIUM is '$CHROMIUM', which does not start."
fi
if ! command -v apt-get >/dev/null; then
    give_up "install it and put it on the PATH."
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    give_up "run 'sudo apt-get install chromium', then try again."
fi

echo "The browser tests need Chromium and there is none on the PATH: running apt-get install chromium."
"${as_root[@]}" apt-get update
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium ||
    give_up "apt-get could not install it. Ubuntu has it as a snap only: install one by hand and set CHROMIUM to its path."
works || give_up "it was installed but does not start. Ubuntu has it as a snap only: install one by hand and set CHROMIUM to its path."
