"""The headers: one source for Flask, the worker script, the pages themselves and every host's configuration."""

import base64
import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from fieldguide import urls
from fieldguide.artifact import Artifact

_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types fg",
)

CONTENT_SECURITY_POLICY = "; ".join(_POLICY)

NOT_IN_META = frozenset({"frame-ancestors", "report-uri", "report-to", "sandbox"})
"""Directives that browsers ignore, with an error in the console, where a page itself carries the policy."""

META_POLICY = "; ".join(directive for directive in _POLICY if directive.partition(" ")[0] not in NOT_IN_META)
"""The policy as each page carries it, for hosts that send no headers of ours."""


def file_policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """The policy of a page that is a file by itself: nothing is loaded, and nothing runs but these very scripts."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_by_hash, scripts))}",
            f"style-src {' '.join(map(_by_hash, styles))}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _by_hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Integrity-Policy": "blocked-destinations=(script)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), bluetooth=()",
}

TRANSPORT_SECURITY = "max-age=63072000"
"""Strict-Transport-Security, sent over TLS only."""


def own_headers(artifact: Artifact) -> dict[str, str]:
    """What is sent with one file beside the security headers and its type.

    The header that clears an origin goes with one file, which is asked for after *Remove*.
    """
    headers = {"Cache-Control": artifact.caching.value}
    if artifact.url == urls.CLEAR:
        headers["Clear-Site-Data"] = '"cache", "storage"'
    return headers


def own_path(location: str) -> str:
    """A redirect's target as a path of the host that was asked: the name in a request is whatever its sender wrote."""
    parts = urlsplit(location)
    return urlunsplit(("", "", f"/{parts.path.lstrip('/')}", parts.query, ""))
