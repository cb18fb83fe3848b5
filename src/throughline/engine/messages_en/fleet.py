"""English words of the findings on inventories as files: duplicates, orders, lists that disagree (TL-FLEET)."""

from throughline.engine.findings import Message

MESSAGES: dict[str, Message] = {
    "TL-FLEET-001": Message(
        "{count} lines name a device that stands in the same file already; each device is counted once.",
        "Look for repeated serial numbers in the file; the line seen last by the console was taken, else the first.",
    ),
    "TL-FLEET-002": Message(
        "{count} devices of the earlier export are not in this one; they no longer count as devices in use.",
        "If the export was filtered or cut short, take that import back and export all devices.",
        "throughline undo PLAN",
    ),
    "TL-FLEET-003": Message(
        "{count} devices have a placeholder instead of a serial number (such as N/A, TBD or 0000).",
        "Enter their serial numbers or asset tags at the source, so that they can be told apart.",
    ),
    "TL-FLEET-004": Message(
        "{arrived} of {ordered} ordered devices are in the inventory by now; only the rest still counts as on order.",
        "Nothing to do; mark the order as received at the source when it is complete.",
    ),
    "TL-FLEET-005": Message(
        "{count} devices are in the management console but not in the asset register.",
        "Add them to the register, or find out who enrolled them; the plan counts them.",
    ),
    "TL-FLEET-006": Message(
        "{count} devices are in the asset register but not in the management console.",
        "Find them, or mark them as lost or retired in the register; the plan still renews them.",
    ),
    "TL-FLEET-007": Message(
        "{count} devices have not been seen by the management console for {days} days or more, yet the register has "
        "them in use.",
        "Collect them or mark them as missing; the plan still renews them.",
    ),
    "TL-FLEET-008": Message(
        "The management console and the asset register disagree on the {attribute} of {count} devices.",
        "Correct the wrong list; until then the plan follows the order of sources printed with the inventory.",
    ),
    "TL-FLEET-009": Message(
        "{count} of {all} corrections name a device that the inventory does not list.",
        "Take them back, or look for the device under its new serial number or asset tag.",
    ),
}
