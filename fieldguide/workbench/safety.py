"""Who may ask the workbench for anything: the browser of the person who started it, from the workbench's own pages.

Other sites in the same browser could send it forms, show it in a frame, or, by a name that suddenly points to this
machine, pretend to be it. Each of these is refused before anything is read.
"""

import hmac
import secrets
from dataclasses import dataclass, field

from flask import Response, request

from fieldguide.headers import CONTENT_SECURITY_POLICY, SECURITY_HEADERS, own_path

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
FORM_LIMIT = 64 * 1024
"""Bytes of a form; a text of the guide has at most a few hundred."""

SOUND_LIMIT = 4 * 1024 * 1024
"""Bytes of a form with a recording: a minute, as generously as any browser writes it."""

_OWN = {"form-action": "'self'", "frame-src": "'self'", "trusted-types": "'none'"}
_PROOF = {"script-src": "'none'", "frame-ancestors": "'self'", "sandbox": "allow-same-origin"}


def _policy(**changes: str) -> str:
    """The guide's policy with some directives changed or added."""
    known = dict(directive.split(" ", 1) for directive in CONTENT_SECURITY_POLICY.split("; "))
    known.update({name.replace("_", "-"): value for name, value in changes.items()})
    return "; ".join(f"{name} {value}" for name, value in known.items())


_SAID = {name: value for name, value in SECURITY_HEADERS.items() if name != "Integrity-Policy"}
"""Its scripts import each other, and lie on the disk of the person who started it."""

OWN_HEADERS = {
    **_SAID,
    "Content-Security-Policy": _policy(**_OWN),
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers send forms with the origin "null"
    "Cache-Control": "no-store",
}
"""Of the workbench's pages: as strict as the guide's, but they have forms and show pages of the guide in a frame."""

RECORD_HEADERS = {
    **OWN_HEADERS,
    "Permissions-Policy": OWN_HEADERS["Permissions-Policy"].replace("microphone=()", "microphone=(self)"),
}
"""Of the page on which a sentence is recorded: it alone may ask for the microphone."""

PROOF_HEADERS = {
    **OWN_HEADERS,
    "Content-Security-Policy": _policy(**_PROOF),
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Of pages of the guide that are shown in it: no script runs, and only the workbench may frame them."""


@dataclass(frozen=True)
class Guard:
    """``hosts``: the names under which the workbench may be asked for. ``stamp``: stands in each form of this run."""

    hosts: frozenset[str] = LOOPBACK
    stamp: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    def refusal(self, *, is_door: bool) -> str:
        """Why this request is not answered, "" when it is. ``is_door``: the address that a person may open."""
        host = request.environ.get("HTTP_HOST", "")
        if _name(host) not in self.hosts:
            return "This is not the address of the workbench."
        site = request.headers.get("Sec-Fetch-Site", "")
        if site not in ("", "same-origin", "none") and not (is_door and request.method == "GET"):
            return "Another site has asked for this. Open the address that the program printed."
        if request.method in ("GET", "HEAD"):
            return ""
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"{request.scheme}://{host}":
            return "Another site has sent this form."
        if not hmac.compare_digest(request.form.get("stamp", "").encode("utf-8"), self.stamp.encode("utf-8")):
            return (
                "The workbench was started anew since this page was opened. Open the page again; copy your words first."
            )
        return ""


def _name(host: str) -> str:
    """The name of a ``Host`` header without its port."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() else host.lower()


_HEADERS = {"workbench.guide": PROOF_HEADERS, "workbench.record": RECORD_HEADERS}


def sent(response: Response, endpoint: str | None) -> Response:
    """The answer of an endpoint with the headers of its kind."""
    if response.location:
        response.location = own_path(response.location)
    response.headers.update(_HEADERS.get(endpoint or "", OWN_HEADERS))
    return response
