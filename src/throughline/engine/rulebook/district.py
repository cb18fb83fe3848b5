"""District values over the rulebook: each assumption becomes the narrowest layer of its parameter, with the reason as source."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from throughline.engine.plan.assumptions import Assumption
from throughline.engine.plan.plan import Plan
from throughline.engine.rulebook.book import Rulebook
from throughline.engine.rulebook.parameter import Parameter

EPOCH = date(2000, 1, 1)
FALLING = ("growth/", "enrollment/kindergarten-change", "enrollment/change")  # shares that may be below 0
MOST_GROWTH = Decimal(1)  # a year; beyond it a slip
MOST_CENTS, MOST = 10**10, 10**6
WHOLE = frozenset({"cents", "years", "count", "months", "days"})


def district_rows(book: Rulebook, plan: Plan, scenario: Mapping[str, str], as_of: date) -> Rulebook:
    """The rulebook with the plan's assumptions and the scenario's rule overrides as district rows.

    Assumptions of one path and several dates all count from their date; a scenario replaces them. Raises ValueError for a
    path that no pack declares or a value that its unit cannot read.
    """
    extra: dict[str, list[Parameter]] = {}
    for item in plan.assumptions:
        extra.setdefault(item.path, []).append(_entered(book, item))
    for path, value in scenario.items():
        extra[path] = [_row(book, path, value, EPOCH, "scenario", as_of.isoformat())]
    return book.with_parameters(extra) if extra else book


def unreadable(book: Rulebook, item: Assumption) -> str:
    """What is wrong with an assumption, '' when nothing is."""
    try:
        _entered(book, item)
    except ValueError as error:
        return str(error)
    return ""


def _entered(book: Rulebook, item: Assumption) -> Parameter:
    since = date.fromisoformat(item.effective_from) if item.effective_from else EPOCH
    return _row(book, item.path, item.value, since, item.reason or "entered without a reason", item.entered_on)


def _row(book: Rulebook, path: str, text: str, since: date, reason: str, entered: str) -> Parameter:
    rows = book.parameters.get(path)
    if not rows:
        raise ValueError(f"rules/{path}: no rule is named so")
    value = parse(text, rows[-1].unit)
    if wrong := _out_of_range(path, rows[-1].unit, value):
        raise ValueError(f"{text!r} is not {wrong}")
    verified = date.fromisoformat(entered) if entered else since
    return replace(
        rows[-1],
        value=value,
        effective_from=since,
        effective_to=None,
        authority="district",
        source=reason,
        verified_on=verified,
        status="DISTRICT",
        layer="district",
    )


def _out_of_range(path: str, unit: str, value: int | Decimal | str) -> str:
    """What the value should be, '' when it is."""
    if isinstance(value, str):
        return ""
    if unit == "share":
        least = -MOST_GROWTH if path.startswith(FALLING) else Decimal(0)
        most = MOST_GROWTH if path.startswith("growth/") else Decimal(1)
        return "" if least <= value <= most else f"a share from {least} to {most}"
    limit = MOST_CENTS if unit == "cents" else MOST
    return "" if 0 <= value <= limit else f"a number of {unit} from 0 to {limit:,}"


def parse(text: str, unit: str) -> int | Decimal | str:
    """Text as a value of a unit: whole numbers for counts and cents, a plain decimal for shares and factors."""
    if unit == "text":
        return text
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number of {unit}") from None
    if not value.is_finite() or not text.isascii() or "_" in text:
        raise ValueError(f"{text!r} is not a number of {unit}")
    if unit in WHOLE:
        if value != value.to_integral_value():
            raise ValueError(f"{text!r} is not a whole number of {unit}")
        return int(value)
    return value
