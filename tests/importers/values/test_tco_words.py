import pytest

from throughline.importers.values.slugs import slug
from throughline.importers.values.tco_words import tco_code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("D2.4", "D2.4"),
        ("d3.1", "D3.1"),
        ("student_device", "D1.1"),
        ("Replacement of teacher PCs", "D1.1"),
        ("Interactive flat panels", "D1.2"),
        ("Wireless access points", "D3.2"),
        ("Internet access 10 Gb", "D3.1"),
        ("endpoint protection", "D2.4"),
        ("Chromebook leases", "D5.4"),
        ("Chromebook repair parts", "D5.2"),
        ("Cyber liability insurance", "D7.1"),
        ("Learning management", "D2.2"),
        ("Student information system", "D2.3"),
        ("Vehicles", ""),
        ("Roof", ""),
        ("D9.9", ""),
        ("", ""),
    ],
)
def test_words_suggest_a_category_or_none(words: str, code: str) -> None:
    assert tco_code(words) == code


def test_ids_are_plain_words_joined_by_hyphens() -> None:
    assert slug("  École — Lincoln #2 (K-5) ") == "ecole-lincoln-2-k-5"
    assert slug("\N{HIRAGANA LETTER A}") == ""
