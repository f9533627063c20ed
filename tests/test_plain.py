"""The guide made bigger, for benchmarks of growth: it must pass every check, as a guide of that size would."""

from bench.plain import count_pages, with_many_pages
from fieldguide.site import build_site

from .conftest import fixture_ingredients


def test_copies_of_pages_are_pages_of_their_own():
    """Under another address, with the same text in every language, translations too."""
    once, thrice = (build_site(with_many_pages(fixture_ingredients(), times)) for times in (1, 3))
    original, copy = (thrice.artifacts[f"ar/w/money{more}/"].body.decode() for more in ("", "-two-more"))
    added = [url for url in thrice.artifacts if url.endswith(("-two-two/", "-two-more/"))]
    assert count_pages(thrice) == count_pages(once) + len(added)
    assert len(added) > 4
    (heading,) = (line for line in original.splitlines() if line.startswith("<h1"))
    assert heading in copy
