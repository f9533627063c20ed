"""The headers, and what of them a page can carry itself."""

import html5lib
import pytest
from markupsafe import escape

from fieldguide.headers import CONTENT_SECURITY_POLICY, META_POLICY, SECURITY_HEADERS
from fieldguide.snapshot import Site


def directives(policy: str) -> dict[str, str]:
    """A policy by directive."""
    parts = (directive.partition(" ") for directive in policy.split("; "))
    return {name: value for name, _, value in parts}


def test_the_policy_of_a_page_is_the_header_less_what_a_page_cannot_carry() -> None:
    """Frames can only be forbidden by a header; everything else holds on a host that sends none."""
    header, page = directives(CONTENT_SECURITY_POLICY), directives(META_POLICY)
    assert header.items() - page.items() == {("frame-ancestors", "'none'")}
    assert page.items() <= header.items()
    assert {"require-trusted-types-for", "trusted-types", "default-src"} <= page.keys()


def test_the_policy_forbids_everything_inline_and_every_other_host() -> None:
    """Nothing but files of this host, or nothing at all; scripts touch the page through one named policy."""
    for name, value in directives(CONTENT_SECURITY_POLICY).items():
        expected = {"require-trusted-types-for": "'script'", "trusted-types": "fg"}
        assert value in ((expected[name],) if name in expected else ("'none'", "'self'"))


def test_no_page_may_ask_for_what_a_phone_can_see_hear_or_pay() -> None:
    """Camera, microphone, place, payment and what is plugged in or near: none for us, and none for a frame."""
    features = dict(part.split("=") for part in SECURITY_HEADERS["Permissions-Policy"].split(", "))
    assert features == dict.fromkeys(("camera", "microphone", "geolocation", "payment", "usb", "bluetooth"), "()")


@pytest.mark.parametrize("shipped", [False, True])
def test_every_page_carries_the_policy_before_anything_is_loaded(shipped: bool, site: Site, real_site: Site) -> None:
    """The policy stands right behind the encoding, since it holds for what comes after it, and says what the header
    says; no page tells another where the reader came from."""
    start = (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{escape(META_POLICY)}">\n'
        f'<meta name="referrer" content="{SECURITY_HEADERS["Referrer-Policy"]}">\n'
    )
    pages = [artifact for artifact in (real_site if shipped else site) if artifact.media_type.startswith("text/html")]
    assert len(pages) > 20
    for page in pages:
        head = page.body.decode("utf-8").partition("<head>\n")[2]
        assert head.startswith(start), page.url


def test_a_browser_reads_the_policy_as_it_is_meant(site: Site) -> None:
    """The quotes of the policy survive those of the attribute."""
    document = html5lib.parse(site.artifacts["en/"].body.decode("utf-8"), namespaceHTMLElements=False)
    (found,) = document.findall("head/meta[@http-equiv]")
    assert found.get("content") == META_POLICY
