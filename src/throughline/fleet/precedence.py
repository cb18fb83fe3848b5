"""Which source is believed for what, as data: kinds of sources and the order in which each group of attributes is
taken. Which kind a source is, its importer declares.

A device manager (mdm) knows what is alive: status, support end, last contact. An asset register knows what was
bought, for how much and where it stands. A purchase list knows what was ordered. Within a group the first source
with a value wins. The order of a group is the parameter `precedence/<group>` of the packs, which a district can set; the
order written here is the same and holds where nobody says another. An order names kinds, or importers where two lists
of one kind meet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from throughline.registry import discover

MDM, REGISTER, ORDERS = "mdm", "register", "orders"
KINDS = (MDM, REGISTER, ORDERS)
CORRECTION = "correction"  # source of what a person corrected on one device; it comes before every list


@dataclass(frozen=True, slots=True)
class SourceRule:
    """What a source is: its kind, and whether an export lists everything it knows (a row not in it is gone)."""

    kind: str
    full_list: bool


class _Declared(Mapping[str, SourceRule]):
    """What each importer of inventories says about itself, asked for when it is first needed."""

    @cached_property
    def _rules(self) -> dict[str, SourceRule]:
        found = {}
        for name, module in discover("throughline.importers", "importer"):
            inventory = module.IMPORTER.inventory
            if inventory is not None:
                found[name] = SourceRule(inventory.source, inventory.full_list)
        return found

    def __getitem__(self, importer: str) -> SourceRule:
        return self._rules[importer]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)


SOURCES: Mapping[str, SourceRule] = _Declared()
OTHER = SourceRule(REGISTER, False)  # a source we know nothing about: a register that may be partial


@dataclass(frozen=True, slots=True)
class AttributeGroup:
    """Columns taken together in one order of kinds or importers; `paired` columns come from the source that wins the
    first of them.
    """

    id: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    paired: bool = False


GROUPS = (
    AttributeGroup("identity", ("source", "source_file", "source_row"), (MDM, REGISTER, ORDERS), paired=True),
    AttributeGroup("names", ("serial", "asset_tag"), (REGISTER, MDM, ORDERS)),
    AttributeGroup(
        "model", ("model", "asset_class", "model_raw", "category_raw", "manufacturer"), (MDM, REGISTER, ORDERS), True
    ),
    AttributeGroup("life", ("status", "support_end", "last_seen", "enrolled_on", "condition"), (MDM, REGISTER, ORDERS)),
    # a version says something only beside the name that the same source gives
    AttributeGroup("software", ("os", "os_version"), (MDM, REGISTER, ORDERS), paired=True),
    AttributeGroup(
        "money",
        ("purchase_date", "price_cents", "award", "federal_share_bp", "order_number", "held_as", "leased_until"),
        (REGISTER, ORDERS, MDM),
    ),
    AttributeGroup("place", ("site", "place"), (REGISTER, MDM, ORDERS), paired=True),
    AttributeGroup("use", ("role", "role_stated", "grade_band", "program"), (REGISTER, MDM, ORDERS)),
)


def groups_in(orders: Mapping[str, Sequence[str]]) -> tuple[AttributeGroup, ...]:
    """The groups in the orders of a district, by group id; kinds that an order leaves out follow in the usual order."""
    found = []
    for group in GROUPS:
        told = tuple(dict.fromkeys(orders.get(group.id, ())))
        found.append(replace(group, kinds=(*told, *(kind for kind in group.kinds if kind not in told))))
    return tuple(found)


def rank(group: AttributeGroup, source: str, kind: str) -> int:
    """Place of a source in the order of a group: where it is named itself, else where its kind is."""
    name = source if source in group.kinds else kind
    return group.kinds.index(name) if name in group.kinds else len(group.kinds)
