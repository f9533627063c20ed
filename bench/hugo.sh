#!/bin/sh
# Hugo as bench/install_others.sh unpacked it, with the library that it wants.
there="$(dirname "$0")/../.cache/hugo/usr"
LD_LIBRARY_PATH="$(echo "$there"/lib/*)" exec "$there/bin/hugo" "$@"
