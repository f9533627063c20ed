"""The glossary: how its file is read, and how terms, renderings and traps are found in texts."""

from pathlib import Path

import pytest

from fieldguide.glossary import Glossary, Rendering, Standing, Term, load_glossary
from fieldguide.problems import Problem, ProblemsError

from .conftest import ROOT

FILE = "translations/glossary.toml"
GOOD = """
[sources.page]
title = "A page"
url = "https://page.example/"

[[terms]]
id = "pay"
english = ["pay", "wages"]
note = "For work."

  [terms.languages.es]
  say = ["pago"]
  stems = ["pag"]
  never = ["limosna"]
  why = "means alms"
  standing = "official"
  sources = ["page"]

  [terms.languages.mam]
  standing = "unknown"
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as caught:
        load_glossary(written(tmp_path, text))
    assert {problem.file for problem in caught.value.problems} == {FILE}
    return [(problem.place, problem.message) for problem in caught.value.problems]


def term(*english: str, **languages: Rendering) -> Term:
    return Term(english[0], english, languages)


def found(english: str, *terms: Term, tag: str = "es") -> list[str]:
    return [term.id for term, _ in Glossary(terms).iter_terms(english, tag)]


PAGO = Rendering(Standing.USUAL, ("pago",))


def test_file_is_read(tmp_path: Path):
    """Terms, renderings and sources come as they are written; what is left out is empty."""
    glossary = load_glossary(written(tmp_path, GOOD))
    (pay,) = glossary.terms
    assert (pay.id, pay.english, pay.note) == ("pay", ("pay", "wages"), "For work.")
    expected = Rendering(Standing.OFFICIAL, ("pago",), ("pag",), ("limosna",), "means alms", ("page",))
    assert pay.languages == {"es": expected, "mam": Rendering(Standing.UNKNOWN)}
    assert glossary.sources["page"].title == "A page"


def test_missing_file_is_an_empty_glossary(tmp_path: Path):
    """A guide without a glossary has no terms and no problem."""
    glossary = load_glossary(tmp_path / "glossary.toml")
    assert glossary == Glossary()
    assert list(glossary.iter_terms("pay", "es")) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ('say = ["pago"]', "", "pay.es", "an unknown rendering has an empty 'say', every other has one; mend either"),
        (
            'standing = "unknown"',
            'standing = "unknown"\nsay = ["x"]',
            "pay.mam",
            "an unknown rendering has an empty 'say', every other has one; mend either",
        ),
        (
            'sources = ["page"]',
            "",
            "pay.es",
            "an official rendering names its sources, any other has none; mend either",
        ),
        (
            '"official"',
            '"usual"',
            "pay.es",
            "an official rendering names its sources, any other has none; mend either",
        ),
        ('why = "means alms"', "", "pay.es", "a trap needs its 'why'; add it"),
        ('["page"]', '["page", "gone"]', "pay.es", "unknown source 'gone'; add it under [sources]"),
        ('["pay", "wages"]', "[]", "pay", "has no English words; add them"),
    ],
)
def test_mistake_is_named_by_term_and_language(tmp_path: Path, old: str, new: str, place: str, message: str):
    """Each mistake is one problem: which term, which language, and what mends it."""
    assert old in GOOD
    assert problems(tmp_path, GOOD.replace(old, new)) == [(place, message)]


def test_second_term_of_an_id_is_a_problem(tmp_path: Path):
    """Two terms of one id would hide each other from whoever mends one."""
    again = '\n[[terms]]\nid = "pay"\nenglish = ["salary"]\n[terms.languages]\n'
    assert problems(tmp_path, GOOD + again) == [("pay", "a second term of this id; keep one")]


def test_all_mistakes_come_at_once(tmp_path: Path):
    """One run shows every mistake of the file, of all terms and languages."""
    text = GOOD.replace('why = "means alms"', "").replace('["page"]', '["gone"]').replace('["pay", "wages"]', "[]")
    text = text.replace('standing = "unknown"', 'standing = "unknown"\nsay = ["x"]')
    text += '\n[[terms]]\nid = "rest"\nenglish = ["rest"]\n[terms.languages.fr]\nstanding = "usual"\n'
    places = [place for place, _ in problems(tmp_path, text)]
    assert places == ["pay", "pay.es", "pay.es", "pay.mam", "rest.fr"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"official"', '"certain"', "'certain' is not one of: official, usual, unknown"),
        ('say = ["pago"]', 'say = "pago"', "expected a list, found text"),
        ('note = "For work."', "note = 3", "expected text, found a whole number"),
        ('note = "For work."', 'hint = "x"', "unknown key hint"),
        ('url = "https://page.example/"', "", "sources['page'].url: required key is missing"),
        ('id = "pay"', "", "terms[0].id: required key is missing"),
    ],
)
def test_wrong_shape_is_named(tmp_path: Path, old: str, new: str, words: str):
    """A misspelt key, a wrong type, a standing that does not exist and a lost key are named."""
    assert old in GOOD
    ((place, message),) = problems(tmp_path, GOOD.replace(old, new))
    assert words in f"{place}: {message}"


def test_mistakes_of_shape_name_their_place(tmp_path: Path):
    """The place of a wrong value is its path in the file."""
    ((place, _),) = problems(tmp_path, GOOD.replace('"official"', '"certain"'))
    assert place == "terms[0].languages['es'].standing"


def test_broken_toml_is_a_problem(tmp_path: Path):
    """A file that is no TOML is a problem, not a crash."""
    assert len(problems(tmp_path, "[[terms]\n")) == 1


@pytest.mark.parametrize(
    "english", ["pay", "Your PAY is late.", "(Pay)", "No wages, no work.", "back-pay", "pay's", "Wages"]
)
def test_term_is_found_as_a_whole_word(english: str):
    """A term is found ignoring case, beside any sign, by each of its English words."""
    assert found(english, term("pay", "wages", es=PAGO)) == ["pay"]


@pytest.mark.parametrize("english", ["payment", "repay", "They repaid.", "wage", "p ay", ""])
def test_term_is_not_found_inside_another_word(english: str):
    """Longer words that only hold a term are not the term."""
    assert found(english, term("pay", "wages", es=PAGO)) == []


def test_term_of_several_words_is_found():
    """A term may be a phrase; signs in it stand for themselves."""
    terms = (term("human trafficking", es=PAGO), term("T.visa", es=PAGO))
    assert found("Human trafficking is a crime.", *terms) == ["human trafficking"]
    assert found("A T.visa helps.", *terms) == ["T.visa"]
    assert found("A Txvisa; a human; trafficking.", *terms) == []


def test_term_without_an_entry_in_the_language_is_left_out():
    """Nothing recorded for a language is nothing to compare with."""
    assert found("pay", term("pay", es=PAGO), tag="fr") == []
    assert found("pay", term("pay", fr=PAGO), term("wages", "pay", es=PAGO)) == ["wages"]


def test_each_language_gets_its_own_rendering():
    """The same English text asked for in two languages gives each its own."""
    other = Rendering(Standing.USUAL, ("paie",))
    glossary = Glossary((term("pay", es=PAGO, fr=other),))
    assert [rendering for _, rendering in glossary.iter_terms("pay", "es")] == [PAGO]
    assert [rendering for _, rendering in glossary.iter_terms("pay", "fr")] == [other]
    assert list(glossary.iter_terms("rest", "es")) == []


@pytest.mark.parametrize("text", ["el pago", "pagos", "le pagaron", "EL PAGO"])
def test_rendering_is_recognised_by_word_and_stem(text: str):
    """A rendering counts whatever its ending, by what is said or by a stem of it."""
    assert Rendering(Standing.USUAL, ("Pago",), ("PAG",)).is_in(text.casefold())


def test_other_word_is_not_the_rendering():
    """A text with neither the rendering nor a stem does not hold it."""
    assert not Rendering(Standing.USUAL, ("pago",), ("pag",)).is_in("el sueldo")
    assert not Rendering(Standing.USUAL, ("pago",)).is_in("le pagaron")


def test_unknown_rendering_is_in_every_text():
    """Where no rendering is known yet, no text can miss it."""
    assert Rendering(Standing.UNKNOWN).is_in("anything")


def test_traps_are_found_ignoring_case():
    """Each misleading rendering in a text is named, as the glossary writes it."""
    rendering = Rendering(Standing.USUAL, ("trata",), never=("Tráfico de personas", "contrabando", "otra"), why="x")
    assert rendering.traps_in("CONTRABANDO y TRÁFICO DE PERSONAS".casefold()) == ["Tráfico de personas", "contrabando"]
    assert rendering.traps_in("trata de personas") == []


@pytest.mark.parametrize(
    ("tag", "trap", "good"),
    [
        ("es", "tráfico de personas", "La trata de personas es un delito."),
        ("zh-Hant", "人口走私", "人口販運是犯罪。"),
        ("zh-Hans", "人口走私", "人口贩运是犯罪。"),
    ],
)
def test_shipped_glossary_has_the_traps_of_trafficking(tag: str, trap: str, good: str):
    """The guide's own glossary loads, and knows that trafficking is not smuggling."""
    glossary = load_glossary(ROOT / FILE)
    renderings = {term.id: found for term, found in glossary.iter_terms("Human trafficking is a crime.", tag)}
    rendering = renderings["human-trafficking"]
    assert rendering.traps_in(f"x {trap} x") == [trap]
    assert rendering.why
    assert rendering.is_in(good.casefold())
    assert rendering.traps_in(good.casefold()) == []


def test_no_shipped_rendering_is_its_own_trap():
    """No word of the guide's glossary is said and forbidden at once."""
    for term in load_glossary(ROOT / FILE).terms:
        for tag, rendering in term.languages.items():
            said = [form for form in rendering.say if rendering.traps_in(form.casefold())]
            assert said == [], (term.id, tag)


def test_problem_of_the_glossary_stops_loading_the_guide(guide_copy: Path):
    """A broken glossary is a problem of the whole guide, with the file's name."""
    from .conftest import fixture_ingredients

    text = GOOD.replace('why = "means alms"', "")
    (guide_copy / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        fixture_ingredients(root=guide_copy)
    assert caught.value.problems == (Problem(FILE, "pay.es", "a trap needs its 'why'; add it"),)
