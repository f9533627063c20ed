"""The forms that officers' pages keep to: the parts of every industry, and of every practice scenario."""

from collections.abc import Iterator, Mapping

from fieldguide.items import Choice, Element, Figure, Finding, Line, Question, Sign
from fieldguide.model import Guide, Page, find_signs
from fieldguide.problems import Problem

INDUSTRY = {
    "first": "warning",
    "what": "text",
    "where": "text",
    "signs": "signs",
    "control": "text",
    "ask": "questions",
    "collect": "evidence",
    "paper": "text",
    "moves": "steps",
    "partners": "contacts",
    "balance": "text",
}
"""The parts of an industry page, by section id, with their kinds."""

SCENARIO = {
    "story": "story",
    "next": "choices",
    "signs": "findings",
    "means": "elements",
    "first": "text",
    "other": "text",
}
"""The parts of a practice scenario, in this order."""

PRINTED = ("officer/call-first", "officer/counting", "worker/help", "worker/hurt")
"""Pages whose words stand on the sheets for paper."""

_SHEETS = "officer/print"


def check_forms(guide: Guide) -> Iterator[Problem]:
    """Every part that a page of a fixed form lacks, and every reference that leads nowhere."""
    for page in guide.pages.values():
        if page.id in guide.groups.get("industries", ()):
            yield from _missing_parts(page, INDUSTRY, "an industry")
        if is_scenario(page):
            yield from _missing_parts(page, SCENARIO, "a scenario")
            yield from _check_choices(page)
            parts = [section.id for section in page.sections if section.id in SCENARIO]
            if len(parts) == len(SCENARIO) and parts != list(SCENARIO):
                yield Problem(page.file, "sections", f"a scenario's parts stand in this order: {', '.join(SCENARIO)}")
        yield from _check_items(page, guide)
    if _SHEETS in guide.pages:
        for page_id in sorted(set(PRINTED) - guide.pages.keys()):
            message = f"the sheets have words of {page_id}, which is not there; list it, or leave this page out"
            yield Problem(guide.pages[_SHEETS].file, "", message)


def is_scenario(page: Page) -> bool:
    """True for a page on which an officer decides what to do next."""
    return any(section.kind == "choices" for section in page.sections)


def _missing_parts(page: Page, form: dict[str, str], what: str) -> Iterator[Problem]:
    has = {section.id: section.kind for section in page.sections}
    for section_id, kind in form.items():
        if has.get(section_id) != kind:
            yield Problem(page.file, "sections", f"{what} needs a section {section_id!r} of kind {kind!r}; write it")


def _check_choices(page: Page) -> Iterator[Problem]:
    choices = [item for section in page.sections for item in section.items if isinstance(item, Choice)]
    if len({choice.best for choice in choices}) < 2:
        yield Problem(page.file, "next", "a scenario needs a choice that is best and one that is not; mend them")


def _check_items(page: Page, guide: Guide) -> Iterator[Problem]:
    signs = find_signs(guide)
    items = {item.text.id: item for section in page.sections for item in section.items}
    for unit_id, item in items.items():
        match item:
            case Sign():
                yield from _check_sign(item, page, items)
            case Finding() if item.sign not in signs:
                yield Problem(page.file, "sign", f"no sign has the id {item.sign!r}; mend it", unit_id)
            case Element() if not item.evidence.text:
                yield Problem(page.file, "evidence", "what would show it? write the evidence", unit_id)
            case Figure() if not item.caveat.text or not 1990 <= item.year <= 2100:
                yield Problem(page.file, "year", "a figure needs the year it is of and a caveat; write both", unit_id)


def _check_sign(sign: Sign, page: Page, items: Mapping[str, object]) -> Iterator[Problem]:
    if page.audience == "officer" and sign.means is None:
        yield Problem(page.file, "means", "which means does the sign bear on? write them, or [] for none", sign.text.id)
    if sign.question and not isinstance(items.get(sign.question), Question):
        yield Problem(page.file, "question", f"{sign.question!r} is no question of this page", sign.text.id)
    if sign.collect and not isinstance(items.get(sign.collect), Line):
        yield Problem(page.file, "collect", f"{sign.collect!r} is nothing to collect on this page", sign.text.id)
