"""The plan's own words for ids: sites, funds, records, categories, and the members of every dimension of cost."""

from collections.abc import Mapping

from throughline.app.source.device_tables import label_of
from throughline.engine.calendar import month_label
from throughline.engine.ledger.dimensions import NONE
from throughline.engine.ledger.line import CostLine
from throughline.engine.refs import BASELINE, DISTRICT, NO_GOAL, NOT_CASH, UNASSIGNED, UNFUNDED
from throughline.engine.run import PlanResult

MEMBERS = {
    ("recurrence", "one_time"): "bought once",
    ("recurrence", "recurring"): "every year",
    ("outlay", "capital"): "capital",
    ("outlay", "operating"): "operating",
    ("goal", NO_GOAL): "no goal named",
    ("initiative", BASELINE): "no initiative",
    ("asset_class", NONE): "no class of devices",
    ("site", DISTRICT): "the district as a whole",
    ("site", UNASSIGNED): "no site known",
}


def _release(result: PlanResult, name: str) -> str:
    """A release that ends its devices, with the month in which it does."""
    known, month = result.rules.book.os_releases.get(name), result.inputs.support.get(name, 0)
    label = known.label if known else name
    return f"{label}, supported to {month_label(month)}" if month > 0 else label


class Names:
    """The plan's own words for ids."""

    def __init__(self, result: PlanResult) -> None:
        plan, book = result.plan, result.rules.book
        self.sites: Mapping[str, str] = {site.id: site.name for site in plan.sites}
        self.funds: Mapping[str, str] = {fund.id: fund.name for fund in plan.funds}
        self.contracts = {item.id: item.name for item in plan.contracts}
        self.staff = {item.id: _upper(item.role.replace("-", " ")) for item in plan.staffing}
        self.lines = {item.id: item.item for item in plan.plan_lines}
        self.categories = {code: row.label for code, row in book.categories.items()}
        self.classes = {name: row.label for name, row in book.asset_classes.items()}
        self.policies = {policy.id: label_of(result, policy.id) for policy in result.policies}
        self.models = {name: row.name for name, row in book.models.items()}
        self.releases = {name: _release(result, name) for name in result.inputs.cohorts.releases if name}
        self.goals = {goal.id: goal.name for goal in plan.goals}
        self.initiatives = {item.id: item.name for item in plan.initiatives}
        known = (self.classes, self.contracts, self.staff, self.funds, self.policies, self.sites)
        self._ids = {key: name for each in known for key, name in each.items() if "-" in key or key in self.sites}

    def fund(self, fund: str) -> str:
        """A fund as people call it."""
        if fund in (UNFUNDED, NOT_CASH):
            return "nobody"
        return self.funds.get(fund, fund)

    def item(self, subject: str) -> str:
        """A record that causes cost: a kind of device, a contract, a position, a row of a published plan; '' for others."""
        for known in (self.policies, self.contracts, self.staff, self.lines):
            if subject in known:
                return known[subject]
        if subject.startswith("contingency-"):
            return f"Contingency for {self.category(subject.split('-')[1])}"
        return _upper(subject.rpartition("/")[2]) if "/" in subject else ""

    def category(self, code: str) -> str:
        """A category inside a sentence."""
        label = self.categories[code]
        return label[:1].lower() + label[1:] if label[1:2].islower() else label

    def line(self, line: CostLine) -> str:
        """A cost line: what, where, which part of the cost, when."""
        labels = line.labels
        site = labels["site"]
        where = f" at {self.sites[site]}" if site in self.sites else ", no site known" if site == UNASSIGNED else ""
        what, part = self.item(labels["subject"]), self.category(labels["category"])
        name = f"{what}{where}: {part}" if what else f"{self.categories[labels['category']]}{where}"
        return f"{name}, {labels['fiscal_year']}"

    def member(self, dimension: str, value: str) -> str:
        """A member of a dimension in words, such as the name of a site or `every year` for recurring cost."""
        known: dict[str, Mapping[str, str]] = {
            "category": self.categories, "site": self.sites, "asset_class": self.classes, "goal": self.goals,
            "initiative": self.initiatives,
        }  # fmt: skip
        name = known.get(dimension, {}).get(value) or (self.item(value) if dimension == "subject" else "")
        return name or MEMBERS.get((dimension, value)) or f"{dimension.replace('_', ' ')} {value}"

    def plain(self, text: str) -> str:
        """A step's name with names in place of ids, and a sign where something is multiplied."""
        words = [
            self._ids.get(word.rstrip(",:"), word.rstrip(",:")) + word[len(word.rstrip(",:")) :]
            for word in text.split(" ")
        ]
        return " ".join(words).replace(" x ", " \N{MULTIPLICATION SIGN} ")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
