"""The guide's site with a Workbox worker beside it, served by the same code: for the comparison only."""

import os
from dataclasses import replace
from pathlib import Path

from flask import Flask

from fieldguide.artifact import Artifact, Caching
from fieldguide.load import load_site
from fieldguide.web import application


def create_app() -> Flask:
    """Serve what ``FIELD_GUIDE_WORKBOX`` names as ``wb.js``."""
    site, _ = load_site()
    body = Path(os.environ["FIELD_GUIDE_WORKBOX"]).read_bytes()
    worker = Artifact("wb.js", body, "text/javascript; charset=utf-8", Caching.ASK)
    return application(replace(site, artifacts={**site.artifacts, "wb.js": worker}))
