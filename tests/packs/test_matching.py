"""Names of one published list against those of another; the pairs of `model_matches.csv` were verified by reading."""

import csv
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from throughline.engine.rulebook.book import Rulebook
from throughline.engine.rulebook.catalog import Model
from throughline.packs.matching import Decision, Match, Matcher, full_name, match_models
from throughline.packs.model_names import alternatives, plain_name

PAIRS = Path(__file__).parents[1] / "data" / "model_matches.csv"
REVIEW = Decimal(70)


@pytest.fixture(scope="module")
def images(book: Rulebook) -> dict[str, Model]:
    """The models of the recovery images under the one name each that list prints: no other list helps."""
    own = {
        name for name, ends in book.support_ends.items() if any(row.origin == "chromeos-recovery-image" for row in ends)
    }
    return {name: replace(book.models[name], names=()) for name in own}


@pytest.fixture(scope="module")
def catalog(book: Rulebook) -> Matcher:
    return Matcher(book.models.values())


@pytest.fixture(scope="module")
def pairs() -> dict[str, str]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return {row["printed"]: row["model"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def matches(images: dict[str, Model], pairs: dict[str, str]) -> dict[str, Match]:
    return match_models(pairs, images, REVIEW)


def test_every_accepted_match_is_right(pairs: dict[str, str], matches: dict[str, Match]) -> None:
    accepted = {raw: match for raw, match in matches.items() if match.decision is Decision.ACCEPTED}
    wrong = {raw: match.model_id for raw, match in accepted.items() if match.model_id != pairs[raw]}
    assert len(pairs) >= 150
    assert not wrong


def test_most_names_need_no_reviewer(pairs: dict[str, str], matches: dict[str, Match]) -> None:
    accepted = sum(match.decision is Decision.ACCEPTED for match in matches.values())
    assert accepted >= 0.85 * sum(1 for model in pairs.values() if model)


def test_a_name_for_review_comes_with_a_runner_up(matches: dict[str, Match]) -> None:
    offered = [match for match in matches.values() if match.decision is Decision.REVIEW]
    assert offered
    assert all(match.model_id and match.runner_up_id and match.model_id != match.runner_up_id for match in offered)


def test_a_name_that_every_list_prints_its_own_way_is_accepted_in_each_way(book: Rulebook) -> None:
    names = ["Acer Chromebook 11 (C732)", "Acer Chromebook 11 (C732, C732T, C732L, C732LT)", "HP Chromebook 11 G4 EE"]
    found = match_models(names, book.models, REVIEW)
    assert [match.decision for match in found.values()] == [Decision.ACCEPTED] * 3
    assert [match.model_id for match in found.values()] == [
        "acer-chromebook-11-c732",
        "acer-chromebook-11-c732",
        "hp-chromebook-11-g3",
    ]


TWINS = [
    ("Acer Chromebook 11 (C732)", "Acer Chromebook 311 (C733)"),
    ("Dell Chromebook 11 (3180)", "Dell Chromebook 11 2-in-1 (3189)"),
    ("HP Chromebook 11 G5 EE", "HP Chromebook 11 G6 EE"),
    ("HP Chromebook 14 G5", "HP Chromebook 14A G5"),
    ("Dell Chromebook 11 (3120)", "Dell Chromebook 3120"),
    ("Dell Chromebook 3100", "Dell Chromebook 3100 2-in-1"),
    ("Lenovo 100e Chromebook 2nd Gen", "Lenovo 100e Chromebook 2nd Gen MTK"),
    ("Lenovo 300e Chromebook", "Lenovo 300e Chromebook 2nd Gen"),
    ("Lenovo 500e Chromebook Gen 3", "Lenovo 500e Chromebook Gen 4s"),
    ("HP Chromebook x360 11 G3 EE", "HP Chromebook 11 G3"),
    ("ASUS Chromebook C204", "ASUS Chromebook C202SA"),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_near_twins_are_never_taken_for_each_other(catalog: Matcher, one: str, other: str) -> None:
    accepted = [match for raw in (one, other) if (match := catalog.match(raw, REVIEW)).decision is Decision.ACCEPTED]
    assert len({match.model_id for match in accepted}) == len(accepted)


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_a_twin_that_is_missing_from_the_catalog_is_not_replaced_by_the_other(
    book: Rulebook, catalog: Matcher, one: str, other: str
) -> None:
    for asked, twin in ((one, other), (other, one)):
        left = book.models[catalog.match(twin, REVIEW).model_id]
        assert Matcher([left]).match(asked, REVIEW).decision is not Decision.ACCEPTED


def _shift(number: str, step: int) -> str:
    """The number with its first digit changed."""
    return re.sub(r"\d", lambda digit: str((int(digit[0]) + step) % 10), number, count=1)


def _with_numbers(name: str, others: dict[str, str]) -> str:
    longest_first = sorted(others, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), lambda found: others[found[0]], name)


def test_another_model_number_is_never_accepted_for_the_model(images: dict[str, Model]) -> None:
    asked: dict[str, str] = {}
    for model in images.values():
        own = alternatives(model.name)[0].numbers
        for step in (1, 3, 8):
            others = {number: _shift(number, step) for number in own}
            if own and len(alternatives(model.name)) == 1 and own.isdisjoint(others.values()):
                asked[_with_numbers(plain_name(model.name), others)] = model.id
                asked |= {f"{model.maker} Chromebook {other}": model.id for other in others.values()}
    matcher = Matcher(images.values())
    found = {raw: matcher.match(raw, REVIEW) for raw in asked}
    wrong = [
        raw for raw, match in found.items() if match.decision is Decision.ACCEPTED and match.model_id == asked[raw]
    ]
    assert len(asked) > 1000
    assert not wrong


@pytest.mark.parametrize(
    "name", ["Acer Chromebook 311", "Acer Chromebook Spin 311", "Acer Chromebook 314", "Chromebook"]
)
def test_the_name_of_a_series_identifies_no_model(catalog: Matcher, name: str) -> None:
    assert catalog.match(name, REVIEW).decision is not Decision.ACCEPTED


@pytest.mark.parametrize(
    ("name", "models"),
    [
        ("Lenovo IdeaPad 3 Chromebook", {"lenovo-ideapad-3-chromebook", "lenovo-ideapad-3-chromebook-octopus"}),
        ("Lenovo 100e Chromebook (2nd Gen)", {"lenovo-100e-chromebook-2nd-gen", "lenovo-100e-gen-2"}),
    ],
)
def test_two_models_that_fit_alike_are_left_to_a_person(catalog: Matcher, name: str, models: set[str]) -> None:
    match = catalog.match(name, REVIEW)
    assert match.decision is Decision.REVIEW
    assert {match.model_id, match.runner_up_id} == models


@pytest.mark.parametrize(
    ("raw", "model"),
    [
        ("Acer C733T", "acer-chromebook-311-c733"),
        ("C733T", "acer-chromebook-311-c733"),
        ("Acer Chromebook 311 C733-C2DS", "acer-chromebook-311-c733"),
        ("Acer C732T-C8VY", "acer-chromebook-11-c732"),
        ("Acer Chromebook Spin 511 R752TN-C3M5", "acer-chromebook-spin-511-r752t"),
        ("Acer Chromebook 511 (C733-R)", "acer-chromebook-511-c734"),
        ("acer  chromebook 311 ( c733 )", "acer-chromebook-311-c733"),
        ("ACER CHROMEBOOK 311 [C733]", "acer-chromebook-311-c733"),
        ("Hewlett-Packard Chromebook 11 G8 EE", "hp-chromebook-11-g8-ee"),
        ("Apple iPad (A16)", "ipad-11"),
    ],
)
def test_other_spellings_of_a_model_are_accepted(catalog: Matcher, raw: str, model: str) -> None:
    match = catalog.match(raw, REVIEW)
    assert (match.decision, match.model_id) == (Decision.ACCEPTED, model)


@pytest.mark.parametrize(
    "raw",
    [
        "Acer Chromebook Spin 511 (C733T)",  # the number of one model under the words of another
        "Dell C733T",  # under another maker
        "Microsoft Windows Server 2019",  # no device
    ],
)
def test_a_contradiction_is_not_accepted(catalog: Matcher, raw: str) -> None:
    assert catalog.match(raw, REVIEW).decision is not Decision.ACCEPTED


@pytest.mark.parametrize("raw", ["Epson PowerLite 1785W", "", "   ", "???", "Chromebook", "HP Chromebook"])
def test_something_quite_different_has_no_match(catalog: Matcher, raw: str) -> None:
    match = catalog.match(raw, REVIEW)
    assert (match.decision, match.model_id) == (Decision.NONE, "")


def test_the_maker_is_said_once() -> None:
    assert full_name("Dell", "Chromebook 3100") == "Dell Chromebook 3100"
    assert full_name("Dell", "Dell Chromebook 3100") == "Dell Chromebook 3100"
    assert full_name("", "Chromebook 3100") == "Chromebook 3100"
