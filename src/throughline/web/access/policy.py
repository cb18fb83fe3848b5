"""The policy table: which role may use which route with which method. Read once, from `policy.toml` beside this file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

PUBLIC, SIGNED_IN, OPERATOR = "public", "signed_in", "operator"
UNIVERSAL = (PUBLIC, SIGNED_IN, OPERATOR)


@dataclass(frozen=True)
class Policy:
    """Roles, actions with the roles that may do them, and routes with the action each method needs."""

    roles: tuple[str, ...]
    second_factor: frozenset[str]
    actions: dict[str, frozenset[str]]
    routes: dict[str, dict[str, str]]

    def action(self, route: str, method: str) -> str | None:
        """The action a method of a route needs; None when the route has no such method. KeyError: not classified."""
        methods = self.routes[route]
        return methods.get("GET" if method == "HEAD" else method)

    def may(self, role: str, action: str) -> bool:
        """Whether a role of the district may do it."""
        return role in self.actions.get(action, frozenset())


@cache
def policy() -> Policy:
    """The table; raises ValueError when it contradicts itself."""
    table: dict[str, Any] = tomllib.loads((files(__package__) / "policy.toml").read_text(encoding="utf-8"))
    made = Policy(
        tuple(table["roles"]),
        frozenset(table["second_factor"]),
        {name: frozenset(roles) for name, roles in table["actions"].items()},
        table["routes"],
    )
    known = set(made.roles)
    for name, roles in [*made.actions.items(), ("second_factor", made.second_factor)]:
        if not roles <= known:
            raise ValueError(f"policy.toml: {name} names roles that do not exist: {sorted(roles - known)}")
    for route, methods in made.routes.items():
        unknown = set(methods.values()) - set(made.actions) - set(UNIVERSAL)
        if unknown:
            raise ValueError(f"policy.toml: {route} needs actions that do not exist: {sorted(unknown)}")
    return made
