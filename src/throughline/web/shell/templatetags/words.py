"""Numbers and words in templates: money as whole dollars, a dash for nothing due, sentences with millions."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template

from throughline.app.screen_charts import short_dollars

register = template.Library()
MINUS, DASH, HARD_SPACE = "\N{MINUS SIGN}", "\N{EN DASH}", "\N{NO-BREAK SPACE}"


@register.filter
def money(cents: int | None) -> str:
    """Whole dollars of integer cents for tables; a dash for None."""
    if cents is None:
        return DASH
    dollars = int(Decimal(abs(cents)).scaleb(-2).quantize(Decimal(1), ROUND_HALF_UP))
    return f"{MINUS if cents < 0 and dollars else ''}${dollars:,}"


@register.filter
def signed_money(cents: int) -> str:
    """A difference in whole dollars: `+$35,588`, a real minus for less, `$0` for none."""
    text = money(cents)
    return f"+{text}" if cents > 0 and text != "$0" else text


@register.filter
def spoken_money(cents: int | None) -> str:
    """Dollars of integer cents for sentences: `$18.4 million`, `$912,000`."""
    if cents is None:
        return "an unknown amount"
    millions = Decimal(abs(cents)).scaleb(-8)
    if millions >= 1:
        return f"{MINUS if cents < 0 else ''}${millions.quantize(Decimal('0.1'), ROUND_HALF_UP)}{HARD_SPACE}million"
    return money(cents)


@register.filter
def how_many(value: Any) -> int:
    """A number, or how many a list holds: what chooses between one and many in a sentence."""
    return value if isinstance(value, int) else len(value or ())


@register.filter
def count(number: int | None) -> str:
    """A whole number with its thousands; a dash for None."""
    return DASH if number is None else f"{number:,}"


@register.filter
def short_money(cents: int | None) -> str:
    """Dollars of integer cents where there is little room: `$3.8 M`, `$912 K`."""
    return DASH if cents is None else short_dollars(cents)
