"""The headers in the form that each web host reads: ``_headers``, and pieces of an nginx and a Caddy configuration.

``_headers`` lies in the folder itself, where Netlify and Cloudflare look for it and do not serve it. The two pieces are
for whoever runs a server: certificates, names and the folder are theirs.
"""

import re
from collections.abc import Iterator

from fieldguide import urls
from fieldguide.artifact import Caching
from fieldguide.headers import SECURITY_HEADERS, TRANSPORT_SECURITY
from fieldguide.rules import Rule, build_rules, media_types
from fieldguide.snapshot import Site

HEADERS_FILE = "_headers"

NGINX_ALIKE = """\
index index.html;
absolute_redirect off;
server_tokens off;

# A line of either log would carry the visitor's address.
access_log off;
error_log /dev/null;

# The files that the build compressed. brotli_static is of Debian's libnginx-mod-http-brotli-static.
gzip off;
gzip_static on;
gzip_vary on;
brotli_static on;

charset off;
default_type application/octet-stream;"""
CADDY_ANSWERS = """\
@unasked not method GET HEAD
header @unasked Allow `GET, HEAD`
error @unasked 405
file_server {
    precompressed br gzip
}"""
CADDY_MISSING = """\
    @missing expression `{err.status_code} == 404`
    handle @missing {
        rewrite * {guide_missing}
        file_server {
            precompressed br gzip
        }
    }"""
"""What is the same for every site: files and headers for nginx; what Caddy answers, and what to an unknown address."""


def headers_file(site: Site) -> str:
    """``_headers``. Both hosts answer over TLS only, so that what is for TLS only may always stand in it."""
    everywhere = Rule(f"{site.base}*", {**SECURITY_HEADERS, "Strict-Transport-Security": TRANSPORT_SECURITY})
    lines = ["# Written by build_pwa.py. A host reads this file at the root of what it serves."]
    for rule in (everywhere, *build_rules(site)):
        lines += [rule.pattern, *(f"  {name}: {value}" for name, value in rule.headers.items())]
    return _text(lines)


def nginx_file(site: Site) -> str:
    """What to include in a ``server`` block of nginx that has a ``root``, names and certificates."""
    types = {suffix.removeprefix("."): media_type for suffix, media_type in media_types(site).items()}
    lines = [
        "# Written by build_pwa.py. Include this in a server block that says listen, server_name and root, and",
        f"# nothing of these. {_whereabouts(site)}",
        NGINX_ALIKE,
        "types {",
        *(f'    "{media_type}" {suffix};' for suffix, media_type in types.items()),
        "}",
        "",
        "# No header may be added in a location: nginx would then leave out all of these.",
        *(f"add_header {name} {_quoted(value)} always;" for name, value in SECURITY_HEADERS.items()),
        "add_header Cache-Control $guide_caching always;",
        "add_header Strict-Transport-Security $guide_transport always;",
        "add_header Clear-Site-Data $guide_clearing always;",
        "",
        f"error_page 404 {site.base}${{guide_language}}404.html;",
        f'location ~ "{_unserved(site)}" {{ return 404; }}',
        f"location ^~ {site.base}.well-known/ {{ }}",
        "",
        "# What no line below names is kept by no browser. An empty header is not sent.",
        f'set $guide_caching "{Caching.NEVER}";',
        'set $guide_transport "";',
        'set $guide_clearing "";',
        'set $guide_language "";',
        f'if ($https) {{ set $guide_transport "{TRANSPORT_SECURITY}"; }}',
        f'if ($uri ~ "^{re.escape(site.base)}({_languages(site)})/") {{ set $guide_language $1/; }}',
    ]
    for name, variable in (("Cache-Control", "guide_caching"), ("Clear-Site-Data", "guide_clearing")):
        for expression, value in _unusual(site, name):
            lines.append(f'if ($uri ~ "{expression}") {{ set ${variable} {_quoted(value)}; }}')
    lines.append(f'if ($status = 404) {{ set $guide_caching "{Caching.NEVER}"; }}')
    return _text(lines)


def caddy_file(site: Site) -> str:
    """What to import in a site block of a Caddyfile that has a ``root`` and an address."""
    html = next(iter(media_types(site).values()))  # of the language screen
    lines = [
        "# Written by build_pwa.py. Import this in a site block that has a root and no log, and nothing else of these.",
        f"# {_whereabouts(site)}",
        "# Caddy writes the visitor's address beside an error of its own; the global options can keep it silent:",
        "#     log {",
        "#         exclude http.log.error",
        "#     }",
        *_caddy_maps(site, html),
        "header {",
        *(f"    {name} `{value}`" for name, value in SECURITY_HEADERS.items()),
        "    Cache-Control {guide_caching}",
        "    Content-Type {guide_type}",
        "}",
        "@tls protocol https",
        f"header @tls Strict-Transport-Security `{TRANSPORT_SECURITY}`",
    ]
    for number, (expression, value) in enumerate(_unusual(site, "Clear-Site-Data"), 1):
        lines += [f"@clear{number} path_regexp {expression}", f"header @clear{number} Clear-Site-Data `{value}`"]
    lines += [
        "@unserved {",
        f"    path_regexp `{_unserved(site)}`",
        f"    not path {site.base}.well-known/*",
        "}",
        "error @unserved 404",
        CADDY_ANSWERS,
        "handle_errors {",
        f"    header Cache-Control `{Caching.NEVER}`",
        f"    header Content-Type `{html}`",
        CADDY_MISSING,
        "}",
    ]
    return _text(lines)


def _caddy_maps(site: Site, html: str) -> list[str]:
    return [
        "map {path} {guide_caching} {",
        *(f"    `~{expression}` `{value}`" for expression, value in _unusual(site, "Cache-Control")),
        f"    default `{Caching.NEVER}`",
        "}",
        "map {path} {guide_type} {",
        *(f"    `~{re.escape(suffix)}$` `{kind}`" for suffix, kind in media_types(site).items() if kind != html),
        f"    default `{html}`",
        "}",
        "map {path} {guide_missing} {",
        f"    `~^{re.escape(site.base)}({_languages(site)})/` {site.base}${{1}}/404.html",
        f"    default {site.base}404.html",
        "}",
    ]


def _unserved(site: Site) -> str:
    """The expression of what lies in the folder and is no page: hidden files, the rules, compressed variants."""
    return rf"/\.|^{re.escape(site.base + HEADERS_FILE)}$|\.(br|gz)$"


def _unusual(site: Site, name: str) -> Iterator[tuple[str, str]]:
    """The expressions of the addresses at which a header is not what everything else is sent with."""
    for rule in build_rules(site):
        value = rule.headers.get(name)
        if value is not None and value != Caching.NEVER:
            yield rule.expression, value


def _languages(site: Site) -> str:
    """The languages that have a page for addresses that are unknown."""
    return "|".join(
        tag for tag, found in site.registry.languages.items() if urls.not_found_url(found) in site.artifacts
    )


def _whereabouts(site: Site) -> str:
    if site.base == "/":
        return "The root is the folder of the build."
    return f"The folder of the build lies in the root, as {site.base}"


def _quoted(value: str) -> str:
    return f"'{value}'" if '"' in value else f'"{value}"'


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
