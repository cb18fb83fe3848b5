"""Column widths of a printed table, in points, from the texts in it: figures never wrap, texts share what is left."""

from throughline.engine.table import Unit
from throughline.reports.document import TableBlock

FULL = 468
LETTER = 4.75  # mean width of a letter at 9 pt
DIGIT = 5.5  # tabular digits are wide
GAP = 12
DENSE = 9  # columns from which letters are 8 pt and gaps narrow
NARROW_GAP = 6
LINE = 11.5  # height of a line of a row, its padding apart
WIDE_TEXT = 190
FIRST = 128  # row labels stand clear of the figures


def column_widths(block: TableBlock, right: list[bool]) -> list[float]:
    """Widths that add up to the full line; `block.widths` are taken as shares when given."""
    if block.widths:
        whole = sum(block.widths)
        return [round(FULL * share / whole, 2) for share in block.widths]
    small = 0.89 if len(block.head) >= DENSE else 0.945 if len(block.head) >= 7 else 1.0
    gap = NARROW_GAP if len(block.head) >= DENSE else GAP
    least = [_least(block, j, flag) * small + (gap if flag else GAP) for j, flag in enumerate(right)]
    wish = [
        low if flag else max(low, min(_longest(block, j) * LETTER * small + GAP + _swatch(block, j), WIDE_TEXT))
        for j, (low, flag) in enumerate(zip(least, right, strict=True))
    ]
    if block.head and sum(wish) > FULL:
        return _squeezed(least, wish)
    if not right[0]:
        wish[0] = max(wish[0], min(FIRST, wish[0] + FULL - sum(wish)))
    spare = FULL - sum(wish)
    takers = [j for j, flag in enumerate(right) if flag] or list(range(len(wish)))
    return [round(w + spare / len(takers), 2) if j in takers else round(w, 2) for j, w in enumerate(wish)]


def _swatch(block: TableBlock, j: int) -> int:
    return 16 if j == 0 and block.swatches else 0


def _longest(block: TableBlock, j: int) -> int:
    return max([len(block.head[j]), *(len(row[j]) for row in block.cells)])


def _least(block: TableBlock, j: int, figures: bool) -> float:
    """Letters a column needs: the longest cell when figures or dates, the longest word otherwise; gaps come on top."""
    words = [len(word) for text in (block.head[j], *(row[j] for row in block.cells)) for word in text.split()]
    word = max(words, default=3) * LETTER * 1.06
    if figures or block.table.columns[j].unit is Unit.DATE:
        width = DIGIT if figures else LETTER * 1.08
        return max([word, *(len(row[j]) * width for row in block.cells)])
    return min(word, 120) + _swatch(block, j)


def _squeezed(least: list[float], wish: list[float]) -> list[float]:
    """Texts give way in proportion to what they want beyond their longest word; then everything shrinks alike."""
    over, room = sum(wish) - FULL, [w - low for w, low in zip(wish, least, strict=True)]
    if sum(room) >= over:
        return [round(w - over * r / sum(room), 2) for w, r in zip(wish, room, strict=True)]
    return [round(low * FULL / sum(least), 2) for low in least]


def height(block: TableBlock, widths: list[float]) -> float:
    """About how tall the table prints, in points; longer than a page, it has to break."""
    small = 0.89 if len(block.head) >= DENSE else 0.945 if len(block.head) >= 7 else 1.0
    padding = 6.4 if len(block.cells) > 14 else 9.2
    lines = (
        max(
            [
                1,
                *(
                    -(-int(len(cell) * LETTER * small) // max(int(w - 8), 1))
                    for cell, w in zip(row, widths, strict=True)
                ),
            ]
        )
        for row in block.cells
    )
    return sum(count * LINE * small + padding for count in lines)
