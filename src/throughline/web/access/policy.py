"""The policy table: which role may use which route with which method. Read once, from `policy.toml` beside this file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

PUBLIC, SIGNED_IN, OPERATOR, FOUNDER = "public", "signed_in", "operator", "founder"
UNIVERSAL = (PUBLIC, SIGNED_IN, OPERATOR, FOUNDER)


@dataclass(frozen=True)
class Policy:
    """Roles, actions with the roles that may do them, and routes with the action each method needs."""

    district_roles: dict[str, str]  # role -> words, in the order in which lists show them
    agency_roles: dict[str, str]
    second_factor: frozenset[str]
    short_idle: frozenset[str]  # actions whose holders are signed out sooner
    actions: dict[str, frozenset[str]]
    routes: dict[str, dict[str, str]]
    enrolling: frozenset[str]  # routes open before a compulsory second factor exists
    proving: frozenset[str]  # routes open before an existing second factor was used
    quiet: frozenset[str]  # routes that pages ask by themselves: no activity of a person
    verbs: dict[str, frozenset[str]]  # verb of a token -> actions

    @property
    def roles(self) -> dict[str, str]:
        """All roles with their words."""
        return {**self.district_roles, **self.agency_roles}

    def action(self, route: str, method: str) -> str | None:
        """The action a method of a route needs; None when the route has no such method. KeyError: not classified."""
        methods = self.routes[route]
        return methods.get("GET" if method == "HEAD" else method)

    def may(self, role: str, action: str) -> bool:
        """Whether a role of the district may do it."""
        return role in self.actions.get(action, frozenset())

    def verb_allows(self, verbs: tuple[str, ...], action: str) -> bool:
        """Whether a token with these verbs may do it."""
        return any(action in self.verbs.get(verb, frozenset()) for verb in verbs)


@cache
def policy() -> Policy:
    """The table; raises ValueError when it contradicts itself."""
    table: dict[str, Any] = tomllib.loads((files(__package__) / "policy.toml").read_text(encoding="utf-8"))
    before = table["before_second_factor"]
    made = Policy(
        table["district_roles"],
        table["agency_roles"],
        frozenset(table["second_factor"]),
        frozenset(table["short_idle"]),
        {name: frozenset(roles) for name, roles in table["actions"].items()},
        table["routes"],
        frozenset(before["enrolling"]),
        frozenset(before["proving"]),
        frozenset(table["quiet"]),
        {verb: frozenset(actions) for verb, actions in table["token_verbs"].items()},
    )
    known = set(made.roles)
    for name, roles in [*made.actions.items(), ("second_factor", made.second_factor)]:
        if not roles <= known:
            raise ValueError(f"policy.toml: {name} names roles that do not exist: {sorted(roles - known)}")
    for route, methods in made.routes.items():
        unknown = set(methods.values()) - set(made.actions) - set(UNIVERSAL)
        if unknown:
            raise ValueError(f"policy.toml: {route} needs actions that do not exist: {sorted(unknown)}")
    lists = made.enrolling | made.proving | made.quiet
    if lists - set(made.routes):
        raise ValueError(f"policy.toml: no such routes: {sorted(lists - set(made.routes))}")
    if made.short_idle - set(made.actions):
        raise ValueError(f"policy.toml: no such actions: {sorted(made.short_idle - set(made.actions))}")
    return made
