#!/bin/sh
# Debian's Hugo, and MkDocs Material in an environment of its own: only to compare with, so nothing is installed. Does nothing
# where they are there.
set -eu
cache="$(dirname "$0")/../.cache"
mkdir -p "$cache/hugo"
cd "$cache"
if [ ! -x mkdocs/bin/mkdocs ]; then
  python3 -m venv mkdocs
  mkdocs/bin/pip install --quiet --disable-pip-version-check mkdocs-material==9.8.2 || rm -r mkdocs
fi
[ -x hugo/usr/bin/hugo ] && exit 0
cd hugo
apt-get download -qq hugo libsass1 2>/dev/null || { apt-get update -qq && apt-get download -qq hugo libsass1 2>/dev/null; } || {
  echo "No Hugo: this needs Debian's packages." >&2
  exit 0
}
for package in *.deb; do dpkg-deb -x "$package" .; done
rm -- *.deb
