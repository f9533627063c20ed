"""The words of review sheets: for people who never saw a translation file. English, Spanish, Haitian Creole.

A sheet has the words of the first of these languages on the fallback chain of its own. What comes back is read in any
of them, since nobody knows which colleague filled it in.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fieldguide.languages import Language
from fieldguide.review import Role


class Verdict(StrEnum):
    """What a reviewer ticks beside a translation."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Words:
    """The words of a sheet in one language.

    ``head`` are the names of what stands before the texts, ``columns`` those of the columns, in the order of the file.
    Of ``verdicts`` the first is printed, the others are understood too. ``places`` say where a text stands.
    """

    lang: str
    title: str
    how: tuple[str, ...]
    on_paper: str
    on_screen: str
    head: Mapping[str, str]
    columns: Mapping[str, str]
    tiers: Mapping[str, str]
    verdicts: Mapping[Verdict, tuple[str, ...]]
    roles: Mapping[Role, str]
    places: Mapping[str, str]
    stale: str
    save: str
    reopen: str
    done: str
    not_a_sheet: str
    reopened: str


ENGLISH = Words(
    lang="en",
    title="Review sheet",
    how=(
        "Read the two texts side by side. Does the translation say exactly what the English says? Look for a lost "
        "“not”, a “can” for a “must”, a wrong number.",
        "Tick Right, Wrong or Unsure. If it is wrong, write a better wording if you can. Skip what you like.",
        "{…} stands for a number, a name or a date. Keep it as it is. Keep **stars** and the (page) of a "
        "[link](page) too.",
        "You need not give your real name. An alias will do: letters, digits, dots and dashes.",
    ),
    on_paper="On paper: tick, write, and give the sheet back to whoever gave it to you.",
    on_screen="On a screen: Save makes a file. Send that file to whoever gave you this sheet. This page sends "
    "nothing and keeps nothing: save before you close it. Go on later with “Open a saved sheet”.",
    head={
        "language": "Language",
        "edition": "Edition",
        "sheet": "Sheet",
        "alias": "Your alias",
        "role": "You are a",
    },
    columns={
        "number": "No.",
        "id": "ID",
        "tier": "Importance",
        "check": "Code",
        "english": "English",
        "translation": "Translation",
        "verdict": "Verdict",
        "better": "Better wording",
        "comment": "Comment",
    },
    tiers={"vital": "vital", "normal": "normal"},
    verdicts={
        Verdict.RIGHT: ("Right", "correct", "ok"),
        Verdict.WRONG: ("Wrong", "incorrect", "not right"),
        Verdict.UNSURE: ("Unsure", "not sure", "?"),
    },
    roles={
        Role.NATIVE_SPEAKER: "native speaker",
        Role.COURT_INTERPRETER: "court interpreter",
        Role.LAWYER: "lawyer",
        Role.SURVIVOR: "survivor",
        Role.READER_TESTED: "tester with readers",
    },
    places={
        "title": "title of a page",
        "summary": "below the title",
        "heading": "heading",
        "text": "text of a page",
        "card": "card",
        "answer": "answer on a card",
        "officer": "for the officer",
        "deck": "list of cards",
        "label": "button or label",
        "name": "name",
        "search": "words to search for",
    },
    stale="The English has changed since this was translated.",
    save="Save",
    reopen="Open a saved sheet",
    done="answered",
    not_a_sheet="This file is no saved sheet of this language.",
    reopened="answers were read from the file. Texts that have changed since were left out.",
)

SPANISH = Words(
    lang="es",
    title="Hoja de revisión",
    how=(
        "Lea los dos textos, uno al lado del otro. ¿La traducción dice exactamente lo mismo que el inglés? Busque un "
        "«no» que falta, un «puede» en lugar de un «debe», un número equivocado.",
        "Marque Correcto, Incorrecto o No sé. Si está mal, escriba un texto mejor si puede. Puede saltar lo que "
        "quiera.",
        "{…} está en lugar de un número, un nombre o una fecha. Déjelo igual. Deje también los **asteriscos** y la "
        "(page) de un [enlace](page).",
        "No tiene que dar su nombre real. Basta un alias: letras, números, puntos y guiones.",
    ),
    on_paper="En papel: marque, escriba y devuelva la hoja a quien se la dio.",
    on_screen="En pantalla: Guardar crea un archivo. Envíelo a quien le dio esta hoja. Esta página no envía nada ni "
    "guarda nada por sí sola: guarde antes de cerrarla. Siga más tarde con «Abrir una hoja guardada».",
    head={
        "language": "Idioma",
        "edition": "Edición",
        "sheet": "Hoja",
        "alias": "Su alias",
        "role": "Usted es",
    },
    columns={
        "number": "N.º",
        "id": "ID",
        "tier": "Importancia",
        "check": "Código",
        "english": "Inglés",
        "translation": "Traducción",
        "verdict": "Revisión",
        "better": "Texto mejor",
        "comment": "Comentario",
    },
    tiers={"vital": "vital", "normal": "normal"},
    verdicts={
        Verdict.RIGHT: ("Correcto", "correcta", "bien"),
        Verdict.WRONG: ("Incorrecto", "incorrecta", "mal"),
        Verdict.UNSURE: ("No sé", "no estoy seguro", "no estoy segura", "duda"),
    },
    roles={
        Role.NATIVE_SPEAKER: "hablante nativo",
        Role.COURT_INTERPRETER: "intérprete judicial",
        Role.LAWYER: "abogado o abogada",
        Role.SURVIVOR: "sobreviviente",
        Role.READER_TESTED: "quien probó con lectores",
    },
    places={
        "title": "título de una página",
        "summary": "debajo del título",
        "heading": "encabezado",
        "text": "texto de una página",
        "card": "tarjeta",
        "answer": "respuesta en una tarjeta",
        "officer": "para el oficial",
        "deck": "lista de tarjetas",
        "label": "botón o etiqueta",
        "name": "nombre",
        "search": "palabras para buscar",
    },
    stale="El inglés ha cambiado desde que se tradujo esto.",
    save="Guardar",
    reopen="Abrir una hoja guardada",
    done="con respuesta",
    not_a_sheet="Este archivo no es una hoja guardada de este idioma.",
    reopened="respuestas se leyeron del archivo. Se dejaron fuera los textos que han cambiado.",
)

