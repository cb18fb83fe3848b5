"""What each cell must answer, from the policy table alone."""

from tests.web.matrix.cast import HOME, Actor
from throughline.web.access.policy import FOUNDER, OPERATOR, PUBLIC, SIGNED_IN, policy

PASS = "passes"  # the view answers; what it says is its own matter, but never a refusal of access and never a fault
NOT_FOUND, REFUSED, NO_METHOD, NO_CONTENT, UNKNOWN = "404", "403", "405", "204", "401"
TO_SIGN_IN, TO_FACTOR = "to sign-in", "to second factor"
SAFE = ("GET", "HEAD")


def expected(route: str, method: str, actor: Actor, district: str | None, agency: str | None) -> str:
    """The outcome of a call; `district` and `agency` are the slugs in the address."""
    table = policy()
    methods = table.routes.get(route)
    if route.startswith("api:"):
        return _interface(route, method, actor, district)
    if methods is None:
        return NOT_FOUND
    action = table.action(route, method)
    if action == PUBLIC:
        return PASS
    wrong_method = NO_CONTENT if method == "OPTIONS" else NO_METHOD
    if action is None and PUBLIC in methods.values():
        return wrong_method
    if not actor.signed_in:
        return TO_SIGN_IN if method in SAFE else REFUSED
    if not actor.proved and route not in table.enrolling:
        return TO_FACTOR if method in SAFE else REFUSED
    role = ""
    if district is not None:
        role = actor.districts.get(district, "")
        if not role:
            return NOT_FOUND
    elif agency is not None:
        role = _agency_role(actor, agency)
        if not role:
            return NOT_FOUND
    if action is None:
        return wrong_method if any(may(actor, role, one) for one in methods.values()) else REFUSED
    return PASS if may(actor, role, action) else REFUSED


def may(actor: Actor, role: str, action: str) -> bool:
    """Whether the actor may do it in that role."""
    if action in (SIGNED_IN, PUBLIC):
        return True
    if action == OPERATOR:
        return actor.operator
    if action == FOUNDER:
        return actor.operator or "agency_admin" in _agency_roles(actor)
    return policy().may(role, action)


def _agency_roles(actor: Actor) -> set[str]:
    return {*actor.agencies.values(), *(["agency_admin"] if actor.name == "admin of the other district" else [])}


def _agency_role(actor: Actor, agency: str) -> str:
    if actor.name == "admin of the other district":
        return "agency_admin" if agency != HOME and agency != "nowhere" else ""
    return actor.agencies.get(agency, "")


def _interface(route: str, method: str, actor: Actor, district: str | None) -> str:
    methods = policy().routes.get(route)
    if methods is None:
        return NOT_FOUND
    if method not in methods:
        return NO_METHOD
    action = methods[method]
    if action == PUBLIC:
        return PASS
    if not actor.signed_in and actor.token != "works":
        return UNKNOWN
    if not actor.proved:
        return REFUSED
    if district is None:
        return PASS if action == SIGNED_IN else REFUSED
    role = actor.districts.get(district, "")
    if not role:
        return NOT_FOUND
    if actor.token and not policy().verb_allows(actor.verbs, action):
        return REFUSED
    return PASS if may(actor, role, action) else REFUSED
