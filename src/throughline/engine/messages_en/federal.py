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
        "Enter {setting}, the technology portion as a share of the allocation: 0.35 when 42,000 of 120,000 are for technology.",
    ),
    "TL-FUND-049": Message(
        "The carryover waiver of {fund} for {year_label} follows the one of {before} within {years} years and is not used.",
        "Ask the state; correct carryover_waiver if the years are wrong.",
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
