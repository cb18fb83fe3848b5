"""Display rounding: whole thousands (or dollars) that still add up, without touching the ledger's cents.

Rule. A table of cents is shown in a larger unit. The grand total is rounded half up; the years share it by largest
remainder; every inner cell is then rounded down or up (never further) so that each column adds up to its shown total, and
ups are spread so that each row's sum stays within one unit of its exact sum wherever that is possible. This is controlled
rounding (L. H. Cox, "A constructive procedure for unbiased controlled rounding", JASA 82, 1987), with unbiasedness given
up for a fixed result: equal remainders go to the earlier cell.
"""

from collections import deque
from collections.abc import Sequence

Cells = list[list[int]]


def half_up(value: int, unit: int) -> int:
    """`value` in whole units; halves go away from zero."""
    size = (2 * abs(value) + unit) // (2 * unit)
    return -size if value < 0 else size


def spread(values: Sequence[int], unit: int, total: int | None = None) -> list[int]:
    """One line in whole units that adds up to `total` (default: its own sum, half up), each value within one unit."""
    target = half_up(sum(values), unit) if total is None else total
    down = [value // unit for value in values]
    order = sorted(range(len(values)), key=lambda i: (-(values[i] % unit), i))
    ups = [i for i in order if values[i] % unit]
    need = target - sum(down)
    if not 0 <= need <= len(ups):
        # an already rounded target may ask for more than the fractions can give: the largest value absorbs the rest
        rest = need if need < 0 else need - len(ups)
        need -= rest
        if values:
            down[max(range(len(values)), key=lambda i: (abs(values[i]), -i))] += rest
    for i in ups[:need]:
        down[i] += 1
    return down


def grid(rows: Sequence[Sequence[int]], unit: int, columns: Sequence[int] | None = None) -> Cells:
    """Rows of cents in whole units; column sums equal `columns` (default: the column totals as `spread` shows them)."""
    if not rows:
        return []
    exact = [sum(column) for column in zip(*rows, strict=True)]
    targets = list(columns) if columns is not None else spread(exact, unit)
    shown: Cells = [[] for _ in rows]
    carried = [0] * len(rows)  # exact minus shown so far: who was rounded down goes up sooner
    for j, target in enumerate(targets):
        column = [row[j] for row in rows]
        wanted = [
            value % unit + carry if value % unit else -unit * unit for value, carry in zip(column, carried, strict=True)
        ]
        filled = _column(column, wanted, unit, target)
        for i, value in enumerate(filled):
            shown[i].append(value)
            carried[i] += column[i] - value * unit
    _even_out(rows, shown, unit)
    return shown


def _column(values: Sequence[int], wanted: Sequence[int], unit: int, target: int) -> list[int]:
    down = [value // unit for value in values]
    ups = [i for i in sorted(range(len(values)), key=lambda i: (-wanted[i], i)) if values[i] % unit]
    need = target - sum(down)
    if 0 <= need <= len(ups):
        for i in ups[:need]:
            down[i] += 1
        return down
    return spread(values, unit, target)


def _even_out(rows: Sequence[Sequence[int]], shown: Cells, unit: int) -> None:
    """Move ups between rows, column by column, until no row is a whole unit or more from its exact sum, if it can be."""
    for _ in range(len(rows) * len(rows[0])):
        drift = [sum(row) - sum(cells) * unit for row, cells in zip(rows, shown, strict=True)]
        high = [i for i, value in enumerate(drift) if value <= -unit]
        low = [i for i, value in enumerate(drift) if value >= unit]
        if not high and not low:
            return
        path = _path(rows, shown, unit, high or _over(drift), low or _under(drift))
        if not path:
            return
        for (giver, column), taker in path:
            shown[giver][column] -= 1
            shown[taker][column] += 1


def _over(drift: Sequence[int]) -> list[int]:
    return [i for i, value in enumerate(drift) if value < 0]


def _under(drift: Sequence[int]) -> list[int]:
    return [i for i, value in enumerate(drift) if value > 0]


def _path(
    rows: Sequence[Sequence[int]], shown: Cells, unit: int, starts: Sequence[int], ends: Sequence[int]
) -> list[tuple[tuple[int, int], int]]:
    """Shortest chain of swaps from a row that is shown too high to one that is shown too low."""
    before: dict[int, tuple[tuple[int, int], int] | None] = dict.fromkeys(starts)
    queue = deque(starts)
    while queue:
        at = queue.popleft()
        if at in ends:
            steps: list[tuple[tuple[int, int], int]] = []
            link = before[at]
            while link is not None:
                steps.append(link)
                link = before[link[0][0]]
            return steps
        for j, value in enumerate(shown[at]):
            if value * unit <= rows[at][j]:
                continue
            for other in range(len(rows)):
                if other not in before and shown[other][j] * unit < rows[other][j]:
                    before[other] = ((at, j), other)
                    queue.append(other)
    return []
