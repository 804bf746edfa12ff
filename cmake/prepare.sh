# shellcheck shell=bash disable=SC2034
# Sourced by ./run and ./test: installs what is missing from Debian's own packages and builds the release preset.
# Every function returns non-zero on failure after saying why; nothing here removes a package.

redress_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
redress_build="$redress_root/build/release"
redress_logs="$redress_root/build"

build_packages=(g++ cmake ninja-build mold ccache pkgconf tzdata libssl-dev libsqlite3-dev libpq-dev libicu-dev
    libsodium-dev libre2-dev libfmt-dev libspdlog-dev libcli11-dev libhowardhinnant-date-dev libtomlplusplus-dev
    libuchardet-dev libqrencode-dev libcurl4-openssl-dev prometheus-cpp-dev)
command -v node >/dev/null || build_packages+=(nodejs)
command -v npm >/dev/null || build_packages+=(npm)
boost_packages=(libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev)

say() {
    printf '%s\n' "$@"
}

# fail_with WHAT LOG: the end of a log and where the rest is.
fail_with() {
    {
        say "" "$1 The last lines of $2:"
        tail -n 25 "$2" | sed 's/^/    /'
        say "The whole log: $2"
    } >&2
    return 1
}

# missing_of PACKAGES…: those that are not installed, one a line.
missing_of() {
    local installed package
    installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | sed -n 's/ installed$//p')
    for package in "$@"; do
        grep -qxF -- "$package" <<<"$installed" || printf '%s\n' "$package"
    done
}

# as_root COMMAND…: apt-get without questions, through sudo when that is needed and there.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

may_install() {
    if ! command -v apt-get >/dev/null; then
        say "This system has no apt-get. Redress is built on Debian 12; please install the counterparts of: $*" >&2
        return 1
    fi
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        say "These packages are missing and only root can install them:" "    apt-get install $*" \
            "Please run that as root, then start this command again." >&2
        return 1
    fi
}

# unpack_boost: Boost 1.81 below build/deps/boost, for machines whose own Boost must stay. Only static libraries are
# kept there, so that the program finds nothing missing when the folder is gone.
unpack_boost() {
    local target="$redress_root/build/deps/boost" fresh="$redress_root/build/deps/boost.new" package
    say "This machine keeps another Boost; Boost 1.81 is unpacked into build/deps/boost instead."
    rm -rf "$target" "$fresh" && mkdir -p "$fresh/packages" || return 1
    (cd "$fresh/packages" && apt-get download "${boost_packages[@]}" libboost-container1.81-dev libboost-system1.81-dev) || return 1
    for package in "$fresh"/packages/*.deb; do
        dpkg-deb -x "$package" "$fresh" || return 1
    done
    find "$fresh/usr/lib" -name '*.so' -delete
    rm -rf "$fresh/packages" && mv "$fresh" "$target"
}

has_boost() {
    [ -e "$redress_root/build/deps/boost/usr/include/boost/version.hpp" ] || [ -z "$(missing_of "${boost_packages[@]}")" ]
}

install_all() {
    local others=() package
    for package in "$@"; do
        case $package in libboost*) ;; *) others+=("$package") ;; esac
    done
    as_root apt-get update || return 1
    if [ ${#others[@]} -gt 0 ]; then
        as_root apt-get install -y --no-install-recommends --no-remove "${others[@]}" || return 1
    fi
    has_boost && return 0
    if apt-get -s install --no-install-recommends "${boost_packages[@]}" | grep -q '^Remv '; then
        unpack_boost
    else
        as_root apt-get install -y --no-install-recommends --no-remove "${boost_packages[@]}"
    fi
}

# install_missing PACKAGES…: quick and without network when nothing is missing. Log: build/install.log.
install_missing() {
    local log="$redress_logs/install.log" missing=() status=0
    mkdir -p "$redress_logs" || return 1
    command -v dpkg-query >/dev/null || return 0 # not Debian: the configuration names what is missing
    mapfile -t missing < <(missing_of "$@")
    has_boost || mapfile -t -O "${#missing[@]}" missing < <(missing_of "${boost_packages[@]}")
    [ ${#missing[@]} -eq 0 ] && return 0
    may_install "${missing[@]}" || return 1
    say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    install_all "${missing[@]}" >"$log" 2>&1 || status=$?
    [ $status -eq 0 ] || fail_with "Installing did not succeed." "$log"
}

# As many compilers at once as there are processors, and 1.5 GB of memory for each.
build_jobs() {
    local by_memory processors
    processors=$(nproc)
    by_memory=$(awk '/^MemAvailable:/ {print int($2 / 1500000)}' /proc/meminfo)
    [ "${by_memory:-1}" -ge 1 ] || by_memory=1
    if [ "$by_memory" -lt "$processors" ]; then say "$by_memory"; else say "$processors"; fi
}

# show_progress PID LOG: ninja's "[n/m]" on one line while the process runs, on a terminal only.
show_progress() {
    [ -t 1 ] || return 0
    while kill -0 "$1" 2>/dev/null; do
        printf '\r    %s ' "$(grep -o '^\[[0-9]*/[0-9]*\]' "$2" | tail -n 1)"
        sleep 1
    done
    printf '\r\033[K'
}

configure() {
    local cache="$redress_build/CMakeCache.txt"
    if [ -e "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$redress_root" "$cache"; then
        rm -rf "$redress_build" # the checkout was moved or copied; CMake refuses such a folder
    fi
    if [ "$1" = with_tests ] && ! grep -qxF 'REDRESS_TESTS:BOOL=ON' "$cache" 2>/dev/null; then
        cmake -S "$redress_root" --preset release -DREDRESS_TESTS=ON
    elif [ ! -e "$redress_build/build.ninja" ]; then
        cmake -S "$redress_root" --preset release -DREDRESS_TESTS=OFF
    fi
}

# build with_tests|program: the release preset into build/release. Log: build/build.log.
build() {
    local log="$redress_logs/build.log" target=redress pid status=0
    [ "$1" = with_tests ] && target=all
    cd "$redress_root" || return 1
    (
        flock 9
        configure "$1" && ninja -C "$redress_build" -j "$(build_jobs)" "$target"
    ) 9>"$redress_logs/.lock" >"$log" 2>&1 &
    pid=$!
    show_progress "$pid" "$log"
    wait "$pid" || status=$?
    [ $status -eq 0 ] || fail_with "Building did not succeed." "$log"
}
