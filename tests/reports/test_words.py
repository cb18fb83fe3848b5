from dataclasses import replace

import pytest

from tests.reports.sample_source import source
from throughline.engine.table import Unit
from throughline.reports.base import Figure, report
from throughline.reports.document import Cover, Figures, Lead, plain
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


@pytest.mark.parametrize(
    ("cost", "gap", "said"),
    [
        (1_840_000_000, 250_000_000, "$18.4 million = $15.9 million + $2.5 million"),
        (1_844_000_000, 248_000_000, "$18.44 million = $15.96 million + $2.48 million"),
        (38_951_500, 1_715_500, "$389,515 = $372,360 + $17,155"),
        (38_900_000, 1_700_000, "$389,000 = $372,000 + $17,000"),
        (38_951_500, 51_500, "$390,000 = $389,000 + $515"),
        (420_000_000, 31_000_000, "$4.2 million = $3.9 million + $310,000"),
    ],
)
def test_cost_funded_and_gap_of_one_sentence_add_up_as_printed(cost: int, gap: int, said: str) -> None:
    figures = {"cost": Figure(cost), "funded": Figure(cost - gap), "gap": Figure(gap)}
    made = _words({"lead": "{cost:m} = {funded:m} + {gap:m}"}, **figures)
    assert made.string("lead").replace("\N{NO-BREAK SPACE}", " ") == said


def test_a_marked_figure_points_to_its_explanation_only_where_there_is_one() -> None:
    assert {span.note for span in load("throughline.reports", source()).text("summary.lead")} == {""}
    strip = next(block for block in report("board_packet").build(source()).blocks if isinstance(block, Figures))
    noted = [span.note for figure, _ in strip.items for span in figure]
    assert [note for note in noted if note] == ["gap", "per_student"]


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


def test_the_opening_sentence_has_one_wording_on_covers_pages_and_screens() -> None:
    covers = [
        block
        for name in ("board_packet", "board_agenda")
        for block in report(name).build(source()).blocks
        if isinstance(block, Cover)
    ]
    leads = [
        next(block for block in report(name).build(source()).blocks if isinstance(block, Lead))
        for name in ("board_packet", "board_agenda", "summary_text")
    ]
    assert len({*(plain(cover.lead) for cover in covers), *(plain(lead.text) for lead in leads)}) == 1


def test_a_plan_without_a_fund_says_so_and_never_that_nothing_is_funded_in_dollars() -> None:
    made = source()
    cost = made.figures["cost"]
    bare = replace(made, figures={**made.figures, "funded": Figure(0), "gap": cost, "funds": Figure(0, Unit.COUNT)})
    said = load("throughline.reports", bare).string("summary.lead")
    assert "No fund has been entered yet" in said
    assert "$0" not in said


def test_years_of_the_gap_are_said_once_when_there_is_one() -> None:
    made = source()
    one = replace(made, figures={**made.figures, "gap_first_year": Figure("FY2032", Unit.TEXT)})
    said = [str(block) for block in report("board_packet").build(one).blocks]
    assert any("is not funded, in FY2032" in text for text in said)
