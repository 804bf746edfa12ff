#!/bin/bash
# tests/format.sh [--check]: brings every C++ file of ours into the form of .clang-format, or says which are not.
set -u
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1

folders=()
for folder in src tests fuzz bench cmake/embed; do
    [ -d "$folder" ] && folders+=("$folder")
done
mapfile -d '' -t files < <(find "${folders[@]}" -name node_modules -prune -o \( -name '*.cpp' -o -name '*.hpp' \) -print0 | sort -z)
if [ "${1:-}" = --check ]; then
    exec clang-format-14 --dry-run -Werror "${files[@]}"
fi
exec clang-format-14 -i "${files[@]}"
