"""Student groups: the school of the average student, by hand and on a state's own counts; unknown stays unknown."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.views.nj_schools import EAST_WINDSOR, NEWARK, fact, rows, school, view
from throughline.engine.ledger.trace import evaluate, leaves
from throughline.engine.views.equity_groups import EVERY_ROW, TOO_LITTLE, WITHHELD, Group, School
from throughline.engine.views.worked import Worked

NEEDY = Group("frl", "Free or reduced-price lunch")


def cell(made: Worked, row: str, column: str) -> object:
    at = made.table.index(column)
    return next(each.values[at] for each in made.table.rows if each.key == row)


def meals(district: str) -> list[School]:
    """Schools whose figure is the share of students with free or reduced-price lunch, as the state counts them."""
    found = []
    for row in rows(district):
        total = Decimal(row["Total Enrollment"])
        share = (Decimal(row["Free Lunch"]) + Decimal(row["Reduced Lunch"])) / total
        found.append(school(row["School Code"], total, ratio=fact(share, "share")))
    return found


def learners(district: str) -> dict[tuple[str, str], int | str | Decimal | None]:
    return {(row["School Code"], "el"): row["English Learners"] for row in rows(district)}


def test_english_learners_of_east_windsor_by_hand() -> None:
    """922 learners at six schools. Of McKnight's 589 students 230 get free or reduced-price lunch, of Rogers' 611 225, of the
    high school's 1,619 585.5, of Kreps' 1,177 466, of Drew's 579 231, of Black's 480 162. Learners there: 176, 115, 203, 175,
    129, 124. 176 x 230/589 + 115 x 225/611 + 203 x 585.5/1619 + 175 x 466/1177 + 129 x 231/579 + 124 x 162/480
    = 68.727 + 42.349 + 73.414 + 69.286 + 51.466 + 41.850 = 347.092; 347.092 / 922 = 0.3765. Of all 5,055 students 1,899.5 do.
    The other 4,133: (1899.5 - 347.092) / 4133 = 0.3756.
    """
    made = view(meals(EAST_WINDSOR), learners(EAST_WINDSOR), (Group("el", "English learners"),))
    assert cell(made, "el", "students") == 922
    assert cell(made, "el", "schools") == "6 of 6 schools"
    assert round(evaluate(made.traces["el|ratio"]), 4) == Decimal("0.3765")
    assert round(evaluate(made.traces["el|ratio_others"]), 4) == Decimal("0.3756")
    assert round(evaluate(made.traces[f"{EVERY_ROW}|ratio"]), 4) == round(Decimal("1899.5") / 5055, 4)


def test_newark_leaves_out_schools_with_few_learners_and_says_so() -> None:
    made = view(meals(NEWARK), learners(NEWARK), (Group("el", "English learners"),))
    used = [row for row in rows(NEWARK) if not 0 < Fraction(row["English Learners"]) < 10]
    assert len(rows(NEWARK)) == 63
    assert cell(made, "el", "schools") == f"{len(used)} of 63 schools" == "46 of 63 schools"
    assert cell(made, "el", "students") == 9165 - 76
    top = sum(
        Fraction(row["English Learners"])
        * (Fraction(row["Free Lunch"]) + Fraction(row["Reduced Lunch"]))
        / Fraction(row["Total Enrollment"])
        for row in used
    )
    assert evaluate(made.traces["el|ratio"]) == pytest.approx(Decimal(float(top / 9089)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(10, 900), st.integers(0, 2000)), min_size=1, max_size=8))
def test_a_group_of_everybody_has_the_mean_of_all_and_nobody_is_left(found: list[tuple[int, int]]) -> None:
    schools = [school(f"s{i}", pupils, ratio=fact(devices, "devices")) for i, (pupils, devices) in enumerate(found)]
    made = view(schools, {(f"s{i}", "g"): pupils for i, (pupils, _) in enumerate(found)})
    everybody = evaluate(made.traces[f"{EVERY_ROW}|ratio"])
    assert evaluate(made.traces["g|ratio"]) == everybody
    assert everybody * sum(p for p, _ in found) == pytest.approx(Decimal(sum(p * d for p, d in found)))
    assert "g|ratio_others" not in made.traces


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(40, 900), st.integers(20, 30), st.integers(0, 50)), min_size=2, max_size=8))
def test_a_group_and_the_others_together_are_everybody(found: list[tuple[int, int, int]]) -> None:
    """Weights sum: the two means, each times its students, are the mean of all times all."""
    schools = [school(f"s{i}", all_of + 20, ratio=fact(x, "devices")) for i, (all_of, _, x) in enumerate(found)]
    made = view(schools, {(f"s{i}", "g"): part for i, (_, part, _) in enumerate(found)})
    own, rest = sum(part for _, part, _ in found), sum(all_of + 20 - part for all_of, part, _ in found)
    whole = evaluate(made.traces["g|ratio"]) * own + evaluate(made.traces["g|ratio_others"]) * rest
    assert whole == pytest.approx(evaluate(made.traces[f"{EVERY_ROW}|ratio"]) * (own + rest))


@pytest.mark.parametrize(("devices", "mark"), [(90, None), (89, "fewer")])
def test_a_group_is_marked_below_nine_tenths_of_the_others_and_not_at_it(devices: int, mark: str | None) -> None:
    schools = [school("a", 100, ratio=fact(devices)), school("b", 100, ratio=fact(100))]
    assert cell(view(schools, {("a", "g"): 100, ("b", "g"): 0}), "g", "marked") == mark


def test_older_devices_fewer_updates_and_less_money_are_marked() -> None:
    poor = school("a", 100, ratio=fact(1), age=fact(6), support=fact(Decimal("0.5")), money=fact(100))
    rich = school("b", 100, ratio=fact(1), age=fact(2), support=fact(Decimal("0.9")), money=fact(200))
    made = view([poor, rich], {("a", "g"): 100, ("b", "g"): 0})
    assert cell(made, "g", "marked") == "older, less support, less money"


def test_a_figure_is_not_said_where_schools_of_fewer_than_half_the_group_know_theirs() -> None:
    schools = [school("a", 100, ratio=fact(1), age=fact(3)), school("b", 100, ratio=fact(1))]
    half = view(schools, {("a", "g"): 30, ("b", "g"): 30})
    less = view(schools, {("a", "g"): 29, ("b", "g"): 30})
    assert (cell(half, "g", "age"), cell(less, "g", "age")) == ("3.0", None)
    assert cell(less, "g", "ratio") == "1.00"


def test_a_school_that_nobody_counted_is_in_no_mean_and_lowers_the_number_of_schools() -> None:
    schools = [school("a", 100, ratio=fact(1)), school("b", 90, ratio=fact(3))]
    made = view(schools, {("a", "g"): 30})
    assert cell(made, "g", "schools") == "1 of 2 schools"
    assert cell(made, "g", "ratio") == "1.00"
    too_few = view([school("a", 80, ratio=fact(1)), school("b", 90, ratio=fact(3))], {("a", "g"): 30})
    assert cell(too_few, "g", "marked") == TOO_LITTLE


@pytest.mark.parametrize(("count", "shown"), [(10, 10), (9, None)])
def test_a_group_below_the_limit_has_no_figure(count: int, shown: int | None) -> None:
    made = view([school("a", 100, ratio=fact(1))], {("a", "g"): count})
    assert cell(made, "g", "students") == shown
    assert (cell(made, "g", "marked") == WITHHELD) is (shown is None)
    assert ("g|ratio" in made.traces) is (shown is not None)


def test_a_count_the_source_withholds_is_not_none_and_in_no_figure() -> None:
    schools = [school("a", 300, ratio=fact(1)), school("b", 200, ratio=fact(2)), school("c", 200, ratio=fact(2))]
    made = view(schools, {("a", "g"): 60, ("b", "g"): None, ("c", "g"): 30})
    assert (
        cell(made, "g", "schools") == "1 of 3 schools"
    )  # b alone would be told by the district's total, so c stays out with it
    zero = view(schools, {("a", "g"): 60, ("b", "g"): 0, ("c", "g"): 30})
    assert cell(zero, "g", "schools") == "3 of 3 schools"


def test_explanations_hold_no_count_that_is_withheld() -> None:
    schools = [school(f"s{i}", 300, ratio=fact(i + 1)) for i in range(6)]
    counts: dict[tuple[str, str], int | str | Decimal | None] = {
        (f"s{i}", "g"): pupils for i, pupils in enumerate((60, 3, 44, 12, 0, 25))
    }
    made = view(schools, counts)
    told = {leaf.name for trace in made.traces.values() for leaf in leaves(trace) if leaf.name.startswith("Group at")}
    assert told == {"Group at s0", "Group at s2", "Group at s4", "Group at s5"}  # s1 is small, s3 stays out with it


def test_parts_of_a_group_are_not_shown_beside_it() -> None:
    groups = (NEEDY, Group("free", "Free lunch", "frl"), Group("reduced", "Reduced-price lunch", "frl"))
    counts: dict[tuple[str, str], int | str | Decimal | None] = {
        ("a", "frl"): 50,
        ("a", "free"): 46,
        ("a", "reduced"): 4,
    }
    made = view([school("a", 100, ratio=fact(1))], counts, groups)
    assert [row.key for row in made.table.rows] == ["frl", EVERY_ROW]


def test_no_column_may_be_added_up() -> None:
    made = view(meals(EAST_WINDSOR), learners(EAST_WINDSOR), (Group("el", "English learners"),))
    assert not any(column.additive for column in made.table.columns)
