#!/usr/bin/env bash
# Unpacks Debian's nginx into .venv for the tests behind a proxy: it is not installed, and serves nobody.
set -euo pipefail

folder=.venv/nginx
if command -v nginx >/dev/null || [ -x "$folder/usr/sbin/nginx" ] || ! command -v apt-get >/dev/null; then
    exit 0
fi
mkdir -p "$folder"
cd "$folder"
if apt-get download nginx >/dev/null 2>&1 && dpkg --extract nginx_*.deb . && usr/sbin/nginx -V >/dev/null 2>&1; then
    echo "Unpacked nginx into $folder for the tests behind a proxy."
else
    rm -rf usr nginx_*.deb
    echo "There is no nginx here: the tests behind a proxy are skipped." >&2
fi
