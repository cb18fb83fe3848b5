"""Records of lists that spell a school differently stand at the site the plan already has.

`Lincoln Elementary` and `Lincoln Elementary School` are one school; a site that a list only suggests is created when the
plan has none of that name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site
from throughline.engine.refs import DISTRICT, UNASSIGNED
from throughline.importers.outcome import Outcome

NO_SITE = frozenset({"", "*", str(DISTRICT), str(UNASSIGNED)})


def at_known_sites(plan: Plan, outcome: Outcome) -> Outcome:
    """The outcome with sites renamed to those of the plan, and without suggested sites the plan has."""
    sites: tuple[Any, ...] = outcome.records.get("sites", ())
    suggested = sites if "sites" in outcome.only_new else ()
    named = {site.id for site in sites} - {site.id for site in suggested} | plan.site_by_id.keys()
    spellings = _spellings(plan.sites)
    used = {getattr(record, "site", "") for records in outcome.records.values() for record in records} - named - NO_SITE
    renamed = {site: spellings[_bare(site)] for site in used if spellings.get(_bare(site), site) != site}
    if not renamed and not suggested:
        return outcome
    new_ids: dict[tuple[str, str], str] = {}
    records: dict[str, tuple[object, ...]] = {}
    for noun, found in outcome.records.items():
        if noun == "sites" and suggested:
            found = tuple(site for site in suggested if site.id not in renamed and site.id not in plan.site_by_id)
        records[noun] = tuple(sorted((_moved(noun, item, renamed, new_ids) for item in found), key=_id))
    lines = tuple((row, noun, new_ids.get((noun, known), known)) for row, noun, known in outcome.line_records)
    return replace(outcome, records=records, line_records=lines)


def _moved(noun: str, record: Any, renamed: Mapping[str, str], new_ids: dict[tuple[str, str], str]) -> Any:
    old = getattr(record, "site", "")
    if old not in renamed:
        return record
    identity = record.id.replace(old, renamed[old], 1)
    new_ids[noun, record.id] = identity
    return replace(record, site=renamed[old], id=identity)


def _spellings(sites: Iterable[Site]) -> dict[str, str]:
    """Spellings that mean one site only."""
    found: dict[str, set[str]] = {}
    for site in sites:
        for words in (site.id, site.name):
            found.setdefault(_bare(words), set()).add(site.id)
    return {words: ids.pop() for words, ids in found.items() if words and len(ids) == 1}


def _bare(words: str) -> str:
    """The words of a name without the word school."""
    return " ".join(word for word in re.findall(r"[a-z0-9]+", words.casefold()) if word != "school")


def _id(record: Any) -> str:
    return str(record.id)
