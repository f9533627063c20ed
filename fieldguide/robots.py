"""What search engines and browsers ask of the root of a host unasked: ``/robots.txt`` (RFC 9309) and ``/favicon.ico``.

Workers' pages say in their own heads that they are not to be listed. Here nobody is kept from reading them: who may not
read a page does not see what it says, and lists its address all the same.
"""

from collections.abc import Iterable, Iterator

from fieldguide import urls
from fieldguide.artifact import TEXT, Artifact, Caching
from fieldguide.deployment import Deployment
from fieldguide.icon import app_icons

_ALL = "# Pages that are not to be listed say so themselves.\nUser-agent: *\nDisallow:\n"
_NONE = "User-agent: *\nDisallow: /\n"


def build_robots(deployment: Deployment, assets: Iterable[Artifact]) -> Iterator[Artifact]:
    """Both files. The icon is the smallest picture that manifests name, as PNG: no browser goes by the name."""
    yield Artifact(urls.ROBOTS, (_ALL if deployment.listed else _NONE).encode("ascii"), TEXT)
    smallest = next(iter(app_icons(is_own=bool(deployment.icon)).values()))
    for asset in assets:
        if asset.url == smallest:
            yield Artifact(urls.FAVICON, asset.body, asset.media_type, Caching.HOUR)
