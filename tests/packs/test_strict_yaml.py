from datetime import date
from decimal import Decimal

import pytest

from throughline.packs.problem import PackError
from throughline.packs.strict_yaml import read_yaml


def _refused(text: str) -> PackError:
    with pytest.raises(PackError) as caught:
        read_yaml(text.encode(), "funds/x/fund.yaml")
    return caught.value


def test_numbers_dates_and_text_come_out_as_they_were_written() -> None:
    read = read_yaml(b"a: 5\nb: 0.15\nc: 2026-07-01\nd: true\ne: text\nf:\ng: ['734', x]\n", "f.yaml")
    assert read == {
        "a": 5,
        "b": Decimal("0.15"),
        "c": date(2026, 7, 1),
        "d": True,
        "e": "text",
        "f": None,
        "g": ["734", "x"],
    }


def test_a_repeated_key_is_refused_with_both_lines() -> None:
    fault = _refused("id: a\ntitle: b\nid: c\n")
    assert (fault.file, fault.line) == ("funds/x/fund.yaml", 3)
    assert "'id' is repeated" in str(fault)
    assert "line 1" in str(fault)


def test_a_repeated_key_in_an_inner_mapping_is_refused() -> None:
    assert _refused("a:\n  b: 1\n  b: 2\n").line == 3


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: yes\n", 1),  # YAML 1.1 reads it as true
        ("a: 1\nb: 010\n", 2),  # octal
        ("a: 1.0e+3\n", 1),
        ("a: .inf\n", 1),
        ("a: 1:30\n", 1),  # base 60
        ("a: !!python/object:os.system x\n", 1),
        ("a: 2026-02-30\n", 1),
        ("1: a\n", 1),
        ("a: &x 1\nb: *x\n", 1),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused_with_its_line(text: str, line: int) -> None:
    assert _refused(text).line == line


def test_broken_yaml_names_file_and_line() -> None:
    fault = _refused("a: 1\nb: [1, 2\nc: 3\n")
    assert fault.line >= 2
    assert str(fault).startswith("funds/x/fund.yaml:")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(PackError):
        read_yaml(b"a: \xff\xfe", "f.yaml")
