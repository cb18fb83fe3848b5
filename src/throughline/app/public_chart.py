"""The one picture of a public page as plain geometry: bars by school year, stacked by who pays; a template draws it as it is.

Whole pixels from zero; bars share the width evenly, 58% of each place is bar.
"""

from dataclasses import dataclass

from throughline.app.public_page import PublicPage

ORDER = ("gf", "levy", "bond", "erate", "title", "state", "un")
MILLION = 100_000_000
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar; `role` is its colour."""

    x: int
    y: int
    width: int
    height: int
    role: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class PublicChart:
    """A drawing of that size."""

    width: int
    height: int
    left: int
    base: int
    bars: tuple[Bar, ...]
    years: tuple[Label, ...]
    totals: tuple[Label, ...]
    missing: tuple[Label, ...]
    ticks: tuple[Label, ...]


def public_chart(page: PublicPage, width: int, height: int, short: bool = False) -> PublicChart:
    """The picture at that size; `short` writes years as on a phone."""
    left, top, foot = 48, 44, 28
    base = height - foot
    tall = max(page.year_totals)
    step = _step(tall)
    top_value = max(-(-tall // step), 1) * step  # a plan without any cost still has an axis
    scale = (base - top) / top_value
    place = (width - left) / len(page.years)
    bars, years, totals, missing = [], [], [], []
    payers = sorted(page.payers, key=lambda payer: (ORDER.index(payer.role), -payer.total))
    for number, year in enumerate(page.years):
        x, wide = round(left + place * (number + 0.21)), round(place * 0.58)
        middle, below = x + wide // 2, 0
        for payer in payers:
            cents = payer.by_year[number]
            if cents:
                y0, y1 = base - round(below * scale), base - round((below + cents) * scale)
                bars.append(Bar(x, y1, wide, max(y0 - y1, 1), payer.role))
                below += cents
        gap = sum(payer.by_year[number] for payer in payers if payer.role == "un")
        over = base - round(below * scale) - 8
        if gap and not short:
            missing.append(Label(middle, over, f"{_short(gap)} not paid"))
            over -= 18
        totals.append(Label(middle, over, _short(below)))
        years.append(Label(middle, base + 20, f"\N{RIGHT SINGLE QUOTATION MARK}{year[2:]}" if short else year))
    ticks = tuple(
        Label(left - 8, base - round(value * scale), _short(value, whole=True) if value else "0")
        for value in range(0, top_value + 1, step)
    )
    return PublicChart(width, height, left, base, tuple(bars), tuple(years), tuple(totals), tuple(missing), ticks)


def _step(tall: int) -> int:
    """A round amount that makes three to six lines."""
    step = 100
    while True:
        for factor in STEPS:
            if tall / (step * factor) <= 5:
                return step * factor
        step *= 10


def _short(cents: int, whole: bool = False) -> str:
    """`$3.2 M`, `$140 K`; `whole` writes `$3 M` for an axis."""
    if cents >= MILLION:
        text = f"{(cents * 10 + MILLION // 2) // MILLION / 10:,.1f}"
        return f"${text.removesuffix('.0') if whole else text}\N{NO-BREAK SPACE}M"
    if cents >= 100_000:
        return f"${(cents + 50_000) // 100_000}\N{NO-BREAK SPACE}K"
    return f"${(cents + 50) // 100}"
