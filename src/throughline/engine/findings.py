"""Findings: the only way user-data problems travel, as code and arguments; wording lives in a message catalog."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from throughline.engine.refs import Source


class Severity(StrEnum):
    """How much a finding matters; only `error` fails `check --strict`."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem or notable fact: stable `code`, what it is about, the money at stake and where it was seen.

    `subject` is a plan path or id (`funds/levy`, `sites/lincoln`, `chromebooks.csv`); `cents` is 0 when no money is
    at stake,
    None when it cannot be known; `args` fill the message and remedy of the catalog; `rule` names the rule row applied.
    """

    code: str
    severity: Severity
    subject: str
    args: tuple[tuple[str, str | int], ...] = ()
    cents: int | None = 0
    rule: str = ""
    source: Source | None = None

    @property
    def arguments(self) -> dict[str, str | int]:
        """`args` as a mapping for message templates."""
        return dict(self.args)


def finding(
    code: str,
    severity: Severity,
    subject: str,
    /,
    *,
    cents: int | None = 0,
    rule: str = "",
    source: Source | None = None,
    **args: str | int,
) -> Finding:
    """Build a Finding with keyword arguments for its message."""
    return Finding(code, severity, subject, tuple(sorted(args.items())), cents, rule, source)


@dataclass(frozen=True, slots=True)
class Message:
    """Catalog entry of one code: a sentence and a remedy with the slots of `fill`, nothing else is interpreted.

    Both stand in board documents and on pages, so they are plain words; `command` is what a terminal shows beside them.
    """

    text: str
    remedy: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Catalog:
    """Messages of one language by finding code; `names` are the words for names of settings and fields."""

    language: str
    messages: Mapping[str, Message] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def text(self, item: Finding) -> str:
        """The finding as one sentence in this language; raises KeyError for an unregistered code."""
        return fill(self.messages[item.code].text, self._spoken(item))

    def remedy(self, item: Finding) -> str:
        """What to do about the finding, in plain words; raises KeyError for an unregistered code."""
        return fill(self.messages[item.code].remedy, self._spoken(item))

    def command(self, item: Finding) -> str:
        """What to type for it, for a terminal; empty when no command says more. Raises KeyError for an unregistered code."""
        subject = item.subject.rpartition("/")[2]
        return fill(self.messages[item.code].command, {"id": subject, **item.arguments})

    def _spoken(self, item: Finding) -> dict[str, str | int]:
        return {name: self.named(str(value)) if name in NAMED else value for name, value in item.arguments.items()}

    def named(self, name: str) -> str:
        """A setting, field or rule as people say it."""
        words = name.removesuffix("_cents").replace("_", " ")
        return self.names.get(name) or (words.replace("/", ": ").replace("-", " ") if "/" in name else words)


NAMED = frozenset(
    {"setting", "field", "earmark", "path"}
)  # arguments that are names: settings, fields, earmarks, rules


_SLOT = re.compile(r"\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}")
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def fill(template: str, arguments: Mapping[str, str | int]) -> str:
    """Replace `{name}` by its value and `{name:device|devices}` by the word for one or for another number of `name`.

    Unlike str.format it can reach no attribute, and a value is never read as a template (no template injection).
    """

    def value(found: re.Match[str]) -> str:
        name, one, many = found.groups()
        if name not in arguments:
            return found[0]
        return _shown(name, arguments[name]) if one is None else one if arguments[name] == 1 else many

    return _SLOT.sub(value, template)


def _shown(name: str, value: str | int) -> str:
    """Whole numbers with commas, days and months in words."""
    if isinstance(value, int) and not name.endswith("_year") and name not in {"row", "line"}:
        return f"{value:,}"
    if isinstance(value, str) and name.endswith(("day", "_on", "_month", "_as_of")) and _DAY.fullmatch(value):
        year, month, *day = (int(part) for part in value.split("-"))
        if 1 <= month <= len(_MONTHS):
            return f"{_MONTHS[month - 1]} {day[0]}, {year}" if day else f"{_MONTHS[month - 1]} {year}"
    return str(value)


def listed(names: Sequence[str], most: int) -> str:
    """The first few names, and how many more there are."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest:,} more" if rest > 0 else "")


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Stable order for people: errors first, then by money at stake (unknown amounts last within a severity)."""
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    return sorted(findings, key=lambda f: (rank[f.severity], -(f.cents or 0), f.code, f.subject, f.args))
