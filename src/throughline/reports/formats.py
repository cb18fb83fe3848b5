"""Numbers to words: one place where a value of the result becomes text. Halves round away from zero everywhere.

`{cost:m}` -> $18.4 million, `:m2` -> $1.84 million, `:k` -> $614,000, `:d` -> $462, `:c` -> $201.57, `:n` -> 9,000,
`:p` -> 86%, `:p1` -> 3.8%, `:w` -> five, `:W` -> Five, `:s` -> text as it is, `:date` -> June 30, 2028.
An amount too small for its format takes the next finer one, so that nothing but zero is shown as zero.
"""

from collections.abc import Callable, Sequence
from datetime import date

from throughline.engine.table import Unit
from throughline.reports.rounding import half_up

MINUS, NO_BREAK = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"
MILLION, THOUSAND, DOLLAR = 100_000_000, 100_000, 100  # in cents
MONTHS = "January February March April May June July August September October November December".split()
SHORT_MONTHS = "Jan Feb March April May June July Aug Sept Oct Nov Dec".split()
WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def grouped(value: int) -> str:
    """`-1234` -> `−1,234` with a real minus sign."""
    return (MINUS if value < 0 else "") + f"{abs(value):,}"


def decimals(value: int, unit: int, digits: int) -> str:
    """`value / unit` with a fixed number of decimals, half up, exact in integers."""
    scaled = half_up(value * 10**digits, unit)
    whole, part = divmod(abs(scaled), 10**digits)
    return (MINUS if scaled < 0 else "") + f"{whole:,}" + (f".{part:0{digits}d}" if digits else "")


def _signed(text: str) -> str:
    return MINUS + "$" + text[1:] if text.startswith(MINUS) else "$" + text


def millions(cents: int, digits: int = 1) -> str:
    """`$18.4 million`; below one million, as `thousands` shows it."""
    if abs(half_up(cents, THOUSAND)) < 1000:
        return thousands(cents)
    return _signed(decimals(cents, MILLION, digits)) + NO_BREAK + "million"


def thousands(cents: int) -> str:
    """`$614,000`; below ten thousand, whole dollars."""
    if abs(half_up(cents, DOLLAR)) < 10_000:
        return whole_dollars(cents)
    return _signed(grouped(half_up(cents, THOUSAND) * 1000))


def whole_dollars(cents: int) -> str:
    """`$462`; below one dollar, cents."""
    if 0 < abs(cents) < DOLLAR:
        return exact(cents)
    return _signed(grouped(half_up(cents, DOLLAR)))


def exact(cents: int) -> str:
    """`$201.57`."""
    return _signed(decimals(cents, DOLLAR, 2))


def price(cents: int) -> str:
    """A unit price: `$372`, or `$372.50` when it is not whole."""
    return whole_dollars(cents) if cents % DOLLAR == 0 else exact(cents)


def sum_in_words(cost: int, funded: int, gap: int) -> tuple[str, str, str]:
    """A sum as one sentence states it: a place finer than usual where the usual one would not add up as printed.

    $18.4 million = $16.0 million + $2.5 million would be read as a mistake, so it is $18.44 = $15.96 + $2.48 million.
    """
    least = MILLION if cost >= MILLION else 10 * THOUSAND
    if min(cost, funded, gap) < least:
        # one part is shown in a finer unit than the others, or is zero: nobody adds these up
        return millions(cost), millions(funded), millions(gap)
    usual, finer = (MILLION // 10, MILLION // 100) if cost >= MILLION else (THOUSAND, DOLLAR)
    if half_up(cost, usual) == half_up(funded, usual) + half_up(gap, usual):
        return millions(cost), millions(funded), millions(gap)
    rest = (half_up(cost, finer) - half_up(gap, finer)) * finer
    if cost >= MILLION:
        return millions(cost, 2), millions(rest, 2), millions(gap, 2)
    return whole_dollars(cost), whole_dollars(rest), whole_dollars(gap)


def percent(hundredths: int, digits: int = 0) -> str:
    """`86%`; a share that is neither none nor all never shows as 0% or 100%."""
    shown = decimals(hundredths, 100, digits)
    if digits == 0 and 0 < hundredths < 50:
        return "less than 1%"
    if digits == 0 and 9950 <= hundredths < 10_000:
        return "more than 99%"
    return shown + "%"


def word(value: int) -> str:
    """`five`; above twelve, digits."""
    return WORDS[value] if 0 <= value < len(WORDS) else grouped(value)


def long_date(iso: str, months: Sequence[str] = MONTHS) -> str:
    """`2028-06-30` -> `June 30, 2028`; a month alone (`2026-08`) -> `August 2026`; other text unchanged."""
    parts = iso.split("-")
    if len(parts) == 2 and all(part.isdigit() for part in parts):
        return f"{months[int(parts[1]) - 1]} {parts[0]}"
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{months[day.month - 1]} {day.day}, {day.year}"


def short_date(iso: str) -> str:
    """`2026-10-01` -> `Oct 1, 2026`, for cells."""
    return long_date(iso, SHORT_MONTHS)


Format = Callable[[int], str]
NUMBER: dict[Unit, dict[str, Format]] = {
    Unit.CENTS: {
        "m": millions,
        "m2": lambda v: millions(v, 2),
        "k": thousands,
        "d": whole_dollars,
        "c": exact,
    },
    Unit.COUNT: {"n": grouped, "w": word, "W": lambda v: word(v).capitalize()},
    Unit.YEARS: {"n": grouped, "w": word, "W": lambda v: word(v).capitalize()},
    Unit.PERCENT: {"p": percent, "p1": lambda v: percent(v, 1)},
}
WORDING: dict[Unit, dict[str, Callable[[str], str]]] = {
    Unit.TEXT: {"s": str, "low": lambda text: text[:1].lower() + text[1:] if text[1:2].islower() else text},
    Unit.DATE: {"date": long_date},
}


def formatted(value: int | str, unit: Unit, name: str) -> str:
    """A value by the name of its format; raises KeyError for a format its unit does not have."""
    if unit in WORDING:
        return WORDING[unit][name](str(value))
    return NUMBER[unit][name](int(value))


def has_format(unit: Unit, name: str) -> bool:
    """Whether values of this unit can be shown in this format."""
    return name in NUMBER.get(unit, {}) or name in WORDING.get(unit, {})
