"""What goes wrong on the way: one function a fault, its docstring says what the network or the host does."""

import asyncio
import gzip
import re
from collections.abc import Awaitable, Callable

from tests.faults.reply import Reply

PORTAL = b"<!doctype html><title>Wi-Fi</title><p>Please log in to use this network."

Fault = Callable[[Reply], Awaitable[None]]

FAULTS: dict[str, Fault] = {}
"""Every fault by its name."""

HANGS = ("silent", "headers-only", "stops")
"""Those of a connection that stays open and says nothing more."""


def fault(function: Fault) -> Fault:
    """Add a fault to the list."""
    FAULTS[function.__name__.replace("_", "-")] = function
    return function


# Something else stands in the way.


@fault
async def portal(reply: Reply) -> None:
    """A Wi-Fi log-in page, with status 200, whatever was asked for."""
    await reply.send(PORTAL, media_type="text/html")


@fault
async def portal_redirect(reply: Reply) -> None:
    """A redirect to a log-in page on another host."""
    reply.redirect("http://log-in.localhost:9/")


@fault
async def login_required(reply: Reply) -> None:
    """Status 511: the network asks for a log-in."""
    await reply.send(PORTAL, "511 Network Authentication Required", media_type="text/html")


@fault
async def redirect(reply: Reply) -> None:
    """A redirect to another page of the same host."""
    reply.redirect(f"{reply.base}404.html")


@fault
async def redirect_loop(reply: Reply) -> None:
    """A redirect to itself, for ever."""
    reply.redirect(f"{reply.base}{reply.asked.path}")


@fault
async def injected(reply: Reply) -> None:
    """A proxy adds a script of its own to what passes."""
    await reply.send(reply.body + b"<script src=//ads.invalid/a.js></script>")


@fault
async def rewritten(reply: Reply) -> None:
    """A proxy that saves bytes takes spaces and line ends away."""
    await reply.send(re.sub(rb"\s+", b" ", reply.body))


@fault
async def recoded(reply: Reply) -> None:
    """A byte order mark is put before the text."""
    await reply.send(b"\xef\xbb\xbf" + reply.body)


@fault
async def misrouted(reply: Reply) -> None:
    """Another file of the same guide in the place of the one asked for."""
    await reply.send(b"/* another file */\n")


# Bytes that are not right.


@fault
async def flip(reply: Reply) -> None:
    """The first byte has one bit changed."""
    await reply.send(bytes([reply.body[0] ^ 1]) + reply.body[1:])


@fault
async def flip_end(reply: Reply) -> None:
    """The last byte has one bit changed."""
    await reply.send(reply.body[:-1] + bytes([reply.body[-1] ^ 1]))


@fault
async def garbled(reply: Reply) -> None:
    """Every byte is wrong."""
    await reply.send(bytes(byte ^ 1 for byte in reply.body))


@fault
async def zeros(reply: Reply) -> None:
    """The right length, and nothing in it: a full disk, a broken cache."""
    await reply.send(bytes(len(reply.body)))


@fault
async def empty(reply: Reply) -> None:
    """Status 200, and no body."""
    await reply.send(b"")


@fault
async def longer(reply: Reply) -> None:
    """One byte more than there should be."""
    await reply.send(reply.body + b" ")


@fault
async def short(reply: Reply) -> None:
    """One byte short, and no length is told: it looks whole."""
    await reply.send(reply.body[:-1], measured=False, coded=False)


