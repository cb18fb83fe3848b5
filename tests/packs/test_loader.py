import shutil
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from throughline.engine.refs import PackRef
from throughline.engine.rulebook.book import Rulebook
from throughline.engine.rulebook.parameter import STATUSES
from throughline.packs.loader import load_rulebook
from throughline.packs.problem import PackError

PACKS = Path(str(files("throughline.packs")))
TODAY = date(2026, 9, 30)


def _refs(book: Rulebook) -> list[PackRef]:
    rows = [row.ref() for rows in book.parameters.values() for row in rows]
    rows += [item.ref for item in (*book.asset_classes.values(), *book.categories.values(), *book.codes.values())]
    rows += [part.ref for bundle in book.bundles.values() for part in bundle.parts]
    rows += [item.ref for ends in book.support_ends.values() for item in ends]
    rows += [item.ref for item in (*book.erate_rates, *book.evidence)]
    rows += [limit.ref for rule in book.fund_rules.values() for limit in rule.earmarks]
    return rows + [rule.ref for rule in book.fund_rules.values() if rule.ref]


def test_every_row_has_a_source_a_day_and_a_status(book: Rulebook) -> None:
    refs = _refs(book)
    assert len(refs) > 2000
    bare = [ref for ref in refs if not ref.source.strip() or ref.status not in STATUSES or not ref.verified_on]
    assert not bare
    assert all(rule.ref for rule in book.fund_rules.values())


def test_the_words_every_page_prints_follow_the_status(book: Rulebook) -> None:
    rules = book.at(TODAY)
    assert rules.row("procurement/micro-purchase").standing == "verified"
    assert rules.row("erate/c2/per-pupil").standing == "secondary source"
    assert rules.row("repair/mean-cost").standing == "default, please replace"
    assert rules.row("growth/hardware").standing == "default, please replace"


@pytest.mark.parametrize(
    ("day", "per_pupil", "floor"),
    [
        (date(2015, 7, 1), 15000, 920000),
        (date(2020, 7, 1), 19563, 1199843),
        (date(2026, 6, 30), 16700, 2500000),
        (date(2026, 7, 1), 20157, 3017500),
        (date(2031, 6, 30), 20157, 3017500),
    ],
)
def test_the_erate_factors_are_those_of_the_cycle(book: Rulebook, day: date, per_pupil: int, floor: int) -> None:
    rules = book.at(day)
    assert rules.cents("erate/c2/per-pupil") == per_pupil
    assert rules.cents("erate/c2/floor-per-entity") == floor


def test_after_a_cycle_no_factor_is_guessed(book: Rulebook) -> None:
    assert book.at(date(2031, 7, 1)).find("erate/c2/per-pupil") is None


def test_the_hybrid_is_for_ten_schools_or_fewer(book: Rulebook) -> None:
    assert book.at(TODAY).number("erate/c2/hybrid-max-entities") == 10


def test_the_discount_matrix_is_the_published_one(book: Rulebook) -> None:
    found = [(r.low, r.high, r.c1_urban, r.c1_rural, r.c2_urban, r.c2_rural) for r in book.erate_rates]
    assert found == [
        (0, 0, 20, 25, 20, 25),
        (1, 19, 40, 50, 40, 50),
        (20, 34, 50, 60, 50, 60),
        (35, 49, 60, 70, 60, 70),
        (50, 74, 80, 80, 80, 80),
        (75, 100, 90, 90, 85, 85),
    ]


@pytest.mark.parametrize(
    ("path", "before", "first_day", "after"),
    [
        ("federal/equipment-threshold", 500_000, date(2024, 10, 1), 1_000_000),
        ("federal/single-audit-threshold", 75_000_000, date(2024, 10, 1), 100_000_000),
        ("procurement/micro-purchase", 1_000_000, date(2025, 10, 1), 1_500_000),
        ("procurement/simplified-acquisition", 25_000_000, date(2025, 10, 1), 35_000_000),
    ],
)
def test_a_federal_threshold_changes_on_its_day(
    book: Rulebook, path: str, before: int, first_day: date, after: int
) -> None:
    assert book.at(date.fromordinal(first_day.toordinal() - 1)).cents(path) == before
    assert book.at(first_day).cents(path) == after


def test_a_state_adds_its_rows_over_the_federal_ones(book: Rulebook) -> None:
    assert book.at(TODAY).number("fiscal/start-month") == 7
    assert load_rulebook("WA").at(TODAY).number("fiscal/start-month") == 9
    assert "parameters/wa" in load_rulebook("WA").versions


