"""What this installation knows: importers, funds, frameworks, reports and pack versions, each with what it declares."""

from typing import Any

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


def funds() -> list[dict[str, Any]]:
    """Fund rules by id with citation."""
    from throughline.app.explain_sources import short
    from throughline.app.fund_words import LASTS, pays_for

    book = load_rulebook("")
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
            "rule": short(rule.ref) if rule.ref else "",
            "source": str(rule.ref) if rule.ref else "",
        }
        for rule in book.fund_rules.values()
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
