"""English words of the findings on rules and reference data (TL-RULE)."""

from throughline.engine.findings import Message

MESSAGES: dict[str, Message] = {
    "TL-RULE-010": Message(
        "The value {path} was last read on {verified_on}, {months} months ago; it should be read every {review_months}.",
        "Look it up again, and set the district's own value if it changed.",
        "throughline rules PLAN {path}",
    ),
    "TL-RULE-011": Message(
        "Lists disagree on the support end of {model}: {chosen_list} ({chosen_as_of}) says {chosen_month}, "
        "{other_list} ({other_as_of}) says {other_month}. The plan uses {chosen_month}.",
        "Look the model up at the vendor before a purchase or a replacement depends on it.",
    ),
    "TL-RULE-013": Message(
        "The district's value of {path} cannot be used: {reason}.",
        "Correct it, or remove it; until then the value of the rule packs holds.",
        "throughline set PLAN rules/{path}=none",
    ),
    "TL-RULE-012": Message(
        "{count} rule values were due to be read again; the oldest, {path}, was last read on {verified_on}, {months} months ago.",
        "Update Throughline for newer rule packs, or look the values up and set the district's own.",
        "throughline rules PLAN {path}",
    ),
}
