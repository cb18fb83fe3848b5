"""Writes the export files of the large sample district: the same bytes every time, from one seed and the tables beside it.

    python examples/threadwell/build.py FOLDER

About 45,000 pupils at 62 schools and 4 offices, and some 100,000 lines of three inventories that overlap and disagree:
what Google manages, what the asset register knows, and the Windows devices that Intune manages. Nothing is taken from a
district, and people's names and addresses are invented (addresses end in `.example`).
"""

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import student_groups
import tables as t

GRADES = {"E": ("K", "1", "2", "3", "4", "5"), "M": ("6", "7", "8"), "H": ("9", "10", "11", "12")}
ALL_GRADES = ("PK", *GRADES["E"], *GRADES["M"], *GRADES["H"])
PRESCHOOL = ("E01", "E10", "E22", "E34", "ELC")
CHROMEBOOK_HEAD = (
    "deviceId,serialNumber,annotatedAssetId,annotatedUser,orgUnitPath,model,status,firstEnrollmentTime,lastSync,"
    "osVersion,notes,recentUsers"
)
ASSET_HEAD = "Asset Tag,Serial,Model,Category,Manufacturer,Status,Location,Purchase Date,Purchase Cost,Order Number,Checked Out To,BYOD"
INTUNE_HEAD = (
    "Device ID,Device name,Enrollment date,Last check-in,Managed by,Ownership,Compliance,OS,OS version,SkuFamily,JoinType,"
    "Serial number,Manufacturer,Model,Category,Device state,Primary user UPN,Primary user display name"
)
GIVEN_NAMES = t.words("Ada, Ben, Cleo, Dov, Esme, Finn, Gwen, Hugo, Ines, Jonah, Kaya, Leif, Mira, Noel, Orla, Piet")
FAMILY_NAMES = t.words("Spindler, Weaverly, Cardman, Hemley, Bobbins, Tenterden, Warpole, Heddleson")


