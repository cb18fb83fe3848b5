"""Which slides a document makes: one for each first-level heading that has something to show, a numbered list apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from throughline.engine.table import Unit
from throughline.reports.document import (
    Block,
    Bullets,
    Chart,
    Cover,
    Document,
    Figures,
    Heading,
    Lead,
    Paragraph,
    TableBlock,
    plain,
)
from throughline.reports.writers.slides.grid import lines_of

MOST_LINES = 15  # of a table on one slide, its head included; a longer one goes on on the next
MOST_POINTS = 5  # beside a picture
PLAIN_COLUMNS = 9  # a table of more is for paper


@dataclass
class Part:
    """One slide: at most one picture and one table, a few points, and what the speaker says."""

    title: str
    lead: str = ""
    figures: Figures | None = None
    chart: Chart | None = None
    table: TableBlock | None = None
    points: list[str] = field(default_factory=list)
    points_title: str = ""
    numbered: bool = False
    small: str = ""
    spoken: list[str] = field(default_factory=list)

    def shows(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.figures or self.chart or self.table or self.points)


def cover_of(document: Document) -> Cover | None:
    """The cover, None for a document without."""
    return next((block for block in document.blocks if isinstance(block, Cover)), None)


def parts_of(document: Document) -> Iterator[Part]:
    """The slides in order; long tables go on on further slides."""
    for heading, blocks in _sections(document.blocks):
        for part in _slides(heading, blocks):
            yield from _continued(part)


def _sections(blocks: tuple[Block, ...]) -> list[tuple[str, list[Block]]]:
    found: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            found.append((block.text, []))
        elif found:
            found[-1][1].append(block)
    return found


def _slides(title: str, blocks: list[Block]) -> Iterator[Part]:
    part, below = Part(title), ""
    asked: Part | None = None
    for block in blocks:
        if isinstance(block, Heading):
            below = block.text
        elif isinstance(block, Bullets) and block.numbered:
            asked = Part(below or title, points=[plain(item) for item in block.items], numbered=True)
        elif isinstance(block, Paragraph):
            if block.small and asked is not None:
                asked.small = plain(block.text)
            else:
                part.spoken.append(plain(block.text))
        else:
            _take(part, block, below)
    if part.shows():
        yield part
    if asked is not None:
        yield asked


def _take(part: Part, block: Block, below: str) -> None:
    """What a slide takes of a block: the first of each kind; a picture wins over its table."""
    if isinstance(block, Lead):
        part.lead = part.lead or plain(block.text)
    elif isinstance(block, Figures):
        part.figures = part.figures or block
    elif isinstance(block, Chart):
        part.chart = part.chart or block
    elif isinstance(block, TableBlock):
        if part.table is None and part.chart is None and _for_slides(block):
            part.table = block
    elif isinstance(block, Bullets) and not part.points:
        part.points, part.points_title = [plain(item) for item in block.items][:MOST_POINTS], below


def _for_slides(block: TableBlock) -> bool:
    """Whether a table has figures and few enough columns; one of words alone is read on paper."""
    figures = any(column.unit not in (Unit.TEXT, Unit.DATE) for column in block.table.columns)
    return figures and len(block.head) <= PLAIN_COLUMNS


def _continued(part: Part) -> Iterator[Part]:
    table = part.table
    if table is None:
        yield part
        return
    head, *lines = lines_of(table)
    starts, used = [0], head
    for row, tall in enumerate(lines):
        if used + tall > MOST_LINES and row > starts[-1]:
            starts.append(row)
            used = head
        used += tall
    if len(starts) == 1:
        yield part
        return
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        cut = slice(start, end)
        piece = replace(table, table=replace(table.table, rows=table.table.rows[cut]), cells=table.cells[cut])
        title = part.title if start == 0 else f"{part.title} (continued)"
        yield replace(part, title=title, table=piece, points=[], small="")
