"""A page of records: searched in what the list shows, fifty at a time."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from throughline.app.noun_forms.fields import FormField
from throughline.app.noun_forms.save import shown_values
from throughline.app.noun_forms.words import NounWords
from throughline.engine.plan.plan import Plan

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One record: its id, the words of its first column, the cells of the others."""

    id: str
    title: str
    cells: tuple[tuple[str, str], ...]  # (kind, text)


@dataclass(frozen=True)
class Listing:
    """A page of a list."""

    rows: tuple[Row, ...]
    found: int
    page: int
    pages: int


def page_of(plan: Plan, words: NounWords, fields: tuple[FormField, ...], search: str, page: int) -> Listing:
    """The page of records whose shown words contain every word of the search."""
    by_name = {field.name: field for field in fields}
    shown = [by_name[name] for name in words.shown]
    wanted = search.casefold().split()
    rows = []
    for record in getattr(plan, words.noun):
        cells = [_words(field, shown_values(words.noun, record)[field.name]) for field in shown]
        text = " ".join([record.id, *cells]).casefold()
        if all(word in text for word in wanted):
            rows.append(_row(record, shown, cells))
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(page, 1), pages)
    return Listing(tuple(rows[(page - 1) * PAGE : page * PAGE]), len(rows), page, pages)


def _row(record: Any, shown: list[FormField], cells: list[str]) -> Row:
    pairs = tuple((field.kind, cell) for field, cell in zip(shown, cells, strict=True))
    return Row(record.id, cells[0] or record.id, pairs[1:])


def _words(field: FormField, text: str) -> str:
    if field.kind == "dollars" and text:
        return f"{'-' if text.startswith('-') else ''}${Decimal(text.lstrip('-')):,}".replace("-", "\N{MINUS SIGN}")
    return dict(field.choices).get(text, text)
