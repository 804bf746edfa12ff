#!/bin/bash
# bench/run.sh [SIZES…]: measures whole paths at each number of cases and prints Markdown tables. Default sizes 1000 20000 100000.
# bench/run.sh language [DATA]: what classifier and emotion model reach on the corpora in DATA (default ../shared/data).
# bench/run.sh search [SIZE [DATA]]: search and similar cases over SIZE different texts, against a plain scan (default 100000).
# REDRESS_BENCH_POSTGRES=1 measures PostgreSQL beside SQLite. Needs wrk and node; builds into build/release.
set -u
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
build=$root/build/release
if [ "${1:-}" = language ]; then
    cmake --preset release -S "$root" -DREDRESS_BENCH=ON >/dev/null && ninja -C "$build" redress_language_bench >/dev/null || exit 1
    exec "$build/redress_language_bench" "${2:-$root/../shared/data}" "$root/models"
fi
mode=
[ "${1:-}" != search ] || { mode=search; shift; }
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(1000 20000 100000)
scratch=$(mktemp -d)
server=
clean_up() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    "$root/tests/postgres.sh" stop "$scratch/pg" >/dev/null 2>&1
    rm -rf "$scratch"
}
trap clean_up EXIT

command -v wrk >/dev/null || { echo "wrk is missing: apt-get install wrk" >&2; exit 1; }
cmake --preset release -S "$root" -DREDRESS_BENCH=ON >/dev/null && ninja -C "$build" redress redress_bench >/dev/null || exit 1

row() { printf '| %s | %s | %s |\n' "$1" "$2" "$3"; }
table() { while IFS=$'\t' read -r name value unit; do row "$name" "$value" "$unit"; done; }

# serve OPTIONS: starts the desk, sets url and how long the first answer took.
serve() {
    local begun=$EPOCHREALTIME
    "$build/redress" serve "$@" --port 0 >"$scratch/out" 2>&1 &
    server=$!
    for _ in $(seq 2000); do
        url=$(grep -o 'http://[0-9.:]*' "$scratch/out") && curl -sf "$url/livez" >/dev/null && break
        sleep 0.005
    done
    row "start to first answer" "$(awk "BEGIN{printf \"%.2f\", $EPOCHREALTIME-$begun}")" s
}
stop() { kill "$server" && wait "$server"; server=; }

# load NAME SCRIPT CONNECTIONS
load() {
    wrk -t"$(($3 > 1 ? 2 : 1))" -c"$3" -d5s --latency -s "$root/bench/$2" "$url" >"$scratch/wrk" 2>&1
    row "$1, $3 connections" "$(awk '/Requests\/sec/{print $2}' "$scratch/wrk")" "/s"
    row "$1, $3 connections, p50 / p99" "$(awk '/ 50%/{print $2}' "$scratch/wrk") / $(awk '/ 99%/{print $2}' "$scratch/wrk")" ""
    local failed
    failed=$(awk '/Non-2xx/{print $NF}' "$scratch/wrk")
    [ -z "$failed" ] || row "$1: answers other than 2xx" "$failed" ""
}

# per_second NAME COUNT UNIT COMMAND…: how many of COUNT things the command did in a second; "told" is the first number
# in the last line it said.
per_second() {
    local name=$1 count=$2 unit=$3 begun=$EPOCHREALTIME
    shift 3
    "$@" >"$scratch/said" 2>&1 || { row "$name" "failed: $(tail -1 "$scratch/said")" ""; return; }
    local took
    took=$(awk "BEGIN{print $EPOCHREALTIME-$begun}")
    [ "$count" != told ] || count=$(tail -1 "$scratch/said" | grep -o '[0-9]*' | head -1)
    row "$name" "$(awk "BEGIN{printf \"%.0f\", $count/$took}")" "$unit"
}

# complaints COUNT: a CSV file as bench/import.toml reads it.
complaints() {
    echo "id,time,text,name,phone"
    awk -v count="$1" 'BEGIN {
        for (i = 1; i <= count; ++i)
            printf "B%d,2026-10-%02dT%02d:%02d:00+08:00,第%d件：冰箱用了一个月就不制冷了，食物全坏，售后电话排队四十分钟没有人接。,李雷%d,137%08d\n",
                i, i % 28 + 1, i % 24, i % 60, i, i, i
    }'
}

measure_import() {
    local count=$1
    shift
    "$build/redress" admin create boss --name Boss --password quiet-harbour-42 "$@" >/dev/null || return
    complaints "$count" >"$scratch/import.csv"
    per_second "import of $count rows, all on" "$count" rows/s \
        "$build/redress" import complaints --mapping "$root/bench/import.toml" "$scratch/import.csv" "$@"
}

