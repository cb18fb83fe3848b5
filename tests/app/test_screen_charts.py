"""Charts for a screen: labels say whole amounts, what has no fund is named above its bar, and the documents' bars stay."""

from tests.app.rooms.opened import sample
from throughline.app.rooms.home import home
from throughline.app.screen_charts import pair_of_years, short_dollars, with_axis


def test_short_amounts() -> None:
    assert [short_dollars(cents) for cents in (0, 4_800, 91_234_500, 380_000_000, -250_000_000)] == [
        "$0", "$48", "$912\N{NO-BREAK SPACE}K", "$3.8\N{NO-BREAK SPACE}M", "\N{MINUS SIGN}$2.5\N{NO-BREAK SPACE}M",
    ]  # fmt: skip


def test_the_years_keep_their_bars_and_gain_labels() -> None:
    page = home(sample())
    before, after = page.chart.spec, with_axis(page.chart, page.by_fund.table).spec
    assert after["data"] == before["data"]
    sums = [label for layer in after["layer"][2:4] for label in layer["data"]["values"]]
    assert sorted(each["year"] for each in sums) == sorted(page.years)
    gaps = after["layer"][4]["data"]["values"]
    assert [each["year"] for each in gaps] == ["FY2030", "FY2031", "FY2032"]
    assert gaps[0]["label"] == "$1.9\N{NO-BREAK SPACE}M not funded"


def test_bars_of_years_stand_alone_until_a_second_series_is_put_beside_them() -> None:
    values = pair_of_years(["FY2028", "FY2029"], [100, 0], "Caption", "Words").spec["data"]["values"]
    assert [(each["cents"], each["beside"]) for each in values] == [(100, False), (0, False)]
