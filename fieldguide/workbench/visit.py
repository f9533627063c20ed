"""Who is at the workbench, and what they are looking at: all of it stands in the address, so nothing is stored."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from fieldguide.review import ALIAS, Role
from fieldguide.workbench.queue import Need, Wish


@dataclass(frozen=True)
class Visit:
    """One person, by an alias, in a role, with the part of the queue that they wished to see."""

    alias: str
    role: Role
    wish: Wish

    @property
    def params(self) -> dict[str, str]:
        """What links carry on."""
        wish = self.wish
        need = wish.need.value if wish.need else ""
        every = {"by": self.alias, "role": self.role.value, "in": wish.group, "need": need, "q": wish.words}
        ticked = {"blind": "1" if wish.blind else "", "aloud": "1" if wish.aloud else ""}
        return {key: value for key, value in (every | ticked).items() if value}


def address(name: str, words: str, visit: Visit | None = None, **more: object) -> str:
    """Where a page of the workbench is, in one of its languages, for the one who is here. None takes a value off."""
    told: dict[str, Any] = {**(visit.params if visit else {}), **more}
    return url_for(f".{name}", words=words, **told)


def read_visit(alias: str, role: Role | None) -> Visit | None:
    """The visit that an address tells; ``alias`` and ``role`` fill in for what it does not say. None without both."""
    args = request.args
    alias = args.get("by", alias)
    told = args.get("role", role.value if role else "")
    if not ALIAS.fullmatch(alias) or told not in set(Role):
        return None
    need = Need(args["need"]) if args.get("need") in set(Need) else None
    wish = Wish(args.get("in", ""), need, args.get("q", "")[:200], blind="blind" in args, aloud="aloud" in args)
    return Visit(alias, Role(told), wish)