HAITIAN = Words(
    lang="ht",
    title="Fèy revizyon",
    how=(
        "Li de tèks yo kòt a kòt. Èske tradiksyon an di egzakteman sa anglè a di? Chèche yon «pa» ki manke, yon "
        "«kapab» nan plas yon «dwe», yon move nimewo.",
        "Make Bon, Pa bon oswa Mwen pa sèten. Si li pa bon, ekri yon pi bon tèks si ou kapab. Ou ka sote sa ou vle.",
        "{…} kanpe nan plas yon nimewo, yon non oswa yon dat. Kite l jan li ye a. Kite **zetwal** yo ak (page) yon "
        "[lyen](page) tou.",
        "Ou pa bezwen bay vrè non ou. Yon ti non ase: lèt, chif, pwen ak tirè.",
    ),
    on_paper="Sou papye: make, ekri, epi remèt fèy la bay moun ki te ba ou li a.",
    on_screen="Sou ekran: Sove fè yon fichye. Voye fichye sa a bay moun ki te ba ou fèy la. Paj sa a pa voye anyen e "
    "li pa kenbe anyen: sove anvan ou fèmen l. Kontinye pita ak «Louvri yon fèy ki te sove».",
    head={
        "language": "Lang",
        "edition": "Edisyon",
        "sheet": "Fèy",
        "alias": "Ti non ou",
        "role": "Ou se",
    },
    columns={
        "number": "Nimewo",
        "id": "ID",
        "tier": "Enpòtans",
        "check": "Kòd",
        "english": "Anglè",
        "translation": "Tradiksyon",
        "verdict": "Revizyon",
        "better": "Pi bon tèks",
        "comment": "Kòmantè",
    },
    tiers={"vital": "enpòtan anpil", "normal": "nòmal"},
    verdicts={
        Verdict.RIGHT: ("Bon", "kòrèk"),
        Verdict.WRONG: ("Pa bon", "pa kòrèk"),
        Verdict.UNSURE: ("Mwen pa sèten", "m pa sèten", "pa sèten", "mwen pa konnen", "m pa konnen"),
    },
    roles={
        Role.NATIVE_SPEAKER: "moun ki pale lang nan depi timoun",
        Role.COURT_INTERPRETER: "entèprèt tribinal",
        Role.LAWYER: "avoka",
        Role.SURVIVOR: "sivivan",
        Role.READER_TESTED: "moun ki teste ak lektè",
    },
    places={
        "title": "tit yon paj",
        "summary": "anba tit la",
        "heading": "antèt",
        "text": "tèks yon paj",
        "card": "kat",
        "answer": "repons sou yon kat",
        "officer": "pou ofisye a",
        "deck": "lis kat yo",
        "label": "bouton oswa etikèt",
        "name": "non",
        "search": "mo pou chèche",
    },
    stale="Anglè a chanje depi yo te tradui sa a.",
    save="Sove",
    reopen="Louvri yon fèy ki te sove",
    done="ki gen repons",
    not_a_sheet="Fichye sa a pa yon fèy ki te sove pou lang sa a.",
    reopened="repons li nan fichye a. Tèks ki chanje depi lè sa a rete deyò.",
)

ALL = (ENGLISH, SPANISH, HAITIAN)
COLUMNS = tuple(ENGLISH.columns)
"""The columns of the file, in its order."""


def words_for(chain: Iterable[Language]) -> Words:
    """The words of the first language of a fallback chain that has some; a chain ends in English."""
    known = {words.lang: words for words in ALL}
    return next((known[language.tag] for language in chain if language.tag in known), ENGLISH)


def plain(said: str) -> str:
    """A word as it is compared: without case, accents, and the marks at its end."""
    letters = unicodedata.normalize("NFD", said.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.strip(" .!:*\u00a0").split())


HEAD_NAMES = {plain(name): key for words in ALL for key, name in words.head.items()}
COLUMN_NAMES = {plain(name): key for words in ALL for key, name in words.columns.items()}
VERDICT_NAMES = {plain(name): key for words in ALL for key, names in words.verdicts.items() for name in names}
ROLE_NAMES = {
    **{plain(role.value): role for role in Role},
    **{plain(name): role for words in ALL for role, name in words.roles.items()},
}
