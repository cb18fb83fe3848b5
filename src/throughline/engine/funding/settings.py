"""Named values a district gives for one of its funds, read by type; what cannot be read is a finding, no default."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.plan.funds import Fund
from throughline.engine.refs import EntryRef, Source

T = TypeVar("T")
NAMES = frozenset(
    {
        "alternative_use", "award_cents", "award_year", "budget_cents", "carryover_share", "carryover_waiver", "cost_share",
        "effort_planned_cents", "effort_prior_cents", "effort_reduction_cents", "extension", "liquidation_deadline", "min_life_years",
        "multi_entity", "nslp_percent", "obligation_deadline", "other_technology_share", "prior_allocation_cents",
        "prior_commitments_cents", "rural", "set_aside_cents", "technology_share", "term_end",
    }
)  # fmt: skip
_YES, _NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})


@dataclass
class Settings:
    """Reader of one fund's settings; `findings` collects what could not be read."""

    fund: Fund
    findings: list[Finding] = field(default_factory=list)

    def source(self, name: str) -> Source:
        """Where an explanation of the setting ends."""
        return EntryRef(f"funds/{self.fund.id}/settings/{name}")

    def text(self, name: str) -> str:
        """The value as given, empty when not given."""
        return dict(self.fund.settings).get(name, "").strip()

    def cents(self, name: str) -> int | None:
        """A whole number of cents, 0 or more."""
        return self._read(name, _whole, "a whole number of cents")

    def years(self, name: str) -> int | None:
        """A whole number of years, 0 or more."""
        return self._read(name, _whole, "a whole number of years")

    def numbers(self, name: str) -> tuple[int, ...]:
        """Whole numbers with commas between them, such as fiscal years; none when not given."""
        return self._read(name, _numbers, "years such as 2027, 2030") or ()

    def share(self, name: str) -> Decimal | None:
        """A share from 0 to 1, or with a percent sign from 0 to 100."""
        return self._read(name, _share, "a share from 0 to 1")

    def percent(self, name: str) -> Decimal | None:
        """A percentage from 0 to 100."""
        return self._read(name, _percent, "a percentage from 0 to 100")

    def day(self, name: str) -> date | None:
        """A date as YYYY-MM-DD."""
        return self._read(name, date.fromisoformat, "a date written as YYYY-MM-DD")

    def yes(self, name: str) -> bool | None:
        """A yes or a no."""
        return self._read(name, _yes, "yes or no")

    def missing(self, name: str, code: str = "TL-FUND-002", severity: Severity = Severity.ERROR) -> None:
        """Record that a needed setting was not given; the code says what follows (002: no money is counted)."""
        subject = f"funds/{self.fund.id}"
        self.findings.append(finding(code, severity, subject, cents=None, fund=self.fund.name, setting=name))

    def check(self, known: Iterable[str]) -> None:
        """Record settings that are read elsewhere and cannot be (003), and names that nothing reads (036)."""
        self.years("min_life_years")
        for name, value in self.fund.settings:
            if value.strip() and name not in {*NAMES, *known}:
                self.findings.append(
                    finding(
                        "TL-FUND-036",
                        Severity.WARNING,
                        f"funds/{self.fund.id}",
                        cents=None,
                        fund=self.fund.name,
                        setting=name,
                        names=", ".join(sorted({*NAMES, *known})),
                    )
                )

    def _read(self, name: str, read: Callable[[str], T], wanted: str) -> T | None:
        raw = self.text(name)
        if not raw:
            return None
        try:
            return read(raw)
        except (ValueError, InvalidOperation):
            self.findings.append(
                finding(
                    "TL-FUND-003",
                    Severity.ERROR,
                    f"funds/{self.fund.id}",
                    cents=None,
                    fund=self.fund.name,
                    setting=name,
                    value=raw,
                    wanted=wanted,
                )
            )
            return None


def _whole(raw: str) -> int:
    value = int(raw)
    if value < 0:
        raise ValueError(raw)
    return value


def _numbers(raw: str) -> tuple[int, ...]:
    return tuple(_whole(part.strip().upper().removeprefix("FY")) for part in raw.split(","))


def _share(raw: str) -> Decimal:
    percent = raw.endswith("%")
    value = Decimal(raw.removesuffix("%").strip())
    return _between(value / 100 if percent else value, Decimal(1))


def _percent(raw: str) -> Decimal:
    return _between(Decimal(raw), Decimal(100))


def _between(value: Decimal, most: Decimal) -> Decimal:
    if not 0 <= value <= most:
        raise ValueError(str(value))
    return value


def _yes(raw: str) -> bool:
    if raw.lower() in _YES | _NO:
        return raw.lower() in _YES
    raise ValueError(raw)
