"""Writes the reference page of parameters from the packs themselves, so that page and rules cannot differ."""

from collections.abc import Iterable
from importlib.resources import files

from throughline.engine.money import dollars
from throughline.engine.rulebook.book import Rulebook
from throughline.engine.rulebook.parameter import Parameter
from throughline.packs.loader import load_rulebook

LEAD = (
    "Every rule, rate and default with its unit, value, the days on which it is in effect, how far it may be trusted and "
    "where it was read. `throughline set PLAN rules/PATH VALUE` replaces a default; a value in effect before or after "
    "stands in a row of its own."
)
HEAD = "| path | value | unit | in effect | standing | source | read on |\n|---|---|---|---|---|---|---|\n"


def parameters_page() -> str:
    """Every parameter as Markdown, one table per first word of the paths, then the rows that states add."""
    book = load_rulebook()
    areas: dict[str, list[Parameter]] = {}
    for path, rows in sorted(book.parameters.items()):
        areas.setdefault(path.partition("/")[0], []).extend(rows)
    parts = [f"## {area}\n\n{_table(rows)}" for area, rows in areas.items()]
    added = [f"## Added by {state.upper()}\n\n{_table(_added(state, book))}" for state in states()]
    return f"# Parameters\n\n{LEAD}\n\n" + "\n".join([*parts, *added])


def states() -> tuple[str, ...]:
    """Postal codes, in lower case, of the states with a pack."""
    folder = files("throughline.packs") / "parameters" / "states"
    return tuple(sorted(entry.name.removesuffix(".csv") for entry in folder.iterdir() if entry.name.endswith(".csv")))


def _added(state: str, book: Rulebook) -> list[Parameter]:
    rows = load_rulebook(state).parameters
    return [row for path in sorted(rows) for row in rows[path] if row not in book.parameters.get(path, ())]


def _table(rows: Iterable[Parameter]) -> str:
    return HEAD + "".join(_line(row) for row in rows)


def _line(row: Parameter) -> str:
    value = dollars(int(row.value)) if row.unit == "cents" else str(row.value)
    unit = "" if row.unit == "cents" else row.unit
    days = f"{row.effective_from} to {row.effective_to}" if row.effective_to else f"from {row.effective_from}"
    note = f" ({row.note})" if row.note else ""
    cells = (
        f"`{row.path}`",
        f"{value}{note}",
        unit,
        days,
        f"{row.standing} ({row.status})",
        row.source,
        row.verified_on,
    )
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |\n"
