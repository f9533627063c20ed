"""What touches a placeholder is told as it stands there; each language may have its own particles."""

import pytest

from fieldguide.checks.touching import iter_touching
from fieldguide.languages import Language

SCRIPTS = {"es": "Latn", "ko": "Kore", "zh-Hans": "Hans", "am": "Ethi", "th": "Thai"}


@pytest.mark.parametrize(
    ("tag", "english", "text", "found"),
    [
        ("es", "", "a{x}b {x} 1{x}", ["a", "b", "1"]),
        ("es", "{x}s", "{x}s s{x}", ["s"]),
        ("es", "s{x}", "s{x} {x}s", ["s"]),
        ("es", "x {x} s", "{x}s y x{x}", ["s", "x"]),
        ("es", "", "({x}) «{x}», {x}: **{x}**", []),
        ("es", "", "-{x} {x}% {x}# {x}/{y} +{x} {x}_ {x}\u0301", ["-", "%", "#", "/", "/", "+", "_", "\u0301"]),
        ("es", "", "{x}{y}", []),
        ("es", "", "a" * 23 + "bc{x}" + "d" * 23 + "ef", ["a" * 22 + "bc", "d" * 23 + "e"]),
        ("ko", "", "{x}에 {x}로 에{x} {x}하나", []),
        ("ko", "", "{x}구 {x}A 육{x}", ["구", "A", "육"]),
        ("zh-Hans", "", "拨打{x}九 一{x} {x}号 a{x} {x}a", ["九", "一", "a", "a"]),
        ("zh-Hans", "", "ab1{x} {x}1ab 1拨{x} {x}拨1 九拨{x} {x}拨九", ["ab1", "1ab"]),
        ("zh-Hans", "", "１{x} я{x} π{x} %{x}", ["１", "я", "π", "%"]),
        ("am", "", "ከ{x} {x}ከ ዘ{x} {x}።", ["ከ", "ዘ"]),
        ("th", "", "โทร{x}ได้ ๑{x} {x}๑", ["๑", "๑"]),
    ],
)
def test_what_touches_is_told_as_it_stands(tag: str, english: str, text: str, found: list[str]):
    """Up to 24 letters on its own side; what touches there in the English as well may, and punctuation always."""
    language = Language(tag, tag, tag, SCRIPTS[tag], "en_US")
    assert list(iter_touching(english, text, language)) == found