class District:
    """Collects rows; one random source, asked in a fixed order."""

    def __init__(self) -> None:
        self.random = Random(t.SEED)
        self.serials: dict[str, int] = {}
        self.tags = 200_000
        self.chromebooks: list[list[str]] = []
        self.assets: list[list[str]] = []
        self.windows: list[list[str]] = []
        self.pupils = pupils(self.random)

    def now(self, code: str, *grades: str) -> int:
        """Pupils of grades in the last fall, of all grades without any."""
        return sum(self.pupils.get((t.FALLS[-1], code, grade), 0) for grade in grades or ALL_GRADES)

    def serial(self, letters: str) -> str:
        self.serials[letters] = self.serials.get(letters, 10_000) + self.random.randrange(1, 6)
        return f"TWL{letters}{self.serials[letters]:07d}"

    def tag(self) -> str:
        self.tags += 1
        return f"TW-{self.tags}"

    def elsewhere(self, code: str) -> str:
        """Another school of the same level: where a device stood before it moved."""
        return self.random.choice([c for c in t.SCHOOLS if c[0] == code[0] and c != code])

    def give(self, count: int, model: tuple[str, float, date, str], code: str, unit: str, user: str = "") -> None:
        """Chromebooks in one org unit, with the register's rows for the models it knows."""
        rng, (name, price, bought, letters) = self.random, model
        maker, _, short = name.partition(" ")
        for _ in range(count):
            serial, dice = self.serial(letters), rng.random()
            who = f"{user}{rng.randrange(10_000, 99_999)}@pupils.{t.DOMAIN}" if user and dice < 0.8 else ""
            seen = t.EXPORTED - timedelta(days=rng.randrange(0, 12) if dice < 0.976 else rng.randrange(190, 420))
            tag = self.tag() if name in t.IN_REGISTER else ""
            enrolled = bought + timedelta(days=rng.randrange(4, 40))
            self.chromebook(serial, tag if rng.random() < 0.7 else "", who, unit, name, "ACTIVE", enrolled, seen)
            if not tag:
                continue
            dice = rng.random()
            if dice < 0.012:  # never entered in the register
                continue
            place = t.NAMES[code]
            if dice < 0.034 and code in t.SCHOOLS:  # moved and never noted: the register says where it used to be
                place = t.NAMES[self.elsewhere(code)]
            day = "" if dice > 0.988 else f"{bought:%m/%d/%Y}"
            cost = "" if 0.972 < dice <= 0.988 else f"${price:,.2f}"
            order = f"PO-{bought.year}-{letters}"
            self.asset(
                tag, serial, short, "Chromebook", maker, "Deployed", place, day, cost, order, who.partition("@")[0]
            )
            if 0.5 < dice < 0.514:  # in the register only: lost, or replaced without a note
                more = (short, "Chromebook", maker, "Deployed", place, f"{bought:%m/%d/%Y}", cost, order, "")
                self.asset(self.tag(), self.serial(letters), *more)

    def chromebook(
        self, serial: str, tag: str, who: str, unit: str, model: str, status: str, enrolled: date, seen: date
    ) -> None:
        rng = self.random
        note = rng.choice(("screen replaced", "missing key", "hinge", "loaner returned")) if rng.random() < 0.02 else ""
        when, version = f"{seen}T{rng.randrange(7, 21):02d}:00:00.000Z", f"14{rng.randrange(0, 3)}.0"
        start = f"{enrolled}T13:05:00.000Z"
        row = [f"{rng.getrandbits(64):016x}", serial, tag, who, unit, model, status, start, when, version, note, who]
        self.chromebooks.append(row)

    def asset(self, *cells: str) -> None:
        self.assets.append([*cells, "0"])

    def unit(self, code: str, below: str) -> str:
        """Org unit of a site, as this district spells it."""
        name = t.NAMES[code].removesuffix(" School") if code in t.SPELLED_OUT else code
        return f"/Schools/{name}/{below}"

    def fleet(self) -> None:
        """Carts in K-2; one each from grade 3 on, issued in 3, 6 and 9, with what earlier enrollment left behind."""
        rng = self.random
        for code in t.SCHOOLS:
            if code[0] == "E":
                carts = round(self.now(code, "K", "1", "2") * 0.58)
                for model, share in ((t.HP_G5, 0.1), (t.C100E, 0.25), (t.G6EE, 0.3), (t.D3100, 0.35)):
                    self.give(round(carts * share), model, code, self.unit(code, "Carts"))
            issued = {
                "E": (("3", t.GEN4), ("4", t.D3120), ("5", t.L300)),
                "M": (("6", t.L300), ("7", t.G9EE), ("8", t.AST2)),
                "H": (("9", t.GEN4), ("10", t.D3120), ("11", t.G9EE), ("12", t.D3100)),
            }[code[0]]
            for grade, model in issued:
                most = max(self.pupils[fall, code, grade] for fall in t.FALLS[-3:])
                held = round(most * (1.01 if code[0] == "H" else 1.04)) + (9 if code in t.SHRINKING else 0)
                if model is t.GEN4:  # of 7,400 ordered not all have come
                    held = round(held * 0.86)
                self.give(held, model, code, self.unit(code, f"Students/Grade {grade}"), user="s")
            if code[0] == "E":  # left over from the years before carts
                self.give(rng.randrange(6, 20), t.D5190, code, self.unit(code, "Carts"))
            self.give(rng.randrange(4, 11), t.STAFF, code, self.unit(code, "Staff"))
        self.give(420, t.SERIES, "TEC", "/Technology Center/Loaners")
        self.give(260, t.D3100, "TEC", "/Onboarding")
        self.give(190, t.AST2, "TEC", "/Summer Academy Pool")
        for status, count in (("DEPROVISIONED", 1460), ("DISABLED", 170)):
            for _ in range(count):
                model = rng.choice((t.HP_G5, t.C100E, t.D5190))
                gone = t.EXPORTED - timedelta(days=rng.randrange(120, 900))
                self.chromebook(self.serial(model[3]), "", "", "/Retired", model[0], status, model[2], gone)

    def register(self) -> None:
        """Everything that is no Chromebook, by school; Windows devices also as Intune sees them."""
        for place, code in enumerate(t.SCHOOLS):
            size = self.now(code)
            for model, maker, day, cost, share, letters in t.LAPTOPS:
                self.many(round(size / 15 * 1.2 * share), "Laptop", model, maker, code, day, cost, letters)
            labs = 10 if code[0] == "E" else 44 if code[0] == "M" else 118
            for model, maker, day, cost, share, letters in t.DESKTOPS:
                self.many(round(labs * share), "Desktop", model, maker, code, day, cost, letters)
            rooms = size // 21
            for (category, letters, waves), count in zip(t.WAVES, (rooms, rooms + 6, 6 + rooms // 5), strict=True):
                model, maker, day, cost = waves[(place + len(category)) % 3]
                self.many(count, category, model, maker, code, day, cost, letters)
            self.many(2, "UPS", "Smart-UPS 1500", "APC", code, date(2019 + place % 4, 7, 8), 640.00, "UP")
            bought = date(2019 + place % 5, 2, 3)
            self.many(3 + size // 170, "Network Printer", "LaserJet M507", "HP", code, bought, 529.00, "PR")
            if code[0] == "H":
                self.many(32, "CAD Workstation", "Precision Tower 3650", "Dell", code, date(2022, 1, 18), 1288.00, "CW")
        for code, category, model, maker, day, cost, count in t.CENTRAL:
            self.many(count, category, model, maker, code, day, cost, "CN")
        self.strangers()

    def many(
        self, count: int, category: str, model: str, maker: str, code: str, day: date, cost: float, letters: str
    ) -> None:
        """Assets of one model at one site; Windows devices are in Intune too, but for some, and some only there."""
        rng, windows = self.random, category in ("Laptop", "Desktop", "CAD Workstation")
        for _ in range(count):
            dice = rng.random()
            status = "Deployed" if dice < 0.966 else rng.choice(("Ready to Deploy", "Out for Repair", "Lost/Stolen"))
            serial = "" if dice < 0.006 and not windows else self.serial(letters)
            who = (
                rng.choice(GIVEN_NAMES) + " " + rng.choice(FAMILY_NAMES) if category == "Laptop" and dice < 0.9 else ""
            )
            place, dice = code, rng.random()
            if windows and dice < 0.96:
                noted = self.elsewhere(code) if dice < 0.02 and code in t.SCHOOLS else code
                self.intune(serial, model, maker, "" if 0.02 < dice < 0.035 else t.NAMES[noted], day, who)
            if windows and 0.5 < dice < 0.515:  # managed, but never entered in the register
                continue
            where = t.NAMES[place] if rng.random() > 0.005 else rng.choice(("Portable 4", "Annex", "Warehouse B"))
            dice = rng.random()
            bought, price = ("" if dice < 0.018 else f"{day:%m/%d/%Y}"), ("" if dice > 0.98 else f"${cost:,.2f}")
            order = f"PO-{day.year}-{letters}"
            self.asset(self.tag(), serial, model, category, maker, status, where, bought, price, order, who)

    def intune(
        self, serial: str, model: str, maker: str, category: str, day: date, who: str, owned: str = "Corporate"
    ) -> None:
        rng = self.random
        build = "10.0.19045.5011" if day.year < 2020 else rng.choice(("10.0.22631.4317", "10.0.26100.2033"))
        seen = t.EXPORTED - timedelta(days=rng.randrange(0, 20) if rng.random() < 0.96 else rng.randrange(185, 400))
        mail = f"{who.replace(' ', '.').lower()}@{t.DOMAIN}" if who else ""
        name = f"TWL-{serial[-7:]}"
        enrolled = day + timedelta(days=rng.randrange(5, 60))
        self.windows.append([
            f"{rng.getrandbits(64):016x}", name, f"{enrolled} 09:12:00", f"{seen} 07:45:00", "Intune", owned, "Compliant",
            "Windows", build, "Education", "Microsoft Entra joined", serial, f"{maker} Inc." if maker == "Dell" else maker.upper(),
            model, category or "Unknown", "Managed", mail, who,
        ])  # fmt: skip

    def strangers(self) -> None:
        """What Intune lists and no plan counts: people's own devices, and machines that are no devices."""
        rng = self.random
        for owned, count, model, maker in (
            ("Personal", 118, "Surface Laptop 5", "Microsoft"),
            ("Corporate", 36, "Virtual Machine", "Microsoft Corporation"),
        ):
            for _ in range(count):
                who = rng.choice(GIVEN_NAMES) + " " + rng.choice(FAMILY_NAMES)
                self.intune(self.serial("ZZ"), model, maker, "", date(2024, 2, 1), who, owned)


def pupils(rng: Random) -> dict[tuple[int, str, str], int]:
    """Pupils by fall, site code and grade: kindergarten follows each school's trend, the rest moves up and spreads."""
    out: dict[tuple[int, str, str], int] = {}
    entry = {code: rng.randrange(72, 98) for code in t.SCHOOLS if code[0] == "E"}
    draw = {code: rng.uniform(0.85, 1.15) for code in t.SCHOOLS if code[0] != "E"}
    draw["H08"] = 0.35  # the early college is small
    draw |= {code: value / sum(v for c, v in draw.items() if c[0] == code[0]) for code, value in draw.items()}
    for fall in t.FALLS:
        for code, size in entry.items():
            trend = 1.045 if code in t.GROWING else 0.955 if code in t.SHRINKING else 0.992
            for place, grade in enumerate(GRADES["E"]):
                if fall == t.FALLS[0] or grade == "K":
                    base = size * trend ** (fall - t.FALLS[0])
                else:
                    base = out[fall - 1, code, GRADES["E"][place - 1]] * (1 + (trend - 1) * 0.4)
                out[fall, code, grade] = max(30, round(base + rng.uniform(-3, 3)))
        for code in PRESCHOOL:
            out[fall, code, "PK"] = (150 if code == "ELC" else 34) + rng.randrange(9)
        for before, grade in pairwise(ALL_GRADES[6:]):
            level = "M" if grade in GRADES["M"] else "H"
            earlier = fall if fall == t.FALLS[0] else fall - 1
            coming = sum(out[earlier, code, before] for code in t.SCHOOLS if (earlier, code, before) in out)
            for code in (code for code in t.SCHOOLS if code[0] == level):
                own = out.get((earlier, code, before)) if earlier < fall else None
                base = own if own is not None else coming * draw[code] * (1.03 if grade == "9" else 1.0)
                out[fall, code, grade] = round(base * rng.uniform(0.985, 1.008))
    return out


def site_rows(_district: District) -> Iterable[Sequence[object]]:
    """Schools and offices; three schools are left to be recognized by their name in the org unit."""
    yield ["School Name", "Level", "Grades", "E-Rate Entity", "Org Unit"]
    spans = {"E": ("Elementary", "K-5"), "M": ("Middle", "6-8"), "H": ("High", "9-12")}
    for code, name in t.NAMES.items():
        level, span = spans[code[0]] if code in t.SCHOOLS else ("Office", "")
        span = f"PK{span[1:]}" if code in PRESCHOOL and span else span
        if code == "ELC":
            level, span = "Elementary", "PK"
        place = f"/{name}/" if level == "Office" else f"/Schools/{code}/"
        yield [name, level, span, "no" if level == "Office" else "yes", "" if code in t.SPELLED_OUT else place]


def enrollment_rows(district: District) -> Iterable[Sequence[object]]:
    """One row per school year and school, a column per grade, with the row's total."""
    yield ["School Year", "School", *ALL_GRADES, "Total"]
    for fall in t.FALLS:
        for code in (*t.SCHOOLS, "ELC"):
            row = [district.pupils.get((fall, code, grade)) for grade in ALL_GRADES]
            stated = ["" if cell is None else cell for cell in row]
            yield [f"{fall}-{(fall + 1) % 100:02d}", t.NAMES[code], *stated, sum(cell or 0 for cell in row)]


def staffing_rows(district: District) -> Iterable[Sequence[object]]:
    """Full-time equivalents; only the technology department carries a loaded salary and a TCO category."""
    yield ["Site", "Role", "FTE", "Loaded Salary", "TCO Category"]
    for code in (*t.SCHOOLS, "ELC"):
        size = district.now(code)
        for role, fte in (
            ("Teacher", size / 15.4),
            ("Aide", size / 48),
            ("Administrator", 1 + size / 700),
            ("Office Staff", 1 + size / 380),
        ):
            yield [t.NAMES[code], role, f"{fte:.1f}", "", ""]
    yield ["District Service Center", "Administrator", "46.0", "", ""]
    yield ["District Service Center", "Office Staff", "112.5", "", ""]
    yield ["Transportation and Facilities", "Office Staff", "38.0", "", ""]
    yield from (["Technology Center", *cells] for cells in t.TECHNOLOGY_STAFF)


def contract_rows(_district: District) -> Iterable[Sequence[object]]:
    """The contract list of the purchasing office, with the vendors' contacts."""
    terms = ("Start Date", "End Date", "Auto-Renew", "Annual Increase", "Cooperative")
    yield [
        "Vendor",
        "Product",
        "TCO Category",
        *t.AMOUNTS.values(),
        "Basis",
        "Asset Class",
        "Site",
        *terms,
        "Contact Email",
    ]
    for vendor, product, category, per, amount, *term in t.CONTRACTS:
        amounts = [f"${float(amount):,.2f}" if per == name else "" for name in t.AMOUNTS]
        basis, counted = (
            ("per employee" if per == "employee" else ""),
            ("student-chromebook" if per == "device" else ""),
        )
        site = t.NAMES["H04"] if vendor == "Drafting Company" else ""
        mail = f"renewals@{vendor.split()[0].lower()}.example"
        yield [f"Sample {vendor}", product, category, *amounts, basis, counted, site, *term, mail]


def fund_rows(_district: District) -> Iterable[Sequence[object]]:
    """Funds with the treasurer's five-year figures."""
    yield ["Fund ID", "Fund", "Kind", "Fund Code", "Opening Balance", *t.YEARS, *t.FUND_SETTINGS]
    for fund, *cells in t.FUNDS:
        settings = t.FUND_VALUES.get(fund, {})
        yield [fund, *cells, *(settings.get(name, "") for name in t.FUND_SETTINGS)]


def capital_rows(_district: District) -> Iterable[Sequence[object]]:
    """The board's capital plan as printed; the total of its first row is 10,000 short of its years."""
    yield ["Item", "Category", *t.YEARS, "Total"]
    sums = [sum(int(years[i] or 0) for _, _, *years in t.CAPITAL_PLAN) for i in range(len(t.YEARS))]
    for place, (item, category, *years) in enumerate(t.CAPITAL_PLAN):
        yield [item, category, *years, sum(int(cell or 0) for cell in years) - (0 if place else 10_000)]
    yield ["Total", "", *sums, sum(sums)]


def order_rows(_district: District) -> Iterable[Sequence[object]]:
    """Orders of the year: one partly enrolled, one fully, received and nowhere enrolled ones, counted goods."""
    yield "PO Number,Line,Order Date,Vendor,Item Description,Category,Quantity,Unit Price,Total,Status,Ship To,Grant".split(
        ","
    )
    for po, line, day, vendor, item, category, quantity, price, status, place, grant in t.ORDERS:
        total = int(quantity) * float(price)
        yield [
            po,
            line,
            day,
            f"Sample {vendor}",
            item,
            category,
            quantity,
            price,
            f"{total:.2f}",
            status,
            t.NAMES[place],
            grant,
        ]


def budget_rows(_: District) -> Iterable[Sequence[object]]:
    """The finance system's export: the year in force with orders and spending, then the proposal for the next."""
    yield t.BUDGET_HEAD.split(",")
    for account, words, adopted, encumbered, spent, _proposed in t.BUDGET:
        available = f"{float(adopted) - float(encumbered or 0) - float(spent or 0):.2f}" if adopted else ""
        yield ["2026-27", account, words, adopted, encumbered, spent, available]
    for account, words, *_rest, proposed in t.BUDGET:
        if proposed:
            yield ["2027-28", account, words, proposed, "", "", ""]


FILES: dict[str, Callable[[District], Iterable[Sequence[object]]]] = {
    "sites.csv": site_rows,
    "enrollment.csv": enrollment_rows,
    "student_groups.csv": lambda district: student_groups.rows(district.pupils),
    "chromebooks.csv": lambda district: [CHROMEBOOK_HEAD.split(","), *district.chromebooks],
    "assets.csv": lambda district: [ASSET_HEAD.split(","), *district.assets],
    "intune_devices.csv": lambda district: [INTUNE_HEAD.split(","), *district.windows],
    "purchases.csv": order_rows,
    "contracts.csv": contract_rows,
    "funds.csv": fund_rows,
    "staffing.csv": staffing_rows,
    "account_map.csv": lambda _: [["Fund", "Function", "Object", "TCO Category", "Account"], *t.ACCOUNTS],
    "capital_plan.csv": capital_rows,
    "budget_2026-10-31.csv": budget_rows,
}


def build(folder: Path) -> None:
    """Write every file of the sample to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    district = District()
    district.fleet()
    district.register()
    district.random.shuffle(district.chromebooks)
    for name, rows in FILES.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows(district))


if __name__ == "__main__":
    build(Path(sys.argv[1]))
