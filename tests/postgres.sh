#!/bin/sh
# A throw-away PostgreSQL server for tests.
#   tests/postgres.sh start DIR   creates a cluster in DIR (absent or empty), starts it, prints its conninfo
#   tests/postgres.sh stop DIR    stops it and removes DIR
set -eu

bin=${POSTGRES_BIN:-/usr/lib/postgresql/15/bin}

usage() {
    sed -n '2,4s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

# initdb and postgres refuse to run as root.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

[ $# = 2 ] || usage
dir=$(realpath -m "$2")

start() {
    mkdir -p "$dir"
    [ -z "$(ls -A "$dir")" ] || { echo "$dir is not empty" >&2; exit 1; }
    if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
    cd "$dir"
    as_server "$bin/initdb" --pgdata="$dir/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
        >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
    as_server sh -c "cat >>'$dir/data/postgresql.conf'" <<EOF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$dir'
fsync = on
max_connections = 200
shared_buffers = 64MB
EOF
    # The port may be taken by another: try some.
    for port in $(shuf -i 20000-60000 -n 10); do
        if as_server "$bin/pg_ctl" --pgdata="$dir/data" --log="$dir/server.log" --wait --timeout=60 \
            --options="-p $port" start >/dev/null 2>&1; then
            echo "host=127.0.0.1 port=$port user=postgres"
            return
        fi
    done
    cat "$dir/server.log" >&2
    exit 1
}

stop() {
    [ -f "$dir/data/PG_VERSION" ] || { echo "$dir holds no cluster" >&2; exit 1; }
    cd /
    as_server "$bin/pg_ctl" --pgdata="$dir/data" --wait --mode=immediate stop >/dev/null 2>&1 || true
    rm -rf "$dir"
}

case $1 in
    start) start ;;
    stop) stop ;;
    *) usage ;;
esac
