"""Words for why a fund paid or did not pay a cost, with slots for the arguments of the log."""

from throughline.engine.findings import fill
from throughline.engine.funding.allocation import Fill

REASONS: dict[str, str] = {
    "paid": "pays this cost",
    "paid_in_part": "pays part; then {stop}",
    "local_share": "pays the local share of {for_fund}",
    "site": "may pay only at these sites: {sites}",
    "category": "may not pay costs of category {category}",
    "object": "may not pay costs of object {object}",
    "function": "may not pay costs of function {function}",
    "capital_only": "may pay capital items only",
    "one_time_only": "may pay one-time costs only",
    "life_unknown": "asks for a life of {least} years or more, and the life of this item is not known",
    "life_too_short": "asks for a life of {least} years or more, and the planned life is {life}",
    "no_appropriation": "has no money in the plan",
    "no_money": "has no money left for this date",
    "past_deadline": "must be committed before this date",
    "not_yet_available": "is not yet available on this date",
    "no_local_share": "needs a local share, and no other fund can pay it",
    "not_given": "was not given to this cost",
    "covered": "was not needed, because the cost is lower",
    "no_cost": "was not needed, because there is no such cost",
}


def why(entry: Fill) -> str:
    """The reason of a log entry, half a sentence that follows the fund's name; raises KeyError for an unknown code."""
    arguments = dict(entry.args)
    if entry.code.startswith("earmark:"):
        return f"has reached the limit of its earmark {entry.code.removeprefix('earmark:')}"
    if "stop" in arguments:
        stop = str(arguments["stop"])
        arguments["stop"] = REASONS.get(stop, f"the limit of its earmark {stop.removeprefix('earmark:')}")
    if entry.for_fund:
        arguments["for_fund"] = entry.for_fund
    return fill(REASONS[entry.code], arguments)
