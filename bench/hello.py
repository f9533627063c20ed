"""A hello-world of the size of a page: what the same framework and server do at best."""

import os

from flask import Flask

BODY = b"x" * int(os.environ.get("HELLO_BYTES", "20000"))


def create_app() -> Flask:
    """One route, one constant body."""
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/", "hello", lambda: BODY)
    return app
