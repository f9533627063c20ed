#!/bin/sh
# Debian's Chromium, Firefox and WebKitGTK with what drives them (Xvfb is WebKit's screen, procps tells when a browser has
# ended) and the fonts of the guide's scripts, for the browser tests, gettext with its library, for the tests of
# translators' tools, and ffmpeg, for those of recordings. Does nothing where they are there.
set -eu
missing=""
for package in chromium chromium-driver firefox-esr webkit2gtk-driver python3-gi gir1.2-webkit2-4.1 xvfb procps \
  fonts-noto-core fonts-noto-cjk gettext libgettextpo0 ffmpeg; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
  echo "The tests need:$missing" >&2
  echo "Install them as root:  apt-get install$missing" >&2
  exit 1
fi
apt-get update -qq
# shellcheck disable=SC2086 # a list of package names
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
