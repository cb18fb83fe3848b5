"""English words of findings on plan and finance system (TL-BUD)."""

from throughline.engine.findings import Message

MESSAGES: dict[str, Message] = {
    "TL-BUD-001": Message(
        "{year_label}: spent and on order exceed the plan by {amount} in {count} {grain}{count:|s}: {names}.",
        "Look at what was bought there. Correct the plan, or say why it costs more; the limit is the rule budget/notable-difference.",
    ),
    "TL-BUD-002": Message(
        "{year_label}: the finance system budgets {amount} in {count} {grain}{count:|s} where the plan costs nothing: {names}.",
        "Add what the money is for to the plan, check the account map, or give the money back to where it is needed.",
    ),
    "TL-BUD-003": Message(
        "{year_label}: the plan costs {amount} in {count} {grain}{count:|s} without a budget: {names}.",
        "Ask for a budget there (document Budget request), or check the account map.",
    ),
    "TL-BUD-004": Message(
        "{year_label}: {count} {count:account stands|accounts stand} in more than one budget export ({exports}). {amount} may be counted "
        "twice.",
        "Remove the lines of the export that is no longer in force (Records, Amounts of the finance system).",
    ),
}
