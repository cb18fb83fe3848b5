"""Fund rules in words: what they may pay, their terms with the values in force, and what the terminal shows of them."""

from datetime import date

import pytest

from throughline.app.catalogue import funds
from throughline.app.fund_words import terms
from throughline.cli.main import main
from throughline.packs.loader import load_rulebook

RULES = load_rulebook().at(date(2026, 11, 16))


def said(fund_id: str) -> str:
    return "; ".join(terms(RULES.book.fund_rules[fund_id], RULES))


@pytest.mark.parametrize(
    ("fund_id", "words"),
    [
        ("title_i_a", "at most 15% of an allocation may be committed after 15 months when it is $50,000 or more"),
        ("title_i_a", "a waiver once in 3 years"),
        ("title_iv_a", "at least 20% of the allocation kept for well-rounded education"),
        ("title_iv_a", "at most 15% of the technology portion for infrastructure: devices and equipment"),
        ("title_ii_a", "a small rural district may use it for purposes of Title I, Part A"),
        ("slcgp", "(2022: 10%, 2023: 20%, 2024: 30%, 2025: 40%)"),
        ("idea_b", "at most 15% of the award set aside for early intervening services"),
        ("idea_b", "local spending of at least 100% of the year before"),
    ],
)
def test_terms_are_sentences_with_the_values_in_force(fund_id: str, words: str) -> None:
    assert words in said(fund_id)


@pytest.mark.parametrize("fund_id", sorted(RULES.book.fund_rules))
def test_no_term_shows_a_code_a_slot_or_a_name_with_underscores(fund_id: str) -> None:
    (row,) = [item for item in funds(RULES.on, "") if item["id"] == fund_id]
    for line in (*row["terms"], *row["conditions"], row["pays"]):
        assert "{" not in line
        assert "_" not in line


def test_the_terminal_shows_one_fund_in_full_and_says_when_there_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["funds", "slcgp", "--as-of", "2026-11-16"]) == 0
    told = " ".join(capsys.readouterr().out.split())  # however wide the terminal is
    assert "local share of each project" in told
    assert "at least 80 percent" in told
    assert main(["funds", "no-such-fund"]) == 0
    assert "No kind of fund" in capsys.readouterr().out
