"""Draw the outlines of the countries in languages.toml: ``python docs/make_outlines.py countries-50m.json``.

The file is the npm package *world-atlas* 2 (TopoJSON of Natural Earth 4.1, which is in the public domain). Writes
``fieldguide/templates/outlines.html``. A picture helps a worker find a country by eye; it is no map of borders.
"""

import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from babel.core import get_global

from fieldguide.reader import load_registry
from fieldguide.writer import replace_file

Point = tuple[float, float]
Ring = list[Point]

SIZE = 40
POINTS = 30
LEAST = 0.02
"""A part smaller than this share of the largest one is left out."""

FAR = {"US": (-128, 24, -60, 50), "FR": (-6, 40, 10, 52), "PT": (-10, 36, -6, 43), "EC": (-82, -6, -74, 2)}
"""Where a country has land far away: the box (west, south, east, north) of the part that people draw."""

CRIMEA = (34.0, 45.3)
"""A point of it. Natural Earth 4.1 draws it with Russia; its people, and the United States, count it with Ukraine."""

OUT = Path(__file__).parent.parent / "fieldguide" / "templates" / "outlines.html"


def main(name: str) -> None:
    """Write the template."""
    shapes = dict(iter_shapes(json.loads(Path(name).read_text(encoding="utf-8"))))
    crimea = [ring for ring in shapes["RU"] if contains(ring, CRIMEA)]
    shapes["RU"] = [[((x + 360) % 360, y) for x, y in ring] for ring in shapes["RU"] if ring not in crimea]
    shapes["UA"] += crimea
    codes = sorted({code for language in load_registry() for code in language.countries})
    missing = [code for code in codes if code not in shapes]
    if missing:
        sys.exit(f"no shape for {', '.join(missing)}")
    rows = "".join(f'  "{code}": "{path_of(near(code, shapes[code]))}",\n' for code in codes)
    head = "{# Outlines of countries, made by docs/make_outlines.py from Natural Earth (public domain). #}\n"
    macro = (
        "{% macro outline(code) %}{% if code in OUTLINES %}"
        f'<svg class="outline" viewBox="0 0 {SIZE} {SIZE}" aria-hidden="true">'
        '<path d="{{ OUTLINES[code] }}"/></svg>{% endif %}'
        "{% endmacro %}\n"
    )
    replace_file(OUT, f"{head}{{% set OUTLINES = {{\n{rows}}} %}}\n{macro}".encode())


def iter_shapes(topology: dict) -> Iterator[tuple[str, list[Ring]]]:
    """The outer rings of each country by its ISO code, in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    names = get_global("territory_aliases")
    for shape in topology["objects"]["countries"]["geometries"]:
        code = names.get(str(shape.get("id", "")).zfill(3), [""])[0]
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        yield code, [ring_of(polygon[0], arcs) for polygon in polygons]


def ring_of(indexes: list[int], arcs: list[Ring]) -> Ring:
    """One ring from its arcs; a negative index is an arc backwards."""
    points: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points[:-1]


def near(code: str, rings: list[Ring]) -> list[Ring]:
    """The rings that belong to the usual picture of a country."""
    if code in FAR:
        west, south, east, north = FAR[code]
        rings = [ring for ring in rings if all(west < x < east and south < y < north for x, y in ring)]
    largest = max(map(area, rings))
    return [ring for ring in rings if area(ring) >= LEAST * largest]


def path_of(rings: list[Ring]) -> str:
    """An SVG path in a square, north up, as wide as on a globe seen from above the middle."""
    points = [point for ring in rings for point in ring]
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = math.cos(math.radians((south + north) / 2))
    west, east = min(x for x, _ in points) * narrow, max(x for x, _ in points) * narrow
    scale = (SIZE - 2) / max(east - west, north - south)
    left, top = (SIZE - (east - west) * scale) / 2, (SIZE - (north - south) * scale) / 2
    total = sum(map(area, rings))
    steps = []
    for ring in sorted(rings, key=area, reverse=True):
        count = max(4, round(POINTS * area(ring) / total))
        flat = [((x * narrow - west) * scale + left, (north - y) * scale + top) for x, y in ring]
        steps.append(relative([(round(x), round(y)) for x, y in thinned(flat, count)]))
    return "".join(filter(None, steps))


def thinned(ring: Ring, count: int) -> Ring:
    """Visvalingam's way: the point that adds the smallest triangle goes first, until ``count`` are left."""
    ring = list(ring)
    while len(ring) > count:
        sizes = [area([ring[i - 1], ring[i], ring[(i + 1) % len(ring)]]) for i in range(len(ring))]
        ring.pop(sizes.index(min(sizes)))
    return ring


def relative(points: list[tuple[int, int]]) -> str:
    """``Mx yldx dy…z`` without points that fell together."""
    kept = [point for at, point in enumerate(points) if point != points[at - 1]]
    if len(kept) < 3:
        return ""
    steps = [f"{x - a} {y - b}" for (a, b), (x, y) in pairwise(kept)]
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps).replace(' -', '-')}z"


def area(ring: Ring) -> float:
    """The area of a ring, in the units of its points squared (the shoelace formula)."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a * d - b * c for (a, b), (c, d) in pairs)) / 2


def contains(ring: Ring, point: Point) -> bool:
    """Whether a point lies in a ring: a ray to the east crosses it an odd number of times."""
    x, y = point
    crossings = 0
    for (a, b), (c, d) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a:
            crossings += 1
    return crossings % 2 == 1


if __name__ == "__main__":
    main(sys.argv[1])
