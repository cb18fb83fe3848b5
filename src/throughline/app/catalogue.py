"""What this installation knows: importers, funds, frameworks, reports and pack versions, each with what it declares."""

from datetime import date
from decimal import Decimal
from typing import Any

from throughline.engine.rulebook.fundrule import FundRule
from throughline.packs.loader import load_rulebook


def pack_versions(state: str = "") -> dict[str, str]:
    """Digest of every rule pack."""
    return dict(load_rulebook(state).versions)


def importer_ids() -> tuple[str, ...]:
    """Ids of the importers."""
    from throughline.registry import discover

    return discover("throughline.importers", "importer").ids()


def importers() -> list[dict[str, Any]]:
    """Importers by id."""
    from throughline.importers.detect import importers as known

    return [
        {
            "id": item.id,
            "title": item.title,
            "description": item.description,
            "kind": item.kind,
            "columns": list(item.example_columns),
        }
        for item in known().values()
    ]


def funds(on: date, words: str = "") -> list[dict[str, Any]]:
    """Fund rules by id with citation, with the values in force on a day; those whose id or title has all of `words`."""
    from throughline.app.explain_sources import short
    from throughline.app.fund_words import LASTS, pays_for, terms
    from throughline.app.messages import message_catalog
    from throughline.engine.findings import Severity, finding

    book, catalog = load_rulebook(""), message_catalog()
    asked = words.casefold().split()

    def asks(rule: FundRule) -> list[str]:
        own = {
            row.path: row
            for rows in book.parameters.values()
            for row in rows
            if row.path.startswith(rule.id.replace("_", "-"))
        }
        values: dict[str, Any] = {
            path.partition("/")[2].replace("-", "_"): f"{(Decimal(row.value) * 100).normalize():f}"
            for path, row in own.items()
            if row.unit == "share"
        }
        said = [finding(code, Severity.NOTE, rule.id, fund=rule.title, **values) for code in rule.conditions]
        return [catalog.text(item) for item in said]

    return [
        {
            "id": rule.id,
            "title": rule.title,
            "availability": rule.availability,
            "money": LASTS[rule.availability],
            "pays": pays_for(rule, book.categories),
            "priority": rule.priority,
            "one_time_money": rule.one_time_money,
            "settings": list(rule.settings),
            "terms": terms(rule, book.at(on)),
            "conditions": asks(rule),
            "rule": short(rule.ref) if rule.ref else "",
            "source": str(rule.ref) if rule.ref else "",
        }
        for rule in book.fund_rules.values()
        if all(word in f"{rule.id} {rule.title}".casefold() for word in asked)
    ]


def frameworks() -> list[dict[str, Any]]:
    """Frameworks for self-assessment; none is shipped by this version."""
    return []


def reports() -> list[dict[str, Any]]:
    """Reports by id with their formats."""
    from throughline.reports.base import report
    from throughline.reports.base import reports as known

    found = [report(name) for name in known().ids()]
    return [
        {"id": r.id, "title": r.title, "audience": r.audience, "description": r.description, "formats": list(r.formats)}
        for r in found
    ]
