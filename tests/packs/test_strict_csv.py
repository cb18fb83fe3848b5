import pytest

from throughline.packs import schema
from throughline.packs.problem import PackError
from throughline.packs.strict_csv import read_csv

GOOD = (
    "path,value,unit,effective_from,effective_to,authority,source,verified_on,status,layer,combine,review_months,note\n"
    "a/b,201.57,usd,2026-07-01,,FCC,notice,2026-09-30,V2,federal,override,12,\n"
)


def _refused(text: str) -> PackError:
    with pytest.raises(PackError) as caught:
        schema.by_path(schema.parameters(text.encode(), "parameters/x.csv"))
    return caught.value


def test_money_is_written_in_dollars_and_kept_in_cents() -> None:
    (row,) = schema.parameters(GOOD.encode(), "x.csv")
    assert (row.value, row.unit) == (20157, "cents")


@pytest.mark.parametrize(
    ("change", "line", "word"),
    [
        (("path,value", "path,worth"), 1, "worth"),
        ((",note\n", "\n"), 1, "note"),
        (("201.57", "201.575"), 2, "fractions of a cent"),
        (("201.57", "abc"), 2, "not a number"),
        ((",usd,", ",dollars,"), 2, "dollars"),
        ((",V2,", ",sure,"), 2, "status"),
        ((",notice,", ",,"), 2, "source"),
        (("2026-09-30", "30.9.2026"), 2, "verified_on"),
        (("2026-07-01,,", "2026-07-01,2026-06-30,"), 2, "before effective_from"),
        ((",federal,", ",district,"), 2, "layer"),
        ((",12,\n", ",12,,\n"), 2, "14 cells"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_file_line_and_column(
    change: tuple[str, str], line: int, word: str
) -> None:
    fault = _refused(GOOD.replace(*change, 1))
    assert (fault.file, fault.line) == ("parameters/x.csv", line)
    assert word in str(fault)


def test_the_same_path_and_day_twice_is_refused_with_both_lines() -> None:
    fault = _refused(GOOD + GOOD.splitlines()[1] + "\n")
    assert fault.line == 3
    assert "line 2" in str(fault)


def test_two_rows_of_a_path_may_not_be_in_effect_on_one_day() -> None:
    later = GOOD.splitlines()[1].replace("2026-07-01", "2031-07-01")
    assert "overlap" in str(_refused(GOOD + later + "\n"))


def test_a_file_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(PackError, match="UTF-8"):
        read_csv(b"a,b\n1,\xff\n", "x.csv", ("a", "b"))
