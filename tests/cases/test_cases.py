"""Every case of every fund folder, asked of the engine with the shipped rulebook."""

from collections import Counter

import pytest

from tests.cases.asks import ASKS, rulebook
from throughline.packs.funds_reader import Case, load_cases

CASES = [
    pytest.param(case, id=f"{fund_id}: {case.name}")
    for fund_id in sorted(rulebook().fund_rules)
    for case in load_cases(fund_id)
]


@pytest.mark.parametrize("case", CASES)
def test_the_fund_answers_as_its_case_says(case: Case) -> None:
    answer = ASKS[case.ask](case.fund, case.given)
    assert {name: answer[name] for name in case.expected} == dict(case.expected)


@pytest.mark.parametrize("fund_id", sorted(rulebook().fund_rules))
def test_every_fund_is_asked_about_its_dates_or_amounts_on_both_sides_of_a_boundary(fund_id: str) -> None:
    asked = Counter(case.ask for case in load_cases(fund_id))
    assert max(asked[ask] for ask in ("periods", "capacity", "carryover", "discount", "match")) >= 2


@pytest.mark.parametrize("fund_id", sorted(rulebook().fund_rules))
def test_every_condition_of_a_fund_has_a_case(fund_id: str) -> None:
    named = {code for case in load_cases(fund_id) if case.ask == "conditions" for code in case.expected["findings"]}
    assert named >= set(rulebook().fund_rules[fund_id].conditions)
