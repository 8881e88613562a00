#!/bin/sh
# extract-pages.sh CHECKS SCRATCH: each code block of each check's page as a file,
# ID-flagged.cpp and ID-fine.cpp; a page without one of the two is refused.
set -eu
checks=$1 scratch=$2
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
exit $status
