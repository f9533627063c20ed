"""The commands ``build`` and ``check``: the guide into a folder, or only looked at; and what they say of it."""

import argparse
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from fieldguide import archive, supply
from fieldguide.against import check_against, describe, load_online, shipped_of
from fieldguide.checks.deploy import check_fit, check_released, iter_blank
from fieldguide.checks.doubts import check_doubts
from fieldguide.compression import Variants, brotli_size, compressible, iter_variants
from fieldguide.handon import BAR, build_handon, check_handon
from fieldguide.ingredients import Ingredients, check_parts, check_release
from fieldguide.load import load_deployed
from fieldguide.problems import raise_if_any
from fieldguide.review import State
from fieldguide.site import build_renderer, build_site, render_site
from fieldguide.sizes import describe_sizes
from fieldguide.snapshot import Site
from fieldguide.workers import workers_alone
from fieldguide.writer import Written, check_folder, check_hosts_folder, write_files, write_hosts, write_site


def build(options: argparse.Namespace) -> None:
    """Build the guide into a folder that any web host can serve."""
    out: Path = options.out
    files, workers = (out.resolve().with_name(f"{out.resolve().name}-{what}") for what in ("files", "workers"))
    _check_folders(options, files)
    sign = supply.load_signer(options.sign) if options.sign else _unsigned  # what is wrong is said before the work
    ingredients = replace(load_deployed(options.deployment, options.base), is_pilot=options.pilot)
    if ingredients.deployment.worker_origin:
        check_folder(workers)
    if options.release:
        raise_if_any(check_release(ingredients, date.today()))
    site = build_site(ingredients)
    raise_if_any(check_handon(options.single_file, ingredients.chosen))
    handed = build_handon(options.single_file, site, build_renderer(ingredients)) if options.single_file else {}
    site = sign(site)
    if options.archive:
        archived = archive.build_archived(site, *ingredients.titles, date.today())
        archive.check_archive(archived, options.archive)
    _print_warnings(ingredients)
    variants = _compress(site)
    written = write_site(site, variants, out)
    if options.hosts:
        write_hosts(site, options.hosts)
    if ingredients.deployment.worker_origin:
        alone = sign(render_site(workers_alone(ingredients)))
        _print_written(workers.name, write_site(alone, _compress(alone), workers))
    if handed:
        write_files(files, handed)
    if options.archive:
        print(f"archived: {archive.write_archive(archived, options.archive)}")
    for line in describe_sizes(site, partial(brotli_size, variants)):
        print(line)
    _print_handed(files.name, handed)
    if options.release:
        _print_drafts(ingredients)
    _print_written(str(out), written)


def check(options: argparse.Namespace) -> None:
    """Run every check and render every page, without writing."""
    ingredients = load_deployed(options.deployment, options.base)
    site = build_site(ingredients)
    raise_if_any(check_parts(ingredients))
    _print_warnings(ingredients)
    if options.against is not None:
        ours, online = shipped_of(site), load_online(options.against, site)
        raise_if_any(check_against(ours, online, options.against))
        print(describe(ours, online))
    if options.deploy:
        for blank in iter_blank(ingredients.deployment):
            print(f"left blank, {blank}")
        fit = check_fit(ingredients.deployment, ingredients.contacts, date.today())
        raise_if_any((*fit, *check_released(ingredients.released_on, date.today())))
    print(f"good: {len(site.artifacts)} files in {len(site.registry.languages)} languages")


def _check_folders(options: argparse.Namespace, files: Path) -> None:
    check_folder(options.out)
    if options.single_file:
        check_folder(files)
    if options.hosts:
        check_hosts_folder(options.hosts, options.out)
    if options.archive:
        archive.check_archive_folder(options.archive, options.out)


def _unsigned(site: Site) -> Site:
    return site


def _compress(site: Site) -> dict[str, Variants]:
    total = len({artifact.revision for artifact in site if compressible(artifact)})
    variants: dict[str, Variants] = {}
    for number, found in enumerate(iter_variants(site), 1):
        variants[found.revision] = found
        if sys.stderr.isatty():
            print(f"\rcompressing {number}/{total}", end="" if number < total else "\n", file=sys.stderr, flush=True)
    return variants


def _print_warnings(ingredients: Ingredients) -> None:
    """One line a catalog for its layout, and one that counts the rest: `translations check` shows them."""
    found = check_doubts(ingredients.units, ingredients.registry, ingredients.catalogs, ingredients.glossary)
    counts: Counter[str] = Counter()
    for warning in found:
        if warning.unit:
            counts[warning.file] += 1
        else:
            print(f"warning: {warning}", file=sys.stderr)
    contacts = ingredients.contacts.iter_held_back()
    for warning in (*ingredients.iter_stale(), *ingredients.overtaken, *contacts):
        print(f"warning: {warning}", file=sys.stderr)
    for file, count in counts.items():
        print(f"warning: {file}: {count} more; `translations check` shows them", file=sys.stderr)


def _print_written(name: str, written: Written) -> None:
    print(f"{name}: {written.changed} files written, {written.unchanged} unchanged, {written.removed} removed")


def _print_handed(folder: str, handed: Mapping[str, bytes]) -> None:
    for name, body in handed.items():
        print(f"{folder}/{name}: {len(body):,} bytes{'' if len(body) <= BAR else ', much for a phone to take'}")


def _print_drafts(ingredients: Ingredients) -> None:
    for tag, unit_ids in ingredients.in_state(State.DRAFT).items():
        print(f"{tag}: {len(unit_ids)} drafts that nobody checked")
        for unit_id in unit_ids:
            print(f"  {unit_id}")
