#!/bin/sh
# Debian's Chromium, Firefox and WebKitGTK with what drives them (Xvfb is WebKit's screen, procps tells when a browser has
# ended) and the fonts of the guide's scripts, for the browser tests, gettext with its library, for the tests of
# translators' tools, ffmpeg, for those of recordings, zbar, which reads QR codes, openssl, for TLS on this machine, and a
# compiler for a library that has no wheel for Debian's own Python.
exec sh "$(dirname "$0")/install.sh" chromium chromium-driver chromium-headless-shell firefox-esr webkit2gtk-driver python3-gi \
  gir1.2-webkit2-4.1 xvfb procps fonts-noto-core fonts-noto-cjk gettext libgettextpo0 ffmpeg zbar-tools openssl gcc libc6-dev python3-dev
