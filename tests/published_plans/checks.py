"""How each of the 49 published checks is derived: which cells of which view, or that it is arithmetic on bare facts.

A check on bare facts has no rows to add; it is asserted in `test_arithmetic_on_published_facts.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tests.published_plans.documents import balance, cell, outcome_of, plan_of
from throughline.engine.checks.capital_plan import check_capital_plan
from throughline.engine.findings import Finding

IMPORT_VIEW = "import-view"
BARE_FACTS = "bare facts"
PERIODS = {
    "prior_appropriated": "Prior appropriated",
    "after_FY2027": "After FY2027",
    **{f"FY{year}": f"FY{year}" for year in range(2022, 2028)},
}


@dataclass(frozen=True)
class Check:
    """`derive` gives the figure in the unit of `plan_checks.csv`; `finding` names the finding where the check must not hold."""

    path: str
    derive: Callable[[], Decimal | None]
    finding: str = ""


def _dollars(derive: Callable[[], object]) -> Check:
    def value() -> Decimal:
        cents = derive()
        assert isinstance(cents, int)
        return Decimal(cents) / 100

    return Check(IMPORT_VIEW, value)


def _millions(derive: Callable[[], object]) -> Check:
    inner = _dollars(derive).derive
    return Check(IMPORT_VIEW, lambda: (inner() or Decimal(0)) / 1_000_000)


def _units(derive: Callable[[], object]) -> Check:
    return Check(IMPORT_VIEW, lambda: Decimal(str(derive())))


def _bare() -> Check:
    return Check(BARE_FACTS, lambda: None)


def findings(case: str, code: str) -> list[Finding]:
    """Findings of one code on a case's documents."""
    return [found for found in check_capital_plan(plan_of(case)) if found.code == code]


def _mashpee() -> dict[str, Check]:
    case, table = "mashpee_ma_fy2022_cip", "cip-minutes-2021-01-19"
    items = (
        "Chromebook leases",
        "Interactive board systems in classrooms",
        "Replacement of teacher PCs",
        "Wireless upgrades",
        "FM amplification systems",
    )
    technology, school = "subtotal/request/Technology", "total/request"
    found = {
        f"sum of technology lines in {key}": _dollars(lambda p=period: cell(case, table, technology, p))
        for key, period in PERIODS.items()
    }
    found |= {
        f"school total (technology + other) in {key}": _dollars(lambda p=period: cell(case, table, school, p))
        for key, period in PERIODS.items()
    }
    found |= {f"row total of {item}": _dollars(lambda i=item: cell(case, table, f"request/{i}")) for item in items}
    earlier = "cip-minutes-2018-12-06"
    return found | {
        "total technology, all years": _dollars(lambda: cell(case, table, technology)),
        "total school, all years": _dollars(lambda: cell(case, table, school)),
        "2018 plan: 36000 + 4 x 45000": _dollars(lambda: cell(case, earlier, "request/Chromebook leases")),
        "2018 plan: 3 x 56000": _dollars(lambda: cell(case, earlier, "request/Replacement of teacher PCs")),
    }


def _gananda() -> dict[str, Check]:
    case, table = "gananda_ny_smart_schools_2024", "ssip-supplemental-plan-2024-25"
    return {
        "794133 - 308159 - 117697": _dollars(lambda: balance(case, table, "2024-25", "opening")),
        "sum of 2024-25 lines": _dollars(lambda: cell(case, table, "total/request", "2024-25")),
        "balance after": _dollars(lambda: balance(case, table, "2024-25")),
    }


def _newark_usd() -> dict[str, Check]:
    case, table = "newark_usd_ca_2023_chromebooks", "replacement-waves"
    waves = Check(
        IMPORT_VIEW, lambda: Decimal(str(cell(case, table, "total/request", measure="quantity"))), "TL-PLAN-007"
    )
    return {"(6982-4004)/6982 in percent, one decimal": _bare(), "2978 + 1017 + 3779 <= 6982": waves}


