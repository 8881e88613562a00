#!/bin/sh
# pages-judged.sh CHECKS SCRATCH TASKLEAK: what a page shows under Flagged is
# reported by its check, and what it shows under Fine by no check.
set -eu
checks=$1 scratch=$2 taskleak=$3
sh "$(dirname "$0")/extract-pages.sh" "$checks" "$scratch"
status=0
for block in "$scratch"/*-flagged.cpp; do
  id=$(basename "$block" -flagged.cpp)
  code=0
  "$taskleak" --checks="$id" "$block" -- -std=c++20 >"$block.log" 2>&1 || code=$?
  if [ $code -ne 1 ]; then
    echo "checks/$id/doc.md: what is flagged there gives no finding (exit $code)" >&2
    cat "$block.log" >&2
    status=1
  fi
done
for block in "$scratch"/*-fine.cpp; do
  code=0
  "$taskleak" "$block" -- -std=c++20 >"$block.log" 2>&1 || code=$?
  if [ $code -ne 0 ]; then
    echo "$(basename "$block" -fine.cpp): what is fine on its page is not (exit $code)" >&2
    cat "$block.log" >&2
    status=1
  fi
done
exit $status
