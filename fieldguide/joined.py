"""Several scripts of ``static/js`` as one file.

Every module becomes a function of its own that returns what it exports, so that names of two modules never meet; it is
found in ``all``, which the file must have, and runs once, also where a second file holds it too. ``import("./x.js")``
becomes a question to ``static/js/files.js``. Takes the few forms of ``import`` and ``export`` that our scripts are
written in and refuses any other.
"""

import re
from collections.abc import Collection, Mapping

_IMPORT = re.compile(r'^import (?:\{ ([\w, ]+) \} from )?"\./(\w+)\.js";$', re.MULTILINE)
_PASSED = re.compile(r'^export (?=(\{ [\w, ]+ \}) from "\./\w+\.js";$)', re.MULTILINE)
_LATER = re.compile(r'\bimport\("\./(\w+)\.js"\)')
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
_REFUSED = re.compile(r"^(?:import|export)\b|</script|<!--", re.MULTILINE | re.IGNORECASE)


def needed(entry: str, modules: Mapping[str, str]) -> list[str]:
    """The module ``entry`` and everything that it cannot begin without."""
    found, ahead = {}, [entry]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found[name] = True
            ahead += [other for _, other in _IMPORT.findall(_PASSED.sub("import ", modules.get(name, "")))]
    return list(found)


def join(entry: str, modules: Mapping[str, str], given_before: Collection[str] = ()) -> str:
    """The module ``entry`` with everything that it imports, each once and before those that need it.

    ``modules`` are sources by name, without ``.js``; those ``given_before`` are in another file, which runs first.
    Raises ValueError for a form that is not taken, a module or name that is not there, and what would end the element
    around the script.
    """
    parts: dict[str, str] = {}
    given: dict[str, list[str]] = {}

    def add(name: str) -> None:
        if name not in modules:
            raise ValueError(f"{name}.js is not there")
        if name in given:
            return
        given[name] = []  # nothing yet, for one that needs it while it is being added
        passed = _PASSED.findall(modules[name])
        source = _PASSED.sub("import ", modules[name])
        for words, other in _IMPORT.findall(source):
            add(other)
            for word in (word.partition(" as ")[0] for word in words.split(", ") if word):
                if word not in given[other]:
                    raise ValueError(f"{name}.js takes {word} from {other}.js, which does not give it")
        given[name] = [*_EXPORT.findall(source), *(word for words in passed for word in words[2:-2].split(", "))]
        body = _LATER.sub(r'all.files_js.load("\1")', _EXPORT.sub("", _IMPORT.sub(_taken, source)))
        refused = _REFUSED.search(body)
        if refused:
            raise ValueError(f"{name}.js has {refused[0]!r}, which cannot be joined")
        if name not in given_before:
            parts[name] = f"all.{name}_js ??= (() => {{\n{body}return {{ {', '.join(given[name])} }};\n}})();\n"

    add(entry)
    return "".join(parts.values())


def _taken(found: re.Match[str]) -> str:
    return f"const {{ {found[1].replace(' as ', ': ')} }} = all.{found[2]}_js;" if found[1] else ""
