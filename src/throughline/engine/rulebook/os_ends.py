"""When support of an operating system's release ends, and for which releases the district takes that for the end of devices.

A release is supported through its last day. The lists and their order are those of `support.py`; a release that the
catalog says ends with its device (ChromeOS) has no end of its own.
"""

from datetime import date

from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.catalog import OsRelease
from throughline.engine.rulebook.support import Standing, SupportView, resolve_support

DEVICES_END = "support/os-ends-devices"  # releases whose devices cannot be upgraded, ids with blanks between them
NO_RELEASE = "none"


def release_view(rules: RulesAt, release: str) -> SupportView:
    """The end of a release as the lists state it."""
    order = str(rules.row("support/origin-order").value).split()
    return resolve_support(rules.book.support_ends.get(release, ()), order, rules.on)


def has_ended(view: SupportView, on: date) -> bool:
    """Whether support is over on a day: the day after the last one."""
    return view.standing is Standing.ENDED or (view.end is not None and view.end < on)


def extension_of(release: OsRelease, on: date) -> date | None:
    """The last day of support that can still be paid for, None when none is offered or it is over as well."""
    last = release.extended_end
    return last if last is not None and last >= on else None


def releases_that_end_devices(rules: RulesAt) -> tuple[str, ...]:
    """Releases the district named, in its order, known or not."""
    row = rules.find(DEVICES_END)
    words = str(row.value).replace(",", " ").split() if row is not None else []
    return tuple(dict.fromkeys(word for word in words if word != NO_RELEASE))