def test_the_strictest_of_federal_and_state_thresholds_applies(book: Rulebook) -> None:
    assert book.at(TODAY).cents("procurement/simplified-acquisition") == 35_000_000
    texas = load_rulebook("tx").at(TODAY).row("procurement/simplified-acquisition")
    assert (texas.value, texas.layer) == (10_000_000, "state")


def test_a_state_without_a_pack_adds_nothing(book: Rulebook) -> None:
    assert load_rulebook("NJ").versions == book.versions
    assert load_rulebook("../../x").versions == book.versions


def test_lives_stand_inside_the_published_range(book: Rulebook) -> None:
    assert book.asset_classes["student-chromebook"].life_years == 4
    assert book.asset_classes["interactive-panel"].life_years == 8
    assert all(item.life_low <= item.life_years <= item.life_high for item in book.asset_classes.values())


def test_a_life_is_a_rule_that_can_be_looked_up_and_set(book: Rulebook) -> None:
    row = book.at(TODAY).row("life/student-chromebook")
    assert (row.value, row.unit, row.note) == (4, "years", "3 to 5 years")
    assert row.ref() == book.asset_classes["student-chromebook"].ref
    assert book.parameters.keys() >= {f"life/{name}" for name in book.asset_classes}


def test_prices_are_those_that_were_published(book: Rulebook) -> None:
    parts = {(name, part.part): part.cents for name, bundle in book.bundles.items() for part in bundle.parts}
    assert parts["chromebook", "device"] == 40_000
    assert parts["chromebook", "licence"] == 3_800
    assert parts["access-point", "device"] == 85_000
    assert parts["interactive-panel", "device"] == 300_000


def test_what_has_no_price_source_has_no_price(book: Rulebook) -> None:
    assert {name for name, item in book.asset_classes.items() if not item.bundle} >= {"server", "projector", "camera"}
    assert all(part.ref.status == "V2" for bundle in book.bundles.values() for part in bundle.parts)


def test_devices_are_committed_in_the_fiscal_year_in_which_they_go_into_use(book: Rulebook) -> None:
    assert book.categories["D1.1"].obligation_month == 10
    assert book.categories["D3.2"].obligation_month == 1


def test_salaries_count_as_committed_when_the_work_is_done(book: Rulebook) -> None:
    assert {item.obligation_month for code, item in book.categories.items() if code.startswith("D4")} == {12}


def test_indirect_categories_are_outside_the_budget(book: Rulebook) -> None:
    indirect = [item for item in book.categories.values() if not item.direct]
    assert [item.code for item in indirect] == ["I1", "I2", "I3", "I4", "I5"]
    assert not any(item.budgeted for item in indirect)


def test_the_evidence_behind_defaults_is_complete(book: Rulebook) -> None:
    kinds = [item.kind for item in book.evidence]
    assert {kind: kinds.count(kind) for kind in kinds} == {"cycle": 22, "price": 11, "repair": 16}
    assert {item.asset_class for item in book.evidence} <= book.asset_classes.keys() | {""}


def test_a_version_changes_with_the_content_of_its_pack_alone(tmp_path: Path, book: Rulebook) -> None:
    copy = tmp_path / "packs"
    shutil.copytree(PACKS, copy)
    assert load_rulebook(root=copy).versions == book.versions
    file = copy / "parameters" / "growth.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("growth/hardware,0.03", "growth/hardware,0.05"), "utf-8")
    changed = load_rulebook(root=copy)
    assert {name for name in book.versions if changed.versions[name] != book.versions[name]} == {"parameters"}
    assert changed.at(TODAY).number("growth/hardware") == Decimal("0.05")


@pytest.mark.parametrize(
    ("file", "old", "new", "word"),
    [
        ("catalogs/asset_classes/asset_classes.csv", ",chromebook,holmen", ",chromebok,holmen", "chromebok"),
        ("catalogs/price_bundles/price_bundles.csv", "growth/licence", "growth/license", "growth/license"),
        ("catalogs/tco_categories/tco_categories.csv", ",650,1000,", ",651,1000,", "651"),
        ("funds/erate_c2/fund.yaml", "erate/c2/per-pupil", "erate/c2/per-student", "per-student"),
        ("catalogs/erate_matrix/erate_matrix.csv", "\n20,34,", "\n21,34,", "without gap"),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(tmp_path: Path, file: str, old: str, new: str, word: str) -> None:
    copy = tmp_path / "packs"
    shutil.copytree(PACKS, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError, match=word):
        load_rulebook(root=copy)
