"""Whole sets of records leave at most ten times an hour for each account, whichever page they leave by."""

from typing import Any

from django.utils.translation import gettext_lazy

from throughline.web.access import limits

TOO_MANY = gettext_lazy(
    "Ten exports an hour are the most, so that nobody carries everything away unseen. Wait about {minutes} minutes."
)


def refusal(request: Any) -> str:
    """Count an export of the account; nothing when it may go ahead, else what to tell the person."""
    wait = limits.take(limits.EXPORT, str(request.user.pk)).wait
    return TOO_MANY.format(minutes=-(-wait // 60)) if wait else ""
