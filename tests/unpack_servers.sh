#!/bin/sh
# Debian's nginx and Caddy, for the tests of what the build writes for them. Unpacked into .cache/, not installed: packages
# of servers start them, on port 80 of whoever only wants to run the tests. Does nothing where they are there.
set -eu
servers="$(dirname "$0")/../.cache/servers"
[ -x "$servers/usr/sbin/nginx" ] && [ -x "$servers/usr/bin/caddy" ] && exit 0
mkdir -p "$servers/packages"
cd "$servers/packages"
packages="nginx libnginx-mod-http-brotli-static caddy"
# shellcheck disable=SC2086 # a list of package names
apt-get download -qq $packages 2>/dev/null || { apt-get update -qq && apt-get download -qq $packages; } || {
  echo "No nginx and no Caddy: the tests of their configurations are left out." >&2
  exit 0
}
for package in *.deb; do dpkg-deb -x "$package" ..; done
rm -- *.deb
