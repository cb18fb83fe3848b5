"""What every page's frame needs: the district, the rooms its reader may enter, and the reader's role in words."""

from typing import Any

from django.urls import reverse

from throughline.web.accounts.models import AGENCY_ROLES, ROLES
from throughline.web.rooms.base import rooms

ROLE_WORDS = dict((*ROLES, *AGENCY_ROLES))


def frame(request: Any) -> dict[str, Any]:
    """Context of base.html."""
    standing = getattr(request, "standing", None)
    if standing is None:
        return {"district": None, "menu": [], "room": None, "role_words": ""}
    here = request.resolver_match.namespace if request.resolver_match else ""
    menu = [
        {
            "title": room.title,
            "icon": room.icon,
            "address": reverse(room.home, args=[standing.district.slug]),
            "current": room.id == here,
        }
        for room in rooms()
        if standing.may(room.action)
    ]
    current = next((room for room in rooms() if room.id == here), None)
    return {
        "district": standing.district,
        "menu": menu,
        "room": current,
        "role": standing.role,
        "role_words": ROLE_WORDS[standing.role],
        "may": _Allowed(standing),
    }


class _Allowed:
    """`may.plan_edit` in a template: whether the reader may do the action `plan.edit`."""

    def __init__(self, standing: Any) -> None:
        self._standing = standing

    def __getitem__(self, name: str) -> bool:
        return bool(self._standing.may(name.replace("_", ".", 1)))
