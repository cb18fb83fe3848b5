"""Last pages of the packet: open points, assumptions, words, notes."""

from collections.abc import Sequence
from dataclasses import replace

from throughline.engine.table import Column, Row, Table, Unit
from throughline.reports.base import Figure, ShownFinding
from throughline.reports.board_packet.inputs import assumptions
from throughline.reports.board_packet.money import earlier
from throughline.reports.compose import Context, in_words, with_dates, words_in
from throughline.reports.document import Block, Paragraph, Terms, plain

LISTED = 12  # kinds of findings printed; the workbook holds all


def back_pages(at: Context, before: Sequence[Block], short: bool) -> list[Block]:
    """Everything after the argument."""
    out = [*findings(at, LISTED // 2 if short else LISTED), *assumptions(at)]
    return [*out, *([] if short else glossary(at, [*before, *out])), *notes(at, short)]


def findings(at: Context, listed: int) -> list[Block]:
    """The worst findings with the money they touch; those of one kind are one row."""
    kinds: dict[str, list[ShownFinding]] = {}
    for item in at.source.findings:
        if item.severity != "note":
            kinds.setdefault(item.code, []).append(item)
    if not kinds:
        return []
    rows = tuple(_finding_row(at, items) for items in list(kinds.values())[:listed])
    columns = (Column("text", "What we found"), Column("remedy", "What to do"), Column("cents", "Money", Unit.CENTS))
    table = Table("findings", "Findings", columns, rows)
    rounded = in_words(
        at.whole_dollars(table, "findings.table", widths=(48, 37, 15)), 2, at.words.string("findings.unknown_money")
    )
    settle = sum(map(len, kinds.values()))
    at_hand = replace(at, words=at.words.with_values(count=Figure(settle, Unit.COUNT)))
    more = at.small("findings", "more") if len(at.source.findings) > len(rows) else []
    return [*at_hand.opening("findings"), rounded, *at.small("findings"), *more]


def _finding_row(at: Context, items: Sequence[ShownFinding]) -> Row:
    first, others = items[0], len(items) - 1
    words = at.words.with_values(count=Figure(others, Unit.COUNT)).find("findings.alike") if others else None
    text = with_dates(first.text) + (f" {plain(words)}" if words else "")
    return Row((text, with_dates(first.remedy), first.cents), "body", f"{first.code}/{first.subject}")


def glossary(at: Context, before: Sequence[Block]) -> list[Block]:
    """The words of the packet that need a meaning, and how the file can be read."""
    said = " ".join(words_in(before)).casefold()
    terms = tuple(
        (word, at.words.choose({"say": meaning}, f"glossary.{word}") or ())
        for word, meaning, *signs in at.words.raw("glossary.terms")
        if any(sign.casefold() in said for sign in (signs or [word]))
    )
    if not terms:
        return []
    return [
        *at.opening("glossary"),
        Terms(terms),
        at.heading("glossary", "access_title", 2),
        Paragraph(at.words.text("glossary.access")),
    ]


def notes(at: Context, short: bool) -> list[Block]:
    """How to read the figures, which run they come from, and what they are not."""
    out = at.opening("notes")
    for part in ("read", "run", "limits"):
        out += [at.heading("notes", f"{part}_title", 2), Paragraph(at.words.text(f"notes.{part}"))]
    if short:
        out += [at.heading("glossary", "access_title", 2), Paragraph(at.words.text("glossary.access"))]
    else:
        out += earlier(at)
    rules = at.source.table("fund_rules")
    if rules is not None:
        out.append(at.table(rules, "notes.rules", hide=("pays_for", "until"), widths=(32, 68)))
    return [*out, *at.small("notes", "packs"), *at.small("notes", "digest")]
