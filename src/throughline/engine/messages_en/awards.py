"""English words of findings on property bought under awards (TL-PROP)."""

from throughline.engine.findings import Message

MESSAGES: dict[str, Message] = {
    "TL-PROP-001": Message(
        "No physical inventory of equipment bought under {award} is on record. One is due at least every {months} months.",
        "Count it, and enter the day of the count in the award.",
        "throughline set PLAN awards/{id}/inventoried_on=YYYY-MM-DD",
    ),
    "TL-PROP-002": Message(
        "Equipment bought under {award} was last counted on {day}; the next count was due by {due}.",
        "Count it, settle what differs, and enter the day of the count in the award.",
        "throughline set PLAN awards/{id}/inventoried_on=YYYY-MM-DD",
    ),
    "TL-PROP-003": Message(
        "{what} was worth more than {most} when it was disposed of, so {percent} percent of that, {amount}, is owed to the federal "
        "agency.",
        "Ask the agency for instructions; if it permits, {selling} of that may be kept for the cost of selling.",
    ),
    "TL-PROP-004": Message(
        "Whether anything is owed for {what} cannot be said: its value on the day, its price or its federal share is not on record. "
        "Above {most} for a unit a share is owed.",
        "Enter for the disposal the market value on that day, the price received and the federal share.",
        "throughline set PLAN disposals/{id}/fair_value_cents='$0.00'",
    ),
    "TL-PROP-005": Message(
        "{what} was bought with E-Rate and sold or traded in before {day}, within {years} years of its installation.",
        "Take it back if that is possible; tell the program, which may ask for money back.",
    ),
    "TL-PROP-006": Message(
        "The disposal of {what} names the award {award}, which the plan does not have. The rules of a federal award are used.",
        "Add the award, or correct its name in the disposal.",
    ),
    "TL-PROP-007": Message(
        "{what}, bought under a federal award, is recorded as lost, damaged or stolen.",
        "Look into it, keep the report with the property record, and tell the awarding agency where it asks for that.",
    ),
    "TL-PROP-008": Message(
        "The inventory names {count} {count:award that is|awards that are} not described: {names}.",
        "Add an award for each, with its listing number, award number, date, federal share and title holder.",
    ),
    "TL-PROP-009": Message(
        "{what} was disposed of, and the day is not on record.",
        "Enter the day of the disposal, or bring the list with a column Disposal Date; a property record names the day.",
    ),
    "TL-PROP-010": Message(
        "{what} is recorded as disposed of on {day}, before it was acquired on {acquired}.",
        "Correct one of the two days.",
    ),
    "TL-PROP-011": Message(
        "The day on which {what} was disposed of, {day}, is still to come.",
        "Correct the day, or leave the disposal out until then.",
    ),
}
