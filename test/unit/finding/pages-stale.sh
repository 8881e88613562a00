#!/bin/sh
# pages-stale.sh TASKLEAK-DOCS SCRATCH: --check finds a page that was edited by
# hand, one that is missing, one that belongs to no check, and a README without marks.
set -eu
docs=$1 root=$2
rm -rf "$root"
mkdir -p "$root"

refused() {
  status=0
  "$docs" --check "$root" 2>"$root.log" || status=$?
  if [ $status -eq 0 ] || ! grep -q "$1" "$root.log"; then
    echo "not told: $1" >&2
    cat "$root.log" >&2
    exit 1
  fi
}

echo "no table here" >"$root/README.md"
refused "add the two marks"

printf 'before\n<!-- checks -->\nold\n<!-- /checks -->\nafter\n' >"$root/README.md"
refused "README.md: is stale"
"$docs" "$root"
"$docs" --check "$root"
grep -q '^before$' "$root/README.md"
grep -q '^after$' "$root/README.md"

echo more >>"$root/docs/checks/lost-cancel.md"
refused "lost-cancel.md: is stale"
rm "$root/docs/checks/lost-cancel.md"
refused "lost-cancel.md: is stale"
echo old >"$root/docs/checks/gone.md"
refused "gone.md: belongs to no check"
"$docs" "$root"
"$docs" --check "$root"
test ! -e "$root/docs/checks/gone.md"
