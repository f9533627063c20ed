"""A page of the site cut into a chapter of one file."""

import pytest

from fieldguide.artifact import Artifact
from fieldguide.chapters import Chapter, chapter_of

HOMES = {"es/": "start", "es/w/pay/": "w-pay", "es/keeps/": "keeps"}


def cut(main: str, foot: str = "", attrs: str = "", without: tuple[str, ...] = ()) -> Chapter:
    """The chapter of a page with this text in its main part."""
    body = f'<body><main id="main"{attrs}>{main}</main><footer class="foot">{foot}</footer></body>'
    html = f"<!doctype html><html>{body}</html>"
    return chapter_of(Artifact("es/w/pay/", html.encode(), "text/html"), HOMES, "w-pay.", without)


def test_the_words_and_marks_stay_as_they_are() -> None:
    """Language, direction, escapes and elements of the page come out as the site sends them."""
    text = '<h1 lang="ar" dir="rtl">A &amp; &#34;B&#34;</h1>\n<p class="small">x<br>y <input type="search" hidden></p>'
    assert cut(text).main == text


def test_ids_and_what_refers_to_them_get_the_name_of_the_chapter() -> None:
    """Twenty pages in one document may each have a section of the same id."""
    chapter = cut('<h2 id="a">x</h2><a href="#a">x</a><label for="a b">x</label><p aria-labelledby="a">x</p>')
    assert chapter.main == (
        '<h2 id="w-pay.a">x</h2><a href="#w-pay.a">x</a><label for="w-pay.a w-pay.b">x</label>'
        '<p aria-labelledby="w-pay.a">x</p>'
    )


@pytest.mark.parametrize(
    ("link", "there"),
    [
        ('<a href="../../">x</a> y', '<a href="#start">x</a> y'),
        ('<a href="./">x</a> y', '<a href="#w-pay">x</a> y'),
        ('<a href="../../keeps/#how">x</a> y', '<a href="#keeps.how">x</a> y'),
        ('<a href="tel:911">x</a>', '<a href="tel:911">x</a>'),
        ('<a href="sms:233733">x</a>', '<a href="sms:233733">x</a>'),
        ('<use href="../../../static/icons/pictograms.svg#pay"/>', '<use href="#i-pay"></use>'),
        ('<a href="../../ready/">x</a> y', "x y"),
        ('<a href="../../../en/w/pay/" lang="en" hreflang="en">x</a> y', '<span lang="en">x</span> y'),
        ('<a href="https://example.org/">x</a> y', "x y"),
    ],
)
def test_links_lead_to_chapters_or_nowhere(link: str, there: str) -> None:
    """Within a sentence the words of a link stay; its address leaves no way out of the file."""
    assert cut(f"<p>{link}</p>").main == f"<p>{there}</p>"


@pytest.mark.parametrize(
    "line",
    ['<li><a href="../../ready/">x</a></li>', '<p class="o"><a href="../o/">x</a> · <a href="../o/talk/">y</a></p>'],
)
def test_a_line_of_links_that_lead_nowhere_goes(line: str) -> None:
    """Nobody touches a name that does nothing."""
    assert cut(f"<ul>{line}</ul><p>z</p>").main == "<ul></ul><p>z</p>"


def test_what_needs_a_host_goes() -> None:
    """The list of languages, keeping, recordings and a section about them are not in a file."""
    chapter = cut(
        '<details class="languages"><summary>x</summary></details><section class="keep" data-module="keep">x</section>'
        '<p class="draft when-target">x</p><section id="asked">x</section><p data-sound="a.mp3">y</p>',
        foot='<p>z</p><nav><ul><li><a href="../../../">All</a></li></ul></nav>',
        attrs=' data-from="2026-01-02" data-until="2027-01-02"',
        without=("asked",),
    )
    assert chapter.main == "<p>y</p>"
    assert chapter.foot == "<p>z</p><nav><ul></ul></nav>"
    assert chapter.life == ' data-from="2026-01-02" data-until="2027-01-02"'


def test_a_page_that_does_not_close_what_it_opens_is_a_mistake() -> None:
    """A chapter of half a page would take the rest of the file with it."""
    with pytest.raises(ValueError, match="closes another element"):
        cut("<p><b>x</p>")
