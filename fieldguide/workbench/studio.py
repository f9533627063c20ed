"""What of a language is recorded, as its files lie now, beside the words that readers of now would see.

As everywhere in the workbench, the disk is right and memory is not: a folder that has changed is read again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from fieldguide.artifact import revision_of
from fieldguide.catalog import Catalog
from fieldguide.coverage import has_text
from fieldguide.languages import Language
from fieldguide.localize import localize
from fieldguide.markup import to_plain
from fieldguide.model import LABELS
from fieldguide.recordings import FOLDER, NAME, Recording, Recordings, Words, heard_ids, load_recordings
from fieldguide.values import html_values
from fieldguide.voices import write_recordings
from fieldguide.workbench.desk import Desk, Mark, mark_of


class Sound(StrEnum):
    """Whether a text is heard: not yet, as it stands, or no longer, since it has changed."""

    NONE = "none"
    KEPT = "kept"
    CHANGED = "changed"


@dataclass(frozen=True)
class Spoken:
    """The recordings of a language, and its words."""

    language: Language
    recordings: Recordings
    words: Words
    mark: Mark

    @cached_property
    def sounds(self) -> Mapping[str, Sound]:
        """Of each text that can be recorded now, whether it is heard. One without a translation cannot."""
        return {unit_id: self._sound(unit_id) for unit_id in self.words.heard if self.words.of(unit_id)}

    def entry(self, unit_id: str) -> Recording | None:
        """What is known of a text's recording; None where there is none, or not the sound that was taken."""
        entry, sound = self.recordings.entries.get(unit_id), self.recordings.sounds.get(unit_id)
        return entry if entry and sound and revision_of(sound) == entry.sound else None

    def read(self, unit_id: str) -> str:
        """What is said aloud: the text as pages show it, numbers and names in their place. Needs an application."""
        if unit_id == NAME:
            return self.language.endonym
        values = html_values(self.words.guide, self.words.localized)
        plain = {key: value.striptags() for key, value in values.items()}
        return to_plain(self.words.localized.texts[unit_id].text, plain)

    def _sound(self, unit_id: str) -> Sound:
        entry = self.entry(unit_id)
        if entry is None:
            return Sound.NONE
        return Sound.KEPT if entry.words == self.words.of(unit_id) else Sound.CHANGED


class Studio:
    """The recordings under the hands of everyone who works in this run."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._spoken: dict[str, Spoken] = {}

    def tags(self) -> list[str]:
        """The languages of which something can be recorded: also those that are only spoken, which have a name."""
        return [language.tag for language in self._desk.work().ingredients.registry if language.status != "source"]

    def open(self, tag: str) -> Spoken:
        """A language as it stands now. Raises `ProblemsError` when its files are broken."""
        registry = self._desk.work().ingredients.registry
        opened = [self._desk.open(other.tag) for other in registry.chain(registry[tag]) if has_text(other)]
        folder = self._desk.folder / tag / FOLDER
        files = sorted(folder.iterdir()) if folder.is_dir() else []
        mark = (registry[tag], *(one.mark for one in opened), *((path.name, *mark_of(path)) for path in files))
        held = self._spoken.get(tag)
        if held is None or held.mark != mark:
            catalogs = {one.language.tag: one.catalog for one in opened}
            recordings = load_recordings(self._desk.folder, tag)
            held = self._spoken[tag] = Spoken(registry[tag], recordings, self._words(registry[tag], catalogs), mark)
        return held

    def change(self, tag: str, make: Callable[[Spoken], Recordings]) -> None:
        """Bring the files of a language to what ``make`` makes of it; whatever that raises leaves them as they were."""
        with self._desk.alone():
            spoken = self.open(tag)
            write_recordings(self._desk.folder, spoken.recordings, make(spoken))

    def _words(self, language: Language, catalogs: Mapping[str, Catalog]) -> Words:
        """The words of what can be heard, and no others: a language is looked at again after every save."""
        found = self._desk.work().ingredients
        needed = {*heard_ids(found.guide), *LABELS.values(), *(unit.id for unit in found.guide.names.values())}
        units = [unit for unit in found.units if unit.id in needed]
        return Words(localize(units, language, found.registry, catalogs), found.guide)
