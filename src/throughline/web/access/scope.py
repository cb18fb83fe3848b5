"""Which district the work at hand belongs to, and who does it: queries fail closed when nothing was said."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models

ALL = "all districts"
M = TypeVar("M", bound=models.Model)

_district: ContextVar[int | str | None] = ContextVar("district", default=None)


@dataclass(frozen=True)
class Actor:
    """Who acts: an account, a token or the server itself; `request` ties entries of one request together."""

    name: str
    user: int | None = None
    request: str = ""


SERVER = Actor("server")
_actor: ContextVar[Actor] = ContextVar("actor", default=SERVER)


class NoScopeError(RuntimeError):
    """A table of districts was asked without saying whose rows are wanted; a mistake of ours, never of the user."""


def scope() -> int | str:
    """The district in force or ALL; raises NoScopeError."""
    found = _district.get()
    if found is None:
        raise NoScopeError("no district is set; use within_district() or across_districts()")
    return found


@contextmanager
def within_district(district: int) -> Iterator[None]:
    """Queries see the rows of this district only."""
    token = _district.set(district)
    try:
        yield
    finally:
        _district.reset(token)


@contextmanager
def across_districts() -> Iterator[None]:
    """Queries see every district: for backup, sign-in and the agency's own pages; each use is named in a test."""
    token = _district.set(ALL)
    try:
        yield
    finally:
        _district.reset(token)


def enter(district: int | None, actor: Actor) -> tuple[Any, Any]:
    """Set both until `leave`, for a request whose view is called by someone else."""
    return _district.set(district), _actor.set(actor)


def leave(tokens: tuple[Any, Any]) -> None:
    """End what `enter` began."""
    _district.reset(tokens[0])
    _actor.reset(tokens[1])


def actor() -> Actor:
    """Who acts now."""
    return _actor.get()


@contextmanager
def acting(who: Actor) -> Iterator[None]:
    """Work in the name of someone, outside a request."""
    token = _actor.set(who)
    try:
        yield
    finally:
        _actor.reset(token)


class ScopedManager(models.Manager[M], Generic[M]):
    """Rows of the district in force; raises NoScopeError when none is."""

    def get_queryset(self) -> models.QuerySet[M]:
        """The rows that may be seen."""
        found = scope()
        rows = super().get_queryset()
        return rows if found == ALL else rows.filter(district_id=found)


class ScopedModel(models.Model):
    """A table whose every row belongs to a district."""

    district = models.ForeignKey("districts.District", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects: ScopedManager[Any] = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
