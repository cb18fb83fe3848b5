"""Document: the neutral tree between reports and writers. Every number in it is already text or a cell of a Table.

A block is one thing a reader meets in order: a heading, a lead, a paragraph, a list, a strip of key figures, a table, a
chart with its words, terms with meanings, an explanation. Blocks of one kind are told apart by their class alone.
"""

from dataclasses import dataclass

from throughline.engine.table import Table, Unit


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `note` is the id of the explanation that a reader can follow from here."""

    text: str
    strong: bool = False
    note: str = ""


Text = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (starts a page in the long form), 2 or 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Lead:
    """The sentence that answers the heading's question with a figure."""

    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text; `small` is a note under a table."""

    text: Text
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `numbered` when order or reference matters."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A strip of key figures: (figure, what it is); the figure may point to its explanation."""

    items: tuple[tuple[Text, str], ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Words with their meanings, or labels with what was given."""

    items: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A Table as it is shown: `head` and `cells` are text, `table` keeps the typed values, `emphasis` names rows by key.

    Emphasis: gap (not funded), pick (recommended), sum (subtotal). `widths` are shares of the line, empty = automatic.
    """

    caption: str
    table: Table
    head: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    emphasis: tuple[tuple[str, str], ...] = ()
    swatches: tuple[tuple[str, str], ...] = ()  # row key -> role of the chart's colour
    widths: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.cells) or len(self.cells) != len(self.table.rows):
            raise ValueError(f"table {self.table.id}: shown cells do not match its rows and columns")
        refuse_totals(self.table)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a Table: `kind` is a chart of `writers/charts.py`, `options` its settings, `alt` its words."""

    caption: str
    unit: str
    kind: str
    table: Table
    labels: tuple[tuple[str, ...], ...]  # what is printed at each mark, by row and column of the table
    alt: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page of the long form."""

    kicker: str
    title: str
    subtitle: str
    lead: Text
    funded_share: int | None  # hundredths of a percent, None = not known
    facts: tuple[str, ...]
    contents_title: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that needs something nobody has given yet: it is named, never filled with invention."""

    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ExplanationBlock:
    """How one figure comes about: rows of (indent, text, value, how, source); `note` is what spans point to."""

    note: str
    title: str
    lines: tuple[tuple[int, str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page."""


@dataclass(frozen=True, slots=True)
class SumIfs:
    """A live sum of column `value` of sheet `sheet` over rows where columns agree.

    `by_row` names the column there that must equal this row's key, `by_head` the one that must equal this column's header,
    `fixed` columns that must equal a text, or differ from it when it begins with `<>`; empty = no such condition.
    """

    sheet: str
    value: str
    by_row: str = ""
    by_head: str = ""
    fixed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Combine:
    """A live sum of other columns of the same row, less others."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """Which cells of a sheet are computed live: `columns` of the body rows with these keys (empty = all body rows)."""

    columns: tuple[str, ...]
    rule: SumIfs | Combine
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet of typed values; cells with a formula carry the table's value as cached result, totals are live sums.

    `key_label` shows row keys in a first column. `edit` marks sheets to change and import again: the header row holds
    column keys, nothing stands above it, and numbers given as text stay what they are. `dollars` marks tables that another program
    reads as money: a flat file then holds dollars with two decimals in place of whole cents.
    """

    name: str
    table: Table
    formulas: tuple[Formula, ...] = ()
    key_label: str = ""
    intro: str = ""
    edit: bool = False
    dollars: bool = False


Block = (
    Heading
    | Lead
    | Paragraph
    | Bullets
    | Figures
    | Terms
    | TableBlock
    | Chart
    | Cover
    | Missing
    | ExplanationBlock
    | PageBreak
    | Sheet
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A picture with its words."""

    format: str
    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What belongs to the whole document."""

    title: str
    short: str  # running head
    district: str
    description: str
    run: str
    disclaimer: str
    date: str  # ISO date; the only date in the bytes
    language: str = "en"
    region: str = "US"
    keywords: tuple[str, ...] = ()
    author: str = ""
    sample: str = ""
    mark: Mark | None = None
    flowing: bool = False  # short form: first-level headings do not start a page


@dataclass(frozen=True, slots=True)
class Document:
    """A report before it becomes bytes."""

    id: str
    meta: Meta
    blocks: tuple[Block, ...]


def plain(text: Text) -> str:
    """The words of a text without emphasis or notes."""
    return "".join(span.text for span in text)


def refuse_totals(table: Table) -> None:
    """Raise ValueError when a total row carries a number in a column whose values may not be added up."""
    for row in table.rows:
        if row.kind == "total":
            for column, value in zip(table.columns, row.values, strict=True):
                if isinstance(value, int) and not column.additive and column.unit in (Unit.CENTS, Unit.COUNT):
                    raise ValueError(f"table {table.id}: column {column.key} is not additive and has a total")
