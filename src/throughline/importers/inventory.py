"""What an inventory importer declares besides its columns: how typed fields become staged columns, in SQL.

`staged` maps a staged column to a DuckDB expression over the importer's typed fields; fields the file lacks are NULL
(days, money, counts) or '' (words). Staged columns not named take the field of the same name, or their default.
`rules` refuse rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Template
from typing import Literal

from throughline.engine.plan.inventory import STAGED, Status

BLANK = {"VARCHAR": "''", "INTEGER": "NULL", "BIGINT": "NULL", "DATE": "NULL"}
DEFAULTS = {"quantity": "1", "held_as": "'owned'"}
KEY = """CASE WHEN serial <> '' THEN 'serial:' || upper(serial) WHEN asset_tag <> '' THEN 'tag:' || upper(asset_tag) ELSE '' END"""


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows where `predicate` (SQL over typed fields) holds get the finding; `refuse` also leaves them out."""

    code: str
    field: str
    predicate: str
    refuse: bool = True
    warn: bool = False  # a refusal that is no mistake of the file, such as a cancelled order
    args: tuple[
        tuple[str, str], ...
    ] = ()  # argument of the message -> SQL; names ending in _cents are shown as dollars
    cents: str = ""  # SQL of the money at stake


@dataclass(frozen=True, slots=True)
class Summary:
    """A note about the file as a whole: arguments of its message computed by SQL over the rows that are used.

    The note is left out when its first argument comes to nothing.
    """

    code: str
    args: tuple[tuple[str, str], ...]


def counted(code: str, field_name: str) -> Summary:
    """How much of something the rows carry that nothing here needs."""
    return Summary(code, (("count", f"coalesce(sum({field_name}), 0)"),))


_SYSTEMS = Template("""coalesce(any_value((
    SELECT string_agg(system || ' (' || n || ')', ', ' ORDER BY n DESC, system) FROM (
        SELECT system, count(*) AS n FROM (SELECT $system AS system FROM used) WHERE system <> ''
        GROUP BY system ORDER BY n DESC, system LIMIT 8))), '')""")


def systems(expression: str, code: str = "TL-IMP-043") -> Summary:
    """The commonest operating systems with the devices that run them."""
    return Summary(code, (("systems", _SYSTEMS.substitute(system=expression)),))


def virtual(model: str) -> str:
    """Whether a model's text is what hypervisors and clouds call their machines."""
    words = "vmware|virtual ?machine|virtual platform|virtualbox|kvm|qemu|hvm domu|standard pc|bochs|parallels|cloud pc"
    return f"regexp_matches({model}, '(?i)^({words})')"


@dataclass(frozen=True)
class Inventory:
    """`statuses` maps folded status words to ours; a word it lacks is asked about and counts as in use until
    answered.
    """

    statuses: Mapping[str, str] = field(default_factory=dict)
    blank_status: Status = Status.IN_USE
    staged: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    summaries: tuple[Summary, ...] = ()
    source: Literal["mdm", "register", "orders"] = "register"  # what it is believed for: `fleet/precedence.py`
    full_list: bool = False  # an export names every device it knows, so one that is missing is gone
    latest_by: str = ""  # field that says when a device was last seen: of repeated rows the latest counts
    key: str = KEY  # '' for rows that only their order or place identifies; see `counted_key`
    counted_key: str = (
        "'row:' || place || '|' || category_raw || '|' || model_raw || '|' || coalesce(purchase_date::VARCHAR, '')"
    )

    def expression(self, column: str, fields: frozenset[str]) -> str:
        """SQL of one staged column."""
        if column in self.staged:
            return self.staged[column]
        if column in fields:
            return f"coalesce({column}, {DEFAULTS[column]})" if column in DEFAULTS else column
        return DEFAULTS.get(column, BLANK[STAGED[column]])
