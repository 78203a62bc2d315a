#!/usr/bin/env bash
# Carries docs/operations.md out from end to end on this machine, and says what it saw:
#   deploy/carry_out.sh [FOLDER]
# As root on Debian with python3-venv, nginx-light, openssl, curl and util-linux. It makes the account
# cluster-review-trial and the folder, which must not be there, and removes both unless KEEP=1. The
# packages come from the folder wheelhouse (make wheelhouse); the network is cut off for installing.
set -euo pipefail

python=${PYTHON:-/usr/bin/python3}
tree=$(cd "$(dirname "$0")/.." && pwd)
home=${1:-/srv/cluster-review-trial}
account=cluster-review-trial
base=/cluster-review
ports=(18501 18502)
http=18080 https=18443
site=https://127.0.0.1:$https$base
declare -A processes=()

say() { printf '\n== %s\n' "$*"; }
seen() { printf '   %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
as() { # what follows, as the account, with its settings and no others; takes the place of its shell
    exec setpriv --reuid "$account" --regid "$account" --clear-groups --no-new-privs env -i PATH=/usr/bin:/bin LANG=C.UTF-8 HOME=/nonexistent "${environment[@]}" "$@"
}
dashboard() { (cd "$home/current" && as .venv/bin/python -m dashboard "$@"); }
has() { grep "$@" >/dev/null; } # reads to the end, unlike grep -q: what writes to it must not fail
fetch() { curl --silent --show-error --fail --cacert "$home/tls/certificate.pem" "$@"; }

tidy_up() {
    for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
    wait
    if [ "${KEEP:-0}" = 1 ]; then echo "Left in place: $home"; return; fi
    rm -rf "$home"
    userdel "$account" 2>/dev/null || true
}

start() { # PORT: the line of the unit, as its account
    local line
    line=$(sed -n 's/^ExecStart=//p' "$tree/deploy/cluster-review@.service")
    line=${line//%i/$1}
    line=${line//\/opt\/cluster-review\/current/$home/current}
    # shellcheck disable=SC2086 # the line is words
    (cd "$home/current" && as $line) >"$home/log/$1.out" 2>>"$home/log/$1.json" &
    processes[$1]=$!
}

await() { # PORT
    for _ in $(seq 240); do
        if curl --silent --fail "http://127.0.0.1:$1/readyz" >/dev/null; then return; fi
        kill -0 "${processes[$1]}" 2>/dev/null || fail "the process on port $1 ended: $(tail -n 3 "$home/log/$1.json")"
        sleep 0.5
    done
    fail "port $1 was not ready in time"
}

stop() { # PORT
    kill "${processes[$1]}"
    wait "${processes[$1]}" || true
    unset "processes[$1]"
}

serve_all() { for port in "${ports[@]}"; do start "$port"; done; for port in "${ports[@]}"; do await "$port"; done; }
stop_all() { for port in "${ports[@]}"; do stop "$port"; done; }
build_in_force() { dashboard build | sed -n 's/^build \([0-9a-f]*\) .*/\1/p'; }

[ "$(id -u)" = 0 ] || fail "run it as root"
[ ! -e "$home" ] || fail "$home is there already"
[ -f "$tree/wheelhouse/requirements.lock" ] || fail "run make wheelhouse first"
for tool in nginx openssl curl setpriv unshare; do command -v "$tool" >/dev/null || fail "$tool is missing"; done
trap tidy_up EXIT

say "1. An account and its folders"
useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin "$account"
install -d -m 0755 "$home" "$home/releases" "$home/tls"
install -d -m 0700 -o "$account" -g "$account" "$home/state" "$home/backups" "$home/log"
environment=(
    "CLUSTER_REVIEW_WORKSPACE=$home/state/workspace"
    CLUSTER_REVIEW_SIGN_IN=public
    CLUSTER_REVIEW_TRUSTED_PROXIES=127.0.0.1
    CLUSTER_REVIEW_LOG_FORMAT=json
    PYTHONDONTWRITEBYTECODE=1
)

say "2. Installing a release from the wheelhouse, with the network cut off"
mkdir "$home/releases/1"
if [ -e "$tree/.git" ]; then
    git -C "$tree" archive HEAD
else
    tar -c -C "$tree" --exclude ./wheelhouse --exclude ./.venv .
fi | tar -x -C "$home/releases/1"
ln -s "$tree/wheelhouse" "$home/releases/1/wheelhouse"
(cd "$tree/wheelhouse" && sha256sum --quiet -c SHA256SUMS)
unshare --net bash -c "
    cd '$home/releases/1'
    '$python' -m venv .venv
    .venv/bin/python -m pip --disable-pip-version-check install --quiet --no-index \
        --find-links wheelhouse --require-hashes -r wheelhouse/requirements.lock"
ln -s releases/1 "$home/current"
seen "$("$home/current/.venv/bin/python" -m pip list --format freeze 2>/dev/null | wc -l) packages"

say "3. Two processes, and what doctor says"
serve_all
dashboard doctor --port "${ports[0]}" | tee "$home/log/doctor.txt" | sed 's/^/   /'
build=$(build_in_force)
seen "build $build"

say "4. The page through nginx, over TLS, below $base"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$home/tls/key.pem" -out "$home/tls/certificate.pem" 2>/dev/null
sed -e '/listen \[::\]/d' -e "s/listen 80;/listen 127.0.0.1:$http;/" \
    -e "s/listen 443 ssl;/listen 127.0.0.1:$https ssl;/" \
    -e "s/127.0.0.1:8501/127.0.0.1:${ports[0]}/; s/127.0.0.1:8502/127.0.0.1:${ports[1]}/" \
    -e "s|/etc/ssl/certs/cluster-review.pem|$home/tls/certificate.pem|" \
    -e "s|/etc/ssl/private/cluster-review.key|$home/tls/key.pem|" \
    -e "s|/var/log/nginx/cluster-review.log|$home/log/access.log|" \
    "$tree/deploy/nginx.conf" >"$home/site.conf"
cat >"$home/nginx.conf" <<EOF
daemon off; pid $home/nginx.pid; error_log $home/log/nginx.log;
events {}
http { include /etc/nginx/mime.types; include $home/site.conf; }
EOF
nginx -q -t -c "$home/nginx.conf" -p "$home"
nginx -c "$home/nginx.conf" -p "$home" &
processes[nginx]=$!
for _ in $(seq 50); do curl --silent --insecure "$site/" >/dev/null && break; sleep 0.1; done
fetch "$site/?lang=en" | has '<html lang="en">' || fail "no page"
status=$(curl --silent --insecure --output /dev/null --write-out '%{http_code}' "https://127.0.0.1:$https/metrics")
[ "$status" = 404 ] || fail "the proxy hands on the metrics: $status"
seen "$(fetch --output /dev/null --dump-header - "$site/?lang=en" | grep -ci -E '^(strict-transport|content-security|x-content-type|set-cookie)') security headers and the cookie"

say "5. A restart keeps a judge's session and draft"
(cd "$home/current" && as .venv/bin/python -c '
from dashboard.judging.judging import Judging
from dashboard.settings import settings
Judging(settings()).practice.open()')
jar=$home/log/cookies
post() { fetch --cookie-jar "$jar" --cookie "$jar" --header "Origin: https://127.0.0.1:$https" "$@"; }
post --data-urlencode round=practice-1 --data-urlencode code=JUDGE-77777 "$site/sign-in?lang=en"
line=(--data-urlencode applicant=KR-42 --data-urlencode criterion=c4 --data-urlencode field=points)
post "${line[@]}" --data-urlencode value=11.5 --data-urlencode was= "$site/score?lang=en" | has '"points":"11.5"' ||
    fail "the draft was not stored"
stop_all
status=$(curl --silent --insecure --output /dev/null --write-out '%{http_code}' "$site/")
[ "$status" = 502 ] || fail "with no process there is no page, and not $status"
serve_all
post "$site/sign-in?round=practice-1&lang=en" | has "Practice judge 6" || fail "the judge is signed out"
post "${line[@]}" --data-urlencode value=12 --data-urlencode was=11.5 "$site/score?lang=en" |
    has '"points":"12"' || fail "the draft is lost"
seen "signed in as before, and the draft is there"

say "6. A backup while it runs, the workspace wrecked, and all of it back at another path"
dashboard export kpi --region KR-27 --year 2019 --by Trial --out "$home/state/before.pdf" | tee "$home/log/edition" >/dev/null
edition=$(awk '{print $NF}' "$home/log/edition")
dashboard backup "$home/backups" | sed 's/^/   /'
stop_all
rm -rf "$home/state/workspace"
file=$(find "$home/backups" -name '*.tar.gz')
dashboard restore "$file" --to "$home/state/restored" | sed 's/^/   /'
environment[0]="CLUSTER_REVIEW_WORKSPACE=$home/state/restored"
serve_all
[ "$(build_in_force)" = "$build" ] || fail "another build"
dashboard export kpi --edition "$edition" --out "$home/state/after.pdf" >/dev/null
cmp "$home/state/before.pdf" "$home/state/after.pdf" || fail "the edition has other bytes"
post "$site/sign-in?round=practice-1&lang=en" | has "Practice judge 6" || fail "the judge is signed out"
dashboard panel verify practice-1 | sed 's/^/   /'
seen "the same build, the same bytes of edition $edition, the judge signed in"

say "7. A new version, and the way back"
stop_all
dashboard backup "$home/backups/before-upgrade.tar.gz" >/dev/null
cp -a "$home/releases/1" "$home/releases/2"
mart=$(find "$home/releases/2/queries/marts" -name '*.sql' | sort | head -n 1)
printf '\n-- A change of the SQL, as a new version has.\n' >>"$mart"
ln -sfn releases/2 "$home/current"
serve_all
newer=$(build_in_force)
[ "$newer" != "$build" ] || fail "the new version made no build"
seen "version 2 made build $newer at its start; edition $edition: $(dashboard export kpi --edition "$edition" --out "$home/state/newer.pdf" >/dev/null && cmp -s "$home/state/before.pdf" "$home/state/newer.pdf" && echo "the same bytes")"
stop_all
ln -sfn releases/1 "$home/current"
dashboard restore "$home/backups/before-upgrade.tar.gz" --to "$home/state/back" >/dev/null
environment[0]="CLUSTER_REVIEW_WORKSPACE=$home/state/back"
serve_all
[ "$(build_in_force)" = "$build" ] || fail "the way back leads elsewhere"
seen "version 1 with the backup: build $build again"

say "8. What is watched"
for port in "${ports[@]}"; do
    curl --silent --fail "http://127.0.0.1:$port/metrics" | grep -E '^cluster_review_(ready|build_info)' | sed "s/^/   $port: /"
done
dashboard doctor --port "${ports[0]}" --backups "$home/backups" >/dev/null || fail "doctor has something to mend"
cat "$home"/log/185*.json | "$home/current/.venv/bin/python" -c '
import json, sys
lines = [json.loads(line) for line in sys.stdin]
levels = sorted({one["level"] for one in lines})
print("  ", len(lines), "lines of the log are JSON, of the levels", ", ".join(levels))'
! grep -q -e JUDGE-77777 -e '?' "$home"/log/185*.json || fail "the log has a code or a query"
printf '\nAll of it was carried out.\n'
