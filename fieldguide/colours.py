"""A deployment's own colours, as far as everybody can still read on them.

Contrast is that of WCAG 2: (L1 + 0.05) / (L2 + 0.05), L being the relative luminance. What a colour stands on is read
from the guide's own style sheet, so that the rule follows the sheet.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from fieldguide.artifact import Artifact
from fieldguide.problems import Problem

SHEET = "static/css/guide.css"

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_PROPERTY = re.compile(r"(--[a-z-]+):\s*(#[0-9a-f]{6})\b")
_READ, _SEEN = 4.5, 3.0  # WCAG 1.4.3 for text; 1.4.11 for what is to be made out


@dataclass(frozen=True, kw_only=True)
class Colours:
    """``accent`` is for links, drawings and frames, ``button`` for buttons and numbers to call; each has another value
    for dark screens. Written ``#rrggbb``; "" keeps the guide's own."""

    accent: str = ""
    accent_dark: str = ""
    button: str = ""
    button_dark: str = ""

    def chosen(self) -> dict[str, str]:
        """The colours that are not the guide's own, by key."""
        return {key: value.lower() for key, value in vars(self).items() if value}


@dataclass(frozen=True)
class _Use:
    """A custom property, whether on dark screens, and what it must be told from: other properties, and how well."""

    name: str
    is_dark: bool
    beside: Mapping[str, float]


_LINK = {"--paper": _READ, "--soft": _READ, "--warn-soft": _READ}
_BUTTON = {"--on-call": _READ, "--paper": _SEEN, "--soft": _SEEN, "--warn-soft": _SEEN}
_USES = {
    "accent": _Use("--link", False, _LINK),
    "accent_dark": _Use("--link", True, _LINK),
    "button": _Use("--call", False, _BUTTON),
    "button_dark": _Use("--call", True, _BUTTON),
}


def check_format(colours: Colours, file: str) -> Iterator[Problem]:
    """Every colour that is not written as ``#rrggbb``."""
    for key, value in colours.chosen().items():
        if not _HEX.fullmatch(value):
            yield Problem(file, f"colours.{key}", f"{value!r} is no colour; write it like #0b4a8f")


def check_contrast(colours: Colours, assets: Iterable[Artifact], file: str) -> Iterator[Problem]:
    """Every colour that somebody could not read, with the nearest one that everybody can."""
    sheet = "".join(asset.body.decode("utf-8") for asset in assets if asset.url == SHEET)
    for key, colour in colours.chosen().items():
        use = _USES[key]
        beside = [(_palette(sheet, is_dark=use.is_dark)[name], ratio) for name, ratio in use.beside.items()]
        bad = [(contrast(colour, other), other, ratio) for other, ratio in beside if contrast(colour, other) < ratio]
        if bad:
            found, other, ratio = min(bad)
            said = f"{colour} has a contrast of {found:.2f} to {other}, and needs {ratio:.1f}"
            yield Problem(file, f"colours.{key}", f"{said}; the nearest that passes is {_nearest(colour, beside)}")


def coloured(assets: Iterable[Artifact], colours: Colours) -> tuple[Artifact, ...]:
    """The assets with these colours at the end of the style sheet: one file less to fetch than a sheet of their own."""
    own = _rules(colours).encode("utf-8")
    return tuple(replace(asset, body=asset.body + own) if asset.url == SHEET else asset for asset in assets)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (value / 255 for value in _rgb(colour))
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _palette(sheet: str, *, is_dark: bool) -> dict[str, str]:
    light, dark = _ROOT.findall(sheet)[:2]
    return dict(_PROPERTY.findall(light)) | (dict(_PROPERTY.findall(dark)) if is_dark else {})


def _nearest(colour: str, beside: Iterable[tuple[str, float]]) -> str:
    """The colour mixed with as little black or white as will do; one of the two always does where the guide's does."""
    mixed = (_mix(colour, end, step / 256) for step in range(257) for end in (0, 255))
    return next(mix for mix in mixed if all(contrast(mix, other) >= ratio for other, ratio in beside))


def _mix(colour: str, end: int, share: float) -> str:
    return "#" + "".join(f"{round(value + (end - value) * share):02x}" for value in _rgb(colour))


def _rules(colours: Colours) -> str:
    chosen = colours.chosen()

    def root(*, is_dark: bool) -> str:
        uses = ((_USES[key], value) for key, value in chosen.items())
        lines = "".join(f" {use.name}: {value};" for use, value in uses if use.is_dark is is_dark)
        return f":root {{{lines} }}" if lines else ""

    # each in its own query: a light screen's colour must not reach dark ones, where nobody looked at it
    schemes = (("light", root(is_dark=False)), ("dark", root(is_dark=True)))
    return "".join(f"\n@media (prefers-color-scheme: {scheme}) {{ {rule} }}\n" for scheme, rule in schemes if rule)
