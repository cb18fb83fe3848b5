"""The columnar ledger: group-bys equal a plain loop over lines, whatever the shape of the blocks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.engine.ledger.block import KIND, ROW, YEAR, Block, Dim, along, constant, members
from throughline.engine.ledger.dimensions import DIMENSIONS
from throughline.engine.ledger.invariants import check_ledger
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.ledger.trace import Fact
from throughline.engine.refs import DerivedRef


def a_block(cents: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]", producer: str = "p") -> Block:
    rows, years, kinds = cents.shape
    dims = {name: constant(f"one {name}") for name in DIMENSIONS}
    dims["site"] = members(ROW, [f"s{i % 3}" for i in range(rows)])
    dims["fiscal_year"] = along(YEAR, [f"FY{2028 + i}" for i in range(years)], range(years))
    dims["category"] = members(KIND, [f"c{i % 2}" for i in range(kinds)])
    grid = np.arange(years * kinds, dtype=np.int32).reshape(1, years, kinds) % 2
    dims["object"] = Dim(("650", "734"), grid)
    return Block(
        producer, cents, dims, lambda r, y, k: Fact("x", int(cents[r, y, k]), "cents", DerivedRef("test")),
        lambda r, y, k: f"{producer}/{r}/{y}/{k}",
    )  # fmt: skip


SHAPES = st.tuples(st.integers(1, 5), st.integers(1, 4), st.integers(1, 4))


@given(SHAPES, st.randoms(use_true_random=False), st.sets(st.sampled_from(sorted(DIMENSIONS)), max_size=4))
def test_a_group_by_equals_a_loop_over_lines(
    shape: tuple[int, int, int], rnd: "np.random.Generator", names: set[str]
) -> None:
    cents = np.array([rnd.randint(0, 10**7) if rnd.random() > 0.3 else 0 for _ in range(int(np.prod(shape)))], np.int64)
    ledger = Ledger((a_block(cents.reshape(shape)), a_block(cents.reshape(shape) * 3, "q")))
    wanted = sorted(names)
    expected: dict[tuple[str, ...], int] = {}
    for line in ledger.lines():
        key = tuple(line.labels[name] for name in wanted)
        expected[key] = expected.get(key, 0) + line.cents
    assert ledger.by(*wanted) == dict(sorted(expected.items()))


def test_conditions_keep_matching_lines_only() -> None:
    ledger = Ledger((a_block(np.arange(24, dtype=np.int64).reshape(4, 3, 2)),))
    where = {"site": "s0", "object": "650"}
    assert ledger.total(where) == sum(
        line.cents for line in ledger.lines() if line.labels["site"] == "s0" and line.labels["object"] == "650"
    )
    assert ledger.total({"site": frozenset({"s0", "s1", "s2"})}) == ledger.total()
    assert ledger.by("site", where={"site": "nowhere"}) == {}


def test_a_line_is_explained_by_its_id() -> None:
    ledger = Ledger((a_block(np.arange(8, dtype=np.int64).reshape(2, 2, 2)),))
    assert ledger.explain("p/1/0/1") == Fact("x", 5, "cents", DerivedRef("test"))
    with pytest.raises(KeyError):
        ledger.explain("p/0/0/0")  # zero: no such line


def test_a_negative_line_is_refused() -> None:
    with pytest.raises(ValueError, match="never a negative cost"):
        check_ledger(Ledger((a_block(np.full((1, 1, 1), -1, np.int64)),)))


def test_sums_beyond_exact_floats_are_refused() -> None:
    with pytest.raises(ValueError, match=r"2\*\*53"):
        check_ledger(Ledger((a_block(np.full((2, 1, 1), 2**52, np.int64)),)))


def test_a_block_without_every_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks dimensions"):
        Block("p", np.zeros((1, 1, 1), np.int64), {}, lambda *_: Fact("x", 0, "", DerivedRef("")), lambda *_: "")


def test_the_largest_lines_are_those_of_the_whole_list() -> None:
    book = Ledger((a_block(np.arange(24, dtype=np.int64).reshape(4, 3, 2)),))
    every = sorted(book.lines(), key=lambda item: -item.cents)
    assert [item.cents for item in book.largest(most=2)] == [item.cents for item in every[:2]]
    assert book.count() == len(every)
    assert all(book.line(item.id) == item for item in every)
