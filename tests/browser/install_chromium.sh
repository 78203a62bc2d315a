#!/usr/bin/env bash
# Makes sure that there is a Chromium for the browser tests: installs it with apt where that needs no password.
set -euo pipefail

find_browser() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        # Ubuntu's chromium-browser may be a stub that only asks for a snap.
        if command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

give_up() {
    echo "The browser tests need Chromium: $1" >&2
    echo "Tests without a browser: .venv/bin/python -m pytest -m 'not browser and not long'" >&2
    exit 1
}

if find_browser; then
    exit 0
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
    give_up "apt-get could not install it. Ubuntu has it as a snap only: snap install chromium, or install Google Chrome."
find_browser || give_up "it was installed but does not start. Ubuntu has it as a snap only: snap install chromium, or install Google Chrome."
