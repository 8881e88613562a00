#!/bin/sh
# Makes a compile_commands.json for each real project named, and runs taskleak on
# it if TASKLEAK names the program. Nothing is downloaded: the Boost examples are
# those of Debian's libboost1.81-doc, of the others a checkout is given.
#
#   test/corpus/real.sh OUT boost-fiber boost-asio marl=PATH leveldb=PATH libzmq=PATH
#
# Writes OUT/NAME/compile_commands.json, and from a run OUT/NAME.sarif and
# OUT/NAME.txt. `score.py OUT` then compares the runs with verdicts.yaml.

set -eu

[ $# -ge 2 ] || { sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2; }
here=$(dirname "$(realpath "$0")")
mkdir -p "$1"
out=$(realpath "$1")
shift
: "${CC:=clang-22}" "${CXX:=clang++-22}"

configure() { # NAME CHECKOUT FLAGS...
  name=$1 checkout=$2
  shift 2
  cmake -S "$checkout" -B "$out/$name" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_EXPORT_COMPILE_COMMANDS=ON \
    -DCMAKE_C_COMPILER="$CC" -DCMAKE_CXX_COMPILER="$CXX" "$@" >"$out/$name.configure.txt" 2>&1 ||
    { echo "$name: does not configure, see $out/$name.configure.txt" >&2; exit 1; }
}

for project; do
  name=${project%%=*}
  checkout=${project#*=}
  case $name in
  boost-fiber | boost-asio)
    checkout=${BOOST_EXAMPLES:-/usr/share/doc/libboost1.81-doc/examples/libs}/${name#boost-}
    [ -d "$checkout" ] || { echo "$name: no $checkout; apt-get install libboost1.81-doc" >&2; exit 1; }
    python3 "$here/boost_commands.py" "$checkout" "$out/$name" "$CXX"
    ;;
  marl) configure marl "$checkout" -DMARL_BUILD_EXAMPLES=ON ;;
  leveldb) configure leveldb "$checkout" -DCMAKE_CXX_STANDARD=17 -DLEVELDB_BUILD_TESTS=OFF -DLEVELDB_BUILD_BENCHMARKS=OFF ;;
  libzmq) configure libzmq "$checkout" -DBUILD_TESTS=ON -DWITH_PERF_TOOL=ON ;;
  *) echo "unknown project '$name'" >&2; exit 2 ;;
  esac
  printf '%s\n' "$checkout" >"$out/$name/root.txt"
  [ -n "${TASKLEAK:-}" ] || continue
  "$TASKLEAK" -p "$out/$name" --root="$checkout" --sarif="$out/$name.sarif" --exit-zero ${TASKLEAK_FLAGS:-} >"$out/$name.txt" 2>&1 ||
    echo "$name: taskleak failed, see $out/$name.txt" >&2
done
