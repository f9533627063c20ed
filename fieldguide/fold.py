"""Folding: what a file shares with files a phone has already is sent as references to them.

Compression finds what repeats inside one answer, not what a phone holds from an earlier one. So a part of a pack is
folded against the files that come before it: bytes as they are, and between them references, each written
``\\x01<step>,<length>;`` in hexadecimal. A reference stands for ``length`` bytes of the files before, from ``step``
bytes after the end of the bytes that the reference before it took (a minus sign: before it). ``static/js/unfold.js``
puts them back; a hash is checked after that.

Matches are looked for by runs of words, not bytes: Python walks 70,000 words of a language in a twentieth of a second.
"""

import re

MARK = b"\x01"
"""Begins a reference. No file that is folded may contain it."""

_WORD = re.compile(rb'[^>\s"/]*[>\s"/]|[^>\s"/]+')
_RUN = 6
"""Words that must be equal before a match is tried."""
_SHORTEST = 32
"""Bytes that a reference must save: one costs about 10, and compression finds short repeats itself."""


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
        first = len(self._words)
        for word in _WORD.findall(body):
            self._words.append(word)
            self._starts.append(self._starts[-1] + len(word))
        for at in range(max(0, first - _RUN + 1), len(self._words) - _RUN + 1):
            self._runs[tuple(self._words[at : at + _RUN])] = at

    def fold(self, body: bytes) -> bytes:
        """The body with references. Raises `ValueError` when it contains the mark itself."""
        if MARK in body:
            raise ValueError("a file that is folded may not contain the byte 1")
        words = _WORD.findall(body)
        folded: list[bytes] = []
        at = 0
        while at < len(words):
            start, count = self._match(words, at)
            size = self._starts[start + count] - self._starts[start]
            if size < _SHORTEST:
                folded.append(words[at])
                at += 1
                continue
            folded.append(b"%s%x,%x;" % (MARK, self._starts[start] - self._end, size))
            self._end = self._starts[start] + size
            at += count
        return b"".join(folded)

    def _match(self, words: list[bytes], at: int) -> tuple[int, int]:
        """Where in the known words the words from ``at`` on stand, and how many of them."""
        start = self._runs.get(tuple(words[at : at + _RUN]), -1)
        if start < 0:
            return 0, 0
        count = _RUN
        rest = min(len(words) - at, len(self._words) - start)
        while count < rest and self._words[start + count] == words[at + count]:
            count += 1
        return start, count


def unfold(folded: bytes, known: bytes) -> bytes:
    """The body again: what the phone's script does, for tests."""
    pieces = re.split(rb"\x01(-?[0-9a-f]+),([0-9a-f]+);", folded)
    body, end = [pieces[0]], 0
    for step, length, literal in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        start = end + int(step, 16)
        end = start + int(length, 16)
        body += [known[start:end], literal]
    return b"".join(body)
