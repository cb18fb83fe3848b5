import numpy as np
import pytest

from throughline.engine.lifecycle.cohorts import Cohorts, empty_cohorts
from throughline.engine.lifecycle.decisions import Decisions
from throughline.engine.lifecycle.product import Backend, class_total, project

BACKENDS: list[Backend] = ["numpy", "scipy"]


def fleet(seed: int, cells: int = 40, states: int = 12, most: int = 5) -> Cohorts:
    """Two classes of random cells; some cells of the second have many entries."""
    rng = np.random.default_rng(seed)
    per_cell = rng.integers(1, most + 1, cells)
    entries = [np.sort(rng.choice(states, n, replace=False)) for n in per_cell]
    count = rng.integers(1, 400, int(per_cell.sum()))
    none = np.zeros(cells, np.int32)
    return Cohorts(
        "s",
        ("laptop", "tablet"),
        ("a",),
        ("",),
        ("",),
        ("",),
        ("m",),
        (np.arange(cells) >= cells // 3).astype(np.int32),
        none,
        none,
        none,
        none,
        np.zeros(states, np.int32),
        np.zeros(states, np.int32),
        np.zeros(states, np.int32),
        np.full(states, -1, np.int32),
        np.concatenate([[0], np.cumsum(per_cell)]).astype(np.int64),
        np.concatenate(entries).astype(np.int32),
        count.astype(np.int64),
        np.zeros(len(count), np.int64),
    )


def by_hand(cohorts: Cohorts, class_name: str, profiles: np.ndarray, table: np.ndarray) -> np.ndarray:
    first, last = cohorts.class_ranges[class_name]
    out = np.zeros((last - first, *table.shape[1:]), np.int64)
    for cell in range(first, last):
        for entry in range(int(cohorts.indptr[cell]), int(cohorts.indptr[cell + 1])):
            out[cell - first] += int(cohorts.count[entry]) * table[profiles[cohorts.state[entry]]]
    return out


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("class_name", ["laptop", "tablet"])
def test_the_product_is_the_sum_over_entries_to_the_cent(backend: Backend, class_name: str) -> None:
    cohorts = fleet(1)
    profiles = np.arange(12, dtype=np.int32) % 5
    table = np.random.default_rng(2).integers(0, 10**7, (5, 6, 3))
    found = project(cohorts, class_name, profiles, table, backend=backend)
    assert found.dtype == np.int64
    np.testing.assert_array_equal(found, by_hand(cohorts, class_name, profiles, table))


def test_the_product_does_not_depend_on_how_numpy_cuts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    cohorts, profiles = fleet(3, cells=200, most=12), np.arange(12, dtype=np.int32)
    table = np.random.default_rng(4).integers(-(10**6), 10**9, (12, 5, 4))
    whole = project(cohorts, "tablet", profiles, table, backend="scipy")
    for chunk in (1, 64, 1000, 1 << 20):
        monkeypatch.setattr("throughline.engine.lifecycle.product._CHUNK", chunk)
        np.testing.assert_array_equal(project(cohorts, "tablet", profiles, table, backend="numpy"), whole)


@pytest.mark.parametrize("backend", BACKENDS)
def test_cents_beyond_what_a_float_holds_stay_exact(backend: Backend) -> None:
    cohorts, profiles = fleet(5, cells=9), np.zeros(12, np.int32)
    table = np.full((1, 1, 1), 2**50 + 1, np.int64)
    units = cohorts.count[cohorts.indptr[3] :].sum()
    assert int(project(cohorts, "tablet", profiles, table, backend=backend).sum()) == int(units) * (2**50 + 1)


def test_amounts_that_could_leave_64_bits_are_refused() -> None:
    with pytest.raises(ValueError, match="64 bits"):
        project(fleet(6), "tablet", np.zeros(12, np.int32), np.full((1, 1, 1), 2**61, np.int64))


def test_units_in_a_state_without_a_row_of_unit_costs_are_refused() -> None:
    profiles = np.full(12, -1, np.int32)
    with pytest.raises(ValueError, match="no row"):
        project(fleet(7), "laptop", profiles, np.zeros((1, 1, 1), np.int64))
    with pytest.raises(ValueError, match="no row"):
        class_total(fleet(7), "laptop", profiles, np.zeros((1, 1, 1), np.int64))


def test_a_class_without_devices_costs_nothing() -> None:
    assert project(empty_cohorts(), "laptop", np.zeros(0, np.int32), np.zeros((1, 5, 3), np.int64)).shape == (0, 5, 3)


def test_the_total_of_a_class_equals_the_sum_of_its_cells() -> None:
    cohorts, profiles = fleet(8), np.arange(12, dtype=np.int32) // 4
    table = np.random.default_rng(9).integers(0, 10**6, (3, 5, 2))
    cells = project(cohorts, "tablet", profiles, table)
    np.testing.assert_array_equal(class_total(cohorts, "tablet", profiles, table), cells.sum(axis=0))


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_decision_moves_units_to_another_plan_and_leaves_the_rest(backend: Backend) -> None:
    cohorts = fleet(10)
    first, _ = cohorts.class_ranges["tablet"]
    entry = int(cohorts.indptr[first])
    state, units = int(cohorts.state[entry]), int(cohorts.count[entry])
    moved = units // 2
    decisions = _decisions((first, state, 1, moved))
    profiles = np.stack([np.zeros(12, np.int32), np.ones(12, np.int32)])
    table = np.array([100, 7]).reshape(2, 1, 1)
    before = project(cohorts, "tablet", profiles[0], table, backend=backend)
    after = project(cohorts, "tablet", profiles, table, decisions, backend)
    assert int(before[0, 0, 0] - after[0, 0, 0]) == moved * 93
    np.testing.assert_array_equal(before[1:], after[1:])


def test_all_units_of_a_cohort_can_be_moved_to_two_plans() -> None:
    cohorts = fleet(11)
    first, _ = cohorts.class_ranges["laptop"]
    state, units = int(cohorts.state[0]), int(cohorts.count[0])
    decisions = _decisions((first, state, 2, units - 1), (first, state, 1, 1))
    profiles = np.array([[0] * 12, [1] * 12, [2] * 12], np.int32)
    table = np.array([0, 1, 1000]).reshape(3, 1, 1)
    assert int(project(cohorts, "laptop", profiles, table, decisions).sum()) == (units - 1) * 1000 + 1


def test_decisions_of_one_class_do_not_touch_another() -> None:
    cohorts = fleet(12)
    first, _ = cohorts.class_ranges["tablet"]
    decisions = _decisions((first, int(cohorts.state[cohorts.indptr[first]]), 1, 1))
    profiles = np.array([[0] * 12, [1] * 12], np.int32)
    table = np.array([5, 6]).reshape(2, 1, 1)
    assert int(project(cohorts, "laptop", profiles, table, decisions).sum()) == 5 * int(
        cohorts.count[: cohorts.indptr[first]].sum()
    )


def test_a_decision_about_more_units_than_there_are_is_refused() -> None:
    cohorts = fleet(13)
    too_many = _decisions((0, int(cohorts.state[0]), 1, int(cohorts.count[0]) + 1))
    with pytest.raises(ValueError, match="more units"):
        project(cohorts, "laptop", np.zeros((2, 12), np.int32), np.zeros((1, 1, 1), np.int64), too_many)


def test_a_decision_about_a_cohort_that_does_not_exist_is_refused() -> None:
    cohorts = fleet(14)
    absent = next(s for s in range(12) if s not in cohorts.state[: cohorts.indptr[1]])
    with pytest.raises(ValueError, match="does not have"):
        project(
            cohorts, "laptop", np.zeros((2, 12), np.int32), np.zeros((1, 1, 1), np.int64), _decisions((0, absent, 1, 1))
        )


def test_a_decision_back_to_the_policy_is_no_decision() -> None:
    with pytest.raises(ValueError, match="other than the policy"):
        _decisions((0, 0, 0, 1))


def _decisions(*rows: tuple[int, int, int, int]) -> Decisions:
    cell, state, plan, count = (np.array(column) for column in zip(*rows, strict=True))
    return Decisions(cell.astype(np.int32), state.astype(np.int32), plan.astype(np.int32), count.astype(np.int64))
