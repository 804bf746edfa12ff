#!/bin/bash
# openapi.sh REDRESS: web/openapi.json, which the console's types are made from, is what the program says of itself.
set -u -o pipefail
redress=$1
file=$(dirname "$(dirname "$(readlink -f "$0")")")/web/openapi.json
difference=$("$redress" schema openapi | diff -u "$file" -) && exit 0
head -n 40 <<<"$difference" >&2
printf 'web/openapi.json is not what the program says. Renew it with:\n    %s schema openapi > %s\n' "$redress" "$file" >&2
exit 1