measure() {
    local size=$1
    shift
    "$build/redress" admin create boss --name Boss --password quiet-harbour-42 "$@" >/dev/null || return
    KEY=$("$build/redress" key create bench --by boss --roles intake,manager "$@" 2>/dev/null)
    export KEY
    serve "$@"
    row "memory after start" "$(awk '/VmRSS/{printf "%d", $2/1024}' "/proc/$server/status")" MiB
    local page
    page=$(curl -s -H "Authorization: Bearer $KEY" "$url/api/v1/queue?view=open&limit=50")
    FIRST=$(grep -o '"items":\[{"id":[0-9]*' <<<"$page" | grep -o '[0-9]*$')
    # Every filing of the bulk takes three ids: customer, case, notice.
    FIRST=$FIRST LAST=$((FIRST + 3 * (size - 1))) STEP=3 PAGE='' load "open a case with its story, any of them" read.lua 32
    PAGE="/api/v1/queue?view=open&limit=50" load "queue page of 50 with all counts" read.lua 32
    PAGE="/api/v1/search?q=%E5%86%B0%E7%AE%B1" load "search, newest 50, a word that is in every case" read.lua 32
    PAGE="/api/v1/search?q=1390000042" load "search, a telephone number" read.lua 32
    load "file a complaint over HTTP" file.lua 1
    load "file a complaint over HTTP" file.lua 32
    [ "$size" != 20000 ] || node "$root/bench/streams.mjs" "$url" "$KEY" 1000 | table
    row "memory at the end" "$(awk '/VmRSS/{printf "%d", $2/1024}' "/proc/$server/status")" MiB
    stop
}

# measure_search SIZE DATA STORE…: the store is given as options of redress.
measure_search() {
    local size=$1 corpus=$2
    shift 2
    "$build/redress" admin create boss --name Boss --password quiet-harbour-42 "$@" >/dev/null || return
    KEY=$("$build/redress" key create bench --by boss --roles intake,manager "$@" 2>/dev/null)
    node "$root/bench/search.mjs" write "$corpus" "$size" >"$scratch/texts.csv" || return
    per_second "import of $size rows, all on" "$size" rows/s \
        "$build/redress" import complaints --mapping "$root/bench/import.toml" "$scratch/texts.csv" "$@"
    serve "$@"
    sleep 30 # it learns which words are rare
    node "$root/bench/search.mjs" measure "$corpus" "$size" "$url" "$KEY" | table
    stop
}

echo "Machine: $(nproc) cores, $(date -u +%F)"
if [ "$mode" = search ]; then
    size=${1:-100000}
    printf '\n### SQLite, %s different texts\n\n| what | figure | unit |\n| --- | --- | --- |\n' "$size"
    mkdir -p "$scratch/search"
    measure_search "$size" "${2:-$root/../shared/data}" --data "$scratch/search"
    [ -n "${REDRESS_BENCH_POSTGRES:-}" ] || exit 0
    chmod 755 "$scratch"
    conninfo=$("$root/tests/postgres.sh" start "$scratch/pg") || exit 1
    printf '\n### PostgreSQL, %s different texts\n\n| what | figure | unit |\n| --- | --- | --- |\n' "$size"
    measure_search "$size" "${2:-$root/../shared/data}" --database "$conninfo" --data "$scratch/pgdata"
    exit 0
fi
for size in "${sizes[@]}"; do
    printf '\n### SQLite, %s cases\n\n| what | figure | unit |\n| --- | --- | --- |\n' "$size"
    data=$scratch/$size
    mkdir -p "$data"
    "$build/redress_bench" raw "$data" | table
    rm -f "$data"/raw.db*
    "$build/redress_bench" seed "$data" "$size" | table
    "$build/redress_bench" door "$data" 4 | table
    measure "$size" --data "$data"
    row "store" "$(du -sm "$data" | cut -f1)" MiB
    # What is linear is not measured again on the largest store.
    if [ "$size" -le 100000 ]; then
        per_second "rebuilt from events and compared (verify --rebuild)" told cases/s \
            "$build/redress" verify --rebuild --data "$data"
        "$build/redress_bench" clocks "$data" | table
        rm -rf "$data"
        mkdir -p "$data" && measure_import "$size" --data "$data"
    fi
    rm -rf "$data"
done
if [ -n "${REDRESS_BENCH_POSTGRES:-}" ]; then
    chmod 755 "$scratch"  # the server has a user of its own
    conninfo=$("$root/tests/postgres.sh" start "$scratch/pg") || exit 1
    printf '\n### PostgreSQL, 20000 cases\n\n| what | figure | unit |\n| --- | --- | --- |\n'
    "$build/redress_bench" seed "$conninfo" 20000 | table
    "$build/redress_bench" door "$conninfo" 4 | table
    measure 20000 --database "$conninfo" --data "$scratch/pgdata"
    "$build/redress_bench" clocks "$conninfo" | table
fi
