"""SQL reads plain forms only: what it recognizes, the strict grammars accept without a word, with the same value."""

from string import Template

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.importers.columns import Type
from throughline.importers.lookup import PLAIN, VALUE, Settings, grammar, marked, unmarked
from throughline.importers.reading.cells import Cell, kind_of

TYPES: tuple[Type, ...] = ("identifier", "text", "money", "date", "timestamp", "integer")
SEEDS = (
    "5CD1234 000123 1E10 1.2E+15 1E5 12E JAN1 1-Mar mar NA n/a null - -- #N/A #REF! $1,234.56 $1234.5 1234 1234.567 .5 $ 1e9 "
    "2024-02-29 2023-02-29 2024-13-01 1979-12-31 1980-01-01 2099-12-31 2100-01-01 2024-03-04T23:59:60Z 2024-03-04T10:00:00.123Z "
    "2024-03-04T24:00 45000 1893456000000 03/04/2024 ='1' AP-515 9200L-48P 1,000 007 +1 none 0 00 999999 1000000"
).split()
TEXTS = st.one_of(
    st.sampled_from(SEEDS),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,4})?)?Z?)?", fullmatch=True),
    st.from_regex(r"\$?[0-9]{1,10}(\.[0-9]{0,3})?", fullmatch=True),
    st.text("0123456789.,-/$#Ee+ABNa() ", min_size=1, max_size=12),
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8),
)


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@pytest.mark.parametrize("kind", TYPES)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(texts=st.lists(TEXTS, min_size=1, max_size=40))
def test_a_form_sql_reads_is_one_the_grammar_reads_alike(
    con: duckdb.DuckDBPyConnection, kind: Type, texts: list[str]
) -> None:
    plain = Template(PLAIN[kind]).substitute(v="t")
    value = Template(VALUE[kind]).substitute(v="t")
    rows = con.execute(
        f"SELECT t, CASE WHEN {plain} THEN CAST({value} AS VARCHAR) END FROM (SELECT unnest($texts) AS t)",
        {"texts": texts},
    ).fetchall()
    read = grammar(kind, Settings())
    for text, found in rows:
        if found is not None:
            parsed = read(text)
            assert (parsed.value, parsed.problem, parsed.warning, parsed.ask) == (found, "", "", ""), text


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=st.text(max_size=60), kind=st.sampled_from(TYPES))
def test_no_text_makes_a_grammar_fail(text: str, kind: Type) -> None:
    parsed = grammar(kind, Settings())(text)
    assert bool(parsed.problem) + bool(parsed.ask) <= 1
    if parsed.problem or parsed.ask:
        assert not parsed.value


def test_the_kind_of_a_cell_survives_staging() -> None:
    for cell in (Cell("123", "number"), Cell("000123", "padded"), Cell("#N/A", "error"), "plain"):
        back = unmarked(marked(cell))
        assert (back, kind_of(back)) == (cell, kind_of(cell))
