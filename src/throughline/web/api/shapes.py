"""Shapes of answers, for the description of the interface."""

from typing import Any

from ninja import Schema


class Problem(Schema):
    """Why a call was refused."""

    detail: str


class Entry(Schema):
    """A district that the caller may enter."""

    slug: str
    name: str
    role: str


class Me(Schema):
    """Who calls, and where it may go."""

    email: str
    districts: list[Entry]


class Listing(Schema):
    """A page of records: each with its version."""

    count: int
    page: int
    pages: int
    records: list[dict[str, Any]]


class Revision(Schema):
    """A step of the plan."""

    number: int
    what: str
    at: str
    by: str
    digest: str
    undoes: int | None
    undone_by: int | None


class Step(Schema):
    """The plan after a step."""

    digest: str
    number: int
    what: str


class Override(Schema):
    """One what-if: a path of the plan or `rules/...`, its value as text, and why."""

    path: str
    value: str
    reason: str = ""


class RunOrder(Schema):
    """A run with overrides; nothing is saved."""

    overrides: list[Override] = []
    name: str = "what-if"


class Assignments(Schema):
    """`PATH=VALUE` texts as `throughline set` takes them; all of them or none."""

    assignments: list[str]
    reason: str = ""


class Written(Schema):
    """Whether anything changed, and the plan's digest afterwards."""

    changed: bool
    digest: str


class Document(Schema):
    """A built document; `address` gives the file, `run` names the figures in it."""

    number: int
    report: str
    format: str
    run: str
    digest: str
    bytes: int
    built_at: str
    stale: bool
    address: str


class Work(Schema):
    """Long work: `state` queued, running, done, failed or cancelled; `documents` once it is done."""

    job: int
    state: str
    percent: int
    words: str
    reason: str
    address: str
    documents: list[Document]


class Figure(Schema):
    """A figure explained: parts add up to it; the tree ends in sources."""

    title: str
    cents: int
    run: str
    parts: list[dict[str, Any]]
    tree: list[dict[str, Any]]
