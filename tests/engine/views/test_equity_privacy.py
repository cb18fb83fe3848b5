"""What is withheld cannot be found again: an attacker who knows every total and every count in use is left with a choice."""

from decimal import Decimal
from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog

from tests.engine.views.nj_schools import EAST_WINDSOR, NEWARK, RACES, rows
from throughline.engine.views.equity_privacy import Cell, withheld

PARTS = frozenset("abcd")
LIMIT = Decimal(10)


def plain(counts: dict[Cell, int], students: dict[str, int], parts: frozenset[str] = frozenset()) -> set[Cell]:
    told = {cell: Decimal(pupils) for cell, pupils in counts.items()}
    return withheld(told, {site: Decimal(pupils) for site, pupils in students.items()}, parts, LIMIT)


@pytest.mark.parametrize(
    ("pupils", "is_small"), [(0, False), (1, True), (9, True), (10, False), (90, False), (91, True)]
)
def test_fewer_than_ten_in_the_group_or_outside_it_is_small(pupils: int, is_small: bool) -> None:
    assert bool(plain({("s", "g"): pupils}, {"s": 100})) is is_small


def test_all_students_of_a_school_in_a_group_tell_nobody_apart() -> None:
    assert not plain({("s", "g"): 100}, {"s": 100})


def test_one_small_count_takes_the_smallest_other_with_it() -> None:
    counts = {("a", "g"): 60, ("b", "g"): 3, ("c", "g"): 30, ("d", "g"): 0}
    found = plain(counts, {"a": 300, "b": 300, "c": 300, "d": 300})
    assert found == {("b", "g"), ("c", "g")}


def test_two_counts_of_one_are_told_by_their_total_and_need_a_third() -> None:
    counts = {("a", "g"): 60, ("b", "g"): 1, ("c", "g"): 1, ("d", "g"): 40}
    assert plain(counts, dict.fromkeys("abcd", 300)) == {("b", "g"), ("c", "g"), ("d", "g")}


def test_what_stays_out_does_not_depend_on_the_order_of_schools() -> None:
    counts = {(site, "g"): pupils for site, pupils in zip("abcdef", (60, 3, 44, 12, 0, 25), strict=True)}
    turned = dict(reversed(list(counts.items())))
    assert plain(counts, dict.fromkeys("abcdef", 300)) == plain(turned, dict.fromkeys("fedcba", 300))


def attack(counts: dict[Cell, Decimal], students: dict[str, Decimal], parts: frozenset[str], limit: Decimal) -> int:
    """How many small counts were looked for; fails where one of them has a single possible value.

    The attacker solves for each withheld count the least and the most it can be, from the totals of groups and schools, the
    counts in use, and the reason why each is withheld. A group that stays out whole says nothing of its schools.
    """
    hidden = sorted(withheld(counts, students, parts, limit))
    closed = {group for _, group in counts if all(cell in hidden for cell in counts if cell[1] == group)}
    lines = [[cell[1] == group for cell in hidden] for group in sorted({group for _, group in hidden})]
    lines += [
        [cell[0] == site and cell[1] in parts for cell in hidden] for site in sorted({site for site, _ in hidden})
    ]
    equations = np.array([line for line in lines if any(line)], float)
    values = np.array([float(counts[cell]) for cell in hidden])
    bounds = [_known(counts[cell], students[cell[0]], cell[1] in closed, limit) for cell in hidden]
    tried = 0
    for place, cell in enumerate(hidden):
        nothing_said = parts <= closed if cell[1] in parts else cell[1] in closed
        if not 0 < counts[cell] < limit or nothing_said:
            continue
        aim = np.zeros(len(hidden))
        aim[place] = 1
        least, most = (
            linprog(sign * aim, A_eq=equations, b_eq=equations @ values, bounds=bounds).fun * sign for sign in (1, -1)
        )
        assert most - least > 0.99, (cell, counts[cell], least, most)
        tried += 1
    return tried


def _known(pupils: Decimal, everybody: Decimal, is_closed: bool, limit: Decimal) -> tuple[float, float]:
    few, most = float(limit), float(everybody)
    if is_closed:
        return 0, few - 1 if pupils < limit else most
    if everybody < limit:
        return 0, most
    if pupils < limit:
        return (1, few - 1) if pupils else (0, 0)
    return (most - few + 1, most - 1) if 0 < everybody - pupils < limit else (few, most)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("sizes", [(0, 1, 2, 3, 4, 6, 9, 15, 40, 80), (0, 15, 30, 80), (0, 0, 1, 12, 90)])
def test_no_attack_finds_a_withheld_count(seed: int, sizes: tuple[int, ...]) -> None:
    """Random districts: four groups that make up each school, one group across them, limits of 5 and 10."""
    rng = Random(seed)
    for _ in range(4):
        counts: dict[Cell, Decimal] = {}
        students: dict[str, Decimal] = {}
        for site in "stuvwx"[: rng.randint(2, 6)]:
            found = [rng.choice(sizes) for _ in PARTS]
            found[0] += 1
            found[3] = rng.choice((0, 0, 0, 1)) if len(sizes) < 6 else found[3]
            counts |= {(site, group): Decimal(n) for group, n in zip(sorted(PARTS), found, strict=True)}
            students[site] = Decimal(sum(found))
            counts[site, "e"] = Decimal(min(sum(found), rng.choice((0, 1, 2, 4, 6, 8, 12, 20))))
        attack(counts, students, PARTS, Decimal(rng.choice((5, 10))))


def test_no_attack_finds_a_withheld_count_of_a_real_district() -> None:
    for district, most in ((NEWARK, 100), (EAST_WINDSOR, 5)):
        counts = {
            (row["School Code"], name): Decimal(row[name]).to_integral_value()
            for row in rows(district)
            for name in (*RACES, "English Learners", "Homeless")
        }
        students: dict[str, Decimal] = {}
        for (site, name), pupils in counts.items():
            students[site] = students.get(site, Decimal(0)) + (pupils if name in RACES else 0)
        assert attack(counts, students, frozenset(RACES), LIMIT) > most
