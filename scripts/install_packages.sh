#!/usr/bin/env bash
# Installs what a requirements file names, in one line of progress: install_packages.sh PYTHON FILE
# What is needed to run comes from the folder wheelhouse, where there is one: see docs/operations.md.
set -euo pipefail

python=$1 requirements=$2
log=$(dirname "$(dirname "$python")")/install.log
what=(-r "$requirements")
if [ "$requirements" = requirements.txt ] && [ -f wheelhouse/requirements.lock ]; then
    what=(--no-index --find-links wheelhouse --require-hashes -r wheelhouse/requirements.lock)
fi

echo "Installing what $requirements names (a minute or two the first time) …"
show() {
    local count=0 word package rest
    while read -r word package rest; do
        if [ "$word" = Collecting ]; then
            count=$((count + 1))
            [ -t 1 ] && printf '\r\033[K  %d packages: %s' "$count" "${package%%[!a-zA-Z0-9._-]*}"
        elif [ "$word" = Installing ]; then
            [ -t 1 ] && printf '\r\033[K  unpacking %d packages' "$count"
        fi
    done
    [ -t 1 ] && printf '\r\033[K'
    return 0
}
if ! "$python" -m pip --disable-pip-version-check install --progress-bar off "${what[@]}" 2>&1 |
    tee "$log" | show; then
    tail -n 20 "$log" >&2
    echo "The packages could not be installed; all that pip said is in $log." >&2
    exit 1
fi
