"""One grammar for cells, in bulk: plain forms are read by SQL, every other distinct text once by the strict grammars.

A million rows hold few distinct odd texts, so the grammars of `values/` stay the only ones: SQL recognizes forms that
those grammars accept without warning (tested against them), and what it does not recognize is looked up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from throughline.engine.plan.inventory import NO_NUMBERS
from throughline.importers.columns import Type
from throughline.importers.reading.cells import ABSENT_WORDS, Cell, Kind, kind_of
from throughline.importers.values import dates, money, numbers, texts
from throughline.importers.values.parsed import Parsed

EARLIEST, LATEST = date(1980, 1, 1), date(2099, 12, 31)  # outside, a device's date is a slip of the keyboard
_WORDS = ", ".join("'" + word.replace("'", "''") + "'" for word in sorted(ABSENT_WORDS))
_ODD_IDENTIFIER = "(?i)(?:[0-9][0-9.]*e[+]?[0-9]*|(?:[0-9]{1,2}-)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*|n/?a|null|none|nil)"
_CLOCK = "(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{1,9})?)?Z?)?"
_DAY = f"(?:19[89][0-9]|20[0-9]{{2}})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]){_CLOCK}"

# $v is the text; a form must be one the grammar accepts without warning, and mean the same. VALUE is also asked for ''.
PLAIN: dict[Type, str] = {
    "identifier": "regexp_full_match($v, '[A-Za-z0-9][A-Za-z0-9_./#-]{0,99}') "
    f"AND NOT regexp_full_match($v, '{_ODD_IDENTIFIER}')",
    "text": f"regexp_full_match($v, '[!-~]+(?: [!-~]+)*') AND left($v, 1) <> '#' AND lower($v) NOT IN ({_WORDS})",
    "money": "regexp_full_match($v, '[$$]?[0-9]{1,9}(?:[.][0-9]{1,2})?')",
    "date": f"regexp_full_match($v, '{_DAY}') AND TRY_CAST(left($v, 10) AS DATE) IS NOT NULL",
    "timestamp": f"regexp_full_match($v, '{_DAY}') AND TRY_CAST(left($v, 10) AS DATE) IS NOT NULL",
    "integer": "regexp_full_match($v, '[0-9]{1,6}')",
    "percent": "false",
    "choice": "false",
}
# Texts that stand for "none" are asked of the grammar, whatever their form.
_NONE = ", ".join("'" + word.replace("'", "''") + "'" for word in sorted(NO_NUMBERS))
PLAIN_NUMBER = f"({PLAIN['identifier']}) AND upper($v) NOT IN ({_NONE})"
NUMBERS = frozenset({"serial", "asset_tag"})
VALUE: dict[Type, str] = {
    "identifier": "$v",
    "text": "$v",
    "choice": "$v",
    "money": "CAST(TRY_CAST(ltrim($v, '$$') AS DECIMAL(18, 2)) * 100 AS BIGINT)",
    "date": "TRY_CAST(left($v, 10) AS DATE)",
    "timestamp": "TRY_CAST(left($v, 10) AS DATE)",
    "integer": "TRY_CAST($v AS BIGINT)",
    "percent": "TRY_CAST($v AS BIGINT)",
}
FROM_TEXT: dict[Type, str] = {
    "identifier": "$v",
    "text": "$v",
    "choice": "$v",
    "money": "TRY_CAST($v AS BIGINT)",
    "date": "TRY_CAST($v AS DATE)",
    "timestamp": "TRY_CAST($v AS DATE)",
    "integer": "TRY_CAST($v AS BIGINT)",
    "percent": "TRY_CAST($v AS BIGINT)",
}

# Cells of workbooks that were not text carry their kind through the staging file as one character that no text can
# hold.
KIND_MARKS: dict[str, Kind] = {
    "\x02": "number",
    "\x03": "padded",
    "\x04": "date",
    "\x05": "boolean",
    "\x06": "error",
    "\x07": "time",
}
MARK_OF_KIND = {kind: mark for mark, kind in KIND_MARKS.items()}


def marked(cell: str) -> str:
    """The cell as staged text, its kind in front."""
    kind = kind_of(cell)
    return cell.strip() if kind == "text" else MARK_OF_KIND[kind] + cell


def unmarked(text: str) -> str:
    """The cell a staged text stands for."""
    return Cell(text[1:], KIND_MARKS[text[0]]) if text[:1] in KIND_MARKS else text


@dataclass(frozen=True, slots=True)
class Settings:
    """What grammars need to know about the source."""

    date_order: str = ""
    number_format: str = ""
    percent_scale: str = ""
    epoch_1904: bool = False


def grammar(kind: Type, settings: Settings, *, signed: bool = False) -> Callable[[str], Parsed[str]]:
    """The strict grammar of a column type, giving values as text for a lookup table ('' = absent)."""

    def read(cell: str) -> Parsed[str]:
        match kind:
            case "identifier":
                return texts.identifier(cell)
            case "text" | "choice":
                return texts.text(cell)
            case "money":
                amount = money.money(cell, settings.number_format)
                too_low = not signed and amount.value is not None and amount.value < 0
                return Parsed(problem="TL-READ-054") if too_low else _as_text(amount)
            case "date" | "timestamp":
                day = dates.day(
                    cell, settings.date_order, epoch_1904=settings.epoch_1904, milliseconds=kind == "timestamp"
                )
                slip = day.value is not None and not EARLIEST <= day.value <= LATEST
                return Parsed("", warning="TL-READ-067") if slip else _as_text(day)
            case "integer":
                return _as_text(numbers.integer(cell))
            case "percent":
                return _as_text(numbers.percent_bp(cell, settings.percent_scale))

    return read


def number_of_device(read: Callable[[str], Parsed[str]]) -> Callable[[str], Parsed[str]]:
    """The grammar of serial numbers and tags: what firmware reports that was given none is none."""

    def cleaned(cell: str) -> Parsed[str]:
        parsed = read(cell)
        if parsed.value and parsed.value.upper() in NO_NUMBERS:
            return Parsed("", warning="TL-IMP-037")
        return parsed

    return cleaned


def _as_text(parsed: Parsed[int] | Parsed[date]) -> Parsed[str]:
    text = "" if parsed.value is None else str(parsed.value)
    return Parsed(text, parsed.problem, parsed.warning, parsed.ask)


def looked_up(
    staged: Iterable[str], read: Callable[[str], Parsed[str]]
) -> tuple[list[str], list[str], list[str], list[str], list[str]]:
    """Columns of the lookup table: staged text, value, problem, warning, question."""
    rows = [(text, *read(unmarked(text))) for text in staged]
    if not rows:
        return [], [], [], [], []
    texts_, values, problems, warnings, asks = (list(column) for column in zip(*rows, strict=True))
    return texts_, [value or "" for value in values], problems, warnings, asks
