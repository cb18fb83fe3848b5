"""Exports of a made-up district of about 45,000 pupils, written when a test asks for them; one seed, never committed."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from random import Random

SEED = 45_000
FALLS = range(2022, 2027)
MODELS = (
    ("Dell Chromebook 11 (5190)", 0.16, 2021),
    ("Lenovo 100e Chromebook 2nd Gen AST", 0.25, 2022),
    ("Dell Chromebook 3100", 0.22, 2023),
    ("HP Chromebook 11 G9 EE", 0.22, 2025),
    ("Lenovo 300e Chromebook Gen 3", 0.15, 2026),
)
OTHERS = (
    ("Laptop", "Latitude 5440", "Dell", 934.00, 42),
    ("Desktop", "OptiPlex 3080", "Dell", 612.00, 30),
    ("Interactive Panel", "ViewBoard IFP7550", "ViewSonic", 2390.00, 26),
    ("Wireless Access Point", "R550", "Ruckus", 498.00, 34),
    ("Network Switch", "ICX 7150-48P", "Ruckus", 2280.00, 7),
    ("Network Printer", "LaserJet M507", "HP", 529.00, 6),
)
RECIPE = """
name = "Threadwell Unified Schools"
state = "WA"
as_of = 2026-11-16

[[step]]
import = ["sites.csv", "enrollment.csv", "staffing.csv", "contracts.csv", "funds.csv"]
answers = { level = "school" }

[[step]]
import = ["chromebooks.csv", "assets.csv"]

