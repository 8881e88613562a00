#!/bin/sh
# new-check.sh NAME [ROOT]: makes checks/NAME with a check that builds, a page
# with all headings, and a fixture that fails until it is filled in.
set -eu

name=${1:?usage: new-check.sh NAME [ROOT]}
here=$(cd "$(dirname "$0")" && pwd)
root=${2:-$(dirname "$here")}
folder=$root/checks/$name

case $name in
*[!a-z0-9-]* | [!a-z]* | *- | *--*)
  echo "new-check: '$name': an id is lower case words with '-' between, as 'lost-cancel'" >&2
  exit 2 ;;
no-* | avoid-* | check-*)
  echo "new-check: '$name': an id names the fault; leave out '${name%%-*}-'" >&2
  exit 2 ;;
esac
if [ -e "$folder" ]; then
  echo "new-check: checks/$name is there already" >&2
  exit 2
fi

constant=$(printf '%s\n' "$name" | awk -F- '{ for (i = 1; i <= NF; ++i) printf "%s", toupper(substr($i, 1, 1)) substr($i, 2) }')
version=$(sed -n 's/^project(taskleak VERSION \([0-9]*\.[0-9]*\).*/\1/p' "$root/CMakeLists.txt")
indent=$(printf '%*s' $((${#constant} + 16)) '')

mkdir -p "$folder"
for file in Check.cpp doc.md test.cpp; do
  sed -e "s/@CONSTANT@/$constant/g" -e "s/@ID@/$name/g" -e "s/@VERSION@/$version/g" \
    -e "s/@INDENT@/$indent/g" "$here/NewCheck/$file.in" >"$folder/$file"
done

echo "made checks/$name: write test.cpp first, then Check.cpp and doc.md (docs/writing-a-check.md)"
