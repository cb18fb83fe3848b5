"""What a report is made from (ReportSource), what a report is (Report), and where reports are found.

A ReportSource holds plain engine values: tables with their totals, named figures, findings in words, assumptions and
rendered explanations. The shell that ran the plan fills it; a report only chooses, orders and words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from throughline.engine.plan.plan import Plan
from throughline.engine.table import Table, Unit
from throughline.registry import Registry, discover
from throughline.reports.document import Document

DISCLAIMER = "Planning estimate, not legal or accounting advice"


@dataclass(frozen=True, slots=True)
class Figure:
    """A named value of the result. PERCENT is in hundredths of a percent (8650 = 86.50 %), as in engine tables."""

    value: int | str
    unit: Unit = Unit.CENTS


@dataclass(frozen=True, slots=True)
class Logo:
    """The district's mark: `format` is png, jpg or svg; `alt` is read aloud in its place."""

    format: str
    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class DistrictFacts:
    """What the cover and the running heads name. Empty text = not given; nothing is invented in its place."""

    name: str
    state: str = ""
    meeting: str = ""  # "Board of Education, regular meeting"
    meeting_date: str = ""  # ISO date
    agenda_number: str = ""
    author: str = ""
    contact: str = ""
    superintendent_title: str = "Superintendent of Schools"
    logo: Logo | None = None
    sample: bool = False  # a fictional district: every document says so


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in words of the document's language; `cents` is None when the money at stake cannot be known."""

    code: str
    severity: str
    subject: str
    text: str
    remedy: str
    cents: int | None = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class ShownAssumption:
    """An input of the plan: `standing` is verified, secondary source, the district's own, or default, please replace."""

    path: str
    label: str
    value: str
    source: str
    date: str
    standing: str


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One line of a rendered explanation: indent, name, value as text, the rule applied, and where a fact came from.

    `rows` asks the device list for exactly the devices that the value counts; '' where that cannot be asked.
    """

    depth: int
    name: str
    value: str
    rule: str = ""
    source: str = ""
    rows: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one figure comes about, top line first. `figure` is the name of the figure in `ReportSource.figures`."""

    figure: str
    title: str
    lines: tuple[TraceLine, ...]


@dataclass(frozen=True, slots=True)
class ReportSource:
    """Everything a report may say. Names of figures and tables stand in `throughline.reports.vocabulary`."""

    district: DistrictFacts
    as_of: date
    run_id: str  # short, printed in every footer
    digest: str  # of the run: plan, rules, engine version
    engine_version: str
    fiscal_years: tuple[str, ...]  # ("FY2027", ...), named by the calendar year in which they end
    figures: Mapping[str, Figure]
    tables: Mapping[str, Table]
    findings: tuple[ShownFinding, ...] = ()  # worst first
    assumptions: tuple[ShownAssumption, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    packs: tuple[tuple[str, str], ...] = ()  # (pack id, version)
    fiscal_year_start_month: int = 7
    plan: Plan | None = None  # for the sheets that are edited and imported again
    texts: Mapping[str, str] = field(default_factory=dict)  # what people wrote for the agenda item, by vocabulary name

    def known(self, name: str) -> bool:
        """Whether this run has the figure."""
        return name in self.figures

    def table(self, table_id: str) -> Table | None:
        """The table when this run has it with at least one row."""
        found = self.tables.get(table_id)
        return found if found is not None and found.rows else None


@dataclass(frozen=True, slots=True)
class Report:
    """A report plug-in: `REPORT = Report(...)` in `reports/<id>/report.py`; `formats` are ids of writers, the usual one first."""

    id: str
    title: str
    audience: str
    description: str
    formats: tuple[str, ...]
    build: Callable[[ReportSource], Document]


def reports() -> Registry:
    """The registry of reports."""
    return discover("throughline.reports", "report")


def report(report_id: str) -> Report:
    """A report by id; raises KeyError for an unknown one, TypeError when the plug-in declares none."""
    found = reports().module(report_id).REPORT
    if not isinstance(found, Report):
        raise TypeError(f"reports/{report_id}/report.py must define REPORT = Report(...)")
    return found
