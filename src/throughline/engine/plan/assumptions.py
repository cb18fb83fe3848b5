"""What the district sets instead of a default, and what it answered during imports."""

from dataclasses import dataclass

from throughline.engine.plan.fields import c1, c2
from throughline.engine.refs import Source


@dataclass(frozen=True, slots=True)
class Assumption:
    """A district value for a rulebook parameter `path`; `value` is its text, read by the parameter's unit."""

    id: str = c1()
    path: str = c1()
    value: str = c1()
    reason: str = c1("")
    effective_from: str = c1("")
    entered_on: str = c1("")
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model name as a source prints it -> the catalog model a person confirmed (empty = known to match none)."""

    id: str = c2()
    raw: str = c2()
    model: str = c2()
    asset_class: str = c2("")
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class ImportMemory:
    """How one source was read: header fingerprint, importer, column mapping and answers, reused at the next import."""

    id: str = c2()
    importer: str = c2()
    columns: tuple[tuple[str, str], ...] = c2(())
    answers: tuple[tuple[str, str], ...] = c2(())
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class AccountRule:
    """A row of the imported account map: plan codes (or `*`) -> local account string; the most specific row wins."""

    id: str = c2()
    account: str = c2()
    fund: str = c2("*")
    function: str = c2("*")
    object: str = c2("*")
    category: str = c2("*")
    site: str = c2("*")
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class SnapshotRef:
    """An applied inventory snapshot: `block` is the digest of its Parquet block, `cohorts` of its kept counts, `systems` of
    the operating systems of the counted devices ('' = an inventory taken before they were kept).
    """

    id: str = c2()
    block: str = c2()
    cohorts: str = c2()
    taken_on: str = c2()
    rows: int = c2(0)
    files: tuple[str, ...] = c2(())
    quality: tuple[tuple[str, str, str], ...] = c2(())  # (what is lacking, asset class, units)
    systems: str = c2("")
    source: Source | None = c2(None)
