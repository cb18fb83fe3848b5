"""What the sample district found, assumed and wrote for its agenda item; all of it invented."""

from throughline.reports.base import ShownAssumption, ShownFinding

FINDINGS = (
    ShownFinding(
        "TL-FUND-012",
        "error",
        "funds/levy",
        "The technology levy pays recurring costs and ends on June 30, 2029.",
        "Name the fund that takes over, or plan the renewal.",
        18_204_417,
    ),
    ShownFinding(
        "TL-INV-003",
        "warning",
        "chromebooks.csv",
        "87 devices have no model that we know, so nobody knows when updates end.",
        "Match the models in the inventory.",
        3_240_750,
        "chromebooks.csv, row 2210",
    ),
    ShownFinding(
        "TL-INV-021",
        "warning",
        "sites/lincoln",
        "143 laptops are owned beyond the need.",
        "Move them to a school that needs them before buying.",
        1_955_983,
    ),
    ShownFinding(
        "TL-PRICE-004", "note", "standards/display", "The price of displays is our default.", "Enter a quote.", None
    ),
)
ASSUMPTIONS = (
    ShownAssumption(
        "enrollment",
        "Students",
        "8,014 in FY2028, 7,902 in FY2032",
        "Fall count and forecast",
        "2026-10-01",
        "the district's own",
    ),
    ShownAssumption(
        "prices/chromebook",
        "Laptop price",
        "$372.50, then 3% more a year",
        "Three quotes, cooperative contract",
        "2026-11-09",
        "the district's own",
    ),
    ShownAssumption(
        "life/chromebook", "Life of a student laptop", "5 years", "Board procedure 8.4", "2026-08", "the district's own"
    ),
    ShownAssumption(
        "support/chromebook",
        "Laptop updates",
        "to the maker's date for each model",
        "Maker's published list",
        "2026-09-12",
        "verified",
    ),
    ShownAssumption(
        "funds/levy",
        "Levy",
        "$614,000 a year to June 30, 2029",
        "Ballot measure 24-03",
        "2024-02-13",
        "the district's own",
    ),
    ShownAssumption(
        "erate/c2/per_student",
        "E-Rate network budget",
        "$201.57 a student, to June 2031",
        "Three published summaries",
        "2026-09-30",
        "secondary source",
    ),
    ShownAssumption(
        "growth/prices", "Price growth", "3% a year", "Our default", "2026-11-01", "default, please replace"
    ),
    ShownAssumption(
        "prices/display", "Display price", "$2,650", "Our default", "2026-11-01", "default, please replace"
    ),
)
TEXTS = {
    "action": "Adopt this plan for FY2028 to FY2032.\nDirect staff to draft a levy renewal for the February 2028 ballot.",
    "why_now": "Budget requests are due in January.",
    "recommendation": "Staff recommend adoption.",
    "goal_link": "Goal 1: every student has a working computer.",
}
