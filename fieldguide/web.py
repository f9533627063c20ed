"""create_app(): Flask serves the `Site` from memory, byte for byte what the writer writes."""

import logging
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

from fieldguide import urls
from fieldguide.artifact import Artifact
from fieldguide.compression import CACHE, Variants, iter_variants
from fieldguide.headers import SECURITY_HEADERS, TRANSPORT_SECURITY, own_headers
from fieldguide.languages import negotiate
from fieldguide.load import load_site
from fieldguide.packs import SOUND
from fieldguide.snapshot import Site

URL_LIMIT = 2048
"""Bytes of a request target; longer ones are answered 414."""

HEADER_LIMIT = 16 * 1024
"""Bytes of all request headers together; more are answered 431."""


def create_app(deployment: str | None = None) -> Flask:
    """The WSGI application. The deployment file may also be named by the variable ``FIELD_GUIDE_DEPLOYMENT``."""
    name = deployment or os.environ.get("FIELD_GUIDE_DEPLOYMENT")
    site, chosen = load_site(Path(name) if name else None)
    return application(site, negotiating=chosen.negotiate)


def application(site: Site, *, negotiating: bool = False, cache: Path | None = CACHE) -> Flask:
    """Serve one snapshot. Compressed variants are made behind, so the first answer never waits for them."""
    _log_no_addresses()
    app = Flask(__name__, static_folder=None)
    server = Server(site, negotiating)
    app.before_request(refuse_oversized)
    only_get: dict[str, Any] = {"methods": ["GET"], "provide_automatic_options": False}  # HEAD comes with GET
    app.add_url_rule("/", "root", server.answer, defaults={"path": ""}, **only_get)
    app.add_url_rule("/<path:path>", "page", server.answer, **only_get)
    app.register_error_handler(404, lambda _: plain(404, "There is no page at this address."))
    app.register_error_handler(405, lambda _: plain(405, "Only GET and HEAD are answered here.", Allow="GET, HEAD"))
    app.register_error_handler(500, lambda _: plain(500, "This page could not be made. Please try again."))
    app.after_request(add_security_headers)
    app.extensions["field_guide"] = server
    threading.Thread(target=server.compress, args=(cache,), name="compress", daemon=True).start()
    return app


class Server:
    """Answers requests from a site and from the variants that are ready so far."""

    def __init__(self, site: Site, negotiating: bool) -> None:
        self.site = site
        self.negotiating = negotiating
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
                return redirect(f"{self.site.base}{language.tag}/")
        artifact = self.site.artifacts.get(url)
        if artifact is not None:
            return self._respond(artifact)
        return self._redirect(url) or self._not_found(url)

    def _redirect(self, url: str) -> Response | None:
        if f"{url}/" in self.site.artifacts:
            return redirect(f"{self.site.base}{url}/", 301)
        folder, _, name = url.rpartition("/")
        folder = f"{folder}/" if folder else ""
        if name == "index.html" and folder in self.site.artifacts:
            return redirect(f"{self.site.base}{folder}", 301)
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
            *SECURITY_HEADERS.items(),
        ]
        if status == 200 and "HTTP_IF_NONE_MATCH" in request.environ and request.if_none_match.contains(tag):
            return Response(status=304, headers=headers)
        headers.append(("Content-Type", artifact.media_type))
        if coding:
            headers.append(("Content-Encoding", coding))
        response = Response(body, status, headers)
        if artifact.media_type == SOUND:  # some phones play sound only when they get the ranges they ask for
            response.headers["Accept-Ranges"] = "bytes"
            if request.range is not None and request.range.units == "bytes" and len(request.range.ranges) == 1:
                response.make_conditional(request, accept_ranges=True, complete_length=len(body))
        return response

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


def refuse_oversized() -> Response | None:
    """414 or 431 before anything is parsed: a 60 KB header costs more than a page."""
    environ = request.environ
    target = environ.get("REQUEST_URI") or environ["PATH_INFO"] + environ.get("QUERY_STRING", "")
    if len(target) > URL_LIMIT:
        return plain(414, "The address is too long.")
    size = sum(len(name) + len(environ[name]) for name in environ if name.startswith("HTTP_"))
    return plain(431, "The request has too many headers.") if size > HEADER_LIMIT else None


def add_security_headers(response: Response) -> Response:
    """The one header set, on every answer."""
    if "Content-Security-Policy" not in response.headers:
        response.headers.update(SECURITY_HEADERS)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = TRANSPORT_SECURITY
    return response


def _log_no_addresses() -> None:
    # werkzeug's development server writes the visitor's address into every line
    logging.getLogger("werkzeug").addFilter(_without_request_lines)


def _without_request_lines(record: logging.LogRecord) -> bool:
    return " - - [" not in str(record.msg)
