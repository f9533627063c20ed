"""One thing that users can fetch: its URL, its bytes, its media type."""

import base64
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


def revision_of(body: bytes) -> str:
    """SHA-256 cut to 22 base64url characters (132 bits)."""
    return base64.urlsafe_b64encode(hashlib.sha256(body).digest()).decode("ascii")[:22]


def integrity_of(body: bytes) -> str:
    """SHA-256 as pages write it beside the address of a script or style."""
    return f"sha256-{base64.b64encode(hashlib.sha256(body).digest()).decode('ascii')}"


TEXT = "text/plain; charset=utf-8"
"""The type of what is no page and no script: hosts compress it, and browsers show it as it is."""


class Caching(StrEnum):
    """What a browser may keep by itself. Pages of workers leave nothing in its disk cache."""

    NEVER = "no-store"
    ASK = "no-cache"
    HOUR = "max-age=3600"


@dataclass(frozen=True)
class Artifact:
    """An immutable body at a site-relative URL."""

    url: str
    body: bytes
    media_type: str
    caching: Caching = Caching.ASK

    @cached_property
    def revision(self) -> str:
        """The hash of the body."""
        return revision_of(self.body)
