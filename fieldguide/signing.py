"""Ed25519 keys, and the signature beside the file list.

The only user of cryptography, which only signers need: whoever imports this module says what to install.
"""

import base64
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from fieldguide.filelist import signature_artifact
from fieldguide.online import stop
from fieldguide.problems import Problem
from fieldguide.snapshot import Site
from fieldguide.urls import FILE_LIST

_KIND = "ed25519"


def create_key(path: Path) -> str:
    """Write a new private key that its owner alone may read; gives the public key. Both are PEM.

    Raises `ProblemsError` for a file that is there already: a lost key cannot be made again.
    """
    key = Ed25519PrivateKey.generate()
    body: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public: bytes = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as error:
        raise stop(str(path), "is there already; name a new file, a key that is written over is lost") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
    return public.decode("ascii")


def load_private(path: Path) -> Ed25519PrivateKey:
    """Read the key that signs. Raises `ProblemsError`, also for a file that others may read, and OSError."""
    body = path.read_bytes()
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise stop(str(path), f"can be read by others on this machine; chmod 600 {path}")
    try:
        key = load_pem_private_key(body, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):  # TypeError: it asks for a passphrase
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise stop(str(path), "is no private Ed25519 key in PEM without a passphrase; `keygen` writes one")
    return key


def load_public(path: Path) -> Ed25519PublicKey:
    """Read the key that a signature must be of. Raises `ProblemsError` and OSError."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise stop(str(path), "is no public Ed25519 key in PEM; take the one that `keygen` printed")
    return key


def signed(site: Site, key: Ed25519PrivateKey) -> Site:
    """The site with the signature of its file list: kind, public key and signature, in base64, on one line."""
    words = (key.public_key().public_bytes_raw(), key.sign(site.artifacts[FILE_LIST].body))
    line = " ".join((_KIND, *(base64.b64encode(word).decode("ascii") for word in words)))
    signature = signature_artifact(f"{line}\n".encode("ascii"))
    return replace(site, artifacts={**site.artifacts, signature.url: signature})


def check_signature(body: bytes, signature: bytes | None, key: Ed25519PublicKey, place: str) -> Iterator[Problem]:
    """What is wrong with the signature of a file list, if anything; ``place`` says where it lies."""
    fault = _fault(body, signature, key)
    if fault:
        yield Problem(place, "signature", fault)


def _fault(body: bytes, signature: bytes | None, key: Ed25519PublicKey) -> str:
    if signature is None:
        return "is not there; build with --sign, and upload it beside the list"
    try:
        kind, *words = signature.decode("ascii").split()
        public, made = (base64.b64decode(word, validate=True) for word in words)
    except ValueError:
        kind = ""
    if kind != _KIND:
        return "is no Ed25519 signature; upload the one that `build --sign` wrote"
    if public != key.public_bytes_raw():
        return "was made with another key; find out who put this guide online, or name the key that signed it"
    try:
        key.verify(made, body)
    except InvalidSignature:
        return "is not that of the list beside it, which was changed after signing; upload both again"
    return ""
