"""The dimensions of a cost line. No line lacks one: the members DISTRICT, BASELINE, NO_GOAL, NONE stand for "not one
in particular".
"""

NONE = "NONE"

DIMENSIONS: dict[str, str] = {
    "fiscal_year": "Fiscal year, derived from the obligation month",
    "obligation_month": "Month in which the cost is committed, as YYYY-MM; YYYY-MM..YYYY-MM when it is while it is performed",
    "site": "School or office; DISTRICT or UNASSIGNED when not one in particular",
    "program": "Program code of the chart of accounts",
    "category": "TCO category code (D1.1 ... D7.1, I1 ... I5)",
    "cost_type": "direct or indirect",
    "outlay": "capital or operating",
    "recurrence": "one_time or recurring",
    "object": "NCES object code",
    "function": "NCES function code",
    "asset_class": "Asset class, NONE for costs that belong to no class",
    "role": "Whom the device serves, NONE otherwise",
    "initiative": "Initiative, BASELINE when none",
    "goal": "Primary goal, NO_GOAL when none",
    "commitment": "committed, planned or option",
    "subject": "The plan record the line comes from (standard, contract, staff count, plan line)",
}

DIRECT, INDIRECT = "direct", "indirect"
CAPITAL, OPERATING = "capital", "operating"
ONE_TIME, RECURRING = "one_time", "recurring"
COMMITTED, PLANNED, OPTION = "committed", "planned", "option"
