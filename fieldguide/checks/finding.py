"""What a check of a text finds: a sentence with its remedy, which also knows its rule and what fills it.

The sentence is for those who work on the files. The workbench says the same in the words and the languages of its own
readers, and needs the rule for that.
"""

from collections.abc import Mapping
from enum import StrEnum


class Rule(StrEnum):
    """What was broken. The last ones are worth a second look only."""

    EMPTY = "empty"
    LONG = "long"
    HIDDEN = "hidden"
    COMPOSED = "composed"
    HTML = "html"
    PLACEHOLDER = "placeholder"
    PAGE = "page"
    BRACE = "brace"
    TYPED = "typed"
    LINK = "link"
    PLACEHOLDERS = "placeholders"
    LINKS = "links"
    NUMBERS = "numbers"
    SPELLED = "spelled"
    TOUCHING = "touching"
    SIGN = "sign"
    HOST = "host"
    MARKS = "marks"
    WORDLESS = "wordless"
    HANGUL = "hangul"
    STRANGE = "strange"
    LATIN = "latin"
    CHINESE = "chinese"
    LENGTH = "length"
    UNCHANGED = "unchanged"
    QUESTION = "question"
    ADDED = "added"
    MIXED = "mixed"
    LATIN_WORDS = "latin-words"
    TRAP = "trap"
    ELSEWHERE = "elsewhere"


class Finding(str):
    """The sentence itself; ``values`` are what it names, as it names them."""

    __slots__ = ("rule", "values")
    rule: Rule
    values: Mapping[str, str]

    def __new__(cls, rule: Rule, sentence: str, **values: str) -> "Finding":
        """A sentence of a rule."""
        made = super().__new__(cls, sentence)
        made.rule, made.values = rule, values
        return made
