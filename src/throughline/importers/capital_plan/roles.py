"""What a row of a published table is, from its role column, its words, its section heading or its period's words.

Only requests are costs. Words that say nothing leave the role open, and an open role is a request.
"""

import re

from throughline.engine.plan.planlines import LineRole

# Order matters: "recommended option (not approved)" is an alternative before "approved" is anything.
_ROLE_WORDS: tuple[tuple[LineRole, re.Pattern[str]], ...] = (
    (LineRole.PART_OF, re.compile(r"\b(?:part of|of which|thereof|included in|incl\. in)\b", re.IGNORECASE)),
    (
        LineRole.ALTERNATIVE,
        re.compile(
            r"\b(?:alternative|alternate|not approved|not chosen|rejected|not recommended|option not)\b", re.IGNORECASE
        ),
    ),
    (
        LineRole.FUNDING_SOURCE,
        re.compile(
            r"\b(?:funding sources?|sources? of fund(?:s|ing)|funded (?:by|from)|financing|funding)\b", re.IGNORECASE
        ),
    ),
    (LineRole.REVENUE, re.compile(r"\b(?:revenues?|collections?|receipts|proceeds|income)\b", re.IGNORECASE)),
    (
        LineRole.APPROPRIATION,
        re.compile(
            r"\b(?:appropriat(?:ion|ions|ed)|voted|authori[sz]ed|opening balance|allocation|award(?:ed)?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        LineRole.REQUEST,
        re.compile(
            r"\b(?:requests?|requested|cost|purchase[ds]?|expen(?:se|ses|diture|ditures)|commit(?:ment|ted)|"
            r"approved option|chosen|proposed|planned|spent|used)\b",
            re.IGNORECASE,
        ),
    ),
)
_LIMIT = re.compile(r"\b(?:not to exceed|at most|ceiling|limit|maximum|in supply|supply)\b", re.IGNORECASE)
# An item must say it plainly: "power supply units" and "speed limit signs" are things to buy.
_LIMIT_ITEM = re.compile(
    r"(?:amount |award |total )?not to exceed.*|(?:spending |budget |funding )?(?:ceiling|limit)|"
    r"maximum (?:amount|award|budget)|(?:devices|units|chromebooks|computers) in supply",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:(?P<kind>grand|sub|overall)[\s-]*)?totals?\b[\s,:-]*(?P<of>.*)", re.IGNORECASE)
_TRAILING_TOTAL = re.compile(r"(?P<of>.+?)[\s,:-]+(?P<kind>sub)?-?totals?", re.IGNORECASE)
_PREFIX_PART = re.compile(r"^(?:[-\u2013\u2014\u2022]\s*)?(?:of which|thereof|including)\b", re.IGNORECASE)


def role_in(words: str) -> LineRole | None:
    """The role that words name, None when they name none."""
    plain = " ".join(words.replace("_", " ").split())
    return next((role for role, pattern in _ROLE_WORDS if pattern.search(plain)), None) if plain else None


def role_of_item(item: str) -> LineRole | None:
    """The role an item's own words give it: only the unmistakable ones, because items are named after anything."""
    plain = item.strip()
    if _PREFIX_PART.match(plain):
        return LineRole.PART_OF
    if re.search(r",\s*appropriated$|^appropriations?\b|\bappropriation history\b", plain, re.IGNORECASE):
        return LineRole.APPROPRIATION
    if re.search(r"\b(?:levy|tax) collections?$|^revenues?\b|^opening balance\b", plain, re.IGNORECASE):
        return LineRole.APPROPRIATION if plain.casefold().startswith("opening") else LineRole.REVENUE
    return None


def is_limit(words: str) -> bool:
    """Words of a role column for a stated ceiling, which rows may reach but not pass."""
    return bool(_LIMIT.search(words.replace("_", " ")))


def is_limit_item(item: str) -> bool:
    """An item's name that can only be a stated ceiling."""
    return bool(_LIMIT_ITEM.fullmatch(item.strip().strip(":")))


def is_total(words: str) -> bool:
    """Whether a role cell says that the row is a total."""
    return bool(
        re.fullmatch(
            r"(?:grand |sub)?-?totals?(?: [a-z ]+)?|stated totals?", words.replace("_", " ").strip(), re.IGNORECASE
        )
    )


def total_of(item: str) -> str | None:
    """What a totals row totals: '' for everything, 'sub' for the section it stands in, else words; None for other
    rows.
    """
    text = item.strip().strip(":")
    if match := _TOTAL.fullmatch(text):
        if match["of"]:
            return match["of"].strip("() ")
        return "sub" if (match["kind"] or "").casefold() == "sub" else ""
    if match := _TRAILING_TOTAL.fullmatch(text):
        return match["of"].strip("() ")
    return None
