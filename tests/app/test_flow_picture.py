"""The picture of money: bars as high as their money, bands that fill both of their ends, names that do not overlap."""

from itertools import pairwise

import pytest

from tests.app.rooms.opened import sample
from throughline.app.flow_picture import HEIGHT, LABEL, LEAST, flow_picture
from throughline.app.rooms.goals import goals


def test_every_column_shows_all_money_on_one_scale() -> None:
    page = goals(sample())
    picture = flow_picture(page.flows, page.names)
    for column in (picture.funds, picture.initiatives, picture.goals):
        assert sum(bar.cents for bar in column) == page.cost.cents
        tall = [bar for bar in column if bar.height > LEAST]
        scale = tall[0].height / tall[0].cents
        assert [bar.height for bar in tall] == pytest.approx([bar.cents * scale for bar in tall], abs=0.3)
        assert max(bar.y + bar.height for bar in column) <= HEIGHT + LABEL


def test_names_stand_apart_and_bars_do_not_overlap() -> None:
    page = goals(sample())
    picture = flow_picture(page.flows, page.names)
    for column in (picture.funds, picture.initiatives, picture.goals):
        for above, below in pairwise(column):
            assert below.y >= above.y + above.height
            assert below.label_y >= above.label_y + LABEL - 0.1


def test_words_stand_for_the_picture() -> None:
    page = goals(sample())
    words = flow_picture(page.flows, page.names).words
    assert "Not funded $2,4" in words
    assert "No goal named" in words
