"""Mini-markup and placeholders -> HTML. Text is escaped first, so nothing in a text can ever become a tag.

``**strong**``, ``*em*``, ``[text](page-id)`` and ``{placeholder}``; nothing else.
"""

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
LINK = re.compile(r"\[([^\[\]]+)\]\(([a-z0-9/-]+)\)")
STRONG = re.compile(r"\*\*([^*]+)\*\*")
EM = re.compile(r"\*([^*]+)\*")

SAID_IN_ENGLISH = frozenset({"Interpreter, please."})
"""What a reader of any language says aloud in English: a phone must speak it so, and its dot stay at its end."""


def placeholders(text: str) -> list[str]:
    """The names of the placeholders in a text, in order, doubles included."""
    return PLACEHOLDER.findall(text)


def link_targets(text: str) -> list[str]:
    """The page ids a text links to."""
    return [target for _, target in LINK.findall(text)]


def to_html(text: str, values: Mapping[str, Markup], link: Callable[[str], str] | None = None) -> Markup:
    """A text as HTML. ``values`` gives each placeholder's HTML, ``link`` the address of a page id.

    Raises KeyError for a placeholder without a value; the checks have refused it long before.
    """
    html = str(escape(text))
    html = STRONG.sub(r"<strong>\1</strong>", html)
    html = EM.sub(_em, html)
    if link is not None:
        address = link
        html = LINK.sub(lambda match: f'<a href="{escape(address(match[2]))}">{match[1]}</a>', html)
    return Markup(PLACEHOLDER.sub(lambda match: str(values[match[1]]), html))  # noqa: S704 - escaped above


def _em(match: re.Match[str]) -> str:
    attrs = ' lang="en" dir="ltr"' if match[1] in SAID_IN_ENGLISH else ""
    return f"<em{attrs}>{match[1]}</em>"


def to_plain(text: str, values: Mapping[str, str]) -> str:
    """A text without markup, for titles and attributes."""
    text = EM.sub(r"\1", STRONG.sub(r"\1", text))
    text = LINK.sub(r"\1", text)
    return PLACEHOLDER.sub(lambda match: values[match[1]], text)
