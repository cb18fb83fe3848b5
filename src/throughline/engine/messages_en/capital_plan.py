"""English words of the findings on published capital plans (TL-PLAN)."""

from throughline.engine.findings import Message

MESSAGES: dict[str, Message] = {
    "TL-PLAN-001": Message(
        "In {document} the row {key} states a total of {stated}, but its periods add up to {computed} "
        "(difference {difference}).",
        "Compare the row with the published page. Correct the file where it was copied wrong; if the page is wrong, "
        "keep it: the plan uses the periods, not the stated total.",
    ),
    "TL-PLAN-002": Message(
        "In {document} the column {key} states a total of {stated}, but its rows add up to {computed} "
        "(difference {difference}).",
        "Look for a row that is missing or counted twice. The plan uses the rows, not the stated total.",
    ),
    "TL-PLAN-003": Message(
        "{document} states a grand total of {stated} for {key}, but the rows add up to {computed} "
        "(difference {difference}).",
        "Look for items the page leaves out. The plan uses the rows; add a line for the remainder if it is real.",
    ),
    "TL-PLAN-004": Message(
        "In {document}, {item}: {quantity} x {unit} is {product}, but the row states {stated} "
        "(difference {difference}).",
        "Check quantity, unit price and amount. The plan uses the stated amount.",
    ),
    "TL-PLAN-005": Message(
        "{document} states a total of {stated} units for {key}, but the rows add up to {computed} "
        "(difference {difference}).",
        "Ask the author of the document which figure holds. The plan keeps the rows.",
    ),
    "TL-PLAN-006": Message(
        "In {document} the rows for {key} add up to {computed}, more than the stated limit of {stated} ({difference}).",
        "Lower the rows, raise the limit, or name another funding source for the excess.",
    ),
    "TL-PLAN-007": Message(
        "In {document} the rows for {key} add up to {computed} units, more than the stated {stated} ({difference}).",
        "The rows overlap or count new units. Ask the author which; the plan keeps the rows.",
    ),
    "TL-PLAN-008": Message(
        "{document} funds {funding} in {period} but requests {requests} (difference {difference}).",
        "Name the missing source, or correct the request.",
    ),
    "TL-PLAN-009": Message(
        "{document} has {item} as part of another line, but does not say of which.",
        "Put the name of the whole line into the column 'part of', exactly as it stands in the table.",
    ),
    "TL-PLAN-010": Message(
        "In {document} the parts of {item} add up to {parts}, more than the whole line of {whole}.",
        "Check the parts, or make them lines of their own.",
    ),
    "TL-PLAN-011": Message(
        "{document} puts {amount} into {period}, which is not a fiscal year. It is shown, but stands in no "
        "yearly total.",
        "If you know the year, write it as FY2027 or 2026-27 and import the table again.",
    ),
    "TL-PLAN-012": Message(
        "Lines without an amount in {document}: {count}, the first {item}. Their cost is in no total.",
        "Add amounts or unit prices to the table.",
    ),
    "TL-PLAN-013": Message(
        "In {document}, {item} in {period} is {amount}, exactly the sum of the other rows, so it may be counted twice.",
        "If it is their total, call the row Total and import the table again.",
    ),
    "TL-PLAN-014": Message(
        "Items without a category in {document}: {count}, the first {item}. Their {amount} stands under a default "
        "category.",
        "Add a category column with TCO codes such as D3.2, or give the code in the workbook.",
    ),
    "TL-PLAN-015": Message(
        "In {document}, {item} adds up to {amount} below zero in {year_label}. Less than nothing is no cost, so it is left out.",
        "If it is money that comes in, mark the row as revenue or as a funding source and import the table again.",
    ),
    "TL-PLAN-016": Message(
        "{document} and {other} have {count} requests in common, worth {amount}. Both are counted.",
        "If one is a copy or an older version of the other, take its import back.",
        "throughline undo PLAN",
    ),
    "TL-PLAN-017": Message(
        "{label}: the imported table asks for them in {years}, and the plan renews the fleet in the same years. {amount} may be "
        "counted twice.",
        "Leave these rows out of the table, or keep the table and take the devices out of the renewal with decisions.",
    ),
}
