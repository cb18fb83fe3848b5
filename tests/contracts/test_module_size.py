from statistics import median

from tests.contracts.repository import modules, shown

# Schema steps of the database are written by the framework and never changed afterwards; they are not counted.
MEDIAN_LINES = 120
MOST_LINES = 400


def _lines() -> dict[str, int]:
    return {
        shown(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules()
        if path.parent.name != "migrations"
    }


def test_no_module_is_longer_than_400_lines() -> None:
    long = {name: count for name, count in _lines().items() if count > MOST_LINES}
    assert not long


def test_half_of_the_modules_have_at_most_120_lines() -> None:
    assert median(_lines().values()) <= MEDIAN_LINES
