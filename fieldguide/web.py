"""create_app(): Flask serves the `Site` from memory, byte for byte what the writer writes."""

import logging
import os
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from fieldguide import urls
from fieldguide.artifact import Artifact
from fieldguide.compression import CACHE, Variants, iter_variants
from fieldguide.deployment import Opens
from fieldguide.headers import SECURITY_HEADERS, TRANSPORT_SECURITY, own_headers, own_path
from fieldguide.languages import negotiate
from fieldguide.load import load_site
from fieldguide.model import Audience
from fieldguide.packs import SOUND
from fieldguide.snapshot import Site

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_ALWAYS = list(SECURITY_HEADERS.items())
_OVER_TLS = [*_ALWAYS, ("Strict-Transport-Security", TRANSPORT_SECURITY)]

URL_LIMIT = 2048
"""Bytes of a request target; longer ones are answered 414."""

HEADER_LIMIT = 16 * 1024
"""Bytes of all request headers together; more are answered 431."""


def create_app(deployment: str | None = None) -> Flask:
    """The WSGI application. The deployment file may also be named by the variable ``FIELD_GUIDE_DEPLOYMENT``."""
    name = deployment or os.environ.get("FIELD_GUIDE_DEPLOYMENT")
    site, chosen = load_site(Path(name) if name else None)
    return application(site, negotiating=chosen.negotiate, opens=chosen.opens)


def application(
    site: Site,
    *,
    negotiating: bool = False,
    opens: Opens = "worker",
    compresses: bool = True,
    cache: Path | None = CACHE,
) -> Flask:
    """Serve one snapshot; ``opens`` is the side to which a negotiated ``/`` leads.

    Compressed variants are made behind, so the first answer never waits for them. They take minutes of a processor
    where none are kept yet: who tests something else does without (``compresses``).
    """
    _log_no_addresses()
    app = Guide(__name__, static_folder=None)
    app.url_map.merge_slashes = False  # its redirect would repeat the Host header, which a visitor chooses
    server = Server(site, negotiating, opens)
    only_get: dict[str, Any] = {"methods": ["GET"], "provide_automatic_options": False}  # HEAD comes with GET
    app.add_url_rule("/", "root", server.answer, defaults={"path": ""}, **only_get)
    app.add_url_rule("/<path:path>", "page", server.answer, **only_get)
    app.register_error_handler(HTTPException, refuse)
    app.register_error_handler(500, lambda _: plain(500, "This page could not be made. Please try again."))
    app.extensions["field_guide"] = server
    if compresses:
        threading.Thread(target=server.compress, args=(cache,), name="compress", daemon=True).start()
    return app


