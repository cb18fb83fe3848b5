"""Whether an entered value means something: names of packs and of the plan's own records, days, months, amounts.

An importer says the same of its cells as findings; here a person waits for an answer, so the first mistake is returned.
"""

import re
from collections.abc import Collection
from datetime import date
from difflib import get_close_matches
from typing import Any

from throughline.engine.finance.sbita import Conveys
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import GRADES
from throughline.engine.plan.plan import Plan
from throughline.engine.rulebook.book import Rulebook

WORDS: dict[str, tuple[str, ...]] = {
    "sites/level": ("elementary", "middle", "high", "mixed", "office", "other"),
    "site_rules/match": ("exact", "prefix", "contains"),
    "standards/clocks": ("vendor", "policy", "condition"),
    "standards/per": ("pupil", "staff", "site", "fixed"),
    "appropriations/kind": ("opening_balance", "appropriation", "award", "carryover", "gift", "transfer"),
    "appropriations/certainty": ("expected", "awarded", "received"),
    "district/allocation_policy": ("rule_order", "given_amounts"),
    "contracts/conveys": tuple(Conveys),
    "contracts/due": ("advance", "arrears"),
    "options/kind": ("like_for_like", "hyperconverged", "cloud", "buy", "lease", "extend", "other"),
    "options/staff_role": ("technician", "network", "applications", "leadership", "coach", "teacher", "staff"),
    "contracts/basis": ("flat", "student", "staff", "device"),
    "enrollment/grade": GRADES,
    "plan_lines/recurrence": ("one_time", "recurring"),
}
NEEDED = ("fund", "goal", "initiative", "option_set", "option")  # names of other records of the plan
YEARS = range(2000, 2101)
EARLIEST_LIFE = 1


def mistake(plan: Plan, noun: str, record: Any, changed: Collection[str], book: Rulebook) -> str:
    """What is wrong with the changed fields of a record, '' when nothing is."""
    for name in changed:
        value = getattr(record, name)
        if value in (None, "", ()):
            continue
        found = _amount(noun, name, value) or _word(noun, name, value, known_words(plan, noun, name, book))
        if found:
            return f"{noun}/{name if isinstance(record, District) else f'{record.id}/{name}'}: {found}"
    return ""


def known_words(plan: Plan, noun: str, name: str, book: Rulebook) -> Collection[str]:
    """The names a field may have; nothing for a field of free text."""
    if own := WORDS.get(f"{noun}/{name}"):
        return own
    if (noun, name) == ("funds", "kind"):
        return book.fund_rules
    if name == "option_set":
        return {item.id for item in plan.option_sets}
    if name == "option":
        return {item.id for item in plan.options}
    if name == "fund":
        return plan.fund_by_id
    if name == "asset_class":
        return book.asset_classes
    if name == "category" and noun != "account_rules":
        return book.categories
    if name in ("goal", "initiative"):
        return {item.id for item in getattr(plan, f"{name}s")}
    if (noun, name) in (("funds", "sites"), ("site_rules", "site")):
        return {*plan.site_by_id, "DISTRICT"}
    return ()


def _word(noun: str, name: str, value: object, known: Collection[str]) -> str:
    if not known:
        return "" if name not in NEEDED else f"there is no {_said(name)} yet; enter {_said(name)}s first"
    for word in value if isinstance(value, tuple) else (value,):
        prefix = noun == "given_amounts" and any(code.startswith(str(word)) for code in known)
        if isinstance(word, str) and word not in known and not prefix:
            like = get_close_matches(word, known, 3, 0.5)
            listed = (
                f"did you mean {', '.join(like)}?" if like and len(known) > 8 else f"use {', '.join(sorted(known))}"
            )
            return f"{word} is not known here; {listed}"
    return ""


def _said(name: str) -> str:
    return {"option_set": "question"}.get(name, name)


def _amount(noun: str, name: str, value: object) -> str:
    """Ranges of days, months, years and money."""
    if isinstance(value, int) and not isinstance(value, bool):
        if name == "fiscal_year_start_month" and not 1 <= value <= 12:
            return f"the fiscal year starts in month 1 to 12, not {value}"
        if name in ("fiscal_year", "fall_year") and value not in YEARS:
            return f"{value} is no year; write the year in which the fiscal year ends, for example 2028"
        if name == "life_years" and value < EARLIEST_LIFE:
            return "a device lives a year or longer"
        if value < 0 and name.endswith("cents") and noun not in ("appropriations", "finance_lines"):
            return "an amount is not negative; money that comes in is an appropriation of a fund"
    if isinstance(value, str) and noun == "district":
        if name == "state" and not re.fullmatch("[A-Za-z]{2}", value):
            return "give the two-letter postal code, for example NJ"
        if name == "meeting_date" and not _is_day(value):
            return f"{value!r} is not a day; write it like 2027-03-16"
    return ""


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
