#!/bin/sh
# Brings Microsoft's SARIF Multitool, pinned, into the build folder; once.
#   multitool.sh FOLDER
set -eu
version=5.7.0
name=@microsoft/sarif-multitool-linux
package=$1/node_modules/$name
if [ ! -x "$package/Sarif.Multitool" ] || ! grep -q "\"version\": \"$version\"" "$package/package.json"; then
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$1" "$name@$version"
  chmod u+x "$package/Sarif.Multitool"
fi
