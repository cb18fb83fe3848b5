"""English words of findings on federal and state grants: transfers, carryover, earmarks, and what using a fund asks for."""

from throughline.engine.findings import Message

MESSAGES: dict[str, Message] = {
    "TL-FUND-047": Message(
        "Money was entered for {fund}, which pays a share of every eligible bill instead. The entry is not used.",
        "Remove the entry, and enter the costs as contracts or plan lines.",
    ),
    "TL-FUND-048": Message(
        "{fund} limits {earmark} to a share of its technology portion, and that portion was not entered. None of its money "
        "is used for it.",
        "Enter the {setting} as a share: 0.35 when 42,000 of 120,000 are for technology.",
        'throughline set PLAN funds/{id}/settings="{setting}=0.35"',
    ),
    "TL-FUND-049": Message(
        "The carryover waiver of {fund} for {year_label} follows the one of {before} within {years} years and is not used.",
        "Ask the state; correct the years with a waiver in the fund if they are wrong.",
        'throughline set PLAN funds/{id}/settings="carryover_waiver=2027, 2030"',
    ),
    "TL-FUND-050": Message(
        "In {year_label} transfers between funds do not add up to zero: {amount} too {which}.",
        "Enter each transfer twice: below zero in the fund it leaves, and above zero in the fund it joins.",
    ),
    "TL-FUND-051": Message(
        "{amount} is transferred {which} {fund} in {year_label}, which its rule does not allow.",
        "Money may leave Title II-A and Title IV-A, and never Title I. Correct the transfer.",
    ),
    "TL-FUND-052": Message(
        "{amount} is transferred out of {fund} in {year_label}, but {rest} of it is not there.",
        "Lower the transfer, or enter the allocation that is missing.",
    ),
    "TL-FUND-053": Message(
        "{fund} pays {amount} for services that run past {day}, its last day. About {beyond} of it is for the time after that.",
        "Shorten the term of service, or pay the rest from another fund; grants pay for the time inside the award.",
    ),
    "TL-FUND-054": Message(
        "{name} is certain, {amount}, but is not money of a fund; the plan does not count it.",
        "Enter it as money of a fund, and remove it from the list of money hoped for.",
    ),
    "TL-FUND-055": Message(
        "The next step for {name} was due on {day}: {step}.",
        "Take it, set a new day, or remove it from the list.",
    ),
    "TL-FUND-056": Message(
        "The local share of {fund} for awards of federal fiscal year {award} is not known. None of its money is counted.",
        "Enter for the fund the part of a project's cost that the award letter asks the district to bring: 0.4 for 40 percent.",
        'throughline set PLAN funds/{id}/settings="cost_share=0.4"',
    ),
    "TL-FUND-057": Message(
        "{amount} of {fund} was brought into the plan from {year_label}. Whether that is within {percent} percent of its allocation "
        "cannot be tested, because the allocation was not entered.",
        "Enter for the fund its allocation of {year_label} with what was transferred in.",
        'throughline set PLAN funds/{id}/settings="prior_allocation_cents=CENTS"',
    ),
    "TL-FUND-058": Message(
        "{amount} of {fund} was brought from {year_label}; of its allocation of {allocation} at most {percent} percent, {most}, may be "
        "committed after {day}. Up to {excess} is lost if it is not committed by then.",
        "Order by that day, or ask the state for a waiver, which it may grant once in a few years, and enter the year of it for the fund.",
        'throughline set PLAN funds/{id}/settings="carryover_waiver=YEAR"',
    ),
    "TL-FUND-071": Message(
        "{fund}: a state passes at least {pass_through_share} percent of its award on to local governments and {rural_share} percent to "
        "rural areas, as money or, if they agree, as services.",
        "Ask the state agency what the district gets, and who pays the local share.",
    ),
    "TL-FUND-072": Message(
        "{fund} pays {amount}. The local share of {percent} percent is {local}, paid by {names}.",
        "Keep the proof of the local share with the grant; it may not come from other federal money.",
    ),
    "TL-FUND-073": Message(
        "{fund} asks that local money of at least {needed} is spent, {percent} percent of the year before less what the rules let go; "
        "{planned} is planned, {short} short.",
        "Plan the difference in local money. What is short may have to be repaid, or lowers the grant.",
    ),
    "TL-FUND-074": Message(
        "{aside} of {fund} is set aside for {what}. At most {most} may be: {percent} percent of the award of {award}, less what local "
        "effort was reduced by.",
        "Lower the set-aside, or enter the whole award of the year when this fund holds only a part of it.",
        'throughline set PLAN funds/{id}/settings="award_cents=CENTS"',
    ),
    "TL-FUND-075": Message(
        "{fund} is to be used for other programs, which a small rural district may do. The plan has {pupils} pupils; a district is "
        "small below {limit} in average daily attendance, or where few people live.",
        "Look the district up in the list of the federal department, and take the declaration back if it is not there.",
    ),
    "TL-FUND-076": Message(
        "{fund} must add to all other money and pays what Titles I-A, II-A, III, IV-A and IV-B may pay. The district applies each year.",
        "Name the program whose purpose each order serves, and keep the notice of the award.",
    ),
    "TL-FUND-077": Message(
        "{fund} is used for purposes of other programs, as small rural districts may. The state must be told by its day of each year.",
        "Name the program whose purpose each order serves, and keep the notice to the state.",
    ),
    "TL-FUND-078": Message(
        "{fund} is said to last until {day}, but the law ends it on {law_day}. The earlier day holds.",
        "Correct the day; if an extension was approved, say so in the fund.",
        'throughline set PLAN funds/{id}/settings="extension=yes"',
    ),
    "TL-FUND-079": Message(
        "{fund} must add to all other money and pays what Titles I-A, II-A, III and IV-A may pay, and parents' involvement.",
        "Name the program whose purpose each order serves, and show that no other money would have to pay it.",
    ),
    "TL-FUND-061": Message(
        "{fund} must add to what state and local money pays. Money is assigned to schools without regard to Title I. In a "
        "schoolwide program the cost stands in the plan; elsewhere only pupils who are served use it.",
        "Put the method and the school's plan beside the order; tag equipment with the award.",
    ),
    "TL-FUND-062": Message(
        "{fund} pays training of teachers and leaders that lasts and is part of the job, and never pupil devices.",
        "Keep the training plan and its evidence with the order.",
    ),
    "TL-FUND-063": Message(
        "{fund} must add to all other money, federal money included, and serves English learners.",
        "Show that nobody else, other federal funds included, would have to pay this.",
    ),
    "TL-FUND-064": Message(
        "{fund} asks for consultation and, from the least allocation on, a needs assessment, shares for well-rounded and for "
        "safe and healthy schools, and some money for effective use of technology.",
        "Keep the application with its areas; infrastructure stays within its part of the technology portion.",
    ),
    "TL-FUND-065": Message(
        "{fund} pays excess cost of special education only: assistive technology, devices a pupil's program names, and staff. "
        "Local effort must not fall.",
        "Keep the need named by the program of each pupil apart from this plan; check maintenance of effort.",
    ),
    "TL-FUND-066": Message(
        "{fund} pays career and technical programs that the local needs assessment names and that have size, scope and quality.",
        "Name the program and the need with the order.",
    ),
    "TL-FUND-067": Message(
        "{fund} pays what the state's act and the district's approved plan name, and asks for a report.",
        "Check that the technology plan on file is in force and names these costs.",
    ),
    "TL-FUND-068": Message(
        "{fund} takes no new applications. It pays only what was committed to this district.",
        "Enter the commitment as an award with its last day, or remove the fund.",
    ),
    "TL-FUND-069": Message(
        "{fund} pays technology of school meals only, such as registers and the meal system.",
        "Keep it apart from cost that serves all of the district.",
    ),
    "TL-FUND-070": Message(
        "Equipment and services on {fund} follow federal rules of procurement, property and records.",
        "Keep quotes or bids, and the property record of what was bought.",
    ),
}
