#!/bin/sh
# The Nu validator, which is what the W3C checks HTML with, and the Java that it runs on. Does nothing where they are there.
set -eu
here="$(dirname "$0")"
command -v java >/dev/null || sh "$here/install.sh" default-jre-headless
[ -f "$here/html/node_modules/vnu-jar/build/dist/vnu.jar" ] && exit 0
command -v npm >/dev/null || sh "$here/install.sh" npm
npm ci --silent --ignore-scripts --no-audit --no-fund --prefix "$here/html"
