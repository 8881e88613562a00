#!/bin/sh
# pages-compile.sh CHECKS SCRATCH CXX: each code block of each check's page is a
# program of its own that compiles without a warning.
set -eu
checks=$1 scratch=$2 cxx=$3
sh "$(dirname "$0")/extract-pages.sh" "$checks" "$scratch"
status=0
for block in "$scratch"/*.cpp; do
  "$cxx" -std=c++20 -fsyntax-only -Wall -Wextra -Werror "$block" || status=1
done
exit $status
