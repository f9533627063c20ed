"""Where every page lives, and links between pages. The only module that builds URLs.

A URL here is site-relative without a leading slash: ``es/w/farm/``, ``static/app.css``; "" is the language screen.
"""

from functools import cache

from fieldguide.languages import Language, Registry
from fieldguide.model import Audience, Page

LANGUAGE_SCREEN = ""
START = "worker/start"
CLEAR = "_/clear.txt"
"""Its answer carries the header that clears an origin; only where the deployment owns the whole of it."""
SECURITY_TXT = ".well-known/security.txt"
"""Whom to tell of a fault; those who look for it know only the root of a host."""
ROBOTS, FAVICON = "robots.txt", "favicon.ico"
"""What is asked of the root of a host unasked; below a base path nobody looks for them."""
FILE_LIST = ".well-known/fieldguide.json"
"""What a release consists of, at a place that can be guessed for every copy; below the base, as everything."""
SIGNATURE = f"{FILE_LIST}.sig"
SOURCES = "shared/sources"
PRINT = "officer/print"
"""The page that lists the sheets for paper; a guide without it has none."""
CITING = frozenset({Audience.OFFICER.value, Audience.NEIGHBOR.value})
"""The sides whose pages cite sources claim by claim."""

LETTERS = {Audience.OFFICER: "o/", Audience.NEIGHBOR: "n/", Audience.WORKER: "w/", Audience.SHARED: ""}


def page_url(language: Language, page: Page) -> str:
    """The URL of a page in a language: ``/<tag>/`` is the worker's start, ``/<tag>/o/`` the officer's."""
    return f"{language.tag}/{place_of(page)}"


def place_of(page: Page) -> str:
    """Where a page lies in the folder of every language."""
    if not page.slug:
        return "" if page.audience is Audience.WORKER else LETTERS[page.audience]
    return f"{LETTERS[page.audience]}{page.slug}/"


def side_start(language: Language, audience: Audience) -> str:
    """The start of a side in a language."""
    return f"{language.tag}/" if audience is Audience.WORKER else side_url(language, audience)


def side_url(language: Language, audience: Audience) -> str:
    """The folder of a side's pages in a language."""
    return f"{language.tag}/{LETTERS[audience]}"


def cards_url(language: Language) -> str:
    """The cards in a worker's language; the fragment names the officer's (``#en``, ``#es``)."""
    return f"{language.tag}/cards/"


def sheet_url(language: Language, audience: Audience, name: str) -> str:
    """A sheet for paper, among the pages of the side whose words it has."""
    return f"{side_url(language, audience)}print/{name}/"


def form_url(language: Language) -> str:
    """The header row of the recording form's table, beside the form."""
    return f"{sheet_url(language, Audience.OFFICER, 'record')}record.csv"


def notes_url(language: Language) -> str:
    """What officers read beside each card, in one of their languages."""
    return f"{language.tag}/{LETTERS[Audience.OFFICER]}cards.js"


def sound_url(language: Language, unit_id: str, words: str) -> str:
    """The recording of one text, with the hash of the words that were said: a page of one edition never gets the sound
    of another, whichever of them a phone has kept."""
    return f"{sounds_folder(language)}{unit_id}.{words}.mp3"


def sounds_folder(language: Language) -> str:
    """Where the recordings of a language are."""
    return f"{language.tag}/audio/"


def not_found_url(language: Language | None) -> str:
    """The page a host shows for an unknown URL, at the root or under a language's folder."""
    return f"{language.tag}/404.html" if language else "404.html"


def manifest_url(language: Language, audience: Audience) -> str:
    """The web manifest of a side, beside its start page."""
    folder = "" if audience is Audience.WORKER else LETTERS[audience]
    return f"{language.tag}/{folder}app.webmanifest"


def has_page(language: Language, page: Page) -> bool:
    """True when the language has the side the page belongs to; shared pages are on every side.

    The list of sources belongs to the sides that cite them: it is long and in English in every language. A language
    that is only spoken here has no text, so no page but its start, which is in another language.
    """
    if language.status == "spoken":
        return page.id == START
    if page.id == SOURCES:
        return not CITING.isdisjoint(language.audiences)
    return page.audience is Audience.SHARED or page.audience.value in language.audiences


def door(language: Language, page: Page, registry: Registry) -> Language:
    """The language in which a page can be read: the asked one, or the first of its fallbacks that has it."""
    if has_page(language, page):  # so it is for nearly every link
        return language
    return next(candidate for candidate in registry.chain(language) if has_page(candidate, page))


@cache
def relative(here: str, there: str) -> str:
    """The relative link from one URL to another, so that the folder works under any path."""
    start, end = here.split("/")[:-1], there.split("/")
    shared = 0
    while shared < min(len(start), len(end) - 1) and start[shared] == end[shared]:
        shared += 1
    return "../" * (len(start) - shared) + "/".join(end[shared:]) or "./"


def absolute(base: str, there: str) -> str:
    """The link from anywhere: for the 404 page, which a host shows at every depth."""
    return base + there


def file_name(url: str) -> str:
    """The file of a URL in a folder that a web host serves."""
    return url + "index.html" if not url or url.endswith("/") else url
