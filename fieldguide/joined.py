"""Several scripts of ``static/js`` as one: a page on a disk can load no second file.

Every module becomes a function of its own that returns what it exports, so that names of two modules never meet. It
takes the few forms of ``import`` and ``export`` that our scripts are written in and refuses any other.
"""

import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import (?:\{ ([\w, ]+) \} from )?"\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
_REFUSED = re.compile(r"^(?:import|export)\b|import\.meta|</script|<!--", re.MULTILINE | re.IGNORECASE)


def join(entry: str, modules: Mapping[str, str]) -> str:
    """The module ``entry`` with everything that it imports, each once and before those that need it.

    ``modules`` are sources by name, without ``.js``. Raises ValueError for a form that is not taken, a module or name
    that is not there, and what would end the element around the script.
    """
    parts: dict[str, str] = {}
    given: dict[str, list[str]] = {}

    def add(name: str) -> None:
        if name not in modules:
            raise ValueError(f"{name}.js is not there")
        if name in given:
            return
        given[name] = []  # nothing yet, for one that needs it while it is being added
        source = modules[name]
        for words, other in _IMPORT.findall(source):
            add(other)
            for word in (word.partition(" as ")[0] for word in words.split(", ") if word):
                if word not in given[other]:
                    raise ValueError(f"{name}.js takes {word} from {other}.js, which does not give it")
        given[name] = _EXPORT.findall(source)
        body = _EXPORT.sub("", _IMPORT.sub(_taken, source))
        refused = _REFUSED.search(body)
        if refused:
            raise ValueError(f"{name}.js has {refused[0]!r}, which cannot be joined")
        parts[name] = f"const {name}_js = (() => {{\n{body}return {{ {', '.join(given[name])} }};\n}})();\n"

    add(entry)
    return "".join(parts.values())


def _taken(found: re.Match[str]) -> str:
    return f"const {{ {found[1].replace(' as ', ': ')} }} = {found[2]}_js;" if found[1] else ""
