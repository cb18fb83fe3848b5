"""English words of the findings on operating systems (TL-OS)."""

from throughline.engine.findings import Message

_CANNOT = "Where a device cannot be upgraded, say so for this release under Ends of support; the plan then replaces it in time."
MESSAGES: dict[str, Message] = {
    "TL-OS-001": Message(
        "Support of {label} ended on {day}, and {units} {units:device runs|devices run} it ({sites}).",
        "Upgrade them, most often for nothing, or retire them. " + _CANNOT,
    ),
    "TL-OS-002": Message(
        "Support of {label} ended on {day}, and {units} {units:device runs|devices run} it ({sites}). Support that is paid for "
        "goes on to {paid_to_day}.",
        "Upgrade them, most often for nothing, pay for the extension, or retire them. " + _CANNOT,
    ),
    "TL-OS-003": Message(
        "Support of {label} ends on {day}, in {year}, and {units} {units:device runs|devices run} it ({sites}).",
        "Plan the upgrade before that day. " + _CANNOT,
    ),
    "TL-OS-004": Message(
        "Support of {label} has ended, the day is not stated, and {units} {units:device runs|devices run} it ({sites}).",
        "Upgrade them, most often for nothing, or retire them. " + _CANNOT,
    ),
    "TL-OS-005": Message(
        "For {units} {units:device|devices} the release of the operating system cannot be told from what the inventory prints "
        "({names}), so nothing is known of the end of its support.",
        "Export version and edition too: Windows 11 needs the build and whether it is Home and Pro, or Enterprise and Education.",
    ),
    "TL-OS-006": Message(
        "Devices are to end with {release}, but no list states an end of its support, so nothing changes.",
        "Look the release up under Ends of support and name it as it stands there, or take it out of the list.",
    ),
}
