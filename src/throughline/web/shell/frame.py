"""What every page's frame needs: the district, the rooms its reader may enter, and the reader's role in words."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.urls import reverse

from throughline.app.year_cycle import PlanningYear, planning_year
from throughline.web.accounts.models import AGENCY_ROLES, ROLES
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead
from throughline.web.rooms.base import rooms
from throughline.web.teamwork.words import waiting_for, words_of_version

ROLE_WORDS = dict((*ROLES, *AGENCY_ROLES))
KEYS = {  # second key after g; letters are told apart, so that every room keeps its own
    "plan": "p",
    "inventory": "i",
    "refresh": "r",
    "costs": "c",
    "funds": "f",
    "goals": "g",
    "decide": "d",
    "trust": "t",
    "voices": "v",
    "documents": "o",
    "records": "e",
    "settings": "s",
    "tasks": "w",
    "people": "l",
    "audit": "a",
    "intake": "m",
}


def frame(request: Any) -> dict[str, Any]:
    """Context of base.html."""
    standing = getattr(request, "standing", None)
    if standing is None:
        return {"district": None, "menu": [], "room": None, "role_words": ""}
    counts = {"tasks": _once(lambda: waiting_for(request.user.pk, standing.role))}
    here = request.resolver_match.namespace if request.resolver_match else ""
    menu = [
        {
            "title": room.title,
            "icon": room.icon,
            "key": KEYS.get(room.id, ""),
            "address": reverse(room.home, args=[standing.district.slug]),
            "current": room.id == here,
            "count": counts.get(room.id, 0),
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
        "version_words": _once(words_of_version),
        "planning_year": lambda: _planning_year(standing.district),
    }


def _once(function: Callable[[], Any]) -> Callable[[], Any]:
    """Asked for only by pages that show it, and then once."""
    return cache(function)


def _planning_year(district: Any) -> PlanningYear:
    """Asked for only by pages that show it, so that a page of an error never needs the plan."""
    opened = store.open_district(district)
    return planning_year(store.day_of(PlanHead.objects.get()), opened.plan.district.fiscal_year_start_month)


class _Allowed:
    """`may.plan_edit` in a template: whether the reader may do the action `plan.edit`."""

    def __init__(self, standing: Any) -> None:
        self._standing = standing

    def __getitem__(self, name: str) -> bool:
        return bool(self._standing.may(name.replace("_", ".", 1)))
