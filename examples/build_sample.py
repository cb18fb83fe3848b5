"""Writes the export files of the sample district: the same bytes every time, from one seed and the tables below.

    python examples/build_sample.py [folder]

Nothing is taken from a district. Model names are those that published support lists print; counts, prices, names of
schools and people's addresses are made up (addresses end in `.example`, which no mail system delivers to).
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

SEED = 2026
FOLDER = Path(__file__).parent / "larkhollow"
FALLS = range(2020, 2027)
EXPORTED = datetime(2026, 11, 13, 15, 0)  # noqa: DTZ001 - exports carry no zone


def _table(text: str) -> tuple[tuple[str, ...], ...]:
    """Rows of cells separated by bars."""
    return tuple(tuple(cell.strip() for cell in line.split("|")) for line in text.strip("\n").split("\n"))


# code, name, kindergarten in 2020, its yearly trend, middle school it feeds
ELEMENTARY = (
    ("ARE", "Alder Run Elementary School", 65, 1.000, "JFM"),
    ("BPE", "Bittern Pond Elementary School", 71, 0.995, "JFM"),
    ("CME", "Copper Mill Elementary School", 77, 0.945, "JFM"),
    ("DRE", "Dovetail Road Elementary School", 63, 1.005, "KRM"),
    ("EFE", "Elderflower Elementary School", 69, 0.990, "KRM"),
    ("FGE", "Foxglove Elementary School", 61, 1.060, "KRM"),
    ("GSE", "Gristmill Elementary School", 73, 0.985, "LTM"),
    ("HBE", "Hazel Bend Elementary School", 59, 1.055, "LTM"),
    ("IWE", "Ironweed Elementary School", 75, 0.950, "LTM"),
)
MIDDLE = (
    ("JFM", "Juniper Flats Middle School"),
    ("KRM", "Kestrel Ridge Middle School"),
    ("LTM", "Lantern Hill Middle School"),
)
HIGH = (("LHS", "Larkhollow High School"), ("MEC", "Millrace Early College High School"))
OFFICES = (("DO", "District Office"), ("OTC", "Operations and Technology Center"))
NAMES = {code: name for code, name, *_ in (*ELEMENTARY, *MIDDLE, *HIGH, *OFFICES)}
FULL_NAME_UNITS = {"GSE", "KRM"}  # the two schools whose org units are spelled out instead of abbreviated

# Chromebooks as Google prints them: (model, price, month bought, first serial letters)
C100E = ("Lenovo 100e Chromebook", None, date(2019, 7, 22), "LA")
HP_G5 = ("HP Chromebook 11 G5", None, date(2017, 8, 1), "HB")
R13 = ("Acer Chromebook R13 (CB5-312T)", None, date(2018, 7, 30), "AC")
G6EE = ("HP Chromebook 11 G6 EE", None, date(2020, 9, 14), "HD")
D5190 = ("Dell Chromebook 11 (5190)", None, date(2020, 10, 5), "DE")
D3100 = ("Dell Chromebook 3100", 268.40, date(2021, 8, 2), "DF")
AST2 = ("Lenovo 100e Chromebook 2nd Gen AST", 251.75, date(2021, 9, 20), "LG")
G9EE = ("HP Chromebook 11 G9 EE", 299.10, date(2023, 8, 7), "HH")
L300 = ("Lenovo 300e Chromebook Gen 3", 338.60, date(2024, 8, 5), "LJ")
D3120 = ("Dell Chromebook 3120", 327.25, date(2025, 7, 28), "DK")
GEN4 = ("Lenovo 100e Chromebook Gen 4", 319.90, date(2026, 8, 3), "LM")
STAFF = ("Acer Chromebook 13 (CB713-1W)", None, date(2019, 10, 1), "AN")
SERIES = ("Acer Chromebook 311", None, date(2022, 8, 15), "AP")
IN_REGISTER = {m[0] for m in (G9EE, L300, D3120, GEN4)}  # the district began to tag devices in summer 2023


class Sample:
    """Collects rows; one random source, asked in a fixed order."""

    def __init__(self) -> None:
        self.random = Random(SEED)
        self.serials: dict[str, int] = {}
        self.chromebooks: list[list[str]] = []
        self.assets: list[list[str]] = []
        self.tags = 100_000
        self.pupils = self._pupils()

    def _pupils(self) -> dict[tuple[int, str, str], int]:
        """Pupils by fall, site code and grade: kindergarten follows each school's trend, the rest moves up."""
        rng, out = self.random, {}
        elementary = ("K", "1", "2", "3", "4", "5")
        for fall in FALLS:
            for code, _, entry, trend, _ in ELEMENTARY:
                for place, grade in enumerate(elementary):
                    if fall == FALLS[0] or grade == "K":
                        base = entry * trend ** (fall - FALLS[0] - (0 if grade == "K" else place * 0.6))
                    else:
                        base = out[fall - 1, code, elementary[place - 1]] * (1.0 + (trend - 1.0) * 0.35)
                    out[fall, code, grade] = max(30, round(base + rng.uniform(-3, 3)))
            out[fall, "ARE", "PK"], out[fall, "HBE", "PK"] = 72 + rng.randrange(12), 64 + rng.randrange(12)
            for code, _ in MIDDLE:
                fed = [s for s, *_, middle in ELEMENTARY if middle == code]
                for grade, before in (("6", "5"), ("7", "6"), ("8", "7")):
                    if fall == FALLS[0]:
                        base = sum(out[fall, s, "5"] for s in fed) * (1.0 + 0.01 * int(grade))
                    elif grade == "6":
                        base = sum(out[fall - 1, s, "5"] for s in fed)
                    else:
                        base = out[fall - 1, code, before]
                    out[fall, code, grade] = round(base * rng.uniform(0.985, 1.012))
            for code, share in (("LHS", 0.87), ("MEC", 0.13)):
                for grade, before in (("9", "8"), ("10", "9"), ("11", "10"), ("12", "11")):
                    if fall == FALLS[0]:
                        base = sum(out[fall, m, "8"] for m, _ in MIDDLE) * share * (1.04 - 0.02 * (int(grade) - 9))
                    elif grade == "9":
                        base = sum(out[fall - 1, m, "8"] for m, _ in MIDDLE) * share * 1.03
                    else:
                        base = out[fall - 1, code, before] * 0.985
                    out[fall, code, grade] = round(base * rng.uniform(0.99, 1.01))
        return out

    def now(self, code: str, *grades: str) -> int:
        """Pupils of grades in the last fall."""
        return sum(self.pupils.get((FALLS[-1], code, grade), 0) for grade in grades)

    def serial(self, letters: str) -> str:
        self.serials[letters] = self.serials.get(letters, 4000) + self.random.randrange(1, 9)
        return f"SMP{letters}{self.serials[letters]:06d}"

    def tag(self) -> str:
        self.tags += 1
        return f"LH-{self.tags}"

    def unit(self, code: str, below: str) -> str:
        """Org unit of a site, as this district spells it."""
        if code in FULL_NAME_UNITS:
            return f"/{NAMES[code].removesuffix(' School')}/{below}"
        return f"/{code}/{below}"

    def give(
        self, count: int, model: tuple[str, float | None, date, str], code: str, unit: str, *, user: str = ""
    ) -> None:
        """Chromebooks in one org unit, with the register's rows for the models it knows."""
        rng = self.random
        name, price, bought, letters = model
        for number in range(count):
            serial, enrolled = self.serial(letters), bought + timedelta(days=rng.randrange(4, 40))
            active = rng.random() < 0.978
            seen = EXPORTED - (
                timedelta(days=rng.randrange(0, 12), minutes=rng.randrange(900))
                if active
                else timedelta(days=rng.randrange(190, 420))
            )
            who = f"{user}{rng.randrange(1000, 9999)}@pupils.larkhollow.example" if user and rng.random() < 0.8 else ""
            tag = self.tag() if name in IN_REGISTER else ""
            self._chromebook(serial, tag if rng.random() < 0.6 else "", who, unit, name, "ACTIVE", enrolled, seen)
            if name not in IN_REGISTER:
                continue
            place, dice = NAMES[code], rng.random()
            if dice < 0.022:  # moved and never noted: the register still says where it used to be
                place = NAMES[rng.choice([c for c, *_ in (*ELEMENTARY, *MIDDLE) if c != code])]
            elif dice < 0.034:  # never entered in the register
                continue
            day = "" if dice > 0.985 else bought.strftime("%m/%d/%Y")
            cost = "" if 0.97 < dice <= 0.985 else f"${price:,.2f}"
            self._asset(
                tag,
                serial,
                name.split(" ", 1)[1],
                "Chromebook",
                name.split(" ", 1)[0],
                "Deployed",
                place,
                day,
                cost,
                f"PO-{bought.year}-{letters}",
                who.partition("@")[0],
            )
            if number % 57 == 56:  # in the register, not in the device manager: lost, or replaced without a note
                ghost = self.serial(letters)
                self._asset(
                    self.tag(),
                    ghost,
                    name.split(" ", 1)[1],
                    "Chromebook",
                    name.split(" ", 1)[0],
                    "Deployed",
                    NAMES[code],
                    bought.strftime("%m/%d/%Y"),
                    f"${price:,.2f}",
                    f"PO-{bought.year}-{letters}",
                    "",
                )

    def _chromebook(
        self, serial: str, tag: str, who: str, unit: str, model: str, status: str, enrolled: date, seen: datetime
    ) -> None:
        rng = self.random
        note = rng.choice(("screen replaced", "missing key", "hinge", "loaner returned")) if rng.random() < 0.02 else ""
        self.chromebooks.append([
            f"{rng.getrandbits(64):016x}", serial, tag, who, unit, model, status, f"{enrolled.isoformat()}T13:05:00.000Z",
            seen.strftime("%Y-%m-%dT%H:%M:00.000Z"), f"14{rng.randrange(0, 3)}.0", note, who,
        ])  # fmt: skip

    def _asset(self, *cells: str) -> None:
        self.assets.append([*cells, "0"])

    def fleet(self) -> None:
        """Chromebooks by school: carts in K-2, one each in 3-12 with what earlier enrollment left behind."""
        rng = self.random
        for code, *_ in ELEMENTARY:
            carts = round(self.now(code, "K", "1", "2") * 0.62)
            old = carts // 6
            self.give(old, HP_G5, code, self.unit(code, "Carts"))
            self.give(rng.randrange(8, 16), R13, code, self.unit(code, "Carts"))
            self.give((carts - old) // 2, C100E, code, self.unit(code, "Carts"))
            self.give(carts - old - (carts - old) // 2, G6EE, code, self.unit(code, "Carts"))
            then = max(sum(self.pupils[fall, code, grade] for grade in ("3", "4", "5")) for fall in (2021, 2022, 2026))
            held = round(then * 1.07) + (24 if code in ("CME", "IWE") else 0)
            for grade, model, share in (("3", AST2, 0.42), ("4", D3100, 0.42), ("5", D5190, 0.16)):
                self.give(round(held * share), model, code, self.unit(code, f"Students/Grade {grade}"), user="s")
            self.give(rng.randrange(4, 9), STAFF, code, self.unit(code, "Staff"))
        for code, _ in MIDDLE:
            then = max(sum(self.pupils[fall, code, grade] for grade in ("6", "7", "8")) for fall in (2021, 2023, 2026))
            held = round(then * 1.05) + (40 if code == "JFM" else 0)
            for grade, model, share in (("6", L300, 0.34), ("7", G9EE, 0.34), ("8", AST2, 0.32)):
                self.give(round(held * share), model, code, self.unit(code, f"Students/Grade {grade}"), user="s")
            self.give(rng.randrange(10, 16), STAFF, code, self.unit(code, "Staff"))
        for code, _ in HIGH:
            for year, grade, model in ((2027, "12", G9EE), (2028, "11", L300), (2029, "10", D3120)):
                count = round(self.now(code, grade) * 1.02)
                self.give(count, model, code, self.unit(code, f"Students/Class of {year}"), user="s")
            fresh = 430 if code == "LHS" else 80  # of 640 ordered, 510 are enrolled
            self.give(fresh, GEN4, code, self.unit(code, "Students/Class of 2030"), user="s")
            self.give(14 if code == "LHS" else 4, STAFF, code, self.unit(code, "Staff"))
        self.give(64, SERIES, "OTC", "/OTC/Loaners")
        self.give(38, D3100, "OTC", "/Onboarding")
        self.give(47, AST2, "OTC", "/Summer School Pool")
        for status, count in (("DEPROVISIONED", 212), ("DISABLED", 37)):
            for _ in range(count):
                gone = EXPORTED - timedelta(days=rng.randrange(120, 900))
                model = rng.choice((HP_G5, C100E, R13))
                self._chromebook(self.serial(model[3]), "", "", "/Retired", model[0], status, model[2], gone)

    def register(self) -> None:
        """Everything that is no Chromebook, by school."""
        sites = [code for code, *_ in (*ELEMENTARY, *MIDDLE, *HIGH)]
        size = {
            code: sum(v for (fall, c, _), v in self.pupils.items() if c == code and fall == FALLS[-1]) for code in sites
        }
        for code in sites:
            teachers = size[code] // 15
            high = code in ("LHS", "MEC")
            waves = (
                (0.45, date(2022, 8, 9), "Latitude 3330", "Dell", 742.00),
                (0.35, date(2024, 7, 16), "ThinkPad L13 Gen 4", "Lenovo", 811.50),
                (0.2, date(2020, 9, 1), "Latitude 3310", "Dell", 668.20),
            )
            for share, day, model, maker, cost in waves:
                self._many(round(teachers * 1.25 * share), "Laptop", model, maker, code, day, cost, "DL", person=True)
            labs = 124 if code == "LHS" else 46 if high or code in ("JFM", "KRM", "LTM") else 8
            self._many(labs * 2 // 3, "Desktop", "OptiPlex 3080", "Dell", code, date(2021, 7, 12), 612.00, "DT")
            self._many(labs - labs * 2 // 3, "Desktop", "OptiPlex 3060", "Dell", code, date(2018, 8, 6), 588.00, "DT")
            rooms = max(10, size[code] // 21)
            self._many(
                round(rooms * 0.6),
                "Interactive Panel",
                "ViewBoard IFP7550",
                "ViewSonic",
                code,
                date(2022, 3, 21),
                2390.00,
                "VB",
            )
            self._many(
                round(rooms * 0.25),
                "Interactive Panel",
                "ActivPanel 70",
                "Promethean",
                code,
                date(2018, 6, 18),
                3120.00,
                "AV",
            )
            self._many(
                round(rooms * 0.1), "Projector", "PowerLite 980W", "Epson", code, date(2017, 7, 10), 655.00, "EP"
            )
            self._many(rooms // 2 + 4, "Wireless Access Point", "R550", "Ruckus", code, date(2022, 7, 5), 498.00, "RW")
            self._many(rooms // 2, "Wireless Access Point", "R510", "Ruckus", code, date(2019, 7, 8), 455.00, "RW")
            self._many(
                3 + rooms // 12, "Network Switch", "ICX 7150-48P", "Ruckus", code, date(2020, 7, 6), 2280.00, "SW"
            )
            self._many(
                2 + rooms // 20, "Network Switch", "ICX 6450-48P", "Brocade", code, date(2015, 7, 13), 2140.00, "SW"
            )
            self._many(2, "UPS", "Smart-UPS 1500", "APC", code, date(2019, 7, 8), 640.00, "UP")
            self._many(
                4 + size[code] // 160, "Network Printer", "LaserJet M507", "HP", code, date(2020, 2, 3), 529.00, "PR"
            )
        self._many(26, "CAD Workstation", "Precision Tower 3650", "Dell", "LHS", date(2022, 1, 18), 1288.00, "CW")
        self._many(60, "Laptop", "Latitude 5440", "Dell", "DO", date(2023, 9, 5), 934.00, "DL", person=True)
        self._many(34, "Laptop", "Latitude 5440", "Dell", "OTC", date(2023, 9, 5), 934.00, "DL", person=True)
        self._many(6, "Core Switch", "ICX 7850", "Ruckus", "OTC", date(2021, 7, 6), 11800.00, "CS")
        self._many(2, "Firewall", "FortiGate 900G", "Fortinet", "OTC", date(2023, 7, 10), 18400.00, "FW")
        self._many(9, "Server", "PowerEdge R650", "Dell", "OTC", date(2022, 6, 6), 9650.00, "SV")
        self._many(3, "Server", "PowerEdge R640", "Dell", "OTC", date(2018, 6, 11), 8420.00, "SV")
        self._many(
            2, "Backup Appliance", "Backup Appliance 24TB", "Sample Storage", "OTC", date(2021, 6, 7), 16900.00, "BK"
        )

    def _many(
        self,
        count: int,
        category: str,
        model: str,
        maker: str,
        code: str,
        day: date,
        cost: float,
        letters: str,
        *,
        person: bool = False,
    ) -> None:
        rng = self.random
        for _ in range(count):
            status = (
                "Deployed" if rng.random() < 0.965 else rng.choice(("Ready to Deploy", "Out for Repair", "Lost/Stolen"))
            )
            bought = "" if rng.random() < 0.018 else day.strftime("%m/%d/%Y")
            price = "" if rng.random() < 0.022 else f"${cost:,.2f}"
            serial = "" if rng.random() < 0.008 else self.serial(letters)
            who = f"t{rng.randrange(100, 999)}" if person and status == "Deployed" else ""
            place = NAMES[code] if rng.random() > 0.006 else rng.choice(("Portable 4", "Annex", "Warehouse B"))
            self._asset(
                self.tag(),
                serial,
                model,
                category,
                maker,
                status,
                place,
                bought,
                price,
                f"PO-{day.year}-{letters}",
                who,
            )


CHROMEBOOK_HEAD = (
    "deviceId,serialNumber,annotatedAssetId,annotatedUser,orgUnitPath,model,status,firstEnrollmentTime,lastSync,"
    "osVersion,notes,recentUsers"
)
ASSET_HEAD = "Asset Tag,Serial,Model,Category,Manufacturer,Status,Location,Purchase Date,Purchase Cost,Order Number,Checked Out To,BYOD"


def enrollment_rows(sample: Sample) -> Iterable[list[object]]:
    """One row per school year and school, a column per grade, with the row's total."""
    grades = ("PK", "K", *(str(n) for n in range(1, 13)))
    yield ["School Year", "School", *grades, "Total"]
    for fall in FALLS:
        for code, *_ in (*ELEMENTARY, *MIDDLE, *HIGH):
            row = [sample.pupils.get((fall, code, grade)) for grade in grades]
            stated = ["" if cell is None else cell for cell in row]
            yield [f"{fall}-{(fall + 1) % 100:02d}", NAMES[code], *stated, sum(cell or 0 for cell in row)]


GROUP_HEAD = (
    "School Year,School,Total,Free or Reduced-Price Lunch,English Learners,Students with Disabilities,"
    "American Indian or Alaska Native,Asian,Black or African American,Hispanic or Latino,"
    "Native Hawaiian or Other Pacific Islander,Two or More Races,White,Homeless,Military Connected"
)
# share of free or reduced-price lunch and of English learners by school: more of both where devices are fewer
GROUPS = {
    "ARE": (0.62, 0.22), "BPE": (0.42, 0.08), "CME": (0.36, 0.03), "DRE": (0.48, 0.12), "EFE": (0.41, 0.06), "FGE": (0.34, 0.09),
    "GSE": (0.58, 0.17), "HBE": (0.66, 0.20), "IWE": (0.30, 0.02), "JFM": (0.38, 0.03), "KRM": (0.31, 0.02), "LTM": (0.41, 0.04),
    "LHS": (0.36, 0.02), "MEC": (0.40, 0.03),
}  # fmt: skip


def group_rows(sample: Sample) -> Iterable[list[object]]:
    """Student groups of the last fall by school. Small counts of homeless students are withheld, as reports do."""
    yield GROUP_HEAD.split(",")
    rng, fall = Random(SEED + 2), FALLS[-1]
    for code, (lunch, learning) in GROUPS.items():
        total = sum(count for (year, school, _), count in sample.pupils.items() if (year, school) == (fall, code))

        def part(share: float, of: int = total) -> int:
            return round(of * share * rng.uniform(0.9, 1.1))

        needs = part(lunch), part(learning), part(0.15)
        races = [rng.choice((0, 1, 2, 3)), part(0.035), part(0.05 + lunch * 0.22), part(0.06 + learning * 0.9)]
        races += [rng.choice((0, 0, 1)), part(0.045)]
        homeless, military = part(lunch * 0.035), part(0.012)
        few = "<10" if 0 < homeless < 10 else homeless
        row = [f"{fall}-{(fall + 1) % 100:02d}", NAMES[code], total, *needs, *races, total - sum(races), few, military]
        yield row


def site_rows() -> Iterable[list[object]]:
    """Schools and offices; two schools are left to be recognized by their name in the org unit."""
    yield ["School Name", "Level", "Grades", "E-Rate Entity", "Org Unit"]
    for code, *_ in ELEMENTARY:
        yield [NAMES[code], "Elementary", "PK-5" if code in ("ARE", "HBE") else "K-5", "yes", _listed(code)]
    for code, _ in MIDDLE:
        yield [NAMES[code], "Middle", "6-8", "yes", _listed(code)]
    for code, _ in HIGH:
        yield [NAMES[code], "High", "9-12", "yes", _listed(code)]
    for code, name in OFFICES:
        yield [name, "Office", "", "no", _listed(code)]


def _listed(code: str) -> str:
    return "" if code in FULL_NAME_UNITS else f"/{code}/"


def staffing_rows(sample: Sample) -> Iterable[list[object]]:
    """Full-time equivalents; only the technology department carries a loaded salary and a TCO category."""
    yield ["Site", "Role", "FTE", "Loaded Salary", "TCO Category"]
    for code, *_ in (*ELEMENTARY, *MIDDLE, *HIGH):
        pupils = sum(sample.pupils.get((FALLS[-1], code, g), 0) for g in ("PK", "K", *(str(n) for n in range(1, 13))))
        yield [NAMES[code], "Teacher", f"{pupils / 15.6:.1f}", "", ""]
        yield [NAMES[code], "Aide", f"{pupils / 52:.1f}", "", ""]
        yield [NAMES[code], "Administrator", "3.0" if code == "LHS" else "1.5" if pupils > 500 else "1.0", "", ""]
        yield [NAMES[code], "Office Staff", f"{1 + pupils / 400:.1f}", "", ""]
    yield ["District Office", "Administrator", "11.0", "", ""]
    yield ["District Office", "Office Staff", "19.5", "", ""]
    for role, fte, salary, category in TECHNOLOGY_STAFF:
        yield ["Operations and Technology Center", role, fte, salary, category]


TECHNOLOGY_STAFF = _table("""
Technology Director | 1.0 | 158400 | D4.4
Technology Office Coordinator | 1.0 | 67150 | D4.4
Network Engineer | 2.0 | 112800 | D4.2
Systems Administrator | 1.0 | 106300 | D4.2
Field Technician | 7.0 | 68900 | D4.1
Help Desk Specialist | 2.0 | 60450 | D4.1
Data Systems Analyst | 2.0 | 88700 | D4.3
Instructional Technology Coach | 4.0 | 95200 | D4.5
""")
# vendor, product, category, amount column and value, start, end, auto-renew, increase, cooperative
CONTRACTS = _table("""
SIS Company | Student information system | D2.3 | student | 8.35 | 2024-07-01 | 2029-06-30 | yes | 4% | Sample Consortium
ERP Company | Finance and human resources system | D2.3 | year | 96400 | 2022-07-01 | 2027-06-30 | yes | 5% |
LMS Company | Learning management system | D2.2 | student | 6.10 | 2025-07-01 | 2028-06-30 | yes | 3% | Sample Consortium
Reading Company | Early reading program | D2.2 | year | 74800 | 2026-07-01 | 2027-06-30 | yes | |
Math Company | Mathematics practice | D2.2 | year | 58300 | 2026-07-01 | 2027-06-30 | yes | |
Assessment Company | Assessment platform | D2.2 | student | 7.25 | 2025-07-01 | 2027-06-30 | yes | 3% |
Library Company | Library catalog and e-books | D2.2 | year | 31900 | 2026-07-01 | 2027-06-30 | yes | |
Filter Company | Content filter and classroom management | D2.4 | student | 5.40 | 2026-07-01 | 2029-06-30 | yes | 3% | Sample Consortium
Endpoint Company | Managed endpoint detection | D2.4 | year | 61200 | 2026-07-01 | 2029-06-30 | yes | |
Identity Company | Single sign-on and multi-factor | D2.4 | year | 28700 | 2026-07-01 | 2027-06-30 | yes | |
Backup Company | Cloud backup service | D2.4 | year | 22450 | 2025-07-01 | 2028-06-30 | yes | |
Productivity Company | Productivity suite, staff edition | D2.1 | employee | 61.50 | 2026-07-01 | 2027-06-30 | yes | 3% | State contract
Fiber Company | Leased fiber between schools | D3.1 | month | 13950 | 2023-07-01 | 2028-06-30 | yes | 0% |
Internet Company | Internet access 10 Gbps | D3.1 | month | 5480 | 2024-07-01 | 2027-06-30 | yes | 0% |
Telephone Company | Hosted telephone service | D3.3 | year | 63500 | 2022-07-01 | 2027-06-30 | yes | |
Alert Company | Emergency notification and paging | D3.3 | year | 18600 | 2026-07-01 | 2027-06-30 | yes | |
Network Services | Network support retainer | D5.1 | year | 42000 | 2025-07-01 | 2028-06-30 | yes | |
E-Rate Consultant | E-Rate filing consultant | D5.1 | year | 16500 | 2026-07-01 | 2027-06-30 | yes | |
Print Company | Managed print and repair | D5.2 | year | 57800 | 2024-07-01 | 2027-06-30 | yes | |
Cover Company | Accidental damage cover, take-home devices | D5.2 | year | 39600 | 2026-07-01 | 2027-06-30 | yes | |
Training Company | Coaching academy for teachers | D5.3 | year | 54000 | 2026-07-01 | 2028-12-31 | no | |
Locator Company | Device location and recovery | D2.4 | device | 2.15 | 2026-07-01 | 2029-06-30 | yes | 3% |
Drafting Company | Drafting and modelling software | D2.2 | student | 4.80 | 2026-07-01 | 2027-06-30 | yes | |
Tutoring Company | High-dosage tutoring platform | D2.2 | year | 118000 | 2026-07-01 | 2027-06-30 | yes | 3% |
Insurance Pool | Cyber insurance | D7.1 | year | 71500 | 2026-07-01 | 2027-06-30 | yes | |
Retainer Company | Incident response retainer | D7.1 | year | 12500 | 2026-07-01 | 2027-06-30 | yes | |
Recycling Company | Media archive hosting | | year | 4350 | 2026-07-01 | 2027-06-30 | yes | |
""")
AMOUNT_COLUMNS = {
    "year": "Annual Cost",
    "month": "Monthly Cost",
    "student": "Cost per Student",
    "device": "Cost per Device",
    "employee": "Amount",
}
# fund, kind, code, opening balance, FY2028 .. FY2032, settings by heading
YEARS = tuple(f"FY{year}" for year in range(2028, 2033))
FUND_SETTINGS = ("Sites", "NSLP Percent", "Rural", "Prior Commitments", "Term End", "Obligation Deadline")
FUNDS = _table("""
general | General fund, technology budget | general | 001 | | 3435000 | 3640000 | 3640000 | 3699000 | 3773000
tech-levy | Technology levy of 2024 | levy | 018 | 214000 | 905000 | 905000 | 460000 | |
erate-c2 | E-Rate Category 2 | erate_c2 | 451 | | | | | |
permanent-improvement | Permanent improvement levy | capital_improvement | 003 | 96500 | 310000 | 310000 | 310000 | 310000 | 310000
recovery-grant | State recovery grant | relief_one_time | 599 | | 655000 | | | |
foundation | Larkhollow Education Foundation gift | gift | 019 | | 22500 | | | |
""")
FUND_VALUES: dict[str, dict[str, str]] = {
    "tech-levy": {
        "Term End": "2029-12-31",
        "Sites": "; ".join(NAMES[code] for code, *_ in (*ELEMENTARY, *MIDDLE, *HIGH)),
    },
    "erate-c2": {"NSLP Percent": "47%", "Rural": "no", "Prior Commitments": "$286,400.00"},
    "recovery-grant": {"Obligation Deadline": "2028-09-30"},
}
ACCOUNTS = _table("""
general | * | 100 | * | 001-2960-141
general | 2230 | 100 | * | 001-2213-111
general | * | 650 | * | 001-1199-516
general | * | 530 | * | 001-2960-446
general | * | 352 | * | 001-2960-419
general | * | 432 | * | 001-2960-423
general | * | 520 | * | 001-2500-851
general | * | 734 | * | 001-2960-644
tech-levy | * | 650 | * | 018-1199-516
tech-levy | * | * | * | 018-2960-644
erate-c2 | * | * | * | 451-2960-644
permanent-improvement | * | * | * | 003-2960-644
recovery-grant | * | * | * | 599-1199-516
foundation | * | * | * | 019-1199-516
""")
# account | description | FY2027: original, revised, encumbered, expended | FY2028: proposed; amounts are made up
BUDGET = _table("""
001-1199-516 | Computers, software and licenses | 610000 | 640000 | 41800 | 505250.40 | 640000
001-2213-111 | Instructional technology coaches | 380000 | 380000 | 250100 | 128900 | 385000
001-2500-851 | Technology insurance | 84000 | 84000 | 0 | 83160 | 86520
001-2960-141 | Technology staff, salaries and benefits | 1290000 | 1310000 | 842000 | 458300 | 1365000
001-2960-419 | Technology services and cybersecurity | 180000 | 196500 | 61400 | 118912.75 | 190000
001-2960-423 | Device repair | 190000 | 190000 | 38000 | 97450 | 205000
001-2960-423 | Device repair, credit of the repair vendor | | | | -1250 |
001-2960-446 | Internet and network services | 305000 | 305000 | 201300 | 101700 | 315000
001-2960-644 | Network and classroom equipment | 52000 | 52000 | 0 | 38420.18 | 60000
003-2960-644 | Permanent improvement, classroom and network technology | 310000 | 310000 | 52000 | 171040 | 310000
018-1199-516 | Technology levy, student devices | 905000 | 905000 | 96000 | 640311.62 | 905000
019-1199-516 | Foundation gift, classroom technology | | | | | 22500
451-2960-644 | E-Rate, network equipment | 143200 | 143200 | 143200 | 0 |
599-1199-516 | State recovery grant, technology | | | | | 655000
""")
BUDGET_HEAD = (
    "Fiscal Year,Account,Fund,Function,Object,Account Description,Original Budget,Revised Budget,Encumbered,Expended,"
    "Available Balance"
)
# model | category | bought | first and last month it was collected | units | share by reason: worn out, end of updates, broken, surplus
# No row says lost or stolen: such rows would set the loss rate, which this sample leaves at the product's default.
LEFT = _table("""
Dell Chromebook 11 (3180) | Chromebook | 2018-07-16 | 2023-07 | 2025-07 | 420 | 15 65 10 10
HP Chromebook 11 G5 | Chromebook | 2017-08-01 | 2023-07 | 2026-07 | 210 | 20 60 15 5
Lenovo 100e Chromebook | Chromebook | 2019-07-22 | 2023-10 | 2026-10 | 360 | 45 0 35 20
Acer Chromebook R13 (CB5-312T) | Chromebook | 2018-07-30 | 2023-07 | 2026-10 | 90 | 25 35 20 20
HP Chromebook 11 G6 EE | Chromebook | 2020-09-14 | 2024-01 | 2026-10 | 160 | 50 0 45 5
Dell Chromebook 11 (5190) | Chromebook | 2020-10-05 | 2024-01 | 2026-10 | 140 | 50 0 45 5
Dell Chromebook 3100 | Chromebook | 2021-08-02 | 2024-01 | 2026-10 | 110 | 25 0 75 0
Dell Latitude 3300 | Laptop | 2019-08-05 | 2023-07 | 2024-10 | 220 | 70 0 25 5
Dell Latitude 3310 | Laptop | 2020-09-01 | 2023-10 | 2026-07 | 230 | 65 0 35 0
Dell Latitude 3330 | Laptop | 2022-08-09 | 2024-07 | 2026-10 | 54 | 10 0 90 0
Dell OptiPlex 3050 | Desktop | 2017-07-10 | 2023-07 | 2024-07 | 110 | 60 0 10 30
Dell OptiPlex 3060 | Desktop | 2018-08-06 | 2023-07 | 2026-07 | 230 | 55 0 20 25
Dell OptiPlex 3080 | Desktop | 2021-07-12 | 2024-07 | 2026-10 | 24 | 0 0 100 0
""")
LEFT_REASONS = ("Worn out", "End of updates", "Broken", "Surplus")
COLLECTED = tuple(date(year, month, 15) for year in range(2023, 2027) for month in (1, 4, 7, 10))
CAPITAL_PLAN = _table("""
Electrical and cooling work in wiring rooms | D3.4 | 48000 | 48000 | 36000 | |
Camera and door access replacement | D1.5 | 125000 | 125000 | 90000 | 90000 |
Auditorium sound and projection, Larkhollow High | D1.2 | | 164000 | | |
Second fiber path between campuses | D3.1 | | | 212000 | |
Data center fire suppression | D1.3 | 38500 | | | |
""")


ORDERS = _table("""
PO-2026-LM | 1 | 2026-06-22 | Reseller | Lenovo 100e Chromebook Gen 4 | Chromebook | 640 | 319.90 | Open | LHS / Grade 9 |
PO-2025-DK | 1 | 2025-06-09 | Reseller | Dell Chromebook 3120 | Chromebook | 560 | 327.25 | Closed | LHS / Grade 9 |
PO-2026-311 | 1 | 2026-10-05 | Reseller | HP Chromebook 11 G9 EE | Chromebook | 96 | 309.00 | Received | OTC / Students | Title I
PO-2026-288 | 1 | 2026-09-08 | Cabling | R650 access point | Wireless Access Point | 36 | 702.00 | Received | OTC |
PO-2026-288 | 2 | 2026-09-08 | Cabling | 36-bay charging cart | Charging Cart | 10 | 1189.00 | Received | OTC |
""")


def contract_rows() -> Iterable[list[str]]:
    """The contract list of the purchasing office."""
    places = ("Basis", "Asset Class", "Site")
    terms = ("Start Date", "End Date", "Auto-Renew", "Annual Increase", "Cooperative")
    yield ["Vendor", "Product", "TCO Category", *AMOUNT_COLUMNS.values(), *places, *terms]
    for vendor, product, category, per, amount, *term in CONTRACTS:
        amounts = [f"${float(amount):,.2f}" if per == name else "" for name in AMOUNT_COLUMNS]
        basis = "per employee" if per == "employee" else ""
        counted = "student-chromebook" if per == "device" else ""
        site = NAMES["LHS"] if vendor == "Drafting Company" else ""
        yield [f"Sample {vendor}", product, category, *amounts, basis, counted, site, *term]


def fund_rows() -> Iterable[list[str]]:
    """Funds with the treasurer's five-year figures."""
    yield ["Fund ID", "Fund", "Kind", "Fund Code", "Opening Balance", *YEARS, *FUND_SETTINGS]
    for fund, name, kind, code, opening, *years in FUNDS:
        settings = FUND_VALUES.get(fund, {})
        yield [fund, name, kind, code, opening, *years, *(settings.get(name, "") for name in FUND_SETTINGS)]


def capital_rows() -> Iterable[list[str]]:
    """The board's capital plan as printed; its FY2029 column is 2,000 short of its rows."""
    yield ["Item", "Category", *YEARS, "Total"]
    for item, category, *years in CAPITAL_PLAN:
        yield [item, category, *years, str(sum(int(cell or 0) for cell in years))]
    sums = [sum(int(years[i] or 0) for _, _, *years in CAPITAL_PLAN) for i in range(len(YEARS))]
    printed = [total - 2000 if YEARS[i] == "FY2029" else total for i, total in enumerate(sums)]
    yield ["Total", "", *map(str, printed), str(sum(sums))]


def write_purchases(path: Path) -> None:
    """Purchase orders of the year: one partly enrolled, one fully, one received and nowhere enrolled, counted goods."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "mm/dd/yyyy"})
    book.set_properties({"created": datetime(2026, 11, 13), "title": "Purchase orders"})  # noqa: DTZ001
    sheet = book.add_worksheet("Purchase orders")
    money = book.add_format({"num_format": "$#,##0.00"})
    day = book.add_format({"num_format": "mm/dd/yyyy"})
    head = "PO Number,Line,Order Date,Vendor,Item Description,Category,Quantity,Unit Price,Total,Status,Ship To,Grant"
    sheet.write_row(0, 0, head.split(","))
    for number, line in enumerate(ORDERS, start=1):
        po, position, ordered, vendor, item, category, quantity, price, status, place, grant = line
        sheet.write_row(number, 0, [po, position])
        sheet.write_datetime(number, 2, datetime.fromisoformat(ordered), day)
        sheet.write_row(number, 3, [f"Sample {vendor}", item, category, int(quantity)])
        sheet.write_number(number, 7, float(price), money)
        sheet.write_formula(number, 8, f"=G{number + 1}*H{number + 1}", money, int(quantity) * float(price))
        code, slash, rest = place.partition(" / ")
        sheet.write_row(number, 9, [status, f"{NAMES[code]}{slash}{rest}", grant])
    book.close()


def budget_rows() -> Iterable[Sequence[object]]:
    """The finance system's export: the year in force with orders and spending, then the proposal for the next."""
    yield BUDGET_HEAD.split(",")
    for account, words, original, revised, encumbered, expended, _ in BUDGET:
        fund, function, code = account.split("-")
        amounts = [float(cell or 0) for cell in (revised, encumbered, expended)]
        available = f"{amounts[0] - amounts[1] - amounts[2]:.2f}" if original else ""
        if original or expended:
            yield ["FY2027", account, fund, function, code, words, original, revised, encumbered, expended, available]
    for account, words, *_, proposed in BUDGET:
        if proposed:
            yield ["FY2028", *[account, *account.split("-"), words, proposed], "", "", "", ""]


def left_rows() -> Iterable[list[object]]:
    """What left service, as the warehouse counts it when a recycler or a buyer collects, four times a year. No serial numbers."""
    yield ["Date Retired", "Model", "Category", "Quantity", "Purchase Date", "Reason"]
    rng, counted = Random(SEED + 3), Counter[tuple[date, str, str, str, str]]()
    for model, category, bought, first, last, units, shares in LEFT:
        days = [day for day in COLLECTED if first <= f"{day:%Y-%m}" <= last]
        weights = [int(share) for share in shares.split()]
        for number in range(int(units)):
            day = days[number * len(days) // int(units)]
            (reason,) = rng.choices(LEFT_REASONS, weights)
            friday = day + timedelta(days=(4 - day.weekday()) % 7)
            counted[friday, model, category, bought, reason] += 1
    for (day, model, category, bought, reason), count in sorted(counted.items()):
        known = "" if rng.random() < 0.015 else date.fromisoformat(bought).strftime("%m/%d/%Y")
        yield [day.strftime("%m/%d/%Y"), model, category, count, known, reason]


def write(path: Path, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def build(folder: Path) -> None:
    """Write every file of the sample to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    sample = Sample()
    sample.fleet()
    sample.register()
    sample.random.shuffle(sample.chromebooks)
    write(folder / "sites.csv", site_rows())
    write(folder / "enrollment.csv", enrollment_rows(sample))
    write(folder / "student_groups.csv", group_rows(sample))
    write(folder / "chromebooks.csv", [CHROMEBOOK_HEAD.split(","), *sample.chromebooks])
    write(folder / "assets.csv", [ASSET_HEAD.split(","), *sample.assets])
    write_purchases(folder / "purchases.xlsx")
    write(folder / "contracts.csv", contract_rows())
    write(folder / "funds.csv", fund_rows())
    write(folder / "staffing.csv", staffing_rows(sample))
    write(folder / "account_map.csv", [["Fund", "Function", "Object", "TCO Category", "Account"], *ACCOUNTS])
    write(folder / "capital_plan.csv", capital_rows())
    write(folder / "budget_2026-11-13.csv", budget_rows())
    write(folder / "devices_that_left.csv", left_rows())


def build_smallest(folder: Path) -> None:
    """A district of one person and one file: the device list with the columns a first export has."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(SEED + 1)
    head = [
        "Serial Number",
        "Device model",
        "Status",
        "Organizational Unit Path",
        "Most Recent User",
        "Last policy sync",
        "Auto-update expiration date",
    ]
    rows = []
    for model, ends, count, unit in (
        ("HP Chromebook 11 G5", "2022-06-01", 22, "/Old"),
        ("Lenovo 100e Chromebook", "2027-06-01", 96, "/Elementary"),
        ("Dell Chromebook 3100", "2029-06-01", 104, "/Elementary"),
        ("HP Chromebook 11 G9 EE", "2031-06-01", 88, "/High School"),
        ("Acer Chromebook Spin 512 (R851TN, R852T, R852TN)", "", 27, "/Teachers"),
    ):
        for number in range(count):
            seen = EXPORTED - timedelta(days=rng.randrange(0, 30 if number % 9 else 300))
            user = f"s{rng.randrange(100, 999)}@pupils.quillfern.example" if unit != "/Old" else ""
            status = "Deprovisioned" if unit == "/Old" and number % 3 == 0 else "Provisioned"
            rows.append([f"SMPQ{len(rows) * 7 + 1003:06d}", model, status, unit, user, seen.strftime("%Y-%m-%d"), ends])
    rng.shuffle(rows)
    write(folder / "chromebooks.csv", [head, *rows])


if __name__ == "__main__":
    build(Path(sys.argv[1]) / "larkhollow" if len(sys.argv) > 1 else FOLDER)
    build_smallest((Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER.parent) / "quillfern")
