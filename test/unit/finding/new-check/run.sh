#!/bin/sh
# run.sh SOURCE SCRATCH CXX CMAKE-ARGUMENTS...: makes a check in a copy, builds
# it, and sees that it is listed and that its fixture fails as it stands.
set -eu
source=$1 scratch=$2 cxx=$3
shift 3

rm -rf "$scratch"
mkdir -p "$scratch/checks"
cp -r "$source/cmake" "$scratch/"
cp "$source/checks/CMakeLists.txt" "$scratch/checks/"
cp "$source"/test/unit/finding/new-check/CMakeLists.txt "$source"/test/unit/finding/new-check/list.cpp "$scratch/"

"$scratch/cmake/new-check.sh" some-fault
cmake -S "$scratch" -B "$scratch/build" -G Ninja -DCMAKE_CXX_COMPILER="$cxx" "$@" >"$scratch/log"
cmake --build "$scratch/build" >>"$scratch/log" || { cat "$scratch/log"; exit 1; }
test "$("$scratch/build/list")" = some-fault

# The expectation in the new fixture is not met until there is a check that meets it.
if "$cxx" -std=c++20 -fsyntax-only -Xclang -verify "$scratch/checks/some-fault/test.cpp" 2>/dev/null; then
  echo "the fixture of a new check passes, though nothing is filled in" >&2
  exit 1
fi

# What is there already, and what is no id, is refused.
for bad in some-fault Some_Fault no-fault; do
  if "$scratch/cmake/new-check.sh" "$bad" 2>/dev/null; then
    echo "new-check accepts '$bad'" >&2
    exit 1
  fi
done
