from dataclasses import replace

import pytest

from tests.reports.sample_source import source
from throughline.engine.table import Unit
from throughline.reports.base import Figure, report
from throughline.reports.document import plain
from throughline.reports.words import Words, WordsError, check, load


def _words(tree: dict[str, object], **figures: Figure) -> Words:
    return Words(tree, replace(source(), figures=figures), {})


def test_a_slot_that_names_no_figure_stops_the_build() -> None:
    with pytest.raises(WordsError, match=r"page\.lead: no figure is called gapp"):
        check({"page": {"lead": "{gapp:m} is not funded."}}, "words")


def test_a_slot_is_checked_even_in_a_variant_this_run_does_not_use() -> None:
    with pytest.raises(WordsError, match="no figure is called costs"):
        check({"lead": [{"when": "gap", "say": "{costs:m}"}, {"say": "Nothing."}]}, "words")


def test_a_format_that_does_not_suit_the_unit_stops_the_build() -> None:
    with pytest.raises(WordsError, match="has no format p"):
        check({"lead": "{gap:p} is not funded."}, "words")


def test_a_stray_brace_or_star_stops_the_build() -> None:
    with pytest.raises(WordsError, match="brace"):
        check({"lead": "{gap} is not funded."}, "words")
    with pytest.raises(WordsError, match="star"):
        check({"lead": "This is *strong."}, "words")


def test_a_plain_text_needs_its_figures() -> None:
    with pytest.raises(WordsError, match="this run has no figure gap"):
        _words({"lead": "{gap:m}"}).text("lead")


def test_the_first_variant_that_fits_is_used() -> None:
    tree = {
        "lead": [
            {"when": "gap", "say": "Not funded: {gap:k}."},
            {"zero": "gap", "say": "All funded."},
            {"say": "Unknown."},
        ]
    }
    assert _words(tree, gap=Figure(5_000_000)).string("lead") == "Not funded: $50,000."
    assert _words(tree, gap=Figure(0)).string("lead") == "All funded."
    assert _words(tree).string("lead") == "Unknown."


def test_one_is_a_condition_of_its_own() -> None:
    tree = {"lead": [{"one": "funds", "say": "One fund."}, {"when": "funds", "say": "{funds:W} funds."}]}
    assert _words(tree, funds=Figure(1, Unit.COUNT)).string("lead") == "One fund."
    assert _words(tree, funds=Figure(3, Unit.COUNT)).string("lead") == "Three funds."


def test_an_item_without_a_fitting_variant_is_left_out_of_a_list() -> None:
    tree = {"items": ["Always.", [{"when": "gap", "say": "Gap {gap:m}."}]]}
    assert [plain(text) for text in _words(tree).list("items")] == ["Always."]


def test_text_of_the_district_is_never_markup() -> None:
    spans = _words({"lead": "Ask *{largest_fund:s}*."}, largest_fund=Figure("*A* {gap:m}", Unit.TEXT)).text("lead")
    assert plain(spans) == "Ask *A* {gap:m}."
    assert [span.text for span in spans if span.strong] == ["*A* {gap:m}"]


def test_cost_funded_and_gap_of_one_sentence_add_up_as_shown() -> None:
    tree = {"lead": "{cost:m} = {funded:m} + {gap:m}"}
    figures = {"cost": 1_844_000_000, "funded": 1_596_000_000, "gap": 248_000_000}
    made = _words(tree, **{name: Figure(cents) for name, cents in figures.items()})
    assert made.string("lead").replace("\N{NO-BREAK SPACE}", " ") == "$18.4 million = $15.9 million + $2.5 million"


def test_a_marked_figure_points_to_its_explanation_only_where_there_is_one() -> None:
    made = load("throughline.reports.board_packet", source())
    notes = {span.note for span in made.text("onepage.lead") if span.note}
    assert notes == {"gap"}


@pytest.mark.parametrize("name", ["board_packet", "board_agenda", "summary_text"])
def test_no_figure_is_typed_in_prose(name: str) -> None:
    import re
    import tomllib
    from importlib.resources import files

    from throughline.reports.words import SLOT, strings

    tree = tomllib.loads((files(f"throughline.reports.{name}") / "words.en.toml").read_text(encoding="utf-8"))
    bare = [(path, SLOT.sub("", words)) for path, words in strings(tree)]
    assert [path for path, words in bare if re.search(r"\$\s?\d|\d[\d,.]*\s?%|\d,\d{3}|FY20\d\d", words)] == []
    assert [path for path, words in bare if re.search(r"(?i)shortfall|deficit|end of life", words)] == []


def test_the_opening_sentence_has_one_wording() -> None:
    document = report("board_packet").build(source())
    cover, lead = document.blocks[0], document.blocks[2]
    assert plain(cover.lead) == plain(lead.text)  # type: ignore[union-attr]  # blocks 0 and 2 are Cover and Lead
