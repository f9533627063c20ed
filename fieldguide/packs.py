"""Packs: what is kept together, and the parts it travels in.

A *pack* travels whole, or in *parts* on a link that breaks: the bodies of its files one after the other, folded against
what a phone then holds already (`fieldguide.fold`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

import brotli

from fieldguide import urls
from fieldguide.artifact import Artifact, revision_of
from fieldguide.coverage import HELP
from fieldguide.fold import Folder
from fieldguide.languages import Language, Registry
from fieldguide.model import Audience, Guide

CORE = "core"
CARDS = "cards"
SOUND = "audio/mpeg"
OFFICER_SIDES = frozenset({Audience.OFFICER, Audience.NEIGHBOR})

PART = 20_000
"""Bytes of a part at most, by a fast compression: about 17 KB as served, so that a link cut every 25 KB passes it."""


@dataclass(frozen=True)
class Pack:
    """Files that are kept together, in the order in which they travel.

    The parts of a folded pack are folded against ``base``, a page of core, and against the files before each part.
    """

    name: str
    files: tuple[Artifact, ...]
    base: Artifact | None = None

    @property
    def is_sound(self) -> bool:
        """True for recordings: nothing makes them smaller, and nothing is shared between them."""
        return all(file.media_type == SOUND for file in self.files)

    @property
    def is_folded(self) -> bool:
        """True for pages; core holds pictures, and nothing comes before it."""
        return self.name != CORE and not self.is_sound


def text_pack(language: Language) -> str:
    """The name of the pack that holds a language's pages for workers, and those about the guide."""
    return f"text.{language.tag}"


def officer_pack(language: Language) -> str:
    """The name of the pack that holds a language's pages for officers and neighbors; a worker never takes it."""
    return f"officer.{language.tag}"


def sound_pack(language: Language) -> str:
    """The name of the pack that holds a language's recordings; nobody takes it unasked."""
    return f"audio.{language.tag}"


def side_packs(guide: Guide, language: Language, audience: Audience) -> tuple[str, ...]:
    """What keeping takes on a side: the packs in the order in which they come."""
    needed = (CORE, text_pack(language))
    if audience not in OFFICER_SIDES:
        return needed
    return (*needed, *((CARDS,) if guide.decks else ()), officer_pack(language))


def build_packs(guide: Guide, registry: Registry, artifacts: Iterable[Artifact]) -> tuple[Pack, ...]:
    """Core (styles, scripts, icons, language screen, every language's help page), then each language's other pages.

    Workers' pages are a pack of their own; officers take it too, and theirs, and the cards of all languages: whoever
    kept the guide can talk to anyone. Recordings are a pack apart, for whoever asks for it.
    A language that is only spoken has no pack of pages: its one page is in core.
    """
    files = {artifact.url: artifact for artifact in artifacts}
    written = [language for language in registry if language.status != "spoken"]
    spoken = [language for language in registry if language.status == "spoken"]
    core = {urls.page_url(language, guide.pages[urls.START]) for language in spoken}
    core |= {urls.LANGUAGE_SCREEN, urls.not_found_url(None), *(url for url in files if url.startswith("static/"))}
    if HELP in guide.pages:
        core |= {urls.page_url(language, guide.pages[HELP]) for language in written}
    packs = [Pack(CORE, tuple(files[url] for url in _assets_first(files, core)))]
    cards = {urls.cards_url(language) for language in written} & files.keys()
    sounds = {url for url, file in files.items() if file.media_type == SOUND}
    for language in written:
        own = [
            artifact
            for url, artifact in files.items()
            if url.startswith(f"{language.tag}/") and url not in core | cards | sounds
        ]
        base = files.get(urls.page_url(language, guide.pages[HELP])) if HELP in guide.pages else None
        cited = _officer_urls(language, guide)
        packs.append(Pack(text_pack(language), tuple(file for file in own if file.url not in cited), base))
        if cited:
            packs.append(Pack(officer_pack(language), tuple(file for file in own if file.url in cited), base))
    if cards:
        packs.append(Pack(CARDS, tuple(files[url] for url in files if url in cards)))
    for language in registry:
        own = [files[url] for url in files if url in sounds and url.startswith(urls.sounds_folder(language))]
        if own:
            packs.append(Pack(sound_pack(language), tuple(own)))
    return tuple(packs)


