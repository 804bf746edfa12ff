#!/bin/bash
# tests/lint.sh [--all | --since COMMIT | files…]: clang-tidy with .clang-tidy on the files given, on all, on what changed
# since a commit, or (without arguments) on what is not committed yet. Needs clang-tidy-19 and a build folder made by `cmake --preset dev`. Too slow for ./test
# (about ten seconds a file), so it is run by hand before a change is handed in.
set -u
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1

build=${REDRESS_LINT_BUILD:-build/dev}
if [ ! -e "$build/compile_commands.json" ]; then
    echo "Run 'cmake --preset dev' first: $build/compile_commands.json is missing." >&2
    exit 1
fi
changed_since() {
    git diff --name-only --diff-filter=d "$1" -- 'src/*.cpp'
    git ls-files --others --exclude-standard -- 'src/*.cpp'
}

case ${1:-} in
    --all) mapfile -t files < <(git ls-files 'src/*.cpp') ;;
    --since) mapfile -t files < <(changed_since "$2") ;;
    '') mapfile -t files < <(changed_since HEAD) ;;
    *) files=("$@") ;;
esac
if [ ${#files[@]} -eq 0 ]; then
    echo "No C++ file has changed."
    exit 0
fi
# g++ 12's <expected> asks for a later value of __cpp_concepts than clang 19 gives; toolchain.cmake does the same.
printf '%s\0' "${files[@]}" |
    xargs -0 -P "$(nproc)" -n 1 clang-tidy-19 -p "$build" --quiet --extra-arg=-U__cpp_concepts --extra-arg=-D__cpp_concepts=202002L
