"""Few patterns say what is sent with every address, and say it once."""

from collections import Counter
from dataclasses import replace

import pytest

from fieldguide.artifact import Artifact, Caching
from fieldguide.deployment import Deployment
from fieldguide.rules import Rule, build_rules, media_types
from fieldguide.site import build_site
from fieldguide.snapshot import Site

from .conftest import fixture_ingredients


@pytest.mark.parametrize(
    ("pattern", "address", "meets"),
    [
        ("/static/*", "/static/css/guide.css", True),
        ("/static/*", "/static", False),
        ("/:language/o/*", "/zh-Hans/o/", True),
        ("/:language/o/*", "/en/other/", False),
        ("/404.html", "/404xhtml", False),
        ("/", "/en/", False),
        ("/a.b/:language/404.html", "/a.b/es/404.html", True),
    ],
)
def test_a_pattern_as_an_expression(pattern: str, address: str, meets: bool) -> None:
    """A language is one segment, a star any rest, and everything else stands for itself."""
    import re

    assert bool(re.search(Rule(pattern, {}).expression, address)) is meets


def test_a_folder_in_which_all_is_alike_is_one_pattern(site: Site) -> None:
    """Workers' pages of all languages are one line, and so are officers'."""
    caching = {rule.pattern: rule.headers.get("Cache-Control") for rule in build_rules(site)}
    assert caching["/:language/w/*"] == caching["/_/*"] == caching["/en/"] == "no-store"
    assert caching["/:language/o/*"] == caching["/sw.js"] == "no-cache"
    assert caching["/"] == "no-store"
    assert caching["/static/*"] == "max-age=3600"


def test_rules_do_not_grow_with_pages(real_site: Site) -> None:
    """Thousands of files, and less than the hundred rules that a host takes."""
    assert len(real_site.artifacts) > 1000
    assert len(build_rules(real_site)) < 90


def test_pages_of_a_language_that_are_sent_otherwise_stop_the_build(site: Site) -> None:
    """A pattern speaks for all languages; one that it would be wrong for is no silent exception."""
    page = site.artifacts["ar/w/money/"]
    odd = replace(site, artifacts={**site.artifacts, page.url: replace(page, caching=Caching.HOUR)})
    with pytest.raises(ValueError, match="not sent like its page in other languages"):
        build_rules(odd)


def test_a_suffix_has_one_type(site: Site) -> None:
    """A host goes by the suffix; two types for one cannot be told to it."""
    odd = Artifact("odd.js", b"", "text/plain")
    with pytest.raises(ValueError, match=r"odd\.js is text/plain, other \.js files are text/javascript"):
        media_types(replace(site, artifacts={**site.artifacts, odd.url: odd}))


def test_the_base_stands_before_every_pattern() -> None:
    """A guide in a folder of a host says nothing about the rest of the host."""
    site = build_site(fixture_ingredients(Deployment(base="/guide/")))
    patterns = Counter(rule.pattern for rule in build_rules(site))
    assert all(pattern.startswith("/guide/") for pattern in patterns)
    assert max(patterns.values()) == 1
