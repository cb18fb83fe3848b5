"""What is stated about the large sample district: places, models, contracts, people, money. All of it is made up but model names."""

from datetime import date

SEED = 45_000
FALLS = range(2020, 2027)
EXPORTED = date(2026, 11, 13)
DOMAIN = "threadwell.example"
YEARS = tuple(f"FY{year}" for year in range(2028, 2033))


def table(text: str) -> tuple[tuple[str, ...], ...]:
    """Rows of cells separated by bars."""
    return tuple(tuple(cell.strip() for cell in line.split("|")) for line in text.strip("\n").split("\n"))


def words(text: str) -> tuple[str, ...]:
    """Words or names separated by commas or ends of lines."""
    return tuple(part.strip() for part in text.replace("\n", ",").split(",") if part.strip())


ELEMENTARY = words("""
Alder Loom, Bobbin Creek, Calico Ridge, Carding Mill, Chenille Park, Cotton Grass, Damask Hill, Denim Flats, Distaff Road,
Doubleweave, Eyelet Bay, Felting Brook, Flaxfield, Gingham Grove, Hemstitch, Herringbone Hill, Indigo Run, Jacquard Street,
Jute Hollow, Lacewing, Linden Weft, Linsey Lake, Madder Meadow, Merino Point, Muslin Bay, Needle Rock, Organdy Park,
Paisley Glen, Patchwork, Poplin Place, Quilters Green, Ramie Ridge, Sailcloth Cove, Samplers Row, Selvage Creek,
Shuttle Park, Spindle Tree, Tapestry Hill, Tatting Brook, Thimble Lake, Twill Valley, Weavers Knoll
""")
MIDDLE = words("""
Ashloom, Bolt Harbor, Cambric, Drawloom, Fulling Brook, Heddle Creek, Ropewalk, Tenter Field, Treadle, Warp Point, Worsted,
Yarrow Bend
""")
HIGH = words("Broadcloth, Canvas Bay, Eastloom, Homespun, Northweft, Tweedmoor, Westloom, Threadwell Early College")
OFFICES = ("District Service Center", "Technology Center", "Transportation and Facilities", "Early Learning Center")
NAMES = {
    **{f"E{n:02d}": f"{name} Elementary School" for n, name in enumerate(ELEMENTARY, 1)},
    **{f"M{n:02d}": f"{name} Middle School" for n, name in enumerate(MIDDLE, 1)},
    **{f"H{n:02d}": f"{name} High School" for n, name in enumerate(HIGH, 1)},
    **dict(zip(("DSC", "TEC", "TRF", "ELC"), OFFICES, strict=True)),
}
SCHOOLS = tuple(code for code in NAMES if code[0] in "EMH" and code[1:].isdigit())
SPELLED_OUT = {"E07", "E23", "M05"}  # their org units are names, not codes, and the list of sites gives none
GROWING, SHRINKING = {"E05", "E12", "E26", "E33", "E40"}, {"E03", "E09", "E18", "E21", "E30", "E36"}
TITLE_ONE = tuple(f"E{n:02d}" for n in (2, 4, 8, 9, 14, 15, 19, 20, 24, 29, 31, 35, 38, 41))

