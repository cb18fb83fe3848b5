"""Rows to records and back, for every noun alike: the codec of the plan folder does the typing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from throughline.app.records import KINDS, decode, encode, records_of
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.upgrade import upgraded
from throughline.web.planning.nouns import RECORD_ID, TABLES

BATCH = 500


@dataclass(frozen=True)
class Change:
    """What happens to one record: encoded before and after, None for absent."""

    noun: str
    record_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def read_plan() -> Plan:
    """The plan of the district in force, from its rows."""
    values: dict[str, Any] = {}
    for noun, kind in KINDS.items():
        names = [item.name for item in fields(kind)]
        columns = [RECORD_ID if name == "id" else name for name in names]
        rows = TABLES[noun].objects.order_by().values_list(*columns)
        records = [decode(kind, _given(names, row), f"{noun} {row[names.index('id')]}") for row in rows]
        values[noun] = tuple(sorted(records, key=lambda record: record.id))
    (values["district"],) = values["district"]
    return upgraded(Plan(**values))


def _given(names: list[str], row: tuple[Any, ...]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in zip(names, row, strict=True)
        if value is not None
    }


def changes_between(before: Plan | None, after: Plan) -> Iterator[Change]:
    """Every record that differs; nouns that the two plans share are not looked at."""
    for noun in KINDS:
        if before is not None and getattr(before, noun) is getattr(after, noun):
            continue
        old = {record.id: record for record in records_of(before, noun)} if before else {}
        new = {record.id: record for record in records_of(after, noun)}
        for record_id in sorted(old.keys() | new.keys()):
            was, now = old.get(record_id), new.get(record_id)
            if was != now:
                yield Change(noun, record_id, encode(was) if was else None, encode(now) if now else None)


def apply_changes(district: int, changes: Iterable[Change]) -> None:
    """Write changes to the tables with a few statements for each noun; call it inside a transaction."""
    by_noun: dict[str, list[Change]] = {}
    for change in changes:
        by_noun.setdefault(change.noun, []).append(change)
    for noun, group in by_noun.items():
        table = TABLES[noun]
        ids = [change.record_id for change in group if change.before is not None]
        for start in range(0, len(ids), BATCH):
            table.objects.filter(record_id__in=ids[start : start + BATCH]).delete()
        rows = [_row(district, noun, change.after) for change in group if change.after is not None]
        table.objects.bulk_create(rows, batch_size=BATCH)


def _row(district: int, noun: str, data: dict[str, Any]) -> Any:
    kind = KINDS[noun]
    record = decode(kind, data, noun)
    values: dict[str, Any] = {}
    for item in fields(kind):
        value = getattr(record, item.name)
        if not isinstance(value, date):
            value = data[item.name] if item.name in data else _plain(value)
        values[RECORD_ID if item.name == "id" else item.name] = value
    return TABLES[noun](district_id=district, **values)


def _plain(value: Any) -> Any:
    """A default as the codec would write it; only defaults come here, and those are plain, enumerations or exact numbers."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    plain = getattr(value, "value", value)
    return plain if plain is None or isinstance(plain, bool | int | str) else format(plain, "f")
