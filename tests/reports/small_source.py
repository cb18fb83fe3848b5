"""A hand-made ReportSource of a one-person shop: one fund, no goals, no agenda texts, most inputs unknown."""

from datetime import date

from tests.reports.sample_source import TOTAL, YEARS, table
from throughline.engine.table import Column, Unit, year_columns
from throughline.reports.base import DistrictFacts, Figure, ReportSource, ShownAssumption, ShownFinding

GENERAL = (18_000_000, 18_000_000, 18_000_000, 18_000_000, 18_000_000)
GAP = (0, 1_240_050, 2_210_417, 0, 890_333)


def small_source() -> ReportSource:
    cost, gap = sum(GENERAL) + sum(GAP), sum(GAP)
    columns = [*year_columns(YEARS), TOTAL]
    whole = tuple(a + b for a, b in zip(GENERAL, GAP, strict=True))
    tables = (
        table(
            "by_fund",
            "Cost by fund",
            [Column("fund", "Fund"), Column("lasts", "Lasts"), *columns],
            [
                ("general", ("General fund", "general", *GENERAL, sum(GENERAL))),
                ("UNFUNDED", ("Not funded", "unfunded", *GAP, gap)),
            ],
            "Plan cost",
        ),
        table(
            "by_source",
            "Cost by source",
            [Column("source", "Source"), *columns],
            [("general", ("General fund", *GENERAL, sum(GENERAL))), ("unfunded", ("Not funded", *GAP, gap))],
            "Plan cost",
        ),
        table(
            "by_category",
            "Cost by category",
            [Column("category", "Category"), *columns, Column("unfunded", "Not funded", Unit.CENTS, additive=True)],
            [("D1.1", ("Computers", *whole, cost, gap))],
            "Plan cost",
        ),
    )
    return ReportSource(
        district=DistrictFacts(name="Ash Hollow School District", sample=True),
        as_of=date(2026, 11, 20),
        run_id="a10b2c3d",
        digest="a10b2c3d" * 8,
        engine_version="0.1.0",
        fiscal_years=YEARS,
        figures={
            "cost": Figure(cost),
            "funded": Figure(sum(GENERAL)),
            "gap": Figure(gap),
            "funded_share": Figure(sum(GENERAL) * 10_000 // cost, Unit.PERCENT),
            "years": Figure(5, Unit.COUNT),
            "first_year": Figure("FY2028", Unit.TEXT),
            "last_year": Figure("FY2032", Unit.TEXT),
            "gap_first_year": Figure("FY2029", Unit.TEXT),
            "gap_last_year": Figure("FY2032", Unit.TEXT),
            "funds": Figure(1, Unit.COUNT),
            "funds_ending": Figure(0, Unit.COUNT),
            "top_category": Figure("Computers", Unit.TEXT),
            "top_category_share": Figure(10_000, Unit.PERCENT),
            "findings": Figure(1, Unit.COUNT),
            "devices": Figure(612, Unit.COUNT),
            "devices_past_support": Figure(0, Unit.COUNT),
            "inputs": Figure(1, Unit.COUNT),
            "inputs_default": Figure(1, Unit.COUNT),
        },
        tables={item.id: item for item in tables},
        findings=(ShownFinding("TL-PLAN-001", "note", "enrollment", "No enrollment was brought.", "Import enrollment.", None),),
        assumptions=(ShownAssumption("growth", "Price growth", "3% a year", "Our default", "2026-11-01", "default, please replace"),),
    )  # fmt: skip
