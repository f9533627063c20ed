"""Mini-markup and placeholders: what becomes HTML, and that nothing else ever does."""

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from fieldguide.markup import link_targets, placeholders, to_html, to_plain

OURS = re.compile(r'</?(?:strong|em|a)>|<a href="[^"<>]*">')
ENTITY = re.compile(r"&(?:amp|lt|gt|#34|#39);")

tricky = st.text(st.sampled_from("<>&\"'*[]()ab/-\n;# "))
texts = st.one_of(tricky, st.text()).filter(lambda text: "{" not in text and "}" not in text)
quickly = settings(deadline=None, derandomize=True, max_examples=500)


def address(page_id: str) -> str:
    return f'../{page_id}/?"<&>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("**apart**", "<strong>apart</strong>"),
        ("*since*", "<em>since</em>"),
        ("*Interpreter, please.*", '<em lang="en" dir="ltr">Interpreter, please.</em>'),
        ("**a** and **b**", "<strong>a</strong> and <strong>b</strong>"),
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
        ("2 * 3", "2 * 3"),
        ("a*", "a*"),
        ("**a", "**a"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("**<i>**", "<strong>&lt;i&gt;</strong>"),
        ("Q'anjob'al & \"Mam\"", "Q&#39;anjob&#39;al &amp; &#34;Mam&#34;"),
        ("&amp;", "&amp;amp;"),
        ("خروج **الآن**", "خروج <strong>الآن</strong>"),
    ],
)
def test_html(text: str, expected: str):
    """Two marks become two elements, everything else is text."""
    found = to_html(text, {})
    assert found == Markup(expected)
    assert isinstance(found, Markup)


@pytest.mark.parametrize("text", ["***a***", "**a *b** c*", "*a **b* c**"])
def test_marks_that_cross_give_elements_that_nest(text: str):
    """However the asterisks lie, an element is closed before the one around it."""
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)>", to_html(text, {})):
        if closing:
            assert opened
            assert opened.pop() == name
        else:
            opened.append(name)
    assert not opened


def test_link_goes_where_the_page_lives():
    """A link asks for the address of its page id, which is escaped as an attribute."""
    asked: list[str] = []

    def link(page_id: str) -> str:
        asked.append(page_id)
        return address(page_id)

    found = to_html("See [the *farm* page](officer/farm).", {}, link)
    assert asked == ["officer/farm"]
    assert found == 'See <a href="../officer/farm/?&#34;&lt;&amp;&gt;">the <em>farm</em> page</a>.'


@pytest.mark.parametrize("target", ["javascript:alert", "https://x", "../x", "Officer/Farm", "a b", "x?y", ""])
def test_only_a_page_id_is_a_link(target: str):
    """A target that is no page id stays text: no other address can be written."""
    assert "<a" not in to_html(f"[x]({target})", {}, address)
    assert link_targets(f"[x]({target})") == []


def test_no_link_without_addresses():
    """Where no addresses are given the words stay as written and nothing is asked."""
    assert to_html("[x](officer/farm)", {}) == "[x](officer/farm)"


def test_placeholder_becomes_its_html():
    """A value is HTML already and stays so; asterisks and braces in it are not read again."""
    values = {"fact.a": Markup("<bdi>*1* {fact.b}</bdi>"), "fact.b": Markup("no")}
    assert to_html("At **least {fact.a}**!", values) == "At <strong>least <bdi>*1* {fact.b}</bdi></strong>!"


def test_unknown_placeholder_is_an_error():
    """A placeholder without a value never reaches a reader."""
    with pytest.raises(KeyError, match=r"fact\.none"):
        to_html("{fact.none}", {})


def test_placeholders_and_targets_keep_order_and_doubles():
    """Checks compare lists: order and doubles of the text are kept."""
    text = "{b} {a} {b} [x](worker/pay) [y](officer/farm) [z](worker/pay)"
    assert placeholders(text) == ["b", "a", "b"]
    assert link_targets(text) == ["worker/pay", "officer/farm", "worker/pay"]


def test_plain_text_has_no_marks():
    """A title has the words of the text, values filled in, unescaped: the template escapes it."""
    text = "**Call** *now*: [the <line>](worker/start), {phone.line} & more"
    assert to_plain(text, {"phone.line": "555"}) == "Call now: the <line>, 555 & more"
    assert not isinstance(to_plain(text, {"phone.line": "555"}), Markup)


@quickly
@given(texts, st.sampled_from([None, address]))
@example("[<img src=x onerror=alert(1)>](a)", address)
@example('**"><script>**', None)
@example("[*](a)*", address)
def test_nothing_of_a_text_becomes_a_tag(text: str, link):
    """Take our own few tags away and no ``<``, ``>``, quote or bare ``&`` is left, whatever the text was."""
    rest = OURS.sub("", to_html(text, {}, link))
    assert not set(rest) & set("<>\"'")
    assert "&" not in ENTITY.sub("", rest)


@quickly
@given(texts)
def test_html_says_what_the_text_says(text: str):
    """Without its tags and entities the HTML is the plain text: nothing is lost or doubled."""
    assert html.unescape(OURS.sub("", to_html(text, {}, address))) == to_plain(text, {})


@quickly
@given(texts)
def test_text_without_marks_is_only_escaped(text: str):
    """A text without asterisks and brackets has no tag at all."""
    bare = text.translate(str.maketrans("", "", "*[]"))
    found = to_html(bare, {}, address)
    assert "<" not in found
    assert html.unescape(found) == bare