class Guide(Flask):
    """Flask with a door before it, where refusing costs little. Every answer gets the one header set, and no fault is
    written down with what a visitor asked for."""

    def wsgi_app(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Refuse, or let Flask answer."""
        added = _OVER_TLS if environ["wsgi.url_scheme"] == "https" else _ALWAYS

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: "OptExcInfo | None" = None
        ) -> Callable[[bytes], object]:
            if status.startswith("3"):  # also one that the framework makes
                headers = [(name, own_path(value) if name == "Location" else value) for name, value in headers]
            return start_response(status, headers + added, exc_info)

        refused = refuse_early(environ)
        return refused(environ, start) if refused else super().wsgi_app(environ, start)

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        """Name the kind of a fault and its place: message and path would tell what somebody read."""
        kind, _, trace = exc_info
        if kind is not None:
            *_, (frame, line) = traceback.walk_tb(trace)
            self.logger.error("%s in %s, line %d", kind.__name__, Path(frame.f_code.co_filename).name, line)


class Server:
    """Answers requests from a site and from the variants that are ready so far."""

    def __init__(self, site: Site, negotiating: bool, opens: Opens) -> None:
        self.site = site
        self.negotiating = negotiating
        self.opens = Audience(opens)
        self.compressed = threading.Event()
        self._variants: dict[str, Variants] = {}

    def compress(self, cache: Path | None) -> None:
        """Make every compressed variant; sets ``compressed`` at the end, also when one failed."""
        try:
            for variants in iter_variants(self.site, cache):
                self._variants[variants.revision] = variants
        finally:
            self.compressed.set()

    def answer(self, path: str) -> Response:
        """The answer to one URL path."""
        below = f"/{path}"
        if not below.startswith(self.site.base):
            return self._not_found("") if below != "/" else redirect(self.site.base)
        url = below[len(self.site.base) :]
        if not url and self.negotiating:
            language = negotiate(request.headers.get("Accept-Language", ""), self.site.registry)
            if language:
                own = urls.side_start(language, self.opens)
                return redirect(self.site.base + (own if own in self.site.artifacts else f"{language.tag}/"))
        artifact = self.site.artifacts.get(url)
        if artifact is not None:
            return self._respond(artifact)
        return self._redirect(url) or self._not_found(url)

    def _redirect(self, url: str) -> Response | None:
        if f"{url}/" in self.site.artifacts:
            return redirect(f"{self.site.base}{url}/", 308)
        folder, _, name = url.rpartition("/")
        folder = f"{folder}/" if folder else ""
        if name == "index.html" and folder in self.site.artifacts:
            return redirect(f"{self.site.base}{folder}", 308)
        return None

    def _not_found(self, url: str) -> Response:
        tag = url.partition("/")[0]
        language = self.site.registry.languages.get(tag)
        own = self.site.artifacts.get(urls.not_found_url(language))  # a language that is only spoken has none
        response = self._respond(own or self.site.artifacts[urls.not_found_url(None)], 404)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _respond(self, artifact: Artifact, status: int = 200) -> Response:
        coding, body = self._coded(artifact)
        tag = f"{artifact.revision}-{coding}" if coding else artifact.revision
        headers = [
            ("ETag", f'"{tag}"'),
            ("Vary", "Accept-Encoding"),
            *own_headers(artifact).items(),
        ]
        if status == 200 and "HTTP_IF_NONE_MATCH" in request.environ and request.if_none_match.contains(tag):
            return Response(status=304, headers=headers)
        headers.append(("Content-Type", artifact.media_type))
        if coding:
            headers.append(("Content-Encoding", coding))
        if artifact.media_type == SOUND:  # some phones play sound only when they get the ranges they ask for
            headers.append(("Accept-Ranges", "bytes"))
            asked = asked_range(len(body), tag)
            if asked is not None and asked.start >= len(body):
                return plain(416, "The file ends before that.", **{"Content-Range": f"bytes */{len(body)}"})
            if asked is not None:
                headers.append(("Content-Range", f"bytes {asked.start}-{asked.stop - 1}/{len(body)}"))
                return Response(body[asked.start : asked.stop], 206, headers)
        return Response(body, status, headers)

    def _coded(self, artifact: Artifact) -> tuple[str, bytes]:
        variants = self._variants.get(artifact.revision)
        codings: Mapping[str, bytes] = variants.codings if variants else {}
        if "HTTP_ACCEPT_ENCODING" not in request.environ:
            return "", artifact.body
        accepted = request.accept_encodings
        for coding in ("br", "gzip"):
            if coding in codings and accepted.quality(coding) > 0:
                return coding, codings[coding]
        return "", artifact.body


def plain(status: int, text: str, **headers: str) -> Response:
    """A short answer in plain text, which cannot itself fail."""
    return Response(f"{text}\n", status, {"Cache-Control": "no-store", **headers}, mimetype="text/plain")


def redirect(location: str, status: int = 302) -> Response:
    """A redirect to a path of this server; never to another origin."""
    headers = {"Location": location, "Cache-Control": "no-store", "Vary": "Accept-Language"}
    return Response(b"", status, headers, mimetype="text/plain")


def asked_range(length: int, tag: str) -> range | None:
    """The one range of bytes that a GET asks for (RFC 9110, 14.2), cut to the length; None: it gets the whole.

    A range that begins at ``length`` or later cannot be answered.
    """
    if request.method != "GET" or "HTTP_RANGE" not in request.environ:
        return None
    if request.environ.get("HTTP_IF_RANGE", f'"{tag}"') != f'"{tag}"':
        return None  # the player has the beginning of other bytes
    asked = request.range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return None
    start, stop = asked.ranges[0]
    start = start if start >= 0 else max(0, length + start)
    return range(start, length if stop is None else min(stop, length))


def refuse(error: HTTPException) -> Response:
    """The answer to what no page stands for: three codes, whatever the framework has found wrong."""
    if error.code == 404:
        return plain(404, "There is no page at this address.")
    if error.code == 405:
        return plain(405, "Only GET and HEAD are answered here.", Allow="GET, HEAD")
    return plain(400, "This request cannot be answered.")


def refuse_early(environ: "WSGIEnvironment") -> Response | None:
    """400, 414 or 431 before anything is parsed: a 60 KB header costs more than a page. A body is never read."""
    path = environ["PATH_INFO"]
    if len(environ.get("REQUEST_URI") or path + environ.get("QUERY_STRING", "")) > URL_LIMIT:
        return plain(414, "The address is too long.")
    if sum(len(name) + len(environ[name]) for name in environ if name.startswith("HTTP_")) > HEADER_LIMIT:
        return plain(431, "The request has too many headers.")
    if environ.get("CONTENT_LENGTH") not in (None, "", "0") or "HTTP_TRANSFER_ENCODING" in environ:
        return plain(400, "No request may have a body here.")
    if not path.startswith("/"):  # Flask would redirect it, to the host that the visitor names
        return plain(400, "An address begins with a slash.")
    return None


def _log_no_addresses() -> None:
    # werkzeug's development server writes the visitor's address into every line
    logging.getLogger("werkzeug").addFilter(_without_request_lines)


def _without_request_lines(record: logging.LogRecord) -> bool:
    return " - - [" not in str(record.msg)