# Chromebooks as Google prints them: name, price, first day of school use, serial letters
HP_G5 = ("HP Chromebook 11 G5", 0.0, date(2017, 8, 1), "HB")
C100E = ("Lenovo 100e Chromebook", 0.0, date(2019, 7, 22), "LA")
G6EE = ("HP Chromebook 11 G6 EE", 0.0, date(2020, 9, 14), "HD")
D5190 = ("Dell Chromebook 11 (5190)", 0.0, date(2020, 10, 5), "DE")
AST2 = ("Lenovo 100e Chromebook 2nd Gen AST", 248.10, date(2022, 7, 25), "LG")
D3100 = ("Dell Chromebook 3100", 262.75, date(2022, 8, 2), "DF")
G9EE = ("HP Chromebook 11 G9 EE", 287.40, date(2023, 8, 7), "HH")
L300 = ("Lenovo 300e Chromebook Gen 3", 329.80, date(2024, 8, 5), "LJ")
D3120 = ("Dell Chromebook 3120", 314.25, date(2025, 7, 28), "DK")
GEN4 = ("Lenovo 100e Chromebook Gen 4", 305.60, date(2026, 8, 3), "LM")
STAFF = ("Acer Chromebook 13 (CB713-1W)", 0.0, date(2019, 10, 1), "AN")
SERIES = ("Acer Chromebook 311", 0.0, date(2022, 8, 15), "AP")
CHROMEBOOKS = (HP_G5, C100E, G6EE, D5190, AST2, D3100, G9EE, L300, D3120, GEN4, STAFF, SERIES)
IN_REGISTER = {model[0] for model in (AST2, D3100, G9EE, L300, D3120, GEN4)}  # tagged since summer 2022

