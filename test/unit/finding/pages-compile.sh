#!/bin/sh
# pages-compile.sh CHECKS SCRATCH CXX: each code block of each check's page is a
# program of its own that compiles without a warning; Flagged and Fine have one each.
set -eu
checks=$1 scratch=$2 cxx=$3
rm -rf "$scratch"
mkdir -p "$scratch"
status=0
for page in "$checks"/*/doc.md; do
  id=$(basename "$(dirname "$page")")
  awk -v out="$scratch/$id" '
    /^## / { heading = tolower($2) }
    /^```cpp/ { file = out "-" heading ".cpp"; inside = 1; next }
    /^```/ { inside = 0 }
    inside { print > file }' "$page"
  for part in flagged fine; do
    if [ ! -s "$scratch/$id-$part.cpp" ]; then
      echo "checks/$id/doc.md: no code under '$part'" >&2
      status=1
    fi
  done
done
for block in "$scratch"/*.cpp; do
  "$cxx" -std=c++20 -fsyntax-only -Wall -Wextra -Werror "$block" || status=1
done
exit $status
