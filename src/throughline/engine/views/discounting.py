"""The rate that amounts are discounted at: the district's one rate, or its rates by term with the rule of OMB Circular A-94.

Nominal, because the plan's amounts are nominal; never a real rate for nominal amounts (domain 1.1). Between two terms the
rate is linear (a four-year project takes the mean of the three- and five-year rates), beyond them the nearest.
"""

from decimal import Decimal, InvalidOperation

from throughline.engine.costing.base import fact
from throughline.engine.ledger.trace import Fact, Step, Trace, evaluate
from throughline.engine.refs import DerivedRef
from throughline.engine.rulebook.book import RulesAt

RATE, BY_TERM = "capital/discount-rate", "capital/discount-rates-by-term"
NONE = "none"


def terms_of(text: str) -> dict[int, Decimal] | None:
    """`3=0.031; 5=3.3%` as rates by years; nothing for `none`; None when it cannot be read."""
    if text.strip().casefold() in ("", NONE):
        return {}
    found: dict[int, Decimal] = {}
    for part in text.split(";"):
        years, _, rate = part.partition("=")
        try:
            value = Decimal(rate.strip().removesuffix("%")) / (100 if rate.strip().endswith("%") else 1)
            found[int(years)] = value
        except (InvalidOperation, ValueError):
            return None
        if not value.is_finite() or not 0 <= value < 1 or int(years) < 1:
            return None
    return found


def rate_for(rules: RulesAt, years: int) -> Trace:
    """The nominal yearly rate for a term of some years."""
    row = rules.find(BY_TERM)
    rates = terms_of(str(row.value)) if row is not None else {}
    if not rates or row is None:
        return fact(rules.row(RATE), "discount rate")
    below = max((term for term in rates if term <= years), default=min(rates))
    above = min((term for term in rates if term >= years), default=max(rates))
    low, high = (Fact(f"rate for {term} years", rates[term], "share", row.ref()) for term in (below, above))
    if below == above or years < below or years > above:
        return low if years >= below else high
    weight = Decimal(years - below) / (above - below)
    rule = f"linear between the rates for {below} and {above} years (OMB Circular A-94, appendix C)"
    said = DerivedRef(f"{years} years lie between {below} and {above}")
    parts = (
        Step("part of the shorter term", "product", (low, Fact("weight", 1 - weight, "factor", said)), "", "share"),
        Step("part of the longer term", "product", (high, Fact("weight", weight, "factor", said)), "", "share"),
    )
    return Step(f"rate for {years} years", "sum", parts, rule, "share")


def rate_value(rules: RulesAt, years: int) -> Decimal:
    """The same as a number."""
    return evaluate(rate_for(rules, years))


def rate_notes(rules: RulesAt) -> tuple[str, ...]:
    """What a reader must know of the rate: that it is a default, or that the entered terms cannot be read."""
    row, terms = rules.row(RATE), rules.find(BY_TERM)
    if terms is not None and terms_of(str(terms.value)) is None:
        return (f"The rates by term cannot be read: {terms.value}. Write 3=0.031; 5=0.033. The one rate is used.",)
    if terms is not None and terms_of(str(terms.value)):
        return ("Rates by term of the district, linear between terms (OMB Circular A-94, appendix C).",)
    percent = f"{(Decimal(row.value) * 100).normalize():f}"
    return (f"Discounted at {percent} % a year, nominal ({row.standing}).",)
