import pytest

from throughline.importers.values.grades import grade_of


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("K", "K"),
        ("KG", "K"),
        ("KF", "K"),
        ("Kindergarten Halfday", "K"),
        ("Pre -K", "PK"),
        ("Pre-K FullDay", "PK"),
        ("PF", "PK"),
        ("Preschool", "PK"),
        ("EIGHT_GRADE", "8"),
        ("Eighth Grade", "8"),
        ("1st", "1"),
        ("3rd grade", "3"),
        ("Grade 12", "12"),
        ("07", "7"),
        ("G5", "5"),
        ("UG", "UG"),
        ("Ungraded", "UG"),
    ],
)
def test_grades_are_known_in_the_spellings_of_state_files(text: str, grade: str) -> None:
    assert grade_of(text) == grade


@pytest.mark.parametrize("text", ["", "13", "Total", "adult", "Grade", "55", "K-5", "0", "2022"])
def test_other_texts_are_no_grades(text: str) -> None:
    assert grade_of(text) is None
