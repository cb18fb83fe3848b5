"""Where a value came from, and why a fund paid or not, in words: names in place of ids, cut to what identifies them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from throughline.app.device_list_words import WORDS
from throughline.app.names import Names
from throughline.engine.funding.allocation import Fill
from throughline.engine.funding.reasons import why
from throughline.engine.lifecycle.systems import OTHER
from throughline.engine.refs import EntryRef, PackRef, SetRef, Source

STATUS = {"V": "verified", "V2": "secondary source", "DISTRICT": "the district's own"}
DEFAULT = "default, please replace"
STANDINGS = tuple(f"({words})" for words in (*STATUS.values(), DEFAULT))
EVER = ("", "2000-01-01")  # a default without a first day of its own
MOST = 90  # letters of a citation
SITES = 3  # sites of a reason that are named
FIELDS = {"unit_price_cents": "unit price", "life_years": "planned life", "fte": "full-time equivalents"}
ONE = {
    "standards": "standard", "funds": "fund", "appropriations": "money of", "contracts": "contract",
    "staffing": "position", "projects": "project", "decisions": "decision", "enrollment": "enrollment",
    "group_counts": "student group",
}  # fmt: skip


def short(source: Source, names: Names | None = None) -> str:
    """A source on one short line: a cell, a rule with who says so, an entry, a set of rows."""
    if isinstance(source, PackRef):
        day = f" since {source.effective}" if source.effective not in EVER else ""
        words = source.source.partition(";")[0].strip()
        said = words if len(words) <= MOST else words[: MOST - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
        path = _path(source.path, names) if names else source.path
        return f"{path}{day}: {said} ({STATUS.get(source.status, DEFAULT)})"
    if names is None:
        return str(source)
    if isinstance(source, SetRef):
        return f"inventory rows: {', '.join(_terms(source, names))}"
    if isinstance(source, EntryRef):
        when = f" on {_day(source.entered_on)}" if source.entered_on else ""
        return f"entered{when}: {_path(source.path, names)}" + (f" ({source.note})" if source.note else "")
    return str(source)


def without_place(text: str) -> str:
    """A rule's source without the place of the rule; what follows says what it is. Other sources as they are."""
    said = text.partition(": ")[2]
    return said if said and text.endswith(STANDINGS) else text


def reason(entry: Fill, names: Names) -> str:
    """Why a fund paid or did not, half a sentence after its name."""
    told = tuple((name, _argument(name, value, names)) for name, value in entry.args)
    return why(replace(entry, args=told, for_fund=names.fund(entry.for_fund) if entry.for_fund else entry.for_fund))


def _argument(name: str, value: str | int, names: Names) -> str | int:
    if name == "category":
        label = names.categories.get(str(value), str(value))
        return f"\N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK}"
    if name == "sites":
        found = [names.member("site", site) for site in str(value).split(", ")]
        more = len(found) - SITES
        return ", ".join(found[:SITES]) + (f" and {more} more" if more > 0 else "")
    return value


def _terms(ref: SetRef, names: Names) -> list[str]:
    """What selects the rows; what is not stated or not known is left out."""
    return [_term(name, value, names) for name, value in ref.key if value not in ("", "unknown")]


def _term(name: str, value: str, names: Names) -> str:
    if name in ("asset_class", "site"):
        return names.member(name, value)
    if name == "model":
        return names.models.get(value, value)
    if name == "purchase_year":
        return f"bought in FY{value}"
    if name == "support_end":
        return f"supported to {value}"
    if name == "os_release":
        told = ", ".join(names.releases.get(part, part) for part in value.removeprefix(OTHER).split(", "))
        return f"not running {told}" if value.startswith(OTHER) else f"cannot be upgraded from {told}"
    known: Mapping[str, str] = WORDS.get(name, {})
    words = known.get(value, value.replace("-", " "))
    return f"used by {words}" if name == "role" and value in known else f"{name} {words}"


def _path(path: str, names: Names) -> str:
    """`standards/access-point/unit_price_cents` -> `unit price of the standard Wireless access point`."""
    first, *rest = path.split("/")
    if first in ONE and rest:
        known = _record(rest[0], names)
        more = [FIELDS.get(part, part.replace("_", " ")) for part in rest[1:]]
        what = f"{ONE[first]} {known}"
        return f"{' '.join(more)} of the {what}" if more else what
    return ", ".join([first, " ".join(rest)]).replace("-", " ").replace("_", " ") if rest else first


def _record(key: str, names: Names) -> str:
    return names.funds.get(key) or names.item(key) or names.sites.get(key) or key


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day:%B} {day.day}, {day.year}"
