"""A deployment's colours: what is emitted, and what nobody could read."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.colours import SHEET, Colours, contrast
from fieldguide.deployment import Deployment, load_deployment
from fieldguide.problems import ProblemsError
from fieldguide.site import build_site
from fieldguide.snapshot import Site

from .conftest import fixture_ingredients


def problems(**colours: str) -> dict[str, str]:
    """What a build says about colours, by place."""
    with pytest.raises(ProblemsError) as caught:
        build_site(fixture_ingredients(Deployment(colours=Colours(**colours))))
    return {problem.place: problem.message for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    """The values that everybody's tools give, whichever colour is named first."""
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.005)


def test_chosen_colours_stand_at_the_end_of_the_sheet(site: Site) -> None:
    """Each in its own scheme, so that none is used where nobody looked at it; the manifest has the accent too."""
    chosen = Colours(accent="#7A1F5C", button_dark="#ffd27a")
    own = build_site(fixture_ingredients(Deployment(colours=chosen)))
    sheet, plain = own.artifacts[SHEET].body.decode(), site.artifacts[SHEET].body.decode()
    assert sheet.removeprefix(plain).split("\n") == [
        "",
        "@media (prefers-color-scheme: light) { :root { --link: #7a1f5c; } }",
        "",
        "@media (prefers-color-scheme: dark) { :root { --call: #ffd27a; } }",
        "",
    ]
    assert json.loads(own.artifacts["en/app.webmanifest"].body)["theme_color"] == "#7a1f5c"


def test_no_colours_change_nothing(site: Site) -> None:
    """A copy without colours has the sheet as it is."""
    own = build_site(fixture_ingredients(Deployment(colours=Colours())))
    assert {url: artifact.revision for url, artifact in own.artifacts.items()} == {
        url: artifact.revision for url, artifact in site.artifacts.items()
    }


def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can() -> None:
    """All at once; each offer, taken, passes, and is still the same hue."""
    found = problems(accent="#ff8800", accent_dark="#0b4a8f", button="#ffee00", button_dark="#333333")
    assert sorted(found) == ["colours.accent", "colours.accent_dark", "colours.button", "colours.button_dark"]
    assert found["colours.accent"].startswith("#ff8800 has a contrast of ")
    offered = {place.partition(".")[2]: re.findall("#[0-9a-f]{6}", message)[-1] for place, message in found.items()}
    assert build_site(fixture_ingredients(Deployment(colours=Colours(**offered))))
    red, green, blue = (int(offered["accent"][at : at + 2], 16) for at in (1, 3, 5))
    assert red > green > blue == 0


def test_the_offer_is_the_nearest() -> None:
    """One step back towards the colour that was asked for would fail."""
    offer = re.findall("#[0-9a-f]{6}", problems(accent="#808080")["colours.accent"])[-1]
    lighter = "#" + f"{int(offer[1:3], 16) + 1:02x}" * 3
    assert "colours.accent" in problems(accent=lighter)


@pytest.mark.parametrize("value", ["blue", "#123", "#12345g", "#1234567", "red;} body{"])
def test_a_colour_is_written_in_one_way(tmp_path: Path, value: str) -> None:
    """Nothing else reaches a style sheet."""
    path = tmp_path / "deployment.toml"
    path.write_text(f"[colours]\nbutton = {json.dumps(value)}\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match=r"\.toml: colours\.button: .* is no colour; write it like #0b4a8f"):
        load_deployment(path)


def test_the_guides_own_colours_pass() -> None:
    """The rule is one that the guide keeps itself."""
    ingredients = fixture_ingredients()
    (sheet,) = (asset.body.decode() for asset in ingredients.assets if asset.url == SHEET)
    link, dark_link, _night = re.findall(r"--link:\s*(#\w+)", sheet)  # night has no colours of a deployment
    call, dark_call, *_ = re.findall(r"--call:\s*(#\w+)", sheet)
    own = Colours(accent=link, accent_dark=dark_link, button=call, button_dark=dark_call)
    assert build_site(replace(ingredients, deployment=Deployment(colours=own)))