# model, maker, day bought, cost, share of a school's number, serial letters
LAPTOPS = (
    ("Latitude 3310", "Dell", date(2020, 9, 1), 668.20, 0.18, "DA"),
    ("Latitude 3330", "Dell", date(2022, 8, 9), 742.00, 0.34, "DL"),
    ("ThinkPad L13 Gen 4", "Lenovo", date(2024, 7, 16), 811.50, 0.28, "TL"),
    ("Latitude 5440", "Dell", date(2025, 7, 8), 934.00, 0.20, "DN"),
)
DESKTOPS = (
    ("OptiPlex 3060", "Dell", date(2019, 8, 5), 588.00, 0.20, "DT"),
    ("OptiPlex 3080", "Dell", date(2022, 7, 11), 612.00, 0.45, "DU"),
    ("OptiPlex 3080", "Dell", date(2024, 7, 8), 624.00, 0.35, "DV"),
)
# Rooms and wiring were renewed in three groups of schools: category, serial letters, then model, maker, day, cost of each group
WAVES = (
    ("Interactive Panel", "VB",
     (("ActivPanel 70", "Promethean", date(2018, 6, 18), 3120.00), ("ViewBoard IFP7550", "ViewSonic", date(2021, 3, 21), 2390.00),
      ("ViewBoard IFP7550", "ViewSonic", date(2024, 6, 24), 2465.00))),
    ("Wireless Access Point", "RW",
     (("R510", "Ruckus", date(2019, 7, 8), 455.00), ("R550", "Ruckus", date(2022, 7, 5), 498.00),
      ("R650", "Ruckus", date(2025, 7, 7), 664.00))),
    ("Network Switch", "SW",
     (("ICX 6450-48P", "Brocade", date(2015, 7, 13), 2140.00), ("ICX 7150-48P", "Ruckus", date(2020, 7, 6), 2280.00),
      ("ICX 7150-48P", "Ruckus", date(2023, 7, 3), 2395.00))),
)  # fmt: skip
# site, category, model, maker, day, cost, count
CENTRAL = (
    ("TEC", "Core Switch", "ICX 7850", "Ruckus", date(2021, 7, 6), 11800.00, 18),
    ("TEC", "Firewall", "FortiGate 900G", "Fortinet", date(2023, 7, 10), 18400.00, 4),
    ("TEC", "Server", "PowerEdge R650", "Dell", date(2023, 6, 5), 9650.00, 34),
    ("TEC", "Server", "PowerEdge R640", "Dell", date(2018, 6, 11), 8420.00, 12),
    ("TEC", "Backup Appliance", "Backup Appliance 24TB", "Sample Storage", date(2021, 6, 7), 16900.00, 6),
    ("DSC", "Laptop", "Latitude 5440", "Dell", date(2023, 9, 5), 934.00, 240),
    ("TEC", "Laptop", "Latitude 5440", "Dell", date(2023, 9, 5), 934.00, 96),
    ("TRF", "Laptop", "Latitude 3330", "Dell", date(2022, 8, 9), 742.00, 58),
    ("ELC", "Laptop", "Latitude 3330", "Dell", date(2022, 8, 9), 742.00, 44),
    ("ELC", "Tablet", "iPad (9th generation)", "Apple", date(2023, 2, 6), 299.00, 130),
)
# vendor, product, category, per what, amount, start, end, auto-renew, increase, cooperative
CONTRACTS = table("""
SIS Company | Student information system | D2.3 | student | 9.10 | 2024-07-01 | 2029-06-30 | yes | 4% | Sample Consortium
ERP Company | Finance and human resources system | D2.3 | year | 612000 | 2022-07-01 | 2027-06-30 | yes | 5% |
Routing Company | Bus routing and tracking | D2.3 | year | 118500 | 2025-07-01 | 2028-06-30 | yes | 3% |
Meals Company | Meal accounts and menus | D2.3 | year | 74200 | 2024-07-01 | 2027-06-30 | yes | |
Special Services Company | Individual program records | D2.3 | year | 163000 | 2025-07-01 | 2028-06-30 | yes | 3% |
Warehouse Company | Data warehouse and dashboards | D2.3 | year | 141000 | 2026-07-01 | 2029-06-30 | yes | 4% |
LMS Company | Learning management system | D2.2 | student | 5.35 | 2025-07-01 | 2028-06-30 | yes | 3% | Sample Consortium
Reading Company | Early reading program | D2.2 | year | 386000 | 2026-07-01 | 2027-06-30 | yes | |
Math Company | Mathematics practice | D2.2 | year | 297000 | 2026-07-01 | 2027-06-30 | yes | |
Science Company | Science simulations | D2.2 | year | 126500 | 2025-07-01 | 2028-06-30 | yes | 2% |
Assessment Company | Assessment platform | D2.2 | student | 6.80 | 2025-07-01 | 2027-06-30 | yes | 3% |
Library Company | Library catalog and e-books | D2.2 | year | 164000 | 2026-07-01 | 2027-06-30 | yes | |
Language Company | English learner courses | D2.2 | year | 118000 | 2026-07-01 | 2028-06-30 | yes | 3% |
Accessible Company | Accessible books and reading aloud | D2.2 | year | 92500 | 2026-07-01 | 2028-06-30 | yes | |
Career Company | Career pathways and certifications | D2.2 | year | 137000 | 2026-07-01 | 2027-06-30 | yes | 2% |
Drafting Company | Drafting and modelling software | D2.2 | student | 4.80 | 2026-07-01 | 2027-06-30 | yes | |
Tutoring Company | High-dosage tutoring platform | D2.2 | year | 540000 | 2026-07-01 | 2027-06-30 | yes | 3% |
Well-being Company | Student well-being check-ins | D2.2 | student | 2.10 | 2026-07-01 | 2028-06-30 | yes | |
Filter Company | Content filter and classroom management | D2.4 | student | 4.85 | 2026-07-01 | 2029-06-30 | yes | 3% | Sample Consortium
Endpoint Company | Managed endpoint detection | D2.4 | year | 284000 | 2026-07-01 | 2029-06-30 | yes | |
Identity Company | Single sign-on and multi-factor | D2.4 | employee | 21.40 | 2026-07-01 | 2027-06-30 | yes | 3% |
Monitoring Company | Security monitoring around the clock | D2.4 | year | 218000 | 2025-07-01 | 2028-06-30 | yes | 4% |
Backup Company | Cloud backup service | D2.4 | year | 96400 | 2025-07-01 | 2028-06-30 | yes | |
Locator Company | Device location and recovery | D2.4 | device | 1.90 | 2026-07-01 | 2029-06-30 | yes | 3% |
Productivity Company | Productivity suite, staff edition | D2.1 | employee | 58.75 | 2026-07-01 | 2027-06-30 | yes | 3% | State contract
Management Company | Windows device management | D2.1 | year | 88000 | 2026-07-01 | 2029-06-30 | yes | |
Fiber Company | Leased fiber between schools | D3.1 | month | 96500 | 2023-07-01 | 2028-06-30 | yes | 0% |
Internet Company | Internet access, two paths of 40 Gbps | D3.1 | month | 17200 | 2024-07-01 | 2029-06-30 | yes | 0% |
Telephone Company | Hosted telephone service | D3.3 | year | 342000 | 2022-07-01 | 2027-06-30 | yes | |
Alert Company | Emergency notification and paging | D3.3 | year | 87300 | 2026-07-01 | 2027-06-30 | yes | |
Network Services | Network support retainer | D5.1 | year | 168000 | 2025-07-01 | 2028-06-30 | yes | |
E-Rate Consultant | E-Rate filing consultant | D5.1 | year | 58000 | 2026-07-01 | 2027-06-30 | yes | |
Testing Company | Security test and exercise | D5.1 | year | 74000 | 2026-07-01 | 2028-06-30 | yes | |
Print Company | Managed print and repair | D5.2 | year | 297000 | 2024-07-01 | 2027-06-30 | yes | |
Cover Company | Accidental damage cover, take-home devices | D5.2 | year | 264000 | 2026-07-01 | 2027-06-30 | yes | |
Training Company | Coaching academy for teachers | D5.3 | year | 236000 | 2026-07-01 | 2028-12-31 | no | |
Leaders Company | Digital leadership for principals | D5.3 | year | 84000 | 2026-07-01 | 2029-06-30 | yes | 2% |
Insurance Pool | Cyber insurance | D7.1 | year | 295000 | 2026-07-01 | 2027-06-30 | yes | 6% |
Retainer Company | Incident response retainer | D7.1 | year | 48000 | 2026-07-01 | 2027-06-30 | yes | |
Archive Company | Media archive hosting | | year | 17600 | 2026-07-01 | 2027-06-30 | yes | |
""")
AMOUNTS = {
    "year": "Annual Cost",
    "month": "Monthly Cost",
    "student": "Cost per Student",
    "device": "Cost per Device",
    "employee": "Amount",
}
# role, full-time equivalents, loaded salary, category
TECHNOLOGY_STAFF = table("""
Chief Technology Officer | 1.0 | 221500 | D4.4
Technology Director | 3.0 | 178400 | D4.4
Project Manager | 3.0 | 134200 | D4.4
Technology Office Coordinator | 4.0 | 79300 | D4.4
Network Engineer | 8.0 | 128600 | D4.2
Systems Administrator | 7.0 | 121900 | D4.2
Security Analyst | 3.0 | 133700 | D4.2
Field Technician | 31.0 | 81400 | D4.1
Help Desk Specialist | 9.0 | 71250 | D4.1
Repair Technician | 8.0 | 68900 | D4.1
Data Systems Analyst | 9.0 | 109800 | D4.3
Application Developer | 5.0 | 124300 | D4.3
Instructional Technology Coach | 16.0 | 112600 | D4.5
""")
# fund, name, kind, code, opening balance, FY2028 .. FY2032. Twelve standing funds, then what comes once, then a closed one.
FUNDS = table("""
general | General fund, technology budget | general | 10 | | 15900000 | 16200000 | 16500000 | 16850000 | 17200000
tech-levy | Technology levy of 2026 | levy | 21 | 1850000 | 7400000 | 7400000 | 7400000 | |
bond | Capital bond of 2024 | bond | 22 | 2400000 | 3800000 | 1900000 | | |
capital-projects | Capital projects fund | capital_improvement | 20 | 310000 | 850000 | 850000 | 850000 | 850000 | 850000
erate-c1 | E-Rate Category 1 | erate_c1 | 71 | | | | | |
erate-c2 | E-Rate Category 2 | erate_c2 | 72 | | | | | |
title-i | Title I, Part A, share for technology | title_i_a | 51 | | 640000 | 640000 | 630000 | 630000 | 630000
title-ii | Title II, Part A, share for technology | title_ii_a | 52 | | 540000 | 540000 | 540000 | 540000 | 540000
title-iii | Title III, Part A, share for technology | title_iii_a | 64 | | 132000 | 132000 | 132000 | 132000 | 132000
title-iv | Title IV, Part A | title_iv_a | 54 | | 910000 | 910000 | 910000 | 910000 | 910000
idea | IDEA, Part B, share for technology | idea_b | 24 | | 210000 | 210000 | 210000 | 210000 | 210000
perkins | Perkins V | perkins_v | 38 | | 265000 | 265000 | 265000 | 265000 | 265000
state-literacy | State digital literacy grant | state_grant | 61 | | 180000 | 180000 | | |
cyber-grant | State and local cybersecurity grant | slcgp | 62 | | 420000 | | | |
foundation | Threadwell Schools Foundation gift | gift | 63 | | 95000 | | | |
esser-iii | ESSER III | esser3 | 59 | | | | | |
""")
FUND_SETTINGS = (
    "Sites", "NSLP Percent", "Rural", "Prior Commitments", "Term End", "Obligation Deadline", "Technology Share",
    "Other Technology Share", "Award Year", "Prior Allocation",
)  # fmt: skip
FUND_VALUES: dict[str, dict[str, str]] = {
    "tech-levy": {"Term End": "2030-06-30"},
    "bond": {"Term End": "2031-06-30"},
    "erate-c1": {"NSLP Percent": "58%", "Rural": "no"},
    "erate-c2": {"NSLP Percent": "58%", "Rural": "no", "Prior Commitments": "$1,940,250.00"},
    "title-i": {"Sites": "; ".join(NAMES[code] for code in TITLE_ONE), "Prior Allocation": "$615,000.00"},
    "title-iv": {"Technology Share": "0.35", "Other Technology Share": "0.05"},
    "cyber-grant": {"Obligation Deadline": "2028-09-30", "Award Year": "2025"},
}
# fund, function, object, category, account. Bought training of the general fund and the gift have none, which is a finding.
ACCOUNTS = table("""
general | * | 100 | * | 10-97-72-3000
general | 2230 | 100 | * | 10-01-31-2000
general | * | 650 | * | 10-97-72-5650
general | * | 530 | * | 10-97-72-7530
general | * | 352 | * | 10-97-72-7352
general | * | 432 | * | 10-97-72-7432
general | * | 520 | * | 10-97-68-7520
general | * | 734 | * | 10-97-72-9734
tech-levy | * | 650 | * | 21-12-72-5650
tech-levy | * | * | * | 21-12-72-9734
bond | * | * | * | 22-15-72-9734
capital-projects | * | * | * | 20-11-72-9734
erate-c1 | * | * | * | 71-97-72-7530
erate-c2 | * | * | * | 72-97-72-9734
title-i | * | * | * | 51-51-27-5650
title-ii | * | * | * | 52-52-31-7330
title-iii | * | * | * | 64-64-27-5650
title-iv | * | * | * | 54-54-31-7330
idea | * | * | * | 24-24-27-5650
perkins | * | * | * | 38-38-27-9734
state-literacy | * | * | * | 61-58-27-5650
cyber-grant | * | * | * | 62-97-72-7352
""")
# account | description | FY2027: adopted, encumbered, spent | FY2028: proposed; amounts are made up
BUDGET = table("""
10-01-31-2000 | Instructional technology staff | 530000 | 349800 | 176400 | 545000
10-97-68-7520 | Cyber insurance and technology liability | 340000 | 0 | 338150 | 362140
10-97-72-3000 | Technology department, salaries and benefits | 9100000 | 5870000 | 3190000 | 9300000
10-97-72-5650 | Software, licenses and supplies | 4050000 | 318000 | 3402100.35 | 4100000
10-97-72-5650 | Software, credit of a license vendor | | | -18400 |
10-97-72-7432 | Device repair | 960000 | 190000 | 511230.80 | 1000000
10-97-72-7530 | Internet and telephone services | 430000 | 279000 | 144100 | 440000
10-97-72-9734 | Network and server equipment | 150000 | 61000 | 70325.10 | 150000
20-11-72-9734 | Capital projects, technology rooms | 420000 | 96000 | 214000 | 446000
21-12-72-5650 | Technology levy, student and staff devices | 8600000 | 2140000 | 5811400.62 | 8900000
21-12-72-9734 | Technology levy, network equipment | 300000 | 12000 | 254900 | 290000
22-15-72-9734 | Bond, network and classroom technology | 1500000 | 480000 | 873000 | 1655000
24-24-27-5650 | IDEA, assistive technology | 210000 | 18000 | 121400 | 210000
38-38-27-9734 | Perkins, computer labs | 265000 | 140000 | 90210 | 265000
51-51-27-5650 | Title I, devices and software | 640000 | 84000 | 391000 | 640000
52-52-31-7330 | Title II, technology training | 600000 | 41000 | 280500 | 601200
54-54-31-7330 | Title IV, technology training | 474000 | 22000 | 190800 | 474000
61-58-27-5650 | State literacy grant, software | 180000 | 0 | 176300 | 180000
62-97-72-7352 | Security grant, network monitoring | 420000 | 140000 | 277000 |
64-64-27-5650 | Title III, language software | 132000 | 0 | 121900 | 132000
71-97-72-7530 | E-Rate Category 1, internet | 1090000 | 709500 | 363800 | 1091520
72-97-72-9734 | E-Rate Category 2, network equipment | 1160000 | 402000 | 611000 | 1158300
""")
BUDGET_HEAD = "Fiscal Year,Budget Account,Account Description,Adopted Budget,Encumbrances,Expenditures,Available Budget"
CAPITAL_PLAN = table("""
Camera and door access replacement | D1.5 | 640000 | 640000 | 480000 | 480000 |
Electrical and cooling work in wiring rooms | D3.4 | 210000 | 210000 | 140000 | |
Broadcloth High auditorium sound and projection | D1.2 | | 268000 | | |
Tweedmoor High auditorium sound and projection | D1.2 | | | 274000 | |
Second fiber path to the Technology Center | D3.1 | | | 485000 | |
Data center fire suppression and power | D1.3 | 176000 | 92000 | | |
Classroom audio, elementary schools | D1.2 | 390000 | 390000 | 390000 | |
""")
# order, line, day, vendor, item, category, quantity, unit price, status, place, grant
ORDERS = table("""
PO-2026-LM | 1 | 2026-06-15 | Reseller | Lenovo 100e Chromebook Gen 4 | Chromebook | 7400 | 305.60 | Open | TEC |
PO-2025-DK | 1 | 2025-06-02 | Reseller | Dell Chromebook 3120 | Chromebook | 7200 | 314.25 | Closed | TEC |
PO-2026-741 | 1 | 2026-10-05 | Reseller | HP Chromebook 11 G9 EE | Chromebook | 360 | 298.00 | Received | E02 | Title I
PO-2026-688 | 1 | 2026-09-08 | Cabling | R650 access point | Wireless Access Point | 240 | 689.00 | Open | TEC |
PO-2026-688 | 2 | 2026-09-08 | Cabling | 36-bay charging cart | Charging Cart | 64 | 1189.00 | Received | TEC |
PO-2026-702 | 1 | 2026-09-21 | Reseller | Precision Tower 3650 | CAD Workstation | 30 | 1288.00 | Received | H04 | Perkins
""")