@fault
async def short_coded(reply: Reply) -> None:
    """A third is missing, compressed as if it were whole."""
    await reply.send(reply.body[: len(reply.body) * 2 // 3], measured=False)


@fault
async def cut(reply: Reply) -> None:
    """The connection ends after two thirds; the length was told."""
    await reply.send(missing=len(reply.body) - len(reply.body) * 2 // 3, coded=False)


@fault
async def cut_by_one(reply: Reply) -> None:
    """The connection ends one byte before the end; the length was told."""
    await reply.send(missing=1, coded=False)


@fault
async def reset(reply: Reply) -> None:
    """The connection is reset in the middle of a body."""
    reply.head("200 OK", {"Content-Type": reply.artifact.media_type, "Content-Length": str(len(reply.body))})
    await reply.write(reply.body[: len(reply.body) // 2])
    reply.hang_up()


@fault
async def barren(reply: Reply) -> None:
    """The headers come, and the connection is reset before a byte of the body: the link carries less than that."""
    reply.head("200 OK", {"Content-Type": reply.artifact.media_type, "Content-Length": str(len(reply.body))})
    await reply.writer.drain()
    reply.hang_up()


@fault
async def unended(reply: Reply) -> None:
    """Chunks without the last one."""
    reply.head("200 OK", {"Content-Type": reply.artifact.media_type, "Transfer-Encoding": "chunked"})
    half = reply.body[: len(reply.body) // 2]
    await reply.write(b"%x\r\n%s\r\n" % (len(half), half) if half else b"")
    reply.closes = True


# Answers that are no answer.


@fault
async def hang_up(reply: Reply) -> None:
    """The connection ends before an answer."""
    reply.hang_up()


@fault
async def error(reply: Reply) -> None:
    """Status 503."""
    await reply.send(b"busy", "503 Service Unavailable", media_type="text/plain")


@fault
async def errors(reply: Reply) -> None:
    """Status 500 for every third request."""
    if reply.number % 3:
        await reply.send()
    else:
        await reply.send(b"trouble", "500 Internal Server Error", media_type="text/plain")


@fault
async def missing(reply: Reply) -> None:
    """Status 404 for a file that is there in the index."""
    await reply.send(b"not here", "404 Not Found", media_type="text/plain")


@fault
async def forbidden(reply: Reply) -> None:
    """Status 403: a filter of the network."""
    await reply.send(PORTAL, "403 Forbidden", media_type="text/html")


@fault
async def too_many(reply: Reply) -> None:
    """Status 429: the host asks to wait."""
    await reply.send(b"later", "429 Too Many Requests", media_type="text/plain", headers={"Retry-After": "1"})


@fault
async def no_content(reply: Reply) -> None:
    """Status 204."""
    reply.head("204 No Content", {})


@fault
async def partial(reply: Reply) -> None:
    """Status 206 with the first half, although the whole was asked for."""
    half = len(reply.body) // 2
    span = {"Content-Range": f"bytes 0-{half - 1}/{len(reply.body)}"}
    await reply.send(reply.body[:half], "206 Partial Content", coded=False, headers=span)


# Headers that are not right; the bytes are.


@fault
async def coding_stripped(reply: Reply) -> None:
    """A proxy unpacks what passes."""
    await reply.send(coded=False)


@fault
async def coding_lost(reply: Reply) -> None:
    """Compressed bytes that do not say so."""
    await reply.send(gzip.compress(reply.body, 6), coded=False)


@fault
async def coding_false(reply: Reply) -> None:
    """Plain bytes that are said to be compressed."""
    await reply.send(coded=False, headers={"Content-Encoding": "gzip"})


@fault
async def wrong_type(reply: Reply) -> None:
    """Every file is a picture, by its media type."""
    await reply.send(media_type="image/png")


@fault
async def vary(reply: Reply) -> None:
    """A proxy says that the answer depends on everything."""
    await reply.send(headers={"Vary": "*"})


@fault
async def bare(reply: Reply) -> None:
    """No header arrives but the length."""
    reply.head("200 OK", {"Content-Length": str(len(reply.body))})
    await reply.write(reply.body)


@fault
async def cookies(reply: Reply) -> None:
    """A proxy adds a cookie, and says that all may be cached for a year."""
    await reply.send(headers={"Set-Cookie": "id=1; Max-Age=31536000", "Cache-Control": "public, max-age=31536000"})


# Time.


@fault
async def drip(reply: Reply) -> None:
    """One byte a second, for twenty seconds."""
    await reply.send(pause=1)


@fault
async def trickle(reply: Reply) -> None:
    """Ten seconds for a file, never three without a byte."""
    reply.head("200 OK", {"Content-Type": reply.artifact.media_type, "Content-Length": str(len(reply.body))})
    fifth = len(reply.body) // 5 + 1
    for start in range(0, len(reply.body), fifth):
        await asyncio.sleep(2)
        await reply.write(reply.body[start : start + fifth])


@fault
async def late(reply: Reply) -> None:
    """Ten seconds before an answer."""
    await asyncio.sleep(10)
    await reply.send()


@fault
async def silent(reply: Reply) -> None:
    """The connection stays open, and nothing comes."""
    await asyncio.Event().wait()  # until the server is stopped, or hangs up on all


@fault
async def headers_only(reply: Reply) -> None:
    """The headers come, and nothing else."""
    reply.head("200 OK", {"Content-Type": reply.artifact.media_type, "Content-Length": str(len(reply.body))})
    await reply.writer.drain()
    await silent(reply)


@fault
async def stops(reply: Reply) -> None:
    """Half of it comes, and nothing else."""
    reply.head("200 OK", {"Content-Type": reply.artifact.media_type, "Content-Length": str(len(reply.body))})
    await reply.write(reply.body[: len(reply.body) // 2])
    await silent(reply)
