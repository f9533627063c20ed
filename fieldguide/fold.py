"""Folding: what a file shares with files a phone has already is sent as references to them.

Compression finds what repeats inside one answer, not what a phone holds from an earlier one. So a part of a pack is
folded against the files that come before it: bytes as they are, and between them references, each written
``\\x01<step>,<length>;`` in hexadecimal. A reference stands for ``length`` bytes of the files before, from ``step``
bytes after the end of the bytes that the reference before it took (a minus sign: before it). ``static/js/unfold.js``
puts them back; a hash is checked after that.

Matches are looked for by runs of words, not bytes: Python walks 70,000 words of a language in a twentieth of a second.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, count

MARK = b"\x01"
"""Begins a reference. No file that is folded may contain it."""

_WORD = re.compile(rb'[^>\s"/]*[>\s"/]|[^>\s"/]+')
_RUN = 6
"""Words that must be equal before a match is tried."""
_SHORTEST = 32
"""Bytes that a reference must save: one costs about 10, and compression finds short repeats itself."""
_STRIDE = 16
"""Words of a long match that are compared at once."""
_REFERENCE = re.compile(rb"\x01(-?[0-9a-f]+),([0-9a-f]+);")


class Folder:
    """Folds the bodies of a part against all that it was told to know, in the order in which it was told."""

    def __init__(self) -> None:
        self._words: list[bytes] = []
        self._starts = [0]
        self._runs: dict[tuple[bytes, ...], int] = {}
        self._end = 0

    def know(self, body: bytes) -> None:
        """Add a file to what references may point to. What is folded after it is another part."""
        self._end = 0
        first = max(0, len(self._words) - _RUN + 1)  # runs that begin in the file before and end in this one, too
        words = _words(body)
        self._words += words
        self._starts += accumulate(map(len, words), initial=self._starts.pop())
        self._runs.update(zip(_iter_runs(self._words[first:]), count(first), strict=False))

    def fold(self, body: bytes) -> bytes:
        """The body with references. Raises `ValueError` when it contains the mark itself."""
        if MARK in body:
            raise ValueError("a file that is folded may not contain the byte 1")
        words = _words(body)
        folded: list[bytes] = []
        at = done = 0  # most of a page is in matches, which are stepped over: no word in them is looked up
        last = len(words) - _RUN if self._runs else -1
        while at <= last:
            start = self._runs.get(words[at : at + _RUN])
            if start is None:
                at += 1
                continue
            alike = self._alike(words, at, start)
            size = self._starts[start + alike] - self._starts[start]
            if size < _SHORTEST:
                at += 1
                continue
            folded += words[done:at]
            folded.append(b"%s%x,%x;" % (MARK, self._starts[start] - self._end, size))
            self._end = self._starts[start] + size
            at = done = at + alike
        return b"".join((*folded, *words[done:]))

    def resume(self, folded: bytes) -> None:
        """Go on after what another folder, which knew the same, has folded: references count from the last one."""
        self._end += sum(int(step, 16) + int(length, 16) for step, length in _REFERENCE.findall(folded))

    def _alike(self, words: tuple[bytes, ...], at: int, start: int) -> int:
        """How many of the words from ``at`` on are the known words from ``start`` on; a run of them surely is."""
        alike = _RUN
        rest = min(len(words) - at, len(self._words) - start)
        while alike + _STRIDE <= rest:
            one, two = at + alike, start + alike
            if words[one : one + _STRIDE] != tuple(self._words[two : two + _STRIDE]):
                break
            alike += _STRIDE
        while alike < rest and self._words[start + alike] == words[at + alike]:
            alike += 1
        return alike


@lru_cache(maxsize=64)  # a file of a pack is folded into a part, known to the next, and folded into the whole
def _words(body: bytes) -> tuple[bytes, ...]:
    return tuple(_WORD.findall(body))


def _iter_runs(words: Sequence[bytes]) -> Iterator[tuple[bytes, ...]]:
    """The run that begins at each word, as far as there are enough words."""
    return zip(*(words[at:] for at in range(_RUN)), strict=False)


def unfold(folded: bytes, known: bytes) -> bytes:
    """The body again: what the phone's script does, for tests."""
    pieces = _REFERENCE.split(folded)
    body, end = [pieces[0]], 0
    for step, length, literal in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        start = end + int(step, 16)
        end = start + int(length, 16)
        body += [known[start:end], literal]
    return b"".join(body)