def _assets_first(files: Mapping[str, Artifact], core: Set[str]) -> list[str]:
    """The order in which core travels: what all its pages name, so that a half-kept one has its styles; the rest."""
    pages = [file.body for url, file in files.items() if url in core and file.media_type.startswith("text/html")]

    def rank(url: str) -> int:
        if not url.startswith("static/"):
            return 2
        return 0 if all(url.encode() in body for body in pages) else 1

    return sorted((url for url in files if url in core), key=rank)


def _officer_urls(language: Language, guide: Guide) -> set[str]:
    pages = [page for page in guide.pages.values() if urls.has_page(language, page)]
    found = {
        urls.page_url(language, page) for page in pages if page.audience in OFFICER_SIDES or page.id == urls.SOURCES
    }
    return found | {urls.notes_url(language)} if found else set()


@dataclass(frozen=True)
class Part:
    """One answer: bodies one after the other, perhaps folded, and how many files they are."""

    body: bytes
    count: int
    is_sound: bool = False

    @property
    def revision(self) -> str:
        """The name it is fetched by."""
        return revision_of(self.body)

    @property
    def row(self) -> list[object]:
        """Hash, bytes, compressed bytes (about), number of files."""
        # a fast estimate, about a tenth above what is served: a phone only plans and tells sizes with it
        packed = len(self.body) if self.is_sound else len(brotli.compress(self.body, quality=5))
        return [self.revision, len(self.body), packed, self.count]


def whole_of(pack: Pack, first: Part) -> Part:
    """The pack as one stream, folded against its base alone; it begins with the bytes of its ``first`` part."""
    fold = _Sealing(pack)
    fold.resume(first.body)
    rest = (fold(file.body) for file in pack.files[first.count :])
    return Part(b"".join((first.body, *rest)), len(pack.files), pack.is_sound)


def iter_parts(pack: Pack) -> Iterator[Part]:
    """Fill parts up to their size, cut at file boundaries; each is folded against all that comes before it."""
    fold = _Sealing(pack)
    held: list[bytes] = []
    first, size, added_by = 0, 0, _sizing(pack)
    for at, file in enumerate(pack.files):
        body = fold(file.body)
        added = added_by(body)
        if held and size + added > PART:
            yield Part(b"".join(held), len(held), pack.is_sound)
            fold.know(pack.files[first:at])
            held, first, size, added_by = [], at, 0, _sizing(pack)
            body = fold(file.body)
            added = added_by(body)
        held.append(body)
        size += added
    if held:
        yield Part(b"".join(held), len(held), pack.is_sound)


def _sizing(pack: Pack) -> Callable[[bytes], int]:
    """What each further body adds to a part, in bytes as it travels."""
    if pack.is_sound:
        return len
    compressor = brotli.Compressor(quality=5)
    return lambda body: len(compressor.process(body)) + len(compressor.flush())


class _Sealing:
    """Folds the bodies of one pack, or leaves them as they are."""

    def __init__(self, pack: Pack) -> None:
        self._folder = Folder() if pack.is_folded else None
        if self._folder and pack.base:
            self._folder.know(pack.base.body)

    def __call__(self, body: bytes) -> bytes:
        return self._folder.fold(body) if self._folder else body

    def resume(self, folded: bytes) -> None:
        """Go on after bytes that were folded against the same."""
        if self._folder:
            self._folder.resume(folded)

    def know(self, files: Iterable[Artifact]) -> None:
        """A new part begins: what went before may be referred to."""
        for file in files if self._folder else ():
            self._folder.know(file.body)  # type: ignore[union-attr]
