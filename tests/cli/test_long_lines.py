import pytest

from throughline.cli.output import say_long

LINE = "  warning: 12 devices of devices/chromebook-3-8/new|kestrel-ridge-middle-school/hardware.device/FY2029 have no site"


def test_a_long_line_is_broken_between_words_to_the_width_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    say_long(LINE)
    assert capsys.readouterr().out.splitlines() == [
        "  warning: 12 devices of",
        "    devices/chromebook-3-8/new|kestrel-ridge-middle-school/hardware.device/FY2029",
        "    have no site",
    ]


@pytest.mark.parametrize("columns", ["0", "120"])
def test_a_line_stays_whole_where_it_fits_or_where_there_is_no_terminal(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("shutil.os.get_terminal_size", _no_terminal)
    say_long(LINE)
    assert capsys.readouterr().out == LINE + "\n"


def _no_terminal(_descriptor: int) -> None:
    raise OSError
