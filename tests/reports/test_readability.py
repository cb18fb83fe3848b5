"""The grade counter agrees with published counts; sources stand beside the figures."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.reports.sample_source import source
from tests.reports.small_source import small_source
from throughline.reports.base import ReportSource, report
from throughline.reports.readability import counts, grade, prose, syllables

TEXTS = Path(__file__).parent / "texts"


def _read(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def test_the_opening_of_moby_dick_has_its_published_counts_and_grade() -> None:
    # Counted by hand in github.com/DaveChild/Text-Statistics, tests/TextStatisticsMelvilleMobyDickTest.php:
    # 201 words, 8 sentences, 304 syllables, Flesch-Kincaid grade level 12.0555.
    assert counts(_read("melville-moby-dick")) == (201, 8, 304)
    assert grade(_read("melville-moby-dick")) == Decimal("12.06")


def test_the_syllables_of_kiplings_if_are_the_published_ones() -> None:
    # Same project, tests/TextStatisticsKiplingIfTest.php: 292 words, 1 sentence, 338 syllables, grade 111.95. That count
    # takes "pitch-and-toss" and "worn-out" apart; we take a hyphenated word as one.
    words, sentences, spoken = counts(_read("kipling-if"))
    assert (words, sentences, spoken) == (289, 1, 338)
    assert abs(grade(_read("kipling-if")) - Decimal("111.95")) / 112 < Decimal("0.01")


def test_the_gettysburg_address_reads_at_its_published_grade() -> None:
    # "Abraham Lincoln's 1863 'Gettysburg Address' was delivered in language at an 11th-grade level", Boston Globe,
    # October 2015, Flesch-Kincaid by Microsoft Word.
    assert Decimal("10.5") <= grade(_read("lincoln-gettysburg")) < Decimal("11.5")


def test_the_platypus_sentence_has_the_published_grade() -> None:
    # github.com/words/flesch-kincaid, README: 1 sentence, 13 words, 26 syllables, grade 13.08.
    words = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert counts(words) == (13, 1, 26)
    assert grade(words) == Decimal("13.08")


@pytest.mark.parametrize(
    ("word", "spoken"),
    [
        ("funded", 2),
        ("settled", 2),
        ("planned", 1),
        ("tables", 2),
        ("touches", 2),
        ("renewing", 3),
        ("device", 2),
        ("devices", 3),
        ("school’s", 1),
        ("appliance", 3),
        ("superintendent", 5),
        ("one-time", 2),
    ],
)
def test_words_of_our_packets_have_the_syllables_we_speak(word: str, spoken: int) -> None:
    assert syllables(word) == spoken


def test_a_text_without_words_has_no_grade() -> None:
    with pytest.raises(ValueError, match="no reading grade"):
        grade("$18.4 · 86%")


@pytest.mark.parametrize("made", [source(), small_source()], ids=["large", "small"])
def test_the_packet_reads_at_grade_nine_or_lower(made: ReportSource) -> None:
    assert grade(" ".join(prose(report("board_packet").build(made)))) <= 9


@pytest.mark.parametrize("made", [source(), small_source()], ids=["large", "small"])
def test_no_paragraph_of_the_packet_that_we_worded_reads_above_grade_nine(made: ReportSource) -> None:
    asked = set(made.texts.get("action", "").splitlines())
    ours = [text for text in prose(report("board_packet").build(made)) if text not in asked]
    assert {text: grade(text) for text in ours if grade(text) > 9} == {}


def test_every_wording_a_packet_could_use_reads_at_grade_nine_or_lower() -> None:
    import tomllib
    from importlib.resources import files

    from throughline.reports.words import SLOT, strings

    tree = tomllib.loads((files("throughline.reports.board_packet") / "words.en.toml").read_text(encoding="utf-8"))
    said = [SLOT.sub("two", words).replace("*", "") for _, words in strings(tree)]
    sentences = [words for words in said if words.endswith(".") and len(words.split()) > 4]
    assert len(sentences) > 60
    assert grade(" ".join(sentences)) <= 7
    # Flesch-Kincaid is built for passages: a lone short sentence swings by grades with one long word
    long = {words: grade(words) for words in sentences if len(words.split()) >= 20}
    assert {words: found for words, found in long.items() if found > 9} == {}


def test_the_agenda_item_reads_at_grade_nine_or_lower_resolution_included() -> None:
    assert grade(" ".join(prose(report("board_agenda").build(source())))) <= 9