def _lexington() -> dict[str, Check]:
    case = "lexington_ma_school_technology_capital"
    return {
        "427607 + 770393": _dollars(lambda: cell(case, "2016-atm-report", "total/funding_source", "FY2017")),
        "sum of FY2013 request lines": _dollars(lambda: cell(case, "minutes-2011-11-08", "total/request", "FY2013")),
        "2830 + 1515 + 1995": _bare(),
    }


def _renton() -> dict[str, Check]:
    case, table = "renton_wa_technology_levy", "levy-collections"
    return {
        "sum of six collections": _dollars(lambda: cell(case, table, "total/revenue")),
        "opening balance + collections": _dollars(lambda: balance(case, table, "total")),
    }


def _cazenovia() -> dict[str, Check]:
    case, table = "cazenovia_ny_smart_schools", "smart-schools-investment-plan"
    return {
        "316650 + 360359": _dollars(lambda: cell(case, table, "total/request")),
        "813516 - 677009": _dollars(lambda: balance(case, table, "total")),
    }


def _wheatland() -> dict[str, Check]:
    case = "wheatland_chili_ny_interactive_boards"
    boards = "boards-by-year-of-installation"
    return {
        "3 + 10 + 41 + 13 - 3": _units(lambda: cell(case, boards, "total/request", measure="quantity")),
        "(64 + 2) x 5000": _dollars(lambda: cell(case, "ssip-2017", "request/Interactive boards")),
    }


def _chesterfield() -> dict[str, Check]:
    case, table = "chesterfield_va_elementary_devices", "rollout"
    waves = Check(
        IMPORT_VIEW, lambda: Decimal(str(cell(case, table, "total/request", measure="quantity"))), "TL-PLAN-005"
    )
    return {"sum of yearly Chromebook waves equals stated total": waves, "866250 / 1050": _bare()}


def _north_reading() -> dict[str, Check]:
    case, table = "north_reading_ma_capital_fy2019_21", "capital-summary"
    found = {
        f"sum of categories FY{year}": _dollars(lambda y=year: cell(case, table, "total/request", f"FY{y}"))
        for year in (2019, 2020, 2021)
    }
    return found | {
        "technology, three years": _dollars(lambda: cell(case, table, "request/Technology")),
        "all categories, three years": _dollars(lambda: cell(case, table, "total/request")),
    }


def _newark_nj() -> dict[str, Check]:
    def issued() -> Decimal:
        from tests.published_plans.newark import new_devices

        return new_devices(2022)

    return {"2454 + 2479 + 2820": Check(IMPORT_VIEW, issued)}


CHECKS: dict[str, dict[str, Check]] = {
    "mashpee_ma_fy2022_cip": _mashpee(),
    "gananda_ny_smart_schools_2024": _gananda(),
    "newark_usd_ca_2023_chromebooks": _newark_usd(),
    "lexington_ma_school_technology_capital": _lexington(),
    "palm_beach_fl_fy2023_27": {
        "391.3 + 79.9 + 34.4 + 26.3 + 22.3 (million)": _millions(
            lambda: cell("palm_beach_fl_fy2023_27", "capital-plan-fy2025-2036", "total/request")
        )
    },
    "newark_nj_k_5_9_formula": _newark_nj(),
    "renton_wa_technology_levy": _renton(),
    "cazenovia_ny_smart_schools": _cazenovia(),
    "wheatland_chili_ny_interactive_boards": _wheatland(),
    "chesterfield_va_elementary_devices": _chesterfield(),
    "everett_wa_2016_capital_levy": {
        "sum of levy projects": _dollars(lambda: cell("everett_wa_2016_capital_levy", "levy-list", "total/request"))
    },
    "north_reading_ma_capital_fy2019_21": _north_reading(),
}

__all__ = ["BARE_FACTS", "CHECKS", "IMPORT_VIEW", "Check", "findings", "outcome_of"]
