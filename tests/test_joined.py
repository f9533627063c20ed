"""Modules as one script: what comes out runs as the modules would, and what cannot be joined is refused."""

import pytest
import quickjs

from fieldguide.joined import join

LETTERS = """const same = { a: 1 };

export const folded = (text) => text.toLowerCase();
"""
MATCH = """import { folded } from "./letters.js";

const same = 2;
export function twice(text) {
  return folded(text) + same;
}
"""
ENTRY = """import { folded as small } from "./letters.js";
import { twice } from "./match.js";

self.said = small("A") + twice("B");
"""


def said(script: str) -> object:
    """What a joined script leaves in ``self.said``."""
    context = quickjs.Context()
    context.eval("var self = globalThis; var all = {};")
    context.eval(f"(() => {{ {script} }})()")
    return context.eval("self.said")


def test_modules_run_as_they_do_apart() -> None:
    """Two modules may use one name for different things; each runs once, before those that need it."""
    script = join("entry", {"entry": ENTRY, "match": MATCH, "letters": LETTERS, "unused": "self.said = 'wrong';"})
    assert said(script) == "ab2"
    assert script.count("toLowerCase") == 1
    assert "wrong" not in script


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ({"entry": 'import "./gone.js";\n'}, "gone.js is not there"),
        ({"entry": 'import { b } from "./a.js";\n', "a": "export const a = 1;\n"}, "takes b from a.js"),
        ({"entry": 'import all from "./a.js";\n', "a": ""}, "entry.js has 'import'"),
        ({"entry": "export default 1;\n"}, "entry.js has 'export'"),
        ({"entry": 'const end = "</script>";\n'}, "</script"),
        ({"entry": 'import { b } from "./a.js";\n', "a": 'import "./entry.js";\n'}, "takes b from a.js"),
    ],
)
def test_what_cannot_be_joined_is_refused(modules: dict[str, str], message: str) -> None:
    """A script that would fail on somebody's phone, with nobody to see it, fails here."""
    with pytest.raises(ValueError, match=message):
        join("entry", modules)
