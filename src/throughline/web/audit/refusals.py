"""A refusal is an entry too, whoever refused it (policy table, interface, a form without its token): who asked for what, and where.

Only requests of an account or a token are written down: a stranger could fill the log.
"""

from contextlib import nullcontext
from typing import Any

from throughline.web.access.scope import Actor, acting, actor, within_district
from throughline.web.audit.log import append


def note_refusal(request: Any) -> None:
    """Write it down; the address itself is not kept, because it may name what the person must not know."""
    who, where = actor(), request.district
    if who.user is None and request.user.is_authenticated:  # refused before the gate looked
        who = Actor(request.user.email, request.user.pk, who.request)
    if who.user is None or request.resolver_match is None:
        return
    route = request.resolver_match.view_name
    with acting(who), nullcontext() if where is None else within_district(where.pk):
        append("request.refused", "route", route=route, method=request.method[:10], role=request.role)
