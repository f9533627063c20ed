"""A deployment's contacts beside the guide and its languages: ids, tags, and what does not belong into a name."""

import re
from collections.abc import Iterator

from fieldguide.checks.scripts import iter_hidden
from fieldguide.checks.text import iter_entered_faults
from fieldguide.contacts import INTERPRETER, Contacts, LocalContact
from fieldguide.languages import Registry
from fieldguide.model import Guide
from fieldguide.problems import Problem

_LIKE_A_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")


def check_contacts(contacts: Contacts, guide: Guide, registry: Registry) -> Iterator[Problem]:
    """Every problem that shows only beside the guide."""
    for dialed in contacts.dialed:
        if dialed.id not in guide.contacts:
            message = f"{dialed.id!r} is no number of the guide; known: {', '.join(guide.contacts)}"
            yield Problem(dialed.file, dialed.place, message)
    for contact in contacts.local:
        for message in (*_id_faults(contact, guide), *_tag_faults(contact, registry), *_text_faults(contact, registry)):
            yield Problem(contact.file, contact.place, message, contact.id)


def _id_faults(contact: LocalContact, guide: Guide) -> Iterator[str]:
    if contact.id in guide.contacts:
        yield "a number of the guide has this id; choose another, or say under [[dialed]] that you called that one"


def _tag_faults(contact: LocalContact, registry: Registry) -> Iterator[str]:
    for tag in contact.names:
        if tag not in registry or tag == "en":
            known = ", ".join(known for known in registry.languages if known != "en")
            yield f"a name in {tag!r}: not a language beside English; known: {known}"
    for language in contact.languages:
        if _LIKE_A_TAG.fullmatch(language) and not registry.find(language) and language != INTERPRETER:
            yield f"languages: {language!r} is no tag of languages.toml; write that, or the language's English name"


def _text_faults(contact: LocalContact, registry: Registry) -> Iterator[str]:
    """A number in a name is dialed by nobody's list, and what is invisible is there to deceive."""
    texts = [(key, getattr(contact, key), "Latn") for key in ("name", "area", "fees", "description", "source")]
    texts += [(f"name.{tag}", name, registry[tag].script) for tag, name in contact.names.items() if tag in registry]
    texts += [("languages", language, "Latn") for language in contact.languages]
    for key, text, script in texts:
        if key == "source":
            faults: Iterator[str] = (
                f"the invisible character U+{ord(letter):04X} has no place in it; remove it"
                for letter in iter_hidden(text, script)
            )
        else:
            faults = iter_entered_faults(text, script) if text else iter(())
        for fault in faults:
            yield f"{key}: {fault}"
