"""The commands ``keygen`` and ``verify``: a key for releases, and what is online beside what was released."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from fieldguide import verify as checks
from fieldguide.filelist import NotAListError, list_artifact, read_file_list, signature_artifact
from fieldguide.online import is_address, read, stop
from fieldguide.problems import Problem, raise_if_any
from fieldguide.snapshot import Site
from fieldguide.urls import FILE_LIST, SIGNATURE

_SIGNING = "keys and signatures"


@contextmanager
def needing_cryptography(purpose: str) -> Iterator[None]:
    """Keys are the business of few: who has not installed what they need is told in one line."""
    try:
        yield
    except ModuleNotFoundError as error:
        message = f"is needed for {purpose}: pip install --require-hashes -r requirements-sign.lock"
        raise stop("cryptography", message) from error


def keygen(options: argparse.Namespace) -> None:
    """Write a private key for `build --sign`, and print the public one for `verify --key`."""
    with needing_cryptography(_SIGNING):
        from fieldguide.signing import create_key  # noqa: PLC0415
    print(create_key(options.file), end="")


def load_signer(path: Path) -> Callable[[Site], Site]:
    """What signs the file list of a site with a private key. Raises `ProblemsError` and OSError."""
    with needing_cryptography(_SIGNING):
        from fieldguide.signing import load_private, signed  # noqa: PLC0415
    return partial(signed, key=load_private(path))


def verify(options: argparse.Namespace) -> None:
    """Compare a host or a folder with the file list of its release."""
    root = options.place.rstrip("/") + "/"
    check_signature = _load_check(options.key) if options.key else None
    body = read(root + FILE_LIST)
    if body is None:
        raise stop(root + FILE_LIST, "is not there; name the root of a guide, or upload .well-known/ with the rest")
    try:
        found = read_file_list(body)
    except NotAListError as error:
        raise stop(root + FILE_LIST, str(error)) from error
    signature = read(root + SIGNATURE)
    beside = [list_artifact(body), *([signature_artifact(signature)] if signature is not None else [])]
    problems = list(check_signature(body, signature, place=root)) if check_signature else []
    if found.edition < options.edition:
        message = f"{found.edition} is older than {options.edition}; find out who put the old guide back"
        problems.append(Problem(root, "edition", message))
    check = checks.check_host if is_address(root) else checks.check_folder
    problems += check(root, found, beside)
    raise_if_any(problems)
    told = "signed with this key" if check_signature else "signature not checked, since no --key was named"
    print(f"good: {len(found.files)} files of edition {found.edition}, {told}")
    if is_address(root):
        print("A host shows only what it is asked for: files that the list does not name are found in a folder alone.")


def _load_check(path: Path) -> Callable[..., Iterator[Problem]]:
    with needing_cryptography(_SIGNING):
        from fieldguide.signing import check_signature, load_public  # noqa: PLC0415
    return partial(check_signature, key=load_public(path))
