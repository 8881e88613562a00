#!/bin/sh
# Makes a compile_commands.json for each real project named, and runs taskleak on
# it if TASKLEAK names the program. Nothing is downloaded: the Boost examples are
# those of Debian's libboost1.81-doc, of the others a checkout is given.
#
#   test/corpus/real.sh OUT boost-fiber boost-asio NAME=PATH...
#
# NAME is one of the cases below. libzmq, photon, thrift and onetbb need packages for what
# they are built with: libssl-dev libcurl4-openssl-dev libaio-dev libevent-dev libhwloc-dev.
# The checkouts of the tests: boostorg/fiber and boostorg/asio at boost-1.81.0,
# whose headers Debian installs; libstdc++-v3/testsuite of GCC 12's sources.
#
# Writes OUT/NAME/compile_commands.json, and from a run OUT/NAME.sarif and
# OUT/NAME.txt. `score.py OUT` then compares the runs with verdicts.yaml.

set -eu

[ $# -ge 2 ] || { sed -n '2,14s/^# \{0,1\}//p' "$0"; exit 2; }
here=$(dirname "$(realpath "$0")")
mkdir -p "$1"
out=$(realpath "$1")
shift
: "${CC:=clang-22}" "${CXX:=clang++-22}"

configure() { # FLAGS...
  cmake -S "$root" -B "$out/$name" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_EXPORT_COMPILE_COMMANDS=ON \
    -DCMAKE_C_COMPILER="$CC" -DCMAKE_CXX_COMPILER="$CXX" "$@" >"$out/$name.configure.txt" 2>&1 ||
    { echo "$name: does not configure, see $out/$name.configure.txt" >&2; exit 1; }
}

for project; do
  name=${project%%=*}
  case $project in
  *=*) root=$(realpath "${project#*=}") ;;
  boost-fiber | boost-asio) root=/usr/share/doc/libboost1.81-doc/examples/libs/${name#boost-} ;;
  *) echo "$name: give its checkout as $name=PATH" >&2; exit 2 ;;
  esac
  [ -d "$root" ] || { echo "$name: no folder $root" >&2; exit 1; }
  case $name in
  marl) configure -DMARL_BUILD_EXAMPLES=ON ;;
  leveldb) configure -DCMAKE_CXX_STANDARD=17 -DLEVELDB_BUILD_TESTS=OFF -DLEVELDB_BUILD_BENCHMARKS=OFF ;;
  libzmq) configure -DBUILD_TESTS=ON -DWITH_PERF_TOOL=ON ;;
  libuv | photon) configure ;;
  async_simple)
    configure -DASYNC_SIMPLE_ENABLE_TESTS=OFF -DASYNC_SIMPLE_BUILD_DEMO_EXAMPLE=OFF -DASYNC_SIMPLE_DISABLE_AIO=ON
    ;;
  libunifex) configure -DBUILD_TESTING=OFF ;;
  taskflow) configure -DTF_BUILD_TESTS=OFF ;;
  cppcheck) configure -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON ;;
  thrift)
    configure -DBUILD_TESTING=OFF -DBUILD_JAVA=OFF -DBUILD_PYTHON=OFF -DBUILD_C_GLIB=OFF -DBUILD_JAVASCRIPT=OFF \
      -DBUILD_NODEJS=OFF -DBUILD_KOTLIN=OFF
    ;;
  onetbb) configure -DTBB_TEST=OFF -DTBB_STRICT=OFF ;;
  boost-* | *-tests) python3 "$here/commands.py" "$name" "$root" "$out/$name" "$CXX" ;;
  *) echo "unknown project '$name'" >&2; exit 2 ;;
  esac
  [ -n "${TASKLEAK:-}" ] || continue
  "$TASKLEAK" -p "$out/$name" --root="$root" --sarif="$out/$name.sarif" --stats="$out/$name.json" --exit-zero ${TASKLEAK_FLAGS:-} \
    >"$out/$name.txt" 2>&1 || echo "$name: taskleak failed, see $out/$name.txt" >&2
done