[[step]]
reason = "made up"
set = [
  "standards/student/asset_class=student-chromebook", "standards/student/role=student", "standards/student/driver=need",
  "standards/student/life_years=4", "standards/student/unit_price_cents=$331.00",
  "standards/student/price_note=made-up quote", "standards/desktop/asset_class=desktop",
  "standards/desktop/unit_price_cents=$640.00", "standards/desktop/price_note=made-up quote",
  "standards/switch/asset_class=access-switch", "standards/switch/unit_price_cents=$2,900.00",
  "standards/switch/price_note=made-up quote",
]
"""


def write_large(folder: Path) -> None:
    """Write the exports and the recipe to `folder`."""
    rng = Random(SEED)
    folder.mkdir(parents=True)
    sites = [
        (f"S{n:02d}", f"School {n:02d} {'Elementary' if n <= 42 else 'Middle' if n <= 54 else 'High'}")
        for n in range(1, 63)
    ]
    pupils = {(fall, code): _pupils(rng, int(code[1:]), fall) for fall in FALLS for code, _ in sites}
    _write(folder / "sites.csv", _sites(sites))
    _write(folder / "enrollment.csv", _enrollment(sites, pupils))
    _write(folder / "chromebooks.csv", _chromebooks(rng, sites, pupils))
    _write(folder / "assets.csv", _assets(rng, sites))
    _write(folder / "staffing.csv", _staffing(sites, pupils))
    _write(folder / "contracts.csv", CONTRACTS)
    _write(folder / "funds.csv", FUNDS)
    (folder / "recipe.toml").write_text(RECIPE, encoding="utf-8")


def _pupils(rng: Random, number: int, fall: int) -> dict[str, int]:
    grades = (
        ("K", "1", "2", "3", "4", "5") if number <= 42 else ("6", "7", "8") if number <= 54 else ("9", "10", "11", "12")
    )
    size = 82 if number <= 42 else 290 if number <= 54 else 435
    return {grade: size + rng.randrange(-9, 10) + (fall - 2024) * (number % 3 - 1) * 2 for grade in grades}


def _sites(sites: Sequence[tuple[str, str]]) -> Iterable[list[str]]:
    yield ["School Name", "Level", "Org Unit"]
    for code, name in sites:
        yield [name, name.rpartition(" ")[2], f"/Schools/{code}/"]


def _enrollment(
    sites: Sequence[tuple[str, str]], pupils: dict[tuple[int, str], dict[str, int]]
) -> Iterable[list[object]]:
    yield ["School Year", "School", "Grade", "Students"]
    for fall in FALLS:
        for code, name in sites:
            for grade, count in pupils[fall, code].items():
                yield [f"{fall}-{(fall + 1) % 100:02d}", name, grade, count]


def _chromebooks(
    rng: Random, sites: Sequence[tuple[str, str]], pupils: dict[tuple[int, str], dict[str, int]]
) -> Iterable[list[str]]:
    yield "deviceId,serialNumber,annotatedUser,orgUnitPath,model,status,autoUpdateExpiration".split(",")
    number = 0
    for code, _ in sites:
        for model, share, _ in MODELS:
            for _ in range(round(sum(pupils[2026, code].values()) * share * rng.uniform(0.97, 1.12))):
                number += 1
                status = "ACTIVE" if rng.random() < 0.98 else "DEPROVISIONED"
                yield [f"{number:08x}", f"TWL{number:07d}", "", f"/Schools/{code}/Students", model, status, ""]


def _assets(rng: Random, sites: Sequence[tuple[str, str]]) -> Iterable[list[str]]:
    yield "Asset Tag,Serial,Model,Category,Manufacturer,Status,Location,Purchase Date,Purchase Cost,Checked Out To,BYOD".split(
        ","
    )
    number = 0
    for _, name in sites:
        for category, model, maker, cost, count in OTHERS:
            for _ in range(count + rng.randrange(0, 9)):
                number += 1
                day = date(rng.randrange(2016, 2026), rng.randrange(1, 13), 15)
                yield [
                    f"TW-{number:06d}",
                    f"TWA{number:06d}",
                    model,
                    category,
                    maker,
                    "Deployed",
                    name,
                    f"{day:%m/%d/%Y}",
                    f"{cost:.2f}",
                    "",
                    "0",
                ]


def _staffing(
    sites: Sequence[tuple[str, str]], pupils: dict[tuple[int, str], dict[str, int]]
) -> Iterable[list[object]]:
    yield ["Site", "Role", "FTE", "Loaded Salary", "TCO Category"]
    for code, name in sites:
        yield [name, "Teacher", round(sum(pupils[2026, code].values()) / 16, 1), "", ""]
    yield ["", "Field Technician", 31, 74100, "D4.1"]
    yield ["", "Network Engineer", 9, 121500, "D4.2"]
    yield ["", "Technology Director", 1, 189000, "D4.4"]


CONTRACTS = (
    ("Vendor", "Product", "TCO Category", "Annual Cost", "Cost per Student", "Start Date", "End Date", "Auto-Renew"),
    ("Sample SIS", "Student information system", "D2.3", "", "9.10", "2024-07-01", "2029-06-30", "yes"),
    ("Sample Filter", "Content filter", "D2.4", "", "4.85", "2026-07-01", "2029-06-30", "yes"),
    ("Sample Fiber", "Leased fiber", "D3.1", "1480000", "", "2025-07-01", "2030-06-30", "yes"),
    ("Sample Insurance", "Cyber insurance", "D7.1", "295000", "", "2026-07-01", "2027-06-30", "yes"),
)
FUNDS = (
    (
        "Fund ID",
        "Fund",
        "Kind",
        "Opening Balance",
        *(f"FY{y}" for y in range(2028, 2033)),
        "Term End",
        "NSLP Percent",
        "Rural",
    ),
    ("general", "General fund", "general", "", *("9400000",) * 5, "", "", ""),
    ("levy", "Technology levy", "levy", "2750000", *("8200000",) * 2, "", "", "", "2029-08-31", "", ""),
    ("c2", "E-Rate Category 2", "erate_c2", "", "", "", "", "", "", "", "58%", "no"),
    ("bond", "Capital bond", "bond", "4100000", "6000000", "", "", "", "", "2030-06-30", "", ""),
)


def _write(path: Path, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
