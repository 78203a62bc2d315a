#!/usr/bin/env bash
# Unpacks Debian's PostgreSQL into .venv for the tests of several machines: it is not installed, and
# serves nobody.
set -euo pipefail

folder=.venv/postgresql
found() { compgen -G "$1/usr/lib/postgresql/*/bin/postgres" >/dev/null; }
if found / || found "$folder" || ! command -v apt-get >/dev/null; then
    exit 0
fi
mkdir -p "$folder"
cd "$folder"
needed=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
    --no-replaces --no-enhances --no-pre-depends postgresql |
    grep -E '^(postgresql-[0-9]+|lib(pq|icu|xml2|llvm|ldap|sasl|gssapi|krb5|k5crypto|com-err|keyutils|lz4|zstd|ssl|xslt|edit|bsd|md)[a-z0-9.+-]*)$' |
    sort -u)
# shellcheck disable=SC2086 # a list of words
if apt-get download $needed >/dev/null 2>&1; then
    for package in *.deb; do dpkg --extract "$package" .; done
    rm -f ./*.deb
fi
cd - >/dev/null
if found "$folder"; then
    echo "Unpacked PostgreSQL into $folder for the tests of several machines."
else
    rm -rf "$folder"
    echo "There is no PostgreSQL here: the tests of several machines fail without one." >&2
fi
