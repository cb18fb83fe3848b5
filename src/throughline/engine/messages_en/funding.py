"""English words of the findings on funds (TL-FUND), cliffs and procurement (TL-PROC)."""

from throughline.engine.findings import Message

MESSAGES: dict[str, Message] = {
    "TL-FUND-001": Message(
        "The fund {fund} is of the kind {kind}, which no rule describes, so none of its money is used.",
        "Choose one of the kinds of funds that are known, or add a fund rule.",
        "throughline funds",
    ),
    "TL-FUND-002": Message(
        "{fund} needs the {setting}. Until it is given, none of its money is counted.",
        "Enter the {setting} for the fund.",
        'throughline set PLAN funds/{id}/settings="{setting}=VALUE"',
    ),
    "TL-FUND-003": Message(
        "For {fund} the {setting} says {value}; it should be {wanted}. It is not used.",
        "Correct it in the fund.",
        'throughline set PLAN funds/{id}/settings="{setting}=VALUE"',
    ),
    "TL-FUND-004": Message(
        "{fund} is one-time money, but no last day to commit it is given. It counts only in the year it arrives.",
        "Enter the {setting} from the award letter, for the fund or for each award.",
        'throughline set PLAN funds/{id}/settings="{setting}=VALUE"',
    ),
    "TL-FUND-005": Message(
        "{fund} has a term, but its end is not given. The plan carries its money without a last day.",
        "Enter the {setting} for the fund.",
        'throughline set PLAN funds/{id}/settings="{setting}=VALUE"',
    ),
    "TL-FUND-006": Message(
        "Money of {fund} for {fiscal_year} lies outside the plan ({first} to {last}) and is not counted.",
        "If part of it is still unspent, enter what is left as an opening balance.",
    ),
    "TL-FUND-007": Message(
        "The budget of {fund} follows from enrollment, and no enrollment was brought. None of its money is counted.",
        "Import enrollment by school, or enter the budget that the program states for the fund.",
        'throughline set PLAN funds/{id}/settings="budget_cents=CENTS"',
    ),
    "TL-FUND-008": Message(
        "The budget of {fund} for the years {cycle} is not known yet. No money is counted for them.",
        "Nothing to do now; the figure is published shortly before those years begin.",
    ),
    "TL-FUND-009": Message(
        "The discount table of {fund} has no row for {percent} percent. None of its money is counted.",
        "Check the share of pupils who qualify for school lunch.",
    ),
    "TL-FUND-010": Message(
        "{fund} has no money in the plan.",
        "Enter its appropriations by year, or remove the fund.",
    ),
    "TL-FUND-011": Message(
        "{amount} for {fiscal_year} belongs to the fund {fund}, which the plan does not have. It is not used.",
        "Add the fund, or correct its name in this row.",
    ),
    "TL-FUND-012": Message(
        "In {year_label} the funds do not cover {amount} of {cost}: not funded.",
        "Add money, move a purchase to another year, or decide what not to do.",
    ),
    "TL-FUND-013": Message(
        "{amount} of {fund} is not used by the end of {years} and is lost.",
        "Plan allowed costs before the last day, or ask for an extension.",
    ),
    "TL-FUND-014": Message(
        "{amount} of {fund} is not used in {years}. It returns to the fund balance at the end of {count:that year|each year}; the plan "
        "does not count on it.",
        "If your policy lets technology keep a share, enter for the fund the share that may be carried over.",
        'throughline set PLAN funds/{id}/settings="carryover_share=0.1"',
    ),
    "TL-FUND-015": Message(
        "{fund} loses {could} on {day}, its last day, while costs of {amount} that it may pay come later.",
        "Order earlier where that is possible.",
    ),
    "TL-FUND-016": Message(
        "{given} was given out of {fund} in {year_label}, but it has {there}.",
        "Lower the amounts, or enter the money that is missing.",
    ),
    "TL-FUND-017": Message(
        "{amount} given to {category} in {year_label} could not be used: {fund} {reason}.",
        "Change the amount, the category or the fund.",
    ),
    "TL-FUND-018": Message(
        "In {year_label} {fund} could pay {amount} more, but nobody pays the local share of {local}.",
        "Give the local share in a fund that may pay it.",
    ),
    "TL-FUND-019": Message(
        "{fund} must spend at least {needed} on {earmark}; the plan spends {planned}.",
        "Plan more of it there, or the award is at risk.",
    ),
    "TL-FUND-020": Message(
        "{left} of the budget of {fund} is in no project. With a local share of {local} it would pay "
        "{amount}. The budget ends on {day}.",
        "Look for network work that can be done in time.",
    ),
    "TL-FUND-021": Message(
        "{amount} of {fund} has no account number (function and object {codes}).",
        "Add a row for each of them to the account map.",
    ),
    "TL-FUND-022": Message(
        "Bills on {fund} must be paid by {day}.",
        "Agree delivery dates with vendors that leave time to pay.",
    ),
    "TL-FUND-023": Message(
        "What {fund} has already committed in this cycle was not entered, so none was subtracted from its budget.",
        "Enter the {setting} (0 if nothing was committed yet).",
        'throughline set PLAN funds/{id}/settings="{setting}=VALUE"',
    ),
    "TL-FUND-024": Message(
        "An amount given out of {fund} is below zero and is not used.",
        "Enter what the fund pays as an amount above zero.",
    ),
    "TL-FUND-025": Message(
        "{fund} is limited to the site {site}, which the plan does not have.",
        "Correct the site in the fund, or add the site.",
    ),
    "TL-FUND-026": Message(
        "Money was entered for {fund}, but its budget follows from the number of pupils. The entry is not used.",
        "If the program states another budget, enter that for the fund.",
        'throughline set PLAN funds/{id}/settings="budget_cents=CENTS"',
    ),
    "TL-FUND-027": Message(
        "{fund} owes {amount} in {year_label}. It was taken off the money of that year.",
        "Check the opening balance.",
    ),
    "TL-FUND-028": Message(
        "Imported tables ask for {amount} in {years}, before the first year of this plan, and no fund of the plan pays it. It is "
        "shown as published; nothing else is planned for those years.",
        "Nothing to do if it was paid at the time; else move what is still to be bought to a coming year.",
    ),
    "TL-FUND-029": Message(
        "{fund} owes {amount} in {year_label}. It was taken off the money of that year, which does not cover {rest} of it.",
        "Check the opening balance. What is not covered must come from later money and is not in the plan.",
    ),
    "TL-FUND-030": Message(
        "{fund} pays yearly costs and ends. From {first} on, up to {yearly} a year must come from other "
        "money, {amount} over the plan; other funds of the plan pay it.",
        "Make sure that these funds are meant to carry it for good; else renew the money, or end the services.",
    ),
    "TL-FUND-031": Message(
        "After {after}, yearly costs of {amount} still rest on {fund}, which ends.",
        "Say in the plan which fund takes them over.",
    ),
    "TL-FUND-032": Message(
        "{fund} ends on {day}. It pays {amount} in this plan.",
        "Plan what follows it before then.",
    ),
    "TL-FUND-033": Message(
        "{fund} ends on {day} unless the voters renew it. It pays {amount} in this plan.",
        "Plan the renewal, and what happens without it.",
    ),
    "TL-FUND-034": Message(
        "{fund} pays yearly costs and ends. From {first} on, up to {yearly} a year must come from other money, {amount} over the "
        "plan; nobody pays {unfunded} of it.",
        "Move these costs to a lasting fund, renew the money, or end the services.",
    ),
    "TL-FUND-035": Message(
        "No fund has been entered, so none of the {amount} this plan costs is funded.",
        "Enter the money you have for technology, by fund and year; one amount a year is a beginning.",
        "throughline set PLAN budget=180000",
    ),
    "TL-FUND-036": Message(
        "{fund} has a setting named “{setting}”, which nothing reads.",
        "Correct its name, or remove it.",
        "settings are {names}",
    ),
    "TL-FUND-059": Message(
        "Money of {fund} for {fiscal_year} had to be committed by {day}, before this plan begins. It stands for the record and is not "
        "counted.",
        "Nothing to do.",
    ),
    "TL-FUND-060": Message(
        "{fund} closed on {day}, before this plan begins, and has no money in it.",
        "Nothing to do. Keep it while records and property of its awards are kept.",
    ),
    "TL-FUND-041": Message(
        "{fund} asks for open bidding (Form 470, at least 28 days), price as the heaviest factor, an internet safety policy with "
        "a public hearing, and records for ten years.",
        "Put the dates of the forms into the calendar before you sign a contract.",
    ),
    "TL-FUND-042": Message(
        "{fund} may be used only for the purposes stated to the voters.",
        "Compare these costs with the ballot text.",
    ),
    "TL-FUND-043": Message(
        "{fund} may be used only for items in the ballot language, and debt should not outlast what it buys.",
        "Ask bond counsel to confirm the items and their lives.",
    ),
    "TL-FUND-044": Message(
        "{fund} asks for a useful life of each item, on file with the fiscal officer.",
        "Keep the estimate of life with each order.",
    ),
    "TL-FUND-045": Message(
        "{fund} needs orders dated before its last day, and equipment bought with federal money needs a record and a count "
        "every two years.",
        "Keep signed orders; tag the equipment with its award.",
    ),
    "TL-FUND-046": Message(
        "{fund} must be accepted under the board's gift policy, with the continuing cost shown.",
        "Put the gift and its yearly cost before the board first.",
    ),
    "TL-PROC-001": Message(
        "{count} {count:purchase needs|purchases need} written quotes: {names}. Their largest years add up to {amount}.",
        "Ask for quotes before ordering; a cooperative contract may serve instead.",
    ),
    "TL-PROC-002": Message(
        "{count} {count:purchase needs|purchases need} formal bids or proposals: {names}. Their largest years add up to {amount}.",
        "Plan the notice and the opening of bids; a cooperative contract may serve instead.",
    ),
    "TL-PROC-003": Message(
        "{count} {count:purchase needs|purchases need} board approval: {names}. Their largest years add up to {amount}.",
        "Put it on the agenda before the order.",
    ),
    "TL-PROC-005": Message(
        "{count} {count:purchase needs|purchases need} written quotes and board approval: {names}. Their largest years add up to {amount}.",
        "Ask for quotes and put it on the agenda before the order.",
    ),
    "TL-PROC-006": Message(
        "{count} {count:purchase needs|purchases need} formal bids or proposals and board approval: {names}. "
        "Their largest years add up to {amount}.",
        "Plan the notice and the board date; a cooperative contract may serve instead of bids.",
    ),
    "TL-PROC-007": Message(
        "{name} begins on {start_day}. {fund} pays a part of it only when its bidding was open for {days} days, so Form 470 must be "
        "posted by {day}.",
        "Post it in time, or let the contract begin later. A contract that was bid before needs no new form while its term runs.",
    ),
    "TL-PROC-004": Message(
        "The district's own bid threshold is not entered, so the federal {amount} was used. State and local limits are often lower.",
        "Enter the district's own bid threshold among the facts of the district.",
        "throughline set PLAN district/local_bid_threshold_cents='$50,000.00'",
    ),
}
