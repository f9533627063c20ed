"""Site: everything that users can fetch, rendered once and never changed. Flask serves it, the writer writes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fieldguide.artifact import Artifact
from fieldguide.languages import Registry
from fieldguide.packs import Pack


@dataclass(frozen=True)
class Site:
    """Every URL that users can fetch, and its artifact. ``base`` is the path it is made for; ``for_host`` are files
    that lie beside the others for the web host, which reads them and need not serve them."""

    artifacts: Mapping[str, Artifact]
    registry: Registry
    base: str
    packs: tuple[Pack, ...]
    for_host: tuple[Artifact, ...] = ()

    def __iter__(self) -> Iterator[Artifact]:
        return iter(self.artifacts.values())
